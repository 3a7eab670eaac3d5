"""What is only hoped, supposed or asked in the words before a passage: 'I hope that', 'in theory', 'es heißt', 'je me demande si'.

The lists stand in `sense.toml`, in English, French and German and of other languages what is commonest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.resources import read_table

_TABLE: Final = read_table("briefing.quotes", "sense.toml")["supposition"]
_VERBS: Final = frozenset(_TABLE["verbs"].split())
_PHRASES: Final = tuple(tuple(phrase.casefold().split()) for phrase in _TABLE["phrases"])
_SETTINGS: Final = tuple(tuple(phrase.casefold().split()) for phrase in _TABLE["settings"])
_ASKING: Final = frozenset(_TABLE["asking"].split())
_THAT: Final = frozenset(_TABLE["that"].split())
_FIRST: Final = frozenset(_TABLE["first"].split())
_BEHIND: Final = tuple(tuple(phrase.casefold().split()) for phrase in _TABLE["behind"])
_COMMAS: Final = frozenset({",", "،", "，"})
_ADVERBS: Final = frozenset(_TABLE["adverbs"].split())
_AS: Final = frozenset(_TABLE["as"].split())
_LONGEST_LEAD: Final = 4
"""Words of a clause that ends in a comma before the passage: 'Ich hoffe doch sehr, wir schließen den Deich'."""


def supposed_before(before: Sequence[str], first: str, subjects: frozenset[str]) -> str:
    """The words before a passage by which it is not said to be so; empty when there are none.

    `before` are the words of its sentence before it, `first` is its first word, and `subjects` are words that are a subject by themselves.
    """
    plain = [form.casefold() for form in before]
    if plain[-1:] and plain[-1] in _ASKING:
        return before[-1]
    words = [form for form in plain if form not in _COMMAS]
    if any(tuple(words) == setting for setting in _SETTINGS):
        return " ".join(words)
    opened = plain[-1:] and plain[-1] in _THAT
    parted = not opened and bool(plain) and plain[-1] in _COMMAS
    if not opened and not parted and first not in _FIRST | subjects:
        return ""
    clause = plain[:-1] if opened or parted else plain
    clause = clause[:-1] if opened and clause[-1:] and clause[-1] in _COMMAS else clause
    commas = [at for at, form in enumerate(clause) if form in _COMMAS]
    clause = clause[commas[-1] + 1 :] if commas else clause
    for phrase in _PHRASES:
        if tuple(clause[-len(phrase) :]) == phrase:
            return " ".join(phrase)
    while opened and len(clause) > 1 and (clause[-1] in _ADVERBS or clause[-1].endswith(("ly", "ment"))):
        clause = clause[:-1]
    if not clause or (parted and (len(clause) > _LONGEST_LEAD or clause[0] in _AS)):
        return ""
    return clause[-1] if clause[-1] in _VERBS else ""


def supposed_behind(after: Sequence[str]) -> str:
    """The words behind a passage, at the end of its sentence, by which it is not said to be so; empty when there are none."""
    words = tuple(form.casefold() for form in after if form not in _COMMAS)
    return " ".join(after[1:]) if after and after[0] in _COMMAS and words in _BEHIND else ""
