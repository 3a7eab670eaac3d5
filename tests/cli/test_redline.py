"""`briefing build --redline-from`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import briefing as package
from tests.running import SMALL, briefing, small_brief


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The old state, and a new one with another word."""
    return small_brief(tmp_path / "old"), small_brief(tmp_path / "new", SMALL.replace("small, and", "short, and"))


def test_the_redline_stands_beside_the_clean_file(folders: tuple[Path, Path]) -> None:
    old, new = folders
    assert briefing("build", new, "-f", "docx").code == 0
    clean = (new / "out" / "new.docx").read_bytes()
    run = briefing("build", new, "--redline-from", old, "--json")
    assert run.code == 0, run.err
    (output,) = run.objects[0]["outputs"]
    assert Path(output["path"]) == new / "out" / "new.redline.docx"
    assert (new / "out" / "new.docx").read_bytes() == clean
    redline = (new / "out" / "new.redline.docx").read_bytes()
    assert briefing("build", new, "--redline-from", old / "brief.yaml").code == 0
    assert (new / "out" / "new.redline.docx").read_bytes() == redline
    assert not list((new / "out").glob("*.pdf"))


def test_the_formats_that_are_named_are_made_beside_it(folders: tuple[Path, Path]) -> None:
    old, new = folders
    both = ("build", new, "--redline-from", old, "-f", "docx", "-f", "html", "--json")
    (result,) = briefing(*both).objects
    names = ["new.docx", "new.html", "new.redline.docx"]
    assert [Path(each["path"]).name for each in result["outputs"]] == names
    (again,) = briefing(*both).objects
    assert (again["status"], again["outputs"]) == ("unchanged", result["outputs"])
    assert briefing("build", new, "-f", "docx", "-f", "html", "--json").objects[0]["status"] == "unchanged"
    assert briefing("build", new, "--redline-from", old, "--json").objects[0]["status"] == "unchanged"
    for name in ("new.docx", "new.redline.docx"):
        (new / "out" / name).write_bytes(b"edited")
    forced = briefing(*both, "--force").objects[0]
    assert [each["code"] for each in forced["problems"]].count("edited-output") == 2
    assert len(list((new / "out").glob("*.edited-*.docx"))) == 2
    assert forced["outputs"] == result["outputs"]


def test_a_redline_that_fails_leaves_the_other_files_as_they_were(folders: tuple[Path, Path]) -> None:
    old, new = folders
    small_brief(old, SMALL.replace("title: Gazette", "titel: Gazette"))
    with pytest.raises(package.BriefingError):
        package.build(new, formats=["docx"], redline_from=old)
    assert not (new / "out").exists()


def test_plain_files_have_no_marks(folders: tuple[Path, Path]) -> None:
    old, new = folders
    run = briefing("build", new, "--redline-from", old, "-f", "docx", "--plain-docx")
    assert run.code == 0, run.err
    for name in ("new.docx", "new.redline.docx"):
        with zipfile.ZipFile(new / "out" / name) as package_:
            assert b"paraId" not in package_.read("word/document.xml")
            assert not [each for each in package_.namelist() if each.startswith("customXml")]
    assert briefing("build", new, "-f", "docx", "--json").objects[0]["status"] == "built"
    run = briefing("build", new, "-f", "pdf", "--plain-docx")
    assert run.code == 2 and "--plain-docx: error: no DOCX is asked for" in run.err


def test_a_redline_without_a_change_says_so(folders: tuple[Path, Path]) -> None:
    old, new = folders
    said = "note: the redline tracks no change: the earlier state says the same; name an earlier state, if this is the wrong one [no-changes]"
    for earlier, is_said in ((new, True), (old, False)):
        run = briefing("build", new, "--redline-from", earlier, "-o", new / str(is_said))
        assert run.code == 0 and (said in run.err.splitlines()) is is_said
        again = briefing("build", new, "--redline-from", earlier, "-o", new / str(is_said), "--json")
        assert again.objects[0]["status"] == "unchanged"
        assert [problem["code"] for problem in again.objects[0]["problems"]] == ["no-changes"] * is_said


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
