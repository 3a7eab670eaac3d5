"""A story of the redline: body, cell, note, header or footer, out of the blocks and tables of its two states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy

from msgspec import Struct, field

from briefing.formats.docx.elements import PARAGRAPH_ID, Element, child, children, name, value, w
from briefing.formats.docx.redline.merging import merged_content, steps_between
from briefing.formats.docx.redline.pairing import Labelled, pair_blocks
from briefing.formats.docx.redline.pieces import Side, canonical, cut, shown, texts_of
from briefing.formats.docx.redline.revisions import Block, Change, Lists, Mark, Revisions, paragraph_properties, settled

CellMerger = Callable[[Iterable[Element], Iterable[Element]], list[Element]]
"""Gives the blocks of a cell out of those of its two states."""


def _table(block: Block, merge: CellMerger, revisions: Revisions) -> Element:
    """The table whose states are those of `block`. Its widths and its look are those of the new state."""
    table = block.element
    made = w("tbl", *(deepcopy(each) for each in table if each.tag != name("tr")))
    widths = [value(each, "w") for each in table.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]
    old, new = (list(children(each, "tr")) for each in (block.old, block.new))
    rows = _paired(old, new, _labelled_row)
    made.extend(_row(row, merge, revisions, widths) for row in rows)
    return made


def _paired(old: Sequence[Element], new: Sequence[Element], label: Callable[[Element], Labelled]) -> Iterator[Block]:
    for before, after in pair_blocks([label(each) for each in old], [label(each) for each in new]):
        yield Block(None if before is None else old[before], None if after is None else new[after])


def _labelled_row(row: Element) -> Labelled:
    """A row as far as aligning goes. The heading rows of both states are one, whatever they say."""
    if child(row, "trPr", "tblHeader") is not None:
        return Labelled("heading", (), "")
    codes = (each.get(PARAGRAPH_ID) for each in row.iter(name("p")))
    return Labelled("row", tuple(texts_of(row)), next(filter(None, codes), ""))


def _row(row: Block, merge: CellMerger, revisions: Revisions, widths: list[str | None]) -> Element:
    found = child(row.element, "trPr")
    properties = w("trPr") if found is None else deepcopy(found)
    if row.change is not Change.KEPT:
        properties.append(revisions.mark(row.change.value))
    cells = [list(children(each, "tc")) for each in (row.old, row.new)]
    made = w("tr", properties)
    for place, (cell, width) in enumerate(zip(row.element.findall(name("tc")), widths, strict=True)):
        about = deepcopy(child(cell, "tcPr"))
        size = child(about, "tcW")
        if size is not None and width is not None:
            size.set(name("w"), width)
        old, new = ([one for one in each[place] if one.tag != name("tcPr")] if each else [] for each in cells)
        made.append(w("tc", about, *merge(old, new)))
    return made


class StoryMerger(Struct, frozen=True):
    """Merges the stories of one part, read as `old` and `new`. `kept_notes` gathers the sources whose notes stay."""

    old: Side
    new: Side
    lists: Lists
    revisions: Revisions
    kept_notes: set[str] = field(default_factory=set)

    def merged(self, old: Iterable[Element], new: Iterable[Element]) -> list[Element]:
        """The blocks of one story, in order. No two tables touch: Word would take them for one."""
        made: list[Element] = []
        for block, mark in settled(list(_paired(list(old), list(new), _labelled))):
            if block.is_paragraph:
                made.append(self._paragraph(block, mark))
            elif block.element.tag == name("tbl"):
                if made and made[-1].tag == name("tbl"):
                    made.append(self._separator())
                made.append(_table(block, self.merged, self.revisions))
            elif block.new is not None:
                made.append(deepcopy(block.new))
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
        made = w("p", paragraph_properties(mark, self.lists, self.revisions), *content)
        code = "" if block.new is None else block.new.get(PARAGRAPH_ID)
        if code:
            made.set(PARAGRAPH_ID, code)
        return made

    def _separator(self) -> Element:
        """An empty paragraph that is in neither state."""
        properties = w("pPr")
        self.revisions.mark_passing(properties)
        return w("p", properties)


def _labelled(block: Element) -> Labelled:
    """A paragraph pairs with one of its style and with its pictures, a table with one of as many columns."""
    if block.tag == name("tbl"):
        heading = child(block, "tr")
        headings = "" if heading is None else " ".join(texts_of(heading))
        return Labelled(("table", len(list(block.iter(name("gridCol"))))), tuple(texts_of(block)), headings)
    if block.tag != name("p"):
        return Labelled(canonical(block), (), "")
    style, numbered = value(child(block, "pPr", "pStyle")), child(block, "pPr", "numPr") is not None
    pictures = tuple(shown(each) for each in block.iter(name("drawing")))
    return Labelled(("paragraph", style, numbered, pictures), tuple(texts_of(block)), block.get(PARAGRAPH_ID, ""))
