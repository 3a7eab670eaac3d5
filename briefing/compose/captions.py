"""Tables and their captions: making them, numbering them, and putting words into the references to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from briefing.compose.wording import Wording
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.document.tree import (
    Caption,
    Cell,
    Column,
    Figure,
    ItemList,
    Note,
    Paragraph,
    ParagraphRole,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.document.walk import rewrite, walk


def number_captions(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with every caption and quotation labelled."""
    counts: Counter[str] = Counter()

    def label(kind: str) -> str:
        counts[kind] += 1
        return wording(kind, number=counts[kind])

    def numbered(node: Any) -> Any:
        match node:
            case Table():
                return replace(node, caption=replace(node.caption, label=label("table")))
            case Figure():
                return replace(node, caption=replace(node.caption, label=label("figure")))
            case Quotation():
                return replace(node, label=label("quote"))
        return node

    return rewrite(sections, numbered)


def fill_cross_references(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with every cross-reference worded: ``Quote 2``, ``Figure 1``, ``source 3``. One that has words keeps them."""
    labels: dict[str, str] = {}
    for node in walk(sections):
        match node:
            case Table() | Figure():
                labels[node.id] = node.caption.label
            case Quotation():
                labels[node.id] = node.label
            case Note():
                labels[node.id] = wording("source", number=node.number)

    def filled(node: Any) -> Any:
        if isinstance(node, CrossReference) and not node.text:
            return replace(node, text=labels[node.target])
        return node

    return rewrite(sections, filled)


def caption(parent: str, children: Sequence[Inline], separator: str, origin: str = "") -> Caption:
    """A caption still without its number; `briefing.compose.captions` fills it in."""
    return Caption(f"{parent}.caption", origin, "", separator, tuple(children))


def columns(parent: str, wanted: Sequence[tuple[str, str, float]]) -> tuple[Column, ...]:
    """Columns from key, heading and weight; weights are turned into shares of the width."""
    total = sum(weight for _, _, weight in wanted)
    return tuple(Column(f"{parent}.{key}", key, heading, weight / total) for key, heading, weight in wanted)


def cell(row: str, key: str, blocks: Sequence[Paragraph | ItemList], *, header: bool = False) -> Cell:
    """A cell of the row `row` in the column `key`."""
    assert blocks, f"the cell {row}.{key} is empty"
    return Cell(f"{row}.{key}", header, tuple(blocks))


def text(
    row: str, key: str, origin: str, *children: Inline | str, role: ParagraphRole = ParagraphRole.CELL
) -> Paragraph:
    """A one-paragraph content for the cell `key` of the row `row`."""
    return Paragraph(
        f"{row}.{key}-text", origin, role, tuple(Text(child) if isinstance(child, str) else child for child in children)
    )


def table(name: str, origin: str, key: str, title: Caption, heads: tuple[Column, ...], rows: Sequence[Row]) -> Table:
    """The table itself. Raises `AssertionError` when a row has not a cell for each column."""
    assert all(len(row.cells) == len(heads) for row in rows), name
    return Table(name, origin, key, title, heads, tuple(rows))
