"""Short ways into the extraction for its tests."""

from __future__ import annotations

from briefing.quotes.finding.extraction import Quotation, quotations
from briefing.quotes.read_plain import read_plain


def found(text: str, language: str | None = "en") -> tuple[Quotation, ...]:
    """The quotations of a plain text; blank lines part its paragraphs."""
    return quotations(read_plain(text.encode(), "").paragraphs, language)


def words(text: str, language: str | None = "en") -> list[str]:
    """Only their words."""
    return [quotation.text for quotation in found(text, language)]


def speakers(text: str, language: str | None = "en") -> list[str | None]:
    """Only their speakers."""
    return [quotation.speaker for quotation in found(text, language)]
