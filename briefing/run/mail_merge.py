"""Mail merge: a data file is a brief for every row of a file of parameters, each with a name of its own that is safe for every file system."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import DataError, Problem, UsageError, did_you_mean, nearest, shown
from briefing.run.inputs import BriefInput
from briefing.schema.fields import is_field, single_fields
from briefing.source import Format, Row, Setting, SourceFile, format_of, override, put, read, read_rows, template_of


def read_filled(data_file: Path, row: Row | None) -> SourceFile:
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
_MOST_SHOWN = 20
_HOW_TO_USE = "name a key of the data file, such as title or series.number, or use it in brief.yaml.j2 or in --name"


def merged_briefs(
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
            found += _of_rows(brief, rows, pattern, overrides)
        except DataError as error:
            at_fault.append((brief, error))
    return found, at_fault


def _of_rows(brief: BriefInput, rows: Sequence[Row], pattern: str | None, overrides: Sequence[str]) -> list[BriefInput]:
    """The brief once for every row, if there are any. Raises `DataError` with every fault, such as a column that is used for nothing."""
    if not rows:
        if pattern is None:
            return [brief]
        return _named([brief], read_pattern(pattern, ["name", *BRIEF_FIELDS]), overrides)
    columns = tuple(cell.name for cell in rows[0].cells)
    own = (name for name in BRIEF_FIELDS if name not in columns)
    found = read_pattern(pattern or DEFAULT_PATTERN, [*columns, "name", "row", *own])
    _refuse_unused(brief, rows[0], columns, found)
    return _named([replace(brief, row=row) for row in rows], found, overrides)


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
            made.append(replace(brief, name=pattern.filled(_values(brief, pattern, overrides, plain))))
        except FieldError as error:
            place = cells[error.field].place if error.field in cells else brief.row.place if brief.row else None
            path = "" if place else str(brief.data_file)
            problems.append(Problem("bad-name", error.message, error.hint, path, place))
        except DataError as error:
            problems += error.problems
        if len(problems) >= _MOST_SHOWN:
            break
    if problems:
        raise DataError(problems[:_MOST_SHOWN])
    return made


def _values(
    brief: BriefInput, pattern: NamePattern, overrides: Sequence[str], plain: dict[Path, SourceFile]
) -> dict[str, str | None]:
    """What the fields of the pattern may ask for. The brief is read only for fields that only it has."""
    values: dict[str, str | None] = {"name": brief.name}
    if brief.row is not None:
        values |= {"row": str(brief.row.number)} | {cell.name: cell.text for cell in brief.row.cells}
    asked = [field for field in pattern.fields if field not in values]
    if asked:
        held = override(_source(brief, plain), overrides).values
        values |= {field: _text(held, BRIEF_FIELDS[field]) for field in asked}
    return values


def _source(brief: BriefInput, plain: dict[Path, SourceFile]) -> SourceFile:
    """The data file with the brief's row; one that is no template is read once for all rows."""
    if format_of(brief.data_file.name) is Format.TEMPLATE or brief.row is None:
        return read_filled(brief.data_file, brief.row)
    if brief.data_file not in plain:
        plain[brief.data_file] = read(brief.data_file)
    return with_row(plain[brief.data_file], brief.row)


def _text(values: Any, path: Sequence[str]) -> str | None:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values if isinstance(values, str) else None


OPTION = "--name"
LONGEST_NAME = 120
"""Bytes of UTF-8; with an ending and what is written beside it, it stays below the 255 that file systems allow."""

_SPECIFICATION = re.compile(r"0(?P<digits>[0-9]{1,2})d?|\.(?P<most>[0-9]{1,2})")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending, too.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)


class FieldError(Exception):
    """A field of the pattern that has no fitting value: its name, what is wrong and what would be right."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.field, self.message, self.hint = field, message, hint


class NamePattern(Struct, frozen=True):
    """A pattern such as ``{series}-{number:03}-{region}``, read and found to be well-formed.

    `parts` are literal characters, each with the field behind them and its specification; the last may have no field.
    """

    parts: tuple[tuple[str, str | None, str], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(field for _, field, _ in self.parts if field is not None)

    def filled(self, values: Mapping[str, str | None]) -> str:
        """A file's name without its ending, the fields replaced by `values`. Raises `FieldError` when one of them does not fit."""
        made = "".join(text + (_filled(field, how, values[field]) if field else "") for text, field, how in self.parts)
        name = safe_name(made)
        if not name:
            raise FieldError("", f"nothing is left of the name '{shown(made)}'", "use letters or digits in it")
        return name


def read_pattern(text: str, known: Sequence[str]) -> NamePattern:
    """The pattern, whose fields must be `known`. There is no way from a field to anything else. Raises `UsageError` with everything wrong with it."""
    faults: list[tuple[str, str]] = []
    parts: list[tuple[str, str | None, str]] = []
    try:
        for literal, field, how, conversion in string.Formatter().parse(text):
            parts.append((literal, field, how or ""))
            if field is not None and field not in known:
                what = f"there is no field '{shown(field)}'" if field else "{} names no field"
                faults.append((what, did_you_mean(field, known) if field else "write {name}"))
            elif conversion is not None or (how and not _SPECIFICATION.fullmatch(how)):
                hint = "write {number:03} for at least three digits, {title:.20} for at most twenty characters"
                faults.append((f"the field '{shown(field or '')}' has a format that names cannot have", hint))
    except ValueError as error:
        faults.append((f"this is not a pattern: {error}", "write {{ and }} for braces"))
    if faults:
        raise UsageError(Problem("bad-option", what, hint, option=OPTION) for what, hint in faults)
    return NamePattern(tuple(parts))


def _filled(field: str, how: str, value: str | None) -> str:
    if value is None or not value.strip():
        raise FieldError(field, f"{OPTION} needs a value for {{{field}}}, and there is none", "give it one")
    text = value.strip()
    found = _SPECIFICATION.fullmatch(how)
    digits = int(found["digits"] or 0) if found else 0
    if not digits:
        return text[: int(found["most"])] if found and found["most"] else text
    if not re.fullmatch("[0-9]+", text):
        what = f"'{shown(text)}' is not a whole number, which {{{field}:0{digits}}} needs"
        raise FieldError(field, what, f"write {{{field}}}")
    return text.zfill(digits)


def safe_name(text: str) -> str:
    """`text` as a file may be called anywhere: letters and digits of any script, ``-``, ``_`` and ``.``; anything else becomes a hyphen.

    In NFC, at most `LONGEST_NAME` bytes, not hidden, not a device of Windows; empty when nothing is left.
    """
    # What is invisible would make names that look the same.
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    plain = "".join(each if unicodedata.category(each)[0] in "LMN" or each in "-_." else "-" for each in seen)
    tidy = re.sub(r"\.{2,}", ".", re.sub("-{2,}", "-", plain)).lstrip("-.")
    name = tidy.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip("-.")
    return f"_{name}"[:LONGEST_NAME] if _DEVICE.match(name) else name
