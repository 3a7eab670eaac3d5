"""An archive of published issues: one folder an issue, and a link `latest` to the newest one that passed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from briefing.errors import DataError, Place, Problem, RenderError, UsageError, cause_of
from briefing.files import alone_in, beside, flush_folder, sweep
from briefing.run.ledger import Entry, entry_in, recorded

LATEST: Final = "latest"
"""What the link to the newest issue is called."""


def issue_folder(archive: Path, name: str) -> Path:
    """The folder of the issue `name` in `archive`. Raises `UsageError` for a name that would stand where the link does."""
    if name.casefold() == LATEST:
        what = f"'{name}' is what an archive's link to the newest issue is called"
        raise _fault(archive / name, what, "give the brief's folder another name")
    return archive / name


def move_latest(archive: Path, entry: Entry) -> bool:
    """Let `latest` in `archive` lead to the folder of `entry`, a brief that was put in place there, and say whether it moved.

    It moves forwards only, by date, then by the issue's number, then by name, and only to an issue that passed; so building an old issue again
    never moves it back. It is replaced in one step: at every instant it leads to one whole issue.

    Raises `UsageError` when what stands at `latest` is not such a link, or leads to an issue of another series, and `RenderError` when it
    cannot be written.
    """
    link = issue_folder(archive, entry.name).with_name(LATEST)
    if not _has_passed(recorded(archive / entry.name, entry.name)):
        return False
    try:
        with alone_in(archive) as alone:
            sweep(archive, alone=alone)
            shown = _shown(link)
            if shown is not None and shown.series != entry.series:
                ours = _named(entry.series)
                raise _fault(link, f"it leads to an issue of {_named(shown.series)}, and this is one of {ours}")
            if shown is not None and _order(shown) >= _order(entry):
                return False
            made = beside(link, alone=alone)
            made.symlink_to(entry.name, target_is_directory=True)
            made.replace(link)
            flush_folder(archive)
            return True
    except OSError as error:
        what, hint = f"it cannot be moved: {cause_of(error)}", "it leads to where it led before"
        raise RenderError(Problem("write-failed", what, hint, place=Place.of(link))) from None


def _has_passed(entry: Entry | None) -> bool:
    """Whether a brief's record is that of a build that came to its end and that no problem failed."""
    if entry is None or entry.pending:
        return False
    problems = entry.checks.get("problems", ())
    return not any(isinstance(problem, dict) and problem.get("severity") == "error" for problem in problems)


def _shown(link: Path) -> Entry | None:
    """The record of the issue that `latest` leads to; None when there is no link, or its issue was taken out of the archive."""
    if not link.is_symlink():
        if link.exists():
            raise _fault(link, "it is not a link that briefing made")
        return None
    target = link.readlink()
    if target.parts != (target.name,):
        raise _fault(link, f"it leads out of the archive, to '{target}'")
    folder = link.with_name(target.name)
    if not folder.exists():
        return None
    try:
        entry = entry_in(folder, target.name)
    except DataError as error:
        what = f"the manifest of the issue that it leads to is broken: {error.problems[0].message}"
        raise _fault(link, what) from None
    if entry is None:
        raise _fault(link, f"'{target}', where it leads to, has no record of an issue of that name")
    return entry


def _order(entry: Entry) -> tuple[str, int, str]:
    """What is compared: dates as they are written, a month thus coming before its days."""
    return entry.date, -1 if entry.number is None else entry.number, entry.name


def _named(series: str | None) -> str:
    return "no series" if series is None else f"'{series}'"


_TAKE_AWAY: Final = "publish to another archive, or take it away if it is no longer wanted"


def _fault(link: Path, what: str, hint: str = _TAKE_AWAY) -> UsageError:
    return UsageError(Problem("archive", what, hint, place=Place.of(link)))
