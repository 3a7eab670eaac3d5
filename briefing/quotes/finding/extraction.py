"""Every direct quotation of a saved text with its stated speaker: the door of this package.

Titles, nicknames and words held at arm's length stand between quotation marks too. They are not left out: an item is only said to be
unlikely to be a quotation, and why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from briefing.quotes.finding.narration import sentences_in
from briefing.quotes.finding.noun_phrases import APOSTROPHES, POSSESSIVE
from briefing.quotes.finding.quotation_spans import Piece, Span, spans_in
from briefing.quotes.finding.speakers import Attribution, attributions_in
from briefing.quotes.finding.words import LANGUAGES, Words, guess_language, words_for
from briefing.quotes.saved_text import TextParagraph

UNKNOWN_SPEAKER = "TBC"
"""What stands for a speaker whom a text does not state: a placeholder that the release rules stop."""
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SHORT = 3
_TITLE = 8
"""How many words a title has at most."""
_FULL_STOPS = (".", "!", "?")


class Likelihood(StrEnum):
    """Whether words between quotation marks are somebody's words, or a title, a nickname, a term."""

    LIKELY = "likely"
    LOW = "low"


class Quotation(Struct, frozen=True):
    """Words between quotation marks in a saved text.

    Offsets count characters from 0 in the whole text, the end exclusive; paragraphs and pages count from 1.
    """

    text: str
    """The words inside the marks, line breaks folded to spaces; paragraphs are parted by a blank line."""
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
    """Who is stated to have said it, by the fullest name in the text; None where nobody is named or described beside the words."""
    role: str | None
    """The speaker's office, where the text gives it beside the name."""
    organisation: str | None
    """The body the speaker is said to belong to."""
    verb: str | None
    """The verb of speaking, as it stands."""
    attribution: str | None
    """The words that attribute it, as they stand: 'she said', 'according to Ms Bell'."""
    fragment: bool
    """Whether it is part of a sentence only."""
    continues: bool
    """Whether it goes on with the quotation before it: “…,” she said, “…”."""
    matched: bool
    """False when the opening or the closing mark is missing, so that the extent is not certain."""
    doubt: str = ""
    """Why it is unlikely to be a quotation; empty when nothing speaks against it."""
    nested: tuple[str, ...] = ()
    """Quotations inside it: words of somebody else, at second hand."""
    nested_places: tuple[tuple[int, int], ...] = ()
    """Start and end of each of these."""
    unsaid: str = ""
    """The words that say that it was not said: 'Bell never said', 'if Bell says'."""

    @property
    def start(self) -> int:
        """Where the first word stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.pieces[-1][1]

    @property
    def likelihood(self) -> Likelihood:
        """Whether it is likely to be a quotation at all."""
        return Likelihood.LOW if self.doubt else Likelihood.LIKELY


def quotations(paragraphs: Sequence[TextParagraph], language: str | None = None) -> tuple[Quotation, ...]:
    """Every direct quotation in `paragraphs`, in reading order.

    `language` is a BCP 47 tag; left out, it is told from the commonest words. Marks are recognised in every language, speakers in
    English, and less well in German, French and Russian.
    """
    words = words_for(language or guess_language("\n".join(paragraph.text for paragraph in paragraphs)))
    spans = spans_in(paragraphs, words)
    attributions = attributions_in(sentences_in(paragraphs, spans, words), words)
    return tuple(_quotation(span, attributions[number], paragraphs, words) for number, span in enumerate(spans))


def attribution_of_passage(paragraphs: Sequence[TextParagraph], start: int, end: int, language: str) -> Attribution:
    """Who is stated to have said the words from `start` to `end` that stand without marks: 'Bell held that …', 'BELL: …'.

    Offsets count in the whole text, as those of a quotation do.
    """
    words = words_for(language)
    pieces = tuple(
        Piece(index, first, last, first, last)
        for index, one in enumerate(paragraphs)
        if (first := max(start - one.start, 0)) < (last := min(end - one.start, len(one.text)))
    )
    own = {piece.index for piece in pieces}
    others = [span for span in spans_in(paragraphs, words) if own.isdisjoint(piece.index for piece in span.pieces)]
    return attributions_in(sentences_in(paragraphs, [Span(pieces), *others], words), words)[0]


def _quotation(span: Span, attribution: Attribution, paragraphs: Sequence[TextParagraph], words: Words) -> Quotation:
    text = "\n\n".join(_folded(paragraphs[piece.index].text[piece.start : piece.end]) for piece in span.pieces)
    doubt = _doubt(text, attribution, words)
    speaker = attribution.speaker if attribution.cue is not None or not doubt else None
    first, last = paragraphs[span.pieces[0].index], paragraphs[span.pieces[-1].index]
    return Quotation(
        text=text,
        pieces=tuple((paragraphs[p.index].start + p.start, paragraphs[p.index].start + p.end) for p in span.pieces),
        paragraph=first.number,
        last_paragraph=last.number,
        page=first.page,
        last_page=last.page,
        speaker=speaker.name if speaker else None,
        role=(speaker.role or None) if speaker else None,
        organisation=(speaker.organisation or None) if speaker else None,
        verb=(attribution.cue.verb or None) if attribution.cue else None,
        attribution=attribution.wording or None,
        fragment=_is_fragment(text, attribution),
        continues=attribution.continues,
        matched=span.matched,
        doubt=doubt,
        nested=tuple(_folded(paragraphs[index].text[start:end]) for index, start, end in span.nested),
        nested_places=tuple(
            (paragraphs[index].start + start, paragraphs[index].start + end) for index, start, end in span.nested
        ),
        unsaid=attribution.unsaid,
    )


def _folded(text: str) -> str:
    return _LINE_BREAK.sub(" ", text).strip()


def _is_fragment(text: str, attribution: Attribution) -> bool:
    """Whether the quoted words are part of a sentence only: they begin small, or stand inside the narrator's sentence without an end."""
    small = next((letter for letter in text if letter.isalnum()), "").islower()
    return small or (attribution.before.is_word and not text.rstrip().endswith((*_FULL_STOPS, ",", "…")))


