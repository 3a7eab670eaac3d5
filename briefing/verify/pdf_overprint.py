"""Text that cannot be read because other text is printed over it, or because its own letters are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from briefing.verify.pdf_text import Character

_CELL: Final = 8.0
"""The side, in points, of the squares into which a page is cut to find neighbours: about a letter's size."""
_SHARE: Final = 0.5


def overprinted(characters: Sequence[Character]) -> set[int]:
    """The places in `characters`, all of one page, of those that are printed over others.

    A single overlap is common (``f`` reaches over a quotation mark), so a text counts only when at least half of its
    characters lie half under others.
    """
    groups: dict[tuple[int, bool], list[int]] = {}
    for place, character in enumerate(characters):
        groups.setdefault((character.run.mark, character.run.artifact), []).append(place)
    covered = _covered_by_others(characters)
    found: set[int] = set()
    for places in groups.values():
        hit = [place for place in places if place in covered]
        if 2 * len(hit) >= len(places):
            found.update(hit)
    for places in _runs(characters):
        crowded = [(a, b) for a, b in pairwise(places) if _overlap(characters[a], characters[b])]
        if len(crowded) > 1 and 2 * len(crowded) >= len(places) - 1:
            found.update(place for pair in crowded for place in pair)
    return found


def _covered_by_others(characters: Sequence[Character]) -> set[int]:
    """The places of characters that overlap one of another marked content by half of the smaller."""
    grid: dict[tuple[int, int], list[int]] = {}
    covered: set[int] = set()
    for place, character in enumerate(characters):
        for square in _squares(character):
            for other in grid.setdefault(square, []):
                if _other_text(character, characters[other]) and _overlap(character, characters[other]):
                    covered |= {place, other}
            grid[square].append(place)
    return covered


def _squares(character: Character) -> Iterator[tuple[int, int]]:
    for x in range(int(character.left // _CELL), int(character.right // _CELL) + 1):
        for y in range(int(character.bottom // _CELL), int(character.top // _CELL) + 1):
            yield x, y


def _other_text(a: Character, b: Character) -> bool:
    return a.run.mark != b.run.mark or a.run.artifact != b.run.artifact


def _overlap(a: Character, b: Character) -> bool:
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.top, b.top) - max(a.bottom, b.bottom)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > _SHARE * min(_area(a), _area(b))


def _area(character: Character) -> float:
    return (character.right - character.left) * (character.top - character.bottom)


def _runs(characters: Sequence[Character]) -> Iterator[list[int]]:
    """The places of each run's characters, a ligature's parts counted once."""
    runs: dict[int, list[int]] = {}
    for place, character in enumerate(characters):
        places = runs.setdefault(character.run.order, [])
        if not places or _box(characters[places[-1]]) != _box(character):
            places.append(place)
    return iter(runs.values())


def _box(character: Character) -> tuple[float, float, float, float]:
    return character[3:]
