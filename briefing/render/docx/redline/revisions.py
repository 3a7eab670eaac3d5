"""The marks of tracked changes: who, when, and a number that no other mark in the file has (ECMA-376 17.13.5)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from briefing.render.docx.markup import Element, child, name, w


class Change(StrEnum):
    """What became of a piece of the document; the values of the latter two are the names of their elements."""

    KEPT = "kept"
    INSERTED = "ins"
    DELETED = "del"


_IN_DELETIONS: Final = {name("t"): name("delText"), name("instrText"): name("delInstrText")}
_CONTROL_TAGS: Final = "customXmlInsRange"


@dataclass(slots=True)
class Revisions:
    """Makes the marks of one file. `date` is ISO 8601 UTC; `last` is the highest number that is taken."""

    author: str
    date: str
    last: int = 0

    def number(self) -> int:
        """A number that nothing else in the file has."""
        self.last += 1
        return self.last

    def mark(self, local: str, *content: Element) -> Element:
        """A mark of that name with a number of its own."""
        return w(local, *content, id=self.number(), author=self.author, date=self.date)

    def around(self, change: Change, runs: Sequence[Element]) -> list[Element]:
        """Copies of `runs` within one insertion or deletion, or as they are when they are kept."""
        copies = [deepcopy(run) for run in runs]
        if change is Change.KEPT:
            return copies
        if change is Change.DELETED:
            for element in (each for run in copies for each in run.iter(*_IN_DELETIONS)):
                element.tag = _IN_DELETIONS[str(element.tag)]
        return [self.mark(change.value, *copies)]

    def inserted_control(self, control: Element) -> list[Element]:
        """A content control whose two tags are inserted; its content is marked by itself, as Word does."""
        content = child(control, "sdtContent")
        first, second = self.mark(f"{_CONTROL_TAGS}Start"), self.mark(f"{_CONTROL_TAGS}Start")
        ends = [w(f"{_CONTROL_TAGS}End", id=start.get(name("id"))) for start in (first, second)]
        if content is not None:
            content.insert(0, ends[0])
            content.append(second)
        return [first, control, ends[1]]

    def mark_paragraph(self, properties: Element, change: Change) -> None:
        """Say in a paragraph's `properties` that its mark was inserted or deleted."""
        if change is Change.KEPT:
            return
        self._run_properties(properties).insert(0, self.mark(change.value))

    def mark_passing(self, properties: Element) -> None:
        """Say in a paragraph's `properties` that its mark was inserted and deleted again: it is in neither state."""
        self._run_properties(properties)[:0] = [self.mark(Change.INSERTED), self.mark(Change.DELETED)]

    def _run_properties(self, properties: Element) -> Element:
        found = child(properties, "rPr")
        if found is None:
            found = w("rPr")
            before = child(properties, "sectPr")
            if before is None:
                properties.append(found)
            else:
                before.addprevious(found)
        return found
