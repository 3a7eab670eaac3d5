"""Rules on how things are said: likelihood, length of sentences, reading level; scales are read from `likelihood.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Final

from msgspec import Struct

from briefing.resources import read_table
from briefing.rules.subject import Breach, OwnSentence, Subject, own_sentences
from briefing.schema import LikelihoodScale
from briefing.text.sentences import Sentence


class Band(Struct, frozen=True):
    """A range of chances, in words for people, and the words of likelihood that stand for it; `also` are other forms of them."""

    chance: str
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


class Scale(Struct, frozen=True):
    """A scale of likelihood, from the least likely band to the most, and who laid it down where."""

    name: str
    source: str
    bands: tuple[Band, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that the scale gives."""
        return tuple(word for band in self.bands for word in band.words)

    def has(self, word: str) -> bool:
        """Whether `word` is on the scale, in any of its forms."""
        return any(word in (*band.words, *band.also) for band in self.bands)


_data: Final = partial(read_table, "briefing.rules", "likelihood.toml")


@cache
def scale_of(chosen: LikelihoodScale) -> Scale:
    """The scale that the settings name."""
    found = _data()[chosen.value]
    bands = (Band(band["chance"], tuple(band["words"]), tuple(band.get("also", ()))) for band in found["bands"])
    return Scale(found["name"], found["source"], tuple(bands))


@cache
def words_of_likelihood() -> re.Pattern[str]:
    """Finds the words of likelihood of every scale and of none, the longer ones first."""
    scales = [scale_of(scale) for scale in LikelihoodScale]
    known = [word for scale in scales for band in scale.bands for word in (*band.words, *band.also)]
    return _any_of([*known, *_data()["elsewhere"]["words"]])


@cache
def words_of_confidence() -> re.Pattern[str]:
    """Finds the words for how sure the authors are."""
    return _any_of(_data()["confidence"]["words"])


def _any_of(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


FEWEST_WORDS = 100
"""How many words a reading level is measured on, at least."""


def _english(subject: Subject) -> Iterator[OwnSentence]:
    if subject.brief.language.split("-")[0] == "en":
        yield from own_sentences(subject.brief)


def likelihood_off_scale(subject: Subject) -> Iterator[Breach]:
    """Words of likelihood that the chosen scale does not have."""
    scale = scale_of(subject.settings.likelihood_scale)
    for own in _english(subject):
        for match in words_of_likelihood().finditer(own.own_words):
            phrase = " ".join(match.group().split())
            if not scale.has(phrase.casefold()):
                what, hint = f"'{phrase}' is not in {scale.name}", f"it has: {', '.join(scale.words)}"
                yield Breach(own.text.path, what, hint, own.typed_at[match.start()])


def likelihood_with_confidence(subject: Subject) -> Iterator[Breach]:
    """Sentences that speak of likelihood and of confidence at once (ICD 203, D.6.e.(2)(b), asks that they do not)."""
    for own in _english(subject):
        likely = words_of_likelihood().search(own.own_words)
        sure = words_of_confidence().search(own.own_words) if likely else None
        if likely and sure:
            what = f"one sentence gives a likelihood ('{likely.group()}') and a confidence ('{sure.group()}')"
            hint = "say how likely it is in one sentence, how sure you are in another"
            yield Breach(own.text.path, what, hint, own.typed_at[0])


def long_sentences(subject: Subject) -> Iterator[Breach]:
    """Sentences of more words than allowed."""
    most = subject.settings.longest_sentence
    for own in own_sentences(subject.brief):
        if (count := len(own.sentence.words)) > most:
            what = f"a sentence has {count} words: {' '.join(own.sentence.text.split()[:8])} …"
            yield Breach(own.text.path, what, f"break it up; {most} are allowed", own.typed_at[0])


def hard_reading(subject: Subject) -> Iterator[Breach]:
    """A brief that asks for too much schooling."""
    grade = reading_grade(own.sentence for own in _english(subject))
    most = subject.settings.highest_reading_grade
    if grade is not None and grade > most:
        hint = f"at most {most:g} is allowed; shorten sentences and words"
        yield Breach("title", f"the brief's reading grade is {grade:.1f}", hint)


def reading_grade(text: Iterable[Sentence]) -> float | None:
    """The Automated Readability Index (Senter and Smith, AMRL-TR-66-220, 1967); None for a text too short to measure."""
    read = list(text)
    words = [word for sentence in read for word in sentence.words]
    if len(words) < FEWEST_WORDS:
        return None
    letters = sum(len(word) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(read) - 21.43
