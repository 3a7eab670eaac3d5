"""The timeline: a drawing, and the table it numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.document.blocks import Block, Figure, ParagraphRole, Row
from briefing.document.inlines import Text
from briefing.resolve.prose import ProseReader
from briefing.resolve.tables import caption, cell, columns, table, text
from briefing.resolve.timeline_drawing import draw
from briefing.resolve.wording import Wording
from briefing.schema import Event, PartialDate, Precision

DRAWING = "figure.timeline"
TABLE = "table-timeline"


def in_order(events: Sequence[Event]) -> list[tuple[int, Event]]:
    """The events with their places in the data, earliest first; of equal beginnings the vaguer date comes first."""
    return sorted(
        enumerate(events), key=lambda numbered: (numbered[1].date.first_day, numbered[1].date.precision, numbered[0])
    )


def timeline_blocks(events: Sequence[Event], today: PartialDate, wording: Wording) -> Iterator[Block]:
    """The drawn figure, then the table of events; `today` is the brief's own date."""
    ordered = in_order(events)
    dates = [event.date for _, event in ordered]
    yield Figure(
        id=DRAWING,
        origin="timeline",
        key="timeline",
        caption=caption(DRAWING, [Text(_caption(dates, today, wording))], wording("stop")),
        alt=_alt(dates, wording),
        content=draw(dates, today, wording),
    )
    heads = columns(
        TABLE,
        [
            ("number", wording("event_number"), 7.0),
            ("date", wording("event_date"), 20.0),
            ("event", wording("event"), 73.0),
        ],
    )
    rows = [_row(number, event, f"timeline[{index}]", wording) for number, (index, event) in enumerate(ordered, 1)]
    yield table(
        TABLE, "timeline", "timeline", caption(TABLE, [Text(wording("timeline_table"))], wording("stop")), heads, rows
    )


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
    reader = ProseReader(f"{name}.event", f"{origin}.event", ParagraphRole.CELL)
    return Row(
        name,
        origin,
        (
            cell(name, "number", [text(name, "number", "", str(number))]),
            cell(
                name,
                "date",
                [text(name, "date", f"{origin}.date", wording.date(event.date), role=ParagraphRole.CELL_LEAD)],
                header=True,
            ),
            cell(name, "event", reader.blocks(event.event, [(source, "") for source in event.sources])),
        ),
    )
