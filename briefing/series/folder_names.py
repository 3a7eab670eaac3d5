"""What the next issue's folder is called, by what the last one's is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.schema import PartialDate

_NUMBER = re.compile(r"(?<!\d)\d{1,9}$")


@dataclass(frozen=True, slots=True)
class FolderName:
    """A folder's name, and in words how it came about."""

    name: str
    reason: str


def next_folder_name(
    last: str, dates: tuple[PartialDate, PartialDate], numbers: tuple[int | None, int | None]
) -> FolderName:
    """The name after `last`, for issues of two `dates` and two `numbers`, the last and the next of each.

    The date of the last issue at the end of its name becomes that of the next: a day, a month, a week of ISO 8601 or a year. Else the number at the
    end grows. Else, and where the name's month or year is still the same, the next number is put behind, 2 where issues have none.
    """
    told = [ending for ending in _date_endings(*dates) if last.endswith(ending.old) and not _goes_on(last, ending.old)]
    for ending in told:
        if ending.old != ending.new:
            name = last.removesuffix(ending.old) + ending.new
            return FolderName(name, f"its {ending.what} {ending.old} became {ending.new}")
    found = _NUMBER.search(last)
    if found and (int(found.group()) == numbers[0] or not told):
        number = int(found.group()) + 1 if int(found.group()) != numbers[0] or numbers[1] is None else numbers[1]
        grown = str(number).zfill(len(found.group()))
        return FolderName(last[: found.start()] + grown, f"its number {found.group()} became {grown}")
    number = numbers[1] if numbers[1] is not None else 2
    return FolderName(f"{last}-{number}", f"-{number} was put behind {last}")


def _goes_on(name: str, ending: str) -> bool:
    """Whether the digits of `ending` are the tail of a longer number."""
    return name.removesuffix(ending)[-1:].isdigit()


@dataclass(frozen=True, slots=True)
class _Ending:
    old: str
    new: str
    what: str


def _date_endings(old: PartialDate, new: PartialDate) -> Iterator[_Ending]:
    """How the two dates may end a name, the most precise first."""
    if old.precision == new.precision:
        yield _Ending(str(old), str(new), "date")
        yield _Ending(str(old).replace("-", ""), str(new).replace("-", ""), "date")
    if old.month and new.month:
        yield _Ending(str(old)[:7], str(new)[:7], "month")
    if old.day and new.day:
        then, now = old.first_day.isocalendar(), new.first_day.isocalendar()
        for mark in ("-W", "W", "-w", "w", "-"):
            yield _Ending(f"{then.year}{mark}{then.week:02}", f"{now.year}{mark}{now.week:02}", "week")
    yield _Ending(str(old)[:4], str(new)[:4], "year")
