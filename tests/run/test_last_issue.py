"""Reading the last issue: compared, or one of the named reasons why not, and never an empty list for want of one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from briefing.document.reading import inline_text
from briefing.document.tree import Section
from briefing.run.load import load
from briefing.schema import Settings
from briefing.series.changes import ChangeKind
from briefing.series.last_issue import Compared, Mismatch, Missing, NotTheLast, Unreadable, read_last_issue
from tests.running import briefing

OLD = """\
title: The river
date: 2026-03-06
series: {title: River Weekly, number: 11}
handling: {marking: OFFICIAL}
summary: The river is high.
"""
NEW = """\
title: The river
date: 2026-03-13
series:
  title: River Weekly
  number: 12
  previous: ../w-11/brief.yaml
handling: {marking: OFFICIAL}
summary: The river is low.
"""


def pair(folder: Path, old: str | None = OLD, new: str = NEW) -> Path:
    """The later of two issues' data files; the earlier one is left out when it is None."""
    for name, text in (("w-11", old), ("w-12", new)):
        (folder / name).mkdir()
        if text is not None:
            (folder / name / "brief.yaml").write_text(text, encoding="utf-8")
    return folder / "w-12" / "brief.yaml"


def opening(data_file: Path) -> Section:
    document = load(data_file).document({}, Settings())
    return next((section for section in document.sections if section.kind == "since_last_issue"), document.sections[0])


def sentence(data_file: Path) -> str:
    section = opening(data_file)
    assert section.kind == "since_last_issue"
    return inline_text(section.blocks[0].children)  # type: ignore[union-attr]


def test_the_last_issue_may_lie_outside_the_briefs_folder(tmp_path: Path) -> None:
    loaded = load(pair(tmp_path))
    assert loaded.last_issue is not None and not loaded.warnings
    since = loaded.last_issue.compared(loaded.brief, stale_after_days=180)
    assert isinstance(since, Compared)
    assert (since.number, str(since.date)) == (11, "2026-03-06")
    assert [(change.kind, change.path) for change in since.changes] == [(ChangeKind.REWRITTEN, "summary")]


def test_what_was_read_is_told_with_its_hash(tmp_path: Path) -> None:
    last = load(pair(tmp_path)).last_issue
    assert last is not None
    assert (last.path, last.sha256, last.size) == (
        "../w-11/brief.yaml",
        hashlib.sha256(OLD.encode()).hexdigest(),
        len(OLD.encode()),
    )


def test_a_file_that_is_not_sound_is_told_with_its_hash_and_one_that_is_not_there_without(tmp_path: Path) -> None:
    broken = load(pair(tmp_path, "title: [")).last_issue
    assert broken is not None and broken.sha256 == hashlib.sha256(b"title: [").hexdigest()
    (tmp_path / "w-11" / "brief.yaml").unlink()
    missing = load(tmp_path / "w-12" / "brief.yaml").last_issue
    assert missing is not None
    assert (missing.sha256, missing.size, missing.found) == (None, 0, Missing("../w-11/brief.yaml"))


def test_the_files_with_the_last_issues_values_are_inputs(tmp_path: Path) -> None:
    values = "tables: [{caption: T, csv: rows.csv}]\nfigures: [{caption: F, alt: A, chart: {kind: bar, unit: t, csv: bars.csv}}]\n"
    data_file = pair(tmp_path, OLD + values)
    (tmp_path / "w-11" / "rows.csv").write_text("Name,Number\nNorth,1\n", encoding="utf-8")
    (tmp_path / "w-11" / "bars.csv").write_text("Name,Number\nNorth,1\n", encoding="utf-8")
    loaded = load(data_file)
    assert not loaded.warnings
    read = [each.path for each in loaded.inputs if each.role == "previous"]
    assert read == ["../w-11/brief.yaml", "../w-11/bars.csv", "../w-11/rows.csv"]


def test_without_a_last_issue_there_is_no_section(tmp_path: Path) -> None:
    data_file = pair(tmp_path, new=NEW.replace("  previous: ../w-11/brief.yaml\n", ""))
    loaded = load(data_file)
    assert loaded.last_issue is None
    assert read_last_issue(loaded.brief, data_file) is None
    assert opening(data_file).kind == "summary"


def test_nothing_changed_is_a_sentence_that_names_the_last_issue(tmp_path: Path) -> None:
    data_file = pair(tmp_path, OLD.replace("high", "low"))
    assert sentence(data_file) == "Nothing has changed since the last issue (no.\u00a011, 6\u00a0March 2026)."
    assert len(opening(data_file).blocks) == 1


def test_a_last_issue_without_a_number_is_named_by_its_date(tmp_path: Path) -> None:
    assert sentence(pair(tmp_path, OLD.replace(", number: 11", ""))) == "Last issue: 6\u00a0March 2026."


def test_a_missing_last_issue_is_a_warning_at_its_place_and_said_in_the_brief(tmp_path: Path) -> None:
    data_file = pair(tmp_path, None)
    (warning,) = load(data_file).warnings
    assert str(warning) == (
        f"{data_file}:6:13: warning: there is no last issue at '../w-11/brief.yaml', so what changed since then is not known; "
        "mend the path, or leave it out [previous-missing]"
    )
    assert sentence(data_file) == "The last issue could not be found, so what has changed since then is not known."
    assert len(opening(data_file).blocks) == 1


