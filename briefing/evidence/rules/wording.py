"""Rules on how things are said: likelihood, length of sentences, reading level, placeholders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.evidence.rules.rule import Breach, Subject
from briefing.evidence.rules.sentences import Sentence, sentences
from briefing.schema.markup import plain
from briefing.schema.texts import BriefText, texts

FEWEST_WORDS = 100
"""How many words a reading level is measured on, at least."""

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBC|TBD|FIXME|XXX+|lorem ipsum|to be (?:confirmed|added|completed|written))\b|\?\?\?|\[(?:name|date|insert[^\]]*|figure|number|source|xx+)\]"
    r"|<(?:name|date|insert[^>]*)>",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"TODO|TBC|TBD|FIXME|XXX+")


@cache
def _scales() -> dict[str, Any]:
    return tomllib.loads((files("briefing.evidence.rules") / "likelihood.toml").read_text(encoding="utf-8"))


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(terms, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in ordered) + r")\b", re.IGNORECASE
    )


def _sentences(subject: Subject) -> Iterator[tuple[BriefText, Sentence]]:
    if subject.brief.language.split("-")[0] != "en":
        return
    for text in texts(subject.brief):
        for sentence in sentences(plain(text.text)):
            yield text, sentence


def _offset(text: BriefText, sentence: Sentence, within: int = 0) -> int:
    """Where a sentence stands in the text as typed: markup is left out of it, so its first words are looked for."""
    head = " ".join(sentence.text[within:].split()[:3])
    pattern = r"[\s*_\\]+".join(re.escape(word) for word in head.split())
    found = re.search(pattern, text.text)
    return found.start() if found else 0


def likelihood_off_scale(subject: Subject) -> Iterator[Breach]:
    """Words of likelihood that the chosen scale does not have."""
    scale = _scales()[subject.settings.likelihood_scale.value]
    known = {term.casefold() for term in scale["terms"]}
    for text, sentence in _sentences(subject):
        for match in _any_of(tuple(_scales()["words"]["likelihood"])).finditer(sentence.text):
            said = " ".join(match.group().split())
            if said.casefold() not in known:
                hint = f"it has: {', '.join(scale['terms'])}"
                yield Breach(
                    text.path,
                    f"'{said}' is not in {scale['name']}",
                    hint,
                    _item(text, subject),
                    _offset(text, sentence, match.start()),
                )


def likelihood_with_confidence(subject: Subject) -> Iterator[Breach]:
    """Sentences that speak of likelihood and of confidence at once (ICD 203, D.6.e(2)(a), asks that they do not)."""
    words = _scales()["words"]
    for text, sentence in _sentences(subject):
        if _any_of(tuple(words["likelihood"])).search(sentence.text) and _any_of(tuple(words["confidence"])).search(
            sentence.text
        ):
            what = f"one sentence gives a likelihood and a confidence: {sentence.text}"
            yield Breach(
                text.path,
                what,
                "say how likely it is in one sentence, how sure you are in another",
                _item(text, subject),
                _offset(text, sentence),
            )


def long_sentences(subject: Subject) -> Iterator[Breach]:
    """Sentences of more words than allowed."""
    most = subject.settings.longest_sentence
    for text in texts(subject.brief):
        for sentence in sentences(plain(text.text)):
            if (count := len(sentence.words)) > most:
                what = f"a sentence has {count} words: {' '.join(sentence.text.split()[:8])} …"
                yield Breach(
                    text.path, what, f"break it up; {most} are allowed", _item(text, subject), _offset(text, sentence)
                )


def hard_reading(subject: Subject) -> Iterator[Breach]:
    """A brief that asks for too much schooling."""
    grade = reading_grade(sentence for _, sentence in _sentences(subject))
    if grade is not None and grade > subject.settings.highest_reading_grade:
        what = f"the brief's reading grade is {grade:.1f}"
        yield Breach(
            "title", what, f"at most {subject.settings.highest_reading_grade:g} is allowed; shorten sentences and words"
        )


def reading_grade(text: Iterable[Sentence]) -> float | None:
    """The Automated Readability Index (Senter and Smith, AMRL-TR-66-220, 1967); None for a text too short to measure."""
    read = list(text)
    words = [word for sentence in read for word in sentence.words]
    if len(words) < FEWEST_WORDS:
        return None
    letters = sum(len(word) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(read) - 21.43


def placeholders(subject: Subject) -> Iterator[Breach]:
    """Text that was to be replaced."""
    brief = subject.brief
    plainly = [BriefText(name, value) for name in ("title", "subtitle", "reference") if (value := getattr(brief, name))]
    quoted = [BriefText(f"quotes[{index}].speaker", quote.speaker) for index, quote in enumerate(brief.quotes)]
    for text in (*plainly, *texts(brief), *quoted):
        for match in _PLACEHOLDER.finditer(text.text):
            said = match.group()
            if said.upper() in ("TODO", "TBC", "TBD", "FIXME") and not _SHOUTED.fullmatch(said):
                continue
            yield Breach(
                text.path,
                f"'{said}' looks like a placeholder",
                "write what belongs here",
                _item(text, subject),
                match.start(),
            )


def _item(text: BriefText, subject: Subject) -> str:
    match = re.fullmatch(r"(\w+)\[(\d+)\](?:\.\w+)?", text.path)
    if match is None:
        return text.path
    item = getattr(subject.brief, match[1])[int(match[2])]
    return getattr(item, "id", None) or ""
