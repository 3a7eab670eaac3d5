"""Tables whose rows stand in CSV files: taken in as if they had been typed, each cell with its place in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefing.errors import BriefingError, Place, Problem
from briefing.files import inside, not_below
from briefing.source.csv_reader import Field, read_csv
from briefing.source.encoding import LARGEST_FILE, characters, read_bytes
from briefing.source.file import SourceFile
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence

_TABLES: Final = "tables"
"""The key that holds the tables."""


def with_csv_tables(source: SourceFile) -> tuple[SourceFile, list[Problem]]:
    """The file with the rows of each table that names a CSV file, and with its columns where it has none, and every fault found on the way."""
    problems: list[Problem] = []
    entry = source.root.entry(_TABLES)
    if entry is None or not isinstance(entry.value, Sequence):
        return source, problems
    items = tuple(
        _filled(item, source, f"{_TABLES}[{index}]", problems) for index, item in enumerate(entry.value.items)
    )
    taken = replace(entry, value=replace(entry.value, items=items))
    entries = tuple(taken if each is entry else each for each in source.root.entries)
    return replace(source, root=replace(source.root, entries=entries)), problems


def csv_paths(source: SourceFile) -> Iterator[str]:
    """The CSV files that the tables name, as typed."""
    entry = source.root.entry(_TABLES)
    for item in entry.value.items if entry is not None and isinstance(entry.value, Sequence) else ():
        if path := _path(item):
            yield path


def _path(table: Node) -> str:
    entry = table.entry("csv") if isinstance(table, Mapping) else None
    return entry.value.text or "" if entry is not None and isinstance(entry.value, Scalar) else ""


def _filled(table: Node, source: SourceFile, path: str, problems: list[Problem]) -> Node:
    name = _path(table)
    if not isinstance(table, Mapping) or not name or not_below(name):
        return table  # a path that cannot be one is for validation to tell
    rows = table.entry("rows")
    if rows is not None:
        what, hint = "the table has both rows and a CSV file", "give it one of the two"
        problems.append(Problem("bad-value", what, hint, f"{path}.csv"))
        return table
    file = (Path(source.file).parent / name).as_posix()
    try:
        found = inside(source.path.parent, name, f"{path}.csv")
        head, *records = read_csv(characters(read_bytes(found, file, LARGEST_FILE, "split it"), file), file) or [()]
    except BriefingError as error:
        problems += error.problems
        return table
    top = Place(file, 1, 1)
    if not records:
        hint = "its first line names the columns; give each row a line below it"
        problems.append(Problem("no-rows", "there is no row in the file", hint, place=top))
    columns = table.entry("columns")
    width = len(columns.value.items) if columns is not None and isinstance(columns.value, Sequence) else len(head)
    if len(head) != width:
        what = f"the file's first line names {len(head)} columns, the table {width}"
        problems.append(Problem("bad-value", what, "name as many", place=top))
    entries = [*table.entries]
    if columns is None:
        entries.append(Entry("columns", 0, 0, Sequence(tuple(_column(each, file) for each in head), 0, 0, top), top))
    lines = tuple(_row(record, file) for record in records if any(field.text.strip() for field in record))
    entries.append(Entry("rows", 0, 0, Sequence(lines, 0, 0, top), top))
    return replace(table, entries=tuple(entries))


def _column(field: Field, file: str) -> Mapping:
    place = Place(file, field.line, field.column)
    return Mapping((Entry("label", 0, 0, _scalar(field, file), place),), 0, 0, place)


def _row(record: tuple[Field, ...], file: str) -> Sequence:
    place = Place(file, record[0].line, record[0].column)
    return Sequence(tuple(_scalar(field, file) for field in record), 0, 0, place)


def _scalar(field: Field, file: str) -> Scalar:
    return Scalar(field.text.strip() or None, 0, 0, origin=Place(file, field.line, field.column))
