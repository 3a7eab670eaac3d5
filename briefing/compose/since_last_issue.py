"""What changed since the last issue, in few lines below the bottom line: each item with a link to where it stands, and what of it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composing, named, titled_section
from briefing.compose.prose_blocks import BULLET
from briefing.compose.wording import PARTED, Wording, change_mark, joined
from briefing.document.inlines import CrossReference, Inline, Strong, Text
from briefing.document.tree import Block, ItemList, ListItem, Paragraph, ParagraphRole, Section
from briefing.schema import Brief
from briefing.schema.brief import KIND_OF
from briefing.schema.types import Choice
from briefing.series.changes import FAMILIES, TEXT, Change, ChangeKind, Detail
from briefing.series.last_issue import Compared, Comparison, Missing, NotTheLast, Unreadable

_TEXT_LABELS: Final = {"title": "text_title", "subtitle": "text_subtitle"}

NAME = "since_last_issue"

MOST_NAMED: Final = 6
"""How many new or rewritten items of one family are named; the others are counted, and marked where they stand."""
MOST_LINES: Final = 7
"""How many lines the section has; further changes are counted, and marked where they stand."""
_SHORT: Final = 40
"""Characters: what a line said before and says now is told where both are no longer."""
_NOT_PRINTED: Final = (
    "abbreviations_list",
    "evidence",
    "fit",
    "form",
    "max_pages",
    "numbered_paragraphs",
    "order",
    "paper",
    "reading_minutes",
    "waivers",
)
"""Keys of the brief that are no words of it, whose change no reader is told of."""

_ORDER: Final = (
    ChangeKind.MOVED,
    ChangeKind.ANSWERED,
    ChangeKind.OVERDUE,
    ChangeKind.REOPENED,
    ChangeKind.OPENED,
    ChangeKind.ADDED,
    ChangeKind.REWRITTEN,
    ChangeKind.STALE,
    ChangeKind.DROPPED,
    ChangeKind.REMOVED,
)
"""What is told first within a family: what asks most of the reader."""

_LINE_EACH: Final = frozenset({ChangeKind.MOVED, ChangeKind.ANSWERED})
"""Kinds of which more is told than the item's name, so that each item has a line to itself."""

_COUNTED: Final = frozenset({ChangeKind.OPENED, ChangeKind.ADDED, ChangeKind.REWRITTEN})
"""Kinds that the body marks one by one, so that not all must be named here."""


def since_last_issue(since: Comparison, brief: Brief, wording: Wording) -> Section:
    """What changed since the last issue. `brief` is the one whose changes they are."""
    return titled_section(NAME, wording(NAME), _blocks(since, Composing(brief, wording)), "series.previous")


def _blocks(since: Comparison, composing: Composing) -> Iterator[Block]:
    changes = since.changes if isinstance(since, Compared) else ()
    printed = [change for change in changes if not change.item.startswith(_NOT_PRINTED) or change.family != TEXT]
    said = (Text(_sentence(since, bool(printed), composing.wording)),)
    yield Paragraph(f"{NAME}.issue", "series.previous", ParagraphRole.INTRODUCTION, said)
    if printed:
        yield ItemList(NAME, "series.previous", False, 1, 1, tuple(_items(printed, composing)))


def _sentence(since: Comparison, is_changed: bool, wording: Wording) -> str:
    match since:
        case Compared(number, date):
            called = [wording("issue", number=number)] if number is not None else []
            issue = wording("comma").join([*called, wording.date(date)])
            return wording("last_issue" if is_changed else "nothing_changed", issue=issue)
        case Missing():
            return wording("last_issue_missing")
        case Unreadable():
            return wording("last_issue_unreadable")
        case NotTheLast(why=why):
            return wording(f"last_issue_{why.value}")


