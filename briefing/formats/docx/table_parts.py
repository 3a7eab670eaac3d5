"""Parts of a table in Word: its look, rows, and which side cells stand on; and the frame of one that stands in a box."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from briefing.document.tree import Align
from briefing.formats.docx.elements import Element, add_property, child, children, setting, w
from briefing.formats.docx.own_styles import BOX_INDENT
from briefing.lengths import TWIPS_PER_POINT

_LOOK: Final = {
    **{"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100},
    **{"noHBand": 0x0200, "noVBand": 0x0400},
}
"""The parts of a table's look, each with its bit (ECMA-376 17.4.56)."""


def table_look(first_names_row: bool, parts: frozenset[str]) -> Element:
    """Which of the `parts` of the table style apply: the first column when it names the rows, bands where the style has them."""
    is_on = {
        "firstRow": True,
        "lastRow": False,
        "firstColumn": first_names_row and "shaded firstCol" not in parts,
        "lastColumn": "lastCol" in parts,
        "noHBand": parts.isdisjoint(("band1Horz", "band2Horz")),
        "noVBand": parts.isdisjoint(("band1Vert", "band2Vert")),
    }
    bits = sum(_LOOK[part] for part, on in is_on.items() if on)
    return w("tblLook", val=f"{bits:04X}", **{part: int(on) for part, on in is_on.items()})


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
    """The table with the sides of the `frame` round the paragraphs beside it, whose text stands in by `indent` twentieths of a point."""
    inset = round(BOX_INDENT * TWIPS_PER_POINT)
    layout = child(table, "tblPr", "tblLayout")
    assert layout is not None, "every table of ours has a fixed layout"
    sides = (deepcopy(found) for side in ("left", "right") if (found := child(frame, side)) is not None)
    if indent > inset:
        layout.addprevious(w("tblInd", w=indent - inset, type="dxa"))
    layout.addprevious(w("tblBorders", *sides))
    for row in children(table, "tr"):
        cells = [child(cell, "tcPr") for cell in children(row, "tc")]
        for properties, side in ((cells[0], "left"), (cells[-1], "right")):
            if properties is not None:
                margins = child(properties, "tcMar")
                properties.append(w("tcMar") if margins is None else margins)
                properties[-1].append(w(side, w=min(indent, inset), type="dxa"))
    return table
