"""Building: what is unchanged is left alone, the rest is built here, in other processes or elsewhere, and put in its place by us alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

from briefing.errors import BriefingError, CheckError, ExitCode, Problem, RenderError, Severity, UsageError, stopped_by
from briefing.files import remove_abandoned
from briefing.formats import Formats
from briefing.limits import Limits, limited_by
from briefing.run.inputs import BriefInput, find_input, find_inputs, refuse_collisions
from briefing.run.options import BuildArguments, BuildOptions, as_path
from briefing.run.place import failed, place, place_draft, unchanged_result
from briefing.run.result import BuildResult, Listener, OverlongError, Status

if TYPE_CHECKING:
    from briefing.run.pool import Done
    from briefing.run.work import Job

_SILENT: Final = Listener()


def build(path: str | Path, *, listener: Listener = _SILENT, **asked: Unpack[BuildArguments]) -> BuildResult:
    """Build one brief: a folder with a data file, or the data file. One that is unchanged is left alone, unless `force` is given.

    What else may be asked for is in `briefing.run.options.BuildArguments`: formats, output_dir, publish, theme, reference_doc, plain_docx, overrides,
    config, strict, redline_from, force and replace_edited. Gives back the finished files with the warnings met; its exit code is 4 when a DOCX
    was written beside one with edits that were not pulled. Raises `UsageError`, `DataError`, `CheckError` or `RenderError`, each with every
    problem found, and has then changed no file, unless all that failed was to move the archive's link.
    """
    options = BuildOptions.read(**asked)
    listener.found(1)
    brief = find_input(Path(path))
    unchanged = unchanged_result(brief, options)
    if unchanged is not None:
        return unchanged
    with Formats() as formats:
        formats.ready(options.formats)
        from briefing.run.work import Job, perform  # takes a while, in which a process of the formats' gets ready

        try:
            finished = perform(Job(brief, options, is_overlapped=True), formats, listener)
        except OverlongError as error:
            raise CheckError(place_draft(error, brief, options)) from None
    listener.stage(brief.name, "writing")
    result = place(finished, brief, options)
    if result.status is Status.FAILED:
        raise (UsageError if result.exit_code is ExitCode.USAGE else RenderError)(result.problems)
    return result


def build_all(
    paths: Sequence[str | Path],
    *,
    params: str | Path | None = None,
    name: str | None = None,
    jobs: int = 1,
    executor: Executor | str | None = None,
    listener: Listener = _SILENT,
    **asked: Unpack[BuildArguments],
) -> Iterator[BuildResult]:
    """Build several briefs, one result each as it is done; a brief that fails does not stop the others. What is unchanged comes first.

    `paths` are data files, folders of briefs, which are searched, and patterns such as ``briefs/2026-*``. With `params`, a file with rows of
    values, each brief is built once for every row; `name` is the pattern that outputs are called by. What else may be asked for is the same as for
    `build`. `jobs` says how many processes of this machine build; `executor` has the work done elsewhere: any `concurrent.futures.Executor`, or
    ``dask=ADDRESS``. Files are written by this process alone.

    Raises `UsageError` before anything is built when the call itself is wrong, `DataError` when the rows of `params` are.
    """
    options = BuildOptions.read(**asked)
    problems = list(_faults(options, jobs, executor))
    if problems:
        raise UsageError(problems)
    with limited_by(Limits(**options.limits)):
        briefs, refused = _found(paths, params, name, options)
    refuse_collisions(briefs, options.folder_of)
    if options.redline_from is not None and len(briefs) > 1:
        what = f"one earlier state cannot go with {len(briefs)} briefs"
        raise UsageError(Problem("bad-option", what, "build one brief at a time", option="--redline-from"))
    listener.found(len(briefs) + len(refused))
    return _results(briefs, refused, options, jobs, executor, listener)


def missing_limits() -> tuple[Problem, ...]:
    """A note, to be said once a call, when the system cannot limit how much memory a process takes, as Windows cannot."""
    if find_spec("resource") is not None:
        return ()
    what = "this system cannot limit the memory that rendering takes"
    return (Problem("no-memory-limit", what, "only its time is limited", severity=Severity.NOTE),)


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _faults(options: BuildOptions, jobs: int, executor: Executor | str | None) -> Iterator[Problem]:
    """What is wrong with how the work is to be done."""
    if jobs < 1:
        yield Problem("bad-option", f"{jobs} is no number of processes", "give 1 or more", option="--jobs")
    if executor is not None and options.redline_from is not None:
        hint = "a redline is one brief, built here: leave one of the two out"
        yield Problem("bad-option", "it cannot go with --redline-from", hint, option="--executor")
    if isinstance(executor, str):
        from briefing.run.executor import cluster_address

        try:
            cluster_address(executor)
        except UsageError as error:
            yield from error.problems


def _found(
    paths: Sequence[str | Path], params: str | Path | None, name: str | None, options: BuildOptions
) -> tuple[Sequence[BriefInput], list[BuildResult]]:
    """The briefs as they are to be built, and the outcome of what cannot be."""
    found = find_inputs([Path(path) for path in paths])
    refused = [
        BuildResult(path.name or str(path), path, Status.FAILED, ExitCode.USAGE, (), (problem,))
        for path, problem in found.faults
    ]
    if params is None and name is None:
        return found.briefs, refused
    from briefing.run.mail_merge import merged_briefs

    briefs, at_fault = merged_briefs(found.briefs, as_path(params), name, options.overrides)
    return briefs, [*refused, *(failed(brief, error) for brief, error in at_fault)]


def _results(
    briefs: Sequence[BriefInput],
    refused: Sequence[BuildResult],
    options: BuildOptions,
    jobs: int,
    executor: Executor | str | None,
    listener: Listener,
) -> Iterator[BuildResult]:
    yield from refused
    remove_abandoned()
    waiting: list[BriefInput] = []
    for brief in briefs:
        try:
            unchanged = unchanged_result(brief, options)
        except Exception as error:
            yield failed(brief, stopped_by(error))
        else:
            if unchanged is None:
                waiting.append(brief)
            else:
                yield unchanged
    if not waiting:
        return
    with Formats() as formats:
        if executor is None and min(jobs, len(waiting)) == 1:
            formats.ready(options.formats)  # a process of theirs loads while we do
        from briefing.run.work import Job

        # Two cores are used for one brief only where they would be idle.
        is_overlapped = len(waiting) == 1 and jobs > 1
        work = [Job(brief, options, is_overlapped) for brief in waiting]
        for job, done in _done(work, jobs, executor, listener, formats):
            try:
                if isinstance(done, BriefingError):
                    raise done
                listener.stage(job.brief.name, "writing")
                result = place(done, job.brief, options)
            except OverlongError as error:
                result = failed(job.brief, CheckError(place_draft(error, job.brief, options)))
            except Exception as error:
                result = failed(job.brief, stopped_by(error))
            yield result


def _done(
    work: Sequence[Job], jobs: int, executor: Executor | str | None, listener: Listener, formats: Formats
) -> Iterator[tuple[Job, Done]]:
    """Each job with what came of it, as it is done: elsewhere, in processes of this machine, or here."""
    from briefing.run.pool import in_processes, in_this_process

    if executor is not None:
        from briefing.run.executor import DEFAULT_WINDOW, in_executor, open_executor

        with (
            open_executor(executor) if isinstance(executor, str) else nullcontext((executor, DEFAULT_WINDOW)) as (
                running,
                window,
            )
        ):
            yield from in_executor(work, running, window, listener)
    elif min(jobs, len(work)) > 1:
        yield from in_processes(work, jobs, listener)
    else:
        yield from in_this_process(work, formats, listener)
