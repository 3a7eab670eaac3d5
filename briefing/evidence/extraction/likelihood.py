"""Telling quotations from the other things that stand between quotation marks: titles, nicknames, words held at arm's length.

Nothing is left out of the list for this: an item is only said to be unlikely, and why.
"""

from __future__ import annotations

import re

from briefing.evidence.extraction.sentences import Sentence
from briefing.evidence.extraction.speakers import Cue
from briefing.evidence.extraction.words import LANGUAGES, Words

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de", "du", "des", "la", "le", "les", "et"})
_SHORT = 3
_TITLE = 8


def doubt(text: str, sentence: Sentence, at: int, cue: Cue | None, words: Words) -> str:
    """Why the words quoted at token `at` are unlikely to be a quotation; empty when nothing speaks against it."""
    tokens = sentence.tokens
    quoted = _WORD.findall(text)
    whole = text.rstrip().endswith((".", "!", "?"))
    before = tokens[at - 1] if at else None
    naming = cue is not None and words.has("naming", cue.verb)
    active = cue is not None and cue.at == at - 1
    if before is not None and before.is_word and (not whole or _titled(quoted, words)):
        phrases = [sentence.text(max(at - size, 0), at) for size in (1, 2, 3)]
        labelled = any(words.has("labels", phrase) for phrase in phrases)
        if labelled and not (active and not _titled(quoted, words)):
            return f"after '{before.text}' a name or a term is likelier"
        if words.has("works", before.text) and len(quoted) <= _TITLE and text[:1].isupper():
            return f"after '{before.text}' a title is likelier"
    own_word = cue is not None and naming and cue.subject is not None and cue.subject.pronoun == "writer"
    if own_word:
        return "the writer's own name for something"
    possessed = before is not None and before.text in ("'s", "’s", "'", "’")
    predicate = before is not None and (words.has("being", before.text) or before.plain in ("as", "that"))
    touching = cue is not None and (active or predicate or cue.first == at + 1 or cue.first == at + 2)
    said = touching and cue is not None and bool(cue.verb) and not naming
    embedded = before is not None and (before.is_word or not text.rstrip().endswith((",", ".", "!", "?")))
    if _titled(quoted, words) and (possessed or (embedded and not said) or (len(quoted) > _SHORT and not said)):
        return "capitalised as a title or a name"
    reported = any(words.has("speaking", token.text) for token in tokens[max(at - 2, 0) : at] if token.is_word)
    if cue is None and len(quoted) <= _SHORT and not whole and not reported and words.language in LANGUAGES:
        return "a word or two, and nobody is said to have spoken them"
    return ""


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
