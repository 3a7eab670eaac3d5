"""`briefing build --refresh`: an edited document is brought up to date in place, and what the editor did to it stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from briefing.formats.docx.read_revisions import accepted, rejected
from tests.pull.word_file import W, WordFile, bold, new_paragraph, remove, said
from tests.running import Run, briefing, small_brief
from tests.validators import open_xml_sdk, openxml_audit, word_assertions
from tests.validators.libreoffice import libreoffice_settled

BRIEF = """\
title: A small brief
date: 2026-03-14
language: en-GB
handling: {marking: OFFICIAL}
summary: It is small, and it cites a source [@gazette, p. 2].
key_points:
  - The first point is about water [@gazette].
  - text: The second point is about money [@study].
    priority: high
  - The third point is about people.
timeline:
  - date: 2026-01-10
    event: The dam was closed.
  - date: 2026-02-20
    event: The dam was opened [@study].
next_steps:
  - step: Write to the council.
    owner: Private Office
    due: 2026-04-01
  - step: Meet the mayor.
    owner: Policy team
    due: 2026-04-02
sources:
  - id: gazette
    title: Gazette
    published: 2026-03-01
  - id: study
    title: Study
    published: 2026-02-01
"""
FREE = "A line that the editor typed outside of any field."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_brief(tmp_path / "river", BRIEF)
    assert built(made).code == 0
    return made


def built(folder: Path, *more: str) -> Run:
    return briefing("build", folder, "-f", "docx", *more)


def file_of(folder: Path) -> Path:
    return folder / "out" / "river.docx"


def rewrite(folder: Path, *changes: tuple[str, str]) -> None:
    text = (folder / "brief.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, (old, text)
        text = text.replace(old, new, 1)
    (folder / "brief.yaml").write_text(text, encoding="utf-8")


def texts(data: bytes) -> list[str]:
    """What every paragraph and cell says."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [said(each) for each in etree.fromstring(package.read("word/document.xml")).iter(f"{W}p") if said(each)]


def fresh(folder: Path) -> list[str]:
    """What a new build says."""
    assert built(folder, "-o", str(folder / "fresh"), "--force", "--replace-edited").code == 0
    return texts((folder / "fresh" / "river.docx").read_bytes())


def edit(folder: Path, old: str, new: str) -> None:
    word = WordFile(file_of(folder).read_bytes())
    word.replace(old, new)
    word.saved(file_of(folder))


def agrees(folder: Path) -> None:
    """The document says what a new build would, beside what is the editor's; pulling it changes nothing; and it is valid."""
    run = briefing("pull", file_of(folder))
    assert "nothing changed" in run.out, run
    assert [each for each in texts(file_of(folder).read_bytes()) if each != FREE] == fresh(folder)
    names = zipfile.ZipFile(file_of(folder)).namelist()
    assert len(names) == len(set(names)) and sum("customXml/item1" in name for name in names) <= 1
    assert len([name for name in names if name.startswith("customXml/item") and "Props" not in name]) == 1


def test_four_rounds_of_edit_pull_data_edit_and_refresh_end_in_agreement(folder: Path, tmp_path: Path) -> None:
    document = docx.Document(str(file_of(folder)))
    paragraph = next(each for each in document.paragraphs if "third point" in each.text)
    document.add_comment(paragraph.runs[0], "Which people?", "Jane Roe", "JR")
    document.save(str(file_of(folder)))
    word = WordFile(file_of(folder).read_bytes())
    word.replace("about water", "about clean water")
    restyled = word.find("second point")
    properties = restyled.find(f"{W}pPr")
    assert properties is not None
    etree.SubElement(properties, f"{W}jc").set(f"{W}val", "right")
    free = new_paragraph(word.find("Next steps"), FREE)
    remove(free[0])
    word.find("Next steps").addprevious(free)
    word.saved(file_of(folder))
    refused = built(folder, "--refresh")
    assert refused.code == 4 and "[edits-not-pulled]" in refused.err
    rounds = [
        ("clean water", "clean, cold water", [("about money", "about much money"), ("2026-04-02", "2026-04-09")]),
        (
            "much money",
            "too much money",
            [("  - The third point is about people.\n", "  - The third point is about people.\n  - A fourth point.\n")],
        ),
        (
            "fourth point",
            "fourth, new point",
            [
                (
                    "  - step: Meet",
                    "  - step: Ask the press.\n    owner: Press office\n    due: 2026-04-03\n  - step: Meet",
                )
            ],
        ),
        (
            "Ask the press",
            "Ask all of the press",
            [("  - date: 2026-01-10\n    event: The dam was closed.\n", ""), ("  - A fourth, new point.\n", "")],
        ),
    ]
    for number, (old, new, changes) in enumerate(rounds):
        edit(folder, old, new)
        if number == 2:
            saved = libreoffice_settled(file_of(folder), tmp_path / "saved.docx", "").read_bytes()
            file_of(folder).write_bytes(saved)
        pulled = briefing("pull", file_of(folder))
        assert new in (folder / "brief.yaml").read_text(encoding="utf-8"), pulled
        rewrite(folder, *changes)
        run = built(folder, "--refresh")
        assert run.code == 0 and "edited-output" not in run.err, run
        agrees(folder)
    data = file_of(folder).read_bytes()
    word = WordFile(data)
    assert FREE in texts(data) and b"Which people?" in zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml")
    assert len(list(word.find("third point").iter(f"{W}commentReference"))) == 1
    aligned = word.find("second point").find(f"{W}pPr/{W}jc")
    assert aligned is not None and aligned.get(f"{W}val") in ("right", "end")


