"""Telling quotations from the other things that stand between quotation marks: titles, nicknames, words held at arm's length.

Nothing is left out of the list for this: an item is only said to be unlikely, and why.
"""

from __future__ import annotations

import re

from briefing.quotes.finding.sentences import Sentence
from briefing.quotes.finding.speakers import Cue
from briefing.quotes.finding.words import LANGUAGES, Words

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")) | {
    *("de", "du", "des", "la", "le", "les", "et")
}
_SHORT = 3
_TITLE = 8
_FULL_STOPS = (".", "!", "?")


def doubt(text: str, sentence: Sentence, at: int, cue: Cue | None, words: Words) -> str:
    """Why the words quoted at token `at` are unlikely to be a quotation; empty when nothing speaks against it."""
    quoted = _WORD.findall(text)
    announced = _announced(text, quoted, sentence, at, cue, words)
    if announced:
        return f"after '{announced}' a name, a title or a term is likelier"
    naming = cue is not None and words.has("naming", cue.verb)
    if cue is not None and naming and cue.subject is not None and cue.subject.pronoun == "writer":
        return "the writer's own name for something"
    if _titled(quoted, words) and _set_as_title(text, quoted, sentence, at, _says(sentence, at, cue, words)):
        return "capitalised as a title or a name"
    before = [token.text for token in sentence.tokens[max(at - 2, 0) : at] if token.is_word]
    reported = any(words.has("speaking", word) for word in before)
    unspoken = (cue is None or cue.subject is None) and not reported and words.language in LANGUAGES
    if unspoken and len(quoted) <= _SHORT and not text.rstrip().endswith(_FULL_STOPS):
        return "a word or two, and nobody is said to have spoken them"
    return ""


def _announced(text: str, quoted: list[str], sentence: Sentence, at: int, cue: Cue | None, words: Words) -> str:
    """The word right before the mark that announces a name or a title ('so-called', 'the film'); empty when there is none."""
    before = sentence.tokens[at - 1] if at else None
    titled = _titled(quoted, words)
    if before is None or not before.is_word or (text.rstrip().endswith(_FULL_STOPS) and not titled):
        return ""
    calls = cue is not None and cue.at == at - 1
    labelled = any(words.has("labels", sentence.text(max(at - size, 0), at)) for size in (1, 2, 3))
    if labelled and (titled or not calls):
        return before.text
    return before.text if words.has("works", before.text) and len(quoted) <= _TITLE and text[:1].isupper() else ""


def _says(sentence: Sentence, at: int, cue: Cue | None, words: Words) -> bool:
    """Whether a verb that reports words, and does not name things, touches the quotation: 'said “…”', 'it was “…”, she said'."""
    if cue is None or not cue.verb or words.has("naming", cue.verb):
        return False
    before = sentence.tokens[at - 1] if at else None
    predicate = before is not None and (words.has("being", before.text) or before.plain in ("as", "that"))
    return predicate or cue.at == at - 1 or cue.first in (at + 1, at + 2)


def _set_as_title(text: str, quoted: list[str], sentence: Sentence, at: int, says: bool) -> bool:
    """Whether capitalised words stand where a title stands: after a possessive, or inside a sentence that reports no words."""
    before = sentence.tokens[at - 1] if at else None
    if before is not None and before.text in ("'s", "’s", "'", "’"):
        return True
    embedded = before is not None and (before.is_word or not text.rstrip().endswith((",", *_FULL_STOPS)))
    return not says and (embedded or len(quoted) > _SHORT)


def fragment(text: str, sentence: Sentence, at: int) -> bool:
    """Whether the quoted words are part of a sentence only: they begin small, or stand inside the narrator's sentence without an end."""
    first = next((letter for letter in text if letter.isalnum()), "")
    if first.islower():
        return True
    before = sentence.tokens[at - 1] if at else None
    return before is not None and before.is_word and not text.rstrip().endswith((".", "!", "?", ",", "…"))


def _titled(quoted: list[str], words: Words) -> bool:
    """Whether every word that counts has a capital: the way titles and names are set in English."""
    if words.language == "de" or not quoted or len(quoted) > _TITLE:
        return False
    counted = [word for word in quoted if word.casefold() not in _SMALL]
    if words.language == "en":
        headed = quoted[0][0].isupper() or quoted[0] in _SMALL
        return bool(counted) and headed and all(word[0].isupper() or word[0].isdigit() for word in counted)
    return len(counted) == 1 and counted[0][0].isupper()
