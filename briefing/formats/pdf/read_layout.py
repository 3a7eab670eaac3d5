"""Whether the page shows things in the order of the tree: what comes later stands further down, in a column further
along, or on a later page.

A style sheet can turn the order round on paper (flex `order`, `column-reverse`, absolute positions) while the tags stay
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from briefing.document.reading import PieceKind
from briefing.document.tree import Direction, Document, Row, Section, Table
from briefing.errors import Problem
from briefing.formats.agreement.expected import Expected, Node, below
from briefing.formats.agreement.findings import finding, page_list
from briefing.formats.pdf.read_text import Character, same_line

FILE = "PDF"


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something that has a place among its siblings: its characters, and where its first line begins and ends."""

    node: str
    origin: str
    characters: Sequence[Character]
    left: float
    right: float

    @property
    def first(self) -> Character:
        """The character that it begins with."""
        return self.characters[0]


def check_layout(document: Document, expected: Expected, placed: Sequence[Character | None]) -> Iterator[Problem]:
    """One problem for each node that stands before its elder sibling. `placed` holds for each expected character
    the one found, if it was.
    """
    units = _Units(expected, placed, document.direction is Direction.RIGHT_TO_LEFT)
    reported: set[str] = set()
    for siblings, side_by_side in _families(expected):
        known = [unit for unit in map(units.of, siblings) if unit is not None]
        for before, after in pairwise(known):
            if after.node not in reported and units.misplaced(before, after, side_by_side):
                reported.add(after.node)
                where = page_list((after.first.page, before.first.page))
                yield finding(
                    "disagreement",
                    FILE,
                    where,
                    after.node,
                    f"stands before {before.node} on the page, but comes after it in the brief",
                    after.origin,
                )


def _families(expected: Expected) -> Iterator[tuple[Sequence[Node], bool]]:
    """Groups of siblings in their order, and whether they stand side by side in a row."""
    yield expected.of_kind(Section), False
    for node in expected.nodes:
        match node:
            case Table():
                yield (node.caption, *node.rows), False
                yield node.columns, True
            case Row():
                yield node.cells, True
            case _:
                yield below(node), False


@dataclass(frozen=True, slots=True)
class _Units:
    expected: Expected
    placed: Sequence[Character | None]
    right_to_left: bool

    def of(self, node: Any) -> _Unit | None:
        """Where `node` stands; None when nothing of it was found. Labels in drawings have places of their own
        and do not count.
        """
        if node.id not in self.expected.extents:
            return None
        start, end = self.expected.extents[node.id]
        there = [
            character
            for span in self.expected.spans_between(start, end)
            if span.piece.kind is not PieceKind.DRAWN
            for character in self.placed[span.start : span.end]
            if character is not None
        ]
        if not there:
            return None
        line = list(_first_line(there))
        left, right = min(each.left for each in line), max(each.right for each in line)
        return _Unit(node.id, getattr(node, "origin", ""), there, left, right)

    def misplaced(self, before: _Unit, after: _Unit, side_by_side: bool) -> bool:
        """Whether `after` stands where only something earlier than `before` may stand."""
        a, b = before.first, after.first
        if side_by_side:
            return a.page == b.page and self._ahead(before, after)
        if b.page < a.page:
            return True
        return self._under(before, after) or ((same_line(a, b) or _higher(b, a)) and self._ahead(before, after))

    def _ahead(self, before: _Unit, after: _Unit) -> bool:
        """Whether `after` begins on the same page in a column that is read before that of `before`."""
        if before.first.page != after.first.page:
            return False
        return after.left > before.right if self.right_to_left else after.right < before.left

    def _under(self, before: _Unit, after: _Unit) -> bool:
        """Whether some of `before` stands lower in the column of `after`, or on a later page."""
        start = after.first
        return any(
            each.page > start.page or (each.page == start.page and _higher(start, each))
            for each in before.characters
            if each.left < after.right and each.right > after.left
        )


def _higher(a: Character, b: Character) -> bool:
    """Whether `a` stands on a line clearly above that of `b`."""
    return not same_line(a, b) and a.middle > b.middle


def _first_line(characters: Sequence[Character]) -> Iterator[Character]:
    """The characters up to the first that stands on another line than the first."""
    for character in characters:
        if not same_line(character, characters[0]):
            return
        yield character
