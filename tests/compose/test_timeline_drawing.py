"""The drawn timeline: to scale, nothing touching, any dates."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.timeline import WIDTH, draw
from briefing.compose.wording import Wording
from briefing.document.drawing import Disc, Label
from briefing.schema import PartialDate

ENGLISH = Wording.of("en-GB")


def dates() -> st.SearchStrategy[PartialDate]:
    def partial(day: object, precision: int) -> PartialDate:
        year, month, number = (int(part) for part in str(day).split("-"))
        return (PartialDate(year), PartialDate(year, month), PartialDate(year, month, number))[precision]

    return st.builds(partial, st.dates(), st.integers(0, 2))


@given(st.lists(dates(), min_size=1, max_size=30), dates())
def test_discs_stand_on_the_sheet_and_apart(events: list[PartialDate], today: PartialDate) -> None:
    events = sorted(events, key=lambda date: date.first_day)
    drawing = draw(events, today, ENGLISH)
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    assert len(discs) == len(events)
    for disc in discs:
        assert disc.radius <= disc.x <= WIDTH - disc.radius and disc.radius <= disc.y <= drawing.height - disc.radius
    for one, other in itertools.combinations(discs, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius


@given(st.lists(dates(), min_size=1, max_size=30))
def test_labels_do_not_run_into_each_other(events: list[PartialDate]) -> None:
    ticks = sorted(
        shape.x
        for shape in draw(events, events[0], ENGLISH).shapes
        if isinstance(shape, Label) and not shape.text.isdigit()
    )
    assert all(right - left >= 30 for left, right in itertools.pairwise(ticks))


def test_what_lies_ahead_is_hollow() -> None:
    drawing = draw([PartialDate(2022, 3, 1), PartialDate(2022, 9)], PartialDate(2022, 7, 26), ENGLISH)
    assert [shape.hollow for shape in drawing.shapes if isinstance(shape, Disc)] == [False, True]


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [("2020", "2024", "2022"), ("2022-03-01", "2022-09-30", "Jun"), ("2022-07-01", "2022-07-20", "Jul")],
)
def test_ticks_suit_the_span(first: str, last: str, label: str) -> None:
    drawing = draw([PartialDate.parse(first), PartialDate.parse(last)], PartialDate(2022), ENGLISH)
    assert any(label in shape.text for shape in drawing.shapes if isinstance(shape, Label))
