"""`briefing build --publish`: an archive with a folder for each issue, and a link to the newest that passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import SMALL, Run, briefing, small_brief


def issue(folder: Path, number: int, series: str = "Weekly") -> Path:
    text = SMALL.replace("2026-03-14", f"2026-03-{number:02}") + f"series: {{title: {series}, number: {number}}}\n"
    return small_brief(folder / f"week-{number}", text)


def publish(cwd: Path, *arguments: str | Path) -> Run:
    return briefing("build", *arguments, "-f", "docx", "--publish", "archive", "--json", cwd=cwd)


def statuses(run: Run) -> dict[str, str]:
    return {each["brief"]: each["status"] for each in run.objects}


def test_each_issue_has_its_folder_and_latest_leads_to_the_newest(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        issue(tmp_path / "issues", number)
    run = publish(tmp_path, "issues", "-j", "2")
    assert (run.code, run.err) == (0, "")
    archive = tmp_path / "archive"
    assert sorted(path.name for path in archive.iterdir()) == ["latest", "week-1", "week-2", "week-3"]
    assert sorted(path.name for path in (archive / "week-2").iterdir()) == ["manifest.json", "week-2.docx"]
    assert (archive / "latest").readlink() == Path("week-3")
    assert not list(tmp_path.rglob("out"))
    before = {path: (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in archive.rglob("*")}
    again = publish(tmp_path, "issues")
    assert set(statuses(again).values()) == {"unchanged"}
    assert {path: (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in archive.rglob("*")} == before
    assert publish(tmp_path, "issues/week-1", "--force").code == 0
    assert (archive / "latest").readlink() == Path("week-3"), "an old issue does not move it back"


def test_only_an_issue_that_passed_moves_latest(tmp_path: Path) -> None:
    publish(tmp_path, issue(tmp_path, 1))
    bad = issue(tmp_path, 2)
    (bad / "brief.yaml").write_text((bad / "brief.yaml").read_text().replace("[@gazette", "[@nobody"), "utf-8")
    run = publish(tmp_path, bad)
    assert (run.code, statuses(run)) == (3, {"week-2": "failed"})
    assert (tmp_path / "archive" / "latest").readlink() == Path("week-1")
    assert not (tmp_path / "archive" / "week-2").exists()


def test_a_lost_link_is_made_again_without_building(tmp_path: Path) -> None:
    publish(tmp_path, issue(tmp_path, 1))
    (tmp_path / "archive" / "latest").unlink()
    assert statuses(publish(tmp_path, "week-1")) == {"week-1": "unchanged"}
    assert (tmp_path / "archive" / "latest").readlink() == Path("week-1")


def test_another_series_is_published_and_told(tmp_path: Path) -> None:
    publish(tmp_path, issue(tmp_path, 1))
    other = issue(tmp_path, 2, "Monthly")
    for _ in ("built", "unchanged"):
        run = publish(tmp_path, other)
        assert (run.code, statuses(run)) == (2, {"week-2": "failed"})
        assert "it leads to an issue of 'Weekly', and this is one of 'Monthly'" in run.err
        assert (tmp_path / "archive" / "week-2" / "week-2.docx").is_file()
    assert (tmp_path / "archive" / "latest").readlink() == Path("week-1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out"), "--publish: error: it cannot go with --output-dir"),
        (("--redline-from", "week-1"), "--publish: error: it cannot go with --redline-from"),
        (("--name", "latest"), "'latest' is what an archive's link to the newest issue is called"),
        (("--name", "same"), "it would be written to the same file as week-1/brief.yaml"),
    ],
)
def test_what_cannot_be_published(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    issue(tmp_path, 1)
    issue(tmp_path, 2)
    run = publish(tmp_path, "week-1", "week-2", *arguments)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert not (tmp_path / "archive").exists()
