"""What a reader of a quote may be misled by although every word of it stands in the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.evidence.alignment import NEAR, Alignment
from briefing.evidence.editorial_marks import MarkedQuote, MarkKind
from briefing.evidence.finding import Caution, Doubt
from briefing.evidence.negation import negations_in
from briefing.evidence.source_index import SourceIndex

_MULTIPLIERS: Final = frozenset(
    [
        *("hundred", "thousand", "million", "billion", "trillion", "dozen", "per", "percent", "m", "bn", "tn", "k"),
        *("Prozent", "Millionen", "Milliarden", "Tausend", "pour", "millions", "milliards", "mille", "cent"),
        *("процентов", "миллионов", "миллиардов", "тысяч", "млн", "млрд", "тыс"),
    ]
)
_ENDS_SENTENCE: Final = frozenset({".", "?", "!", "…"})


def cautions_of(index: SourceIndex, quote: MarkedQuote, found: Alignment) -> Iterator[Caution]:
    """The doubts about a quote where it stands."""
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
    yield from _put_in(quote)
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


def _put_in(quote: MarkedQuote) -> Iterator[Caution]:
    brackets = [(mark.written, mark.forms) for gap in quote.gaps for mark in gap if mark.kind is MarkKind.INSERTION]
    brackets += [(word.written, (word.form,)) for word in quote.words if word.pattern is not None]
    for written, forms in brackets:
        if negations_in(forms):
            yield Caution(Doubt.NEGATION_PUT_IN, f"‘{written}’ puts a negation into it")


def _cut_numbers(index: SourceIndex, found: Alignment) -> Iterator[Caution]:
    forms = index.tokens.forms
    last = forms[found.last - 1]
    after = forms[found.last] if found.last < len(forms) else ""
    if last[-1:].isdigit() and after in _MULTIPLIERS:
        passage = index.tokens.written(found.first, found.last + 1)
        yield Caution(Doubt.NUMBER_CUT_OFF, f"it ends at {last}, the source goes on with ‘{after}’", passage)


def _paragraph(index: SourceIndex, token: int) -> str:
    return index.saved.paragraph_at(index.tokens.starts[token]).text
