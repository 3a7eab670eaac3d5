"""Finding a quote in a source piece by piece: every piece word for word, in order, the marked gaps within their bounds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from briefing.evidence.closing import Ending, ending, split_closing
from briefing.evidence.editorial_marks import Gap, MarkedQuote, MarkKind, Piece
from briefing.evidence.equality import is_word
from briefing.evidence.negation import negations_in
from briefing.evidence.source_index import SourceIndex, TokenSpan

NEAR: Final = 100
"""Words of the source that an omission may leave out before it counts as a join of two passages."""
MOST_REPLACED: Final = 10
"""Words of the source that one bracket may stand for."""
SHORT_PIECE: Final = 3
"""A piece with fewer words than this is only looked for near the next one."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each piece of a quote stands in the source, and how the last one ends."""

    spans: tuple[TokenSpan, ...]
    ending: Ending

    @property
    def first(self) -> int:
        """The first token of the passage."""
        return self.spans[0].first

    @property
    def last(self) -> int:
        """The token behind the passage."""
        return self.ending.last

    def skipped(self) -> tuple[TokenSpan, ...]:
        """What of the source stands between the pieces."""
        return tuple(TokenSpan(before.last, after.first) for before, after in pairwise(self.spans))


def alignments(index: SourceIndex, quote: MarkedQuote) -> Iterator[Alignment]:
    """Every way in which the pieces stand in the source in order, the tightest first. The last piece may end in any way.

    Whether its end fits is said by the alignment's `ending`; the ones that fit come first.
    """
    if not quote.pieces:
        return
    *pieces, last = quote.pieces
    core, closing = split_closing(last)
    found = [list(index.occurrences(piece)) for piece in (*pieces, core)]
    if not all(found):
        return
    endings = {span: ending(index, span, closing) for span in found[-1]}
    fitting = [span for span in found[-1] if endings[span].fits]
    chains = _chains(index, quote, [*found[:-1], fitting]) if fitting else []
    if not chains:
        chains = _chains(index, quote, found)
    yield from (Alignment(chain, endings[chain[-1]]) for chain in sorted(chains, key=_looseness))


def _looseness(chain: Sequence[TokenSpan]) -> tuple[int, int]:
    return (chain[-1].last - chain[0].first, chain[0].first)


def _chains(
    index: SourceIndex, quote: MarkedQuote, found: Sequence[Sequence[TokenSpan]]
) -> list[tuple[TokenSpan, ...]]:
    """For each place of the first piece, the tightest chain of places of the others that follow it within bounds."""
    following: dict[TokenSpan, tuple[TokenSpan, ...]] = {span: (span,) for span in found[-1]}
    for position in range(len(found) - 2, -1, -1):
        nexts = sorted(following)
        firsts = [span.first for span in nexts]
        gap = quote.gaps[position + 1]
        short = min(_length(quote.pieces[position]), _length(quote.pieces[position + 1])) < SHORT_PIECE
        chains: dict[TokenSpan, tuple[TokenSpan, ...]] = {}
        for span in found[position]:
            at = bisect_left(firsts, span.last)
            if at < len(nexts) and is_bridged(index, gap, TokenSpan(span.last, firsts[at]), short):
                chains[span] = (span, *following[nexts[at]])
        following = chains
    return list(following.values())


def _length(piece: Piece) -> int:
    return sum(is_word(word.form) for word in piece)


def is_bridged(index: SourceIndex, gap: Gap, skipped: TokenSpan, short: bool) -> bool:
    """Whether the marks of `gap` can stand for what is skipped; `short` says that a piece beside them is short."""
    if stands_there(index, gap, skipped):
        return True
    words = index.words_before[skipped.last] - index.words_before[skipped.first]
    if any(mark.kind is MarkKind.OMISSION for mark in gap):
        return not short or words <= NEAR
    insertions = sum(mark.kind is MarkKind.INSERTION for mark in gap)
    if not insertions:
        return skipped.first == skipped.last
    # A bracket explains; one that takes the place of a 'not' would turn the sentence round unseen.
    return words <= MOST_REPLACED * insertions and not negations_in(index.tokens.forms[skipped.first : skipped.last])


def stands_there(index: SourceIndex, gap: Gap, skipped: TokenSpan) -> bool:
    """Whether what is skipped is the marks themselves: an ellipsis or a bracket of the source's own."""
    forms = tuple(form for mark in gap for form in mark.forms)
    return bool(forms) and tuple(index.tokens.forms[skipped.first : skipped.last]) == forms
