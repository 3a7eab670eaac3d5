"""Dates that may be a year, a month or a day, as people know them."""

from __future__ import annotations

import calendar
import datetime
import re
from enum import IntEnum

from msgspec import Struct

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Precision(IntEnum):
    """How much of a date is known."""

    YEAR = 1
    MONTH = 2
    DAY = 3


class PartialDate(Struct, frozen=True):
    """A date known to the year, the month or the day (ISO 8601-1:2019, 5.2.2: calendar dates and their reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2026``, ``2026-03`` or ``2026-03-14``. Raises `ValueError` for anything else and for days that do not exist."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is not a date")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if year == 0:
            raise ValueError("there is no year 0000")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"there is no month {month:02}")
        if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise ValueError(f"there is no day {day:02} in {year:04}-{month:02}")
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """Whether the year, the month or the day is known."""
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    @property
    def first_day(self) -> datetime.date:
        """The earliest day the date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day the date can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def is_before(self, other: PartialDate) -> bool:
        """Whether the whole of this day, month or year lies before the other's first day."""
        return self.last_day < other.first_day

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)
