"""Every direct quotation of a saved text with its likely speaker: the door of this package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.quotes.finding.likelihood import doubt, fragment
from briefing.quotes.finding.referents import Basis, Speaker
from briefing.quotes.finding.sentences import Sentence, sentences_in
from briefing.quotes.finding.spans import Span, spans_in
from briefing.quotes.finding.voices import Voice, voices_in
from briefing.quotes.finding.words import Words, guess_language, words_for
from briefing.quotes.saved_text import TextParagraph

_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class Likelihood(StrEnum):
    """Whether words between quotation marks are somebody's words, or a title, a nickname, a term."""

    LIKELY = "likely"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks in a saved text.

    Offsets count characters from 0 in the whole text, the end exclusive; paragraphs and pages count from 1.
    """

    text: str
    """The words inside the marks, line breaks folded to spaces; paragraphs are parted by a blank line."""
    start: int
    """Where the first word stands."""
    end: int
    """Where the last word ends."""
    pieces: tuple[tuple[int, int], ...]
    """Start and end of the words in each paragraph the quotation runs over."""
    paragraph: int
    """The paragraph it begins in."""
    last_paragraph: int
    """The paragraph it ends in."""
    page: int | None
    """The page it begins on, where the source has pages."""
    last_page: int | None
    """The page its last paragraph begins on."""
    speaker: str | None
    """Who is likely to have said it, by the fullest name in the text; None when nothing tells."""
    basis: Basis
    """What the speaker's name rests on."""
    reason: str
    """Why the speaker is a guess, in words; empty when it is stated."""
    verb: str | None
    """The verb of speaking, as it stands."""
    role: str | None
    """The speaker's office, where the text gives it beside the name."""
    organisation: str | None
    """The body the speaker is said to belong to."""
    fragment: bool
    """Whether it is part of a sentence only."""
    continues: bool
    """Whether it goes on with the quotation before it: “…,” she said, “…”."""
    matched: bool
    """False when the opening or the closing mark is missing, so that the extent is itself a guess."""
    likelihood: Likelihood
    doubt: str
    """Why the likelihood is low."""
    nested: tuple[str, ...] = ()
    """Quotations inside it: words of somebody else, at second hand."""

    @property
    def guess(self) -> bool:
        """Whether the speaker is guessed: no name or description stands in the quotation's own sentence."""
        return self.basis is not Basis.STATED


def quotations(paragraphs: Sequence[TextParagraph], language: str | None = None) -> tuple[Quotation, ...]:
    """Every direct quotation in `paragraphs`, in reading order.

    `language` is a BCP 47 tag; left out, it is told from the commonest words. Marks are recognised in every language, speakers in
    English, and less well in German, French and Russian.
    """
    words = words_for(language or guess_language("\n".join(paragraph.text for paragraph in paragraphs)))
    spans = spans_in(paragraphs, words)
    sentences = sentences_in(paragraphs, spans, words)
    voices = voices_in(sentences, words)
    return tuple(
        _quotation(span, voices[number], sentences[voices[number].sentence], paragraphs, words)
        for number, span in enumerate(spans)
    )


def _quotation(
    span: Span, voice: Voice, sentence: Sentence, paragraphs: Sequence[TextParagraph], words: Words
) -> Quotation:
    text = _text(span, paragraphs)
    reservation = doubt(text, sentence, voice.at, voice.cue, words)
    speaker = voice.speaker
    if reservation and voice.cue is None:
        speaker = Speaker(None, Basis.UNKNOWN, "nobody is said to have spoken these words")
    first, last = paragraphs[span.pieces[0].index], paragraphs[span.pieces[-1].index]
    pieces = tuple((paragraphs[p.index].start + p.start, paragraphs[p.index].start + p.end) for p in span.pieces)
    return Quotation(
        text=text,
        start=pieces[0][0],
        end=pieces[-1][1],
        pieces=pieces,
        paragraph=first.number,
        last_paragraph=last.number,
        page=first.page,
        last_page=last.page,
        speaker=speaker.name,
        basis=speaker.basis,
        reason=speaker.reason,
        verb=voice.cue.verb or None if voice.cue else None,
        role=speaker.role or None,
        organisation=speaker.organisation or None,
        fragment=fragment(text, sentence, voice.at),
        continues=voice.continues,
        matched=span.matched,
        likelihood=Likelihood.LOW if reservation else Likelihood.LIKELY,
        doubt=reservation,
        nested=tuple(_folded(paragraphs[index].text[start:end]) for index, start, end in span.nested),
    )


def _text(span: Span, paragraphs: Sequence[TextParagraph]) -> str:
    return "\n\n".join(_folded(paragraphs[piece.index].text[piece.start : piece.end]) for piece in span.pieces)


def _folded(text: str) -> str:
    return _LINE_BREAK.sub(" ", text).strip()
