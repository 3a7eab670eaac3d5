"""Every text that comes from the data can be led back to it."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from docx import Document as WordDocument
from msgspec.structs import replace

from briefing.document.reading import inline_text
from briefing.document.tree import Caption, Fact, Heading, Note, Paragraph, RunningLine
from briefing.document.walk import walk
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.writer import docx
from tests.document.sample import sample
from tests.docx.opened import POLICY, Opened, W, attribute, found

ORIGINS = "{urn:briefing:origins:2}"
PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


def traced() -> dict[str, tuple[str, tuple[Any, ...]]]:
    """The texts of the sample that come from the data, with their paths, by the ids of their nodes."""
    kinds, head = (Paragraph, Heading, Fact, Caption, Note, RunningLine), sample().masthead
    nodes = (node for node in walk(sample()) if isinstance(node, kinds) and node.origin)
    return {node.id: (node.origin, node.children) for node in nodes} | {
        head.series_id: ("series", head.series),
        head.title_id: ("title", head.title),
        head.subtitle_id: ("subtitle", head.subtitle),
    }


def stories(opened: Opened) -> list[Any]:
    """The roots of the parts with text."""
    names = ("document", "endnotes", "header-default", "footer-default")
    return [opened.root(f"word/{name}.xml") for name in names]


def marked(opened: Opened) -> dict[str, str]:
    """What stands in each hidden bookmark, by its code."""
    said = {}
    for story in stories(opened):
        for mark in found(story, ".//w:bookmarkStart[starts-with(@w:name, '_b')]"):
            text = ""
            for each in mark.itersiblings():
                if attribute(each, "id") == attribute(mark, "id"):
                    break
                text += opened.text(each)
            said[attribute(mark, "name").removeprefix("_b")] = text
    return said


def test_each_text_stands_in_a_hidden_bookmark_of_its_paragraph() -> None:
    opened = Opened.of(sample())
    said, part = marked(opened), opened.root("customXml/item1.xml")
    nodes = {text.get("id", ""): said[text.get("code", "")] for text in part.iterfind(f"{ORIGINS}text")}
    assert nodes == {name: inline_text(said, "1", "1") for name, (_, said) in traced().items()}
    called = [each.get(PARAGRAPH_ID) for story in stories(opened) for each in story.iter(f"{{{W}}}p")]
    assert sorted(filter(None, called)) == sorted(text.get("code", "") for text in part)
    assert all(len(code) == 8 and 0 < int(code, 16) < 0x80000000 for code in said)


def test_no_text_stands_in_a_control() -> None:
    assert not [each for story in stories(Opened.of(sample())) for each in found(story, ".//w:sdt")]


def test_python_docx_sees_every_word_of_the_body() -> None:
    """Its `paragraph.text` reads runs and links that stand in the paragraph itself."""
    opened = Opened.of(sample())
    body = WordDocument(io.BytesIO(opened.data))
    cells = (cell for table in body.tables for row in table.rows for cell in row.cells)
    said = [each.text for holder in (body, *cells) for each in holder.paragraphs]
    there = ["".join(each.text or "" for each in found(p, ".//w:t")) for p in opened.document.iter(f"{{{W}}}p")]
    assert sorted("".join(text.split()) for text in said) == sorted("".join(text.split()) for text in there)


def test_a_plain_file_says_the_same_and_has_no_mark() -> None:
    plain, whole = Opened(docx(sample(), POLICY, plain=True).data), Opened.of(sample())
    assert verify_docx(sample(), plain.data) == ()
    assert not marked(plain) and b"paraId" not in b"".join(plain.parts.values())
    assert not [name for name in plain.parts if name.startswith("customXml") or name == "docProps/custom.xml"]
    names = [{attribute(each, "name") for each in found(one.document, ".//w:bookmarkStart")} for one in (plain, whole)]
    assert names[0] == {name for name in names[1] if name.startswith("_Ref")}


def test_a_part_leads_codes_to_paths_of_the_data() -> None:
    root = Opened.of(sample()).root("customXml/item1.xml")
    assert root.get("build") == "0123abcd"
    nodes = traced()
    told = {text.get("id", ""): (text.get("path"), text.get("sha256")) for text in root.iterfind(f"{ORIGINS}text")}
    assert told == {
        name: (path, hashlib.sha256(inline_text(said).encode()).hexdigest()[:16])
        for name, (path, said) in nodes.items()
    }


def test_an_edit_does_not_change_other_marks() -> None:
    """Names come from ids alone, so that two builds of a brief can be held against each other."""
    whole = Opened.of(sample())
    shorter = Opened.of(replace(sample(), sections=sample().sections[3:]))
    before = {text.get("id"): text.get("code") for text in whole.root("customXml/item1.xml")}
    after = {text.get("id"): text.get("code") for text in shorter.root("customXml/item1.xml")}
    assert after.items() <= before.items() and len(after) < len(before)
