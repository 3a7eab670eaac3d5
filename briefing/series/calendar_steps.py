"""How far an issue of a series lies from the next: dates and periods moved on, months staying months."""

from __future__ import annotations

import calendar
import datetime

from msgspec import Struct

from briefing.schema import PartialDate, Period, Precision

_LONGEST_MONTHS = 120


class Step(Struct, frozen=True):
    """The way from one issue to the next: `months`, or else `days`. With `month_ends`, the last day of a month leads to the last of another."""

    days: int = 7
    months: int = 0
    month_ends: bool = False

    def __str__(self) -> str:
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

    @property
    def about_days(self) -> float:
        """The length in days; a month has 30.44."""
        return self.months * 30.44 if self.months else self.days

    def from_day(self, day: datetime.date) -> datetime.date:
        """The day one step on; past the end of a month, the last of it. Raises `ValueError` or `OverflowError` after the year 9999."""
        if not self.months:
            return day + datetime.timedelta(days=self.days)
        last = calendar.monthrange(day.year, day.month)[1]
        return _months_on(day, self.months, to_end=self.month_ends and day.day == last)


WEEK = Step(7)
"""What is taken for a series that gives no period."""


def step_of(period: Period | None) -> Step:
    """The length of a period: whole months where it ends the day before its first day comes round, else days; a week without a period.

    Four weeks that happen to fit a month count as weeks, unless they are a calendar month.
    """
    if period is None:
        return WEEK
    first, past = period.start.first_day, period.end.last_day + datetime.timedelta(days=1)
    days = (past - first).days
    months = (past.year - first.year) * 12 + past.month - first.month
    if 1 <= months <= _LONGEST_MONTHS and past.day == first.day and (first.day == 1 or days % 7):
        return Step(days, months, month_ends=first.day == 1)
    return Step(max(days, 1))


def next_period(period: Period) -> Period:
    """The period that begins the day after `period` ends and is as long; its dates are given as precisely."""
    step = step_of(period)
    start = period.end.last_day + datetime.timedelta(days=1)
    end = Step(step.days, step.months).from_day(start) - datetime.timedelta(days=1)
    return Period(start=_partial(start, period.start.precision), end=_partial(end, period.end.precision))


def next_date(date: PartialDate, step: Step) -> PartialDate:
    """The date one step on, given as precisely: a month leads at least to the next month, a year to the next year."""
    if date.precision is Precision.DAY:
        return _partial(step.from_day(date.first_day), Precision.DAY)
    moved = max(step.from_day(date.first_day), date.last_day + datetime.timedelta(days=1))
    return _partial(moved, date.precision)


def _partial(day: datetime.date, precision: Precision) -> PartialDate:
    return PartialDate(
        day.year, day.month if precision >= Precision.MONTH else None, day.day if precision is Precision.DAY else None
    )


def _months_on(day: datetime.date, months: int, *, to_end: bool) -> datetime.date:
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, last if to_end else min(day.day, last))
