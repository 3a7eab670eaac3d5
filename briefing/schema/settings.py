"""An office's settings, `briefing.toml`: the level of each rule, and where the limits lie."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from briefing.limits import Limits
from briefing.schema.items import Priority
from briefing.schema.types import Identifier, Line, Model, Number, WholeNumber

FILE_NAME: Final = "briefing.toml"
"""What the file of an office's settings is called."""


class RuleLevel(StrEnum):
    """What a broken rule is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


class LikelihoodScale(StrEnum):
    """Whose words of likelihood are used."""

    ICD_203 = "icd-203"
    PHIA = "phia"


class Edition(Model):
    """Whom an edition of a brief is for, by what it leaves out."""

    priority: Annotated[Priority | None, Field(strict=False)] = None
    """The lowest priority that stays: normal or high."""
    marking: Line | None = None
    """What the edition is marked; what is marked above it is left out."""


class Settings(Model):
    """What `briefing.toml` may hold; every key may be left out."""

    rules: dict[str, Annotated[RuleLevel, Field(strict=False)]] = Field(default_factory=dict)
    """The level of single rules, by code: error, warning, note or off."""
    likelihood_scale: Annotated[LikelihoodScale, Field(strict=False)] = LikelihoodScale.PHIA
    """phia (the UK's Professional Head of Intelligence Assessment yardstick) or icd-203 (US Intelligence Community Directive 203)."""
    source_age_days: WholeNumber = 365
    """How old a source may be on the brief's date, in days."""
    max_pages: WholeNumber | None = None
    """How many pages the PDF may have; a brief's own `max_pages` goes first."""
    longest_sentence: WholeNumber = 45
    """How many words a sentence may have."""
    highest_reading_grade: Number = 18.0
    """How hard the brief's text may be to read: an Automated Readability Index, about the years of schooling that it asks for."""
    markings: Annotated[tuple[Line, ...], Field(strict=False)] = ()
    """Handling markings of the office's own, the lowest first, besides TLP 2.0 and the UK classifications."""
    editions: dict[Identifier, Edition] = Field(default_factory=dict)
    """The editions that `--edition` may ask for, by their names, besides `short`, which leaves out what is of low priority."""
    limits: dict[str, WholeNumber] = Field(default_factory=dict)
    """What may be read and rendered, by the names in `briefing.limits`."""

    def bounds(self, asked: Mapping[str, int]) -> Limits:
        """The limits that hold for the brief; those that the call has `asked` for go first."""
        return Limits(**{**self.limits, **asked})
