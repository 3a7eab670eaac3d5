"""A series as a folder of issues: which issue is the newest, and which follow which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NoReturn, Protocol

from msgspec import Struct

from briefing.errors import BriefingError, DataError, Place, Problem, UsageError
from briefing.regular_files import resolved
from briefing.schema import Brief
from briefing.source import SourceFile


class Issue(Protocol):
    """A sound brief that is read."""

    @property
    def data_file(self) -> Path:
        """The file that it was read from."""

    @property
    def source(self) -> SourceFile:
        """The file's values with their places."""

    @property
    def brief(self) -> Brief:
        """What they hold."""

    @property
    def folder(self) -> Path:
        """The brief's folder."""


class IssueReader(Struct, frozen=True):
    """How issues are read, which is for those above to say.

    `read` gives the brief at a path, a folder with a data file or the data file, and raises `UsageError` when there is none and `DataError` when
    it is at fault; `is_brief` says whether a folder has a data file; within `limited` hold the limits of the brief in a folder.
    """

    read: Callable[[Path], Issue]
    is_brief: Callable[[Path], bool]
    limited: Callable[[Path], AbstractContextManager[None]]


def find_issue(path: Path, reader: IssueReader) -> Issue:
    """The issue at `path`: a brief, or a folder without one that holds issues in folders, and then the newest, by date and then by number.

    Raises `UsageError` when there is none or it cannot be told which, `DataError` when one of them is at fault: it may be the newest.
    """
    if not path.is_dir() or reader.is_brief(path) or not any(map(reader.is_brief, _folders(path))):
        return reader.read(path)
    issues: list[Issue] = []
    problems: list[Problem] = []
    for folder in _folders(path):
        if reader.is_brief(folder):
            try:
                issue = reader.read(folder)
            except BriefingError as error:
                problems += error.problems
            else:
                issues += [issue] if issue.brief.series else []
    if problems:
        raise DataError(problems)
    return _newest(path, issues)


def _newest(path: Path, issues: list[Issue]) -> Issue:
    def refuse(what: str) -> NoReturn:
        raise UsageError(Problem("not-a-brief", what, "name the last issue's folder", place=Place.of(path)))

    if not issues:
        refuse("no brief in the folder belongs to a series")
    followed = {previous_of(issue) for issue in issues}
    last = [issue for issue in issues if resolved(issue.data_file) not in followed]
    titles = sorted({issue.brief.series.title for issue in last if issue.brief.series})
    if len(titles) > 1:
        found = " and ".join(f"'{title}'" for title in titles)
        refuse(f"the folder holds issues of several series: {found}")
    newest = max(_rank(issue) for issue in issues)
    found_last = [issue for issue in issues if _rank(issue) == newest]
    if len(found_last) > 1:
        refuse(f"{' and '.join(issue.folder.name for issue in found_last)} have the same date and number")
    return found_last[0]


def _rank(issue: Issue) -> tuple[object, ...]:
    series, date = issue.brief.series, issue.brief.date
    return date.first_day, date.last_day, (series.number if series else None) or 0


def followers(parent: Path, reader: IssueReader) -> dict[Path, list[Issue]]:
    """The sound issues in folders of `parent`, by the data file that their `series.previous` leads to, with links followed."""
    found: dict[Path, list[Issue]] = {}
    for folder in _folders(parent):
        try:
            issue = reader.read(folder)
        except BriefingError:
            # Other things than issues of this series may lie here; what is in the way is told when its place is needed.
            continue
        previous = previous_of(issue)
        if previous is not None:
            found.setdefault(previous, []).append(issue)
    return found


def previous_of(issue: Issue) -> Path | None:
    """Where an issue's `series.previous` leads, with links followed; None when it has none."""
    series = issue.brief.series
    return resolved(issue.folder / series.previous) if series and series.previous else None


def _folders(parent: Path) -> Iterator[Path]:
    """The folders right below `parent`, by name; links and hidden ones are passed over, since they name what lies elsewhere or is half made."""
    if parent.is_dir():
        for entry in sorted(parent.iterdir()):
            if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
                yield entry
