"""What two sequences have in common, in their order, in a time that does not run away with their length."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

_FEW: Final = 250_000
"""Up to so many pairs the longest stretches are looked for, which people read best; that takes cubic time. Beyond, as much as can be is kept."""


class Edit(NamedTuple):
    """Whether a part stayed, then from where to where it is in the old sequence and in the new one."""

    stayed: bool
    low: int
    high: int
    left: int
    right: int


def edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Edit]:
    """The parts of both sequences in their order; those that stayed and those that did not take turns."""
    begun = _common(zip(old, new, strict=False), min(len(old), len(new)))
    ended = _common(zip(reversed(old), reversed(new), strict=False), min(len(old), len(new)) - begun)
    high, right = len(old) - ended, len(new) - ended
    found = [Edit(True, 0, begun, 0, begun)]
    for stayed, *inner in _between(old[begun:high], new[begun:right]):
        found.append(Edit(stayed, *(each + begun for each in inner)))
    found.append(Edit(True, high, len(old), right, len(new)))
    return list(_joined(found))


def likeness(one: Sequence[Hashable], other: Sequence[Hashable], least: float = 0.0) -> float:
    """How much of two sequences stands in both, in the same order, from 0 to 1; 0 for less than `least`."""
    return float(Indel.normalized_similarity(*_numbered(one, other), score_cutoff=least))


def _common(pairs: Iterator[tuple[Hashable, Hashable]], most: int) -> int:
    return next((at for at, (one, other) in enumerate(pairs) if at == most or one != other), most)


def _between(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Edit]:
    if len(old) * len(new) <= _FEW:
        for kind, *inner in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield Edit(kind == "equal", *inner)
    else:
        for each in LCSseq.opcodes(*_numbered(old, new)):
            yield Edit(each.tag == "equal", each.src_start, each.src_end, each.dest_start, each.dest_end)


def _numbered(one: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Both with numbers in the place of what they hold: the library goes by hashes, and numbers have their own."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(each, len(numbers)) for each in one], [
        numbers.setdefault(each, len(numbers)) for each in other
    ]


def _joined(found: Sequence[Edit]) -> Iterator[Edit]:
    """The parts without empty ones, neighbours that both stayed, or both did not, being one."""
    last: Edit | None = None
    for each in found:
        if (each.low, each.left) == (each.high, each.right):
            continue
        if last is not None and last.stayed == each.stayed:
            last = last._replace(high=each.high, right=each.right)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
