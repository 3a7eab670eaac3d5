"""What a rule is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from briefing.evidence.quote_evidence import QuoteEvidence
from briefing.schema import Brief, Loudness, Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """A brief with all that rules look at. `pages` is None before the PDF is made."""

    brief: Brief
    evidence: Mapping[str, QuoteEvidence]
    settings: Settings
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule is broken.

    `item` is the id of the item, by which it can be waived; `offset` counts characters into a text, None for the whole.
    """

    path: str
    message: str
    hint: str
    item: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, how loud it is unless told otherwise, what it asks, why, how a breach is mended, and how breaches are found."""

    code: str
    loudness: Loudness
    asks: str
    why: str
    mend: str
    breaches: Callable[[Subject], Iterator[Breach]]
