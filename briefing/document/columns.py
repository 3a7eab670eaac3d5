"""Which sections stand in columns and which go over them, for every format alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from briefing.document.drawing import Drawing
from briefing.document.reading import inline_text
from briefing.document.tree import (
    ANNEX,
    Figure,
    FigureWidth,
    ItemList,
    NoteList,
    Paragraph,
    ParagraphRole,
    Section,
    Table,
)
from briefing.document.walk import walk

MOST_COLUMNS: Final = 3
"""A table of more columns has no room in a column of text."""
_LETTER, _BETWEEN = 4.5, 7.0
"""Points: what a letter of a table takes, and what lies between its columns."""
_OVER: Final = frozenset({"summary", "decision", "abbreviations", "contacts", "imprint"})
"""Kinds of section that are read before all else, or after it, and go over the columns, as key figures do."""
_ROOM: Final = 1.0
"""Points: what rounding may add to the width of a drawing."""


class Band(Struct, frozen=True):
    """Sections that follow one another in as many columns. `is_beside`: one section, its last figure beside what is before it."""

    sections: tuple[Section, ...]
    columns: int = 1
    is_beside: bool = False


def bands(sections: Iterable[Section], columns: int, measure: float, *, beside: bool = False) -> Iterator[Band]:
    """The sections in order, in bands of `columns` columns that are `measure` points wide, and of one where something is wider.

    `beside` sets half-width figures beside the lists and short texts that they end. An annex, which may begin a page, begins a band.
    """

    def kind(section: Section) -> tuple[bool, bool, str]:
        own = section.id if section.kind == ANNEX else ""
        return beside and has_figure_beside(section), columns > 1 and not _goes_over(section, measure), own

    for (is_beside, in_columns, _), found in groupby(sections, kind):
        band = tuple(found)
        if is_beside:
            yield from (Band((section,), is_beside=True) for section in band)
        else:
            yield Band(band, columns if in_columns else 1)


def has_figure_beside(section: Section) -> bool:
    """Whether a section of lists and paragraphs ends with a figure at half the page's width."""
    *before, last = section.blocks or (None,)
    is_half = isinstance(last, Figure) and last.width is FigureWidth.HALF
    return is_half and bool(before) and all(isinstance(each, Paragraph | ItemList) for each in before)


def _goes_over(section: Section, measure: float) -> bool:
    """Whether it is too wide for a column, or a table and no text that it could stand in: cut between two columns, it is read with difficulty."""
    is_table = bool(section.blocks) and all(isinstance(each, Table) for each in section.blocks)
    return section.kind in (*_OVER, ANNEX) or is_table or any(_is_wide(each, measure) for each in walk(section))


def _is_wide(node: object, measure: float) -> bool:
    match node:
        case Table():
            return len(node.columns) > MOST_COLUMNS or not _has_room(node, measure)
        case Figure(content=Drawing() as drawn):
            return drawn.width > measure + _ROOM
        case Figure():
            return node.width is FigureWidth.FULL
        case NoteList() | Paragraph(role=ParagraphRole.CELL_FIGURE):
            return True
    return False


def _has_room(table: Table, measure: float) -> bool:
    """Whether the longest word of each column, or what a no-break space makes one, stands on one line where the table is `measure` points wide."""
    for place, column in enumerate(table.columns):
        said = (
            inline_text(each.children)
            for row in table.rows
            for each in walk(row.cells[place])
            if isinstance(each, Paragraph)
        )
        longest = max(len(word) for text in (column.heading, *said) for word in text.replace("\n", " ").split(" "))
        if longest * _LETTER + _BETWEEN > column.share * measure:
            return False
    return True
