"""Pictures and charts with captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.document.blocks import Block, Figure, ParagraphRole, Row
from briefing.document.drawing import Picture
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.resolve.charts import alternative, draw_chart
from briefing.resolve.prose import ProseReader, with_citation
from briefing.resolve.tables import caption, cell, columns, table, text
from briefing.resolve.wording import Wording
from briefing.schema import Chart, FigureItem


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
        Row(
            f"{name}-{number}",
            f"{origin}.chart.values[{number - 1}]",
            (
                cell(
                    f"{name}-{number}",
                    "label",
                    [
                        text(
                            f"{name}-{number}",
                            "label",
                            f"{origin}.chart.values[{number - 1}].label",
                            value.label,
                            role=ParagraphRole.CELL_LEAD,
                        )
                    ],
                    header=True,
                ),
                cell(
                    f"{name}-{number}",
                    "value",
                    [
                        text(
                            f"{name}-{number}",
                            "value",
                            f"{origin}.chart.values[{number - 1}].value",
                            wording.number(value.value),
                        )
                    ],
                ),
            ),
        )
        for number, value in enumerate(chart.values, 1)
    ]
    before, after = wording.labels["chart_values"].split("{figure}")
    title: list[Inline] = [Text(before), CrossReference(figure, "")]
    if after:
        title.append(Text(after))
    heads = columns(name, [("label", wording("chart_label"), 65.0), ("value", head, 35.0)])
    return table(name, origin, "values", caption(name, title, wording("stop")), heads, rows)
