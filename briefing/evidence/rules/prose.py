"""The brief's own sentences, with the spot of every character in the text as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.evidence.rules.sentences import Sentence, sentences
from briefing.schema import Brief
from briefing.schema.markup import plain
from briefing.schema.texts import BriefText, texts

_UNPRINTED = re.compile(r"\[\s*@[^\]]*\]|(?<=\])\(<?(?:https?:|mailto:)[^)]*\)", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”]*[“”]|(?<!\w)‘[^‘]*?’(?!\w)|(?<!\w)'[^']*?'(?!\w)")


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence of one of the brief's texts. `own_words` is as long as the sentence, and blank where it quotes somebody."""

    text: BriefText
    sentence: Sentence
    own_words: str
    typed_at: tuple[int, ...]
    """Where each character of the sentence stands in the text as typed."""


def own_sentences(brief: Brief) -> Iterator[OwnSentence]:
    """Every sentence of the brief's texts in light Markdown; quotes are not among them."""
    for text in texts(brief):
        said = plain(text.text)
        own = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), said)
        typed_at = _typed_at(text.text, said)
        for sentence in sentences(said):
            stretch = slice(sentence.start, sentence.start + len(sentence.text))
            yield OwnSentence(text, sentence, own[stretch], tuple(typed_at[stretch]))


def _typed_at(typed: str, said: str) -> list[int]:
    """For each character of the plain text, where it stands in the text as typed: markup and citations are skipped."""
    printed = _UNPRINTED.sub(lambda unprinted: "\0" * len(unprinted.group()), typed)
    found: list[int] = []
    after = 0
    for character in said:
        if character.isspace():
            space = _SPACE.search(printed, after)
            at = space.start() if space else -1
        else:
            at = printed.find(character, after)
        found.append(at if at >= 0 else max(after - 1, 0))
        after = found[-1] + 1
    return found
