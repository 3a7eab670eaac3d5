"""Tables: a repeated row of column headings, rows that stay whole, and widths that the tree decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from briefing.document.blocks import Cell, Column, ItemList, Paragraph, Row, Table
from briefing.document.inlines import Text
from briefing.document.reading import inline_text
from briefing.render.docx.markup import Element, w
from briefing.render.docx.paragraphs import ParagraphWriter
from briefing.render.docx.style_names import AMOUNT_COLUMNS

CellWriter = Callable[[Paragraph | ItemList, str], Iterator[Element]]

_NARROW: Final = {"values": 0.62}
"""Tables, by their keys, that take only part of the text's width: a column of numbers is read beside its names."""


def table_element(table: Table, paragraphs: ParagraphWriter, write: CellWriter, text_width: int) -> Element:
    """The table, as wide as the text unless it is a narrow one; `write` makes the content of its cells."""
    widths = _widths(table.columns, round(text_width * _NARROW.get(table.key, 1)))
    first_names_row = all(row.cells and row.cells[0].header for row in table.rows)
    writing = paragraphs.writing
    style = writing.styles.table("Briefing Table")
    properties = w(
        "tblPr",
        w("tblStyle", val=style) if style else None,
        w("bidiVisual") if writing.right_to_left else None,
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        _look(first_names_row),
        w("tblCaption", val=f"{table.caption.label}{table.caption.separator}{inline_text(table.caption.children)}"),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    rows = (_row(row, table.columns, write, widths, paragraphs) for row in table.rows)
    return w("tbl", properties, grid, _headings(table.columns, paragraphs, widths), *rows)


def _widths(columns: tuple[Column, ...], text_width: int) -> list[int]:
    """The columns' widths in twentieths of a point, adding up to `text_width` exactly."""
    ends = [0]
    share = 0.0
    for column in columns:
        share += column.share
        ends.append(round(share * text_width))
    return [right - left for left, right in pairwise(ends)]


def _look(first_names_row: bool) -> Element:
    """Which parts of the table style apply (ECMA-376 17.4.56): heading row always, first column when it names the
    rows.
    """
    bits = 0x0020 | 0x0100 | 0x0400 | 0x0200 | (0x0080 if first_names_row else 0)
    return w(
        "tblLook",
        val=f"{bits:04X}",
        firstRow=1,
        lastRow=0,
        firstColumn=int(first_names_row),
        lastColumn=1,
        noHBand=1,
        noVBand=1,
    )


def _headings(columns: tuple[Column, ...], paragraphs: ParagraphWriter, widths: list[int]) -> Element:
    cells = []
    for column, width in zip(columns, widths, strict=True):
        style = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
        heading = paragraphs.paragraph(style, (Text(column.heading),), targets=(column.id,), keep_next=True)
        cells.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), heading))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(
    row: Row, columns: tuple[Column, ...], write: CellWriter, widths: list[int], paragraphs: ParagraphWriter
) -> Element:
    placed = zip(row.cells, columns, widths, strict=True)
    cells = [_cell(cell, column, write, width) for cell, column, width in placed]
    # A row cannot be bookmarked, so what leads to it leads to its first words.
    paragraphs.make_target(cells[0][1], row.id)
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(cell: Cell, column: Column, write: CellWriter, width: int) -> Element:
    content = (element for block in cell.blocks for element in write(block, column.key))
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content)
