"""Parts of a table in Word: widths of columns, rows, and which side cells stand on; and the frame of one that stands in a box."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import accumulate, pairwise

from briefing.document.tree import Align, Column
from briefing.formats.docx.elements import Element, add_property, child, children, setting, w


def column_widths(columns: tuple[Column, ...], text_width: int) -> list[int]:
    """The columns' widths in twentieths of a point, adding up to `text_width` exactly."""
    ends = [0, *(round(share * text_width) for share in accumulate(column.share for column in columns))]
    return [right - left for left, right in pairwise(ends)]


def table_look(first_names_row: bool) -> Element:
    """Which parts of the table style apply (ECMA-376 17.4.56): the first column when it names the rows."""
    bits = 0x0020 | 0x0100 | 0x0400 | 0x0200 | (0x0080 if first_names_row else 0)
    parts = {
        "firstRow": 1,
        "lastRow": 0,
        "firstColumn": int(first_names_row),
        "lastColumn": 1,
        "noHBand": 1,
        "noVBand": 1,
    }
    return w("tblLook", val=f"{bits:04X}", **parts)


def aligned(paragraphs: list[Element], align: Align) -> list[Element]:
    """The paragraphs of a cell, on the side that its column asks for; right stands for the end of right-to-left lines, too."""
    if align is not Align.START:
        for paragraph in paragraphs:
            add_property(paragraph, w("jc", val="center" if align is Align.CENTRE else "right"))
    return paragraphs


def table_row(
    cells: Iterable[Iterable[Element]], widths: list[int], *, heading: bool = False, splits: bool = False
) -> Element:
    """A row out of the paragraphs of its cells; a `heading` row is repeated on each page, one that `splits` may go on
    on the next.
    """
    placed = zip(cells, widths, strict=True)
    made = (w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content) for content, width in placed)
    return w("tr", w("trPr", setting("cantSplit", not splits), setting("tblHeader", heading)), *made)


def frame_table(table: Element, frame: Element | None, indent: int) -> Element:
    """The table with the sides of the `frame` round the paragraphs beside it; text keeps `indent` twentieths of a point from them."""
    layout = child(table, "tblPr", "tblLayout")
    assert layout is not None, "every table of ours has a fixed layout"
    sides = (deepcopy(found) for side in ("left", "right") if (found := child(frame, side)) is not None)
    layout.addprevious(w("tblBorders", *sides))
    for row in children(table, "tr"):
        cells = [child(cell, "tcPr") for cell in children(row, "tc")]
        for properties, side in ((cells[0], "left"), (cells[-1], "right")):
            if properties is not None:
                margins = child(properties, "tcMar")
                properties.append(w("tcMar") if margins is None else margins)
                properties[-1].append(w(side, w=indent, type="dxa"))
    return table
