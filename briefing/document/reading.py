"""The document as it is read: every piece of text, in order, with the node that it belongs to.

This is what a finished file is held against, so it is written once and not by each format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import assert_never

from msgspec import Struct

from briefing.document.drawing import Drawing, Label
from briefing.document.inlines import (
    EMPTY_BOX,
    Abbreviation,
    CheckBox,
    Citation,
    CrossReference,
    Emphasis,
    FootnoteReference,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.tree import (
    Block,
    BoxedText,
    Caption,
    Document,
    Figure,
    FootnoteList,
    Heading,
    ItemList,
    NoteList,
    Paragraph,
    Quotation,
    RunningLine,
    Section,
    Table,
)

NO_BREAK_SPACE = "\u00a0"


class PieceKind(StrEnum):
    """What a piece of text is, since formats hold some kinds in other ways than as text."""

    TEXT = "text"
    MARKER = "marker"
    NOTE_NUMBER = "note_number"
    FOOTNOTE_MARK = "footnote_mark"
    DRAWN = "drawn"
    DATA = "data"


class Piece(Struct, frozen=True):
    """Some text of one node. `section` is the id of the section it stands in, empty for the masthead."""

    node: str
    origin: str
    section: str
    kind: PieceKind
    text: str


def inline_text(children: Iterable[Inline], page: str = "", pages: str = "") -> str:
    """The characters that `children` print as; `page` and `pages` stand for the page number and the page count."""
    return "".join(_inline(child, page, pages) for child in children)


def _inline(child: Inline, page: str, pages: str) -> str:
    match child:
        case Text(text) | CrossReference(text=text):
            return text
        case Abbreviation(short):
            return short
        case Strong(children) | Emphasis(children) | Link(children=children) | Citation(children):
            return inline_text(children, page, pages)
        case LineBreak():
            return "\n"
        case NoteReference(number=number):
            return str(number)
        case FootnoteReference(mark=mark):
            return mark
        case Mark(shape=shape, word=word):
            return f"{shape}{NO_BREAK_SPACE}{word}"
        case CheckBox(word=word):
            return f"{EMPTY_BOX}{NO_BREAK_SPACE}{word}"
        case PageNumber():
            return page
        case PageCount():
            return pages
    assert_never(child)


def running_text(lines: Iterable[RunningLine], page: int, pages: int) -> list[str]:
    """The running lines as they stand on page `page` of `pages`, both counted from 1."""
    return [inline_text(line.children, str(page), str(pages)) for line in lines]


def reading(document: Document) -> Iterator[Piece]:
    """Every piece of the masthead and the sections, in reading order, without the running lines."""
    masthead = document.masthead
    for node, children in (
        (masthead.office_id, masthead.office),
        (masthead.form_id, masthead.form),
        (masthead.series_id, masthead.series),
        (masthead.title_id, masthead.title),
        (masthead.subtitle_id, masthead.subtitle),
    ):
        if children:
            yield Piece(node, "", "", PieceKind.TEXT, inline_text(children))
    for fact in masthead.facts:
        yield Piece(fact.id, fact.origin, "", PieceKind.TEXT, fact.label + fact.separator + inline_text(fact.children))
    for section in document.sections:
        yield from _section(section)


def behind_sources(document: Document) -> Section | None:
    """The first section that follows the numbered sources; a word processor, which prints endnotes last, must be told of it."""
    pairs = pairwise(document.sections)
    return next((after for one, after in pairs if any(isinstance(each, NoteList) for each in one.blocks)), None)


def _section(section: Section) -> Iterator[Piece]:
    heading = section.heading
    yield Piece(heading.id, heading.origin, section.id, PieceKind.TEXT, inline_text(heading.children))
    for block in section.blocks:
        yield from _block(block, section.id)


def _block(block: Block, section: str) -> Iterator[Piece]:
    match block:
        case Paragraph():
            if block.marker:
                yield Piece(block.id, block.origin, section, PieceKind.MARKER, block.marker)
            yield Piece(block.id, block.origin, section, PieceKind.TEXT, inline_text(block.children))
        case ItemList():
            for item in block.items:
                yield Piece(item.id, item.origin, section, PieceKind.MARKER, item.marker)
                for inner in item.blocks:
                    yield from _block(inner, section)
        case Section():
            yield from _section(block)
        case BoxedText():
            yield _caption(block.caption, section)
            for inner in block.blocks:
                yield from _block(inner, section)
        case Heading():
            yield Piece(block.id, block.origin, section, PieceKind.TEXT, inline_text(block.children))
        case Quotation():
            if block.label:
                yield Piece(block.id, block.origin, section, PieceKind.TEXT, block.label)
            for paragraph in (*block.words, block.attribution, *block.details):
                yield from _block(paragraph, section)
        case Table():
            if block.caption is not None:
                yield _caption(block.caption, section)
            for column in block.columns:
                yield Piece(column.id, block.origin, section, PieceKind.TEXT, column.heading)
            for row in block.rows:
                for cell in row.cells:
                    for inner in cell.blocks:
                        yield from _block(inner, section)
        case Figure():
            if isinstance(block.content, Drawing):
                for shape in block.content.shapes:
                    if isinstance(shape, Label):
                        yield Piece(block.id, block.origin, section, PieceKind.DRAWN, shape.text)
            if block.data is not None:
                for text in (*block.data.heads, *(cell for row in block.data.rows for cell in row.cells)):
                    yield Piece(block.id, block.origin, section, PieceKind.DATA, text.text)
            yield _caption(block.caption, section)
        case FootnoteList():
            for footnote in block.footnotes:
                yield Piece(footnote.id, footnote.origin, section, PieceKind.FOOTNOTE_MARK, footnote.mark)
                yield Piece(footnote.id, footnote.origin, section, PieceKind.TEXT, inline_text(footnote.children))
        case NoteList():
            for note in block.notes:
                yield Piece(note.id, note.origin, section, PieceKind.NOTE_NUMBER, str(note.number))
                yield Piece(note.id, note.origin, section, PieceKind.TEXT, inline_text(note.children))
        case _:
            assert_never(block)


def _caption(caption: Caption, section: str) -> Piece:
    return Piece(
        caption.id,
        caption.origin,
        section,
        PieceKind.TEXT,
        caption.label + caption.separator + inline_text(caption.children),
    )
