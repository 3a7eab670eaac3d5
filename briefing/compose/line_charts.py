"""Lines: points in time on a scale, which has a break sign where it does not begin at zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from briefing.compose.canvas import Area, Canvas, steps
from briefing.compose.chart_series import Panel, Series, columns_of, legend
from briefing.document.drawing import Anchor, Box, Ink, Stroke

_NAMES: Final = 0.3
"""The part of the width that the names at the ends of the lines may take; longer ones stand in a legend."""
_POINTS: Final = 30
"""With more points, only the line is drawn: their signs would cover it."""
_NEAR_ZERO: Final = 0.4
"""Where the smallest value is below this part of the largest, the scale begins at zero."""


class _Plot(Struct, frozen=True):
    """Where values stand: `ticks` are those of its scale, from `bottom` up to `top`."""

    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]
    count: int

    def x(self, index: int) -> float:
        """Where the point `index` stands along the axis; a single one in the middle."""
        return self.left + self.step * (index if self.count > 1 else 0.5)

    @property
    def step(self) -> float:
        """From one point to the next."""
        return (self.right - self.left) / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        """How high a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (value - low) / (high - low)

    @property
    def foot(self) -> float:
        """Where the line stands that the labels hang from: below the scale, unless that begins at zero."""
        return self.bottom + (0 if self.ticks[0] == 0 else 6)

    @property
    def is_broken(self) -> bool:
        """Whether the scale leaves zero out."""
        return self.ticks[0] > 0 or self.ticks[-1] < 0


def lines(canvas: Canvas, panel: Panel, start: float | None) -> float:
    """Draw a line for each series, with a scale that begins at `start`; back comes how far down they reach."""
    ticks = _ticks(panel.values, start)
    scale = max(canvas.measure(panel.wording.number(tick)) for tick in ticks) + 8
    names = _names(canvas, panel) if len(panel.series) > 1 else []
    named = max((canvas.measure(line) for lines in names for line in lines), default=0.0)
    height = min(max(panel.width * 0.36, 82.0), 138.0)
    if names and (canvas.line * sum(map(len, names)) > height or panel.width - scale - named < 70):
        names, named = [], 0.0
    if len(panel.series) > 1 and not names:
        panel = panel.below(legend(canvas, panel, as_lines=True))
    top = panel.top + canvas.line * 0.9
    single = panel.series[0].values[-1] if len(panel.series) == 1 else None
    last = canvas.measure(panel.wording.number(single), strong=True) + 10 if single is not None else 8.0
    right = max(panel.right - (named + 16 if names else last), panel.left + scale + 30)
    plot = _Plot(panel.left + scale + 6, right, top, top + height, ticks, len(panel.labels))
    _scale(canvas, plot, panel)
    for each in panel.series:
        points = [(plot.x(index), plot.y(value)) for index, value in enumerate(each.values)]
        canvas.add(*(each.stroke(*one, *other) for one, other in pairwise(points)))
        if len(points) <= _POINTS:
            canvas.add(*(each.point(*point) for point in points))
    if names:
        _name_ends(canvas, plot, panel.series, names)
    elif len(panel.series) == 1:
        _values(canvas, plot, panel.series[0], panel)
    return _labels(canvas, plot, panel)


def _ticks(values: Sequence[float], start: float | None) -> tuple[float, ...]:
    """Round numbers that hold all values; from zero unless that would leave the lines flat, or from `start`."""
    low, high = min(values), max(values)
    if low == high == 0:
        high = 1.0
    if start is None:
        if low >= 0 and (low < _NEAR_ZERO * high or low == high):
            low = 0.0
        elif high <= 0 and (high > _NEAR_ZERO * low or low == high):
            high = 0.0
        return tuple(steps(low, high, 5))
    marks = [tick for tick in steps(start, max(high, start), 5) if tick > start]
    return (start, *marks) if marks else (start, start + 1)


def _scale(canvas: Canvas, plot: _Plot, panel: Panel) -> None:
    """The axes, the numbers of the scale, and the sign that it leaves zero out."""
    left = plot.left - 6
    canvas.add(Stroke(left, plot.top - 4, left, plot.foot, 0.75, Ink.AXIS))
    if plot.ticks[0] < 0 < plot.ticks[-1]:
        canvas.add(Stroke(left, plot.y(0), plot.right + 4, plot.y(0), 0.75, Ink.AXIS))
    canvas.add(Stroke(left, plot.foot, plot.right + 4, plot.foot, 0.75, Ink.AXIS))
    last = float("inf")
    for tick in plot.ticks:
        y = plot.y(tick)
        canvas.add(Stroke(left - 3, y, left, y, 0.75, Ink.AXIS))
        if last - y >= canvas.line:
            canvas.label(left - 5, canvas.baseline(y), panel.wording.number(tick), Anchor.END)
            last = y
    if plot.is_broken:
        middle = plot.bottom + 3 if plot.ticks[0] > 0 else plot.top - 2
        canvas.add(Box(left - 2, middle - 1.6, 4, 3.2, Ink.PAPER))
        for y in (middle - 1.6, middle + 1.6):
            canvas.add(Stroke(left - 4, y + 1.8, left + 4, y - 1.8, 0.9, Ink.AXIS))


