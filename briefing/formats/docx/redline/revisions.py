"""Marks of tracked changes, and where paragraphs end: in the old state, the new one or both (ECMA-376 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from enum import StrEnum
from itertools import groupby
from typing import Final

from msgspec import Struct, field

from briefing.formats.docx.elements import Element, child, name, value, w
from briefing.formats.docx.redline.pieces import canonical


class Change(StrEnum):
    """What became of a piece of the document; the values of the latter two are the names of their elements."""

    KEPT = "kept"
    INSERTED = "ins"
    DELETED = "del"


_IN_DELETIONS: Final = {name("t"): name("delText"), name("instrText"): name("delInstrText")}


class Revisions(Struct):
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
        made: list[Element] = []
        for is_control, group in groupby(copies, key=lambda copy: copy.tag == name("sdt")):
            alike = list(group)
            if is_control:
                made += [element for control in alike for element in self._control_around(change, control)]
            else:
                made.append(self.mark(change.value, *alike))
        return made

    def _control_around(self, change: Change, control: Element) -> list[Element]:
        """A content control that came or went, its content and its tags marked, each by itself."""
        content = child(control, "sdtContent")
        if content is not None:
            content[:] = [self.mark(change.value, *content)]
        return self.changed_control(control, change)

    def changed_control(self, control: Element, change: Change = Change.INSERTED) -> list[Element]:
        """A content control whose two tags came or went; its content is marked by itself, as Word does."""
        content = child(control, "sdtContent")
        range_name = f"customXml{change.value.title()}Range"
        first, second = self.mark(f"{range_name}Start"), self.mark(f"{range_name}Start")
        ends = [w(f"{range_name}End", id=start.get(name("id"))) for start in (first, second)]
        if content is not None:
            content.insert(0, ends[0])
            content.append(second)
        return [first, control, ends[1]]

    def mark_paragraph(self, properties: Element, change: Change) -> None:
        """Say in a paragraph's `properties` that its mark was inserted or deleted."""
        if change is not Change.KEPT:
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


_LAYOUT: Final = ("keepNext", "keepLines", "spacing", "rPr", "sectPr", "pPrChange")
"""What is of the page and not of the content: it is as in the new state, and never marked."""


class Block(Struct, frozen=True):
    """A block of the redline by its two states, one of which may be missing."""

    old: Element | None
    new: Element | None

    @property
    def change(self) -> Change:
        """What became of it."""
        if self.old is None:
            return Change.INSERTED
        return Change.DELETED if self.new is None else Change.KEPT

    @property
    def element(self) -> Element:
        """The newest state that there is."""
        found = self.new if self.new is not None else self.old
        assert found is not None, "a block has a state"
        return found

    @property
    def is_paragraph(self) -> bool:
        """Whether it is one."""
        return bool(self.element.tag == name("p"))


class Mark(Struct, frozen=True):
    """The end of a paragraph: what became of it, and the paragraphs that end with it in the two states."""

    change: Change
    old: Element | None
    new: Element | None


def settled(blocks: Sequence[Block]) -> list[tuple[Block, Mark]]:
    """The blocks of one story with the marks at which they end (those of tables say nothing). Where both states end
    with a paragraph, both end with the same mark.
    """
    start = max((place + 1 for place, each in enumerate(blocks) if each.change is Change.KEPT), default=0)
    stayed, tail = list(blocks[:start]), list(blocks[start:])
    came = [each for each in tail if each.change is Change.INSERTED]
    went = [each for each in tail if each.change is Change.DELETED]
    if came and went and came[-1].is_paragraph and went[-1].is_paragraph:
        return _inner([*stayed, *went[:-1], *came[:-1], Block(went[-1].old, came[-1].new)])
    if tail and not (came and went) and tail[-1].is_paragraph and stayed and stayed[-1].is_paragraph:
        return [*_inner(stayed)[:-1], *_shifted([stayed[-1], *tail])]
    marked = [*_inner(stayed), *((each, _own(each)) for each in tail)]
    if marked and marked[-1][0].is_paragraph:
        last = marked[-1][0]
        marked[-1] = (last, Mark(Change.KEPT, last.old, last.new))
    return marked


