"""A Word file with edits that were not pulled keeps its name and its bytes, whatever is built after it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from briefing.run.ledger import hash_file
from briefing.run.word_files.edits_in_place import HowMuch, note_pulled
from tests.docx.houses import edited
from tests.running import SMALL, briefing, small_brief
from tests.validators.libreoffice import libreoffice_settled

DOCUMENT = "word/document.xml"


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """The folder of a brief that was built; its Word file was edited, and then its data."""
    folder = small_brief(tmp_path / "river")
    assert built(folder)["status"] == "built"
    word = folder / "out" / "river.docx"
    word.write_bytes(edited(word.read_bytes(), {DOCUMENT: ("It is small", "It is very small")}))
    return folder


def built(folder: Path, *more: str) -> dict[str, Any]:
    (result,) = briefing("build", folder, "-f", "docx", "--json", *more).objects
    return dict(result)


def write(folder: Path, new: str) -> None:
    small_brief(folder, SMALL.replace("It is small", new))


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").glob("*.docx")}


def codes(result: dict[str, Any]) -> list[str]:
    return [each["code"] for each in result["problems"] if each["code"] in ("edits-not-pulled", "edited-output")]


def says(data: bytes, words: str) -> bool:
    return any(words in each.text for each in docx.Document(io.BytesIO(data)).paragraphs)


def test_the_edited_file_stays_and_the_new_one_stands_beside_it_until_it_is_pulled(brief: Path) -> None:
    edits = held(brief)["river.docx"]
    first = built(brief)
    assert (first["status"], first["exit_code"], codes(first)) == ("unchanged", 0, ["edited-output"])
    assert "'briefing pull " in first["problems"][-1]["hint"]
    for words, status in (("It is tiny", "built"), ("It is tiny", "unchanged"), ("It is little", "built")):
        write(brief, words)
        result = built(brief)
        assert (result["status"], result["exit_code"], codes(result)) == (status, 4, ["edits-not-pulled"])
        assert [Path(each["path"]).name for each in result["outputs"]] == ["river.new.docx"]
        assert held(brief).keys() == {"river.docx", "river.new.docx"} and held(brief)["river.docx"] == edits
        assert says(held(brief)["river.new.docx"], words)
    only = briefing("build", brief, "-f", "html")
    assert only.code == 0 and held(brief).keys() == {"river.docx", "river.new.docx"}
    run = briefing("verify", brief / "out")
    assert run.code == 4 and "river.docx (docx): changed" in run.out and "river.new.docx" not in run.out
    note_pulled(brief / "brief.yaml", str(hash_file(brief / "out" / "river.docx")), HowMuch.WHOLLY)
    result = built(brief)
    assert (result["status"], result["exit_code"], codes(result)) == ("built", 0, [])
    assert held(brief).keys() == {"river.docx"} and says(held(brief)["river.docx"], "It is little")
    assert briefing("verify", brief / "out").code == 0


def test_one_that_was_only_saved_again_is_no_edited_one(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "river")
    built(folder)
    word = folder / "out" / "river.docx"
    saved = libreoffice_settled(word, tmp_path / "saved.docx", "").read_bytes()
    word.write_bytes(saved)
    write(folder, "It is tiny")
    result = built(folder)
    assert (result["exit_code"], codes(result)) == (0, ["edited-output"])
    assert says(held(folder)["river.docx"], "It is tiny") and saved in held(folder).values()
    document = docx.Document(io.BytesIO(held(folder)["river.docx"]))
    document.add_comment(
        next(each for each in document.paragraphs if each.runs).runs[0], "Is this right?", "Jane Roe", "JR"
    )
    document.save(str(word))
    write(folder, "It is little")
    assert codes(built(folder)) == ["edits-not-pulled"]


def test_what_came_home_in_part_is_put_aside(brief: Path) -> None:
    edits = held(brief)["river.docx"]
    note_pulled(brief / "brief.yaml", str(hash_file(brief / "out" / "river.docx")), HowMuch.IN_PART)
    result = built(brief)
    assert (result["status"], result["exit_code"], codes(result)) == ("built", 0, ["edited-output"])
    assert edits in held(brief).values() and says(held(brief)["river.docx"], "It is small")


def test_it_can_be_put_aside_by_name(brief: Path) -> None:
    edits = held(brief)["river.docx"]
    write(brief, "It is tiny")
    built(brief)
    result = built(brief, "--replace-edited")
    assert (result["status"], result["exit_code"], codes(result)) == ("built", 0, ["edited-output"])
    names = held(brief).keys()
    assert len(names) == 2 and "river.new.docx" not in names and edits in held(brief).values()
    assert says(held(brief)["river.docx"], "It is tiny")


def test_neither_the_new_one_nor_another_briefs_file_is_written_over(brief: Path) -> None:
    write(brief, "It is tiny")
    built(brief)
    beside = brief / "out" / "river.new.docx"
    beside.write_bytes(edited(beside.read_bytes(), {DOCUMENT: ("It is tiny", "It is rather tiny")}))
    before = held(brief)
    write(brief, "It is little")
    result = built(brief)
    assert result["exit_code"] == 4 and [Path(each["path"]).name for each in result["outputs"]] == ["river.new-2.docx"]
    assert before.items() < held(brief).items()


def test_an_archive_keeps_them_too(brief: Path, tmp_path: Path) -> None:
    archive = ("--publish", str(tmp_path / "archive"))
    built(brief, *archive)
    word = tmp_path / "archive" / "river" / "river.docx"
    edits = edited(word.read_bytes(), {DOCUMENT: ("It is small", "It is very small")})
    word.write_bytes(edits)
    write(brief, "It is tiny")
    run = briefing("build", brief, "-f", "docx", *archive)
    assert run.code == 4 and run.out.startswith("river: built ") and run.out.rstrip().endswith("river.new.docx")
    assert (
        "error: 'river.docx' holds edits that were not pulled; it is as it was, and the new one is 'river.new.docx' beside it; "
        in run.err
    )
    assert word.read_bytes() == edits


def test_a_foreign_file_in_the_place_is_told_as_what_it_is(tmp_path: Path) -> None:
    folder = small_brief(tmp_path / "river")
    (folder / "out").mkdir()
    foreign = io.BytesIO()
    docx.Document().save(foreign)
    for data, said in (
        (foreign.getvalue(), "is a Word file that briefing did not write"),
        (b"notes", "is no Word file"),
    ):
        (folder / "out" / "river.docx").write_bytes(data)
        result = built(folder, "--force")
        assert result["exit_code"] == 0 and codes(result) == ["edited-output"]
        assert f"'river.docx' {said}" in result["problems"][-1]["message"]
        assert data in held(folder).values()
        (folder / "out" / "manifest.json").unlink()


def test_a_folder_in_the_place_of_an_edited_file_is_told_as_what_it_is(brief: Path) -> None:
    write(brief, "It is tiny")
    assert codes(built(brief)) == ["edits-not-pulled"]
    (brief / "out" / "river.docx").unlink()
    (brief / "out" / "river.docx").mkdir()
    result = built(brief)
    assert (result["exit_code"], [each["code"] for each in result["problems"]]) == (5, ["not-a-file"])
