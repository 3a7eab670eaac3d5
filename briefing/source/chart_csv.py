"""The values of charts that stand in CSV files of their own, put where they would stand in the data file, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefing.errors import DataError, Place, Problem
from briefing.files import inside
from briefing.source.csv_reader import Field, read_csv
from briefing.source.encoding import MOST_REPORTED, characters, read_bytes
from briefing.source.file import SourceFile
from briefing.source.nodes import Entry, Mapping, Node, Scalar
from briefing.source.nodes import Sequence as ListNode

LARGEST: Final = 1_000_000
"""Bytes."""


def with_chart_data(source: SourceFile) -> tuple[SourceFile, list[Problem]]:
    """The data file with `labels` and `series` in each chart of its figures that names a `csv`, and every fault of these files at its place.

    The first line names the series, behind a field for what the labels are; each further line is a label and its values.
    """
    problems: list[Problem] = []
    figures = source.root.entry("figures")
    if figures is None or not isinstance(figures.value, ListNode):
        return source, problems
    items = tuple(
        _figure(item, f"figures[{index}].chart", source, problems) for index, item in enumerate(figures.value.items)
    )
    if all(made is old for made, old in zip(items, figures.value.items, strict=True)):
        return source, problems
    entry = replace(figures, value=replace(figures.value, items=items))
    entries = tuple(entry if each is figures else each for each in source.root.entries)
    return replace(source, root=replace(source.root, entries=entries)), problems


def _figure(item: Node, path: str, source: SourceFile, problems: list[Problem]) -> Node:
    """A figure, with the values of its chart where they stand in a file."""
    chart = item.entry("chart") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or chart is None or not isinstance(chart.value, Mapping):
        return item
    csv = chart.value.entry("csv")
    if csv is None or not isinstance(csv.value, Scalar) or not csv.value.text:
        return item
    given = [name for name in ("values", "labels", "series") if chart.value.entry(name) is not None]
    if given:
        what = f"the chart has '{given[0]}' and 'csv'"
        problems.append(Problem("bad-value", what, "give it one of the two", f"{path}.{given[0]}"))
        return item
    try:
        name = csv.value.text.strip()
        file = str(Path(source.file).parent / name)
        data = read_bytes(inside(source.path.parent, name, f"{path}.csv"), file, LARGEST, "leave rows out")
        made = tuple(_entries(read_csv(characters(data, file), file), file))
    except DataError as error:
        problems += error.problems
        return item
    value = replace(chart.value, entries=(*chart.value.entries, *made))
    entries = tuple(replace(each, value=value) if each is chart else each for each in item.entries)
    return replace(item, entries=entries)


def _entries(records: Sequence[tuple[Field, ...]], file: str) -> Iterator[Entry]:
    """The keys `labels` and `series` with what `records` hold. Raises `DataError` with every fault of their form."""
    head, rows = (records[0], records[1:]) if records else ((), ())
    problems = list(_faults(head, rows, file))
    if problems:
        raise DataError(problems[:MOST_REPORTED])
    yield _entry("labels", [_scalar(row[0], file) for row in rows], Place(file))
    series = []
    for column, name in enumerate(head[1:], 1):
        place = Place(file, name.line, name.column)
        called = Entry("name", 0, 0, _scalar(name, file), place)
        values = _entry("values", [_scalar(row[column], file) for row in rows], place)
        series.append(Mapping((called, values), 0, 0, place))
    yield _entry("series", series, Place(file))


def _faults(head: Sequence[Field], rows: Sequence[tuple[Field, ...]], file: str) -> Iterator[Problem]:
    if len(head) < 2 or not rows:
        hint = "name the series in the first line, then write a label and its values a line"
        yield Problem("no-rows", "there are no values to draw", hint, place=Place(file))
        return
    for column, field in enumerate(head[1:], 2):
        if not field.text.strip():
            what = f"column {column} has no name"
            yield Problem("missing-key", what, "name the series", place=Place(file, field.line, field.column))
    for row in rows:
        if len(row) != len(head):
            what = f"this line has {len(row)} values, the first one {len(head)}"
            place = Place(file, row[-1].line, row[-1].column)
            yield Problem("bad-value", what, "give each line as many", place=place)
            continue
        for column, field in enumerate(row):
            if not field.text.strip():
                what = "there is no value here" if column else "there is no label here"
                hint = "a chart needs one in every column of every line"
                yield Problem("missing-key", what, hint, place=Place(file, field.line, field.column))


def _scalar(field: Field, file: str) -> Scalar:
    return Scalar(field.text.strip(), 0, 0, origin=Place(file, field.line, field.column))


def _entry(key: str, items: Sequence[Node], place: Place) -> Entry:
    return Entry(key, 0, 0, ListNode(tuple(items), 0, 0, place), place)
