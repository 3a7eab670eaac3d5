"""Holding what a file says against what it must say: where they agree, and each place where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct, field

from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Span


class Remainder:
    """Some text as read, of which compared characters can be taken once each."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._text, self._index = bare(raw)
        self._parts = [(0, len(self._text))] if self._text else []

    def take(self, text: str) -> bool:
        """Take compared characters away once; false when they are not there in one piece."""
        for place, (start, end) in enumerate(self._parts):
            found = self._text.find(text, start, end)
            if found >= 0:
                rest = ((start, found), (found + len(text), end))
                self._parts[place : place + 1] = [(low, high) for low, high in rest if low < high]
                return True
        return False

    def left(self) -> list[str]:
        """What nothing asked for, as read."""
        return [self._raw[self._index[start] : self._index[end - 1] + 1] for start, end in self._parts]


_LEAST_ANCHOR = 8
"""The fewest characters by which a piece is recognised wherever it stands."""


class Found(Struct, frozen=True):
    """What a file says: `raw` as read, `text` the compared characters, `index` the place in `raw` of each."""

    raw: str
    text: str
    index: Sequence[int]

    @classmethod
    def of(cls, raw: str) -> Found:
        """The compared characters of `raw`."""
        text, index = bare(raw)
        return cls(raw, text, index)

    def excerpt(self, start: int, end: int) -> str:
        """The text as read, from compared character `start` up to `end`."""
        return self.raw[self.index[start] : self.index[end - 1] + 1] if start < end else ""


class DifferenceKind(StrEnum):
    """How a file departs from the tree."""

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    MOVED = "moved"


class Difference(Struct, frozen=True):
    """One departure, of compared characters found from `start` up to `end`.

    `span` is the piece concerned, for extra text the piece that it follows; `pieces` counts the pieces from `span` on
    that moved together.
    """

    kind: DifferenceKind
    span: Span
    start: int
    end: int
    pieces: int = 1


class Alignment(Struct, frozen=True):
    """`found_at` holds for each expected character where it was found, or -1. No differences means equal texts."""

    differences: tuple[Difference, ...]
    found_at: Sequence[int]


def align(expected: Expected, found: Found) -> Alignment:
    """All differences between `expected` and `found`, in the order of the tree."""
    if expected.text == found.text:
        return Alignment((), range(len(found.text)))
    if not expected.spans:
        raise ValueError("a document without text cannot be compared")
    anchors = _anchors(expected, found.text)
    positions = [position for _, position in anchors]
    # The most anchors that follow one another in both texts.
    from rapidfuzz.distance import LCSseq  # only what differs needs it

    blocks = LCSseq.opcodes(positions, sorted(positions))
    kept = {place for block in blocks if block.tag == "equal" for place in range(block.src_start, block.src_end)}
    work = _Work(expected, found, [-1] * len(expected.text))
    for place in kept:
        work.match(*anchors[place])
    for place, (span, position) in enumerate(anchors):
        if place not in kept:
            work.set_aside(span, position)
    work.align_between([anchors[place] for place in sorted(kept)])
    return work.result()


def _anchors(expected: Expected, found: str) -> list[tuple[Span, int]]:
    """The pieces whose text stands once in the tree and once in the file, with the place where it was found."""
    anchors = []
    for span in expected.spans:
        text = expected.text[span.start : span.end]
        position = found.find(text)
        once = position == found.rfind(text) and expected.text.find(text) == expected.text.rfind(text)
        if len(text) >= _LEAST_ANCHOR and position >= 0 and once:
            anchors.append((span, position))
    return anchors


