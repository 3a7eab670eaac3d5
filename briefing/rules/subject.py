"""What a rule is, and what it is given: the brief and its own sentences, each character with its spot as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from briefing.quotes.checking import MissingPlace
from briefing.quotes.verdict import QuoteEvidence
from briefing.rules.reading_time import PageUse, ReadingTime
from briefing.schema import Brief, RuleLevel, Settings
from briefing.schema.brief import KINDS
from briefing.schema.fields import BriefText, texts
from briefing.schema.forms import PLAIN, Form
from briefing.text.sentences import QUOTED, Sentence

Kind = TypeVar("Kind")


class Subject(Struct, frozen=True):
    """A brief with all that rules look at. `pages` is None before the PDF is made."""

    brief: Brief
    evidence: Mapping[str, QuoteEvidence]
    settings: Settings
    pages: int | None = None
    missing_places: tuple[MissingPlace, ...] = ()
    """Citations of paragraphs and pages that their sources do not have."""
    form: Form = PLAIN
    """The form that the brief says it has."""
    reading: ReadingTime | None = None
    """How long it takes to read; None before it is composed."""
    page_use: PageUse | None = None
    """How it fills its pages; None before the PDF is made."""

    @property
    def most_pages(self) -> int | None:
        """How many pages the PDF may have, by the brief or else by the office."""
        return self.settings.max_pages if self.brief.max_pages is None else self.brief.max_pages


class Breach(Struct, frozen=True):
    """One place where a rule is broken; `offset` counts characters into a text, None for the whole.

    `level` is its own where it is less certain than other breaches of its rule; what a user sets for the rule goes before it.
    """

    path: str
    message: str
    hint: str
    offset: int | None = None
    level: RuleLevel | None = None


def placed(brief: Brief, model: type[Kind]) -> Iterator[tuple[str, Kind]]:
    """The items of `brief` that are of `model`, each with its path."""
    for kind in KINDS:
        if kind.item is model:
            yield from kind.placed(brief)


class Rule(Struct, frozen=True):
    """A rule: its code, its level unless set and why, what it asks and why, how a breach is put right, and how breaches are found."""

    code: str
    level: RuleLevel
    because: str
    asks: str
    why: str
    hint: str
    breaches: Callable[[Subject], Iterator[Breach]]


class OwnSentence(Struct, frozen=True):
    """A sentence of one of the brief's texts. `own_words` is as long as the sentence, and blank where it quotes somebody."""

    text: BriefText
    sentence: Sentence
    own_words: str
    typed_at: tuple[int, ...]
    """Where each character of the sentence stands in the text as typed."""


def own_sentences(brief: Brief) -> Iterator[OwnSentence]:
    """Every sentence of the brief's texts in light Markdown; quotes are not among them."""
    for text in texts(brief):
        prose = text.prose
        own = QUOTED.sub(lambda quoted: " " * len(quoted.group()), prose.plain)
        for sentence in prose.sentences:
            stretch = slice(sentence.start, sentence.start + len(sentence.text))
            yield OwnSentence(text, sentence, own[stretch], prose.places[stretch])
