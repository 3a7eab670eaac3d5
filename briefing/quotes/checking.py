"""The quotes of a whole brief held against the saved texts of its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from briefing.limits import how_to_raise, limits
from briefing.quotes.attribution import Attributions, Claim
from briefing.quotes.editorial_marks import MarkKind, take_apart
from briefing.quotes.locators import misplaced, missing_in
from briefing.quotes.lookup import look_up
from briefing.quotes.parties import same_party
from briefing.quotes.read_any import read_saved_text
from briefing.quotes.saved_text import SavedText, SavedTextError, SavedTextFault
from briefing.quotes.source_index import SourceIndex
from briefing.quotes.verdict import Caution, Doubt, Finding, Found, Location, QuoteEvidence, QuoteStatus
from briefing.schema import Brief, Quote, Source
from briefing.schema.fields import texts as brief_texts
from briefing.text.prose import QuotedWords

SourceReader = Callable[[Source], SavedText]
"""Gives the saved text of a source that has one; raises `SavedTextError`."""

_ON_SPEAKERS: Final = (Doubt.OTHER_SPEAKER, Doubt.SPEAKER_NOT_NAMED)


class _Readable(NamedTuple):
    """A saved text made ready."""

    words: SourceIndex
    attributions: Attributions


def saved_texts_below(folder: Path) -> SourceReader:
    """A reader of saved texts that lie in the brief's folder, each read once; nothing outside it is read."""
    characters = 0

    @cache
    def read(name: str) -> SavedText:
        nonlocal characters
        saved = read_saved_text(folder, name)
        characters += len(saved.text)
        if characters > limits().saved_texts_characters:
            what = f"'{name}': with the saved texts before it there are {characters:,} characters"
            hint = f"{how_to_raise('saved_texts_characters')}; save the parts that are quoted"
            raise SavedTextError(SavedTextFault.TOO_LARGE, what, hint)
        return saved

    return lambda source: read(source.text or "")


def verify_quotes(brief: Brief, read_source: SourceReader) -> tuple[QuoteEvidence, ...]:
    """What the sources say of each quote of `brief`, in its order.

    A saved text that cannot be read is told in the evidence of its quotes (`fault`); nothing is raised for it.
    """
    texts = _Texts(brief, read_source)
    return tuple(_verify(quote, position, texts) for position, quote in enumerate(brief.quotes))


class MissingPlace(NamedTuple):
    """A citation of a place that its source does not have: the path of the text, the offset in it, and what is wrong."""

    path: str
    offset: int
    message: str


def missing_places(brief: Brief, read_source: SourceReader) -> Iterator[MissingPlace]:
    """Every citation with a locator whose paragraph or page is not in the source's saved text, as far as that can be known."""
    texts = _Texts(brief, read_source)
    for text in brief_texts(brief):
        for citation in text.prose.citations:
            source = texts.sources.get(citation.id) if citation.locator else None
            readable = texts.of(source) if source is not None and source.text else None
            if isinstance(readable, _Readable):
                missing = missing_in(readable.words.saved, citation.locator)
                if missing:
                    message = f"'{citation.locator}' of '{citation.id}' is not to be found: {missing}"
                    yield MissingPlace(text.path, citation.offset, message)


class _Texts:
    """The saved texts of a brief, each made ready when it is first asked for."""

    def __init__(self, brief: Brief, read_source: SourceReader) -> None:
        self.sources = {source.id: source for source in brief.sources}
        self._read_source = read_source
        self._known: dict[str, _Readable | str] = {}

    def of(self, source: Source) -> _Readable | str:
        """The text of a source that has one, or why it cannot be read."""
        path = source.text or ""
        if path not in self._known:
            self._known[path] = _readable(source, self._read_source)
        return self._known[path]

    def elsewhere(self, words: str, but: Source) -> str | None:
        """The id of another source whose saved text has `words` as they stand."""
        for source in self.sources.values():
            readable = self.of(source) if source.text and source.text != but.text else None
            if isinstance(readable, _Readable) and look_up(words, readable.words).places:
                return source.id
        return None


def _verify(quote: Quote, position: int, texts: _Texts) -> QuoteEvidence:
    quote_id = quote.id or f"quotes[{position}]"
    source = texts.sources.get(quote.source) if quote.source else None
    reporter = texts.sources.get(source.via) if source is not None and source.via else None
    as_reported_by = (reporter.publisher or reporter.author or reporter.title) if reporter is not None else None
    looked_in = next((one for one in (source, reporter) if one is not None and one.text), None)
    translated = quote.translated_by is not None and quote.original is None
    missing = QuoteStatus.TRANSLATED if translated else QuoteStatus.NO_SAVED_TEXT
    if looked_in is None:
        return QuoteEvidence(quote_id, missing, missing, as_reported_by=as_reported_by)
    readable = texts.of(looked_in)
    if isinstance(readable, str):
        return QuoteEvidence(quote_id, missing, missing, looked_in.id, as_reported_by=as_reported_by, fault=readable)
    words = quote.original or quote.text
    saved = readable.words.saved
    finding = look_up(words.plain, readable.words)
    place, doubts = _likeliest(finding, readable, _claim(quote, looked_in), quote.locator or "")
    status = place.status if place is not None else QuoteStatus.TRANSLATED if translated else finding.status
    nearest = None if translated else finding.nearest
    shown = place or nearest
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
        warnings=(*own, *doubts, *_emphasis(words)),
        as_reported_by=as_reported_by,
        elsewhere=None if place is not None or translated else texts.elsewhere(words.plain, looked_in),
    )


def _readable(source: Source, read_source: SourceReader) -> _Readable | str:
    try:
        saved = read_source(source)
    except SavedTextError as error:
        (problem,) = error.problems
        return f"{problem.message}; {problem.hint}"
    return _Readable(SourceIndex.of(saved), Attributions(saved))


def _likeliest(
    finding: Finding, readable: _Readable, claim: Claim, locator: str
) -> tuple[Found | None, tuple[Caution, ...]]:
    """Of the places where the quote stands, the one by the right speaker, then where the locator says, then the plainest."""
    best: tuple[tuple[int, int, bool], Found, tuple[Caution, ...]] | None = None
    saved = readable.words.saved
    for place in finding.places:
        attribution = readable.attributions.weigh(place, claim)
        other = misplaced(saved, locator, Location.of(saved, place.start, place.end))
        doubts = (*attribution.cautions, *([Caution(Doubt.OTHER_PLACE, other)] if other else []))
        wrong = sum(caution.doubt in _ON_SPEAKERS for caution in doubts)
        weight = (wrong, len(doubts) + len(place.cautions), not attribution.is_quoted)
        if best is None or weight < best[0]:
            best = (weight, place, doubts)
        if best[0] == (0, 0, False):
            break
    return (None, ()) if best is None else best[1:]


def _claim(quote: Quote, source: Source) -> Claim:
    bodies = (quote.organisation,) if quote.organisation else ()
    behind = [name for name in (source.author, source.publisher) if name]
    own_words = any(same_party(name, other) for name in (quote.speaker, *bodies) for other in behind)
    return Claim(quote.speaker, bodies, own_words, quote.role or "")


def _emphasis(words: QuotedWords) -> Iterator[Caution]:
    """Emphasis in a quote is the source's or the editor's, and the reader must be told which."""
    noted = any(mark.kind is MarkKind.NOTE for gap in take_apart(words.plain).gaps for mark in gap)
    if words.is_emphasised and not noted:
        message = "it has emphasis and does not say whose: add [emphasis added] or [emphasis in original]"
        yield Caution(Doubt.EMPHASIS_NOT_NOTED, message)
