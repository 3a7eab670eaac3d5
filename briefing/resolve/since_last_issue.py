"""What changed since the last issue, told first: one item of a list for each family, with links to where the items stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from briefing.document.blocks import Block, ItemList, ListItem, Paragraph, ParagraphRole
from briefing.document.inlines import Inline, Strong, Text
from briefing.document.tree import Heading, Section, SectionKind
from briefing.resolve.changed_items import ChangedItems
from briefing.resolve.marks import change_mark
from briefing.resolve.prose import BULLET
from briefing.resolve.wording import Wording
from briefing.schema import Brief
from briefing.series.changes import Change, ChangeKind, Family
from briefing.series.comparison import Compared, Comparison, Missing, NotTheLast, Unreadable

NAME = "since_last_issue"

MOST_NAMED: Final = 6
"""How many new or rewritten items of one family are named; the others are counted, and marked where they stand."""

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
    """The section that a brief with a last issue opens with. `brief` is the one whose changes they are."""
    name = f"section-{NAME}"
    heading = Heading(f"{name}.heading", "", 1, (Text(wording(NAME)),))
    return Section(
        name, "series.previous", SectionKind.SINCE_LAST_ISSUE, heading, tuple(_blocks(since, brief, wording))
    )


def _blocks(since: Comparison, brief: Brief, wording: Wording) -> Iterator[Block]:
    yield Paragraph(f"{NAME}.issue", "series.previous", ParagraphRole.INTRODUCTION, (Text(_sentence(since, wording)),))
    if isinstance(since, Compared) and since.changes:
        items = ChangedItems(brief, wording)
        yield ItemList(NAME, "series.previous", False, 1, 1, tuple(_families(since.changes, items, wording)))


def _sentence(since: Comparison, wording: Wording) -> str:
    match since:
        case Compared(number, date, changes):
            called = [wording("issue", number=number)] if number is not None else []
            issue = wording("comma").join([*called, wording.date(date)])
            return wording("last_issue" if changes else "nothing_changed", issue=issue)
        case Missing():
            return wording("last_issue_missing")
        case Unreadable():
            return wording("last_issue_unreadable")
        case NotTheLast(why=why):
            return wording(f"last_issue_{why.value}")


def _families(changes: Sequence[Change], items: ChangedItems, wording: Wording) -> Iterator[ListItem]:
    for family in Family:
        found = [change for change in changes if change.family is family]
        if found:
            name = f"{NAME}.{family.value}"
            yield ListItem(name, "", BULLET, tuple(_lines(name, family, found, items, wording)))


def _lines(
    name: str, family: Family, changes: Sequence[Change], items: ChangedItems, wording: Wording
) -> Iterator[Paragraph]:
    lead: tuple[Inline, ...] = (Strong((Text(wording(f"changed_{family.value}")),)), Text(" "))
    ordered = sorted(changes, key=lambda change: _ORDER.index(change.kind))
    number = 0
    for kind, group in groupby(ordered, key=lambda change: change.kind):
        told = list(group)
        rest = 0
        if kind in _COUNTED and len(told) > MOST_NAMED + 1:
            told, rest = told[:MOST_NAMED], len(told) - MOST_NAMED
        said = [items.told(change) for change in told]
        if rest:
            said.append((Text(wording("and_more", count=rest)),))
        for line in said if kind in _LINE_EACH else [_joined(said, " · ")]:
            number += 1
            mark = (change_mark(kind, wording), Text(wording("colon")))
            yield Paragraph(f"{name}.{number}", "", ParagraphRole.BODY, (*lead, *mark, *line))
            lead = ()


def _joined(parts: Sequence[tuple[Inline, ...]], separator: str) -> tuple[Inline, ...]:
    joined: list[Inline] = []
    for part in parts:
        if joined:
            joined.append(Text(separator))
        joined += part
    return tuple(joined)
