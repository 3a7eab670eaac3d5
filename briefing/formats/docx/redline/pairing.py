"""What of the old state is what of the new one: blocks first, then the pieces of paragraphs that are paired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from briefing.formats.docx.redline.pieces import Piece
from briefing.sequence_edits import Edit, edits, likeness

Pair = tuple[int | None, int | None]
"""Places of the same thing in the old and the new state; None where it is not there."""

_LEAST_LIKENESS: Final = 0.4
"""From this share of common words on, two blocks are taken for two states of one."""
_LEAST_LIKENESS_NAMED: Final = 0.15
"""The same for blocks that have the same id."""
_NAMED: Final = 0.5
_WEIGHT_OF_NEIGHBOURS: Final = 0.25


class Labelled(Struct, frozen=True):
    """A block as far as aligning goes: only blocks of one `kind` pair; `words` say what it says, `tag` whose it is."""

    kind: Hashable
    words: tuple[str, ...]
    tag: str


def pair_blocks(old: Sequence[Labelled], new: Sequence[Labelled]) -> list[Pair]:
    """The blocks of both states in one order: those that stay, those that went, those that came.

    Equal blocks pair first, in the longest stretches there are; between them those that are most alike.
    """
    pairs: list[Pair] = []
    before, after = _keys(old, new)
    for stayed, low, high, left, right in edits(before, after):
        if stayed:
            pairs += zip(range(low, high), range(left, right), strict=True)
        else:
            pairs += _between(old, new, range(low, high), range(left, right))
    return pairs


def _keys(old: Sequence[Labelled], new: Sequence[Labelled]) -> Iterator[list[Hashable]]:
    """What each block is told by: what it says and, where another block says the same, what follows it."""
    states = [[(block.kind, block.words) for block in blocks] for blocks in (old, new)]
    again = {key for state in states for key, count in Counter(state).items() if count > 1}
    for state in states:
        following = [*state[1:], None][: len(state)]
        yield [(key, after if key in again else None) for key, after in zip(state, following, strict=True)]


def _between(old: Sequence[Labelled], new: Sequence[Labelled], lows: range, rights: range) -> Iterator[Pair]:
    """Pairs in a stretch where nothing is equal: the likest first, then what fits before and after it."""
    likeness = {
        (low, right): found for low in lows for right in rights if (found := _likeness(old[low], new[right])) > 0
    }

    def worth(pair: tuple[int, int]) -> float:
        low, right = pair
        beside = likeness.get((low - 1, right - 1), 0) + likeness.get((low + 1, right + 1), 0)
        return likeness[pair] + _WEIGHT_OF_NEIGHBOURS * beside

    chosen: list[tuple[int, int]] = []
    for low, right in sorted(likeness, key=lambda pair: (-worth(pair), pair)):
        if all((low < other) == (right < beside) and low != other and right != beside for other, beside in chosen):
            chosen.append((low, right))
    low, right = lows.start, rights.start
    for ahead, beyond in [*sorted(chosen), (lows.stop, rights.stop)]:
        yield from ((place, None) for place in range(low, ahead))
        yield from ((None, place) for place in range(right, beyond))
        if (ahead, beyond) in likeness:
            yield ahead, beyond
        low, right = ahead + 1, beyond + 1


def _likeness(old: Labelled, new: Labelled) -> float:
    """How much two blocks are alike, up to 1, and more when they have the same id; 0 when they are not to be paired."""
    if old.kind != new.kind:
        return 0
    named = bool(old.tag) and old.tag == new.tag
    if not old.words and not new.words:
        return 1
    least = _LEAST_LIKENESS_NAMED if named else _LEAST_LIKENESS
    share = likeness(_words(old), _words(new), least)
    return share + _NAMED * named if share >= least else 0


def _words(block: Labelled) -> list[str]:
    said = [word for word in block.words if not word.isspace()]
    return said or list(block.words)


def pair_pieces(old: Sequence[Hashable], new: Sequence[Piece]) -> list[Pair]:
    """The pieces of both states of a paragraph in one order, so that the changes can be read; `old` are their keys."""
    keys = [piece.key for piece in new]
    pairs: list[Pair] = []
    for stayed, low, high, left, right in _tidied(edits(old, keys), new):
        if stayed:
            pairs += zip(range(low, high), range(left, right), strict=True)
        else:
            pairs += [(place, None) for place in range(low, high)]
            pairs += [(None, place) for place in range(left, right)]
    return pairs


def _tidied(parts: list[Edit], new: Sequence[Piece]) -> list[Edit]:
    """The edits without crumbs between changes: what stayed is given up where it is no longer than what changed on
    either side of it, so that a changed phrase is one change and not one for every other word.
    """
    place = 1
    while place < len(parts) - 1:
        before, (stayed, *_, left, right), after = parts[place - 1 : place + 2]
        if stayed and _is_crumb(new[left:right], before, after):
            parts[place - 1 : place + 2] = [Edit(False, before.low, after.high, before.left, after.right)]
            place = max(1, place - 2)
        else:
            place += 1
    return parts


def _is_crumb(pieces: Sequence[Piece], *around: Edit) -> bool:
    most = min(max(high - low, right - left) for _, low, high, left, right in around)
    wordless = not any(letter.isalnum() for piece in pieces for letter in piece.text)
    return (wordless or len(pieces) <= most) and not any(piece.fixed for piece in pieces)
