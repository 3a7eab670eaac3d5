"""When the next issue is dated, and what its folder is called."""

from __future__ import annotations

import datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefing.schema import PartialDate, Period
from briefing.series.calendar_steps import next_date, next_period, step_of
from briefing.series.next_issue import next_folder_name


def period(start: str, end: str) -> Period:
    return Period(start=PartialDate.parse(start), end=PartialDate.parse(end))


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (("2026-03-07", "2026-03-13"), ("2026-03-14", "2026-03-20")),
        (("2026-03-13", "2026-03-13"), ("2026-03-14", "2026-03-14")),
        (("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31")),
        (("2028-01-01", "2028-01-31"), ("2028-02-01", "2028-02-29")),
        (("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-01-31")),
        (("2026-03-15", "2026-04-14"), ("2026-04-15", "2026-05-14")),
        (("2026-02-07", "2026-03-06"), ("2026-03-07", "2026-04-03")),  # four weeks that happen to fit a month
        (("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")),
        (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")),
        (("2026-03", "2026-03"), ("2026-04", "2026-04")),
        (("2026-10", "2026-12"), ("2027-01", "2027-03")),
        (("2026", "2026"), ("2027", "2027")),
        (("2026-03-01", "2026-03"), ("2026-04-01", "2026-04")),
    ],
)
def test_a_period_follows_without_a_gap(last: tuple[str, str], following: tuple[str, str]) -> None:
    assert next_period(period(*last)) == period(*following)


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))


@given(DAYS, st.integers(0, 800))
def test_periods_never_overlap_or_leave_a_day_out(start: datetime.date, length: int) -> None:
    last = period(start.isoformat(), (start + datetime.timedelta(days=length)).isoformat())
    following = next_period(last)
    assert following.start.first_day == last.end.last_day + datetime.timedelta(days=1)
    assert following.end.last_day >= following.start.first_day
    assert abs((following.end.last_day - following.start.first_day).days - length) <= 5  # months differ


@pytest.mark.parametrize(
    ("date", "length", "following"),
    [
        ("2026-03-13", None, "2026-03-20"),
        ("2026-03-13", ("2026-03-07", "2026-03-13"), "2026-03-20"),
        ("2026-03-13", ("2026-02-28", "2026-03-13"), "2026-03-27"),
        ("2026-02-28", ("2026-02-01", "2026-02-28"), "2026-03-31"),
        ("2026-01-31", ("2026-01-01", "2026-01-31"), "2026-02-28"),
        ("2026-03-05", ("2026-02-01", "2026-02-28"), "2026-04-05"),
        ("2026-02-28", ("2026-01-29", "2026-02-28"), "2026-03-31"),  # 31 days from the 29th: no month, so 31 days on
        ("2026-03", None, "2026-04"),
        ("2026-12", ("2026-12", "2026-12"), "2027-01"),
        ("2026", ("2026-03-07", "2026-03-13"), "2027"),
    ],
)
def test_a_date_goes_one_period_on(date: str, length: tuple[str, str] | None, following: str) -> None:
    step = step_of(period(*length) if length else None)
    assert str(next_date(PartialDate.parse(date), step)) == following


@given(DAYS, DAYS, st.integers(0, 400))
def test_a_date_always_goes_on(date: datetime.date, start: datetime.date, length: int) -> None:
    step = step_of(period(start.isoformat(), (start + datetime.timedelta(days=length)).isoformat()))
    for typed in (date.isoformat(), date.isoformat()[:7], date.isoformat()[:4]):
        last = PartialDate.parse(typed)
        following = next_date(last, step)
        assert following.first_day > last.first_day and following.precision == last.precision


@pytest.mark.parametrize(
    ("last", "dates", "numbers", "name"),
    [
        ("weekly-012", ("2026-03-13", "2026-03-20"), (12, 13), "weekly-013"),
        ("weekly-99", ("2026-03-13", "2026-03-20"), (99, 100), "weekly-100"),
        ("weekly7", ("2026-03-13", "2026-03-20"), (12, 13), "weekly8"),
        ("weekly-7", ("2026-03-13", "2026-03-20"), (None, None), "weekly-8"),
        ("12", ("2026-03-13", "2026-03-20"), (12, 13), "13"),
        ("weekly", ("2026-03-13", "2026-03-20"), (12, 13), "weekly-13"),
        ("weekly", ("2026-03-13", "2026-03-20"), (None, None), "weekly-2"),
        ("weekly-2026-03-13", ("2026-03-13", "2026-03-20"), (12, 13), "weekly-2026-03-20"),
        ("20260313", ("2026-03-13", "2026-03-20"), (12, 13), "20260320"),
        ("river-2026-03", ("2026-03-31", "2026-04-30"), (3, 4), "river-2026-04"),
        ("2026-12", ("2026-12", "2027-01"), (None, None), "2027-01"),
        ("2026-W11", ("2026-03-13", "2026-03-20"), (12, 13), "2026-W12"),
        ("2026-11", ("2026-03-13", "2026-03-20"), (12, 13), "2026-12"),
        ("2026-53", ("2026-12-31", "2027-01-07"), (53, 54), "2027-01"),
        ("2026-12", ("2026-03-13", "2026-03-20"), (12, 13), "2026-13"),  # an issue's number, neither month nor week
        ("river-2026-03", ("2026-03-13", "2026-03-20"), (12, 13), "river-2026-03-13"),  # still the same month
        ("report-2026", ("2026", "2027"), (1, 2), "report-2027"),
        ("report-2026", ("2026-03-13", "2026-03-20"), (1, 2), "report-2026-2"),
        ("weekly-2026-03-06", ("2026-03-13", "2026-03-20"), (None, None), "weekly-2026-03-07"),
    ],
)
def test_the_folder_is_named_after_the_last(
    last: str, dates: tuple[str, str], numbers: tuple[int | None, int | None], name: str
) -> None:
    old, new = map(PartialDate.parse, dates)
    assert next_folder_name(last, (old, new), numbers).name == name


@given(st.from_regex(r"[a-z]{0,3}[-0-9]{0,12}", fullmatch=True), DAYS, st.integers(1, 400), st.integers(0, 9999))
def test_the_name_is_always_another(last: str, date: datetime.date, days: int, number: int) -> None:
    old = PartialDate.parse(date.isoformat())
    new = PartialDate.parse((date + datetime.timedelta(days=days)).isoformat())
    assert next_folder_name(last, (old, new), (number, number + 1)).name != last
