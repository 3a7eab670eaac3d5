"""Charts as drawings: bars from zero, lines on a scale, several series apart in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.compose.bar_charts import bars, room_of_values, stacked_bars
from briefing.compose.canvas import TALLEST, Canvas, sizes
from briefing.compose.chart_series import Panel, Series, series_of
from briefing.compose.line_charts import lines
from briefing.compose.wording import Wording
from briefing.document.drawing import Drawing
from briefing.document.sheet import Sheet
from briefing.schema import Chart, ChartKind

_PANEL: Final = 132.0
"""Points: a chart among several is no narrower, where there is room for two of them."""
_BETWEEN: Final = 16.0


def draw_chart(chart: Chart, width: float, sheet: Sheet, wording: Wording) -> Drawing:
    """The chart for a room of `width` points, its words in the sheet's type, or in smaller type where it would be too high."""
    drawing = None
    for size in sizes(sheet):
        canvas = Canvas(sheet, width, size)
        drawing = canvas.drawing(_draw(chart, canvas, wording))
        if drawing.height <= TALLEST:
            break
    assert drawing is not None
    return drawing


def _draw(chart: Chart, canvas: Canvas, wording: Wording) -> float:
    """Draw the chart; back comes how high it is."""
    data = chart.data
    series = series_of(data)
    start = chart.axis.start if chart.axis else None
    panel = Panel(0.0, canvas.width, 0.0, data.labels, series, wording)
    panel = panel.below(_measured(chart, canvas))
    match chart.kind:
        case ChartKind.BAR:
            return bars(canvas, panel)
        case ChartKind.STACKED_BAR:
            return stacked_bars(canvas, panel)
        case ChartKind.LINE:
            return lines(canvas, panel, start)
    return _multiples(chart, canvas, panel, start)


def _measured(chart: Chart, canvas: Canvas) -> float:
    """Say what is measured, and in which unit, at the head of the drawing; back comes where that ends."""
    label = chart.axis.label if chart.axis else None
    said = f"{label} ({chart.unit})" if label and chart.unit else label or chart.unit
    return canvas.lines(0, 1, canvas.wrapped(said, canvas.width)) + 3 if said else 2.0


def _multiples(chart: Chart, canvas: Canvas, panel: Panel, start: float | None) -> float:
    """A small chart for each series, side by side as far as they fit, all to the scale of all values."""
    least = max(_PANEL, room_of_values(canvas, panel) if chart.kind.has_bars else 0.0)
    most = max(1, min(len(panel.series), int((canvas.width + _BETWEEN) // (least + _BETWEEN)), 3))
    width = (canvas.width - (most - 1) * _BETWEEN) / most
    top = panel.top
    for begin in range(0, len(panel.series), most):
        row = panel.series[begin : begin + most]
        heads = [canvas.wrapped(each.name, width, strong=True) for each in row]
        below = top + max(map(len, heads)) * canvas.line + 4
        bottoms = []
        for number, (each, head) in enumerate(zip(row, heads, strict=True)):
            left = number * (width + _BETWEEN)
            canvas.lines(left, top, head, strong=True)
            alone = Panel(left, left + width, below, panel.labels, (_unnamed(each),), panel.wording, panel.values)
            bottoms.append(bars(canvas, alone) if chart.kind.has_bars else lines(canvas, alone, start))
        top = max(bottoms) + 8
    return top - 6


def _unnamed(series: Series) -> Series:
    """A series that its chart is about, and so looks like any other in its own."""
    return Series("", series.values, 0)


def alternative(chart: Chart, wording: Wording) -> str:
    """The values in words, for those who cannot see the drawing."""
    data = chart.data
    unit = f" {chart.unit}" if chart.unit else ""

    def said(values: Sequence[float]) -> str:
        pairs = zip(data.labels, values, strict=True)
        return "; ".join(f"{label}{wording('colon')}{wording.number(value)}{unit}" for label, value in pairs)

    return " ".join(
        f"{name}{wording('colon')}{said(values)}." if name else said(values) for name, values in data.series
    )
