"""The timeline: a drawing to scale with a numbered disc an event, and the table it numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composer, Composing, by_name
from briefing.compose.prose_blocks import ProseReader
from briefing.compose.wording import Wording
from briefing.document.drawing import TYPE_SIZE, Anchor, Box, Disc, Drawing, Ink, Label, Shape, Stroke
from briefing.document.inlines import Inline, Text
from briefing.document.tree import Block, Figure, ParagraphRole, Row
from briefing.schema import Event, PartialDate, Precision
from briefing.series.changes import Change

WIDTH = 468.0
MARGIN = 22.0
RADIUS = 7.5
LANE = 18.0
TICK_ROOM = 30.0
LABEL_ROOM = 38.0
MOST_LANES = 10
"""A drawing with more is too high to be read on a page: its events are grouped."""
STRETCHES = 8
STRETCH = (WIDTH - 2 * MARGIN) / STRETCHES
"""How long the part of the axis is whose events make a group, in points."""
LETTER = 5.0
"""About how wide a digit is."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to points along the axis."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def around(cls, dates: Sequence[PartialDate]) -> Scale:
        """A scale that holds all of `dates` with a little air, and never less than a month."""
        first = min(date.first_day for date in dates)
        last = max(date.last_day for date in dates)
        air = max((last - first).days // 25, 3)
        if (last - first).days < 30:
            air = max(air, (30 - (last - first).days) // 2)
        return cls(_shifted(first, -air), _shifted(last, air))

    @property
    def days(self) -> int:
        """How many days the axis is long; at least one."""
        return max((self.last - self.first).days, 1)

    def at(self, day: datetime.date) -> float:
        """Where `day` stands, in points from the left."""
        return MARGIN + (WIDTH - 2 * MARGIN) * (day - self.first).days / self.days

    def middle(self, date: PartialDate) -> float:
        """Where the middle of a day, month or year stands."""
        return (self.at(date.first_day) + self.at(date.last_day)) / 2


def _shifted(day: datetime.date, days: int) -> datetime.date:
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True)
class _Sign:
    """What stands on the axis for an event, or for several that have no room each: `half` is half its width."""

    x: float
    label: str
    ahead: bool
    half: float = RADIUS


def draw(dates: Sequence[PartialDate], today: PartialDate, wording: Wording) -> Drawing:
    """The drawing for events at `dates`, numbered from 1 in that order; those after `today` are hollow."""
    scale = Scale.around(dates)
    ahead = [date.first_day > today.last_day for date in dates]
    signs = [_Sign(scale.middle(date), str(number), ahead[number - 1]) for number, date in enumerate(dates, 1)]
    lanes = _lanes([sign.x for sign in signs])
    if max(lanes) >= MOST_LANES:
        signs = list(_grouped(scale, dates, ahead))
        lanes = [
            int(one.ahead and not before.ahead and one.x - before.x < one.half + before.half)
            for before, one in pairwise([signs[0], *signs])
        ]
    axis = 14.0 + (max(lanes) + 1) * LANE + RADIUS
    shapes: list[Shape] = [Stroke(MARGIN - 10, axis, WIDTH - MARGIN + 10, axis, 1.25, Ink.AXIS)]
    shapes += _ticks(scale, axis, wording)
    for date in dates:
        if date.precision is not Precision.DAY:
            left, right = scale.at(date.first_day), scale.at(date.last_day)
            shapes.append(Box(left, axis - 2.5, max(right - left, 2.0), 5, Ink.MUTED))
    heights = [axis - RADIUS - 6 - lane * LANE for lane in lanes]
    shapes += [
        Stroke(sign.x, y + RADIUS, sign.x, axis, 0.75, Ink.AXIS, dashed=sign.ahead)
        for sign, y in zip(signs, heights, strict=True)
    ]
    for sign, y in zip(signs, heights, strict=True):
        if sign.half == RADIUS:
            shapes.append(Disc(sign.x, y, RADIUS, Ink.MARKER, hollow=sign.ahead))
        else:
            shapes.append(Box(sign.x - sign.half, y - RADIUS, 2 * sign.half, 2 * RADIUS, Ink.MARKER))
            if sign.ahead:
                inner = sign.half - 1.2, RADIUS - 1.2
                shapes.append(Box(sign.x - inner[0], y - inner[1], 2 * inner[0], 2 * inner[1], Ink.PAPER))
        ink = Ink.TEXT if sign.ahead else Ink.PAPER
        shapes.append(Label(sign.x, y + 3.1, sign.label, TYPE_SIZE, Anchor.MIDDLE, strong=True, ink=ink))
    return Drawing(WIDTH, axis + TICK_ROOM, tuple(shapes))


def _grouped(scale: Scale, dates: Sequence[PartialDate], ahead: Sequence[bool]) -> Iterator[_Sign]:
    """A sign for all events of each stretch of the axis, those after today apart: ``3–17``."""

    def stretch(number: int) -> tuple[int, bool]:
        along = scale.at(dates[number - 1].first_day) - MARGIN
        return min(int(along // STRETCH), STRETCHES - 1), ahead[number - 1]

    for (place, is_ahead), group in groupby(range(1, len(dates) + 1), stretch):
        numbers = list(group)
        middle = sum(scale.at(dates[number - 1].first_day) for number in numbers) / len(numbers)
        label = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        half = RADIUS if len(label) < 4 and len(numbers) == 1 else 4 + LETTER * len(label) / 2
        left = MARGIN + place * STRETCH
        yield _Sign(min(max(middle, left + half), left + STRETCH - half), label, is_ahead, half)


def _lanes(places: Sequence[float]) -> list[int]:
    """The lane of each disc, counted from the axis, so that no disc touches another nor stands on another's stem."""
    taken: list[list[float]] = []
    lanes = []
    for x in places:
        lane = 0
        while lane < len(taken) and any(abs(x - other) < 2 * RADIUS + 1.5 for other in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append(x)
        lanes.append(lane)
    return lanes


def _ticks(scale: Scale, axis: float, wording: Wording) -> Iterator[Shape]:
    """Years, months or days, as many as have room; years are printed strong."""
    free = MARGIN - LABEL_ROOM
    for day, label, strong in _tick_days(scale, wording):
        x = scale.at(day)
        yield Stroke(x, axis, x, axis + (7 if strong else 4), 0.75, Ink.AXIS)
        if x - free >= LABEL_ROOM and x <= WIDTH - MARGIN + 8:
            yield Label(x, axis + 18, label, TYPE_SIZE, Anchor.MIDDLE, strong=strong)
            free = x


def _tick_days(scale: Scale, wording: Wording) -> Iterator[tuple[datetime.date, str, bool]]:
    room = (WIDTH - 2 * MARGIN) / LABEL_ROOM
    if scale.days > 365 * 2:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 10000) if scale.days / 365.25 / step <= room)
        for year in range(scale.first.year + 1, scale.last.year + 1):
            if year % step == 0:
                yield datetime.date(year, 1, 1), str(year), True
    elif scale.days > 62:
        year, month = scale.first.year, scale.first.month
        step = next(step for step in (1, 2, 3, 6) if scale.days / 30.4 / step <= room or step == 6)
        while (year, month) < (scale.last.year, scale.last.month):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            if (month - 1) % step == 0:
                day = datetime.date(year, month, 1)
                yield day, str(year) if month == 1 else wording.short_month(PartialDate(year, month)), month == 1
    else:
        step = 7 if scale.days > 20 else 2
        for offset in range(step, scale.days, step):
            day = scale.first + datetime.timedelta(days=offset)
            yield day, f"{day.day} {wording.short_month(PartialDate(day.year, day.month))}", False


DRAWING = "figure.timeline"
TABLE = "table-timeline"


def in_order(events: Sequence[Event]) -> list[tuple[int, Event]]:
    """The events with their places in the data, earliest first; of equal beginnings the vaguer date comes first."""
    return sorted(
        enumerate(events), key=lambda numbered: (numbered[1].date.first_day, numbered[1].date.precision, numbered[0])
    )


def _blocks(composing: Composing) -> Iterator[Block]:
    """The drawn figure, then the table of events."""
    today, wording = composing.brief.date, composing.wording
    ordered = in_order(composing.brief.timeline)
    dates = [event.date for _, event in ordered]
    yield Figure(
        id=DRAWING,
        origin="timeline",
        key="timeline",
        caption=caption(DRAWING, [Text(_caption(dates, today, wording))], wording("stop")),
        alt=_alt(dates, wording),
        content=draw(dates, today, wording),
    )
    wanted = [
        ("number", wording("event_number"), 7.0),
        ("date", wording("event_date"), 20.0),
        ("event", wording("event"), 73.0),
    ]
    rows = [_row(number, event, f"timeline[{index}]", wording) for number, (index, event) in enumerate(ordered, 1)]
    title = caption(TABLE, [Text(wording("timeline_table"))], wording("stop"))
    yield table(TABLE, "timeline", "timeline", title, columns(TABLE, wanted), rows)


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


def _told(change: Change, composing: Composing) -> tuple[Inline, ...]:
    told, event = by_name(change, composing), composing.item(change)
    return told if event is None else (Text(composing.wording.date(event.date) + composing.wording("comma")), *told)


TIMELINE: Final = Composer(_blocks, _told, marked="event", mark_in_line=True)
