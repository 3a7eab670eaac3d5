"""What changed between two issues, item by item: by stable id, and texts without ids by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rapidfuzz import fuzz

from briefing.schema import Brief, PartialDate, Question, QuestionStatus, Source
from briefing.schema.brief import KINDS
from briefing.schema.fields import SINGLE_TEXTS
from briefing.schema.kinds import SectionKind
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


RANKED: Final = tuple(sorted((kind for kind in KINDS if kind.rank), key=lambda kind: kind.rank))
"""The kinds of section whose changes are told, in that order."""
TEXT: Final = "text"
"""The family of what is one text: the title, the summary and so on."""
FAMILIES: Final = (*(kind.word for kind in RANKED), TEXT)
"""What sorts of items there are, in the order in which changes are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `family` is one of `FAMILIES`.

    `path` is where the item stands in the newer data file, empty for what is gone; `name` is what to call it.
    `before` and `after` are what moved or was rewritten, as a reader sees it; empty where there is no such side.
    """

    family: str
    kind: ChangeKind
    item: str
    path: str
    name: str
    before: str = ""
    after: str = ""


def changes(old: Brief, new: Brief, *, stale_after_days: int) -> tuple[Change, ...]:
    """Every change from `old` to `new`, both with ids, in the order of `FAMILIES`, then of the newer file; what is gone comes last.

    A question is overdue, and a source stale (published more than `stale_after_days` before), by the date of the issue, not by the clock; only
    what became so since the last issue is told.
    """
    found: list[Change] = []
    for kind in RANKED:
        if kind.item is None:
            found += _list(kind, old, new)
        else:
            found += _items(kind, old, new, stale_after_days)
    return (*found, *_texts(old, new))


def _items(kind: SectionKind, old: Brief, new: Brief, stale_after_days: int) -> Iterator[Change]:
    before: dict[str, Any] = {str(item.id): item for item in kind.items(old)}
    after: dict[str, Any] = {str(item.id): item for item in kind.items(new)}
    paths = {item: f"{kind.key}[{index}]" for index, item in enumerate(after)}
    for item in {**after, **before}:
        last, current = before.get(item), after.get(item)
        found: _Found
        match kind.key:
            case "open_questions":
                found = _question(last, current, old.date, new.date)
            case "sources":
                found = _source(last, current, old.date, new.date, stale_after_days)
            case _:
                found = _judged(kind, last, current)
        if found is not None:
            entry: Any = last if current is None else current
            yield Change(kind.word, found[0], item, paths.get(item, ""), kind.name_of(entry), *found[1:])


_Found = tuple[ChangeKind, str, str] | None
"""What happened to an item, and what it was and is."""


def _judged(kind: SectionKind, last: Any, current: Any) -> _Found:
    if last is None:
        return ChangeKind.ADDED, "", _shown(kind, current)
    if current is None:
        return ChangeKind.REMOVED, _shown(kind, last), ""
    if kind.moves and getattr(last, kind.moves) != getattr(current, kind.moves):
        return ChangeKind.MOVED, _shown(kind, last), _shown(kind, current)
    if kind.said:
        before, after = kind.words_of(last), kind.words_of(current)
    else:
        before, after = _differing(_values(last), _values(current))
    return (ChangeKind.REWRITTEN, before, after) if before != after else None


def _shown(kind: SectionKind, item: Any) -> str:
    """What is told of an item that came, went or moved."""
    if kind.moves:
        return getattr(item, kind.moves) or ""
    return kind.words_of(item) if kind.said else _listed(_values(item))


def _values(item: Any) -> dict[str, str]:
    """What every key of an item holds, as typed but for white space."""
    return {
        key: " ".join((", ".join(map(str, value)) if isinstance(value, tuple) else str(value)).split())
        for key, value in item
        if key != "id" and value not in (None, ())
    }


def _differing(before: dict[str, str], after: dict[str, str]) -> tuple[str, str]:
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return _listed({key: before.get(key, "none") for key in keys}), _listed(
        {key: after.get(key, "none") for key in keys}
    )


def _listed(values: dict[str, str]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in values.items())


def _question(last: Question | None, current: Question | None, then: PartialDate, now: PartialDate) -> _Found:
    if current is None:
        return (ChangeKind.REMOVED, last.status, "") if last and last.status is QuestionStatus.OPEN else None
    kind = _question_change(last, current, then, now)
    if kind is not None:
        answered = _plain(current.answer) if kind is ChangeKind.ANSWERED else current.status
        return kind, last.status if last else "", answered
    before, after = _plain(last.question if last else None), current.question.plain
    return (ChangeKind.REWRITTEN, before, after) if before != after else None


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


def _source(last: Source | None, current: Source | None, then: PartialDate, now: PartialDate, days: int) -> _Found:
    if last is None or current is None:
        return ChangeKind.ADDED if last is None else ChangeKind.REMOVED, "", ""
    if _is_stale(current.published, now, days) and not _is_stale(last.published, then, days):
        return ChangeKind.STALE, "", str(current.published)
    return None


def _is_stale(published: PartialDate | None, today: PartialDate, days: int) -> bool:
    return published is not None and (today.first_day - published.last_day).days > days


def _list(kind: SectionKind, old: Brief, new: Brief) -> Iterator[Change]:
    """Changes of a list of texts, which have no ids."""
    pairing = paired(*([text.plain for text in getattr(brief, kind.key)] for brief in (old, new)))
    for index, text, last in pairing.fresh:
        change = ChangeKind.ADDED if last is None else ChangeKind.REWRITTEN
        yield Change(kind.word, change, "", f"{kind.key}[{index}]", text, last or "", text)
    for text in pairing.gone:
        yield Change(kind.word, ChangeKind.REMOVED, "", "", text, before=text)


def _texts(old: Brief, new: Brief) -> Iterator[Change]:
    for name in ("title", "subtitle", *SINGLE_TEXTS):
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before == after:
            continue
        kind = ChangeKind.REWRITTEN if before and after else ChangeKind.ADDED if after else ChangeKind.REMOVED
        yield Change(TEXT, kind, name, name if after else "", name, before, after)


def _plain(text: Prose | str | None) -> str:
    """A text or a line as a reader sees it; empty for none."""
    return text.plain if isinstance(text, Prose) else text or ""
