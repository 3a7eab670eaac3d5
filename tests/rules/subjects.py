"""Small briefs to put rules to."""

from __future__ import annotations

from typing import Any

from briefing.quotes.checking import MissingPlace
from briefing.quotes.verdict import QuoteEvidence, QuoteStatus
from briefing.rules import RuleReport, check_rules
from briefing.rules.reading_time import ReadingTime
from briefing.rules.subject import Subject
from briefing.schema import Settings
from briefing.schema.forms import PLAIN, Form
from briefing.schema.references import identified
from briefing.schema.validate import validate, validate_as

BARE = {"title": "A brief", "date": "2026-03-14", "handling": {"marking": "OFFICIAL"}}
"""A brief of which no rule complains."""

SOURCE = {"id": "report", "title": "The report", "published": "2026-03-01"}


def subject(
    values: dict[str, Any],
    evidence: dict[str, QuoteEvidence] | None = None,
    settings: dict[str, Any] | None = None,
    pages: int | None = None,
    missing_places: tuple[MissingPlace, ...] = (),
    form: Form = PLAIN,
    words: int = 0,
) -> Subject:
    """The brief of `BARE` and `values`; its quotes are verbatim where `evidence` does not say otherwise. A value None takes a key away."""
    given = {key: value for key, value in {**BARE, **values}.items() if value is not None}
    brief = identified(validate(given))
    found = {
        str(quote.id): QuoteEvidence(str(quote.id), QuoteStatus.VERBATIM, QuoteStatus.VERBATIM)
        for quote in brief.quotes
    }
    time = ReadingTime((("Background", words // 3), ("Bottom line", words - words // 3)), brief.reading_minutes)
    set_by_office = validate_as(Settings, settings or {})
    return Subject(brief, {**found, **(evidence or {})}, set_by_office, pages, missing_places, form, time)


def report(values: dict[str, Any], **more: Any) -> RuleReport:
    """What the rules say of the brief of `BARE` and `values`."""
    return check_rules(subject(values, **more))


def told(values: dict[str, Any], code: str, **more: Any) -> list[str]:
    """The paths of the problems of one rule."""
    return [problem.data_path for problem in report(values, **more).problems if problem.code == code]
