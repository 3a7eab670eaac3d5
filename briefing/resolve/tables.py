"""Making tables: cells that are never empty, columns whose shares add up to one."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.document.blocks import Caption, Cell, Column, ItemList, Paragraph, ParagraphRole, Row, Table
from briefing.document.inlines import Inline, Text


def caption(parent: str, children: Sequence[Inline], separator: str, origin: str = "") -> Caption:
    """A caption still without its number; `briefing.resolve.captions` fills it in."""
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
