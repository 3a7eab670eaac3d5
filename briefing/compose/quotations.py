"""Quotes with full attribution, and what a reader is told of each one's verification: a mark and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from briefing.compose.composing import LONGEST_NAME, Composer, Composing, shortened
from briefing.compose.prose_blocks import ProseReader, with_citation
from briefing.compose.wording import PARTED, Wording
from briefing.document.inlines import CrossReference, Inline, Mark, MarkKind, Text
from briefing.document.tree import Paragraph, ParagraphRole, Quotation
from briefing.document.walk import rewrite
from briefing.quotes.verdict import QuoteEvidence, QuoteStatus
from briefing.schema import EvidenceShown, Quote, Source, SourceKind
from briefing.series.changes import Change

SHAPES: Final[dict[QuoteStatus, tuple[str, str]]] = {
    QuoteStatus.VERBATIM: ("verbatim", "✓"),
    QuoteStatus.MARKED: ("marked", "✓"),
    QuoteStatus.ALTERED: ("altered", "✗"),
    QuoteStatus.NOT_FOUND: ("not_found", "✗"),
    QuoteStatus.NO_SAVED_TEXT: ("unchecked", "○"),
    QuoteStatus.TRANSLATED: ("translated", "○"),
    QuoteStatus.SOURCE_CHANGED: ("source_changed", "▲"),
}
"""For each status its machine name and its shape; the words are the labels `verified_<name>`."""


def verification(evidence: QuoteEvidence, show: EvidenceShown, wording: Wording) -> tuple[Inline, ...]:
    """The mark, held apart from what goes before it; nothing when the brief does not show it."""
    if show is EvidenceShown.NONE or (show is EvidenceShown.PROBLEMS and evidence.is_verified):
        return ()
    value, shape = SHAPES[evidence.status]
    return (Text(PARTED), Mark(MarkKind.VERIFICATION, value, shape, wording(f"verified_{value}")))


def _blocks(composing: Composing) -> Iterator[Quotation | Paragraph]:
    """A quotation for each quote, in the data's order; labels are numbered later. First, how many of them were checked."""
    brief, evidence, wording = composing.brief, composing.evidence, composing.wording
    sources = {source.id: source for source in brief.sources}
    verified = sum(str(quote.id) in evidence and evidence[str(quote.id)].is_verified for quote in brief.quotes)
    if verified and brief.evidence.show is EvidenceShown.PROBLEMS:
        said = wording.counted("checked", verified, len(brief.quotes))
        yield Paragraph("quotes.checked", "quotes", ParagraphRole.INTRODUCTION, (Text(said),))
    for index, quote in enumerate(brief.quotes):
        yield _quotation(quote, f"quotes[{index}]", sources, evidence.get(str(quote.id)), brief.evidence.show, wording)


def _quotation(
    quote: Quote,
    origin: str,
    sources: Mapping[str, Source],
    evidence: QuoteEvidence | None,
    show: EvidenceShown,
    wording: Wording,
) -> Quotation:
    name = f"quote-{quote.id}"
    reader = ProseReader(f"{name}.words", f"{origin}.text", ParagraphRole.QUOTE)
    said = _attribution(quote, sources, evidence, wording)
    verdict = verification(evidence, show, wording) if evidence is not None else ()
    words = reader.quote(quote.text, wording("quotation_open"), wording("quotation_close"))
    return Quotation(
        id=name,
        origin=origin,
        label="",
        words=words if quote.original or not quote.language else rewrite(words, partial(_spoken, quote.language)),
        attribution=Paragraph(f"{name}.attribution", f"{origin}.speaker", ParagraphRole.ATTRIBUTION, (*said, *verdict)),
        details=tuple(_details(quote, name, origin, wording)),
    )


def _spoken(language: str, node: Any) -> Any:
    """A piece of text as one in that language."""
    return replace(node, language=language) if isinstance(node, Text) else node


def _attribution(
    quote: Quote, sources: Mapping[str, Source], evidence: QuoteEvidence | None, wording: Wording
) -> tuple[Inline, ...]:
    body = quote.organisation if quote.organisation != quote.speaker else None
    parts = [quote.speaker, quote.role, body, wording.date(quote.date) if quote.date else None]
    said = wording("comma").join(part for part in parts if part)
    source = sources.get(quote.source) if quote.source else None
    if source is not None:
        reporter = reported_by(source, sources, wording)
        if reporter:
            said += wording("comma") + wording("as_reported_by", name=reporter)
        elif source.kind is SourceKind.HEARSAY:
            said += wording("comma") + wording("hearsay")
    found = (evidence.default_locator if evidence else None) or ""
    return with_citation((Text(said),), [(quote.source, quote.locator or found)] if quote.source else [])


def reported_by(source: Source, sources: Mapping[str, Source], wording: Wording) -> str:
    """Who reports what `source` says: the publisher, author or title of the source it came by; empty when it is first-hand."""
    via = sources.get(source.via) if source.via else None
    if via is None:
        return ""
    return via.publisher or via.author or wording.quoted(via.title)


def _details(quote: Quote, name: str, origin: str, wording: Wording) -> Iterator[Paragraph]:
    def detail(key: str, children: tuple[Inline, ...]) -> Paragraph:
        return Paragraph(f"{name}.{key}", f"{origin}.{key}", ParagraphRole.DETAIL, children)

    for key, text in (("context", quote.context), ("note", quote.note)):
        if text:
            yield detail(key, (*wording.label(key), *ProseReader(f"{name}.{key}", f"{origin}.{key}").line(text)))
    if quote.original:
        said = Text(wording.quoted(quote.original.plain), quote.language or "")
        yield detail("original", (*wording.label("original"), said))
    if quote.translated_by:
        yield detail("translated_by", (Text(wording("translated_by", name=quote.translated_by)),))


def _described(change: Change, composing: Composing) -> tuple[Inline, ...]:
    if change.path:
        return (CrossReference(f"quote-{change.item}", ""), Text(f" ({change.name})"))
    said = composing.wording.quoted(shortened(change.before, LONGEST_NAME))
    return (Text(f"{change.name}{composing.wording('comma')}{said}"),)


QUOTATIONS: Final = Composer(_blocks, _described)
