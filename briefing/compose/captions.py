"""Tables and their captions: making them, numbering them, and putting words into the references to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from briefing.compose.composing import LONGEST_NAME, shortened
from briefing.compose.wording import Wording
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.document.reading import inline_text
from briefing.document.tree import (
    ANNEX,
    Align,
    BoxedText,
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
from briefing.schema import Brief
from briefing.schema.fields import referable, targets
from briefing.schema.kinds import SectionKind


def number_captions(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with every caption labelled, and every quotation that something refers to."""
    counts: Counter[str] = Counter()
    mentioned = {node.target for node in walk(sections) if isinstance(node, CrossReference)}

    def label(kind: str) -> str:
        counts[kind] += 1
        return wording(kind, number=counts[kind])

    def numbered(node: Any) -> Any:
        match node:
            case Table(caption=Caption() as title):
                return replace(node, caption=replace(title, label=label("table")))
            case BoxedText():
                return replace(node, caption=replace(node.caption, label=label("box")))
            case Figure():
                return replace(node, caption=replace(node.caption, label=label("figure")))
            case Quotation() if node.id in mentioned:
                return replace(node, label=label("quote"))
        return node

    return rewrite(sections, numbered)


def aim_references(sections: tuple[Section, ...], brief: Brief) -> tuple[Section, ...]:
    """The sections with every ``[#name]`` of a text leading to the node that it means."""
    known = targets(brief)

    def aimed(node: Any) -> Any:
        if isinstance(node, CrossReference) and node.target.startswith("#"):
            return replace(node, target=known[node.target[1:]][0])
        return node

    return rewrite(sections, aimed)


def lead_to_drawings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with every reference to an event that is told in the drawing only leading to that."""
    there = {node.id for node in walk(sections) if isinstance(node, Row)}

    def pointed(node: Any) -> Any:
        if isinstance(node, CrossReference) and node.target.startswith("event-") and node.target not in there:
            return replace(node, target="figure.timeline")
        return node

    return rewrite(sections, pointed)


def fill_cross_references(sections: tuple[Section, ...], brief: Brief, wording: Wording) -> tuple[Section, ...]:
    """The sections with every cross-reference worded: ``Quote 2``, ``Figure 1``, ``source 3``. One that has words keeps them."""
    labels = {name: _item(kind, number, item, wording) for name, (kind, number, item) in referable(brief).items()}
    annexes = 0
    for node in walk(sections):
        match node:
            case Section() if node.kind == ANNEX:
                labels[node.id] = annex_label(annexes, wording)
                annexes += 1
            case Section():
                labels[node.id] = wording("section_named", title=inline_text(node.heading.children))
            case Table(caption=Caption() as title) | Figure(caption=title) | BoxedText(caption=title):
                labels[node.id] = title.label
            case Quotation():
                labels[node.id] = node.label
            case Note():
                labels[node.id] = wording("source", number=node.number)

    def filled(node: Any) -> Any:
        if isinstance(node, CrossReference) and not node.text:
            return replace(node, text=labels[node.target])
        return node

    return rewrite(sections, filled)


def annex_label(index: int, wording: Wording) -> str:
    """What the annex is called that has `index` others before it: ``Annex A``."""
    return wording("annex", letter=chr(ord("A") + index))


def _item(kind: SectionKind, number: int, item: Any, wording: Wording) -> str:
    """What an item without a number on the page is called: a party by its name, a question by its place, others by what they say."""
    label, name = f"reference_{kind.word}", shortened(kind.name_of(item), LONGEST_NAME)
    return wording(label, number=number, name=name) if label in wording.labels else wording.quoted(name)


def caption(parent: str, children: Sequence[Inline], separator: str, origin: str = "") -> Caption:
    """A caption still without its number; `briefing.compose.captions` fills it in."""
    return Caption(f"{parent}.caption", origin, "", separator, tuple(children))


def columns(parent: str, wanted: Sequence[tuple[str, str, float]], ends: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns from key, heading and weight; weights are turned into shares of the width. `ends` are the keys of those that hold numbers."""
    total = sum(weight for _, _, weight in wanted)
    return tuple(
        Column(f"{parent}.{key}", key, heading, weight / total, Align.END if key in ends else Align.START)
        for key, heading, weight in wanted
    )


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