def test_a_path_through_a_file_leads_nowhere(tmp_path: Path) -> None:
    data_file = pair(tmp_path, new=NEW.replace("w-11/brief.yaml", "w-11/brief.yaml/brief.yaml"))
    assert [warning.code for warning in load(data_file).warnings] == ["previous-missing"]


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("title: [\n", "line 2: "),
        ("", "line 1: "),
        (OLD.replace("2026-03-06", "6 March"), "line 2: "),
        (OLD + "stance: yes\n", "line 6: 'stance' is not a known key"),
        (OLD.replace("high.", "high [@gauge]."), "line 5: there is no source 'gauge'"),
        (OLD.replace("title: The river\n", "titel: A\n"), "(and 1 more)"),
    ],
)
def test_a_last_issue_that_is_not_sound_is_unreadable_and_it_is_said_why(tmp_path: Path, old: str, why: str) -> None:
    data_file = pair(tmp_path, old)
    loaded = load(data_file)
    (warning,) = loaded.warnings
    assert warning.code == "previous-unreadable" and warning.place is not None and warning.place.line == 6
    assert why in warning.message
    assert loaded.last_issue is not None and isinstance(loaded.last_issue.found, Unreadable)
    assert sentence(data_file) == "The last issue could not be read, so what has changed since then is not known."


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    data_file = pair(tmp_path, new=NEW.replace("../w-11/brief.yaml", "../w-11"))
    last = load(data_file).last_issue
    assert last is not None and last.found == Unreadable("../w-11", "it is a folder, not a file")


def test_a_path_that_no_file_system_takes_is_unreadable(tmp_path: Path) -> None:
    data_file = pair(tmp_path, new=NEW.replace("w-11", "w" * 300))
    last = load(data_file).last_issue
    assert last is not None and isinstance(last.found, Unreadable) and last.found.why == os.strerror(36)


def test_pictures_and_texts_of_the_last_issue_and_the_issue_before_it_are_not_looked_for(tmp_path: Path) -> None:
    old = OLD.replace("number: 11", "number: 11, previous: ../w-10/brief.yaml")
    old += (
        "figures: [{image: gone.png, caption: Gone, alt: It is gone}]\nsources: [{id: g, title: G, text: gone.txt}]\n"
    )
    last = load(pair(tmp_path, old)).last_issue
    assert last is not None and not last.problems


@pytest.mark.parametrize("linked", [False, True])
def test_a_brief_cannot_be_its_own_last_issue(tmp_path: Path, linked: bool) -> None:
    data_file = pair(tmp_path, None, NEW if linked else NEW.replace("../w-11/brief.yaml", "../w-12/brief.yaml"))
    if linked:
        (tmp_path / "w-11" / "brief.yaml").symlink_to(data_file)
    loaded = load(data_file)
    assert loaded.last_issue is not None
    assert isinstance(loaded.last_issue.found, NotTheLast) and loaded.last_issue.found.why is Mismatch.ITSELF
    assert [warning.code for warning in loaded.warnings] == ["previous-mismatch"]
    assert sentence(data_file).startswith("This brief is named as its own last issue")


def test_an_issue_of_another_series_is_not_compared(tmp_path: Path) -> None:
    data_file = pair(tmp_path, OLD.replace("River Weekly", "Lake Weekly"))
    (warning,) = load(data_file).warnings
    assert warning.code == "previous-mismatch" and "belongs to another series" in warning.message
    assert sentence(data_file).startswith("The issue named as the last one belongs to another series")


@pytest.mark.parametrize("series", ["{title: '  RIVER  weekly '}", ""])
def test_the_series_title_may_be_spaced_and_cased_otherwise_or_not_be_there_yet(tmp_path: Path, series: str) -> None:
    data_file = pair(tmp_path, OLD.replace("{title: River Weekly, number: 11}", series))
    assert load(data_file).warnings == ()


def test_an_issue_that_is_later_is_not_the_last(tmp_path: Path) -> None:
    data_file = pair(tmp_path, OLD.replace("2026-03-06", "2026-03-14"))
    (warning,) = load(data_file).warnings
    assert warning.code == "previous-mismatch" and "is later than this brief" in warning.message
    assert "is later than this one" in sentence(data_file)


@pytest.mark.parametrize("date", ["2026-03-13", "2026-03", "2026"])
def test_an_issue_of_the_same_time_may_be_the_last(tmp_path: Path, date: str) -> None:
    assert load(pair(tmp_path, OLD.replace("2026-03-06", date))).warnings == ()


def test_the_offices_settings_say_when_a_source_is_stale(tmp_path: Path) -> None:
    source = "sources: [{id: g, title: G, published: 2026-02-28}]\n"
    data_file = pair(tmp_path, OLD + source, NEW.replace("low", "high") + source)
    assert sentence(data_file).startswith("Nothing has changed")
    section = load(data_file).document({}, Settings(source_age_days=10)).sections[1]
    said = inline_text(section.blocks[1].items[0].blocks[0].children)  # type: ignore[union-attr]
    assert "△\u00a0Gone stale: “G” (28\u00a0February 2026)" in said


def test_a_strict_run_fails_for_want_of_the_last_issue_and_another_does_not(tmp_path: Path) -> None:
    folder = pair(tmp_path, None).parent
    assert briefing("check", folder).code == 0
    run = briefing("check", folder, "--strict", "--json")
    assert run.code == 4
    assert [problem["code"] for problem in run.objects[0]["problems"] if problem["severity"] == "warning"] == [
        "previous-missing"
    ]


def test_a_path_set_on_the_command_line_counts(tmp_path: Path) -> None:
    folder = pair(tmp_path).parent
    run = briefing("tree", folder, "--set", "series.previous=../nowhere.yaml")
    assert run.code == 0 and "The last issue could not be found" in run.out
