"""A story of the redline: body, cell, note, header or footer, out of the blocks and tables of its two states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from briefing.formats.docx.elements import Element, child, name, value, w
from briefing.formats.docx.redline.merging import merged_content, steps_between
from briefing.formats.docx.redline.pairing import Labelled, pair_blocks
from briefing.formats.docx.redline.parts import Lists
from briefing.formats.docx.redline.pieces import Side, canonical, cut, shown, texts_of
from briefing.formats.docx.redline.revisions import Block, Change, Mark, Revisions, paragraph_properties, settled

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
    for before, after in pair_blocks([_labelled_row(row) for row in old], [_labelled_row(row) for row in new]):
        yield Block(None if before is None else old[before], None if after is None else new[after])


def _labelled_row(row: Element) -> Labelled:
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


@dataclass(frozen=True, slots=True)
class StoryMerger:
    """Merges the stories of one part, read as `old` and `new`. `kept_notes` gathers the sources whose notes stay."""

    old: Side
    new: Side
    lists: Lists
    revisions: Revisions
    kept_notes: set[str] = field(default_factory=set)

    def merged(self, old: Iterable[Element], new: Iterable[Element]) -> list[Element]:
        """The blocks of one story, in order. No two tables touch: Word would take them for one."""
        made: list[Element] = []
        for block, mark in settled(list(_blocks(list(old), list(new)))):
            if block.is_paragraph:
                made.append(self._paragraph(block, mark))
            elif block.element.tag == name("tbl"):
                if made and made[-1].tag == name("tbl"):
                    made.append(self._separator())
                made.append(merged_table(block, self.merged, self.revisions))
            else:
                made += [deepcopy(each) for each in (block.new,) if each is not None]
        return made

    def _paragraph(self, block: Block, mark: Mark) -> Element:
        old = None if block.old is None else cut(block.old, self.old)
        new = None if block.new is None else cut(block.new, self.new)
        if old is not None and new is not None:
            self.lists.learn(old.properties, new.properties)
        steps = steps_between(old, new)
        kept = (step.piece.note for step in steps if step.change is Change.KEPT)
        self.kept_notes.update(note for note in kept if note)
        content = merged_content(old, new, steps, self.revisions)
        return w("p", paragraph_properties(mark, self.lists, self.revisions), *content)

    def _separator(self) -> Element:
        """An empty paragraph that is in neither state."""
        properties = w("pPr")
        self.revisions.mark_passing(properties)
        return w("p", properties)


def _blocks(old: Sequence[Element], new: Sequence[Element]) -> Iterator[Block]:
    for before, after in pair_blocks([_labelled(each) for each in old], [_labelled(each) for each in new]):
        yield Block(None if before is None else old[before], None if after is None else new[after])


def _labelled(block: Element) -> Labelled:
    """A block as far as aligning goes: a paragraph pairs with one of its style and with its pictures, a table
    with one of as many columns.
    """
    if block.tag == name("tbl"):
        return Labelled(("table", columns_of(block)), tuple(texts_of(block)), heading_of(block))
    if block.tag != name("p"):
        return Labelled(canonical(block), (), "")
    properties = child(block, "pPr")
    style = None if properties is None else value(child(properties, "pStyle"))
    numbered = properties is not None and child(properties, "numPr") is not None
    tag = next(block.iter(name("tag")), None)
    pictures = tuple(shown(each) for each in block.iter(name("drawing")))
    return Labelled(("paragraph", style, numbered, pictures), tuple(texts_of(block)), value(tag) or "")
