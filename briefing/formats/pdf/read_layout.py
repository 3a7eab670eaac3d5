"""Whether the page shows things in the order of the tree: what comes later stands further down, in a column further
along, or on a later page.

A style sheet can turn the order round on paper (flex `order`, `column-reverse`, absolute positions) while the tags stay
right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from msgspec import Struct

from briefing.document.inlines import FootnoteReference
from briefing.document.reading import PieceKind
from briefing.document.tree import Column, Direction, Document, Footnote, Row, Table
from briefing.errors import Problem
from briefing.formats.agreement.expected import Expected, Node, below
from briefing.formats.pdf.read_text import Character, pdf_finding, same_line


def check_layout(document: Document, expected: Expected, placed: Sequence[Character | None]) -> Iterator[Problem]:
    """One problem for each node that stands before its elder sibling. `placed` holds for each expected character
    the one found, if it was. A footnote may stand at the foot of the page that calls it, too.
    """
    right_to_left = document.direction is Direction.RIGHT_TO_LEFT
    placed = _above_feet(expected, placed)
    pieces = _pieces(expected, placed)
    reported: set[str] = set()
    for siblings, side_by_side in _families(document, expected):
        units = [unit for node in siblings if (unit := _unit(node, expected, pieces))]
        for before, after in pairwise(units):
            if after.node not in reported and _misplaced(before, after, side_by_side, right_to_left):
                reported.add(after.node)
                message = f"stands before {before.node} on the page, but comes after it in the brief"
                pages = after.first.page, before.first.page
                yield pdf_finding("disagreement", message, after.node, after.origin, pages)


def _above_feet(expected: Expected, placed: Sequence[Character | None]) -> Sequence[Character | None]:
    """What was found, without the footnotes that stand below all else on the page that calls them, or on the next."""
    extents = [expected.extents.get(note.id, (0, 0)) for note in expected.of_kind(Footnote)]
    if not extents:
        return placed
    within = {place for start, end in extents for place in range(start, end)}
    lowest: dict[int, float] = {}
    for place, character in enumerate(placed):
        if character is not None and place not in within:
            lowest[character.page] = min(character.middle, lowest.get(character.page, character.middle))
    calls = [each for each in expected.mentions if isinstance(each.inline, FootnoteReference)]
    left = list(placed)
    for (start, end), call in zip(extents, calls, strict=True):
        called = placed[call.start]
        there = [each for each in placed[start:end] if each is not None]
        if called is not None and all(
            each.page - called.page in (0, 1) and each.middle < lowest.get(each.page, each.middle + 1) for each in there
        ):
            left[start:end] = [None] * (end - start)
    return left


def _families(document: Document, expected: Expected) -> Iterator[tuple[Sequence[Node], bool]]:
    """Groups of siblings in their order, and whether they stand side by side in a row."""
    yield document.sections, False
    for node in expected.nodes:
        match node:
            case Table():
                yield [each for each in below(node) if not isinstance(each, Column)], False
                yield node.columns, True
            case _:
                yield below(node), isinstance(node, Row)


class _Piece(Struct, frozen=True):
    """A piece of text: its characters, and by the page how low and how high it reaches there, as twice the middle of characters."""

    characters: list[Character]
    reach: dict[int, tuple[float, float]]

    @classmethod
    def of(cls, characters: list[Character]) -> _Piece:
        """What is to be known of a piece, whatever stands around it."""
        reach: dict[int, tuple[float, float]] = {}
        for page, there in groupby(characters, attrgetter("page")):
            heights = [each.bottom + each.top for each in there]
            low, high = reach.get(page, (math.inf, -math.inf))
            reach[page] = min(low, *heights), max(high, *heights)
        return cls(characters, reach)


def _pieces(expected: Expected, placed: Sequence[Character | None]) -> dict[int, _Piece]:
    """What was found of each piece, by where it begins. Labels in drawings have places of their own and do not count."""
    found = {
        span.start: list(filter(None, placed[span.start : span.end]))
        for span in expected.spans
        if span.piece.kind is not PieceKind.DRAWN and span.end > span.start
    }
    return {start: _Piece.of(characters) for start, characters in found.items() if characters}


class _Unit(Struct, frozen=True, dict=True):
    """Something that has a place among its siblings: the pieces of its text, and where its first line begins and ends."""

    node: str
    origin: str
    pieces: Sequence[_Piece]
    left: float
    right: float

    @property
    def first(self) -> Character:
        """The character that it begins with."""
        return self.pieces[0].characters[0]

    @property
    def characters(self) -> Iterator[Character]:
        """Its characters in order."""
        return (each for piece in self.pieces for each in piece.characters)

    @cached_property
    def lowest(self) -> tuple[int, float]:
        """The last page that it stands on, and how low it reaches there; see `highest`."""
        last = max(page for piece in self.pieces for page in piece.reach)
        return last, min(piece.reach[last][0] for piece in self.pieces if last in piece.reach)

    @cached_property
    def top(self) -> float:
        """How high it reaches on the page that it begins on."""
        page = self.first.page
        return max(piece.reach[page][1] for piece in self.pieces if page in piece.reach)

    @cached_property
    def highest(self) -> dict[int, Character]:
        """At each point across the page that it begins on, the highest of its characters there."""
        found: dict[int, Character] = {}
        heights: dict[int, float] = {}
        page = self.first.page
        for each in self.characters:
            if each.page != page:
                continue
            height = each.bottom + each.top
            for point in range(int(each.left), int(each.right) + 1):
                if point not in found or height > heights[point]:
                    found[point], heights[point] = each, height
        return found


def _unit(node: Any, expected: Expected, pieces: Mapping[int, _Piece]) -> _Unit | None:
    """Where `node` stands; None when nothing of it was found."""
    spans = expected.spans_between(*expected.extents.get(node.id, (0, 0)))
    there = [pieces[span.start] for span in spans if span.end > span.start and span.start in pieces]
    if not there:
        return None
    first = there[0].characters[0]
    line = []
    for each in (each for piece in there for each in piece.characters):
        if each.run is not first.run and not same_line(each, first):
            break
        line.append(each)
    left, right = min(map(attrgetter("left"), line)), max(map(attrgetter("right"), line))
    return _Unit(node.id, getattr(node, "origin", ""), there, left, right)


def _misplaced(before: _Unit, after: _Unit, side_by_side: bool, right_to_left: bool) -> bool:
    """Whether `after` stands where only something earlier than `before` may stand."""
    a, b = before.first, after.first
    ahead = a.page == b.page and (after.left > before.right if right_to_left else after.right < before.left)
    if side_by_side:
        return ahead
    if b.page < a.page or _under(before, after):
        return True
    return ahead and (same_line(a, b) or _higher(b, a))


def _under(before: _Unit, after: _Unit) -> bool:
    """Whether some of `before` stands lower in the column of `after`, below some of its text, or on a later page."""
    start, left, right = after.first, after.left, after.right
    page, height = start.page, start.bottom + start.top
    last, low = before.lowest
    if last < page or (last == page and low >= after.top):  # all of it stands above
        return False
    if any(
        each.page > page or (each.page == page and each.bottom + each.top < height and not same_line(start, each))
        for each in before.characters
        if each.left < right and each.right > left
    ):
        return True
    # A heading may stand in the margin of its text: then what belongs above it can lie between the lines beside it.
    highest = after.highest
    return any(
        above is not None and _higher(above, each)
        for each in before.characters
        if each.page == page
        for above in (highest.get(int(each.left + each.right) // 2),)
    )


def _higher(a: Character, b: Character) -> bool:
    """Whether `a` stands on a line clearly above that of `b`."""
    return a.bottom + a.top > b.bottom + b.top and not same_line(a, b)
