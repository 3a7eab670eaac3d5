"""What changed since the last issue, told first: a line for each family, each item with a link to where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composing, named
from briefing.compose.prose_blocks import BULLET
from briefing.compose.wording import Wording, change_mark
from briefing.document.inlines import Inline, Strong, Text
from briefing.document.tree import Block, Heading, ItemList, ListItem, Paragraph, ParagraphRole, Section
from briefing.schema import Brief
from briefing.schema.brief import KIND_OF
from briefing.series.changes import FAMILIES, TEXT, Change, ChangeKind
from briefing.series.comparison import Compared, Comparison, Missing, NotTheLast, Unreadable

_TEXT_LABELS: Final = {"title": "text_title", "subtitle": "text_subtitle"}

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
    return Section(name, "series.previous", NAME, heading, tuple(_blocks(since, Composing(brief, wording))))


def _blocks(since: Comparison, composing: Composing) -> Iterator[Block]:
    said = (Text(_sentence(since, composing.wording)),)
    yield Paragraph(f"{NAME}.issue", "series.previous", ParagraphRole.INTRODUCTION, said)
    if isinstance(since, Compared) and since.changes:
        yield ItemList(NAME, "series.previous", False, 1, 1, tuple(_families(since.changes, composing)))


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


def _families(changes: Sequence[Change], composing: Composing) -> Iterator[ListItem]:
    for family in FAMILIES:
        found = [change for change in changes if change.family == family]
        if found:
            name = f"{NAME}.{family}"
            yield ListItem(name, "", BULLET, tuple(_lines(name, family, found, composing)))


def _told(change: Change, composing: Composing) -> tuple[Inline, ...]:
    if change.family != TEXT:
        return COMPOSERS[KIND_OF[change.family].key].told(change, composing)
    name = composing.wording(_TEXT_LABELS.get(change.item, change.item))
    return (
        Text(name) if change.item in _TEXT_LABELS else named(change, f"section-{section_of(change)}.heading", name),
    )


def section_of(change: Change) -> str:
    """The section that a text stands in: its own, or the one that it opens."""
    return next((key for key, composer in COMPOSERS.items() if composer.beside == change.item), change.item)


def _lines(name: str, family: str, changes: Sequence[Change], composing: Composing) -> Iterator[Paragraph]:
    wording = composing.wording
    lead: tuple[Inline, ...] = (Strong((Text(wording(f"changed_{family}")),)), Text(" "))
    ordered = sorted(changes, key=lambda change: _ORDER.index(change.kind))
    number = 0
    for kind, group in groupby(ordered, key=lambda change: change.kind):
        told = list(group)
        rest = 0
        if kind in _COUNTED and len(told) > MOST_NAMED + 1:
            told, rest = told[:MOST_NAMED], len(told) - MOST_NAMED
        said = [_told(change, composing) for change in told]
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
