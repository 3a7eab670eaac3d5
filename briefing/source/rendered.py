"""A data file as its template gave it: where each of its characters and values came from.

The value of an expression never stands in the text that is read as YAML. A mark stands for it there, and the value takes the mark's place in the
finished nodes, so that no value can be anything but text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.errors import BriefingError, DataError, Place, Problem, shown
from briefing.source.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Writing,
    beginning,
    inked,
    inked_before,
    line_and_column,
)


@dataclass(frozen=True, slots=True)
class Value:
    """The value of the expression at `offset` in the template; `cell` is where it stands when it is the text of a cell as it stands there."""

    text: str
    offset: int
    cell: Place | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that begin at `start`: those of the template from `offset` on, or the mark of the value `number`."""

    start: int
    offset: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered template. `text` is YAML with a mark, a number between two of `sign`, for each of `values`.

    `columns` are those of the row that the template speaks of.
    """

    file: str
    template: str
    text: str
    sign: str
    pieces: tuple[Piece, ...]
    values: tuple[Value, ...]
    columns: frozenset[str]

    def place(self, line: int, column: int) -> Place:
        """Where in the template the character stands that has this place in `text`."""
        return self._place(self._start(line) + column - 1)

    def place_inside(self, scalar: Scalar, offset: int) -> Place:
        """Where the character `offset` of a value of `filled` stands: in the template, or in the cell that it came from.

        As in `spot_inside`, the value may have been cleaned since.
        """
        wanted = inked_before(scalar.text or "", offset)
        last: Piece | None = None
        for index in inked(self.text, beginning(self.text, scalar), scalar.writing):
            piece = self._piece(index)
            if piece.number is None:
                if wanted == 0:
                    return self._place(index)
                wanted -= 1
            elif piece is not last:
                ink = len("".join(self.values[piece.number].text.split()))
                if wanted < ink:
                    return self._place_of_value(self.values[piece.number])
                wanted -= ink
            last = piece
        return self.place(scalar.line, scalar.column)

    def explained(self, error: BriefingError) -> DataError:
        """The error of reading `text`, in terms of the template."""
        return DataError([self._explained(problem) for problem in error.problems])

    def filled(self, root: Mapping) -> Mapping:
        """The nodes of `text` with the values in place of their marks. Raises `DataError` for keys that hold one."""
        problems: list[Problem] = []
        made = self._filled(root, {}, problems)
        if problems:
            raise DataError(problems)
        assert isinstance(made, Mapping)
        return made

    def _filled(self, node: Node, known: dict[int, Node], problems: list[Problem]) -> Node:
        # What several aliases stand for is one node, and stays one.
        if id(node) in known:
            return known[id(node)]
        made: Node
        match node:
            case Mapping():
                problems.extend(self._made_keys(node))
                entries = (replace(entry, value=self._filled(entry.value, known, problems)) for entry in node.entries)
                made = replace(node, entries=tuple(entries))
            case Sequence():
                made = replace(node, items=tuple(self._filled(item, known, problems) for item in node.items))
            case Scalar():
                made = self._filled_scalar(node)
        known[id(node)] = made
        return made

    def _made_keys(self, node: Mapping) -> Iterator[Problem]:
        for entry in node.entries:
            if self.sign in entry.key:
                place = self.place(entry.line, entry.column)
                hint = "write the key itself; {% if %} can choose between keys"
                yield Problem("data-template", "a key cannot come from an expression", hint, place=place)

    def _filled_scalar(self, node: Scalar) -> Scalar:
        if node.text is None or self.sign not in node.text:
            return node
        text = self._mark.sub(lambda mark: self.values[int(mark[1])].text, node.text)
        only = self._mark.fullmatch(node.text.strip())
        value = self.values[int(only[1])] if only else None
        # Without quotation marks, nothing is no value, as when nothing is typed behind a key.
        nothing = not text and node.writing is Writing.PLAIN
        return replace(node, text=None if nothing else text, origin=self._place_of_value(value) if value else None)

    @property
    def _mark(self) -> re.Pattern[str]:
        return re.compile(f"{self.sign}([0-9]+){self.sign}")

    def _place_of_value(self, value: Value) -> Place:
        return value.cell or Place(self.file, *line_and_column(self.template, value.offset))

    def _explained(self, problem: Problem) -> Problem:
        place = self.place(problem.place.line, problem.place.column) if problem.place else None
        sign = f"(?:{re.escape(shown(self.sign))}|U{ord(self.sign):08x})"
        message, hint = (
            re.sub(f"{sign}(?:[0-9]+{sign})?", "{{ }}", words) for words in (problem.message, problem.hint)
        )
        return replace(problem, message=message, hint=hint, place=place)

    def _start(self, line: int) -> int:
        index = 0
        for _ in range(line - 1):
            index = self.text.index("\n", index) + 1
        return index

    def _piece(self, index: int) -> Piece:
        found = bisect_right(self.pieces, index, key=lambda piece: piece.start)
        return self.pieces[max(found - 1, 0)]

    def _place(self, index: int) -> Place:
        if not self.pieces:
            return Place(self.file)
        piece = self._piece(index)
        offset = piece.offset if piece.number is not None else piece.offset + index - piece.start
        return Place(self.file, *line_and_column(self.template, offset))
