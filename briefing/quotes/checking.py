"""The quotes of a whole brief held against the saved texts of its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from briefing.quotes.attribution import Attributions, Claim
from briefing.quotes.editorial_marks import MarkKind, take_apart
from briefing.quotes.lookup import look_up
from briefing.quotes.parties import same_party
from briefing.quotes.read_any import read_saved_text
from briefing.quotes.saved_text import SavedText, SavedTextError
from briefing.quotes.source_index import SourceIndex
from briefing.quotes.verdict import Caution, Doubt, Finding, Found, Location, QuoteEvidence, QuoteStatus
from briefing.schema import Brief, Quote, Source
from briefing.text.prose import QuotedWords

SourceReader = Callable[[Source], SavedText]
"""Gives the saved text of a source that has one; raises `SavedTextError`."""

_MOST_WEIGHED: Final = 10
"""Of the places where a fragment stands, how many are weighed by who speaks there."""


class _Readable(NamedTuple):
    """A saved text made ready."""

    words: SourceIndex
    attributions: Attributions


def saved_texts_below(folder: Path) -> SourceReader:
    """A reader of saved texts that lie in the brief's folder; nothing outside it is read."""
    return lambda source: read_saved_text(folder, source.text or "")


def verify_quotes(brief: Brief, read_source: SourceReader) -> tuple[QuoteEvidence, ...]:
    """What the sources say of each quote of `brief`, in its order.

    A saved text that cannot be read is told in the evidence of its quotes (`fault`); nothing is raised for it.
    """
    sources = {source.id: source for source in brief.sources}
    texts: dict[str, _Readable | str] = {}
    return tuple(_verify(quote, position, sources, read_source, texts) for position, quote in enumerate(brief.quotes))


def _verify(
    quote: Quote,
    position: int,
    sources: Mapping[str, Source],
    read_source: SourceReader,
    texts: dict[str, _Readable | str],
) -> QuoteEvidence:
    quote_id = quote.id or f"quotes[{position}]"
    source = sources.get(quote.source) if quote.source else None
    reporter = sources.get(source.via) if source is not None and source.via else None
    as_reported_by = (reporter.publisher or reporter.author or reporter.title) if reporter is not None else None
    looked_in = next((one for one in (source, reporter) if one is not None and one.text), None)
    missing = QuoteStatus.NO_SAVED_TEXT
    if looked_in is None or looked_in.text is None:
        return QuoteEvidence(quote_id, missing, missing, as_reported_by=as_reported_by)
    if looked_in.text not in texts:
        texts[looked_in.text] = _readable(looked_in, read_source)
    readable = texts[looked_in.text]
    if isinstance(readable, str):
        return QuoteEvidence(quote_id, missing, missing, looked_in.id, as_reported_by=as_reported_by, fault=readable)
    finding = look_up(quote.text.plain, readable.words)
    place, doubts = _likeliest(finding, readable.attributions, _claim(quote, looked_in))
    status = place.status if place is not None else finding.status
    nearest = finding.nearest
    shown = place or nearest
    saved = readable.words.saved
    changed = looked_in.sha256 is not None and looked_in.sha256 != saved.sha256
    own = place.cautions if place is not None else nearest.cautions if nearest is not None else ()
    return QuoteEvidence(
        quote_id,
        QuoteStatus.SOURCE_CHANGED if changed else status,
        status,
        source_id=looked_in.id,
        source_sha256=saved.sha256,
        passage=place.passage if place is not None else None,
        nearest=nearest.passage if nearest is not None else None,
        diff=nearest.diff if nearest is not None else None,
        location=Location.of(saved, shown.start, shown.end) if shown is not None else None,
        changes=place.changes if place is not None else (),
        warnings=(*own, *doubts, *_emphasis(quote.text)),
        as_reported_by=as_reported_by,
    )


def _readable(source: Source, read_source: SourceReader) -> _Readable | str:
    try:
        saved = read_source(source)
    except SavedTextError as error:
        (problem,) = error.problems
        return f"{problem.message}; {problem.hint}"
    return _Readable(SourceIndex.of(saved), Attributions(saved))


def _likeliest(finding: Finding, attributions: Attributions, claim: Claim) -> tuple[Found | None, tuple[Caution, ...]]:
    """Of the places where the quote stands, the one that speaks least against the claim, quoted ones before others."""
    best: tuple[tuple[int, bool], Found, tuple[Caution, ...]] | None = None
    for place in finding.places[:_MOST_WEIGHED]:
        attribution = attributions.weigh(place, claim)
        weight = (len(attribution.cautions) + len(place.cautions), not attribution.is_quoted)
        if best is None or weight < best[0]:
            best = (weight, place, attribution.cautions)
    return (None, ()) if best is None else best[1:]


def _claim(quote: Quote, source: Source) -> Claim:
    bodies = (quote.organisation,) if quote.organisation else ()
    behind = [name for name in (source.author, source.publisher) if name]
    own_words = any(same_party(name, other) for name in (quote.speaker, *bodies) for other in behind)
    return Claim(quote.speaker, bodies, own_words)


def _emphasis(words: QuotedWords) -> Iterator[Caution]:
    """Emphasis in a quote is the source's or the editor's, and the reader must be told which."""
    noted = any(mark.kind is MarkKind.NOTE for gap in take_apart(words.plain).gaps for mark in gap)
    if words.is_emphasised and not noted:
        message = "it has emphasis and does not say whose: add [emphasis added] or [emphasis in original]"
        yield Caution(Doubt.EMPHASIS_NOT_NOTED, message)
