"""Bars: lying, from zero, in groups where there are several series, or the parts of a whole one behind another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from briefing.compose.canvas import Canvas
from briefing.compose.chart_series import Panel, Series, columns_of, legend
from briefing.document.drawing import Anchor, Box, Ink, Stroke

_BESIDE: Final = 0.34
"""The part of the width that labels may take beside their bars; longer ones stand above them."""
_NAMED: Final = 0.26
"""The part of the width that a series' name may take at each of its bars; longer names stand in a legend."""
_SHORTEST: Final = 48.0
"""Points: the longest bar is no shorter, where there is room."""
_GAP: Final = 4.0


def bars(canvas: Canvas, panel: Panel) -> float:
    """Draw a bar for each value, with the value at its end; back comes how far down they reach."""
    wording, values = panel.wording, panel.values
    figures = {value: canvas.measure(wording.number(value), strong=True) + 2 * _GAP for value in values}
    names = max((canvas.measure(each.name) + _GAP for each in panel.series if each.name), default=0.0)
    several = len(panel.series) > 1
    if several and names > _NAMED * panel.width:
        panel = panel.below(legend(canvas, panel))
        names = 0.0
    beside, column = _labels(canvas, panel, 2 * (max(figures.values()) + names))
    zero, scale = _scale(panel.left + column, panel.right, {value: each + names for value, each in figures.items()})
    thick = canvas.size * (1.0 if several else 1.3)
    pitch = max(thick + 1.5, canvas.line) if several else thick
    top = panel.top + 2
    for index, label in enumerate(panel.labels):
        lines = beside[index] if beside else canvas.wrapped(label, panel.width)
        group = pitch * len(panel.series)
        first, bottom = _label(canvas, lines, panel.left, column, top, group)
        if not beside:
            canvas.add(Stroke(zero, first - 1, zero, bottom + 1, 1, Ink.AXIS))
        for number, each in enumerate(panel.series):
            value = each.values[index]
            _bar(canvas, each, value, zero, scale, first + number * pitch, thick, panel)
            if names:
                _name(canvas, each, value, zero + value * scale, first + number * pitch + thick / 2, panel)
        top = bottom + (7 if several else 5)
    bottom = top - 3
    if beside:
        canvas.add(Stroke(zero, panel.top, zero, bottom, 1, Ink.AXIS))
    return bottom + 2


def room_of_values(canvas: Canvas, panel: Panel) -> float:
    """Points: what the values at the ends of bars need, those below zero before it and the others behind it."""
    rooms = {below: [0.0] for below in (True, False)}
    for value in panel.values:
        rooms[value < 0].append(canvas.measure(panel.wording.number(value), strong=True) + 2 * _GAP)
    return sum(map(max, rooms.values()))


def _labels(canvas: Canvas, panel: Panel, figures: float) -> tuple[list[list[str]] | None, float]:
    """The lines of each label and the width of their column, beside bars whose values need `figures` points; None where they stand above."""
    beside = columns_of(canvas, panel.labels, _BESIDE * panel.width, 3)
    column = max(canvas.measure(line) for lines in beside for line in lines) + 6 if beside else 0.0
    return (None, 0.0) if beside is None or panel.width - column - figures < _SHORTEST else (beside, column)


def _label(
    canvas: Canvas, lines: Sequence[str], left: float, column: float, top: float, bars: float
) -> tuple[float, float]:
    """Write a label beside its bars, which are `bars` points high, or above them where there is no column; back comes where they begin and what
    stands there ends.
    """
    if not column:
        first = canvas.lines(left, top, lines) + 2
        return first, first + bars
    height = max(bars, len(lines) * canvas.line)
    canvas.lines(left + column - 6, top + (height - len(lines) * canvas.line) / 2 - 0.5, lines, Anchor.END)
    return top + (height - bars) / 2, top + height


def _scale(left: float, right: float, rooms: Mapping[float, float]) -> tuple[float, float]:
    """Where zero stands and how long 1 is: the longest for which each value's bar and the room of its words behind it end on the sheet."""

    def needed(scale: float) -> tuple[float, float]:
        before = (room - value * scale for value, room in rooms.items() if value < 0)
        behind = (room + value * scale for value, room in rooms.items() if value >= 0)
        return max(before, default=0.0), max(behind, default=0.0)

    low, high = 0.0, (right - left) / (max(map(abs, rooms)) or 1.0)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(needed(middle)) <= right - left else (low, middle)
    return left + needed(low)[0], low


