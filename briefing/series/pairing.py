"""Which of two lists of texts without ids is which: the same text is the same item, the likest of the others are one rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

LIKE = 60.0
"""From 0 to 100: how alike two texts are at least to count as one rewritten (rapidfuzz's ratio)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """`fresh` are the texts that are new, with their indexes and the text that each was made from, None for none; `gone` went without a follower."""

    fresh: tuple[tuple[int, str, str | None], ...]
    gone: tuple[str, ...]


def paired(before: Sequence[str], after: Sequence[str]) -> Pairing:
    """Pair what is not in both lists, the likest first; a text that stands several times is so many items."""
    gone = [text for _, text in _not_in(after, before)]
    fresh = list(_not_in(before, after))
    made_from = _likest(gone, [text for _, text in fresh])
    used = set(made_from.values())
    return Pairing(
        tuple(
            (index, text, gone[made_from[place]] if place in made_from else None)
            for place, (index, text) in enumerate(fresh)
        ),
        tuple(text for place, text in enumerate(gone) if place not in used),
    )


def _not_in(others: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    left = Counter(others)
    for index, text in enumerate(texts):
        if left[text]:
            left[text] -= 1
        else:
            yield index, text


def _likest(gone: Sequence[str], fresh: Sequence[str]) -> dict[int, int]:
    """For each of `fresh` that has one, by its place, the place of what it was made from."""
    scored = sorted(
        (-fuzz.ratio(last, text, score_cutoff=LIKE), origin, place)
        for origin, last in enumerate(gone)
        for place, text in enumerate(fresh)
    )
    made_from: dict[int, int] = {}
    used: set[int] = set()
    for score, origin, place in scored:
        if -score >= LIKE and place not in made_from and origin not in used:
            made_from[place] = origin
            used.add(origin)
    return made_from
