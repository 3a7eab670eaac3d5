"""Figures: pictures, and charts drawn from values, with captions, credits, and the values for those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.charts import alternative, draw_chart
from briefing.compose.composing import Composing
from briefing.compose.prose_blocks import ProseReader, with_citation
from briefing.compose.wording import Wording
from briefing.document.drawing import Drawing, Picture
from briefing.document.inlines import CrossReference, Inline, LineBreak, Text
from briefing.document.sheet import Sheet
from briefing.document.tree import Block, DataRow, DrawnData, Figure, FigureWidth, ParagraphRole, Row
from briefing.schema import Chart, FigureItem, ValuesShown

_BESIDE: Final = 12.0
_LEAST: Final = 150.0
"""Points: what is drawn is no narrower, where the page is not."""


def width_of(width: FigureWidth, sheet: Sheet) -> float:
    """How wide a drawing is on `sheet`, in points."""
    match width:
        case FigureWidth.COLUMN:
            return sheet.column
        case FigureWidth.HALF if sheet.columns > 1:
            return sheet.column
        case FigureWidth.HALF:
            return max((sheet.width - _BESIDE) / 2, min(_LEAST, sheet.width))
    return sheet.width


def figure_blocks(item: FigureItem, origin: str, composing: Composing) -> Iterator[Block]:
    """The figure; a table of a chart's values follows it where that is asked for."""
    name, wording, chart = f"figure-{item.id}", composing.wording, item.chart
    line = with_citation(
        ProseReader(name, f"{origin}.caption").line(item.caption), [(source, "") for source in item.sources]
    )
    if item.credit:
        line = (*line, LineBreak(), Text(f"{wording('credit')}{wording('colon')}{item.credit}"))
    title = caption(name, line, wording("stop"), f"{origin}.caption")
    width = FigureWidth(item.width.value) if item.width else None
    content: Picture | Drawing
    if chart is None:
        assert item.image is not None
        content = composing.pictures[item.image]
        yield Figure(name, origin, "image", title, item.alt or "", content, width or FigureWidth.OWN)
        return
    fits = composing.sheet.columns > 1 and not chart.kind.is_several
    width = width or (FigureWidth.COLUMN if fits else FigureWidth.FULL)
    content = draw_chart(chart, width_of(width, composing.sheet), composing.sheet, wording)
    is_printed = chart.show_values is ValuesShown.TABLE
    said = alternative(chart, wording)
    alt = item.alt or said if is_printed or not item.alt else f"{item.alt} {said}"
    data = None if is_printed else _data(chart, f"{origin}.chart", wording)
    yield Figure(name, origin, "chart", title, alt, content, width, data)
    if is_printed:
        yield _values(name, chart, origin, wording)


def _heads(chart: Chart, wording: Wording) -> list[str]:
    """The heads of a table of the values."""
    series = chart.data.series
    if len(series) == 1 and not series[0][0]:
        return [wording("chart_label"), _with_unit(wording("chart_value"), chart)]
    return [wording("chart_label"), *(_with_unit(name, chart) for name, _ in series)]


def _with_unit(head: str, chart: Chart) -> str:
    return f"{head} ({chart.unit})" if chart.unit else head


def _data(chart: Chart, origin: str, wording: Wording) -> DrawnData:
    """The values as a table that is not printed."""
    data = chart.data
    rows = (
        DataRow(origin, (Text(label), *(Text(wording.number(values[place])) for _, values in data.series)))
        for place, label in enumerate(data.labels)
    )
    return DrawnData(tuple(map(Text, _heads(chart, wording))), tuple(rows))


def _values(figure: str, chart: Chart, origin: str, wording: Wording) -> Block:
    """The table of the values, which is printed."""
    name, data = f"{figure}.values", chart.data
    is_single = len(data.series) == 1
    keys = ["value"] if is_single else [f"value-{number}" for number in range(1, len(data.series) + 1)]
    share = 35.0 if is_single else 70 / len(keys)
    shares = [65.0 if is_single else 30.0, *[share] * len(keys)]
    wanted = zip(["label", *keys], _heads(chart, wording), shares, strict=True)
    heads = columns(name, list(wanted), ends=() if is_single else keys)
    rows = []
    for place, label in enumerate(data.labels):
        row, at = f"{name}-{place + 1}", f"{origin}.chart"
        if chart.values:
            at = f"{at}.values[{place}]"
        lead = text(row, "label", f"{at}.label" if chart.values else at, label, role=ParagraphRole.CELL_LEAD)
        cells = [cell(row, "label", [lead], header=True)]
        for key, (_, values) in zip(keys, data.series, strict=True):
            number = text(row, key, f"{at}.value" if chart.values else at, wording.number(values[place]))
            cells.append(cell(row, key, [number]))
        rows.append(Row(row, at, tuple(cells)))
    before, after = wording.labels["chart_values"].split("{figure}")
    title: list[Inline] = [Text(before), CrossReference(figure, "")]
    if after:
        title.append(Text(after))
    key = "values" if is_single else "series"
    return table(name, origin, key, caption(name, title, wording("stop")), heads, rows)
