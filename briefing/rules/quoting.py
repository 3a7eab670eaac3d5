"""Rules on quotes: the words stand in the saved source, and the speaker is the one who said them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from briefing.errors import shown
from briefing.quotes.verdict import Doubt, QuoteEvidence, QuoteStatus
from briefing.rules.subject import Breach, Subject, placed
from briefing.schema import Quote, RuleLevel

excerpt: Final = partial(shown, most=301)
"""A text on one line, cut where it is long."""


def _each(subject: Subject, *wanted: QuoteStatus) -> Iterator[tuple[str, Quote, QuoteEvidence]]:
    """Every quote of a status `wanted` with its path and evidence; one that nobody looked for counts as one without a saved text."""
    missing = QuoteStatus.NO_SAVED_TEXT
    for path, quote in placed(subject.brief, Quote):
        evidence = subject.evidence.get(quote.id or path) or QuoteEvidence(quote.id or path, missing, missing)
        if evidence.status in (wanted or QuoteStatus):
            yield path, quote, evidence


def _elsewhere(evidence: QuoteEvidence) -> str:
    return f"; the words stand in the saved text of '{evidence.elsewhere}'" if evidence.elsewhere else ""


def altered_quotes(subject: Subject) -> Iterator[Breach]:
    """Quotes that differ from the passage of their source."""
    for path, _, evidence in _each(subject, QuoteStatus.ALTERED):
        where = f" ({evidence.location.default_locator})" if evidence.location else ""
        what = f"the quote differs from its source{where}: {excerpt(evidence.diff or '')}{_elsewhere(evidence)}"
        hint = "quote what stands there, or mark the change: […] for words left out, [word] for words put in"
        yield Breach(f"{path}.text", what, hint)


def quotes_not_found(subject: Subject) -> Iterator[Breach]:
    """Quotes of which the source has nothing."""
    for path, _, evidence in _each(subject, QuoteStatus.NOT_FOUND):
        near = f"; the nearest passage is: {excerpt(evidence.nearest)}" if evidence.nearest else ""
        what = f"the saved text of '{evidence.source_id}' does not hold this quote{near}{_elsewhere(evidence)}"
        hint = f"name '{evidence.elsewhere}' as its source" if evidence.elsewhere else "check the source"
        yield Breach(f"{path}.text", what, hint)


def changed_sources(subject: Subject) -> Iterator[Breach]:
    """Quotes whose source is not the text that was verified."""
    for path, _, evidence in _each(subject, QuoteStatus.SOURCE_CHANGED):
        what = f"the saved text of '{evidence.source_id}' changed since it was verified; the quote is now {evidence.comparison}"
        yield Breach(f"{path}.source", what, f"read it again, then set its sha256 to {evidence.source_sha256}")


def quotes_without_text(subject: Subject) -> Iterator[Breach]:
    """Quotes that cannot be verified, because no text of their source is saved."""
    what = "the quote is not verified: there is no saved text to hold it against"
    for path, quote, evidence in _each(subject, QuoteStatus.NO_SAVED_TEXT):
        if evidence.fault is None:
            spot = f"{path}.source" if quote.source else f"{path}.text"
            yield Breach(spot, what, "save the text and name it in the source's 'text'")


def unreadable_texts(subject: Subject) -> Iterator[Breach]:
    """Saved texts that cannot be read, each told once."""
    known = [source.id for source in subject.brief.sources]
    reported: set[str | None] = set()
    for path, _, evidence in _each(subject):
        if evidence.fault is not None and evidence.source_id not in reported:
            reported.add(evidence.source_id)
            is_known = evidence.source_id in known
            spot = f"sources[{known.index(str(evidence.source_id))}].text" if is_known else f"{path}.source"
            what, _, hint = evidence.fault.partition("; ")
            yield Breach(spot, what, hint or "save it again")


_KEYS: Final = {Doubt.SPEAKER_NOT_NAMED: "speaker", Doubt.OTHER_SPEAKER: "speaker", Doubt.OTHER_PLACE: "locator"}
"""Where in a quote a doubt points, when not at its words."""


def _doubts(*, on_speakers: bool) -> Callable[[Subject], Iterator[Breach]]:
    def breaches(subject: Subject) -> Iterator[Breach]:
        for path, _, evidence in _each(subject):
            for caution in evidence.warnings:
                key = _KEYS.get(caution.doubt, "text")
                if (key == "speaker") is on_speakers:
                    passage = f": {excerpt(caution.passage)}" if caution.passage else ""
                    quieter = RuleLevel.WARNING if caution.doubt is Doubt.SPEAKER_NOT_NAMED else None
                    message = f"{caution.message}{passage}"
                    yield Breach(f"{path}.{key}", message, "check the passage", level=quieter)

    return breaches


doubtful_speakers = _doubts(on_speakers=True)
"""Quotes near whose passage the speaker is not named, or somebody else is."""

misleading_quotes = _doubts(on_speakers=False)
"""Quotes whose words stand in the source but may mislead: a negation cut off, pieces from far apart, a question not shown."""


def places_not_found(subject: Subject) -> Iterator[Breach]:
    """Citations of paragraphs and pages that their source does not have."""
    for place in subject.missing_places:
        yield Breach(place.path, place.message, "look the place up in the saved text", offset=place.offset)
