"""Files of parameters: one row an edition, its values as text, each with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from briefing.errors import DataError, Place, Problem, UsageError, shown
from briefing.source.csv_reader import Field, read_csv
from briefing.source.encoding import characters, duplicate_key, read_bytes, refuse_escaped
from briefing.source.json_reader import read_json
from briefing.source.nodes import Mapping, Node, Scalar, typed_texts
from briefing.source.nodes import Sequence as ListNode
from briefing.source.yaml_reader import read_yaml

MOST_ROWS = 10_000
LARGEST_PARAMETERS = 20_000_000
"""Bytes."""
_MOST_TOLD = 20
_FORMATS = ".csv, .yaml, .yml, .jsonl, .ndjson"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row. `name` is its column's: a path as in ``--set`` or a name in expressions. `text` is None where nothing was given.

    `place` is the value's, or the row's where there is none; `heading` is where the column is named first.
    """

    name: str
    text: str | None
    place: Place
    heading: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One edition's values. `number` counts rows from 1; `place` is where the row begins. All rows of a file have the same columns."""

    number: int
    place: Place
    cells: tuple[Cell, ...]

    @property
    def file(self) -> str:
        """The file, as problems name it."""
        return self.place.file

    @property
    def sha256(self) -> str:
        """A hash of the names and values; that of an edition does not change when another row does."""
        return hashlib.sha256(json.dumps([(cell.name, cell.text) for cell in self.cells]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as found, before all columns are known: `key` is the place of its name."""

    name: str
    text: str
    place: Place
    key: Place


_Found = tuple[Place, list[_Value]]


def read_rows(path: Path, shown_as: str | None = None) -> tuple[Row, ...]:
    """The rows of a file in CSV, YAML (a list of mappings) or JSON lines (an object a line); problems call it `shown_as`, else by its path.

    What is nested is flattened to paths: ``{series: {number: 3}}`` has the column ``series.number``. A value that a row does not give is nothing; a
    row of nothing else is no row. Raises `UsageError` when there is no such file, `DataError` with every fault found.
    """
    file = shown_as or str(path)
    reader = _READERS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(Problem("no-such-path", "there is no such file", "check the spelling", place=Place.of(file)))
    if reader is None:
        what = "this is no file of parameters that can be read"
        raise UsageError(Problem("bad-option", what, f"its name must end in one of {_FORMATS}", place=Place.of(file)))
    text = characters(read_bytes(path, file, LARGEST_PARAMETERS, "split it"), file)
    problems: list[Problem] = []
    found = [row for row in reader(text, file, problems) if any(value.text for value in row[1])]
    columns: dict[str, Place] = {}
    for value in (value for _, values in found for value in values):
        columns.setdefault(value.name, value.key)
    problems += _nested_in_text(columns)
    if problems:
        raise DataError(problems[:_MOST_TOLD])
    if not found:
        hint = "give each edition a row below the line of names, or an item of the list"
        raise DataError(Problem("no-rows", "there is no row with a value", hint, place=Place(file)))
    if len(found) > MOST_ROWS:
        place = found[MOST_ROWS][0]
        raise DataError(Problem("too-large", "there are too many rows", f"at most {MOST_ROWS:,}", place=place))
    return tuple(_row(number, place, values, columns) for number, (place, values) in enumerate(found, 1))


def _row(number: int, place: Place, values: Iterable[_Value], columns: dict[str, Place]) -> Row:
    given = {value.name: value for value in values}
    cells = [
        Cell(name, given[name].text or None, given[name].place, heading)
        if name in given
        else Cell(name, None, place, heading)
        for name, heading in columns.items()
    ]
    return Row(number, place, tuple(cells))


def _nested_in_text(columns: dict[str, Place]) -> Iterator[Problem]:
    for name, place in columns.items():
        parts = name.split(".")
        for above in (".".join(parts[:end]) for end in range(1, len(parts))):
            if above in columns:
                what = f"'{shown(name)}' cannot stand in '{shown(above)}', which is a single value elsewhere"
                yield Problem("wrong-type", what, "rename or delete one of the two", place=place)


def _rows_of_csv(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    records = read_csv(text, file)
    if not records:
        return
    headings, *rows = records
    names = _headings(headings, file, problems)
    for fields in rows:
        place = Place(file, fields[0].line, fields[0].column)
        if len(fields) != len(names) and any(field.text for field in fields):
            problems.append(_ragged(fields, len(names), file))
            continue
        yield (
            place,
            [
                _Value(name, field.text, Place(file, field.line, field.column), key)
                for (name, key), field in zip(names, fields, strict=False)
            ],
        )


def _headings(fields: Sequence[Field], file: str, problems: list[Problem]) -> list[tuple[str, Place]]:
    seen: dict[str, int] = {}
    names = []
    for field in fields:
        name, place = field.text.strip(), Place(file, field.line, field.column)
        names.append((name, place))
        if not name:
            problems.append(Problem("missing-key", "the column has no name", "name it, or delete it", place=place))
        elif name in seen:
            problems.append(duplicate_key(file, name, field.line, field.column, seen[name]))
        seen.setdefault(name, field.line)
    return names


def _ragged(fields: Sequence[Field], wanted: int, file: str) -> Problem:
    odd = fields[min(wanted, len(fields) - 1)]
    what = f"the row has {_counted(len(fields), 'value')}, and there {'is' if wanted == 1 else 'are'} {_counted(wanted, 'name')}"
    hint = "put a value that holds what parts values between quotation marks, and nothing for a value that is missing"
    return Problem("ragged-row", what, hint, place=Place(file, odd.line, odd.column))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _rows_of_yaml(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    root = read_yaml(text, file)
    refuse_escaped(typed_texts(root), partial(Place, file))
    if isinstance(root, Scalar) and root.text is None:
        return
    if not isinstance(root, ListNode):
        hint = "begin each row with '- ', as in '- region: North'"
        problems.append(Problem("wrong-type", "this is not a list of rows", hint, place=_place(root, file)))
        return
    for item in root.items:
        yield from _row_of_mapping(item, file, problems)


def _rows_of_json_lines(text: str, file: str, problems: list[Problem]) -> Iterator[_Found]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        told: list[Problem] = []
        found: list[_Found] = []
        try:
            root = read_json(line, file)
            refuse_escaped(typed_texts(root), partial(Place, file))
            found += _row_of_mapping(root, file, told)
        except DataError as error:
            told += error.problems
        problems += [_on_line(problem, number) for problem in told]
        for place, values in found:
            moved = [
                replace(value, place=replace(value.place, line=number), key=replace(value.key, line=number))
                for value in values
            ]
            yield replace(place, line=number), moved


def _on_line(problem: Problem, number: int) -> Problem:
    return problem.at(replace(problem.place, line=number)) if problem.place else problem


def _row_of_mapping(node: Node, file: str, problems: list[Problem]) -> Iterator[_Found]:
    if not isinstance(node, Mapping):
        problems.append(Problem("wrong-type", "this is not a row", "write names with values", place=_place(node, file)))
        return
    seen: dict[str, int] = {}
    values: list[_Value] = []
    for value in _flattened(node, "", file, problems):
        if value.name in seen:
            problems.append(duplicate_key(file, value.name, value.key.line, value.key.column, seen[value.name]))
        seen.setdefault(value.name, value.key.line)
        values.append(value)
    yield _place(node, file), values


def _flattened(node: Mapping, above: str, file: str, problems: list[Problem]) -> Iterator[_Value]:
    for entry in node.entries:
        name, key = f"{above}{entry.key}", Place(file, entry.line, entry.column)
        if isinstance(entry.value, Mapping):
            yield from _flattened(entry.value, f"{name}.", file, problems)
        elif isinstance(entry.value, ListNode):
            hint = "give each item a name of its own, such as reader_1 and reader_2"
            place = _place(entry.value, file)
            problems.append(Problem("wrong-type", "a list cannot be the value of a row", hint, place=place))
        else:
            yield _Value(name, entry.value.text or "", _place(entry.value, file), key)


def _place(node: Node, file: str) -> Place:
    return Place(file, node.line, node.column)


_READERS: dict[str, Callable[[str, str, list[Problem]], Iterator[_Found]]] = {
    ".csv": _rows_of_csv,
    ".yaml": _rows_of_yaml,
    ".yml": _rows_of_yaml,
    ".jsonl": _rows_of_json_lines,
    ".ndjson": _rows_of_json_lines,
}
