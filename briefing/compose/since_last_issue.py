"""What changed since the last issue, told first: a line for each family, each item with a link to where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from briefing.compose.prose_blocks import BULLET, key_point_names
from briefing.compose.wording import Wording, change_mark, stance_mark
from briefing.document.inlines import CrossReference, Inline, Strong, Text
from briefing.document.tree import Block, Heading, ItemList, ListItem, Paragraph, ParagraphRole, Section, SectionKind
from briefing.schema import Brief, Stance
from briefing.series.changes import Change, ChangeKind, Family
from briefing.series.comparison import Compared, Comparison, Missing, NotTheLast, Unreadable

LONGEST: Final = 160
"""Characters: a longer text is cut after a word, since its item can be read below."""
LONGEST_NAME: Final = 70
"""Characters of what only serves to know the item again: a key point's first sentence, a quote that is gone."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")
_TEXT_LABELS: Final = {"title": "text_title", "subtitle": "text_subtitle"}
_TEXT_PLACES: Final = {"summary": "summary", "background": "background", "proposition": "stakeholders"}


@dataclass(frozen=True, slots=True)
class ChangedItems:
    """Tells of the changes of `brief`, in the words of its language."""

    brief: Brief
    wording: Wording

    def told(self, change: Change) -> tuple[Inline, ...]:
        """The item of `change`, and what the kind of change asks to be said of it."""
        match change.family:
            case Family.POSITION:
                return self._position(change)
            case Family.QUESTION:
                return self._question(change)
            case Family.QUOTE:
                return self._quote(change)
            case Family.EVENT:
                return self._event(change)
            case Family.SOURCE:
                return self._source(change)
            case Family.KEY_POINT:
                return self._key_point(change)
            case Family.SECTION:
                return (self._named(change, f"section-{change.item}.heading", shortened(change.name)),)
            case Family.TEXT:
                return self._text(change)

    def _named(self, change: Change, target: str, name: str) -> Inline:
        """The name of an item, leading to `target` when the item is still there."""
        return CrossReference(target, name) if change.path else Text(name)

    def _position(self, change: Change) -> tuple[Inline, ...]:
        name = self._named(change, f"position-{change.item}", shortened(change.name))
        if change.kind is ChangeKind.MOVED:
            before, after = self._stance(change.before), self._stance(change.after)
            return (name, Text(self.wording("comma")), before, Text(" → "), after)
        stance = change.after if change.kind is ChangeKind.ADDED else change.before
        if stance and change.kind is not ChangeKind.REWRITTEN:
            return (name, Text(" ("), self._stance(stance), Text(")"))
        return (name,)

    def _stance(self, stance: str) -> Inline:
        return stance_mark(Stance(stance), self.wording) if stance else Text(self.wording("no_stance"))

    def _question(self, change: Change) -> tuple[Inline, ...]:
        name = self._named(change, f"question-{change.item}", shortened(change.name))
        if change.kind is ChangeKind.ANSWERED and change.after:
            return (name, Text(f" {shortened(change.after)}"))
        if change.kind is ChangeKind.OVERDUE:
            due = self.brief.open_questions[self._places("open_questions")[change.path]].due
            assert due is not None
            return (name, Text(f" ({self.wording('due')}{self.wording('colon')}{self.wording.date(due)})"))
        return (name,)

    def _quote(self, change: Change) -> tuple[Inline, ...]:
        if change.path:
            return (CrossReference(f"quote-{change.item}", ""), Text(f" ({change.name})"))
        said = self.wording.quoted(shortened(change.before, LONGEST_NAME))
        return (Text(f"{change.name}{self.wording('comma')}{said}"),)

    def _event(self, change: Change) -> tuple[Inline, ...]:
        name = self._named(change, f"event-{change.item}", shortened(change.name))
        place = self._places("timeline").get(change.path)
        if place is None:
            return (name,)
        return (Text(self.wording.date(self.brief.timeline[place].date) + self.wording("comma")), name)

    def _source(self, change: Change) -> tuple[Inline, ...]:
        name = self._named(change, f"source-{change.item}", self.wording.quoted(shortened(change.name)))
        place = self._places("sources").get(change.path)
        published = self.brief.sources[place].published if place is not None else None
        if change.kind is ChangeKind.STALE and published is not None:
            return (name, Text(f" ({self.wording.date(published)})"))
        return (name,)

    def _key_point(self, change: Change) -> tuple[Inline, ...]:
        name = shortened(_SENTENCE.split(change.name, maxsplit=1)[0], LONGEST_NAME)
        place = self._places("key_points").get(change.path)
        target = key_point_names(self.brief.key_points)[place] if place is not None else ""
        return (self._named(change, target, name),)

    def _text(self, change: Change) -> tuple[Inline, ...]:
        name = self.wording(_TEXT_LABELS.get(change.item, change.item))
        place = _TEXT_PLACES.get(change.item)
        return (self._named(change, f"section-{place}.heading", name) if place else Text(name),)

    def _places(self, family: str) -> dict[str, int]:
        """The place in its list of each item, by its path."""
        return {f"{family}[{index}]": index for index in range(len(getattr(self.brief, family)))}


def shortened(text: str, most: int = LONGEST) -> str:
    """`text` on one line, cut after a word with an ellipsis where it has more than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return (line[: most - 1].rsplit(" ", 1)[0] if " " in line[: most - 1] else line[: most - 1]) + "…"


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
