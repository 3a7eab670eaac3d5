"""`briefing build --redline-from`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import SMALL, briefing, small_brief


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The old state, and a new one with another word."""
    return small_brief(tmp_path / "old"), small_brief(tmp_path / "new", SMALL.replace("small, and", "short, and"))


def test_the_redline_stands_beside_the_clean_file(folders: tuple[Path, Path]) -> None:
    old, new = folders
    assert briefing("build", new, "-f", "docx").code == 0
    clean = (new / "out" / "new.docx").read_bytes()
    run = briefing("build", new, "--redline-from", old, "-f", "docx", "--json")
    assert run.code == 0, run.err
    (output,) = run.objects[0]["outputs"]
    assert Path(output["path"]) == new / "out" / "new.redline.docx"
    assert (new / "out" / "new.docx").read_bytes() == clean
    redline = (new / "out" / "new.redline.docx").read_bytes()
    assert briefing("build", new, "--redline-from", old / "brief.yaml").code == 0
    assert (new / "out" / "new.redline.docx").read_bytes() == redline
    assert not list((new / "out").glob("*.pdf"))


def test_a_pdf_cannot_be_accepted_or_rejected(folders: tuple[Path, Path]) -> None:
    old, new = folders
    run = briefing("build", new, "--redline-from", old, "-f", "pdf")
    assert run.code == 2
    assert "a redline cannot be made as pdf: only Word can accept and reject changes" in run.err
    assert briefing("build", new, "--redline-from", old, "-f", "docx", "-f", "pdf").code == 2


def test_a_fault_of_the_old_state_is_told_in_its_file(folders: tuple[Path, Path]) -> None:
    old, new = folders
    small_brief(old, SMALL.replace("title: Gazette", "titel: Gazette"))
    run = briefing("build", new, "--redline-from", old)
    assert run.code == 3
    assert f"{old / 'brief.yaml'}:8:5: error: " in run.err
    assert not (new / "out").exists()


def test_there_must_be_an_old_state(folders: tuple[Path, Path], tmp_path: Path) -> None:
    run = briefing("build", folders[1], "--redline-from", tmp_path / "none")
    assert run.code == 2
    assert "there is no such file or folder" in run.err


def test_one_old_state_goes_with_one_brief(folders: tuple[Path, Path]) -> None:
    run = briefing("build", *folders, "--redline-from", folders[0])
    assert run.code == 2
    assert "one earlier state cannot go with 2 briefs" in run.err


def test_overrides_are_of_the_new_state(folders: tuple[Path, Path]) -> None:
    old, new = folders
    run = briefing("build", new, "--redline-from", old, "--set", "title=Another title", "--json")
    assert run.code == 0
    plain = briefing("build", new, "--redline-from", old, "--json", "-o", new / "plain")
    assert run.objects[0]["outputs"][0]["sha256"] != plain.objects[0]["outputs"][0]["sha256"]
