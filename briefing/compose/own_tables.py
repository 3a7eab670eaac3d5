"""An office's own tables: typed cells in columns, numbers below one another by their decimal signs, notes and sources under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from briefing.compose.captions import caption
from briefing.compose.composing import Composing
from briefing.compose.prose_blocks import ProseBlock, ProseReader, weight, with_citation
from briefing.compose.wording import Wording
from briefing.document.inlines import Text
from briefing.document.reading import NO_BREAK_SPACE
from briefing.document.tree import Align, Block, Cell, Column, Paragraph, ParagraphRole, Row, Table
from briefing.schema import ColumnAlign, OwnTable
from briefing.schema.readers import is_plain_number
from briefing.text.prose import Prose

_ALIGNS: Final = {
    ColumnAlign.LEFT: Align.START,
    ColumnAlign.CENTRE: Align.CENTRE,
    ColumnAlign.RIGHT: Align.END,
    ColumnAlign.DECIMAL: Align.END,
}
_DIGIT_SPACE, _STOP_SPACE = "\u2007", "\u2008"
"""As wide as a digit, and as wide as a full stop."""
_NO_NUMBER: Final = re.compile(r"\D{1,12}")
"""What stands in the place of a number: a dash, ``n/a``."""
_YEAR: Final = re.compile(r"(?:1[5-9]|2[01])\d\d")
_YEARS_HEAD: Final = re.compile(r"\b(?:years?|jahre?|années?|años?|anni|anno|ano|rok|год)\b", re.IGNORECASE)
_BESIDE: Final = 3
"""Letters: what is left free beside a column."""
_SHORT: Final = 12
"""Letters: up to this length a unit stands in one line."""


def table_blocks(item: OwnTable, origin: str, composing: Composing, level: int) -> Iterator[Block]:
    """The table, and below it its note and the sources that it names."""
    wording, name = composing.wording, f"table-{item.id}"
    columns = [_OwnColumn.of(item, place, wording) for place in range(len(item.columns))]
    whole = sum(column.share for column in columns)
    line = ProseReader(f"{name}.caption", f"{origin}.caption").line(item.caption)
    yield Table(
        name,
        origin,
        "own",
        caption(name, line, wording("stop"), f"{origin}.caption"),
        tuple(
            Column(f"{name}.{column.key}", column.key, column.head, column.share / whole, _ALIGNS[column.align])
            for column in columns
        ),
        tuple(_row(f"{name}.row-{index + 1}", f"{origin}.rows[{index}]", index, columns) for index in range(len(item.rows))),
    )  # fmt: skip
    if item.note:
        yield from ProseReader(f"{name}.note", f"{origin}.note", ParagraphRole.TABLE_NOTE).blocks(item.note)
    if item.sources:
        label = wording("table_source" if len(item.sources) == 1 else "table_sources") + wording("colon").rstrip(" ")
        cited = with_citation((Text(label),), [(source, "") for source in item.sources])
        yield Paragraph(f"{name}.sources", f"{origin}.sources", ParagraphRole.TABLE_NOTE, cited)


class _OwnColumn(Struct, frozen=True):
    """A column with what stands in it. Cells that are `numbers` are set with `decimals` places, or blanks of their width, behind the sign."""

    key: str
    head: str
    align: ColumnAlign
    cells: Sequence[Prose | None]
    numbers: frozenset[int]
    decimals: int
    wording: Wording

    @classmethod
    def of(cls, item: OwnTable, place: int, wording: Wording) -> _OwnColumn:
        """The column at `place`, counted from 0."""
        column, cells = item.columns[place], [row[place] for row in item.rows]
        said = [cell.text if cell else "" for cell in cells]
        plain = [each for each in said if is_plain_number(each)]
        align = column.align or ColumnAlign.LEFT
        if column.align is None and place > 0 and plain:
            only_numbers = all(not each or is_plain_number(each) or _NO_NUMBER.fullmatch(each) for each in said)
            named = _YEARS_HEAD.fullmatch(column.label.strip()) and all(
                re.fullmatch(r"\d{3,4}", each) for each in plain
            )
            are_years = column.unit is None and bool(named or all(map(_YEAR.fullmatch, plain)))
            align = ColumnAlign.LEFT if not only_numbers else ColumnAlign.RIGHT if are_years else ColumnAlign.DECIMAL
        head = column.label
        if column.unit:
            is_short = len(column.unit) <= _SHORT
            unit = column.unit.replace(" ", NO_BREAK_SPACE) if is_short else column.unit
            head = wording("column_unit", label=head, unit=unit)
        is_set = align is ColumnAlign.DECIMAL
        aligned = {index for index, each in enumerate(said) if is_plain_number(each) or _NO_NUMBER.fullmatch(each)}
        decimals = max((len(each.partition(".")[2]) for each in plain), default=0)
        return cls(f"column-{place + 1}", head, align, cells, frozenset(aligned if is_set else ()), decimals, wording)

    @property
    def share(self) -> int:
        """How wide it asks to be, in letters; the head of a column of numbers goes over several lines."""
        said = [cell.plain if cell else "" for cell in self.cells]
        if self.align is not ColumnAlign.DECIMAL:
            return weight([self.head, *said]) + _BESIDE
        set_as = [self.wording.figure(each) if is_plain_number(each) else each for each in said]
        return max(len(each) for each in (*set_as, *self.head.split(" "))) + _BESIDE

    def blocks(self, index: int, row: str, origin: str) -> tuple[ProseBlock, ...]:
        """What stands in the row `row`, the one at `index`."""
        cell, name = self.cells[index], f"{row}.{self.key}"
        if cell is None:
            return ()
        if index not in self.numbers:
            return ProseReader(name, origin, ParagraphRole.CELL).blocks(cell)
        is_number, places = is_plain_number(cell.text), len(cell.text.partition(".")[2])
        gap = (_STOP_SPACE if self.decimals and not (is_number and places) else "") + _DIGIT_SPACE * (
            self.decimals - (places if is_number else 0)
        )
        said = Text((self.wording.figure(cell.text) if is_number else cell.plain) + gap)
        return (Paragraph(f"{name}.1", origin, ParagraphRole.CELL, (said,)),)


def _row(name: str, origin: str, index: int, columns: Sequence[_OwnColumn]) -> Row:
    cells = (
        Cell(f"{name}.{column.key}", place == 0 and column.cells[index] is not None, column.blocks(index, name, f"{origin}[{place}]"))
        for place, column in enumerate(columns)
    )  # fmt: skip
    return Row(name, origin, tuple(cells))
