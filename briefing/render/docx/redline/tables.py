"""A table of the redline: its rows kept, inserted or deleted (ECMA-376 17.13.5.16 and .12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy

from briefing.render.docx.markup import Element, child, name, value, w
from briefing.render.docx.redline.alignment import Labelled, pair_blocks
from briefing.render.docx.redline.marks import Block
from briefing.render.docx.redline.pieces import texts_of
from briefing.render.docx.redline.revisions import Change, Revisions

CellMerger = Callable[[Iterable[Element], Iterable[Element]], list[Element]]
"""Gives the blocks of a cell out of those of its two states."""


def columns_of(table: Element) -> int:
    """How many columns a table has."""
    grid = child(table, "tblGrid")
    return 0 if grid is None else len(grid)


def heading_of(table: Element) -> str:
    """The words of its heading row, by which two states of one table know each other."""
    row = child(table, "tr")
    return "" if row is None else " ".join(texts_of(row))


def merged_table(block: Block, merge: CellMerger, revisions: Revisions) -> Element:
    """The table whose states are those of `block`. Its widths and its look are those of the new state."""
    table = block.element
    made = w("tbl", *(deepcopy(each) for each in table if each.tag != name("tr")))
    widths = [value(each, "w") for each in table.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]
    made.extend(_row(row, merge, revisions, widths) for row in _rows(block))
    return made


def _rows(block: Block) -> Iterator[Block]:
    old = [] if block.old is None else block.old.findall(name("tr"))
    new = [] if block.new is None else block.new.findall(name("tr"))
    for before, after in pair_blocks([_labelled(row) for row in old], [_labelled(row) for row in new]):
        yield Block(None if before is None else old[before], None if after is None else new[after])


def _labelled(row: Element) -> Labelled:
    """A row as far as aligning goes. The heading rows of both states are one, whatever they say."""
    if row.find(f"{name('trPr')}/{name('tblHeader')}") is not None:
        return Labelled("heading", (), "")
    tag = next(row.iter(name("tag")), None)
    return Labelled("row", tuple(texts_of(row)), value(tag) or "")


def _row(row: Block, merge: CellMerger, revisions: Revisions, widths: list[str | None]) -> Element:
    found = child(row.element, "trPr")
    properties = w("trPr") if found is None else deepcopy(found)
    if row.change is not Change.KEPT:
        properties.append(revisions.mark(row.change.value))
    cells = [[] if each is None else each.findall(name("tc")) for each in (row.old, row.new)]
    made = w("tr", properties)
    for place, (cell, width) in enumerate(zip(row.element.findall(name("tc")), widths, strict=True)):
        about = deepcopy(child(cell, "tcPr"))
        size = None if about is None else child(about, "tcW")
        if size is not None and width is not None:
            size.set(name("w"), width)
        old, new = (_content(each[place]) if each else [] for each in cells)
        made.append(w("tc", about, *merge(old, new)))
    return made


def _content(cell: Element) -> list[Element]:
    return [each for each in cell if each.tag != name("tcPr")]
