"""Many editions of one data file: a brief a row of a file of parameters, each with a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.errors import DataError, Problem, nearest, shown
from briefing.run.inputs import BriefInput
from briefing.run.names import FieldError, NamePattern, read_pattern
from briefing.schema.fields import is_field, single_fields
from briefing.source import Format, Row, Setting, SourceFile, format_of, override, put, read, read_rows, template_of


def read_edition(data_file: Path, row: Row | None) -> SourceFile:
    """The data file with the values of `row`, if there is one. Raises `DataError`."""
    source = read(data_file, row=row)
    return with_row(source, row) if row is not None else source


def with_row(source: SourceFile, row: Row) -> SourceFile:
    """The data file with those values of `row` put in that it is not filled in from and whose columns name a key.

    A cell without a value leaves what the file has. Raises `DataError` with every value that cannot be put in, at its cell.
    """
    given = (cell for cell in row.cells if cell.name not in source.columns and is_field(cell.name))
    return put(source, [Setting(cell.name, cell.text, cell.place) for cell in given if cell.text is not None])


DEFAULT_PATTERN = "{name}-{row:03}"
BRIEF_FIELDS = {
    "series": ("series", "title"),
    "number": ("series", "number"),
    "date": ("date",),
    "title": ("title",),
    "language": ("language",),
    "reference": ("reference",),
}
"""What a pattern may ask of a brief, and where its data file has it."""
_MOST_TOLD = 20
_HOW_TO_USE = "name a key of the data file, such as title or series.number, or use it in brief.yaml.j2 or in --name"


def all_editions(
    briefs: Sequence[BriefInput], params: Path | None, pattern: str | None, overrides: Sequence[str] = ()
) -> tuple[list[BriefInput], list[tuple[BriefInput, DataError]]]:
    """What a call with ``--params`` and ``--name`` builds of the `briefs` that it names, and for those that cannot be named, why.

    Each brief is there once for every row of `params`, called by `pattern` (`DEFAULT_PATTERN` when it is None). A column that a template
    names is for its expressions; one that names a key of the data file is put in there, and `overrides` after it; one may be for the
    pattern only. Raises `UsageError` when the call is wrong, `DataError` with every fault of the rows.
    """
    rows = read_rows(params) if params is not None else ()
    found: list[BriefInput] = []
    at_fault: list[tuple[BriefInput, DataError]] = []
    for brief in briefs:
        try:
            found += _editions(brief, rows, pattern, overrides) if rows else _renamed(brief, pattern, overrides)
        except DataError as error:
            at_fault.append((brief, error))
    return found, at_fault


def _editions(
    brief: BriefInput, rows: Sequence[Row], pattern: str | None, overrides: Sequence[str]
) -> list[BriefInput]:
    """The brief once for every row. Raises `DataError` with every fault, such as a column that is used for nothing."""
    columns = tuple(cell.name for cell in rows[0].cells)
    found = read_pattern(pattern or DEFAULT_PATTERN, [*columns, "name", "row", *_without(BRIEF_FIELDS, columns)])
    _refuse_unused(brief, rows[0], columns, found)
    return _named([replace(brief, row=row) for row in rows], found, overrides)


def _renamed(brief: BriefInput, pattern: str | None, overrides: Sequence[str]) -> list[BriefInput]:
    """The brief, called by `pattern`. Raises `DataError` when it has no value for a field."""
    if pattern is None:
        return [brief]
    return _named([brief], read_pattern(pattern, ["name", *BRIEF_FIELDS]), overrides)


def _without(names: dict[str, Any], others: Sequence[str]) -> list[str]:
    return [name for name in names if name not in others]


def _refuse_unused(brief: BriefInput, row: Row, columns: Sequence[str], pattern: NamePattern) -> None:
    """Raise `DataError` for columns that nothing uses, and for names of the template that no column has."""
    template = template_of(brief.data_file)
    names, problems = template.used(columns) if template else (frozenset[str](), [])
    used = {*pattern.fields, *names}
    known = [*sorted(names.difference(columns)), *single_fields()]
    for cell in row.cells:
        if cell.name not in used and not is_field(cell.name):
            close = nearest(cell.name, known)
            what = f"the column '{shown(cell.name)}' is used for nothing"
            hint = f"did you mean '{close}'?" if close else _HOW_TO_USE
            problems.append(Problem("unused-column", what, hint, place=cell.heading))
    if problems:
        raise DataError(problems)


def _named(briefs: Sequence[BriefInput], pattern: NamePattern, overrides: Sequence[str]) -> list[BriefInput]:
    made: list[BriefInput] = []
    problems: list[Problem] = []
    plain: dict[Path, SourceFile] = {}
    for brief in briefs:
        cells = {cell.name: cell for cell in brief.row.cells} if brief.row else {}
        try:
            values = dict(_values(brief, pattern, overrides, plain))
            made.append(replace(brief, name=pattern.filled(values)))
        except FieldError as error:
            place = cells[error.field].place if error.field in cells else brief.row.place if brief.row else None
            path = "" if place else str(brief.data_file)
            problems.append(Problem("bad-name", error.message, error.hint, path, place))
        except DataError as error:
            problems += error.problems
        if len(problems) >= _MOST_TOLD:
            break
    if problems:
        raise DataError(problems[:_MOST_TOLD])
    return made


def _values(
    brief: BriefInput, pattern: NamePattern, overrides: Sequence[str], plain: dict[Path, SourceFile]
) -> Iterator[tuple[str, str | None]]:
    """The value of each field of the pattern. The brief is read only for fields that only it has."""
    cells = {cell.name: cell.text for cell in brief.row.cells} if brief.row else {}
    own = {"name": brief.name} | ({"row": str(brief.row.number)} if brief.row else {})
    asked = [field for field in pattern.fields if field not in cells and field not in own]
    values = override(_source(brief, plain), overrides).values if asked else {}
    for field in pattern.fields:
        if field in cells:
            yield field, cells[field]
        elif field in own:
            yield field, own[field]
        else:
            yield field, _text(values, BRIEF_FIELDS[field])


def _source(brief: BriefInput, plain: dict[Path, SourceFile]) -> SourceFile:
    """The data file with the brief's row; one that is no template is read once for all rows."""
    if format_of(brief.data_file.name) is Format.TEMPLATE or brief.row is None:
        return read_edition(brief.data_file, brief.row)
    if brief.data_file not in plain:
        plain[brief.data_file] = read(brief.data_file)
    return with_row(plain[brief.data_file], brief.row)


def _text(values: Any, path: Sequence[str]) -> str | None:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values if isinstance(values, str) else None
