"""What changed between two issues, item by item: by stable id, and texts without ids by likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from pydantic import BaseModel

from briefing.schema import Brief, Handling, PartialDate, Question, QuestionStatus, Source
from briefing.schema.brief import RANKED
from briefing.schema.kinds import SectionKind
from briefing.schema.types import NOTE_TO_EDITOR
from briefing.text.prose import Prose, QuotedWords

_KEYBOARD: Final = str.maketrans("“”„‘’‚", "\"\"\"'''")
LIKE = 60.0
"""From 0 to 100: how alike two texts are at least to count as one rewritten (rapidfuzz's ratio)."""


class Pairing(Struct, frozen=True):
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
    from rapidfuzz import fuzz  # only a series has changes

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


TEXT: Final = "text"
"""The family of what stands in no list: the title, the summary, the marking and so on."""
FAMILIES: Final = (*(kind.word for kind in RANKED), TEXT)
"""What sorts of items there are, in the order in which changes are told."""
OF_THE_ISSUE: Final = ("date", "series.number", "series.period", "series.next", "series.previous")
"""What differs from issue to issue because it names the issue, and so is no change."""


class Detail(Struct, frozen=True):
    """A value that changed: the path of its key in its item (``chart.values[1].value``), and what it was and is, empty for nothing."""

    key: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """One change; `family` is one of `FAMILIES`.

    `path` is where the item stands in the newer data file, empty for what is gone; `name` is what to call it.
    `before` and `after` are what moved or was rewritten, as a reader sees it; empty where there is no such side. `details` are the values of an
    item in both issues that changed, but for those that `kind`, `before` and `after` tell of.
    """

    family: str
    kind: ChangeKind
    item: str
    path: str
    name: str
    before: str = ""
    after: str = ""
    details: tuple[Detail, ...] = ()


def changes(old: Brief, new: Brief, *, stale_after_days: int) -> tuple[Change, ...]:
    """Every change from `old` to `new`, both with ids, in the order of `FAMILIES`, then of the newer file; what is gone comes last.

    Every value of every item counts, but not white space, nor what is `OF_THE_ISSUE`. A question is overdue, and a source stale (published more
    than `stale_after_days` before), by the date of the issue, not by the clock; only what became so since the last issue is told.
    """
    found: list[Change] = []
    for kind in RANKED:
        found += _list(kind, old, new) if kind.item is None else _items(kind, old, new, stale_after_days)
    return (*found, *_texts(old, new))


def _items(kind: SectionKind, old: Brief, new: Brief, stale_after_days: int) -> Iterator[Change]:
    before: dict[str, Any] = {str(item.id): item for _, item in kind.placed(old)}
    after: dict[str, Any] = {str(item.id): item for _, item in kind.placed(new)}
    paths = {str(item.id): path for path, item in kind.placed(new)}
    homes = _homes(kind, old), _homes(kind, new)
    for item in {**after, **before}:
        last: Any = before.get(item)
        current: Any = after.get(item)
        details = _details(last, current, kind.key) if last and current else []
        around = [home.get(item, "") for home in homes]
        if last and current and around[0] != around[1]:
            details.append(Detail("within", *around))
        found = _judged(kind, last, current, details)
        match current or last:
            case Question() as question:
                if current is None and question.status is not QuestionStatus.OPEN:
                    continue  # the issue in which it was closed told of that
                found = _question(last, current, old.date, new.date) or found
            case Source() if last and current and _is_stale(current, new, stale_after_days):
                if not _is_stale(last, old, stale_after_days):
                    found = ChangeKind.STALE, "", str(current.published)
        if found is not None:
            is_all = found[0] is ChangeKind.REWRITTEN and len(details) == 1 and not kind.named
            headlines = (kind.main,) if is_all else _HEADLINES.get(found[0], (kind.moves,))
            rest = tuple(detail for detail in details if detail.key not in headlines)
            name = kind.name_of(current or last)
            yield Change(kind.word, found[0], item, paths.get(item, ""), name, *found[1:], rest)


def _homes(kind: SectionKind, brief: Brief) -> dict[str, str]:
    """For each item of `kind` the one that it stands in, empty for none."""
    ids = {path: str(item.id) for path, item in kind.placed(brief)}
    return {item: ids.get(path.rpartition(".")[0], "") for path, item in ids.items()}


_Found = tuple[ChangeKind, str, str] | None
"""What happened to an item, and what it was and is."""
_HEADLINES: Final = {
    ChangeKind.REOPENED: ("status",),
    ChangeKind.DROPPED: ("status",),
    ChangeKind.ANSWERED: ("status", "answer", "answered"),
}
"""The keys whose change a kind of change itself tells of; for other kinds it is that of the judgement."""


def _judged(kind: SectionKind, last: Any, current: Any, details: list[Detail]) -> _Found:
    if last is None or current is None:
        shown = _shown(getattr(current or last, kind.moves or kind.main))
        return (ChangeKind.ADDED, "", shown) if last is None else (ChangeKind.REMOVED, shown, "")
    moved = [detail for detail in details if detail.key == kind.moves]
    if moved:
        return ChangeKind.MOVED, moved[0].before, moved[0].after
    if [detail.key for detail in details] == [kind.main]:
        return ChangeKind.REWRITTEN, details[0].before, details[0].after
    before = "; ".join(f"{detail.key}: {detail.before or 'none'}" for detail in details)
    after = "; ".join(f"{detail.key}: {detail.after or 'none'}" for detail in details)
    return (ChangeKind.REWRITTEN, before, after) if details else None


def _question(last: Question | None, current: Question | None, then: PartialDate, now: PartialDate) -> _Found:
    """What became of a question, or of its date; None when nothing did."""
    was = last.status if last else ""
    if current is None:
        return ChangeKind.REMOVED, was, ""
    if last is None or last.status is not current.status:
        kinds = {
            QuestionStatus.ANSWERED: ChangeKind.ANSWERED,
            QuestionStatus.DROPPED: ChangeKind.DROPPED,
            QuestionStatus.OPEN: ChangeKind.REOPENED if last else ChangeKind.OPENED,
        }
        answered = current.status is QuestionStatus.ANSWERED
        return kinds[current.status], was, _shown(current.answer) if answered else current.status
    if current.status is QuestionStatus.OPEN and _is_past(current.due, now) and not _is_past(last.due, then):
        return ChangeKind.OVERDUE, was, current.status
    return None


def _is_past(due: PartialDate | None, today: PartialDate) -> bool:
    return due is not None and due.is_before(today)


def _is_stale(source: Source, brief: Brief, days: int) -> bool:
    if source.published is None or source.lasts:
        return False
    return (brief.date.first_day - source.published.last_day).days > days


def _list(kind: SectionKind, old: Brief, new: Brief) -> Iterator[Change]:
    """Changes of a list of texts, which have no ids."""
    before, after = ({_set_alike(_typed(text)): text for text in getattr(brief, kind.key)} for brief in (old, new))
    pairing = paired(*([_set_alike(_typed(text)) for text in getattr(brief, kind.key)] for brief in (old, new)))
    for index, text, last in pairing.fresh:
        change = ChangeKind.ADDED if last is None else ChangeKind.REWRITTEN
        was, now = _sides(before[last] if last else None, after[text])
        yield Change(kind.word, change, "", f"{kind.key}[{index}]", after[text].plain, was, now)
    for text in pairing.gone:
        yield Change(kind.word, ChangeKind.REMOVED, "", "", before[text].plain, before=_shown(before[text]))


def _texts(old: Brief, new: Brief) -> Iterator[Change]:
    lists = {kind.key for kind in RANKED}
    last, current = ({name: value for name, value in brief if name not in lists} for brief in (old, new))
    for detail in _details(last, current):
        if not detail.key.startswith(OF_THE_ISSUE):
            kind = ChangeKind.REWRITTEN if detail.before else ChangeKind.ADDED
            kind = kind if detail.after else ChangeKind.REMOVED
            path = detail.key if detail.after else ""
            yield Change(TEXT, kind, detail.key, path, detail.key, detail.before, detail.after)


def _details(last: Any, current: Any, apart: str = "") -> list[Detail]:
    """Every single value in which the two differ, in the order of their keys; what stands under the key `apart` are items of their own."""
    before, after = (
        {path: value for path, value in _leaves(side) if re.split(r"[.\[]", path)[0] != apart}
        for side in (last, current)
    )
    sides = ((key, *_sides(before.get(key), after.get(key))) for key in {**after, **before})
    return [Detail(key, was, now) for key, was, now in sides if was != now]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value in `value` with its path; a list of single values, such as the row of a table, is one.

    Whom an item is for is no word of it.
    """
    match value:
        case BaseModel() | dict():
            for name, inner in value.items() if isinstance(value, dict) else value:
                is_unprinted = name in ("priority", "marking") and not isinstance(value, Handling)
                if name != NOTE_TO_EDITOR and not is_unprinted:
                    yield from _leaves(inner, f"{path}.{name}" if path else name)
        case (BaseModel() | tuple(), *_):
            for index, inner in enumerate(value):
                yield from _leaves(inner, f"{path}[{index}]")
        case _:
            yield path, value


def _sides(before: Any, after: Any) -> tuple[str, str]:
    """Both values as a reader sees them; as typed where only that differs, as with a citation; white space is none."""
    typed = _typed(before), _typed(after)
    shown = _shown(before), _shown(after)
    if _set_alike(typed[0]) == _set_alike(typed[1]):
        return shown[1], shown[1]
    return shown if shown[0] != shown[1] or typed[0] == typed[1] else typed


def _set_alike(text: str) -> str:
    """`text` with the marks and dashes of a keyboard, which the page sets as those of the language."""
    return text.translate(_KEYBOARD).replace("---", "—").replace("--", "–")


def _typed(value: Any) -> str:
    return " ".join(_text(value).split())


def _text(value: Any) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            return ", ".join(map(_text, value))
    return str(value)


def _shown(value: Any) -> str:
    return " ".join(value.plain.split()) if isinstance(value, Prose | QuotedWords) else _typed(value)
