"""The drawn timeline: to scale, its events labelled beside their marks, or numbered where their words have no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from msgspec import Struct

from briefing.compose.canvas import Area, Canvas
from briefing.compose.time_scale import Scale
from briefing.compose.wording import Wording
from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Stroke
from briefing.document.sheet import Sheet
from briefing.schema import PartialDate, Precision

_MARGIN: Final = 22.0
_MARK: Final = 3.6
"""The radius of a mark without a number."""
_NEAR: Final = 11.0
"""From the axis to the nearest words above it."""
_MOST_LABELLED: Final = 12
_WIDTHS: Final = (150.0, 125.0, 104.0, 84.0)
"""How wide the words of an event are set, the first that fit."""
_MOST_LINES: Final = 6
_REACH: Final = 118.0
"""How far words reach from the axis."""
_MOST_LANES: Final = 10
"""A drawing with more is too high to be read on a page: its events are grouped."""
_STRETCHES: Final = 8
"""In how many parts the axis is cut whose events make a group each."""


def draw_labelled(
    dates: Sequence[PartialDate], said: Sequence[str], today: PartialDate, sheet: Sheet, wording: Wording
) -> Drawing | None:
    """The drawing for events at `dates`, in order, each with its date and what is `said` of it beside its mark; those after `today` are hollow.

    None where the words have no room.
    """
    if len(dates) > _MOST_LABELLED:
        return None
    for width in _WIDTHS:
        canvas = Canvas(sheet, sheet.width, sheet.size)
        texts = [
            [*canvas.wrapped(wording.short(date), width, strong=True), *canvas.wrapped(text, width)]
            for date, text in zip(dates, said, strict=True)
        ]
        last = max(canvas.measure(line, strong=place == 0) for place, line in enumerate(texts[-1]))
        scale = Scale.around(dates, _MARGIN - 10, sheet.width - max(last, 30) - 8)
        placed = _placed(canvas, [scale.middle(date) for date in dates], texts)
        if placed is not None:
            return _labelled(canvas, scale, dates, texts, placed, today, wording)
    return None


class _Flag(Struct, frozen=True):
    """Where the words of an event stand, `area` being measured from the axis: above it where it is negative."""

    x: float
    area: Area

    @property
    def stem(self) -> Stroke:
        """The line from the axis to the words, and along them."""
        return Stroke(self.x, 0, self.x, self.area.top if self.area.top < 0 else self.area.bottom, 0.75, Ink.AXIS)


def _placed(canvas: Canvas, places: Sequence[float], texts: Sequence[Sequence[str]]) -> list[_Flag] | None:
    """The words of each event beside its stem, above or below the axis, the last one first so that no stem runs through words."""
    flags: dict[int, _Flag] = {}
    if any(len(lines) > _MOST_LINES for lines in texts):
        return None
    for index in range(len(places) - 1, -1, -1):
        height = len(texts[index]) * canvas.line
        width = max(canvas.measure(line, strong=place == 0) for place, line in enumerate(texts[index])) + 4
        near = [
            (away, side)
            for side in ((-1, 1) if index % 2 == 0 else (1, -1))
            for away in range(0, int(_REACH - height), 4)
        ]
        for away, side in sorted(near, key=lambda each: each[0]):
            top = -_NEAR - away - height if side < 0 else _NEAR + 8 + canvas.line + away
            flag = _Flag(places[index], Area(places[index], top, places[index] + width, top + height))
            if flag.area.right <= canvas.width and not any(_meet(flag, other) for other in flags.values()):
                flags[index] = flag
                break
        else:
            return None
    return [flags[index] for index in range(len(places))]


def _meet(one: _Flag, other: _Flag) -> bool:
    """Whether two flags, or the stem of one and the words of the other, touch."""
    wide = [Area(each.area.left + 0.1, each.area.top, each.area.right + 3, each.area.bottom) for each in (one, other)]
    return (
        one.area.meets(other.area, 3)
        or wide[1].is_crossed(one.stem)
        or wide[0].is_crossed(other.stem)
        or (abs(one.x - other.x) < 2 and (one.area.top < 0) == (other.area.top < 0))
    )


def _labelled(
    canvas: Canvas,
    scale: Scale,
    dates: Sequence[PartialDate],
    texts: Sequence[Sequence[str]],
    flags: Sequence[_Flag],
    today: PartialDate,
    wording: Wording,
) -> Drawing:
    axis = 4 - min(0.0, *(flag.area.top for flag in flags))
    axis = max(axis, 10.0)
    for date, flag in zip(dates, flags, strict=True):
        stem = flag.stem
        canvas.add(Stroke(stem.x1, axis, stem.x2, axis + stem.y2, 0.75, Ink.AXIS, _is_ahead(date, today)))
    scale.axis(canvas, axis)
    _spans(canvas, scale, dates, axis)
    for date, flag in zip(dates, flags, strict=True):
        canvas.add(Disc(flag.x, axis, _MARK, Ink.MARKER, _is_ahead(date, today)))
    for lines, flag in zip(texts, flags, strict=True):
        top = canvas.lines(flag.x + 4, axis + flag.area.top, lines[:1], strong=True)
        canvas.lines(flag.x + 4, top, lines[1:])
    scale.ticks(canvas, axis, wording)
    low = max(flag.area.bottom for flag in flags)
    return canvas.drawing(axis + max(low, 12 + canvas.size) + 3)


def _is_ahead(date: PartialDate, today: PartialDate) -> bool:
    return date.first_day > today.last_day


def _spans(canvas: Canvas, scale: Scale, dates: Sequence[PartialDate], axis: float) -> None:
    """A bar along the axis for each month and year whose day is not known."""
    for date in dates:
        if date.precision is not Precision.DAY:
            left, right = scale.at(date.first_day), scale.at(date.last_day)
            canvas.add(Box(left, axis - 2.5, max(right - left, 2.0), 5, Ink.MUTED))


class _Sign(Struct, frozen=True):
    """What stands on the axis for an event, or for several that have no room each: `half` is half its width."""

    x: float
    label: str
    ahead: bool
    half: float


def draw_numbered(dates: Sequence[PartialDate], today: PartialDate, sheet: Sheet, wording: Wording) -> Drawing:
    """The drawing for events at `dates`, numbered from 1 in that order; those after `today` are hollow."""
    canvas = Canvas(sheet, sheet.width, sheet.size)
    radius = canvas.size * 0.88
    lane = 2 * radius + 3
    scale = Scale.around(dates, _MARGIN, sheet.width - _MARGIN)
    ahead = [_is_ahead(date, today) for date in dates]
    signs = [_Sign(scale.middle(date), str(number), ahead[number - 1], radius) for number, date in enumerate(dates, 1)]
    lanes = _lanes([sign.x for sign in signs], 2 * radius + 1.5)
    if max(lanes) >= _MOST_LANES or len(dates) > 99:
        signs = list(_grouped(scale, dates, ahead, canvas, radius))
        lanes = [
            int(one.ahead and not before.ahead and one.x - before.x < one.half + before.half)
            for before, one in pairwise([signs[0], *signs])
        ]
    axis = 14.0 + (max(lanes) + 1) * lane + radius
    heights = [axis - radius - 6 - number * lane for number in lanes]
    for sign, y in zip(signs, heights, strict=True):
        canvas.add(Stroke(sign.x, y + radius, sign.x, axis, 0.75, Ink.AXIS, sign.ahead))
    scale.axis(canvas, axis)
    _spans(canvas, scale, dates, axis)
    for sign, y in zip(signs, heights, strict=True):
        if sign.half == radius:
            canvas.add(Disc(sign.x, y, radius, Ink.MARKER, sign.ahead))
        else:
            canvas.add(Box(sign.x - sign.half, y - radius, 2 * sign.half, 2 * radius, Ink.MARKER))
            if sign.ahead:
                half, high = sign.half - 1.2, radius - 1.2
                canvas.add(Box(sign.x - half, y - high, 2 * half, 2 * high, Ink.PAPER))
        ink = Ink.TEXT if sign.ahead else Ink.PAPER
        canvas.label(sign.x, y + canvas.size * 0.36, sign.label, Anchor.MIDDLE, strong=True, ink=ink)
    scale.ticks(canvas, axis, wording)
    return canvas.drawing(axis + 16 + canvas.size * 1.3)


def _grouped(
    scale: Scale, dates: Sequence[PartialDate], ahead: Sequence[bool], canvas: Canvas, radius: float
) -> Iterator[_Sign]:
    """A sign for all events of each part of the axis, those after today apart: ``3–17``."""
    part = (canvas.width - 2 * _MARGIN) / _STRETCHES

    def stretch(number: int) -> tuple[int, bool]:
        along = scale.at(dates[number - 1].first_day) - _MARGIN
        return min(max(int(along // part), 0), _STRETCHES - 1), ahead[number - 1]

    for (place, is_ahead), group in groupby(range(1, len(dates) + 1), stretch):
        numbers = list(group)
        middle = sum(scale.at(dates[number - 1].first_day) for number in numbers) / len(numbers)
        label = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        width = canvas.measure(label, strong=True) / 2
        half = radius if width < radius - 1.5 and len(numbers) == 1 else 4 + width
        left = _MARGIN + place * part
        yield _Sign(min(max(middle, left + half), left + part - half), label, is_ahead, half)


def _lanes(places: Sequence[float], apart: float) -> list[int]:
    """The lane of each disc, counted from the axis, so that no disc touches another nor stands on another's stem."""
    taken: list[list[float]] = []
    lanes = []
    for x in places:
        lane = 0
        while lane < len(taken) and any(abs(x - other) < apart for other in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append(x)
        lanes.append(lane)
    return lanes
