"""What changed between two issues, item by item: by stable id, and texts without ids by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from briefing.schema import Brief, PartialDate, Question, QuestionStatus, Stakeholder
from briefing.text.prose import Prose

LIKE = 60.0
"""From 0 to 100: how alike two texts are at least to count as one rewritten (rapidfuzz's ratio)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """`fresh` are the texts that are new, with their indexes and the text that each was made from, None for none; `gone` went without a follower."""

    fresh: tuple[tuple[int, str, str | None], ...]
    gone: tuple[str, ...]


def paired(before: Sequence[str], after: Sequence[str]) -> Pairing:
    """Pair what is not in both lists, the likest first; a text that stands several times is so many items."""
    gone = [text for _, text in _not_in(after, before)]
    fresh = list(_not_in(before, after))
    made_from = _likest(gone, [text for _, text in fresh])
    used = set(made_from.values())
    return Pairing(
        tuple(
            (index, text, gone[made_from[place]] if place in made_from else None)
            for place, (index, text) in enumerate(fresh)
        ),
        tuple(text for place, text in enumerate(gone) if place not in used),
    )


def _not_in(others: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    left = Counter(others)
    for index, text in enumerate(texts):
        if left[text]:
            left[text] -= 1
        else:
            yield index, text


def _likest(gone: Sequence[str], fresh: Sequence[str]) -> dict[int, int]:
    """For each of `fresh` that has one, by its place, the place of what it was made from."""
    scored = sorted(
        (-fuzz.ratio(last, text, score_cutoff=LIKE), origin, place)
        for origin, last in enumerate(gone)
        for place, text in enumerate(fresh)
    )
    made_from: dict[int, int] = {}
    used: set[int] = set()
    for score, origin, place in scored:
        if -score >= LIKE and place not in made_from and origin not in used:
            made_from[place] = origin
            used.add(origin)
    return made_from


class ChangeKind(StrEnum):
    """What happened to an item."""

    MOVED = "moved"
    ANSWERED = "answered"
    DROPPED = "dropped"
    OPENED = "opened"
    REOPENED = "reopened"
    OVERDUE = "overdue"
    ADDED = "added"
    REMOVED = "removed"
    REWRITTEN = "rewritten"
    STALE = "stale"


class Family(StrEnum):
    """What sort of item it is, in the order in which changes are told."""

    POSITION = "position"
    QUESTION = "question"
    QUOTE = "quote"
    EVENT = "event"
    SOURCE = "source"
    KEY_POINT = "key_point"
    SECTION = "section"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `path` is where the item stands in the newer data file, empty for what is gone; `name` is what to call it.

    `before` and `after` are what moved or was rewritten, as a reader sees it; empty where there is no such side.
    """

    family: Family
    kind: ChangeKind
    item: str
    path: str
    name: str
    before: str = ""
    after: str = ""


def changes(old: Brief, new: Brief, *, stale_after_days: int) -> tuple[Change, ...]:
    """Every change from `old` to `new`, both with ids, in the order of `Family`, then of the newer file; what is gone comes last.

    A question is overdue, and a source stale (published more than `stale_after_days` before), by the date of the issue, not by the clock; only
    what became so since the last issue is told.
    """
    found = [
        *_positions(old, new),
        *_questions(old, new),
        *_items(Family.QUOTE, "quotes", old, new, lambda quote: quote.text.plain, lambda quote: quote.speaker),
        *_items(
            Family.EVENT,
            "timeline",
            old,
            new,
            lambda event: f"{event.date}: {event.event.plain}",
            lambda event: event.event.plain,
        ),
        *_sources(old, new, stale_after_days),
        *_key_points(old, new),
        *_items(
            Family.SECTION,
            "sections",
            old,
            new,
            lambda section: f"{section.title}\n{section.body.plain}",
            lambda section: section.title,
        ),
        *_texts(old, new),
    ]
    return tuple(found)


def _pairs(name: str, old: Brief, new: Brief) -> tuple[dict[str, Any], dict[str, tuple[str, Any]]]:
    before = {str(item.id): item for item in getattr(old, name)}
    after = {str(item.id): (f"{name}[{index}]", item) for index, item in enumerate(getattr(new, name))}
    return before, after


def _items(
    family: Family, name: str, old: Brief, new: Brief, text: Callable[[Any], str], title: Callable[[Any], str]
) -> Iterator[Change]:
    before, after = _pairs(name, old, new)
    for item, (path, current) in after.items():
        if item not in before:
            yield Change(family, ChangeKind.ADDED, item, path, title(current), after=text(current))
        elif text(before[item]) != text(current):
            yield Change(family, ChangeKind.REWRITTEN, item, path, title(current), text(before[item]), text(current))
    for item, last in before.items():
        if item not in after:
            yield Change(family, ChangeKind.REMOVED, item, "", title(last), before=text(last))


def _positions(old: Brief, new: Brief) -> Iterator[Change]:
    before, after = _pairs("stakeholders", old, new)
    for item, (path, current) in after.items():
        last: Stakeholder | None = before.get(item)
        if last is None:
            yield Change(Family.POSITION, ChangeKind.ADDED, item, path, current.name, after=current.stance or "")
        elif last.stance != current.stance:
            yield Change(
                Family.POSITION, ChangeKind.MOVED, item, path, current.name, last.stance or "", current.stance or ""
            )
        elif _plain(last.position) != _plain(current.position):
            yield Change(
                Family.POSITION,
                ChangeKind.REWRITTEN,
                item,
                path,
                current.name,
                _plain(last.position),
                _plain(current.position),
            )
    for item, last in before.items():
        if item not in after:
            yield Change(Family.POSITION, ChangeKind.REMOVED, item, "", last.name, before=last.stance or "")


def _questions(old: Brief, new: Brief) -> Iterator[Change]:
    before, after = _pairs("open_questions", old, new)
    for item, (path, current) in after.items():
        last: Question | None = before.get(item)
        name = current.question.plain
        kind = _question_change(last, current, old.date, new.date)
        if kind is not None:
            yield Change(
                Family.QUESTION,
                kind,
                item,
                path,
                name,
                before=last.status if last else "",
                after=_plain(current.answer) if kind is ChangeKind.ANSWERED else current.status,
            )
        elif last is not None and last.question.plain != name:
            yield Change(Family.QUESTION, ChangeKind.REWRITTEN, item, path, name, last.question.plain, name)
    for item, last in before.items():
        if item not in after and last.status is QuestionStatus.OPEN:
            yield Change(Family.QUESTION, ChangeKind.REMOVED, item, "", last.question.plain, before=last.status)


def _question_change(
    last: Question | None, current: Question, then: PartialDate, now: PartialDate
) -> ChangeKind | None:
    if last is None and current.status is QuestionStatus.OPEN:
        return ChangeKind.OPENED
    if last is None or last.status is not current.status:
        return {
            QuestionStatus.ANSWERED: ChangeKind.ANSWERED,
            QuestionStatus.DROPPED: ChangeKind.DROPPED,
            QuestionStatus.OPEN: ChangeKind.REOPENED,
        }[current.status]
    if current.status is QuestionStatus.OPEN and _is_past(current.due, now) and not _is_past(last.due, then):
        return ChangeKind.OVERDUE
    return None


def _is_past(due: PartialDate | None, today: PartialDate) -> bool:
    return due is not None and due.is_before(today)


def _sources(old: Brief, new: Brief, stale_after_days: int) -> Iterator[Change]:
    before, after = _pairs("sources", old, new)
    for item, (path, current) in after.items():
        if item not in before:
            yield Change(Family.SOURCE, ChangeKind.ADDED, item, path, current.title)
        elif _is_stale(current.published, new.date, stale_after_days) and not _is_stale(
            before[item].published, old.date, stale_after_days
        ):
            yield Change(Family.SOURCE, ChangeKind.STALE, item, path, current.title, after=str(current.published))
    for item, last in before.items():
        if item not in after:
            yield Change(Family.SOURCE, ChangeKind.REMOVED, item, "", last.title)


def _is_stale(published: PartialDate | None, today: PartialDate, days: int) -> bool:
    return published is not None and (today.first_day - published.last_day).days > days


def _key_points(old: Brief, new: Brief) -> Iterator[Change]:
    pairing = paired([point.plain for point in old.key_points], [point.plain for point in new.key_points])
    for index, text, last in pairing.fresh:
        kind = ChangeKind.ADDED if last is None else ChangeKind.REWRITTEN
        yield Change(Family.KEY_POINT, kind, "", f"key_points[{index}]", text, last or "", text)
    for text in pairing.gone:
        yield Change(Family.KEY_POINT, ChangeKind.REMOVED, "", "", text, before=text)


def _texts(old: Brief, new: Brief) -> Iterator[Change]:
    for name in ("title", "subtitle", "proposition", "summary", "background"):
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before == after:
            continue
        kind = ChangeKind.REWRITTEN if before and after else ChangeKind.ADDED if after else ChangeKind.REMOVED
        yield Change(Family.TEXT, kind, name, name if after else "", name, before, after)


def _plain(text: Prose | str | None) -> str:
    """A text or a line as a reader sees it; empty for none."""
    return text.plain if isinstance(text, Prose) else text or ""
