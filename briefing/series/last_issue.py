"""Reading the last issue of a series: what changed since, or by name why there is nothing to compare with."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from briefing.errors import BriefingError, DataError, Problem, Severity, cause_of
from briefing.limits import limits
from briefing.regular_files import hash_regular
from briefing.schema import Brief, PartialDate
from briefing.schema.references import check_references, identified
from briefing.schema.validate import validate
from briefing.series.changes import Change, changes
from briefing.source import SourceFile, read, with_csv_values


class Compared(Struct, frozen=True):
    """The last issue was read. `number` (None where issues have none) and `date` name it; `changes` are in the order in which they are told."""

    number: int | None
    date: PartialDate
    changes: tuple[Change, ...]


class Missing(Struct, frozen=True):
    """There is no file at `path`, which is as the data file names it."""

    path: str


class Unreadable(Struct, frozen=True):
    """The file at `path` is there but is no sound brief; `why` says what is wrong with it."""

    path: str
    why: str


class Mismatch(StrEnum):
    """Why a sound brief cannot be the last issue."""

    ITSELF = "itself"
    OTHER_SERIES = "other_series"
    LATER = "later"


class NotTheLast(Struct, frozen=True):
    """The file at `path` is a sound brief, but not an earlier issue of this series."""

    path: str
    why: Mismatch


NotCompared = Missing | Unreadable | NotTheLast
Comparison = Compared | NotCompared


_UNKNOWN = "what changed since then is not known"
_MISMATCHES = {
    Mismatch.ITSELF: ("is this brief itself", "name the data file of the issue before"),
    Mismatch.OTHER_SERIES: ("belongs to another series", "give both the same series.title, or name another file"),
    Mismatch.LATER: ("is later than this brief", "name the data file of the issue before"),
}


class LastIssue(Struct, frozen=True):
    """What was found where `series.previous` leads.

    `path` is as the data file says it, relative to the brief's folder. `sha256` is that of the file's bytes, taken before they were
    read, and None when there is no file that can be read; `size` counts them. `found` is the sound brief, its items all with ids, or why
    there is none.
    """

    path: str
    sha256: str | None
    size: int
    found: Brief | NotCompared

    def compared(self, brief: Brief, *, stale_after_days: int) -> Comparison:
        """What changed up to `brief`, whose items all have ids; a source is stale `stale_after_days` after it was published."""
        if not isinstance(self.found, Brief):
            return self.found
        number = self.found.series.number if self.found.series else None
        return Compared(number, self.found.date, changes(self.found, brief, stale_after_days=stale_after_days))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warning that there is nothing to compare with, still without its place; empty when there is."""
        match self.found:
            case Brief():
                return ()
            case Missing(path):
                code, hint = "previous-missing", "mend the path, or leave it out"
                what = f"there is no last issue at '{path}', so {_UNKNOWN}"
            case Unreadable(path, why):
                code, hint = "previous-unreadable", "mend that file"
                what = f"the last issue '{path}' cannot be read, so {_UNKNOWN}: {why}"
            case other:
                code, (is_what, hint) = "previous-mismatch", _MISMATCHES[other.why]
                what = f"'{other.path}' {is_what}, so {_UNKNOWN}"
        return (Problem(code, what, hint, "series.previous", severity=Severity.WARNING),)


def read_last_issue(
    brief: Brief, data_file: Path, reader: Callable[[Path, str], SourceFile] = read
) -> LastIssue | None:
    """The last issue of `brief`, which was read from `data_file`; None when it names none. Raises nothing for what it finds.

    The last issue is held to all that a data file is held to by itself. Its pictures and saved texts are not looked at, nor an issue before it.
    `reader` reads the file at a path, which is called by the name given; of an edition it leaves out what the edition does.
    """
    if brief.series is None or brief.series.previous is None:
        return None
    path = brief.series.previous
    file = data_file.parent / path
    try:
        digest, size = hash_regular(file, limits().data_file_bytes)
        is_itself = file.samefile(data_file)
    except (FileNotFoundError, NotADirectoryError):
        return LastIssue(path, None, 0, Missing(path))
    except OSError as error:
        return LastIssue(path, None, 0, Unreadable(path, cause_of(error)))
    if is_itself:
        return LastIssue(path, digest, size, NotTheLast(path, Mismatch.ITSELF))
    return LastIssue(path, digest, size, _found(file, path, brief, reader))


def _found(
    file: Path, path: str, brief: Brief, reader: Callable[[Path, str], SourceFile]
) -> Brief | Unreadable | NotTheLast:
    try:
        last = _sound(reader(file, path))
    except BriefingError as error:
        return Unreadable(path, _first_fault(error))
    assert brief.series is not None
    if last.series is not None and _folded(last.series.title) != _folded(brief.series.title):
        return NotTheLast(path, Mismatch.OTHER_SERIES)
    if brief.date.is_before(last.date):
        return NotTheLast(path, Mismatch.LATER)
    return last


def _sound(source: SourceFile) -> Brief:
    """The brief in a file. Raises `DataError` with every fault at its place."""
    source, misread = with_csv_values(source)
    try:
        brief = validate(source.values)
        faults = [problem for problem in check_references(brief) if problem.severity is Severity.ERROR]
        if faults := [*misread, *faults]:
            raise DataError(faults)
    except BriefingError as error:
        raise DataError(source.placed(error.problems)) from None
    return identified(brief)


def _first_fault(error: BriefingError) -> str:
    """The first fault of the file, and how many more there are."""
    first = min(error.problems, key=lambda problem: problem.place.line if problem.place else 0)
    where = f"line {first.place.line}: " if first.place and first.place.line else ""
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return f"{where}{first.message}{more}"


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
