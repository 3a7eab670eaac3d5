"""A data file with one row of parameters put in."""

from __future__ import annotations

from pathlib import Path

from briefing.schema.fields import is_field
from briefing.source import Row, Setting, SourceFile, put, read


def read_edition(data_file: Path, row: Row | None) -> SourceFile:
    """The data file with the values of `row`, if there is one. Raises `DataError`."""
    source = read(data_file, row=row)
    return with_row(source, row) if row is not None else source


def with_row(source: SourceFile, row: Row) -> SourceFile:
    """The data file with those values of `row` put in that its template does not speak of and whose columns name a key.

    A cell without a value leaves what the file has. Raises `DataError` with every value that cannot be put in, at its cell.
    """
    taken = source.rendered.columns if source.rendered else frozenset()
    given = (cell for cell in row.cells if cell.name not in taken and is_field(cell.name))
    return put(source, [Setting(cell.name, cell.text, cell.place) for cell in given if cell.text is not None])
