"""The timeline: a drawing to scale, and a table of the events where their words have no room beside their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composer, Composing, by_name
from briefing.compose.prose_blocks import ProseReader
from briefing.compose.timeline_drawing import draw_labelled, draw_numbered
from briefing.compose.typography import typeset
from briefing.compose.wording import Wording
from briefing.document.inlines import Citation, Emphasis, Inline, Strong, Text
from briefing.document.reading import inline_text
from briefing.document.tree import Block, DataRow, DrawnData, Figure, Paragraph, ParagraphRole, Row
from briefing.schema import Event, PartialDate, Precision
from briefing.series.changes import Change

DRAWING = "figure.timeline"
TABLE = "table-timeline"


def in_order(events: Sequence[Event]) -> list[tuple[int, Event]]:
    """The events with their places in the data, earliest first; of equal beginnings the vaguer date comes first."""
    return sorted(
        enumerate(events), key=lambda numbered: (numbered[1].date.first_day, numbered[1].date.precision, numbered[0])
    )


def _blocks(composing: Composing) -> Iterator[Block]:
    """The drawn figure, then, where the events have no room in it, the table of them."""
    today, wording = composing.brief.date, composing.wording
    ordered = in_order(composing.brief.timeline)
    dates = [event.date for _, event in ordered]
    paragraphs = [_plain(event, index, wording) for index, event in ordered]
    said = [words for each in paragraphs if each is not None and (words := _words(each.children))]
    drawing = None
    if len(said) == len(ordered):
        drawing = draw_labelled(dates, said, today, composing.sheet, wording)
    title: list[Inline] = [Text(_caption(dates, today, wording))]
    if drawing is not None:
        title += _sources(dates, paragraphs, wording)
        told = [f"{wording.date(date)}{wording('colon')}{words}" for date, words in zip(dates, said, strict=True)]
        alt = wording("timeline_alt_labelled", events=wording("semicolon").join(told))
        data = DrawnData(
            (Text(wording("event_date")), Text(wording("event"))),
            tuple(
                DataRow(f"timeline[{index}]", (Text(wording.date(date)), Text(words)))
                for (index, _), date, words in zip(ordered, dates, said, strict=True)
            ),
        )
        named = caption(DRAWING, title, wording("stop"))
        yield Figure(DRAWING, "timeline", "timeline", named, alt, drawing, data=data)
        return
    drawing = draw_numbered(dates, today, composing.sheet, wording)
    yield Figure(
        DRAWING, "timeline", "timeline", caption(DRAWING, title, wording("stop")), _alt(dates, wording), drawing
    )
    wanted = [
        ("number", wording("event_number"), 7.0),
        ("date", wording("event_date"), 20.0),
        ("event", wording("event"), 73.0),
    ]
    rows = [_row(number, event, f"timeline[{index}]", wording) for number, (index, event) in enumerate(ordered, 1)]
    heading = caption(TABLE, [Text(wording("timeline_table"))], wording("stop"))
    yield table(TABLE, "timeline", "timeline", heading, columns(TABLE, wanted), rows)


def _plain(event: Event, index: int, wording: Wording) -> Paragraph | None:
    """What is said of an event, where a drawing can say it: one paragraph without links and notes."""
    reader = ProseReader(f"event-{event.id}.event", f"timeline[{index}].event")
    blocks = reader.blocks(event.event, [(source, "") for source in event.sources])
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
        return None
    paragraph = typeset(blocks[0], wording)
    is_plain = all(isinstance(each, Text | Strong | Emphasis | Citation) for each in paragraph.children)
    return paragraph if is_plain else None


def _words(children: Sequence[Inline]) -> str:
    """The words of an event without its citations, and without the space before them."""
    kept = "".join(inline_text((each,)) if not isinstance(each, Citation) else "\0" for each in children)
    return " ".join(kept.replace("\u00a0\0", "").replace(" \0", "").replace("\0", "").split(" ")).strip()


def _sources(
    dates: Sequence[PartialDate], paragraphs: Sequence[Paragraph | None], wording: Wording
) -> Iterator[Inline]:
    """What the events cite, by their dates."""
    lead = [Text(" "), Text(wording("timeline_sources") + wording("colon"))]
    for date, paragraph in zip(dates, paragraphs, strict=True):
        cites = [each for each in paragraph.children if isinstance(each, Citation)] if paragraph else []
        if cites:
            yield from lead
            yield Text(f"{wording.date(date)}\u00a0")
            for place, each in enumerate(cites):
                yield from ((Text(" "), each) if place else (each,))
            lead = [Text(wording("semicolon"))]
    if lead[0] == Text(wording("semicolon")):
        yield Text(wording("stop").rstrip())


def _caption(dates: Sequence[PartialDate], today: PartialDate, wording: Wording) -> str:
    parts = [wording("timeline_drawing")]
    if any(date.precision is not Precision.DAY for date in dates):
        parts.append(wording("timeline_span"))
    if any(date.first_day > today.last_day for date in dates):
        parts.append(wording("timeline_ahead", date=wording.date(today)))
    return " ".join(parts)


def _alt(dates: Sequence[PartialDate], wording: Wording) -> str:
    if len(dates) == 1:
        return wording("timeline_alt_one", start=wording.date(dates[0]))
    return wording("timeline_alt", start=wording.date(dates[0]), end=wording.date(dates[-1]), count=len(dates))


def _row(number: int, event: Event, origin: str, wording: Wording) -> Row:
    name = f"event-{event.id}"
    number_cell = cell(name, "number", [text(name, "number", "", str(number))])
    date = text(name, "date", f"{origin}.date", wording.date(event.date), role=ParagraphRole.CELL_LEAD)
    reader = ProseReader(f"{name}.event", f"{origin}.event", ParagraphRole.CELL)
    said = reader.blocks(event.event, [(source, "") for source in event.sources])
    return Row(name, origin, (number_cell, cell(name, "date", [date], header=True), cell(name, "event", said)))


def _described(change: Change, composing: Composing) -> tuple[Inline, ...]:
    told, event = by_name(change, composing), composing.item(change)
    return told if event is None else (Text(composing.wording.date(event.date) + composing.wording("comma")), *told)


TIMELINE: Final = Composer(_blocks, _described, marked="event", mark_in_line=True)
