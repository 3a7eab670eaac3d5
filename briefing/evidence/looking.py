"""Looking a quote up in a source: exact first, then piece by piece; what is not there is shown beside what is nearest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from briefing.evidence.alignment import Alignment, alignments, stands_there
from briefing.evidence.altered import nearest_passage
from briefing.evidence.cautions import cautions_of
from briefing.evidence.editorial_marks import Gap, MarkedQuote, MarkKind, Piece, as_written, take_apart
from briefing.evidence.finding import Finding, Found, MarkedChange, QuoteStatus
from briefing.evidence.source_index import SourceIndex, TokenSpan

MOST_PLACES: Final = 50
"""Of one quote in one source; a fragment may stand in many."""


def look_up(text: str, index: SourceIndex) -> Finding:
    """What becomes of the quote `text` (plain, without outer quotation marks) in the source of `index`."""
    literal = MarkedQuote((as_written(text),), ((), ()))
    for quote in (literal, take_apart(text)):
        fitting = [found for found in islice(alignments(index, quote), MOST_PLACES) if found.ending.fits]
        if fitting:
            places = tuple(_place(index, quote, found) for found in fitting)
            return Finding(places[0].status, places)
    nearest = nearest_passage(index, take_apart(text))
    return Finding(QuoteStatus.ALTERED if nearest else QuoteStatus.NOT_FOUND, nearest=nearest)


def _place(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Found:
    tokens = index.tokens
    return Found(
        tokens.starts[found.first],
        tokens.ends[found.last - 1],
        tokens.written(found.first, found.last),
        tuple((tokens.starts[span.first], tokens.ends[span.last - 1]) for span in found.spans),
        tuple(_changes(index, quote, found)),
        tuple(cautions_of(index, quote, found)),
    )


def _changes(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Iterator[MarkedChange]:
    before = TokenSpan(found.first - _marks_length(quote.gaps[0]), found.first)
    after = TokenSpan(found.last, found.last + _marks_length(quote.gaps[-1]))
    skips = (before, *found.skipped(), after)
    for position, (gap, skipped) in enumerate(zip(quote.gaps, skips, strict=True)):
        if position:
            yield from _changed_letters(index, quote.pieces[position - 1], found.spans[position - 1])
        at_edge = position in (0, len(skips) - 1)
        if skipped.first >= 0 and stands_there(index, gap, skipped):
            continue
        for mark in gap:
            stands_for = not at_edge and mark.kind in (MarkKind.OMISSION, MarkKind.INSERTION)
            yield MarkedChange(mark.written, index.tokens.written(skipped.first, skipped.last) if stands_for else "")


def _marks_length(gap: Gap) -> int:
    return sum(len(mark.forms) for mark in gap)


def _changed_letters(index: SourceIndex, piece: Piece, span: TokenSpan) -> Iterator[MarkedChange]:
    changed = [word for word in piece if word.pattern is not None]
    token = span.first
    for word in changed:
        while not word.matches(index.tokens.forms[token]):
            token += 1
        yield MarkedChange(word.written, index.tokens.written(token, token + 1))
        token += 1