def _doubt(text: str, attribution: Attribution, words: Words) -> str:
    """Why quoted words are unlikely to be a quotation; empty when nothing speaks against it."""
    quoted, cue, before = _WORD.findall(text), attribution.cue, attribution.before
    stopped, titled = text.rstrip().endswith(_FULL_STOPS), _titled(quoted, words)
    if before.is_word and (titled or not stopped):
        # A word right before the mark announces a name or a title: 'so-called', 'the film'.
        ahead = (attribution.sentence.text(max(attribution.at - size, 0), attribution.at) for size in (1, 2, 3))
        calls = cue is not None and cue.at == attribution.at - 1
        work = before.is_in("works") and len(quoted) <= _TITLE and text[:1].isupper()
        if work or ((titled or not calls) and any(words.has("labels", one) for one in ahead)):
            return f"after '{before.text}' a name, a title or a term is likelier"
    subject = cue.subject if cue is not None else None
    if cue is not None and subject is not None and words.has("naming", cue.verb) and words.has("writer", subject.text):
        return "the writer's own name for something"
    if titled and _set_as_title(text, quoted, attribution, words):
        return "capitalised as a title or a name"
    speaking = any(attribution.sentence.token(attribution.at - back).is_in("speaking") for back in (1, 2))
    unspoken = subject is None and not speaking and words.language in LANGUAGES
    if unspoken and len(quoted) <= _SHORT and not stopped:
        return "a word or two, and nobody is said to have spoken them"
    return ""


def _set_as_title(text: str, quoted: Sequence[str], attribution: Attribution, words: Words) -> bool:
    """Whether capitalised words stand where a title stands: after a possessive, or inside a sentence that reports no words."""
    cue, before = attribution.cue, attribution.before
    if before.text in (*POSSESSIVE, *APOSTROPHES):
        return True
    # A verb that reports words, and does not name things, touches the quotation: 'said “…”', 'it was “…”, she said'.
    reports = cue is not None and cue.verb and not words.has("naming", cue.verb)
    predicate = before.is_in("being") or before.plain in ("as", "that")
    near = cue is not None and (cue.at == attribution.at - 1 or cue.first in (attribution.at + 1, attribution.at + 2))
    if reports and (predicate or near):
        return False
    embedded = before.is_word or (bool(before.text) and not text.rstrip().endswith((",", *_FULL_STOPS)))
    return embedded or len(quoted) > _SHORT


def _titled(quoted: Sequence[str], words: Words) -> bool:
    """Whether every word that counts has a capital: the way titles and names are set in English."""
    if words.language == "de" or not quoted or len(quoted) > _TITLE:
        return False
    counted = [word for word in quoted if not words.has("small", word)]
    if words.language == "en":
        headed = quoted[0][0].isupper() or words.has("small", quoted[0])
        return bool(counted) and headed and all(word[0].isupper() or word[0].isdigit() for word in counted)
    return len(counted) == 1 and counted[0][0].isupper()
