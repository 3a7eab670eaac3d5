"""Figures: pictures, and charts drawn from values, with captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.prose_blocks import ProseReader, with_citation
from briefing.compose.wording import Wording
from briefing.document.drawing import TYPE_SIZE, Anchor, Box, Disc, Drawing, Ink, Label, Picture, Shape, Stroke
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.document.tree import Block, Figure, ParagraphRole, Row
from briefing.schema import Chart, ChartKind, ChartValue, FigureItem

WIDTH = 468.0
BAR = 11.0
ROW = 31.0
LINE_HEIGHT = 150.0


def draw_chart(chart: Chart, wording: Wording) -> Drawing:
    """Bars lying under their labels, or points joined by a line; values are printed at the bars and points."""
    return _bars(chart, wording) if chart.kind is ChartKind.BAR else _line(chart, wording)


def alternative(chart: Chart, wording: Wording) -> str:
    """The values in words, for those who cannot see the drawing."""
    unit = f" {chart.unit}" if chart.unit else ""
    return "; ".join(f"{value.label}{wording('colon')}{wording.number(value.value)}{unit}" for value in chart.values)


def _bars(chart: Chart, wording: Wording) -> Drawing:
    low = min(0.0, *(value.value for value in chart.values))
    high = max(0.0, *(value.value for value in chart.values))
    span = (high - low) or 1.0
    left, right = (60.0 if low < 0 else 4.0), WIDTH - 60.0

    def at(value: float) -> float:
        return left + (right - left) * (value - low) / span

    shapes: list[Shape] = []
    for index, value in enumerate(chart.values):
        top = 4 + index * ROW
        start, end = sorted((at(0), at(value.value)))
        shapes.append(Label(left + 4, top + 9, value.label, TYPE_SIZE))
        shapes.append(Box(start, top + 13, max(end - start, 0.75), BAR, Ink.MARKER))
        if value.value < 0:
            shapes.append(Label(start - 4, top + 22, wording.number(value.value), TYPE_SIZE, Anchor.END, strong=True))
        else:
            shapes.append(Label(end + 4, top + 22, wording.number(value.value), TYPE_SIZE, strong=True))
    height = 4 + len(chart.values) * ROW
    shapes.append(Stroke(at(0), 2, at(0), height, 1, Ink.AXIS))
    return Drawing(WIDTH, height + 2, tuple(shapes))


def _line(chart: Chart, wording: Wording) -> Drawing:
    values = [value.value for value in chart.values]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    top, bottom = 22.0, LINE_HEIGHT - 34.0
    step = (WIDTH - 80.0) / max(len(values) - 1, 1)
    points = [
        (40.0 + index * step, bottom - (bottom - top) * (value - low) / span) for index, value in enumerate(values)
    ]
    shapes: list[Shape] = [Stroke(20, bottom + 17, WIDTH - 20, bottom + 17, 1, Ink.AXIS)]
    shapes += [Stroke(x1, y1, x2, y2, 1.5, Ink.MARKER) for (x1, y1), (x2, y2) in pairwise(points)]
    shapes += [Disc(x, y, 3, Ink.MARKER) for x, y in points]
    shapes += _point_labels(chart, points, bottom, wording)
    return Drawing(WIDTH, LINE_HEIGHT, tuple(shapes))


def _point_labels(chart: Chart, points: list[tuple[float, float]], bottom: float, wording: Wording) -> Iterator[Shape]:
    """Labels where they do not run into each other; the table that follows holds them all."""
    room_label, room_value = -1.0, -1.0
    for index, ((x, y), value) in enumerate(zip(points, chart.values, strict=True)):
        figure = wording.number(value.value)
        half = len(value.label) * TYPE_SIZE * 0.28
        if x - half > room_label and x - half >= 0 and x + half <= WIDTH:
            yield Label(x, bottom + 29, value.label, TYPE_SIZE, Anchor.MIDDLE)
            room_label = x + half + 4
        half = len(figure) * TYPE_SIZE * 0.3
        if x - half > room_value:
            yield Label(x, y + 13 if _in_a_dip(points, index) else y - 7, figure, TYPE_SIZE, Anchor.MIDDLE, strong=True)
            room_value = x + half + 2


def _in_a_dip(points: list[tuple[float, float]], index: int) -> bool:
    """Whether the line comes down to a point and leaves it upwards: then the room for its value is below."""
    around = [points[number][1] for number in (index - 1, index + 1) if 0 <= number < len(points)]
    return bool(around) and all(y < points[index][1] for y in around)


def figure_blocks(item: FigureItem, origin: str, pictures: Mapping[str, Picture], wording: Wording) -> Iterator[Block]:
    """The figure; a chart is followed by a table of its values, so that they can be read without seeing it."""
    name = f"figure-{item.id}"
    line = with_citation(
        ProseReader(name, f"{origin}.caption").line(item.caption), [(source, "") for source in item.sources]
    )
    title = caption(name, line, wording("stop"), f"{origin}.caption")
    if item.chart is None:
        assert item.image is not None
        yield Figure(name, origin, "image", title, item.alt or "", pictures[item.image])
        return
    yield Figure(
        name, origin, "chart", title, item.alt or alternative(item.chart, wording), draw_chart(item.chart, wording)
    )
    yield _values(name, item.chart, origin, wording)


def _values(figure: str, chart: Chart, origin: str, wording: Wording) -> Block:
    name = f"{figure}.values"
    head = wording("chart_value_unit", unit=chart.unit) if chart.unit else wording("chart_value")
    rows = [
        _row(f"{name}-{place + 1}", f"{origin}.chart.values[{place}]", value, wording)
        for place, value in enumerate(chart.values)
    ]
    before, after = wording.labels["chart_values"].split("{figure}")
    title: list[Inline] = [Text(before), CrossReference(figure, "")]
    if after:
        title.append(Text(after))
    heads = columns(name, [("label", wording("chart_label"), 65.0), ("value", head, 35.0)])
    return table(name, origin, "values", caption(name, title, wording("stop")), heads, rows)


def _row(name: str, origin: str, value: ChartValue, wording: Wording) -> Row:
    label = text(name, "label", f"{origin}.label", value.label, role=ParagraphRole.CELL_LEAD)
    number = text(name, "value", f"{origin}.value", wording.number(value.value))
    return Row(name, origin, (cell(name, "label", [label], header=True), cell(name, "value", [number])))
