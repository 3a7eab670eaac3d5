"""Hyphens at the ends of lines: the tree's own are kept, those that the layout put in are taken out.

A hyphen counts as the layout's only between two letters that stand side by side in what must be said, so that no
other change can hide behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.verify.characters import HYPHEN, bare
from briefing.verify.pdf_order import LogicalText
from briefing.verify.pdf_tables import FoundRow, FoundTable, Stretch
from briefing.verify.pdf_text import LINE_END_HYPHEN, Character, same_line

_CONTEXT = 8
_HYPHENS = (HYPHEN, "\u2010", LINE_END_HYPHEN)


class Hyphens:
    """Tells hyphens apart by the texts that must be said."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts: list[str] = []
        joined = bytearray()
        for text in texts:
            characters, index = bare(text)
            if characters:
                parts.append(characters)
                joined.append(0)
                joined.extend(after - before <= 1 for before, after in pairwise(index))
        self._text = "".join(parts)
        self._joined = bytes(joined)

    def settled(self, text: LogicalText) -> LogicalText:
        """`text` with its own hyphens only."""
        return LogicalText(
            [self._stretch(each) for each in text.stretches],
            [replace(each, characters=self._line_ends(each.characters)) for each in text.headings],
            text.figures,
            [list(self._line_ends(page)) for page in text.outside],
        )

    def _stretch(self, stretch: Stretch) -> Stretch:
        if isinstance(stretch, FoundTable):
            return FoundTable(list(map(self._row, stretch.rows)), list(map(self._row, stretch.repeated)))
        return self._line_ends(stretch)

    def _row(self, row: FoundRow) -> FoundRow:
        cells = (replace(cell, characters=self._line_ends(cell.characters)) for cell in row.cells)
        return replace(row, cells=tuple(cells))

    def _line_ends(self, characters: Sequence[Character]) -> tuple[Character, ...]:
        kept: list[Character] = []
        for place, character in enumerate(characters):
            if character.text not in _HYPHENS:
                kept.append(character)
            elif not (_ends_line(characters, place) and self._breaks_word(characters, place)):
                kept.append(character._replace(text=HYPHEN) if character.text == LINE_END_HYPHEN else character)
        return tuple(kept)

    def _breaks_word(self, characters: Sequence[Character], place: int) -> bool:
        """Whether the text on both sides of this hyphen must be one word without it.

        After a hyphen at the end of a cell, which a page's end may have cut, only what is before it counts.
        """
        before = bare("".join(each.text for each in characters[max(0, place - _CONTEXT) : place]))[0]
        after = bare("".join(each.text for each in characters[place + 1 : place + 1 + _CONTEXT]))[0]
        if before + HYPHEN + after in self._text:
            return False
        start = self._text.find(before + after)
        while start >= 0:
            seam = start + len(before)
            if seam < len(self._joined) and self._joined[seam]:
                return True
            start = self._text.find(before + after, start + 1)
        return False


def _ends_line(characters: Sequence[Character], place: int) -> bool:
    return place + 1 == len(characters) or not same_line(characters[place], characters[place + 1])
