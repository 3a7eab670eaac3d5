"""Days along an axis, with breaks where nothing happens for long, and its years, months and days in the brief's language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from briefing.compose.canvas import Canvas
from briefing.compose.wording import Wording
from briefing.document.drawing import Anchor, Box, Ink, Stroke
from briefing.schema import PartialDate

_BREAK: Final = 22.0
"""Points that a break takes on the axis."""
_LONG: Final = 0.4
"""A gap of this part of the whole time is left out."""
_LEAST_GAP: Final = 100
"""Days: a shorter gap is drawn."""
_SHORTEST: Final = 56.0
"""Points: a stretch between breaks is no shorter."""
_APART: Final = 10.0
"""Points between the labels of an axis."""


class Stretch(Struct, frozen=True):
    """A part of the axis without a break: from the day `first` at `left` to the day `last` at `right`."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days it is long; at least one."""
        return max((self.last - self.first).days, 1)

    def at(self, day: datetime.date) -> float:
        """Where `day` stands."""
        return self.left + (self.right - self.left) * (day - self.first).days / self.days


class Scale(Struct, frozen=True):
    """Days to points along the axis."""

    stretches: tuple[Stretch, ...]

    @classmethod
    def around(cls, dates: Sequence[PartialDate], left: float, right: float) -> Scale:
        """A scale that holds all of `dates` with a little air, each stretch of it no less than a month."""
        parts = list(_parts(dates))
        days = [(last - first).days or 1 for first, last in parts]
        room = right - left - _BREAK * (len(parts) - 1)
        widths = _shared(days, room)
        stretches = []
        for (first, last), width in zip(parts, widths, strict=True):
            stretches.append(Stretch(first, last, left, left + width))
            left += width + _BREAK
        return cls(tuple(stretches))

    def at(self, day: datetime.date) -> float:
        """Where `day` stands, in points from the left."""
        return next((each for each in self.stretches if day <= each.last), self.stretches[-1]).at(day)

    def middle(self, date: PartialDate) -> float:
        """Where the middle of a day, month or year stands."""
        return (self.at(date.first_day) + self.at(date.last_day)) / 2

    def axis(self, canvas: Canvas, y: float) -> None:
        """Draw the axis at `y`, open and with two slanted strokes where it leaves time out."""
        ends = self.stretches[0].left - 8, self.stretches[-1].right + 8
        canvas.add(Stroke(ends[0], y, ends[1], y, 1.25, Ink.AXIS))
        for before, after in pairwise(self.stretches):
            middle = (before.right + after.left) / 2
            canvas.add(Box(middle - 2.5, y - 2, 5, 4, Ink.PAPER))
            canvas.add(*(Stroke(x - 2, y + 5, x + 2, y - 5, 1, Ink.AXIS) for x in (middle - 2.5, middle + 2.5)))

    def ticks(self, canvas: Canvas, y: float, wording: Wording) -> None:
        """Draw years, months or days below the axis at `y`, as many as have room; years are strong."""
        for stretch in self.stretches:
            for day, label, strong in _ticks(stretch, canvas, wording):
                x = stretch.at(day)
                canvas.add(Stroke(x, y, x, y + (7 if strong else 4), 0.75, Ink.AXIS))
                baseline = y + 9 + canvas.size
                area = canvas.area(x, baseline, label, Anchor.MIDDLE, strong=strong)
                if canvas.is_free(area, 3):
                    canvas.label(x, baseline, label, Anchor.MIDDLE, strong=strong)


def _parts(dates: Sequence[PartialDate]) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The first and the last day of each stretch, with air around its dates."""
    spans = sorted((date.first_day, date.last_day) for date in dates)
    whole = (max(last for _, last in spans) - spans[0][0]).days
    groups = [[*spans[0]]]
    for first, last in spans[1:]:
        gap = (first - groups[-1][1]).days
        if len(dates) > 2 and gap > _LONG * whole and gap > _LEAST_GAP:
            groups.append([first, last])
        else:
            groups[-1][1] = max(groups[-1][1], last)
    for first, last in groups:
        air = max((last - first).days // 25, 3)
        if (last - first).days < 30:
            air = max(air, (30 - (last - first).days) // 2)
        yield _shifted(first, -air), _shifted(last, air)


def _shifted(day: datetime.date, days: int) -> datetime.date:
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


def _shared(days: Sequence[int], room: float) -> list[float]:
    """The room of each stretch by its days, none below what its labels need."""
    least = min(_SHORTEST, room / len(days))
    free = room - least * len(days)
    return [least + free * each / sum(days) for each in days]


def _ticks(stretch: Stretch, canvas: Canvas, wording: Wording) -> Iterator[tuple[datetime.date, str, bool]]:
    """The ticks of a stretch; where no year is among them, the first one says it."""
    found = list(_days(stretch, canvas, wording))
    if found and not any(strong for _, _, strong in found):
        day, _, _ = found[0]
        skeleton = "yMMM" if stretch.days > 62 else "yMMMd"
        found[0] = day, wording.short_date(day, skeleton), False
    return iter(found)


def _days(stretch: Stretch, canvas: Canvas, wording: Wording) -> Iterator[tuple[datetime.date, str, bool]]:
    first, last, days = stretch.first, stretch.last, stretch.days
    width = stretch.right - stretch.left
    if days > 365 * 2:
        room = max(width / (canvas.measure("2000", strong=True) + _APART), 1)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 10000) if days / 365.25 / step <= room)
        for year in range(first.year + 1, last.year + 1):
            if year % step == 0:
                yield datetime.date(year, 1, 1), str(year), True
    elif days > 62:
        room = max(width / (canvas.measure("mmmm.") + _APART), 1)
        year, month = first.year, first.month
        step = next(step for step in (1, 2, 3, 6) if days / 30.4 / step <= room or step == 6)
        while (year, month) < (last.year, last.month):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            if (month - 1) % step == 0:
                day = datetime.date(year, month, 1)
                yield day, str(year) if month == 1 else wording.short_date(day, "MMM"), month == 1
    else:
        room = max(width / (canvas.measure("30. mmmm.") + _APART), 1)
        step = next((step for step in (2, 7, 14) if days / step <= room), 28)
        for offset in range(step, days, step):
            day = first + datetime.timedelta(days=offset)
            yield day, wording.short_date(day, "MMMd"), False