def _items(changes: Sequence[Change], composing: Composing) -> Iterator[ListItem]:
    """An item a family, and one that counts the changes for which there is no line."""
    by_family = [(each, [change for change in changes if change.family == each]) for each in FAMILIES]
    groups = [(each, list(_lines(f"{NAME}.{each}", each, found, composing))) for each, found in by_family]
    is_all = sum(len(lines) for _, lines in groups) <= MOST_LINES
    left, untold = MOST_LINES if is_all else MOST_LINES - 1, 0
    for family, lines in groups:
        if lines[:left]:
            yield ListItem(f"{NAME}.{family}", "", BULLET, tuple(line for line, _ in lines[:left]))
        untold += sum(count for _, count in lines[left:])
        left -= len(lines[:left])
    if untold:
        more = (Text(composing.wording("further_changes", count=untold)),)
        yield ListItem(f"{NAME}.more", "", BULLET, (Paragraph(f"{NAME}.more.1", "", ParagraphRole.BODY, more),))


def _described(change: Change, composing: Composing) -> tuple[Inline, ...]:
    wording = composing.wording
    if change.family == TEXT:
        section, _, key = change.item.partition(".")
        if section in COMPOSERS or section_of(change) != section:
            heading = named(change, f"section-{section_of(change)}.heading", wording(section))
            is_part = key and change.kind is ChangeKind.REWRITTEN
            return (heading, Text(wording("colon") + _key(key, wording))) if is_part else (heading,)
        name = wording(_TEXT_LABELS[change.item]) if change.item in _TEXT_LABELS else _key(change.item, wording)
        return (Text(name[:1].upper() + name[1:] + _step(change.before, change.after)),)
    told = COMPOSERS[KIND_OF[change.family].key].describe(change, composing)
    if not change.details:
        return told
    *before, last = told
    if isinstance(last, (Text, CrossReference)):
        told = (*before, replace(last, text=last.text.removesuffix(".")))
    parted = wording("colon" if change.kind is ChangeKind.REWRITTEN else "semicolon")
    return (
        *told,
        Text(
            parted + wording("comma").join(dict.fromkeys(_detail(each, change, composing) for each in change.details))
        ),
    )


def _detail(detail: Detail, change: Change, composing: Composing) -> str:
    """The key that changed, and how where it holds words on one line."""
    value, wording = getattr(composing.item(change), detail.key, None), composing.wording
    before, after = detail.before, detail.after
    if isinstance(value, Choice):
        before, after = (wording.labels.get(side, "") for side in (before, after))
    elif type(value) is not str:
        return _key(detail.key, wording)
    return _key(detail.key, wording) + _step(before, after)


def _step(before: str, after: str) -> str:
    return f" ({before} → {after})" if before and after and max(len(before), len(after)) <= _SHORT else ""


def _key(path: str, wording: Wording) -> str:
    """What a key is called in the middle of a sentence; a list is one, and so is a chart."""
    key = re.split(r"[.\[]", path.removeprefix("handling."))[0]
    return wording.labels.get(f"key_{key}", key.replace("_", " "))


def section_of(change: Change) -> str:
    """The section that a text stands in: its own, or the one that it opens."""
    section = change.item.partition(".")[0]
    return next((key for key, composer in COMPOSERS.items() if composer.beside == section), section)


def _lines(name: str, family: str, changes: Sequence[Change], composing: Composing) -> Iterator[tuple[Paragraph, int]]:
    """The lines of a family, each with how many changes it tells of."""
    wording = composing.wording
    lead: tuple[Inline, ...] = (Strong((Text(wording(f"changed_{family}")),)), Text(" "))
    ordered = sorted(changes, key=lambda change: _ORDER.index(change.kind))
    number = 0
    for kind, group in groupby(ordered, key=lambda change: change.kind):
        told = list(group)
        rest = 0
        if kind in _COUNTED and len(told) > MOST_NAMED + 1:
            told, rest = told[:MOST_NAMED], len(told) - MOST_NAMED
        said = list(dict.fromkeys(_described(change, composing) for change in told))
        if rest:
            said.append((Text(wording("and_more", count=rest)),))
        for line in said if kind in _LINE_EACH else [joined(said, Text(PARTED))]:
            number += 1
            mark = (change_mark(kind, wording), Text(wording("colon")))
            count = 1 if kind in _LINE_EACH else len(told) + rest
            yield Paragraph(f"{name}.{number}", "", ParagraphRole.BODY, (*lead, *mark, *line)), count
            lead = ()
