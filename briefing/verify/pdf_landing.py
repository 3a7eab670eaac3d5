"""Whether a link of a PDF shows what it should: it lands at the target, with no other text before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from briefing.verify.pdf_areas import Spot
from briefing.verify.pdf_text import Character, same_line

_BELOW: Final = 4.0
"""How far below the lower edge of its target, in points, a link may land."""
_REACH: Final = 1000.0
"""How far above it at most: a picture of a page's height may stand between the target's edge and its first word."""
_BESIDE: Final = 60.0
"""How far to the right of a target's first letter text counts as standing over it, in points."""
_SIDEWAYS: Final = 4.0

Extent = tuple[int, int]
"""Where characters begin and end in the expected text."""


class Landing:
    """The characters found, by page and height; `placed` holds for each expected character the one found, if it was."""

    def __init__(self, placed: Sequence[Character | None]) -> None:
        self._placed = placed
        self._heights: dict[int, list[tuple[float, int]]] = {}
        for place, character in enumerate(placed):
            if character is not None:
                self._heights.setdefault(character.page, []).append((character.middle, place))
        for heights in self._heights.values():
            heights.sort()

    def first(self, extent: Extent | None) -> Character | None:
        """The first character found of an extent."""
        return next((each for each in self._placed[slice(*extent)] if each is not None), None) if extent else None

    def on_block(self, spot: Spot | None, extent: Extent | None) -> bool:
        """Whether `spot` is the beginning of a block with text: nothing else stands between. True for one not found."""
        target = self.first(extent)
        if target is None or extent is None:
            return True
        if spot is None or spot.page != target.page or not target.bottom - _BELOW <= spot.top <= target.top + _REACH:
            return False
        heights = self._heights[target.page]
        low, high = bisect_right(heights, (target.top, len(self._placed))), bisect_left(heights, (spot.top, 0))
        return not any(self._over(place, target, extent) for _, place in heights[low:high])

    def on_words(self, spot: Spot | None, extent: Extent) -> bool:
        """Whether `spot` is where words within a line begin. True for words not found."""
        letters = [each for each in self._placed[slice(*extent)] if each is not None]
        if not letters:
            return True
        left = min(letter.left for letter in letters if letter.page == letters[0].page)
        return self.on_block(spot, extent) and spot is not None and abs(spot.left - left) <= _SIDEWAYS

    def _over(self, place: int, target: Character, extent: Extent) -> bool:
        """Whether the character at `place` stands over the target without being part of it."""
        each = self._placed[place]
        if each is None or extent[0] <= place < extent[1] or same_line(each, target):
            return False
        return each.left < target.right + _BESIDE and each.right > target.left - _SIDEWAYS
