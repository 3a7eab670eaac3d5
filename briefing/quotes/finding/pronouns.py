"""Whom a pronoun is likely to mean: the people and bodies of the sentences before it, weighed. What comes out is always a guess.

Who was the subject, or did something ('by Bell'), or spoke weighs more than who was merely mentioned; near weighs more than far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.quotes.finding.mentions import Kind

REACH = 14
"""How many sentences back a pronoun may look."""
_WEIGHTS = {"subject": 5.0, "clause": 4.5, "agent": 4.0, "other": 1.0}
_SPOKE = 0.75
_PER_SENTENCE = 1.5
_UNCLEAR = 1.5
"""Taken off for one whose kind the text does not show, and for one person called 'they'."""
_NAMELESS = 0.75
"""Taken off for somebody without a name."""
_CALLED_OTHERWISE = 2.5
"""Taken off for somebody who was taken to be meant by another pronoun before."""
_THEY_PER_SENTENCE = 2.0
"""'They' means whoever was named last more often than whoever spoke last."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody mentioned in an earlier sentence, or earlier in this one. `rank` is 'subject', 'clause' (of a clause inside), 'agent' or 'other'."""

    name: str
    kind: Kind
    sentence: int
    paragraph: int
    rank: str
    gender: str = ""
    plural: bool = False
    named: bool = True
    spoke: bool = False
    called: str = ""
    """The pronoun that was last taken to mean them."""


def antecedent(pronoun: str, sentence: int, seen: Sequence[Seen]) -> Seen | None:
    """Whom `pronoun` ('he', 'she', 'he or she', 'it', 'they') in sentence number `sentence` most likely means; None when nobody fits."""
    best: Seen | None = None
    best_weight = float("-inf")
    for one in seen:
        distance = sentence - one.sentence
        if distance < 0 or distance > REACH or not _fits(pronoun, one):
            continue
        weight = _WEIGHTS[one.rank] - _misfit(pronoun, one)
        weight -= distance * _THEY_PER_SENTENCE if pronoun == "they" else distance * _PER_SENTENCE - _SPOKE * one.spoke
        if weight >= best_weight:
            best, best_weight = one, weight
    return best


def _fits(pronoun: str, one: Seen) -> bool:
    if one.kind in (Kind.PLACE, Kind.DOCUMENT, Kind.PRONOUN):
        return False
    if pronoun == "he or she":
        return one.kind in (Kind.PERSON, Kind.NAME) and not one.plural
    if pronoun in ("he", "she"):
        return one.kind in (Kind.PERSON, Kind.NAME, Kind.DESCRIBED) and not one.plural and one.gender in ("", pronoun)
    if pronoun == "it":
        return one.kind in (Kind.BODY, Kind.NAME)
    return True


def _misfit(pronoun: str, one: Seen) -> float:
    """What is taken off where the pronoun fits, but not well."""
    if pronoun == "they":
        return 0.0 if one.kind in (Kind.BODY, Kind.NAME) or one.plural else _UNCLEAR
    if pronoun != "he or she" and one.called not in ("", pronoun):
        return _CALLED_OTHERWISE
    if one.kind is Kind.NAME:
        return _UNCLEAR
    return 0.0 if one.named else _NAMELESS
