"""Making every issue of a series that is due by a day, one after the other."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from briefing.errors import Place, Problem, UsageError
from briefing.regular_files import resolved
from briefing.schema import PartialDate
from briefing.series.calendar_steps import step_of
from briefing.series.issue_folders import Issue, IssueReader, find_issue, followers
from briefing.series.next_folder import MadeIssue, date_option, make_issue_after, place_after

MOST_ISSUES = 104
"""As many issues as one call makes at most: two years of a weekly. More is a slip in a date, and would fill the disk."""


class NotDueYet(Struct, frozen=True):
    """The issue that was not made, because it is due after the day that was asked for: its date, and the data file of the one before."""

    last: Path
    date: PartialDate

    def lines(self) -> Iterator[str]:
        """The outcome for a person."""
        yield f"nothing more is due: the issue after {self.last} is dated {self.date}"


def issues_until(
    path: Path, until: PartialDate | str, reader: IssueReader, output_dir: str | Path | None = None
) -> Iterator[MadeIssue | NotDueYet]:
    """Make every issue after the one at `path` that is due by the day `until`, each from the one before, and yield each when it is made.

    An issue that is there already is gone on from when its `series.previous` leads to the one before. The last thing yielded is the issue that is
    not due yet. Raises as `make_issue_after` does; what was made stays.
    """
    day = date_option(until, "--until").last_day
    last = find_issue(path, reader)
    passed = {resolved(last.data_file)}
    known: dict[Path, dict[Path, list[Issue]]] = {}
    made = 0
    while True:
        place = place_after(last, output_dir=output_dir)
        due, target = place.plan.date, place.folder
        if due.first_day > day:
            yield NotDueYet(last.data_file, due)
            return
        parent = target.parent
        if parent not in known:
            known[parent] = followers(parent, reader)
        there = _follower(last, target, known[parent].get(resolved(last.data_file), []), reader)
        if there is not None:
            if resolved(there.data_file) in passed:
                what = "the issues follow each other in a circle"
                raise UsageError(Problem("cycle", what, "mend 'series.previous'", place=Place.of(there.data_file)))
            passed.add(resolved(there.data_file))
            last = there
            continue
        if not made:
            _refuse_too_many(last, due, day)
        issue = make_issue_after(last, reader, output_dir=output_dir)
        made += 1
        yield issue
        last = reader.read(issue.data_file)


def _follower(last: Issue, target: Path, found: list[Issue], reader: IssueReader) -> Issue | None:
    """The issue after `last` that is there already: of those that lead back to it, the one at `target` or the only one; None when there is none.

    Raises `UsageError` when it cannot be told which, or when something else lies at `target`.
    """
    expected = [issue for issue in found if issue.folder.name == target.name]
    if len(found) == 1 or expected:
        return (expected or found)[0]
    if found:
        names = " and ".join(issue.folder.name for issue in found)
        hint = "name the one to go on from, or mend 'series.previous' of the others"
        raise UsageError(Problem("already-exists", f"{names} follow it", hint, place=Place.of(last.data_file)))
    if os.path.lexists(target):
        if target.is_dir() and reader.is_brief(target):
            reader.read(target)  # an issue at fault is told as such
        what = f"it is there already, and is not the issue after {last.data_file}"
        hint = "set its series.previous, move it, or choose another place with --output-dir"
        raise UsageError(Problem("already-exists", what, hint, place=Place.of(target)))
    return None


def _refuse_too_many(last: Issue, due: PartialDate, day: datetime.date) -> None:
    step = step_of(last.brief.series.period if last.brief.series else None)
    count = int((day - due.first_day).days / step.about_days) + 1
    if count > MOST_ISSUES:
        what = f"about {count} issues are due by then, and {MOST_ISSUES} are the most"
        raise UsageError(Problem("bad-option", what, "give an earlier day", option="--until"))
