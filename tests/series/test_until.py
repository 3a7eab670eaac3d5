"""`briefing next --until`: every issue that is due, each from the one before; and a folder of issues as the last one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing import BriefingError, UsageError, make_issues_until, make_next_issue
from briefing.series.catching_up import MOST_ISSUES, NotDueYet
from tests.running import briefing
from tests.series.issue_files import files, issue

SMALL = """\
title: A
date: 2026-03-13
series: {title: W, number: 3, next: 2026-03-20}
summary: S
"""


def made(path: Path, until: str, output_dir: Path | None = None) -> tuple[list[str], str]:
    """The folders that were made, and the date of the issue that was not."""
    *issues, last = make_issues_until(path, until, output_dir=output_dir)
    assert isinstance(last, NotDueYet)
    assert not any(isinstance(each, NotDueYet) for each in issues)
    return [each.data_file.parent.name for each in issues if not isinstance(each, NotDueYet)], str(last.date)


def following(folder: Path, previous: str, **values: str) -> Path:
    """An issue of the series of `SMALL` that says that it follows `previous`."""
    text = SMALL.replace("number: 3", f"number: 4, previous: {previous}")
    for key, value in values.items():
        text = re.sub(rf"\b{key}: [^,\n}}]+", f"{key}: {value}", text)
    return issue(folder, text)


def test_a_missed_week_is_caught_up_in_order_and_then_nothing_is_done(tmp_path: Path) -> None:
    issue(tmp_path / "river-012")
    told = briefing("next", ".", "--until", "2026-04-03", "--json", cwd=tmp_path).objects
    assert [(each["data_file"], each["previous"], each["date"]["to"]) for each in told] == [
        ("river-013/brief.yaml", "river-012/brief.yaml", "2026-03-20"),
        ("river-014/brief.yaml", "river-013/brief.yaml", "2026-03-27"),
        ("river-015/brief.yaml", "river-014/brief.yaml", "2026-04-03"),
    ]
    before = files(tmp_path)
    again = briefing("next", "river-012", "--until", "2026-04-03", cwd=tmp_path)
    nothing = "nothing more is due: the issue after river-015/brief.yaml is dated 2026-04-10\n"
    assert (again.code, again.out, again.err) == (0, nothing, "")
    quiet = briefing("next", ".", "--until", "2026-04-03", "--json", cwd=tmp_path)
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert files(tmp_path) == before


def test_each_one_is_told_in_the_words_of_next(tmp_path: Path) -> None:
    for place in ("a", "b"):
        issue(tmp_path / place / "w-3", SMALL)
    alone = briefing("next", "w-3", cwd=tmp_path / "a").out
    run = briefing("next", "w-3", "--until", "2026-03-20", cwd=tmp_path / "b")
    assert run.out == alone + "nothing more is due: the issue after w-4/brief.yaml is dated 2026-03-27\n"
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize(
    ("until", "names"),
    [
        ("2026-03-01", []),
        ("2026-03-19", []),
        ("2026-03-20", ["w-4"]),
        ("2026-03", ["w-4", "w-5"]),
        ("2026-04-03", ["w-4", "w-5", "w-6"]),
    ],
)
def test_an_issue_is_due_up_to_and_including_its_day(tmp_path: Path, until: str, names: list[str]) -> None:
    assert made(issue(tmp_path / "w-3", SMALL), until)[0] == names


def test_a_month_is_due_on_its_first_day(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", "title: A\ndate: 2026-03\nseries: {title: W, number: 3}\nsummary: S\n")
    assert made(last, "2026-03-31") == ([], "2026-04")
    assert made(last, "2026-05-01") == (["w-4", "w-5"], "2026-06")


def test_an_issue_that_was_moved_to_another_day_and_name_is_gone_on_from(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    following(tmp_path / "easter", "../w-3/brief.yaml", date="2026-03-19", next="2026-03-27")
    assert made(last, "2026-03-27") == (["easter-5"], "2026-04-03")
    assert "previous: ../easter/brief.yaml" in (tmp_path / "easter-5" / "brief.yaml").read_text()


def test_an_issue_that_was_put_off_holds_up_the_ones_after_it(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    following(tmp_path / "w-4", "../w-3/brief.yaml", date="2026-04-24", next="2026-05-01")
    assert made(last, "2026-04-10") == ([], "2026-05-01")


@pytest.mark.parametrize(
    ("there", "code", "said"),
    [
        ("nothing", "already-exists", "is not the issue after"),
        (SMALL, "already-exists", "set its series.previous"),
        (
            SMALL.replace("number: 3", "number: 4, previous: ../w-2/brief.yaml"),
            "already-exists",
            "set its series.previous",
        ),
        (SMALL.replace("summary", "sumary"), "unknown-key", "did you mean 'summary'?"),
    ],
)
def test_what_is_no_next_issue_stops_the_run(tmp_path: Path, there: str, code: str, said: str) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    if there == "nothing":
        (tmp_path / "w-4").mkdir()
    else:
        issue(tmp_path / "w-4", there)
    before = files(tmp_path)
    with pytest.raises(BriefingError) as raised:
        made(last, "2026-04-03")
    assert raised.value.problems[0].code == code and said in str(raised.value.problems[0])
    assert files(tmp_path) == before


def test_of_two_that_follow_the_one_with_the_right_name_counts(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    for name in ("other", "second"):
        following(tmp_path / name, "../w-3/brief.yaml", date="2026-03-20", next="2026-03-27")
    with pytest.raises(UsageError, match="other and second follow it"):
        made(last, "2026-03-20")
    following(tmp_path / "w-4", "../w-3/brief.yaml", date="2026-03-20", next="2026-03-27")
    assert made(last, "2026-03-27") == (["w-5"], "2026-04-03")


def test_issues_that_follow_each_other_in_a_circle_end_the_run(tmp_path: Path) -> None:
    first = following(tmp_path / "w-3", "../w-4/brief.yaml")
    following(tmp_path / "w-4", "../w-3/brief.yaml")
    with pytest.raises(UsageError, match="in a circle"):
        made(first, "2026-04-03")


def test_a_slip_in_the_year_fills_no_disk(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    with pytest.raises(UsageError, match=f"{MOST_ISSUES} are the most"):
        made(last, "2062-03-20")
    assert [entry.name for entry in tmp_path.iterdir()] == ["w-3"]


def test_the_issues_may_go_elsewhere(tmp_path: Path) -> None:
    last = issue(tmp_path / "w-3", SMALL)
    for names in (["w-4", "w-5"], []):
        assert made(last, "2026-03-27", tmp_path / "2026")[0] == names
    assert "previous: ../../w-3/brief.yaml" in (tmp_path / "2026" / "w-4" / "brief.yaml").read_text()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--until", "2026-04-03", "--date", "2026-04-03"], "--until: error: --date and --until exclude each other"),
        (["--until", "soon"], "--until: error: 'soon' is not a date; write 2026"),
    ],
)
def test_a_call_that_does_not_fit_is_a_usage_error(tmp_path: Path, call: list[str], said: str) -> None:
    run = briefing("next", issue(tmp_path / "w-3", SMALL), *call)
    assert run.code == 2 and said in run.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["w-3"]


def test_the_newest_issue_of_a_folder_is_the_last_one(tmp_path: Path) -> None:
    """By date, whatever the names say; then by number. Links, half-made folders and briefs of no series are passed over."""
    issue(tmp_path / "z-first", SMALL)
    following(tmp_path / "a-second", "../z-first/brief.yaml", date="2026-03-20", next="2026-03-27")
    following(tmp_path / "extra", "../a-second/brief.yaml", date="2026-03-20", number="5")
    (tmp_path / "latest").symlink_to("extra")
    issue(tmp_path / ".1-0.briefing-part", "half")
    issue(tmp_path / "notes", "title: N\ndate: 2027\nsummary: S\n")
    assert make_next_issue(tmp_path, date="2026-03-27").data_file == tmp_path / "extra-6" / "brief.yaml"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"b": SMALL}, "a and b have the same date and number; name the last issue's folder"),
        ({"b": SMALL.replace("title: W", "title: V")}, "issues of several series: 'V' and 'W'"),
        ({"b": SMALL.replace("summary", "sumary")}, "did you mean 'summary'?"),
    ],
)
def test_a_folder_that_does_not_say_which_is_the_last_is_refused(
    tmp_path: Path, others: dict[str, str], said: str
) -> None:
    issue(tmp_path / "a", SMALL)
    for name, text in others.items():
        issue(tmp_path / name, text)
    with pytest.raises(BriefingError, match=re.escape(said)):
        make_next_issue(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_series_may_change_its_title(tmp_path: Path) -> None:
    issue(tmp_path / "w-3", SMALL)
    following(tmp_path / "w-4", "../w-3/brief.yaml", date="2026-03-20", next="2026-03-27").joinpath("brief.yaml")
    data_file = tmp_path / "w-4" / "brief.yaml"
    data_file.write_text(data_file.read_text().replace("title: W", "title: Water"))
    assert made(tmp_path, "2026-03-27")[0] == ["w-5"]


@pytest.mark.parametrize("text", ["", "title: N\ndate: 2027\nsummary: S\n"])
def test_a_folder_without_an_issue_is_told(tmp_path: Path, text: str) -> None:
    if text:
        issue(tmp_path / "notes", text)
    with pytest.raises(UsageError, match="belongs to a series" if text else "has no data file"):
        make_next_issue(tmp_path)
