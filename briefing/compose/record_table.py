"""A list of records as a table, from the columns that its kind declares: a row an item, a cell a key, each printed by what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composer, Composing
from briefing.compose.masthead import named
from briefing.compose.prose import ProseReader, with_citation
from briefing.compose.wording import LEVEL_SHAPES, Wording
from briefing.document.inlines import Inline, Mark, MarkKind, Text
from briefing.document.tree import Block, ItemList, Paragraph, ParagraphRole, Row
from briefing.schema import PartialDate, Person
from briefing.schema.kinds import Column, SectionKind
from briefing.schema.types import Choice


def record_table(kind: SectionKind) -> Composer:
    """The composer of a kind that declares columns; what changed is marked in the first of them."""
    return Composer(partial(_blocks, kind), marked=kind.columns[0].key)


def _blocks(kind: SectionKind, composing: Composing) -> Iterator[Block]:
    items, wording, name = kind.items(composing.brief), composing.wording, f"table-{kind.key}"
    shown = [column for column in kind.columns if column.empty or any(getattr(item, column.key) for item in items)]
    heads = columns(name, [(column.key, wording(column.label), column.share) for column in shown])
    rows = [_row(kind, item, f"{kind.key}[{index}]", shown, wording) for index, item in enumerate(items)]
    title = caption(name, [Text(wording(f"{kind.key}_table"))], wording("stop"))
    yield table(name, kind.key, kind.key, title, heads, rows)


def _row(kind: SectionKind, item: Any, origin: str, shown: Sequence[Column], wording: Wording) -> Row:
    name = f"{kind.word}-{item.id}"
    cites = [(source, "") for source in getattr(item, "sources", ())]
    cells = [
        cell(name, column.key, _cell(kind, item, name, origin, column, wording, cites if first else ()), header=first)
        for column, first in ((column, column is shown[0]) for column in shown)
    ]
    return Row(name, origin, tuple(cells))


def _cell(
    kind: SectionKind,
    item: Any,
    row: str,
    origin: str,
    column: Column,
    wording: Wording,
    cites: Sequence[tuple[str, str]],
) -> Sequence[Paragraph | ItemList]:
    """What stands in a cell; `cites` are what the item's `sources` name, cited in its first cell."""
    value, key, place = getattr(item, column.key), column.key, f"{origin}.{column.key}"
    if value is None:
        return [text(row, key, place, wording(column.empty or "not_stated"), role=ParagraphRole.CELL_DETAIL)]
    role = ParagraphRole.CELL_LEAD if column is kind.columns[0] else ParagraphRole.CELL
    if key in kind.texts:
        return ProseReader(f"{row}.{key}", place, role).blocks(value, cites)
    return [text(row, key, place, *with_citation(_inlines(value, wording), cites), role=role)]


def _inlines(value: Any, wording: Wording) -> tuple[Inline, ...]:
    match value:
        case PartialDate():
            return (Text(wording.date(value)),)
        case Person():
            return named([value], wording)
        case Choice() if value in LEVEL_SHAPES:
            return (Mark(MarkKind.LEVEL, value.value, LEVEL_SHAPES[value], wording(value.value)),)
        case Choice():
            return (Text(wording(value.value)),)
        case float():
            return (Text(wording.number(value)),)
    return (Text(str(value)),)
