"""Looking a quote up in a source: exact first, then piece by piece; what is not there is shown beside what is nearest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from briefing.evidence.alignment import NEAR, Alignment, alignments, stands_there
from briefing.evidence.editorial_marks import Gap, MarkedQuote, MarkKind, Piece, as_written, take_apart
from briefing.evidence.equality import is_word
from briefing.evidence.finding import Caution, Doubt, Finding, Found, MarkedChange, NearestPassage, QuoteStatus
from briefing.evidence.nearest import nearest_span
from briefing.evidence.negation import negations_in
from briefing.evidence.source_index import SourceIndex, TokenSpan
from briefing.evidence.word_diff import word_diff

MOST_PLACES: Final = 50
"""Of one quote in one source; a fragment may stand in many."""

_MULTIPLIERS: Final = frozenset(
    [
        *("hundred", "thousand", "million", "billion", "trillion", "dozen", "per", "percent", "m", "bn", "tn", "k"),
        *("Prozent", "Millionen", "Milliarden", "Tausend", "pour", "millions", "milliards", "mille", "cent"),
        *("процентов", "миллионов", "миллиардов", "тысяч", "млн", "млрд", "тыс"),
    ]
)
_ENDS_SENTENCE: Final = frozenset({".", "?", "!", "…"})


def look_up(text: str, index: SourceIndex) -> Finding:
    """What becomes of the quote `text` (plain, without outer quotation marks) in the source of `index`."""
    literal = MarkedQuote((as_written(text),), ((), ()))
    for quote in (literal, take_apart(text)):
        fitting = [found for found in islice(alignments(index, quote), MOST_PLACES) if found.ending.fits]
        if fitting:
            places = tuple(_place(index, quote, found) for found in fitting)
            exact = not places[0].changes
            return Finding(QuoteStatus.VERBATIM if exact else QuoteStatus.MARKED, places)
    nearest = _nearest(index, take_apart(text))
    return Finding(QuoteStatus.ALTERED if nearest else QuoteStatus.NOT_FOUND, nearest=nearest)


def _place(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Found:
    tokens = index.tokens
    return Found(
        tokens.starts[found.first],
        tokens.ends[found.last - 1],
        tokens.written(found.first, found.last),
        tuple((tokens.starts[span.first], tokens.ends[span.last - 1]) for span in found.spans),
        tuple(_changes(index, quote, found)),
        tuple(_cautions(index, quote, found)),
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


def _cautions(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Iterator[Caution]:
    forms = index.tokens.forms
    for gap, skipped in zip(quote.gaps[1:-1], found.skipped(), strict=True):
        if not any(mark.kind is MarkKind.OMISSION for mark in gap):
            continue
        words = index.words_before[skipped.last] - index.words_before[skipped.first]
        if words > NEAR:
            message = f"it joins passages that stand {words} words apart"
            yield Caution(Doubt.FAR_APART, message, index.tokens.written(found.first, found.last))
            continue
        left_out = forms[skipped.first : skipped.last]
        negations = negations_in(left_out)
        if negations and not _ENDS_SENTENCE & set(left_out):
            message = f"the words it leaves out hold ‘{negations[0]}’"
            yield Caution(Doubt.NEGATION_LEFT_OUT, message, index.tokens.written(skipped.first, skipped.last))
    before = forms[found.first - 1] if found.first else ""
    if negations_in([before]):
        passage = index.tokens.written(found.first - 1, found.last)
        yield Caution(Doubt.NEGATION_CUT_OFF, f"the word before it is ‘{before}’", passage)
    yield from _cut_numbers(index, found)
    if found.ending.cuts_question:
        passage = index.tokens.written(found.first, found.last + 1)
        yield Caution(Doubt.QUESTION_CUT_OFF, "in the source it is the end of a question", passage)
    if found.ending.goes_on:
        yield Caution(
            Doubt.SENTENCE_GOES_ON, "the speaker’s sentence goes on behind it", _paragraph(index, found.last - 1)
        )


def _cut_numbers(index: SourceIndex, found: Alignment) -> Iterator[Caution]:
    forms = index.tokens.forms
    last = forms[found.last - 1]
    after = forms[found.last] if found.last < len(forms) else ""
    if last[-1:].isdigit() and after in _MULTIPLIERS:
        passage = index.tokens.written(found.first, found.last + 1)
        yield Caution(Doubt.NUMBER_CUT_OFF, f"it ends at {last}, the source goes on with ‘{after}’", passage)


def _paragraph(index: SourceIndex, token: int) -> str:
    return index.saved.paragraph_at(index.tokens.starts[token]).text


def _nearest(index: SourceIndex, quote: MarkedQuote) -> NearestPassage | None:
    if not quote.pieces:
        return None
    misfit = next(iter(alignments(index, quote)), None)
    if misfit is not None:
        return _misfit(index, quote, misfit)
    span = nearest_span(index, quote.words)
    apart = [nearest_span(index, piece) for piece in quote.pieces] if len(quote.pieces) > 1 else []
    whole = [found for found in apart if found is not None]
    if whole and len(whole) == len(apart) and (span is None or not _lie_within(whole, span)):
        return _nearest_apart(index, quote, whole)
    if span is None:
        return None
    return _shown(index, span, word_diff(index.tokens, span, quote.words))


def _lie_within(spans: list[TokenSpan], outer: TokenSpan) -> bool:
    return all(outer.first <= span.first and span.last <= outer.last for span in spans)


def _nearest_apart(index: SourceIndex, quote: MarkedQuote, spans: list[TokenSpan]) -> NearestPassage:
    """The passages nearest to each of the pieces, when no single one is near to all."""
    tokens = index.tokens
    cautions: list[Caution] = []
    if spans != sorted(spans):
        cautions.append(Caution(Doubt.OTHER_ORDER, "the source has its pieces in another order", ""))
    return NearestPassage(
        tokens.starts[min(spans).first],
        tokens.ends[max(spans).last - 1],
        " […] ".join(tokens.written(span.first, span.last) for span in spans),
        " […] ".join(word_diff(tokens, span, piece) for span, piece in zip(spans, quote.pieces, strict=True)),
        tuple(cautions),
    )


def _misfit(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> NearestPassage:
    """The passage that has all the words of a quote but does not end as the quote does."""
    last = min(len(index.tokens), max(found.last, found.spans[-1].last) + 1)
    span = TokenSpan(found.first, last)
    return _shown(index, span, word_diff(index.tokens, span, quote.words))


def _shown(index: SourceIndex, span: TokenSpan, diff: str) -> NearestPassage:
    tokens = index.tokens
    passage = tokens.written(span.first, span.last)
    return NearestPassage(
        tokens.starts[span.first], tokens.ends[span.last - 1], passage, diff, tuple(_interruptions(diff))
    )


def _interruptions(diff: str) -> Iterator[Caution]:
    """What the source has between a closing and an opening quotation mark, and the quote runs over."""
    for part in diff.split("[-")[1:]:
        removed = part.split("-]")[0]
        marks = [position for position, character in enumerate(removed) if character in '"“”„«»']
        if len(marks) >= 2 and any(map(is_word, removed[marks[0] : marks[-1]].split())):
            yield Caution(
                Doubt.INTERRUPTED,
                "the source breaks the words off here and takes them up again: mark the gap with […]",
                removed,
            )
