"""What is printed of a source."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.document.inlines import CrossReference, Inline, Link, Text
from briefing.resolve.wording import Wording
from briefing.schema import Source


def entry(source: Source, sources: Mapping[str, Source], noted: frozenset[str], wording: Wording) -> tuple[Inline, ...]:
    """Author, title, publisher and date; kind and the source that reports it; address and date read; what to know of it.

    `noted` are the ids of sources that have a number: the reporting source is named by it, or else spelled out.
    """
    stop = wording("stop")
    parts: list[list[Inline]] = [[Text(_what(source, wording))]]
    if source.kind is not None:
        parts.append([Text(wording(f"{source.kind.value}_source"))])
    via = sources.get(source.via) if source.via else None
    if via is not None:
        before, after = wording.labels["reported_by_source"].split("{source}")
        if parts[1:]:
            parts[-1].append(Text(wording("comma") + before))
        else:
            parts.append([Text(before[:1].upper() + before[1:])])
        parts[-1].append(CrossReference(f"source-{via.id}", "") if via.id in noted else Text(_what(via, wording)))
        if after:
            parts[-1].append(Text(after))
    if source.url:
        parts.append([Link(source.url, (Text(source.url),))])
        if source.accessed:
            parts[-1].append(Text(f" ({wording('accessed', date=wording.date(source.accessed))})"))
    elif source.accessed:
        said = wording("accessed", date=wording.date(source.accessed))
        parts.append([Text(said[:1].upper() + said[1:])])
    if source.note:
        parts.append([Text(source.note.rstrip("."))])
    line: list[Inline] = []
    for part in parts:
        line += [*part, Text(stop)]
    line[-1] = Text(stop.rstrip())
    return tuple(line)


def _what(source: Source, wording: Wording) -> str:
    date = wording.date(source.published) if source.published else wording("undated")
    return wording("comma").join(
        part for part in (source.author, wording.quoted(source.title), source.publisher, date) if part
    )
