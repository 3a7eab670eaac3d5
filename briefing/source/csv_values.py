"""Values that stand in CSV files of their own: the rows of tables and the series of charts, put where they would stand in the
data file, each with its place in its file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import BriefingError, DataError, Place, Problem
from briefing.files import inside, not_below
from briefing.source.csv_reader import Field, read_csv
from briefing.source.encoding import LARGEST_FILE, MOST_REPORTED, characters, read_bytes
from briefing.source.file import SourceFile
from briefing.source.nodes import Entry, Mapping, Node, Scalar
from briefing.source.nodes import Sequence as ListNode


class _Taker(Struct, frozen=True):
    """What takes values from a file: the items of a section, or what stands under one key of each.

    `keys` are where the values stand when they are typed; `entries` makes them of the records of the file `file`.
    """

    section: str
    what: str
    role: str
    keys: tuple[str, ...]
    entries: Callable[[Mapping, Sequence[tuple[Field, ...]], str], Iterator[Entry]]
    key: str = ""

    def section_of(self, root: Mapping) -> ListNode | None:
        """Its section, where the data has it."""
        entry = root.entry(self.section)
        return entry.value if entry is not None and isinstance(entry.value, ListNode) else None

    def holder(self, item: Node) -> Mapping | None:
        """What of an item may name a file."""
        if not isinstance(item, Mapping) or not self.key:
            return item if isinstance(item, Mapping) else None
        entry = item.entry(self.key)
        return entry.value if entry is not None and isinstance(entry.value, Mapping) else None


def csv_files(source: SourceFile) -> Iterator[tuple[str, str]]:
    """The CSV files that the data names: the role of each in the manifest, and its name as typed."""
    for taker in _TAKERS:
        section = taker.section_of(source.root)
        for item in section.items if section is not None else ():
            if name := _name(taker.holder(item)):
                yield taker.role, name


def with_csv_values(source: SourceFile) -> tuple[SourceFile, list[Problem]]:
    """The data file with the values of each table and each chart that names a `csv`, and every fault of these files at its place.

    A table without `columns` takes them from the first line. A chart's first line names its series, behind a field for what the labels
    are; each further line is a label and its values.
    """
    problems: list[Problem] = []
    root = source.root
    for taker in _TAKERS:
        section = taker.section_of(root)
        if section is not None:
            places = [f"{taker.section}[{index}]" for index in range(len(section.items))]
            items = (
                _filled(item, taker, source, place, problems) for item, place in zip(section.items, places, strict=True)
            )
            root = _replaced(root, taker.section, replace(section, items=tuple(items)))
    return replace(source, root=root), problems


def _name(holder: Mapping | None) -> str:
    entry = holder.entry("csv") if holder is not None else None
    return (entry.value.text or "").strip() if entry is not None and isinstance(entry.value, Scalar) else ""


def _filled(item: Node, taker: _Taker, source: SourceFile, path: str, problems: list[Problem]) -> Node:
    holder = taker.holder(item)
    name = _name(holder)
    if holder is None or not name or not_below(name):
        return item  # a path that cannot be one is for validation to tell
    path = f"{path}.{taker.key}" if taker.key else path
    given = [key for key in taker.keys if holder.entry(key) is not None]
    if given:
        what = f"the {taker.what} has '{given[0]}' and 'csv'"
        problems.append(Problem("bad-value", what, "give it one of the two", f"{path}.{given[0]}"))
        return item
    try:
        file = (Path(source.file).parent / name).as_posix()
        data = read_bytes(inside(source.path.parent, name, f"{path}.csv"), file, LARGEST_FILE, "leave rows out")
        made = tuple(taker.entries(holder, read_csv(characters(data, file), file), file))
    except BriefingError as error:
        problems += error.problems
        return item
    taken = replace(holder, entries=(*holder.entries, *made))
    if not taker.key or not isinstance(item, Mapping):
        return taken
    return _replaced(item, taker.key, taken)


def _replaced(mapping: Mapping, key: str, value: Node) -> Mapping:
    """`mapping` with another value under `key`."""
    entries = (each if each.key != key else replace(each, value=value) for each in mapping.entries)
    return replace(mapping, entries=tuple(entries))


def _table(table: Mapping, records: Sequence[tuple[Field, ...]], file: str) -> Iterator[Entry]:
    """The key `rows`, and `columns` where the table has none. Raises `DataError`."""
    head, rows = (records[0], records[1:]) if records else ((), ())
    problems = []
    if not rows:
        hint = "its first line names the columns; give each row a line below it"
        problems.append(Problem("no-rows", "there is no row in the file", hint, place=Place(file, 1, 1)))
    columns = table.entry("columns")
    width = len(columns.value.items) if columns is not None and isinstance(columns.value, ListNode) else len(head)
    if len(head) != width:
        what = f"the file's first line names {len(head)} columns, the table {width}"
        problems.append(Problem("bad-value", what, "name as many", place=Place(file, 1, 1)))
    if problems:
        raise DataError(problems)
    if columns is None:
        yield _entry("columns", [_record(file, each, label=_scalar(each, file)) for each in head], Place(file, 1, 1))
    lines = [row for row in rows if any(field.text.strip() for field in row)]
    cells = [ListNode(tuple(_scalar(field, file) for field in row), 0, 0, _place(row[0], file)) for row in lines]
    yield _entry("rows", cells, Place(file, 1, 1))


def _chart(_: Mapping, records: Sequence[tuple[Field, ...]], file: str) -> Iterator[Entry]:
    """The keys `labels` and `series`. Raises `DataError` with every fault of their form."""
    head, rows = (records[0], records[1:]) if records else ((), ())
    problems = list(_faults(head, rows, file))
    if problems:
        raise DataError(problems[:MOST_REPORTED])
    yield _entry("labels", [_scalar(row[0], file) for row in rows], Place(file))
    series = []
    for column, name in enumerate(head[1:], 1):
        values = ListNode(tuple(_scalar(row[column], file) for row in rows), 0, 0, _place(name, file))
        series.append(_record(file, name, name=_scalar(name, file), values=values))
    yield _entry("series", series, Place(file))


def _faults(head: Sequence[Field], rows: Sequence[tuple[Field, ...]], file: str) -> Iterator[Problem]:
    if len(head) < 2 or not rows:
        hint = "name the series in the first line, then write a label and its values a line"
        yield Problem("no-rows", "there are no values to draw", hint, place=Place(file))
        return
    for column, field in enumerate(head[1:], 2):
        if not field.text.strip():
            what = f"column {column} has no name"
            yield Problem("missing-key", what, "name the series", place=_place(field, file))
    for row in rows:
        if len(row) != len(head):
            what = f"this line has {len(row)} values, the first one {len(head)}"
            yield Problem("bad-value", what, "give each line as many", place=_place(row[-1], file))
            continue
        for column, field in enumerate(row):
            if not field.text.strip():
                what = "there is no value here" if column else "there is no label here"
                hint = "a chart needs one in every column of every line"
                yield Problem("missing-key", what, hint, place=_place(field, file))


def _place(field: Field, file: str) -> Place:
    return Place(file, field.line, field.column)


def _scalar(field: Field, file: str) -> Scalar:
    return Scalar(field.text.strip() or None, 0, 0, origin=_place(field, file))


def _record(file: str, field: Field, **values: Node) -> Mapping:
    """A mapping of `values` that stands where `field` does."""
    place = _place(field, file)
    return Mapping(tuple(Entry(key, 0, 0, value, place) for key, value in values.items()), 0, 0, place)


def _entry(key: str, items: Sequence[Node], place: Place) -> Entry:
    return Entry(key, 0, 0, ListNode(tuple(items), 0, 0, place), place)


_TAKERS: Final = (
    _Taker("tables", "table", "table", ("rows",), _table),
    _Taker("figures", "chart", "figure", ("values", "labels", "series"), _chart, key="chart"),
)
