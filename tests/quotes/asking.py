"""Asking what becomes of a quote in a source written down in the test."""

from __future__ import annotations

from briefing.quotes.lookup import look_up
from briefing.quotes.read_any import saved_text_of
from briefing.quotes.source_index import SourceIndex
from briefing.quotes.verdict import Finding


def index_of(source: str) -> SourceIndex:
    return SourceIndex.of(saved_text_of(source.encode(), ".txt"))


def asked(quote: str, source: str) -> Finding:
    return look_up(quote, index_of(source))


def status(quote: str, source: str) -> str:
    return str(asked(quote, source).status)


def doubts(quote: str, source: str) -> list[str]:
    finding = asked(quote, source)
    place = finding.places[0] if finding.places else finding.nearest
    return [str(caution.doubt) for caution in place.cautions] if place else []
