"""An unchanged brief is left alone, and everything that it is made from counts as a change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.document.sample import sample
from tests.docx.opened import written
from tests.running import EXAMPLES, ROOT, SMALL, Run, briefing, small_brief

BRIEF = SMALL + (
    "    text: gazette.txt\n"
    "figures:\n  - {id: map, image: map.png, alt: A map of the river, caption: The river, sources: [gazette]}\n"
    "series: {title: Weekly, number: 2, previous: ../last/brief.yaml}\n"
)
LAST = SMALL.replace("2026-03-14", "2026-03-07") + "series: {title: Weekly, number: 1}\n"


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted((folder / "out").iterdir())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_brief(tmp_path / "a", BRIEF)
    (made / "gazette.txt").write_text("It rained.", encoding="utf-8")
    shutil.copy(next((EXAMPLES / "veska-flood-storage").rglob("*.png")), made / "map.png")
    small_brief(tmp_path / "last", LAST)
    return made


def build(folder: Path, *arguments: str | Path) -> Run:
    run = briefing("build", folder, "-f", "docx", "--json", *arguments)
    assert run.code == 0, (run.out, run.err)
    return run


def status(folder: Path, *arguments: str | Path) -> str:
    (told,) = build(folder, *arguments).objects
    return str(told["status"])


def test_nothing_is_touched_when_nothing_changed(folder: Path) -> None:
    first = build(folder).objects[0]
    before = state(folder)
    again = build(folder).objects[0]
    assert (first["status"], again["status"]) == ("built", "unchanged")
    assert state(folder) == before
    assert {**again, "status": "built"} == first, "an unchanged brief tells what its build told"
    assert status(folder, "--force") == "built"


def data(folder: Path) -> None:
    (folder / "brief.yaml").write_text(BRIEF.replace("A small brief", "Another"), encoding="utf-8")


def comment(folder: Path) -> None:
    (folder / "brief.yaml").write_text(BRIEF + "# x\n", encoding="utf-8")


def saved_text(folder: Path) -> None:
    (folder / "gazette.txt").write_text("It snowed.", encoding="utf-8")


def figure(folder: Path) -> None:
    from PIL import Image

    Image.new("RGB", (20, 20), "red").save(folder / "map.png")


def settings(folder: Path) -> None:
    (folder / "briefing.toml").write_text("source_age_days = 3\n", encoding="utf-8")


def last_issue(folder: Path) -> None:
    (folder.parent / "last" / "brief.yaml").write_text(LAST.replace("A small", "A smaller"), encoding="utf-8")


def last_issue_gone(folder: Path) -> None:
    (folder.parent / "last" / "brief.yaml").unlink()


def output_gone(folder: Path) -> None:
    (folder / "out" / "a.docx").unlink()


def record_gone(folder: Path) -> None:
    (folder / "out" / "manifest.json").unlink()


def record_meddled_with(folder: Path) -> None:
    manifest = folder / "out" / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["briefs"]["a"]["checks"]["problems"] = [{"code": "no-such-code"}]
    manifest.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        data,
        comment,
        saved_text,
        figure,
        settings,
        last_issue,
        last_issue_gone,
        output_gone,
        record_gone,
        record_meddled_with,
    ],
)
def test_every_file_counts(folder: Path, change: Callable[[Path], None]) -> None:
    build(folder)
    change(folder)
    assert status(folder) == "built"
    assert status(folder) == "unchanged"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "title=Another"),
        ("--strict",),
        ("-f", "pdf"),
        ("--theme", "theme"),
        ("--reference-doc", "house.docx"),
        ("--config", "office.toml"),
    ],
)
def test_every_option_that_decides_counts(folder: Path, arguments: tuple[str, ...]) -> None:
    top = folder.parent
    (top / "theme").mkdir()
    (top / "theme" / "print.css").write_text("/* ours */\n", encoding="utf-8")
    (top / "house.docx").write_bytes(written(sample()).data)
    (top / "office.toml").write_text("", encoding="utf-8")
    (folder / "brief.yaml").write_text(BRIEF.split("figures:")[0].replace("    text: gazette.txt\n", ""), "utf-8")
    call = [top / each if (top / each).exists() else each for each in arguments]
    run = briefing("build", folder, "-f", "docx", "--json")
    assert run.code == 0, run.out
    build(folder)
    assert status(folder, *call) == "built"
    assert status(folder, *call) == "unchanged"
    assert status(folder) == "built", "what was asked for last is what the record holds"


def test_a_theme_that_was_edited_counts(folder: Path) -> None:
    theme = folder.parent / "theme"
    theme.mkdir()
    (theme / "print.css").write_text("/* ours */\n", encoding="utf-8")
    build(folder, "--theme", theme)
    assert status(folder, "--theme", theme) == "unchanged"
    (theme / "print.css").write_text("/* ours, too */\n", encoding="utf-8")
    assert status(folder, "--theme", theme) == "built"


def test_the_engines_versions_count(folder: Path, tmp_path: Path) -> None:
    build(folder)
    (tmp_path / "site" / "weasyprint-70.99.dist-info").mkdir(parents=True)
    run = briefing("build", folder, "-f", "docx", "--json", PYTHONPATH=f"{tmp_path / 'site'}:{ROOT}")
    assert [each["status"] for each in run.objects] == ["built"]


def test_warnings_are_told_again_and_named_from_where_we_are(folder: Path) -> None:
    (folder / "brief.yaml").write_text(BRIEF.replace("../last/", "../nowhere/"), encoding="utf-8")
    first = briefing("build", folder.name, "-f", "docx", cwd=folder.parent)
    assert "a/brief.yaml:13:46: warning: there is no last issue at '../nowhere/brief.yaml'" in first.err
    again = briefing("build", ".", "-f", "docx", cwd=folder)
    assert again.out.startswith("a: unchanged")
    assert again.err == first.err.replace("a/brief.yaml:", "brief.yaml:")


def test_an_edited_output_is_left_alone_and_kept_when_its_brief_changes(folder: Path) -> None:
    build(folder)
    edited = folder / "out" / "a.docx"
    edited.write_bytes(b"an afternoon's work")
    run = briefing("build", folder, "-f", "docx")
    assert run.code == 0 and run.out.startswith("a: unchanged")
    assert "'a.docx' is not as briefing left it; it was left alone" in run.err
    assert edited.read_bytes() == b"an afternoon's work"
    data(folder)
    run = briefing("build", folder, "-f", "docx")
    assert "it is kept as 'a.edited-" in run.err
    (kept,) = (folder / "out").glob("a.edited-*.docx")
    assert kept.read_bytes() == b"an afternoon's work" and edited.read_bytes() != kept.read_bytes()


def test_somebody_elses_manifest_stops_the_brief_before_it_is_built(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "manifest.json").write_text('{"name": "my web site"}', encoding="utf-8")
    run = briefing("build", folder, "-f", "docx")
    assert run.code == 3 and "[manifest]" in run.err
    assert [path.name for path in (folder / "out").iterdir()] == ["manifest.json"]


def test_a_redline_is_unchanged_until_either_state_changes(folder: Path) -> None:
    old = folder.parent / "old.yaml"
    old.write_text(SMALL, encoding="utf-8")
    build(folder)
    assert status(folder, "--redline-from", old) == "built"
    assert status(folder, "--redline-from", old) == "unchanged"
    assert status(folder) == "unchanged", "the brief's own record is beside the redline's"
    other = folder.parent / "other.yaml"
    other.write_text(SMALL.replace("small", "tiny"), encoding="utf-8")
    assert status(folder, "--redline-from", other) == "built"
    assert status(folder, "--redline-from", old) == "built"
    old.write_text(SMALL.replace("small", "little"), encoding="utf-8")
    assert status(folder, "--redline-from", old) == "built"
    data(folder)
    assert status(folder, "--redline-from", old) == "built"
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.docx", "a.redline.docx", "manifest.json"]


def test_litter_is_cleared_also_when_nothing_is_built(folder: Path) -> None:
    build(folder)
    litter = folder / "out" / ".999999999-0a1b2c3d.briefing-part"
    litter.write_bytes(b"half")
    assert status(folder) == "unchanged"
    assert not litter.exists()
