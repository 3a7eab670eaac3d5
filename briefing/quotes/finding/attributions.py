"""Seeing where the words of an attribution begin ('she said', 'said Ms Bell'), so that a lost quotation mark can be made good."""

from __future__ import annotations

import re

from briefing.quotes.finding.words import Words

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_AFTER_COMMA = re.compile(r"[,!?…][ \t\n]+")
_PRONOUNS = ("he", "she", "it", "they", "writer")
_LONGEST_SUBJECT = 5
_FAR = 2_000
"""How many characters of a quotation without a closing mark are searched for its end."""


def begins_attribution(text: str, at: int, words: Words) -> bool:
    """Whether `text` from `at` opens with a subject and a verb of speaking, in either order: 'she said', 'said Ms Bell'."""
    tokens = _TOKEN.findall(text[at : at + 80])
    if len(tokens) < 2 or text[at : at + 80].lstrip(" \t\n,")[:1] in ".;:!?":
        return False
    first, second = tokens[0], tokens[1]
    if words.has("speaking", first):
        return (
            second[0].isupper() or words.any_of((*_PRONOUNS, "determiners", "titles"), second) or words.is_role(second)
        )
    if words.any_of(_PRONOUNS, first):
        return words.has("speaking", second)
    if not first[0].isupper() and not words.has("determiners", first):
        return False
    subject = tokens[1 : _LONGEST_SUBJECT + 1]
    return any(words.has("speaking", verb) and not words.has("nouns_too", verb) for verb in subject)


def attribution_after_comma(text: str, start: int, limit: int, words: Words) -> int | None:
    """Where a quotation without a closing mark that begins at `start` ends: after the comma before an attribution.

    None when there is none before `limit`, or none near.
    """
    for comma in _AFTER_COMMA.finditer(text, start, min(limit, start + _FAR)):
        if begins_attribution(text, comma.end(), words):
            return comma.start() + 1
    return None
