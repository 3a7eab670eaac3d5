"""How wide the columns of a table are: by their shares, and none narrower than its longest word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from briefing.document.inlines import Mark, Strong
from briefing.document.reading import inline_text
from briefing.document.sheet import Sheet
from briefing.document.tree import Column, Paragraph, ParagraphRole, Table
from briefing.document.walk import walk
from briefing.themes.tokens import SizeTokens

LINE_ENDS: Final = re.compile(r"[ \t\n\u200b]+(?![?!])|(?<=[-\u2010\u2012\u2013\u2014])|(?<=[\u2e80-\ud7ff])")
"""Where a line of a cell may end: behind hyphens and dashes and between ideographs, too; not at a slash, nor before a question mark."""
MOST: Final = 0.4
"""The part of a table's width that one word may ask for; a longer one, such as an address of the web, is broken."""
_BESIDE: Final = 10.0
"""Points: what stands free beside the words of a cell, or round those of a mark."""
_LONGEST: Final = 8
"""Of the words of a column so many are measured, the ones with most letters."""


def filled(shares: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """The width shared out, where no column gets less than its least; the others have that much less to share."""
    held: set[int] = set()
    while True:
        room = width - sum(least[each] for each in held)
        total = sum(share for place, share in enumerate(shares) if place not in held) or 1.0
        made = [float(least[place]) if place in held else room * share / total for place, share in enumerate(shares)]
        short = {place for place, each in enumerate(made) if each < least[place]} - held
        if not short:
            return made
        held |= short


def percentages(table: Table, sheet: Sheet, size: SizeTokens) -> list[str]:
    """The width of each column of a table that is as wide as the page's text, for HTML: per cent, with two decimals."""
    width = sheet.width
    least = [_least(table, place, column, sheet, size) for place, column in enumerate(table.columns)]
    shares = [column.share for column in table.columns]
    widths = filled(shares, least, width) if sum(least) <= width else least
    return [f"{each / sum(widths) * 100:.2f}" for each in widths]


def _least(table: Table, place: int, column: Column, sheet: Sheet, size: SizeTokens) -> float:
    """What a column needs for its longest word, in points."""
    longest = max(_needs(table, place, column, sheet, size), default=0.0)
    return min(longest + _BESIDE, MOST * sheet.width)


def _needs(table: Table, place: int, column: Column, sheet: Sheet, size: SizeTokens) -> Iterator[float]:
    words: dict[tuple[float, bool], set[str]] = {(size.fine, True): set(LINE_ENDS.split(column.heading))}
    for row in table.rows:
        for node in walk(row.cells[place]):
            if isinstance(node, Paragraph):
                bold = node.role is ParagraphRole.CELL_LEAD or any(isinstance(e, Strong | Mark) for e in node.children)
                type_size = size.fine if node.role is ParagraphRole.CELL_DETAIL else size.small
                said = words.setdefault((type_size, bold), set())
                said.update(LINE_ENDS.split(inline_text(node.children)))
    for (type_size, bold), said in words.items():
        measured = partial(sheet.measure, size=type_size, strong=bold)
        yield from map(measured, sorted(said, key=lambda word: (-len(word), word))[:_LONGEST])
