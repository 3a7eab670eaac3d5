"""Stress, links and breaks inside a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.document.inlines import Emphasis, Inline, LineBreak, Link, Strong, Text
from briefing.document.tree import Document
from tests.document.sample import paragraph, sample, section
from tests.docx.opened import Opened, attribute, found


def saying(*children: Inline | str) -> Document:
    """A document with one paragraph."""
    return replace(
        sample(), sections=(section(sample().sections[0].kind, "Only", paragraph("only", *children, origin="x")),)
    )


def looks(document: Document) -> list[tuple[str, str, frozenset[str]]]:
    """Text, character style and direct stress of each run of the last paragraph."""
    opened = Opened.of(document)
    last = found(opened.document, ".//w:body/w:p[last()]")[0]
    told = []
    for run in found(last, ".//w:r[w:t]"):
        style = found(run, "w:rPr/w:rStyle")
        direct = {str(each.tag).rpartition("}")[2] for each in found(run, "w:rPr/*")} - {"rStyle", "bCs", "iCs"}
        told.append((opened.text(run), opened.styles[attribute(style[0])] if style else "", frozenset(direct)))
    return told


@pytest.mark.parametrize(
    ("child", "look"),
    [
        (Text("x"), ("x", "", frozenset())),
        (Strong((Text("x"),)), ("x", "Strong", frozenset())),
        (Emphasis((Text("x"),)), ("x", "Emphasis", frozenset())),
        (Emphasis((Strong((Text("x"),)),)), ("x", "Emphasis", frozenset({"b"}))),
        (Strong((Emphasis((Text("x"),)),)), ("x", "Strong", frozenset({"i"}))),
        (Strong((Link("https://example.org", (Text("x"),)),)), ("x", "Hyperlink", frozenset())),
        (Link("https://example.org", (Strong((Text("x"),)),)), ("x", "Hyperlink", frozenset({"b"}))),
        (Link("https://example.org", (Strong((Emphasis((Text("x"),)),)),)), ("x", "Hyperlink", frozenset({"b", "i"}))),
    ],
)
def test_a_run_has_one_style_and_the_rest_is_direct(child: Inline, look: tuple[str, str, frozenset[str]]) -> None:
    assert looks(saying(child)) == [look]


def test_a_link_leads_to_its_address_and_equal_ones_share_it() -> None:
    url = "https://example.org/a?b=1&c=2"
    opened = Opened.of(saying(Link(url, (Text("one"),)), " and ", Link(url, (Text("two"),))))
    ids = {
        each.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        for each in found(opened.document, ".//w:hyperlink")
    }
    relations = {
        each.get("Id"): (each.get("Target"), each.get("TargetMode"))
        for each in opened.root("word/_rels/document.xml.rels")
    }
    assert [relations[each] for each in ids] == [(url, "External")]


def test_a_line_break_stays_in_the_paragraph() -> None:
    opened = Opened.of(saying("one", LineBreak(), "two"))
    assert opened.text(found(opened.document, ".//w:body/w:p[last()]")[0]) == "one\ntwo"


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff")


@settings(max_examples=25, deadline=None)
@given(st.text(CHARACTERS, min_size=1, max_size=40))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert list(Opened.of(saying(text)).lines())[-1] == ("text", text)
