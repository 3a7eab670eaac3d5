"""Charts: figures that are drawn from values, and what would make one mislead or too small to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from msgspec import Struct
from pydantic import Field

from briefing.errors import Problem
from briefing.schema.types import Choice, Line, Model, Number, RelativePath

MOST_LABELS: Final = 120
MOST_SERIES: Final = 6
"""More cannot be told apart in black and white."""
MOST_BARS: Final = 40
"""More do not stand on a page at a size that can be read."""
LONGEST_LABEL: Final = 80
LONGEST_NAME: Final = 40
"""Characters of a label, and of a series' name."""


class ChartKind(Choice):
    """How values are drawn."""

    BAR = "bar", "One bar for each value, from zero; the bars of several series stand in groups."
    STACKED_BAR = "stacked_bar", "One bar for each label, made of the values of all series: the parts of a whole."
    LINE = "line", "Points joined by a line for each series, for values in time."
    BAR_MULTIPLES = "bar_multiples", "A small chart of bars for each series, all to one scale."
    LINE_MULTIPLES = "line_multiples", "A small chart with a line for each series, all to one scale."

    @property
    def has_bars(self) -> bool:
        """Whether lengths stand for values, which so must be measured from zero."""
        return self not in (ChartKind.LINE, ChartKind.LINE_MULTIPLES)

    @property
    def is_several(self) -> bool:
        """Whether a chart is drawn for each series, side by side."""
        return self in (ChartKind.BAR_MULTIPLES, ChartKind.LINE_MULTIPLES)


class ValuesShown(Choice):
    """Whether the values are printed, too."""

    NONE = "none", "They are told to those who cannot see the drawing: in its alternative text, and as a table in HTML."
    TABLE = "table", "A table of the values is printed below the figure."


class ChartValue(Model):
    """One bar or point of a chart."""

    label: Line
    """What is measured."""
    value: Number
    """How much."""


class ChartSeries(Model):
    """Values of one thing, one for each label."""

    name: Line
    """What the values are of, at most 40 characters."""
    values: Annotated[tuple[Number, ...], Field(min_length=1, max_length=MOST_LABELS, strict=False)]
    """One for each of the labels, in their order."""


class Axis(Model):
    """The scale that values are measured on."""

    label: Line | None = None
    """What is measured, before the unit."""
    __annotations__["from"] = "Number | None"  # a word of Python's, and so no name that could stand here
    locals()["from"] = Field(
        default=None, description="Where the scale of lines begins; bars begin at zero, whatever they stand for."
    )

    @property
    def start(self) -> float | None:
        """Where the scale begins, if that was given."""
        start: float | None = getattr(self, "from")
        return start


