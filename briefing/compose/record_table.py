"""A list of records as a table, from the columns that its kind declares: a row an item, a cell a key, each printed by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composing
from briefing.compose.masthead import named
from briefing.compose.prose_blocks import ProseReader, with_citation
from briefing.compose.wording import Wording, judgement
from briefing.document.inlines import Inline, Mark, MarkKind, Text
from briefing.document.tree import Block, ItemList, Paragraph, ParagraphRole, Row
from briefing.schema import PartialDate, Person
from briefing.schema.kinds import Column, SectionKind
from briefing.schema.types import Choice

NOT_STATED: Final = "not_stated"

CellBlock = Paragraph | ItemList


class Record(Struct, frozen=True):
    """One item on its way into a row: `row` is the row's id, `origin` the item's path, `today` the brief's date."""

    kind: SectionKind
    item: Any
    origin: str
    today: PartialDate
    wording: Wording
    number: int = 1
    """Its place among its like, counted from 1."""

    @property
    def row(self) -> str:
        """The id of the row."""
        return f"{self.kind.word}-{self.item.id}"

    @property
    def cites(self) -> list[tuple[str, str]]:
        """The sources that the item names beside its texts."""
        return [(source, "") for source in getattr(self.item, "sources", ())]

    def value(
        self, key: str, role: ParagraphRole = ParagraphRole.CELL, cites: Sequence[tuple[str, str]] = ()
    ) -> Sequence[CellBlock]:
        """What the item holds under `key`, as its type is printed; nothing where it holds nothing."""
        value, place = getattr(self.item, key), f"{self.origin}.{key}"
        if value is None:
            return ()
        if key in self.kind.texts:
            return ProseReader(f"{self.row}.{key}", place, role).blocks(value, cites)
        return [text(self.row, key, place, *with_citation(self._inlines(value), cites), role=role)]

    def words(self, key: str, *children: Inline | str, role: ParagraphRole = ParagraphRole.CELL) -> Paragraph:
        """Words of the program's own on what the item holds under `key`."""
        return text(self.row, key, f"{self.origin}.{key}", *children, role=role)

    def detail(self, key: str, *children: Inline) -> Paragraph:
        """A line in small type on what the item holds under `key`."""
        return Paragraph(f"{self.row}.{key}", f"{self.origin}.{key}", ParagraphRole.CELL_DETAIL, children)

    def number_line(self) -> Paragraph:
        """Which of its like it is, as references to it say it, with a capital."""
        said = self.wording(f"reference_{self.kind.word}", number=self.number)
        return text(self.row, "number", "", said[:1].upper() + said[1:], role=ParagraphRole.CELL_DETAIL)

    def details(self, column: Column) -> Iterator[CellBlock]:
        """What is declared to stand below that column's own value."""
        for detail in self.kind.details:
            value = getattr(self.item, detail.key)
            if detail.under != column.key or not value:
                continue
            if value is True:
                done = Mark(MarkKind.STATUS, detail.key, "✓", self.wording(detail.key))
                yield self.words(detail.key, done)
            elif detail.label:
                said = self.line(detail.key) if detail.key in self.kind.texts else self._inlines(value)
                yield self.detail(detail.key, *self.wording.label(detail.label), *said)
            else:
                is_text = detail.key in self.kind.texts
                yield from self.value(detail.key, ParagraphRole.CELL if is_text else ParagraphRole.CELL_DETAIL)

    def line(self, key: str) -> tuple[Inline, ...]:
        """The text under `key` as one run, for a detail."""
        return ProseReader(f"{self.row}.{key}", f"{self.origin}.{key}").line(getattr(self.item, key))

    def _inlines(self, value: Any) -> tuple[Inline, ...]:
        match value:
            case PartialDate():
                return (Text(self.wording.date(value)),)
            case Person():
                return named([value], self.wording)
            case Choice():
                return (judgement(value, self.wording),)
            case float():
                return (Text(self.wording.number(value)),)
        return (Text(str(value)),)


class RecordTable(Struct, frozen=True):
    """Makes the table of a kind; `cells` are the cells that hold more than their key's value, by the key of their column."""

    kind: SectionKind
    cells: Mapping[str, Callable[[Record], Iterable[CellBlock]]] = field(default_factory=dict)
    title: str = ""
    """The label of the caption, where that is not ``<key>_table``."""
    order: tuple[str, ...] = ()
    """The keys of the columns, where they do not stand in the order of the item's keys."""

    def __call__(self, composing: Composing) -> Iterator[Block]:
        """The table, where there are items."""
        kind, wording, name = self.kind, composing.wording, f"table-{self.kind.key}"
        items = kind.items(composing.brief)
        if not items:
            return
        ordered = sorted(kind.columns, key=lambda column: self.order.index(column.key)) if self.order else kind.columns
        shown = [column for column in ordered if column.empty or any(kind.shown_in(column, item) for item in items)]
        heads = columns(name, [(column.key, wording(column.label), column.share) for column in shown])
        title = caption(name, [Text(wording(self.title or f"{kind.key}_table"))], wording("stop"))
        records = (
            Record(kind, item, f"{kind.key}[{index}]", composing.brief.date, wording, index + 1)
            for index, item in enumerate(items)
        )
        yield table(name, kind.key, kind.key, title, heads, [self._row(record, shown) for record in records])

    def _row(self, record: Record, shown: Sequence[Column]) -> Row:
        cells = [
            cell(record.row, column.key, self._cell(record, column, place == 0), header=place == 0)
            for place, column in enumerate(shown)
        ]
        return Row(record.row, record.origin, tuple(cells))

    def _cell(self, record: Record, column: Column, first: bool) -> Sequence[CellBlock]:
        if column.key in self.cells:
            blocks = tuple(self.cells[column.key](record))
        else:
            number = (record.number_line(),) if first and self.kind.numbered else ()
            role, cites = (ParagraphRole.CELL_LEAD, record.cites) if first else (ParagraphRole.CELL, ())
            blocks = (*number, *record.value(column.key, role, cites), *record.details(column))
        if blocks:
            return blocks
        if column.empty in ("", NOT_STATED):
            label = record.wording(NOT_STATED)
            return [text(record.row, column.key, "", label, role=ParagraphRole.CELL_DETAIL)]
        return [record.words(column.key, record.wording(column.empty))]
