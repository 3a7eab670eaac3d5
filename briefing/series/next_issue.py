"""What the next issue of a series begins with: its number and dates, and what of the last issue stays in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from briefing.errors import DataError, Problem, UsageError
from briefing.schema import Brief, PartialDate, Period, Question, QuestionStatus
from briefing.schema.brief import KINDS
from briefing.schema.fields import mentions, texts, way
from briefing.schema.types import NOTE_TO_EDITOR
from briefing.series.calendar_steps import Step, next_date, next_period, step_of

OF_ONE_ISSUE = ("version", "updated", "embargo", NOTE_TO_EDITOR)
"""Keys that speak of one issue alone, which the next begins without; its status is that of a draft."""
_NUMBER = re.compile(r"(?<!\d)\d{1,9}$")


class FolderName(Struct, frozen=True):
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
    is_dated = False
    for what, old, new in _date_endings(*dates):
        # The digits of a date may be the tail of a longer number.
        if last.endswith(old) and not last.removesuffix(old)[-1:].isdigit():
            is_dated = True
            if old != new:
                return FolderName(last.removesuffix(old) + new, f"its {what} {old} became {new}")
    found = _NUMBER.search(last)
    if found and (int(found.group()) == numbers[0] or not is_dated):
        number = int(found.group()) + 1 if int(found.group()) != numbers[0] or numbers[1] is None else numbers[1]
        grown = str(number).zfill(len(found.group()))
        return FolderName(last[: found.start()] + grown, f"its number {found.group()} became {grown}")
    number = numbers[1] if numbers[1] is not None else 2
    return FolderName(f"{last}-{number}", f"-{number} was put behind {last}")


def _date_endings(old: PartialDate, new: PartialDate) -> Iterator[tuple[str, str, str]]:
    """What of the two dates may end a name, and how, the most precise first."""
    if old.precision == new.precision:
        yield "date", str(old), str(new)
        yield "date", str(old).replace("-", ""), str(new).replace("-", "")
    if old.month and new.month:
        yield "month", str(old)[:7], str(new)[:7]
    if old.day and new.day:
        then, now = old.first_day.isocalendar(), new.first_day.isocalendar()
        for mark in ("-W", "W", "-w", "w", "-"):
            yield "week", f"{then.year}{mark}{then.week:02}", f"{now.year}{mark}{now.week:02}"
    yield "year", str(old)[:4], str(new)[:4]


_INDEXED = re.compile(r"(?P<family>\w+)\[(?P<index>\d+)\](?P<rest>.*)", re.DOTALL)


ALONE = -1
"""The index of what stands in no list."""


class Fate(Struct, frozen=True):
    """What becomes of one item of the last issue: `family` and `index` say where it stands there.

    `issues` is how many issues an open question has stood in, counted by dates at the series' pace; None for anything else.
    """

    family: str
    index: int
    item: str
    name: str
    is_carried: bool
    reason: str
    issues: int | None = None

    @property
    def path(self) -> str:
        """The item's path in the last issue."""
        return self.family if self.index == ALONE else f"{self.family}[{self.index}]"


class NextIssue(Struct, frozen=True):
    """The next issue of a series. `date_reason` says in words where its date comes from.

    `raised` are the indexes of carried questions without the date on which they were raised; `waived_paths` are the indexes of carried waivers that
    name an item by its place, with its place in the next issue; `keys_left` are keys of the last issue that speak of that issue alone.
    """

    number: int | None
    date: PartialDate
    date_reason: str
    period: Period | None
    next: PartialDate | None
    fates: tuple[Fate, ...]
    raised: tuple[int, ...]
    waived_paths: tuple[tuple[int, str], ...]
    keys_left: tuple[str, ...] = ()

    def left(self, family: str) -> frozenset[int]:
        """The indexes of the family's items that stay behind."""
        return frozenset(fate.index for fate in self.fates if fate.family == family and not fate.is_carried)


def plan_next(last: Brief, date: PartialDate | None = None) -> NextIssue:
    """The issue after `last`, a brief with ids, as of `date` if it is given.

    Raises `DataError` when the brief is not one of a series or its dates lead nowhere, `UsageError` when `date` does not lie ahead.
    """
    if last.series is None:
        hint = "add 'series: {title: ..., number: 1}' to it"
        raise DataError(Problem("missing-key", "the brief belongs to no series", hint, data_path="title"))
    series, step = last.series, step_of(last.series.period)
    try:
        day, reason = _date(last, date, step)
        period = next_period(series.period) if series.period else None
        due = _due(series.next, day, step) if series.next else None
    except (ValueError, OverflowError):
        what = "the next issue would lie after the year 9999"
        raise DataError(Problem("bad-date", what, "mend it", "date")) from None
    fates = (*_questions(last, step), *_dated(last))
    fates += tuple(_sources(last, fates))
    waivers = tuple(_waivers(last, fates))
    return NextIssue(
        number=series.number + 1 if series.number is not None else None,
        date=day,
        date_reason=reason,
        period=period,
        next=due,
        fates=(*fates, *waivers),
        raised=tuple(fate.index for fate in fates if fate.issues and last.open_questions[fate.index].raised is None),
        waived_paths=tuple(_moved(last, fates, waivers)),
        keys_left=tuple(name for name in OF_ONE_ISSUE if getattr(last, name) is not None),
    )