def _names(canvas: Canvas, panel: Panel) -> list[list[str]]:
    """The name of each series with its last value, in lines, to stand at the end of its line; none where they are too long."""
    said = [f"{each.name} {panel.wording.number(each.values[-1])}" for each in panel.series]
    return columns_of(canvas, said, _NAMES * panel.width, 3) or []


def _name_ends(canvas: Canvas, plot: _Plot, series: Sequence[Series], names: Sequence[Sequence[str]]) -> None:
    """Name each line at its end; names that would meet move apart, and a fine line leads to them."""
    order = sorted(range(len(series)), key=lambda number: plot.y(series[number].values[-1]))
    heights = [len(names[number]) * canvas.line for number in order]
    ends = [plot.y(series[number].values[-1]) for number in order]
    tops: list[float] = []
    for end, height in zip(ends, heights, strict=True):
        tops.append(max(end - height / 2, tops[-1] + heights[len(tops) - 1] if tops else plot.top - canvas.line))
    below = plot.bottom + 6
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], below - heights[place])
        below = tops[place]
    x = plot.right + 14
    for number, top, end, height in zip(order, tops, ends, heights, strict=True):
        middle = top + height / 2
        if abs(middle - end) > 2:
            canvas.add(Stroke(plot.right + 5, end, x - 2, middle, 0.5, Ink.AXIS))
        canvas.lines(x, top, names[number])


def _values(canvas: Canvas, plot: _Plot, series: Series, panel: Panel) -> None:
    """The values at their points, where they stand clear of the line and of each other: the outermost first."""
    values = series.values
    first = [len(values) - 1, 0, values.index(max(values)), values.index(min(values))]
    room = Area(panel.left, plot.top - canvas.line, panel.right, plot.bottom + 5)
    for index in dict.fromkeys((*first, *range(len(values)))):
        said = panel.wording.number(values[index])
        x, y = plot.x(index), plot.y(values[index])
        beside = [(x + 6, canvas.baseline(y), Anchor.START)] if index == len(values) - 1 else []
        below = [(x + 5, y + canvas.size * 0.95, Anchor.START)] if index == 0 else []
        for at, baseline, anchor in (*beside, *_spots(x, y, canvas.size), *below):
            area = canvas.area(at, baseline, said, anchor, strong=True)
            is_inside = area.left >= plot.left - 4 and area.right <= room.right and area.bottom <= room.bottom
            if is_inside and area.top >= room.top and canvas.is_free(area, 0.8):
                canvas.label(at, baseline, said, anchor, strong=True)
                break


def _spots(x: float, y: float, size: float) -> Iterator[tuple[float, float, Anchor]]:
    """Where a value may stand, the best place first: above its point, below, and to its sides."""
    above, below = y - 0.24 * size - 4.2, y + 0.76 * size + 4.2
    yield x, above, Anchor.MIDDLE
    yield x, below, Anchor.MIDDLE
    for baseline in (above, below):
        yield x + 2, baseline, Anchor.END
        yield x - 2, baseline, Anchor.START


def _labels(canvas: Canvas, plot: _Plot, panel: Panel) -> float:
    """The labels below their points, as many as have room, the first and the last of them; back comes where they end."""
    labels, top = panel.labels, plot.bottom + 8
    bottom = top
    for every in range(1, len(labels) + 1):
        shown = range(0, len(labels), every)
        width = plot.step * every - 5 if len(labels) > 1 else panel.width
        lines = columns_of(canvas, [labels[index] for index in shown], width, 3 if every == 1 else 1)
        if lines is not None:
            break
    else:
        shown, lines = range(1), [canvas.wrapped(labels[0], panel.width)]
    for index, said in zip(shown, lines, strict=True):
        half = max(map(canvas.measure, said)) / 2
        x = min(max(plot.x(index), panel.left + half), panel.right - half)
        areas = [canvas.area(x, top + canvas.size * 0.9, line, Anchor.MIDDLE) for line in said[:1]]
        if all(canvas.is_free(area) for area in areas):
            bottom = max(bottom, canvas.lines(x, top, said, Anchor.MIDDLE))
            canvas.add(Stroke(plot.x(index), plot.foot, plot.x(index), plot.foot + 3, 0.75, Ink.AXIS))
    return bottom + 2
