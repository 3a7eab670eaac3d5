"""What is shown beside a quote that its source does not have: the passage most like it, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.evidence.alignment import Alignment, alignments
from briefing.evidence.editorial_marks import MarkedQuote, Piece
from briefing.evidence.equality import is_word
from briefing.evidence.finding import Caution, Doubt, NearestPassage
from briefing.evidence.nearest import nearest_span
from briefing.evidence.source_index import SourceIndex, TokenSpan
from briefing.evidence.word_diff import WordDiff, all_new, word_diff

GAP: Final = " […] "
"""What parts the pieces of a quote where they are shown one by one."""
# A closing mark, words, an opening mark: the clause by which a source interrupts a speaker.
_CLAUSE = re.compile(r"[,.?!…–—\s]*[\"“”„«»'‘’][^\w]*\w.*[\"“”„«»'‘’]\s*", re.DOTALL)


def nearest_passage(index: SourceIndex, quote: MarkedQuote) -> NearestPassage | None:
    """The passage most like `quote`, or None when nothing is alike."""
    if not quote.pieces:
        return None
    misfit = next(iter(alignments(index, quote)), None)
    if misfit is not None:
        return _shown(index, _with_next(index, misfit), quote.pieces)
    span = nearest_span(index, quote.words)
    if len(quote.pieces) > 1:
        apart = [nearest_span(index, piece) for piece in quote.pieces]
        if _share(quote, apart) > 0.5 and (span is None or not _lie_within(apart, span)):
            return _shown(index, apart, quote.pieces)
    return _shown(index, [span], [quote.words]) if span is not None else None


def _with_next(index: SourceIndex, found: Alignment) -> list[TokenSpan | None]:
    """The spans of a quote that has all the words but does not end as the source does, with the mark or word that follows there."""
    *before, last = found.spans
    return [*before, TokenSpan(last.first, min(len(index.tokens), max(found.last, last.last) + 1))]


def _share(quote: MarkedQuote, spans: Sequence[TokenSpan | None]) -> float:
    """How much of a quote's words stand in pieces that something is like, from 0 to 1."""
    lengths = [sum(is_word(word.form) for word in piece) for piece in quote.pieces]
    return sum(length for length, span in zip(lengths, spans, strict=True) if span is not None) / sum(lengths)


def _lie_within(spans: Sequence[TokenSpan | None], outer: TokenSpan) -> bool:
    return all(span is None or (outer.first <= span.first and span.last <= outer.last) for span in spans)


def _shown(index: SourceIndex, spans: Sequence[TokenSpan | None], pieces: Sequence[Piece]) -> NearestPassage:
    tokens = index.tokens
    known = [span for span in spans if span is not None]
    diffs = [
        all_new(piece) if span is None else word_diff(tokens, span, piece)
        for span, piece in zip(spans, pieces, strict=True)
    ]
    return NearestPassage(
        tokens.starts[min(known).first],
        tokens.ends[max(known).last - 1],
        GAP.join(tokens.written(span.first, span.last) for span in known),
        GAP.join(diff.line for diff in diffs),
        tuple(_cautions(known, diffs)),
    )


def _cautions(spans: Sequence[TokenSpan], diffs: Sequence[WordDiff]) -> Iterator[Caution]:
    if list(spans) != sorted(spans):
        yield Caution(Doubt.OTHER_ORDER, "the source has its pieces in another order")
    for removed in (removed for diff in diffs for removed in diff.removed if _CLAUSE.fullmatch(removed)):
        message = "the source breaks the words off here and takes them up again: mark the gap with […]"
        yield Caution(Doubt.INTERRUPTED, message, removed)
