"""Files of parameters: one row a brief, its values as text, each with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import DataError, Place, Problem, UsageError, shown
from briefing.files import not_there
from briefing.regular_files import is_file, kind_of_path
from briefing.source.csv_reader import read_csv
from briefing.source.encoding import MOST_REPORTED, characters, duplicate_key, read_bytes, refuse_escaped
from briefing.source.json_reader import read_json
from briefing.source.nodes import Mapping, Node, is_nothing
from briefing.source.nodes import Sequence as ListNode
from briefing.source.yaml_reader import read_yaml

MOST_ROWS = 10_000
LARGEST_PARAMETERS = 20_000_000
"""Bytes."""


class Cell(Struct, frozen=True):
    """One value of a row. `name` is its column's: a path as in ``--set`` or a name in expressions. `text` is None where nothing was given.

    `place` is the value's, or the row's where there is none; `heading` is where the column is named first.
    """

    name: str
    text: str | None
    place: Place
    heading: Place


class Row(Struct, frozen=True):
    """One row's values. `number` counts rows from 1; `place` is where the row begins. All rows of a file have the same columns."""

    number: int
    place: Place
    cells: tuple[Cell, ...]

    @property
    def file(self) -> str:
        """The file, as problems name it."""
        return self.place.file

    @property
    def sha256(self) -> str:
        """A hash of the names and values; that of a row does not change when another row does."""
        return hashlib.sha256(json.dumps([(cell.name, cell.text) for cell in self.cells]).encode()).hexdigest()


_Found = tuple[Place, list[Cell]]
"""Where a row begins, and its values as found before all columns are known: the heading of each is the place of its own name."""


def read_rows(path: Path, shown_as: str | None = None) -> tuple[Row, ...]:
    """The rows of a file in CSV, YAML (a list of mappings) or JSON lines (an object a line); problems call it `shown_as`, else by its path.

    What is nested is flattened to paths: ``{series: {number: 3}}`` has the column ``series.number``. A value that a row does not give is nothing; a
    row of nothing else is no row. Raises `UsageError` when there is no such file, `DataError` with every fault found.
    """
    file = shown_as or str(path)
    reader = _READERS.get(path.suffix.lower())
    if not is_file(path) and kind_of_path(path) is None:
        raise UsageError(Problem("no-such-path", "there is no such file", not_there(path), place=Place.of(file)))
    if reader is None:
        what, hint = "this is no file of parameters that can be read", f"its name must end in one of {_FORMATS}"
        raise UsageError(Problem("bad-option", what, hint, place=Place.of(file)))
    text = characters(read_bytes(path, file, LARGEST_PARAMETERS, "split it"), file)
    problems: list[Problem] = []
    found = [row for row in reader(text, file, problems) if any(cell.text for cell in row[1])]
    columns: dict[str, Place] = {}
    for _, cells in found:
        for cell in cells:
            columns.setdefault(cell.name, cell.heading)
    problems += _nested_in_text(columns)
    if problems:
        raise DataError(problems[:MOST_REPORTED])
    if not found:
        hint = "give each brief a row below the line of names, or an item of the list"
        raise DataError(Problem("no-rows", "there is no row with a value", hint, place=Place(file)))
    if len(found) > MOST_ROWS:
        place = found[MOST_ROWS][0]
        raise DataError(Problem("too-large", "there are too many rows", f"at most {MOST_ROWS:,}", place=place))
    return tuple(_row(number, place, cells, columns) for number, (place, cells) in enumerate(found, 1))


def _row(number: int, place: Place, cells: list[Cell], columns: dict[str, Place]) -> Row:
    given = {cell.name: cell for cell in cells}
    empty = Cell("", None, place, place)
    made = (replace(given.get(name, empty), name=name, heading=heading) for name, heading in columns.items())
    return Row(number, place, tuple(made))


def _nested_in_text(columns: dict[str, Place]) -> Iterator[Problem]:
    for name, place in columns.items():
        parts = name.split(".")
        for above in (".".join(parts[:end]) for end in range(1, len(parts))):
            if above in columns:
                what = f"'{shown(name)}' cannot stand in '{shown(above)}', which is a single value elsewhere"
                yield Problem("wrong-type", what, "rename or delete one of the two", place=place)


def _check_names(cells: Iterable[Cell], file: str, problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        at = cell.heading
        if not cell.name:
            problems.append(Problem("missing-key", "the column has no name", "name it, or delete it", place=at))
        elif cell.name in seen:
            problems.append(duplicate_key(file, cell.name, at.line, at.column, seen[cell.name]))
        seen.setdefault(cell.name, at.line)


def _rows_of_csv(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    records = [
        [(field.text, Place(file, field.line, field.column)) for field in record] for record in read_csv(text, file)
    ]
    names = [Cell(text.strip(), None, place, place) for text, place in records[0]] if records else []
    _check_names(names, file, problems)
    for fields in records[1:]:
        if len(fields) == len(names) or not any(text for text, _ in fields):
            given = zip(names, fields, strict=False)
            yield fields[0][1], [replace(name, text=text or None, place=place) for name, (text, place) in given]
            continue
        are = "is 1 name" if len(names) == 1 else f"are {len(names)} names"
        what = f"the row has {len(fields)} {'value' if len(fields) == 1 else 'values'}, and there {are}"
        hint = (
            "put a value that holds what parts values between quotation marks, and nothing for a value that is missing"
        )
        place = fields[min(len(names), len(fields) - 1)][1]
        problems.append(Problem("ragged-row", what, hint, place=place))


def _rows_of_yaml(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    root = read_yaml(text, file)
    refuse_escaped(root, text, file)
    if isinstance(root, ListNode):
        for item in root.items:
            yield from _row_of_mapping(item, file, problems)
    elif not is_nothing(root):
        hint = "begin each row with '- ', as in '- region: North'"
        problems.append(Problem("wrong-type", "this is not a list of rows", hint, place=_place(root, file)))


def _rows_of_json_lines(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                root = read_json(line, file, number)
                refuse_escaped(root, text, file)
            except DataError as error:
                problems += error.problems
            else:
                yield from _row_of_mapping(root, file, problems)


def _row_of_mapping(node: Node, file: str, problems: list[Problem]) -> Iterator[_Found]:
    if not isinstance(node, Mapping):
        problems.append(Problem("wrong-type", "this is not a row", "write names with values", place=_place(node, file)))
        return
    cells = list(_flattened(node, "", file, problems))
    _check_names(cells, file, problems)
    yield _place(node, file), cells


def _flattened(node: Mapping, above: str, file: str, problems: list[Problem]) -> Iterator[Cell]:
    for entry in node.entries:
        name, place = f"{above}{entry.key}", _place(entry.value, file)
        if isinstance(entry.value, Mapping):
            yield from _flattened(entry.value, f"{name}.", file, problems)
        elif isinstance(entry.value, ListNode):
            hint = "give each item a name of its own, such as reader_1 and reader_2"
            problems.append(Problem("wrong-type", "a list cannot be the value of a row", hint, place=place))
        else:
            yield Cell(name, entry.value.text or None, place, Place(file, entry.line, entry.column))


def _place(node: Node, file: str) -> Place:
    return Place(file, node.line, node.column)


_READERS: dict[str, Callable[[str, str, list[Problem]], Iterator[_Found]]] = {
    **dict.fromkeys((".yaml", ".yml"), _rows_of_yaml),
    **dict.fromkeys((".jsonl", ".ndjson"), _rows_of_json_lines),
    ".csv": _rows_of_csv,
}
_FORMATS = ".csv, .yaml, .yml, .jsonl, .ndjson"
