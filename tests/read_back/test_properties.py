"""Whatever the tree says, every format says it; and whatever is changed in the tree, the old files no longer agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.document.inlines import Text
from briefing.document.reading import reading
from briefing.document.tree import Cell, Document, Figure, ItemList, ListItem, NoteList, Row, Section, Table
from briefing.document.walk import rewrite, walk
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.html.page import page
from briefing.formats.html.read_back import verify_html
from briefing.formats.pdf.process import PdfProcess
from briefing.formats.pdf.read_back import verify_pdf
from briefing.themes.theme import Theme
from tests.document.strategies import documents
from tests.docx.opened import written


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    with PdfProcess() as running:
        yield running


def shortened(node: Any) -> Any:
    """`node` without its last child of some kind; itself where it has none to spare."""
    match node:
        case Section() if len(node.blocks) > 1:
            return replace(node, blocks=node.blocks[:-1])
        case ListItem() if len(node.blocks) > 1:
            return replace(node, blocks=node.blocks[:-1])
        case Cell() if len(node.blocks) > 1:
            return replace(node, blocks=node.blocks[:-1])
        case Table() if len(node.rows) > 1:
            return replace(node, rows=node.rows[:-1])
        case ItemList() if len(node.items) > 1:
            return replace(node, items=node.items[:-1])
        case NoteList() if len(node.notes) > 1:
            return replace(node, notes=node.notes[:-1])
        case _:
            return node


def turned_round(node: Any) -> Any:
    """`node` with its children in the other order."""
    match node:
        case Section():
            return replace(node, blocks=node.blocks[::-1])
        case Table():
            return replace(node, rows=node.rows[::-1])
        case Row():
            return replace(node, cells=node.cells[::-1])
        case _:
            return node


def reworded(node: Any) -> Any:
    """`node` with other words in it."""
    match node:
        case Text():
            return Text(node.text + "x")
        case Figure():
            return replace(node, alt=node.alt + "x")
        case _:
            return node


@st.composite
def changed(draw: st.DrawFn, document: Document) -> Document:
    """`document` with one node changed, so that it says something else."""
    change = draw(st.sampled_from((shortened, turned_round, reworded)))
    nodes = [node for node in walk(document.sections) if change(node) is not node and change(node) != node]
    assume(nodes)
    chosen = draw(st.sampled_from(nodes))
    other = rewrite(document, lambda node: change(node) if node is chosen else node)
    said = [piece.text for piece in reading(other)]
    alts = [node.alt for node in walk(other.sections) if isinstance(node, Figure)]
    before = [node.alt for node in walk(document.sections) if isinstance(node, Figure)]
    assume(said != [piece.text for piece in reading(document)] or alts != before)
    return other


@settings(max_examples=7)
@given(data=st.data())
def test_a_pdf_says_what_its_tree_says_and_nothing_else(process: PdfProcess, data: st.DataObject) -> None:
    document = data.draw(documents())
    result = process.render(document, Theme.load())
    assert verify_pdf(document, result.data) == ()
    assert verify_pdf(data.draw(changed(document)), result.data)


@settings(max_examples=10)
@given(data=st.data())
def test_a_docx_says_what_its_tree_says_and_nothing_else(data: st.DataObject) -> None:
    document = data.draw(documents())
    made = written(document).data
    assert verify_docx(document, made) == ()
    assert verify_docx(data.draw(changed(document)), made)


@settings(max_examples=10)
@given(data=st.data())
def test_a_page_says_what_its_tree_says_and_nothing_else(data: st.DataObject) -> None:
    document = data.draw(documents())
    made = page(document, Theme.load())
    assert verify_html(document, made) == ()
    assert verify_html(data.draw(changed(document)), made)