class ChartData(Struct, frozen=True):
    """What is drawn: a value for each label in each series. A chart of single values has one series without a name."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]


class Chart(Model):
    """A figure drawn from values: `values`, `labels` with `series`, or a `csv`."""

    kind: Annotated[ChartKind, Field(strict=False)] = ChartKind.BAR
    """bar, stacked_bar, line, bar_multiples or line_multiples."""
    unit: Line | None = None
    """What the values count, for example 'million m³'; it stands on the drawing."""
    values: Annotated[tuple[ChartValue, ...], Field(min_length=1, max_length=24, strict=False)] = ()
    """Single values, in the order they are drawn."""
    labels: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_LABELS, strict=False)] = ()
    """What each value of the series is measured at, such as years; at most 80 characters each."""
    series: Annotated[tuple[ChartSeries, ...], Field(min_length=1, max_length=MOST_SERIES, strict=False)] = ()
    """Several series of values, at most six."""
    csv: RelativePath | None = None
    """Path of a CSV below the data file: a label and its values a line, the names of the series in the first line."""
    axis: Axis | None = None
    """The scale."""
    show_values: Annotated[ValuesShown, Field(strict=False)] = ValuesShown.NONE
    """none, or table: whether the values are printed, too."""

    @property
    def data(self) -> ChartData:
        """The labels and the series, however they were given."""
        if self.values:
            values = tuple(each.value for each in self.values)
            return ChartData(tuple(each.label for each in self.values), (("", values),))
        return ChartData(self.labels, tuple((each.name, each.values) for each in self.series))


def chart_faults(chart: Chart, path: str) -> Iterator[Problem]:
    """Everything for which `chart`, which stands at `path`, cannot be drawn, or would mislead."""
    if chart.csv is None and bool(chart.values) == bool(chart.labels or chart.series):
        what = "the chart has 'values' and series" if chart.values else "the chart has no values"
        yield Problem("bad-value", what, "give it 'values', or 'labels' and 'series', or 'csv'", path)
    elif chart.csv is None and bool(chart.labels) != bool(chart.series):
        has, wants = ("labels", "series") if chart.labels else ("series", "labels")
        yield Problem("missing-key", f"the chart has '{has}' but no '{wants}'", f"write '{wants}: ...'", path)
    names = [each.name for each in chart.series]
    for place, each in enumerate(chart.series):
        at = f"{path}.series[{place}]"
        if chart.labels and len(each.values) != len(chart.labels):
            what = (
                f"the number of values of '{each.name}' is {len(each.values)}, that of the labels {len(chart.labels)}"
            )
            yield Problem("bad-value", what, "give one for each label", f"{at}.values")
        if each.name in names[:place]:
            yield Problem("bad-value", f"another series is called '{each.name}', too", "name it apart", f"{at}.name")
        yield from _too_long(each.name, LONGEST_NAME, "a series' name", f"{at}.name")
        if chart.kind is ChartKind.STACKED_BAR:
            for number, value in enumerate(each.values):
                if value < 0:
                    what, hint = "a part of a whole cannot be less than zero", "draw it with 'kind: bar'"
                    yield Problem("bad-value", what, hint, f"{at}.values[{number}]")
    for place, label in enumerate(chart.labels):
        yield from _too_long(label, LONGEST_LABEL, "a label", f"{path}.labels[{place}]")
    for place, single in enumerate(chart.values):
        yield from _too_long(single.label, LONGEST_LABEL, "a label", f"{path}.values[{place}].label")
    yield from _too_long(chart.unit or "", LONGEST_LABEL, "a unit", f"{path}.unit")
    if chart.axis is not None:
        yield from _too_long(chart.axis.label or "", LONGEST_LABEL, "the axis's label", f"{path}.axis.label")
    if chart.kind.has_bars and chart.kind is not ChartKind.STACKED_BAR:
        bars = len(chart.data.labels) * len(chart.data.series)
        if bars > MOST_BARS:
            what = f"{bars} bars cannot be read on one page"
            yield Problem("too-large", what, f"draw lines, or at most {MOST_BARS} bars in a chart", path)
    elif chart.kind is ChartKind.STACKED_BAR and len(chart.labels) > MOST_BARS:
        what = f"{len(chart.labels)} bars cannot be read on one page"
        yield Problem("too-large", what, f"at most {MOST_BARS} in a chart", path)
    yield from _start(chart, path)


def _start(chart: Chart, path: str) -> Iterator[Problem]:
    """What is wrong with where the axis begins."""
    start = chart.axis.start if chart.axis else None
    values: Sequence[float] = [value for _, series in chart.data.series for value in series]
    if start is None or not values:
        return
    if chart.kind.has_bars and start != 0:
        what = "bars that do not begin at zero mislead: their lengths no longer stand for the values"
        yield Problem("bad-value", what, "leave it out, or draw lines with 'kind: line'", f"{path}.axis.from")
    elif not chart.kind.has_bars and start > min(values):
        what = f"the axis begins at {start:g}, but the smallest value is {min(values):g}"
        yield Problem("bad-value", what, "begin at or below it", f"{path}.axis.from")


def _too_long(text: str, most: int, called: str, path: str) -> Iterator[Problem]:
    if len(text) > most:
        what = f"{called} has {len(text)} characters"
        yield Problem("too-large", what, f"at most {most} can be read in a drawing; say more in the caption", path)
