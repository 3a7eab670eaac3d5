"""Drawings can be read: whatever is drawn, no words touch, none is below six points, none leaves the sheet."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from briefing.compose.canvas import Area
from briefing.compose.charts import draw_chart
from briefing.compose.figure_blocks import width_of
from briefing.compose.positions_map import map_positions
from briefing.compose.timeline_drawing import draw_labelled, draw_numbered
from briefing.compose.wording import Wording
from briefing.document.drawing import Anchor, Box, Disc, Drawing, Label, Stroke
from briefing.document.sheet import Sheet
from briefing.document.tree import FigureWidth
from briefing.schema import Chart, ChartKind, Influence, PartialDate, Stakeholder, Stance
from briefing.schema.chart_models import chart_faults

ENGLISH = Wording.of("en-GB")
SHEET = Sheet.plain()
DOTS = 10
"""Letters are measured so many times as large."""


@cache
def font(size: float, strong: bool) -> ImageFont.FreeTypeFont:
    data = SHEET.bold if strong else SHEET.regular
    return ImageFont.truetype(io.BytesIO(data), size * DOTS, layout_engine=ImageFont.Layout.BASIC)


def ink(label: Label) -> Area:
    """Where the letters of a label are."""
    anchor = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}[label.anchor]
    left, top, right, bottom = font(label.size, label.strong).getbbox(label.text, anchor=anchor)
    return Area(
        *(at + side / DOTS for at, side in zip((label.x, label.y) * 2, (left, top, right, bottom), strict=True))
    )


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def hold(drawing: Drawing) -> None:
    """Fail unless the drawing can be read, and stands on a page."""
    assert drawing.height <= 620
    placed = [(label, ink(label)) for label in labels(drawing)]
    for label, area in placed:
        assert label.size >= 6, label
        assert area.left >= -0.5 and area.right <= drawing.width + 0.5, (label, drawing.width)
        assert area.top >= -0.5 and area.bottom <= drawing.height + 0.5, (label, drawing.height)
    for (one, its), (other, others) in itertools.combinations(placed, 2):
        assert not its.meets(others), (one, other)


WORDS = st.text(st.sampled_from("aeimnrst WÄß-’1"), min_size=1, max_size=40).map(str.strip).filter(bool)
VALUES = st.one_of(
    st.integers(-2000, 2000).map(float),
    st.floats(-1e11, 1e11).map(lambda value: round(value, 3)),
    st.sampled_from([0.0, 0.000001, -0.5, 999_999_999_999.0]),
)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(list(ChartKind)))
    count = draw(st.integers(1, 12 if kind.has_bars else 40))
    names = draw(st.lists(WORDS, min_size=1, max_size=min(6, 40 // count or 1), unique=True))
    values = VALUES.map(abs) if kind is ChartKind.STACKED_BAR else VALUES
    chart = Chart.model_validate(
        {
            "kind": kind.value,
            "unit": draw(st.none() | WORDS),
            "labels": draw(st.lists(WORDS | st.integers(1990, 2040).map(str), min_size=count, max_size=count)),
            "series": [
                {"name": name, "values": draw(st.lists(values, min_size=count, max_size=count))} for name in names
            ],
        }
    )
    assume(not list(chart_faults(chart, "")))
    return chart


WIDTHS = st.sampled_from([FigureWidth.COLUMN, FigureWidth.HALF, FigureWidth.FULL])


@settings(max_examples=60)
@given(charts(), WIDTHS, st.sampled_from(["en-GB", "de", "fr"]))
def test_every_chart_can_be_read(chart: Chart, width: FigureWidth, language: str) -> None:
    drawing = draw_chart(chart, width_of(width, SHEET), SHEET, Wording.of(language))
    hold(drawing)
    assert drawing.width == width_of(width, SHEET)


def test_small_bar_charts_stand_in_as_few_columns_as_their_values_need() -> None:
    series = [{"name": name, "values": ["10000000000.625", "0", "-10000000.5"]} for name in "ABC"]
    chart = Chart.model_validate({"kind": "bar_multiples", "labels": ["1", "2", "3"], "series": series})
    hold(draw_chart(chart, width_of(FigureWidth.COLUMN, SHEET), SHEET, Wording.of("en-GB")))


def bars(drawing: Drawing) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.width > 5]


def test_bars_are_as_long_as_their_values() -> None:
    chart = Chart.model_validate(
        {"values": [{"label": name, "value": value} for name, value in zip("abc", (40, 10, -20), strict=True)]}
    )
    long, short, negative = bars(draw_chart(chart, 400, SHEET, ENGLISH))
    assert long.width == pytest.approx(4 * short.width) and negative.width == pytest.approx(2 * short.width)
    assert long.x == pytest.approx(negative.x + negative.width)


def strokes(drawing: Drawing) -> int:
    """How many slanted strokes break an axis."""
    return sum(isinstance(shape, Stroke) and shape.width == 0.9 for shape in drawing.shapes)


@pytest.mark.parametrize(
    ("values", "axis", "breaks"),
    [
        ((412, 683), {}, 2),
        ((4, 683), {}, 0),
        ((412, 683), {"from": 0}, 0),
        ((4, 683), {"from": 2}, 2),
        ((-5, 9), {}, 0),
    ],
)
def test_a_line_that_leaves_zero_out_says_so(values: Iterable[int], axis: dict[str, int], breaks: int) -> None:
    series = [{"name": "Gauge", "values": list(values)}]
    chart = Chart.model_validate({"kind": "line", "labels": ["a", "b"], "series": series, "axis": axis})
    assert strokes(draw_chart(chart, 400, SHEET, ENGLISH)) == breaks


def test_values_keep_clear_of_the_line() -> None:
    values = [{"label": str(year), "value": year * 37 % 101} for year in range(2000, 2012)]
    drawing = draw_chart(Chart.model_validate({"kind": "line", "values": values}), 480, SHEET, ENGLISH)
    lines = [shape for shape in drawing.shapes if isinstance(shape, Stroke) and shape.width == 1.5]
    said = [label for label in labels(drawing) if label.strong]
    assert len(said) >= 7
    assert not [(label, line) for label in said for line in lines if ink(label).is_crossed(line)]


@pytest.mark.parametrize(("language", "said"), [("en-GB", "−1,204.5"), ("de", "−1.204,5"), ("fr", "−1\u202f204,5")])
def test_numbers_are_those_of_the_language(language: str, said: str) -> None:
    chart = Chart.model_validate({"values": [{"label": "a", "value": "-1204.5"}]})
    assert said in [label.text for label in labels(draw_chart(chart, 400, SHEET, Wording.of(language)))]


def test_the_unit_stands_on_the_drawing_and_series_at_their_bars_and_lines() -> None:
    series = [{"name": "North", "values": [1, 2]}, {"name": "South", "values": [2, 1]}]
    for kind, named in (("bar", 4), ("line", 2), ("stacked_bar", 2)):
        chart = Chart.model_validate({"kind": kind, "unit": "cm", "labels": ["a", "b"], "series": series})
        said = " ".join(label.text for label in labels(draw_chart(chart, 400, SHEET, ENGLISH)))
        assert said.startswith("cm ") and said.count("North") + said.count("South") == named


def dates() -> st.SearchStrategy[PartialDate]:
    def partial(day: object, precision: int) -> PartialDate:
        year, month, number = (int(part) for part in str(day).split("-"))
        return (PartialDate(year), PartialDate(year, month), PartialDate(year, month, number))[precision]

    return st.builds(partial, st.dates(), st.integers(0, 2))


@given(st.lists(dates(), min_size=1, max_size=30), dates())
def test_numbered_events_stand_on_the_sheet_and_apart(events: list[PartialDate], today: PartialDate) -> None:
    drawing = draw_numbered(sorted(events, key=lambda date: date.first_day), today, SHEET, ENGLISH)
    hold(drawing)
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    assert len(discs) == len(events)
    for one, other in itertools.combinations(discs, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius


@settings(max_examples=50)
@given(st.lists(st.tuples(dates(), WORDS), min_size=1, max_size=8), dates())
def test_events_are_labelled_where_all_fit(events: list[tuple[PartialDate, str]], today: PartialDate) -> None:
    events = sorted(events, key=lambda event: event[0].first_day)
    drawing = draw_labelled([date for date, _ in events], [said for _, said in events], today, SHEET, ENGLISH)
    if drawing is not None:
        hold(drawing)
        assert {ENGLISH.short(date) for date, _ in events} <= {label.text for label in labels(drawing) if label.strong}


def on(*days: str) -> list[PartialDate]:
    return [PartialDate.parse(day) for day in days]


def labelled(days: list[PartialDate], said: str = "Vote in council", language: str = "en-GB") -> Drawing | None:
    return draw_labelled(days, [said] * len(days), PartialDate(2022, 7, 26), SHEET, Wording.of(language))


def test_few_events_are_labelled_and_many_or_long_ones_are_not() -> None:
    days = on("2022-03-01", "2022-05", "2022-07-02", "2022-09")
    drawing = labelled(days)
    assert drawing is not None
    assert [shape.hollow for shape in drawing.shapes if isinstance(shape, Disc)] == [False, False, False, True]
    assert labelled(days, "Vote in council " * 20) is None
    assert labelled(on(*(f"2022-07-{day:02}" for day in range(1, 13)))) is None


def test_a_long_gap_is_left_out() -> None:
    days = on("1972-07-01", "2021-03-01", "2021-09-01", "2022-02-01")
    drawing = labelled(days)
    assert drawing is not None
    first, *others = sorted(shape.x for shape in drawing.shapes if isinstance(shape, Disc))
    assert others[-1] - others[0] > 150 and first < others[0] - 60


@pytest.mark.parametrize(
    ("first", "last", "language", "tick"),
    [
        ("2020", "2024", "en-GB", "2022"),
        ("2022-03-01", "2022-09-30", "en-GB", "Jun"),
        ("2022-03-01", "2022-09-30", "de", "Mai"),
        ("2022-07-01", "2022-07-20", "de", "10. Juli"),
        ("2022-06-20", "2022-07-20", "fr", "1er juil."),
    ],
)
def test_ticks_suit_the_span_and_the_language(first: str, last: str, language: str, tick: str) -> None:
    drawing = draw_numbered(on(first, last), PartialDate(2022), SHEET, Wording.of(language))
    ticks = [label.text for label in labels(drawing)]
    assert any(each.startswith(tick) for each in ticks), ticks


PARTIES = st.builds(
    lambda name, stance, influence: Stakeholder.model_construct(name=name, stance=stance, influence=influence),
    WORDS,
    st.none() | st.sampled_from(list(Stance)),
    st.none() | st.sampled_from(list(Influence)),
)


@settings(max_examples=40)
@given(st.lists(PARTIES, max_size=20))
def test_every_map_can_be_read_and_names_everybody(parties: list[Stakeholder]) -> None:
    drawn = map_positions(parties, SHEET, ENGLISH)
    known = [each for each in parties if each.stance not in (None, Stance.UNKNOWN) and each.influence]
    assert (drawn is None) == (len(known) < 4)
    if drawn is not None:
        hold(drawn.drawing)
        assert all(each.name in drawn.alt for each in known)
        assert len(drawn.unplaced) + len(known) == len(parties)


def test_more_parties_than_stand_on_a_page_have_their_table_alone() -> None:
    def of_one_field(number: int) -> list[Stakeholder]:
        made = Stakeholder.model_construct
        return [made(name=f"{each}", stance=Stance.MIXED, influence=Influence.LOW) for each in range(number)]

    assert map_positions(of_one_field(50), SHEET, ENGLISH) and not map_positions(of_one_field(90), SHEET, ENGLISH)
