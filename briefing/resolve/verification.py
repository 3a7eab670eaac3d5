"""What a reader is told of a quote's verification: a mark and words, the same in every format."""

from __future__ import annotations

from typing import Final

from briefing.document.inlines import Inline, Mark, MarkKind, Text
from briefing.evidence.finding import QuoteStatus
from briefing.evidence.quote_evidence import QuoteEvidence
from briefing.resolve.wording import Wording
from briefing.schema import EvidenceShown

SHAPES: Final[dict[QuoteStatus, tuple[str, str]]] = {
    QuoteStatus.VERBATIM: ("verbatim", "✓"),
    QuoteStatus.MARKED: ("marked", "✓"),
    QuoteStatus.ALTERED: ("altered", "✗"),
    QuoteStatus.NOT_FOUND: ("not_found", "✗"),
    QuoteStatus.NO_SAVED_TEXT: ("unchecked", "○"),
    QuoteStatus.SOURCE_CHANGED: ("source_changed", "▲"),
}
"""For each status its machine name and its shape; the words are the labels `verified_<name>`."""


def verification(evidence: QuoteEvidence, show: EvidenceShown, wording: Wording) -> tuple[Inline, ...]:
    """The mark, held apart from what goes before it; nothing when the brief does not show it."""
    if show is EvidenceShown.NONE or (show is EvidenceShown.PROBLEMS and evidence.is_verified):
        return ()
    value, shape = SHAPES[evidence.status]
    word = wording(f"verified_{value}")
    if show is EvidenceShown.FULL and evidence.is_verified and evidence.location is not None:
        place = evidence.location
        word += wording("verified_at", paragraph=place.paragraph, start=place.start, end=place.end)
    return (Text(" · "), Mark(MarkKind.VERIFICATION, value, shape, word))