def _bar(
    canvas: Canvas, each: Series, value: float, zero: float, scale: float, top: float, thick: float, panel: Panel
) -> None:
    start, end = sorted((zero, zero + value * scale))
    canvas.add(each.box(start, top, max(end - start, 0.75), thick))
    baseline = canvas.baseline(top + thick / 2)
    said = panel.wording.number(value)
    if value < 0:
        canvas.label(start - _GAP, baseline, said, Anchor.END, strong=True)
    else:
        canvas.label(end + _GAP, baseline, said, strong=True)


def _name(canvas: Canvas, each: Series, value: float, end: float, middle: float, panel: Panel) -> None:
    """The name of a series behind the value at the end of its bar."""
    away = 2 * _GAP + canvas.measure(panel.wording.number(value), strong=True)
    baseline = canvas.baseline(middle)
    if value < 0:
        canvas.label(end - away, baseline, each.name, Anchor.END, ink=Ink.AXIS)
    else:
        canvas.label(end + away, baseline, each.name, ink=Ink.AXIS)


def stacked_bars(canvas: Canvas, panel: Panel) -> float:
    """Draw a bar for each label, made of all series, with the whole at its end; back comes how far down they reach."""
    wording = panel.wording
    wholes = [round(sum(each.values[index] for each in panel.series), 6) for index in range(len(panel.labels))]
    figures = max(canvas.measure(wording.number(whole), strong=True) for whole in wholes) + 2 * _GAP
    beside, column = _labels(canvas, panel, figures)
    left = panel.left + column
    scale = max(panel.right - figures - left, 8) / (max(wholes) or 1.0)
    if not _named_above(canvas, panel, left, scale, is_beside=beside is not None):
        panel = panel.below(legend(canvas, panel))
    else:
        panel = panel.below(panel.top + canvas.line + 1)
    thick = canvas.size * 1.5
    top = panel.top + 2
    for index, label in enumerate(panel.labels):
        lines = beside[index] if beside else canvas.wrapped(label, panel.width)
        bar, bottom = _label(canvas, lines, panel.left, column, top, thick)
        if not beside:
            canvas.add(Stroke(left, bar - 1, left, bottom + 1, 1, Ink.AXIS))
        end = _parts(canvas, panel, index, left, bar, thick, scale)
        canvas.label(end + _GAP, canvas.baseline(bar + thick / 2), wording.number(wholes[index]), strong=True)
        top = bottom + 6
    if beside:
        canvas.add(Stroke(left, panel.top, left, top - 4, 1, Ink.AXIS))
    return top - 2


def _parts(canvas: Canvas, panel: Panel, index: int, left: float, top: float, thick: float, scale: float) -> float:
    """The parts of one bar, with their values where these fit; back comes where the bar ends."""
    at = left
    for each in panel.series:
        width = each.values[index] * scale
        if width <= 0:
            continue
        canvas.add(each.box(at, top, width, thick))
        said = panel.wording.number(each.values[index])
        room = canvas.measure(said) + 4
        if room + 2 <= width:
            if each.is_patterned:
                ground = at + (width - room) / 2
                canvas.add(Box(ground, top + 1.5, room, thick - 3, Ink.PAPER))
            ink = Ink.PAPER if each.is_dark else Ink.TEXT
            canvas.label(at + width / 2, canvas.baseline(top + thick / 2), said, Anchor.MIDDLE, ink=ink)
        at += width
        canvas.add(Stroke(at, top, at, top + thick, 0.8, Ink.PAPER))
    return at


def _named_above(canvas: Canvas, panel: Panel, left: float, scale: float, *, is_beside: bool) -> bool:
    """Name the series above the parts of the first bar, where each name fits over its part."""
    widths = [each.values[0] * scale for each in panel.series]
    named = zip(panel.series, widths, strict=True)
    if not is_beside or any(canvas.measure(each.name) + 3 > width for each, width in named):
        return False
    for each, width in zip(panel.series, widths, strict=True):
        canvas.label(left, panel.top + canvas.size * 0.9, each.name)
        left += width
    return True
