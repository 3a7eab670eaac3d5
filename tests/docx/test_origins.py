"""Every text that comes from the data can be led back to it."""

from __future__ import annotations

import hashlib
from typing import Any

from briefing.document.reading import inline_text
from briefing.document.tree import Caption, Fact, Heading, Note, Paragraph, RunningLine
from briefing.document.walk import walk
from tests.document.sample import sample
from tests.docx.opened import Opened, attribute, found

ORIGINS = "{urn:briefing:origins:1}"


def traced() -> dict[str, Any]:
    """The nodes of the sample whose text comes from the data, by their ids."""
    kinds = (Paragraph, Heading, Fact, Caption, Note, RunningLine)
    return {node.id: node for node in walk(sample()) if isinstance(node, kinds) and node.origin}


def stories(opened: Opened) -> list[Any]:
    """The roots of the parts with text."""
    names = ("document", "endnotes", "header-default", "footer-default")
    return [opened.root(f"word/{name}.xml") for name in names]


def test_each_text_stands_in_a_content_control_that_names_its_node() -> None:
    opened = Opened.of(sample())
    said = {
        attribute(found(control, "w:sdtPr/w:tag")[0]): opened.text(found(control, "w:sdtContent")[0])
        for story in stories(opened)
        for control in found(story, ".//w:sdt")
    }
    assert said == {name: inline_text(node.children, "1", "1") for name, node in traced().items()}


def test_each_control_stands_in_a_hidden_bookmark() -> None:
    opened = Opened.of(sample())
    controls = [control for story in stories(opened) for control in found(story, ".//w:sdt")]
    names = []
    for control in controls:
        before, after = control.getprevious(), control.getnext()
        assert attribute(before, "id") == attribute(after, "id")
        names.append(attribute(before, "name"))
    assert all(name.startswith("_b") and len(name) <= 40 for name in names)
    assert len(set(names)) == len(names) == len(traced())


def test_no_two_controls_have_one_number() -> None:
    opened = Opened.of(sample())
    numbers = [attribute(each) for story in stories(opened) for each in found(story, ".//w:sdtPr/w:id")]
    assert len(set(numbers)) == len(numbers) == len(traced())


def test_a_part_leads_tags_to_paths_of_the_data() -> None:
    root = Opened.of(sample()).root("customXml/item1.xml")
    assert root.get("build") == "0123abcd"
    nodes = traced()
    told = {text.get("tag", ""): (text.get("path"), text.get("sha256")) for text in root.iterfind(f"{ORIGINS}text")}
    assert told == {
        name: (node.origin, hashlib.sha256(inline_text(node.children).encode()).hexdigest()[:16])
        for name, node in nodes.items()
    }


def test_bookmarks_in_that_part_are_those_of_the_text() -> None:
    opened = Opened.of(sample())
    there = {attribute(mark, "name") for story in stories(opened) for mark in found(story, ".//w:bookmarkStart")}
    assert {text.get("bookmark") for text in opened.root("customXml/item1.xml")} <= there


def test_controls_are_not_locked_and_show_no_frame() -> None:
    opened = Opened.of(sample())
    for story in stories(opened):
        for properties in found(story, ".//w:sdtPr"):
            kinds = [str(each.tag).rpartition("}")[2] for each in properties]
            # A title is missed by nobody and makes LibreOffice 25.2 crash: `test_running` converts such a document.
            assert kinds == ["tag", "id", "appearance"]


def test_an_edit_does_not_change_other_marks() -> None:
    """Names come from ids alone, so that two builds of a brief can be held against each other."""
    whole = Opened.of(sample())
    shorter = Opened.of(
        sample().__class__(
            **{name: getattr(sample(), name) for name in sample().__slots__} | {"sections": sample().sections[3:]}
        )
    )
    before = {text.get("tag"): text.get("bookmark") for text in whole.root("customXml/item1.xml")}
    after = {text.get("tag"): text.get("bookmark") for text in shorter.root("customXml/item1.xml")}
    assert after.items() <= before.items() and len(after) < len(before)
