"""Which way text runs: Word must be told for each paragraph and each run (ECMA-376 17.3.1.6, 17.3.2.30)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FIRST_RIGHT_TO_LEFT = "\u0590"


def _strength(character: str) -> bool | None:
    """True for a letter of a right-to-left script, False for one of a left-to-right script, None for anything else."""
    kind = unicodedata.bidirectional(character)
    return True if kind in _RIGHT_TO_LEFT else False if kind == "L" else None


def mostly_right_to_left(text: str, otherwise: bool) -> bool:
    """Whether most letters of `text` run right to left; `otherwise` when there are no letters or as many of both."""
    if not otherwise and (not text or max(text) < _FIRST_RIGHT_TO_LEFT):
        return False
    balance = sum(0 if strength is None else 1 if strength else -1 for strength in map(_strength, text))
    return otherwise if balance == 0 else balance > 0


def runs_of_one_direction(text: str, right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """`text` cut where the direction of its letters changes; what has no direction goes with the paragraph's when it
    stands at a cut.

    `right_to_left` is the paragraph's direction.
    """
    if not right_to_left and (not text or max(text) < _FIRST_RIGHT_TO_LEFT):
        if text:
            yield text, False
        return
    start, current, neutral = 0, right_to_left, 0
    for place, character in enumerate(text):
        strength = _strength(character)
        if strength is None:
            continue
        if strength != current:
            cut = place if current == right_to_left else neutral
            if cut > start:
                yield text[start:cut], current
                start = cut
            current = strength
        neutral = place + 1
    cut = len(text) if current == right_to_left else neutral
    if cut > start:
        yield text[start:cut], current
    if cut < len(text):
        yield text[cut:], right_to_left
