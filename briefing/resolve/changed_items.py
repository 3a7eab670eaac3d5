"""What each changed item is called in a line, with a link to where it stands in the brief."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from briefing.document.inlines import CrossReference, Inline, Text
from briefing.resolve.key_points import key_point_names
from briefing.resolve.marks import stance_mark
from briefing.resolve.wording import Wording
from briefing.schema import Brief, Stance
from briefing.series.changes import Change, ChangeKind, Family

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
