"""Telling what need not be built, and putting what was built in its place: done by the caller alone, in one process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import BriefingError, ExitCode, Place, Problem, Severity
from briefing.files import sweep
from briefing.run.archive import move_latest
from briefing.run.fingerprint import versions
from briefing.run.inputs import BriefInput
from briefing.run.ledger import Entry
from briefing.run.options import Options
from briefing.run.record import data_file_from, is_unchanged, put_in_place, read_manifest
from briefing.run.result import BuildResult, Output, Status, read_checks

if TYPE_CHECKING:
    from briefing.run.work import Finished


def left_alone(brief: BriefInput, options: Options) -> BuildResult | None:
    """The outcome of a brief that is unchanged; None when it has to be built. In an archive, the link to the newest issue is looked after.

    Raises `DataError` for a folder whose manifest is broken or somebody else's, `UsageError` for an archive of another series.
    """
    folder, name = options.folder_of(brief), options.record_name(brief)
    manifest = read_manifest(folder)
    entry = manifest.briefs.get(name) if manifest is not None else None
    if entry is None or options.is_forced:
        return None
    found = is_unchanged(entry, folder, brief.folder, brief.data_file, options.fingerprinted(brief), versions())
    if found is None:
        return None
    try:
        problems, waived, quotes = read_checks(brief.folder, entry.checks)
    except (KeyError, TypeError, ValueError):  # somebody else wrote in it
        return None
    sweep(folder)
    if options.archive is not None:
        move_latest(options.archive, entry)
    told = (*problems, *(_edited(folder / file) for file in found.edited))
    return BuildResult(
        brief.name, brief.data_file, Status.UNCHANGED, ExitCode.DONE, _outputs(folder, entry), told, waived, quotes
    )


def place(finished: Finished, brief: BriefInput, options: Options) -> BuildResult:
    """Put a brief's finished files in place, with their record, and say what came of it.

    When the files are in place and only the archive's link could not be moved, the result has its files and is failed. Raises `DataError` or
    `RenderError` when the files could not be put in place.
    """
    folder = options.folder_of(brief)
    entry = replace(finished.entry, data_file=data_file_from(folder, brief.data_file))
    placed = put_in_place(folder, finished.files, entry)
    problems = (*finished.problems, *placed.problems)
    status, code = Status.BUILT, ExitCode.DONE
    if options.archive is not None:
        try:
            move_latest(options.archive, placed.entry)
        except BriefingError as error:
            status, code, problems = Status.FAILED, error.exit_code, (*problems, *error.problems)
    outputs = _outputs(folder, placed.entry)
    return BuildResult(brief.name, brief.data_file, status, code, outputs, problems, finished.waived, finished.quotes)


def failed(brief: BriefInput, error: BriefingError) -> BuildResult:
    """The outcome of a brief that `error` stopped."""
    return BuildResult(brief.name, brief.data_file, Status.FAILED, error.exit_code, (), error.problems)


def _outputs(folder: Path, entry: Entry) -> tuple[Output, ...]:
    return tuple(Output(each.format, folder / each.file, each.sha256, each.size, each.pages) for each in entry.outputs)


def _edited(file: Path) -> Problem:
    return Problem(
        "edited-output",
        f"'{file.name}' is not as briefing left it; it was left alone",
        "carry over into the data file what shall stay; it is kept under another name when the brief is built again",
        place=Place.of(file),
        severity=Severity.NOTE,
    )