def test_items_of_several_paragraphs_change_places_with_their_numbers_and_bookmarks(tmp_path: Path) -> None:
    quotes = [
        "  - id: one\n    text: We say yes.\n    speaker: Ann\n    context: At noon.\n",
        "  - id: two\n    text: We say no.\n    speaker: Ben\n",
    ]
    text = BRIEF.replace("about people.", "about people, see [#one] and [#two].").replace(
        "next_steps:", f"quotes:\n{''.join(quotes)}next_steps:"
    )
    folder = small_brief(tmp_path / "river", text)
    assert built(folder).code == 0
    edit(folder, "about water", "about clean water")
    briefing("pull", file_of(folder))
    rewrite(folder, ("".join(quotes), "".join(reversed(quotes))))
    assert built(folder, "--refresh").code == 0
    agrees(folder)
    assert (
        open_xml_sdk(file_of(folder)) == []
        and openxml_audit(file_of(folder)) == []
        and word_assertions(file_of(folder)) == []
    )


def test_it_can_be_tracked(folder: Path) -> None:
    edit(folder, "about water", "about clean water")
    briefing("pull", file_of(folder))
    before = texts(file_of(folder).read_bytes())
    rewrite(
        folder,
        ("about money", "about much money"),
        ("  - The third point is about people.\n", "  - The third point is about people.\n  - A fourth point.\n"),
        ("  - step: Meet the mayor.\n    owner: Policy team\n    due: 2026-04-02\n", ""),
    )
    assert built(folder, "--refresh", "--track").code == 0
    data = file_of(folder).read_bytes()
    assert texts(accepted(data)) == fresh(folder)
    assert texts(rejected(data)) == before
    assert (
        open_xml_sdk(file_of(folder)) == []
        and openxml_audit(file_of(folder)) == []
        and word_assertions(file_of(folder)) == []
    )
    again = built(folder, "--refresh", "--track")
    assert again.code == 4 and "accept or reject them first" in again.err and file_of(folder).read_bytes() == data


def test_what_cannot_be_done_in_place_leaves_the_document(folder: Path) -> None:
    edit(folder, "about water", "about clean water")
    briefing("pull", file_of(folder))
    rewrite(folder, ("sources:\n", "risks:\n  - risk: It rains.\n    likelihood: high\n    impact: high\nsources:\n"))
    before = file_of(folder).read_bytes()
    run = built(folder, "--refresh")
    assert run.code == 4 and "it has a table now that it had not" in run.err and "[not-refreshed]" in run.err
    assert file_of(folder).read_bytes() == before
    assert built(folder, "--track").code == 2 and built(folder, "--refresh", "--plain-docx").code == 2


def test_bold_of_the_editor_comes_home_and_stays(folder: Path) -> None:
    word = WordFile(file_of(folder).read_bytes())
    word.replace("third point", "third point", run=bold)
    word.saved(file_of(folder))
    briefing("pull", file_of(folder))
    rewrite(folder, ("about money", "about much money"))
    assert built(folder, "--refresh").code == 0
    agrees(folder)
    assert "**third point**" in (folder / "brief.yaml").read_text(encoding="utf-8")