class _Work(Struct):
    """An alignment being made."""

    expected: Expected
    found: Found
    found_at: list[int]
    differences: list[Difference] = field(default_factory=list)
    _taken: set[int] = field(default_factory=set)
    _changes: dict[Span, list[int]] = field(default_factory=dict)

    def match(self, span: Span, position: int) -> None:
        """The piece `span` was found whole from `position` on."""
        there = range(position, position + span.end - span.start)
        self.found_at[span.start : span.end] = there
        self._taken.update(there)

    def set_aside(self, span: Span, position: int) -> None:
        """A piece stands whole in another place, perhaps with its neighbours."""
        if self.found_at[span.start] >= 0:
            return
        place = self.expected.spans.index(span)
        first, start = self._with_neighbours(place, position, -1)
        last, end = self._with_neighbours(place, position, 1)
        moved = self.expected.spans[first]
        self.differences.append(Difference(DifferenceKind.MOVED, moved, start, end, last - first + 1))

    def _with_neighbours(self, place: int, position: int, step: int) -> tuple[int, int]:
        """Match the piece at `place` and those next to it in direction `step` that stand next to it in the file, too."""
        spans = self.expected.spans
        self.match(spans[place], position)
        end = position + spans[place].end - spans[place].start
        while 0 <= place + step < len(spans):
            span = spans[place + step]
            length = span.end - span.start
            start = end if step > 0 else position - length
            text = self.expected.text[span.start : span.end]
            if start < 0 or self.found_at[span.start] >= 0 or not self.found.text.startswith(text, start):
                break
            if not self._taken.isdisjoint(range(start, start + length)):
                break
            place += step
            position, end = (position, start + length) if step > 0 else (start, end)
            self.match(span, start)
        return place, end if step > 0 else position

    def align_between(self, anchors: Sequence[tuple[Span, int]]) -> None:
        """Character by character between the anchors, leaving out what was set aside."""
        start = position = 0
        for span, place in anchors:
            self._gap(start, span.start, position, place)
            start, position = span.end, place + span.end - span.start
        self._gap(start, len(self.expected.text), position, len(self.found.text))

    def _gap(self, start: int, end: int, position: int, stop: int) -> None:
        from rapidfuzz.distance import Levenshtein

        wanted = [each for each in range(start, end) if self.found_at[each] < 0]
        there = [each for each in range(position, stop) if each not in self._taken]
        left = "".join(self.expected.text[each] for each in wanted)
        right = "".join(self.found.text[each] for each in there)
        for edit in Levenshtein.opcodes(left, right):
            sources, targets = wanted[edit.src_start : edit.src_end], there[edit.dest_start : edit.dest_end]
            if edit.tag == "equal":
                for source, target in zip(sources, targets, strict=True):
                    self.found_at[source] = target
            elif sources:
                for span in self.expected.spans_between(sources[0], sources[-1] + 1):
                    self._changes.setdefault(span, []).extend(targets)
            else:
                before = wanted[edit.src_start - 1] if edit.src_start else max(0, start - 1)
                self._insert(before, targets, inside=edit.src_start < len(wanted))

    def _insert(self, before: int, targets: Sequence[int], inside: bool) -> None:
        """Found characters that nothing asks for: a change when they stand within a piece, else extra text after it."""
        span = self.expected.span_at(before)
        if inside and span.start <= before < span.end - 1 and self.found_at[before] >= 0:
            self._changes.setdefault(span, []).extend(targets)
            return
        for _, neighbours in groupby(enumerate(targets), lambda pair: pair[1] - pair[0]):
            run = [target for _, target in neighbours]
            self.differences.append(Difference(DifferenceKind.EXTRA, span, run[0], run[-1] + 1))

    def result(self) -> Alignment:
        """The differences, one for each piece concerned."""
        for span, targets in self._changes.items():
            places = [place for place in self.found_at[span.start : span.end] if place >= 0] + targets
            if places:
                change = Difference(DifferenceKind.CHANGED, span, min(places), max(places) + 1)
            else:
                # What is missing would stand after the last character found before it.
                before = next((place for place in reversed(self.found_at[: span.start]) if place >= 0), -1)
                change = Difference(DifferenceKind.MISSING, span, before + 1, before + 1)
            self.differences.append(change)
        ordered = sorted(self.differences, key=lambda difference: (difference.span.start, difference.start))
        return Alignment(tuple(ordered), self.found_at)
