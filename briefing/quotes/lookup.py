"""Looking a quote up in a source: exact first, then piece by piece, and what a reader may be misled by although every
word of it stands there; what is not there is shown beside what is nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from briefing.quotes.editorial_marks import MarkedQuote, MarkKind, Piece, as_written, negations_in, take_apart
from briefing.quotes.other_names import other_name
from briefing.quotes.piecewise import NEAR, Alignment, alignments, stands_there
from briefing.quotes.sense import cut_off, governs, swaps, swaps_edge
from briefing.quotes.source_index import SourceIndex, TokenSpan
from briefing.quotes.verdict import Caution, Doubt, Finding, Found, MarkedChange, QuoteStatus

_ENDS_SENTENCE: Final = frozenset({".", "?", "!", "…"})


def cautions_of(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Iterator[Caution]:
    """The doubts about a quote where it stands."""
    forms, written = index.tokens.forms, index.tokens.written
    first, last = found.first, found.last
    for gap, skipped in zip(quote.gaps[1:-1], found.skipped(), strict=True):
        if not any(mark.kind is MarkKind.OMISSION for mark in gap):
            continue
        words = index.words_before[skipped.last] - index.words_before[skipped.first]
        left_out = forms[skipped.first : skipped.last]
        turned = next((form for form in left_out if governs(form)), "")
        if words > NEAR:
            yield Caution(Doubt.FAR_APART, f"it joins passages that stand {words} words apart", written(first, last))
        elif turned and not _ENDS_SENTENCE & set(left_out):
            message = f"the words it leaves out hold ‘{turned}’"
            yield Caution(Doubt.NEGATION_LEFT_OUT, message, written(skipped.first, skipped.last))
    brackets = [(mark.written, mark.forms) for gap in quote.gaps for mark in gap if mark.kind is MarkKind.INSERTION]
    brackets += [(word.written, (word.form,)) for word in quote.words if word.pattern is not None]
    for bracket, put_in in brackets:
        if negations_in(put_in):
            yield Caution(Doubt.NEGATION_PUT_IN, f"‘{bracket}’ puts a negation into it")
    skips = (TokenSpan(first, first), *found.skipped())
    for at, (gap, skipped) in enumerate(zip(quote.gaps, skips, strict=False)):
        names = other_name(index, gap, skipped, at_edge=not at) if gap else None
        if names:
            message = f"a bracket sets the name ‘{names[1]}’ for ‘{names[0]}’"
            yield Caution(Doubt.NAME_CHANGED, message, written(max(0, skipped.first - 1), skipped.last))
    yield from cut_off(index, found.spans, last)
    if found.ending.cuts_question:
        yield Caution(Doubt.QUESTION_CUT_OFF, "in the source it is the end of a question", written(first, last + 1))
    if found.ending.goes_on:
        paragraph = index.saved.paragraph_at(index.tokens.starts[last - 1]).text
        yield Caution(Doubt.SENTENCE_GOES_ON, "the speaker’s sentence goes on behind it", paragraph)


MOST_PLACES: Final = 50
"""Of one quote in one source; a fragment may stand in many."""


def look_up(text: str, index: SourceIndex) -> Finding:
    """What becomes of the quote `text` (plain, without outer quotation marks) in the source of `index`."""
    literal = MarkedQuote((as_written(text),), ((), ()))
    for quote in (literal, take_apart(text)):
        every = islice(alignments(index, quote), MOST_PLACES)
        fitting = [found for found in every if found.ending.fits and not _swapped_at_edge(index, quote, found)]
        if fitting:
            places = tuple(_place(index, quote, found) for found in fitting)
            return Finding(places[0].status, places)
    from briefing.quotes.nearest import nearest_passage  # a sound brief needs none

    nearest = nearest_passage(index, take_apart(text))
    return Finding(QuoteStatus.ALTERED if nearest else QuoteStatus.NOT_FOUND, nearest=nearest)


def _swapped_at_edge(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> bool:
    """Whether a bracket before or behind all of the words changes a number there."""
    edges = ((quote.gaps[0], found.first, True), (quote.gaps[-1], found.spans[-1].last, False))
    return any(
        gap and (swaps(index, gap, TokenSpan(at, at)) or swaps_edge(index, gap, at, before=before))
        for gap, at, before in edges
    )


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
    first, last = found.first, found.last
    opening, closing = (sum(len(mark.forms) for mark in quote.gaps[at]) for at in (0, -1))
    skips = (TokenSpan(first - opening, first), *found.skipped(), TokenSpan(last, last + closing))
    for position, (gap, skipped) in enumerate(zip(quote.gaps, skips, strict=True)):
        if position:
            yield from _changed_letters(index, quote.pieces[position - 1], found.spans[position - 1])
        if skipped.first >= 0 and stands_there(index, gap, skipped):
            continue
        for mark in gap:
            inside = 0 < position < len(skips) - 1 and mark.kind in (MarkKind.OMISSION, MarkKind.INSERTION)
            yield MarkedChange(mark.written, index.tokens.written(skipped.first, skipped.last) if inside else "")


def _changed_letters(index: SourceIndex, piece: Piece, span: TokenSpan) -> Iterator[MarkedChange]:
    token = span.first
    for word in (word for word in piece if word.pattern is not None):
        while not word.matches(index.tokens.forms[token]):
            token += 1
        yield MarkedChange(word.written, index.tokens.written(token, token + 1))
        token += 1
