"""The issues of a series, joined with reading them: making the next ones, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from briefing.errors import BriefingError, DataError, Problem
from briefing.limits import bounded_by, limited_by
from briefing.run.inputs import data_files, find_input
from briefing.run.load import LoadedBrief, limits_for, load, read_settings
from briefing.run.options import as_path, read_limits
from briefing.schema import PartialDate
from briefing.series.catching_up import NotDueYet, issues_until
from briefing.series.changes import changes
from briefing.series.difference import Difference
from briefing.series.issue_folders import IssueReader, find_issue
from briefing.series.next_folder import MadeIssue, make_issue_after


def _read(asked: Mapping[str, int], path: Path) -> LoadedBrief:
    found = find_input(path)
    with bounded_by(read_settings(found.folder).bounds(asked), "reading it"):
        return load(found.data_file)


def _reader(texts: Sequence[str]) -> IssueReader:
    asked = read_limits(texts)
    return IssueReader(
        partial(_read, asked),
        lambda folder: bool(data_files(folder)),
        lambda folder: limited_by(limits_for(folder, None, asked)),
    )


def make_next_issue(
    path: str | Path,
    *,
    date: PartialDate | str | None = None,
    output_dir: str | Path | None = None,
    limits: Sequence[str] = (),
) -> MadeIssue:
    """Make the folder of the issue after the one at `path`, beside it or in `output_dir`, as of `date` if it is given.

    `path` is an issue or a folder of issues, of which the newest counts. Nothing is overwritten, and the folder is there whole or not at all.
    `limits`, ``name=number`` texts, go before those of the settings.
    Raises `UsageError` when the call is wrong or the folder is there already, `DataError` when the last issue is at fault or cannot be changed
    in place, `RenderError` when the folder cannot be made.
    """
    reader = _reader(limits)
    return make_issue_after(find_issue(Path(path), reader), reader, date=date, output_dir=output_dir)


def make_issues_until(
    path: str | Path, until: PartialDate | str, *, output_dir: str | Path | None = None, limits: Sequence[str] = ()
) -> Iterator[MadeIssue | NotDueYet]:
    """Make every issue after the one at `path` that is due by the day `until`, each from the one before, and yield each when it is made.

    `path` is an issue or a folder of issues, of which the newest counts. An issue is due on the first day of its date; `until` takes in the whole
    of its day, month or year. An issue that is there already is gone on from when its `series.previous` leads to the one before, so that
    a second call makes nothing. The last thing yielded is the issue that is not due yet. `limits` are as for `make_next_issue`, which says what is
    raised, too; what was made stays.
    """
    return issues_until(Path(path), until, _reader(limits), output_dir)


def what_changed(
    old: str | Path, new: str | Path, *, config: str | Path | None = None, limits: Sequence[str] = ()
) -> Difference:
    """Every change from the issue at `old` to the one at `new`. The newer one's settings, or the file `config`, say when a source is stale, and
    where limits lie; `limits`, ``name=number`` texts, go before those.

    Raises `UsageError` when the call is wrong, `DataError` with every problem of both when one of them is at fault.
    """
    before, after = find_input(Path(old)), find_input(Path(new))
    settings = read_settings(after.folder, as_path(config))
    with bounded_by(settings.bounds(read_limits(limits)), "comparing the issues"):
        first, second = _all_loaded(before.data_file, after.data_file)
        found = changes(first.brief, second.brief, stale_after_days=settings.source_age_days)
    return Difference(first.data_file, second.data_file, found)


def _all_loaded(*data_files: Path) -> list[LoadedBrief]:
    loaded: list[LoadedBrief] = []
    problems: list[Problem] = []
    for data_file in data_files:
        try:
            loaded.append(load(data_file))
        except BriefingError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return loaded
