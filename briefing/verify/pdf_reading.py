"""What an engine cannot read back exactly, settled by the tree: hyphens at line ends, the order of right-to-left
letters.

Neither can hide a change: a hyphen counts as the layout's only between two letters that the tree has side by side, and
letters are put in order only where all letters of a piece are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.verify.alignment import Found
from briefing.verify.characters import HYPHEN, bare
from briefing.verify.expected import Expected
from briefing.verify.pdf_order import LogicalText
from briefing.verify.pdf_tables import FoundRow, FoundTable, Stretch
from briefing.verify.pdf_text import LINE_END_HYPHEN, Character, same_line
from briefing.verify.right_to_left import matched

_CONTEXT = 8
_HYPHENS = (HYPHEN, "\u2010", LINE_END_HYPHEN)


def without_layout_hyphens(expected: Expected, text: LogicalText) -> LogicalText:
    """`text` without the hyphens that the layout put in where it broke a word."""
    stretches = [_stretch_without(expected, each) for each in text.stretches]
    headings = [replace(each, characters=_line_ends(expected, each.characters)) for each in text.headings]
    return replace(text, stretches=stretches, headings=headings)


def _stretch_without(expected: Expected, stretch: Stretch) -> Stretch:
    if not isinstance(stretch, FoundTable):
        return _line_ends(expected, stretch)
    rows = [_row_without(expected, row) for row in stretch.rows]
    return FoundTable(rows, [_row_without(expected, row) for row in stretch.repeated])


def _row_without(expected: Expected, row: FoundRow) -> FoundRow:
    cells = (replace(cell, characters=_line_ends(expected, cell.characters)) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def found_text(characters: Iterable[Character]) -> tuple[Found, list[Character]]:
    """The text of `characters` with a space at each line's end, and the character that each compared one comes from."""
    parts: list[str] = []
    sources: list[Character] = []
    before: Character | None = None
    for character in characters:
        if before is not None and not same_line(before, character):
            parts.append(" ")
            sources.append(before)
        parts.append(character.text)
        sources.append(character)
        before = character
    found = Found.of("".join(parts))
    return found, [sources[place] for place in found.index]


def _line_ends(expected: Expected, characters: tuple[Character, ...]) -> tuple[Character, ...]:
    """Hyphens at line ends: kept where the tree has one, dropped where the layout broke a word."""
    if not any(character.text in _HYPHENS for character in characters):
        return characters
    kept: list[Character] = []
    for place, character in enumerate(characters):
        if character.text not in _HYPHENS:
            kept.append(character)
        elif not (_ends_line(characters, place) and _breaks_word(expected, characters, place)):
            kept.append(character._replace(text=HYPHEN) if character.text == LINE_END_HYPHEN else character)
    return tuple(kept)


def _ends_line(characters: Sequence[Character], place: int) -> bool:
    return place + 1 == len(characters) or not same_line(characters[place], characters[place + 1])


def _breaks_word(expected: Expected, characters: Sequence[Character], place: int) -> bool:
    """Whether the tree has the text on both sides of this hyphen as one word without it.

    After a hyphen at the end of a cell, which a page's end may have cut, only what is before it counts.
    """
    before = bare("".join(each.text for each in characters[max(0, place - _CONTEXT) : place]))[0]
    after = bare("".join(each.text for each in characters[place + 1 : place + 1 + _CONTEXT]))[0]
    if before + HYPHEN + after in expected.text:
        return False
    start = expected.text.find(before + after)
    while start >= 0:
        seam = start + len(before)
        if seam < len(expected.joined) and expected.joined[seam]:
            return True
        start = expected.text.find(before + after, start + 1)
    return False


def in_reading_order(expected: Expected, characters: list[Character]) -> list[Character]:
    """`characters` with the pieces that they hold whole, but in another order, in the tree's order.

    Only for documents with right-to-left letters, next to which an engine turns even other text round.
    """
    if not expected.any_order:
        return characters
    text, index = bare("".join(character.text for character in characters))
    ordered = [characters[place] for place in index]
    for span in expected.spans:
        wanted = expected.text[span.start : span.end]
        places = matched(span.piece.text, text[span.start : span.end])
        if places is not None:
            there = ordered[span.start : span.end]
            ordered[span.start : span.end] = [
                there[place]._replace(text=letter) for letter, place in zip(wanted, places, strict=True)
            ]
    return ordered