def _date(last: Brief, wanted: PartialDate | None, step: Step) -> tuple[PartialDate, str]:
    assert last.series is not None
    if wanted is not None:
        if wanted.first_day <= last.date.first_day:
            what = f"{wanted} is not after the last issue ({last.date})"
            raise UsageError(Problem("bad-option", what, "give a later one", "--date"))
        return wanted, "as asked for"
    if last.series.next is not None:
        if last.series.next.first_day <= last.date.first_day:
            what = f"the next issue ({last.series.next}) is not after this one ({last.date})"
            raise DataError(Problem("bad-value", what, "give a later day, or leave 'next' out", "series.next"))
        return last.series.next, "the last issue's series.next"
    period = last.series.period
    if period is not None and period.end == last.date:
        return next_period(period).end, "the end of the period, as before"
    reason = "the length of the period" if period else "no period is given"
    return next_date(last.date, step), f"{step} on: {reason}"


def _due(due: PartialDate, date: PartialDate, step: Step) -> PartialDate:
    """The first day on which an issue is due after the one of `date`."""
    while (due := next_date(due, step)).first_day <= date.first_day:
        pass
    return due


def _questions(last: Brief, step: Step) -> Iterator[Fate]:
    for index, question in enumerate(last.open_questions):
        is_open = question.status is QuestionStatus.OPEN
        issues = _issues(question, last, step) if is_open else None
        raised = question.raised or last.date
        reason = (
            f"open since {raised}, in {issues} {'issue' if issues == 1 else 'issues'}" if is_open else question.status
        )
        yield Fate("open_questions", index, str(question.id), question.question.plain, is_open, reason, issues)


def _issues(question: Question, last: Brief, step: Step) -> int:
    """In how many issues, the last one counted, a question has stood; at most as many as there were."""
    days = (last.date.first_day - (question.raised or last.date).first_day).days
    counted = max(1, math.floor(days / step.about_days) + 1)
    number = last.series.number if last.series else None
    return min(counted, number) if number else counted


_ALONE_THERE = "of that issue alone"


def _dated(last: Brief) -> Iterator[Fate]:
    """Items that stay until a date: what became due since the last issue is still to be told of, what was due before it is not.

    Those that belong to one issue alone stay behind.
    """
    for kind in KINDS:
        for index, item in enumerate(kind.items(last) if kind.once else ()):
            yield Fate(kind.key, index, str(item.id), kind.name_of(item), False, _ALONE_THERE)
        alone = (text.prose.plain for text in texts(last) if text.path.startswith(f"{kind.key}."))
        if kind.once and kind.item is None and (name := next(alone, "")):
            yield Fate(kind.key, ALONE, "", name, False, _ALONE_THERE)
    for kind in KINDS:
        for index, item in enumerate(kind.items(last) if kind.until else ()):
            until: PartialDate | None = getattr(item, kind.until)
            is_past = until is not None and until.is_before(last.date)
            reason = f"{kind.until} {until}" if until else f"no {kind.until} date"
            reason += ", before the last issue" if is_past else ""
            yield Fate(kind.key, index, str(item.id), kind.name_of(item), not is_past, reason)


def _sources(last: Brief, fates: tuple[Fate, ...]) -> Iterator[Fate]:
    cited = _cited(last, fates)
    for index, source in enumerate(last.sources):
        stays = source.id in cited
        reason = cited[source.id] if stays else "nothing that stays cites it"
        yield Fate("sources", index, source.id, source.title, stays, reason)


def _cited(last: Brief, fates: tuple[Fate, ...]) -> dict[str, str]:
    """The ids of sources that what stays rests on, each with where it is first cited."""
    gone = {fate.path for fate in fates if not fate.is_carried}
    found: dict[str, str] = {}
    for mention in mentions(last):
        if gone.isdisjoint((mention.path.partition("]")[0] + "]", mention.path.partition(".")[0])):
            found.setdefault(mention.source, f"cited in {mention.path.split('[')[0].split('.')[0]}")
    for name in tuple(found):
        for reported, step in pairwise(way(last, name)):
            found.setdefault(step, f"reports {reported}")
    return found


def _waivers(last: Brief, fates: tuple[Fate, ...]) -> Iterator[Fate]:
    """A waiver leaves with the one item that it names; any other stays."""
    gone = {(fate.family, fate.index): fate.item for fate in fates if fate.item and not fate.is_carried}
    staying = {fate.item for fate in fates if fate.is_carried}
    judged = {fate.family for fate in fates}
    staying |= {str(item.id) for kind in KINDS if kind.key not in judged for _, item in kind.placed(last)}
    for index, waiver in enumerate(last.waivers):
        name = waiver.item or ""
        place = _INDEXED.fullmatch(name)
        leaves = name in {*gone.values()} - staying or (place and (place["family"], int(place["index"])) in gone)
        reason = f"{name} stays behind" if leaves else f"until {waiver.until}"
        yield Fate("waivers", index, waiver.rule, f"{waiver.rule} {name}".strip(), not leaves, reason)


def _moved(last: Brief, fates: tuple[Fate, ...], waivers: tuple[Fate, ...]) -> Iterator[tuple[int, str]]:
    for fate in waivers:
        place = _INDEXED.fullmatch(last.waivers[fate.index].item or "")
        if place is None or not fate.is_carried:
            continue
        family, index = place["family"], int(place["index"])
        before = sum(each.family == family and each.index < index and not each.is_carried for each in fates)
        if before:
            yield fate.index, f"{family}[{index - before}]{place['rest']}"