def _inner(blocks: Sequence[Block]) -> list[tuple[Block, Mark]]:
    """Blocks of which the last one stayed, with their marks.

    LibreOffice may give a paragraph the style of one before it whose mark is taken away. So paragraphs that came or went
    take the mark of the one before them, which stayed, and leave the one after them its own, where these are not alike.
    """
    made: list[tuple[Block, Mark]] = []
    stretches = [list(found) for _, found in groupby(blocks, key=lambda each: each.change is Change.KEPT)]
    for place, stretch in enumerate(stretches):
        if made and stretch[0].change is not Change.KEPT and _is_shifted(made[-1][0], stretch, stretches[place + 1][0]):
            made[-1:] = _shifted([made[-1][0], *stretch])
        else:
            made += ((each, _own(each)) for each in stretch)
    return made


def _is_shifted(before: Block, stretch: Sequence[Block], after: Block) -> bool:
    """Whether all are paragraphs, those between came, or went, and one of them is unlike the one after them."""
    if not all(each.is_paragraph for each in (before, *stretch)) or len({each.change for each in stretch}) > 1:
        return False
    following = after.new if stretch[0].old is None else after.old  # as in the state in which they are there
    if following is None or not after.is_paragraph:
        return True
    return any(_content(_properties(each.element)) != _content(_properties(following)) for each in stretch)


def _own(block: Block) -> Mark:
    return Mark(block.change, block.old, block.new)


def _shifted(blocks: Sequence[Block]) -> Iterator[tuple[Block, Mark]]:
    """A block that stayed and those after it that all came or all went, each with the mark of the next one."""
    change, stays, last = blocks[-1].change, blocks[0], blocks[-1]
    came = change is Change.INSERTED
    for each in blocks[:-1]:
        yield each, Mark(change, None if came else each.old, each.new if came else None)
    former, newest = (stays, last) if came else (last, stays)
    yield last, Mark(Change.KEPT, former.old, newest.new)


def paragraph_properties(mark: Mark, lists: Lists, revisions: Revisions) -> Element:
    """The properties that stand at a mark: of the new state, with those of the old one beside them where they differ
    in more than layout (ECMA-376 17.13.5.29).
    """
    old = None if mark.old is None else lists.placed(_properties(mark.old))
    new = None if mark.new is None else deepcopy(_properties(mark.new))
    made = new if new is not None else old
    assert made is not None, "a paragraph ends in one state at least"
    revisions.mark_paragraph(made, mark.change)
    if old is not None and new is not None and _content(old) != _content(new):
        for local in ("rPr", "sectPr"):
            for each in old.findall(name(local)):
                old.remove(each)
        made.append(revisions.mark("pPrChange", old))
    return made


def _properties(paragraph: Element) -> Element:
    found = child(paragraph, "pPr")
    return w("pPr") if found is None else found


def _content(properties: Element) -> list[bytes]:
    left_out = {name(local) for local in _LAYOUT}
    return [canonical(each) for each in properties if each.tag not in left_out]


class Lists(Struct):
    """Learns from paragraphs that stayed which list of the old state goes on as which of the new one. `numbering` holds
    the lists of both, those of the new state `ours`.
    """

    numbering: Element
    ours: frozenset[Element]
    _same: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._same)

    def learn(self, old: Element, new: Element) -> None:
        """Two states of one paragraph, by their properties: their lists are one if alike, and neither is paired yet."""
        before, after = (value(child(each, "numPr", "numId")) for each in (old, new))
        if before is None or after is None or before in self._same or after in self._same.values():
            return
        if before == after or self._definition(before) == self._definition(after):
            self._same[before] = after

    def placed(self, old: Element) -> Element:
        """A copy of the properties of a paragraph of the old state, in the list of the redline."""
        copy = deepcopy(old)
        instance = child(copy, "numPr", "numId")
        if instance is not None:
            held = value(instance) or ""
            instance.set(name("val"), self._same.get(held, held))
        return copy

    def drop_unused(self, used: set[str]) -> None:
        """Take lists of the old state out of the numbering, but for those `used`, and definitions that no list has."""
        theirs = [each for each in self.numbering if each not in self.ours]
        for number in [each for each in theirs if each.tag == name("num") and value(each, "numId") not in used]:
            self.numbering.remove(number)
        defined = {value(child(each, "abstractNumId")) for each in self.numbering.iterfind(name("num"))}
        for each in theirs:
            if each.tag == name("abstractNum") and value(each, "abstractNumId") not in defined:
                self.numbering.remove(each)

    def _definition(self, instance: str) -> list[bytes]:
        found = (each for each in self.numbering.iterfind(name("num")) if value(each, "numId") == instance)
        return [canonical(each) for number in found for each in number]
