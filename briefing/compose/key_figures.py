"""The numbers that matter most: a strip of large type under what each tells, with its unit, date, note and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.compose.composing import Composer, Composing, by_judgement
from briefing.compose.prose_blocks import ProseReader, with_citation
from briefing.document.inlines import Inline, Text
from briefing.document.tree import Block, Cell, Column, Paragraph, ParagraphRole, Row, Table
from briefing.schema.advice_items import KeyFigure

_MOST: Final = 4
"""How many stand side by side."""
_LETTERS: Final = 44
"""Of the large type, in the strip's whole width: a number broken over two lines is read as two."""
_SHORT_UNIT: Final = 4
"""Characters: a unit no longer than that stands behind its number, in the same large type."""


def _blocks(composing: Composing) -> Iterator[Block]:
    figures = list(enumerate(composing.brief.key_figures))
    longest = max((max(map(len, _value(figure, composing).split(" "))) for _, figure in figures), default=1)
    most = max(1, min(_MOST, _LETTERS // longest))
    strips = -(-len(figures) // most)
    for number in range(strips):
        start, end = (-(-place * len(figures) // strips) for place in (number, number + 1))
        yield _strip(f"table-key_figures-{number + 1}", figures[start:end], composing)


def _strip(name: str, figures: Sequence[tuple[int, KeyFigure]], composing: Composing) -> Table:
    share = 1 / len(figures)
    heads = tuple(Column(f"key_figure-{figure.id}", "figure", figure.label, share) for _, figure in figures)
    cells = tuple(
        Cell(f"key_figure-{figure.id}.cell", False, tuple(_cell(figure, f"key_figures[{index}]", composing)))
        for index, figure in figures
    )
    return Table(name, "key_figures", "key_figures", None, heads, (Row(f"{name}.row", "key_figures", cells),))


def _value(figure: KeyFigure, composing: Composing) -> str:
    return composing.wording.amount(figure.value, short_unit(figure.unit))


def _cell(figure: KeyFigure, origin: str, composing: Composing) -> Iterator[Paragraph]:
    name, wording = f"key_figure-{figure.id}", composing.wording
    cites = [(source, "") for source in figure.sources]
    lines: list[tuple[str, ParagraphRole, tuple[Inline, ...]]] = [
        ("value", ParagraphRole.CELL_FIGURE, (Text(_value(figure, composing)),))
    ]
    if figure.unit and not short_unit(figure.unit):
        lines.append(("unit", ParagraphRole.CELL, (Text(figure.unit),)))
    if figure.note:
        note = ProseReader(f"{name}.note", f"{origin}.note").line(figure.note)
        lines.append(("note", ParagraphRole.CELL_DETAIL, note))
    if figure.as_of and figure.as_of != composing.brief.date:
        said = Text(wording("position_as_of", date=wording.date(figure.as_of)))
        lines.append(("as_of", ParagraphRole.CELL_DETAIL, (said,)))
    for key, role, children in lines:
        said_by = cites if key == lines[-1][0] else ()
        yield Paragraph(f"{name}.{key}", f"{origin}.{key}", role, with_citation(children, said_by))


def short_unit(unit: str | None) -> str:
    """The unit, where it is short enough to stand behind its number; else nothing."""
    return unit if unit and len(unit) <= _SHORT_UNIT else ""


KEY_FIGURES: Final = Composer(_blocks, by_judgement)
