"""Building: what is unchanged is left alone, the rest is built here, in other processes or elsewhere, and put in its place by us alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefing.errors import BriefingError, ExitCode, Problem, RenderError, UsageError
from briefing.files import remove_abandoned
from briefing.formats import DEFAULT_FORMATS, Formats
from briefing.run.executor import DEFAULT_WINDOW, cluster_address, open_executor
from briefing.run.inputs import BriefInput, Sought, find_input, find_inputs, refuse_collisions
from briefing.run.options import DEFAULT_THEME, FLAG, Options, read_options, refuse_several
from briefing.run.placing import failed, left_alone, place
from briefing.run.record import clock
from briefing.run.result import BuildResult, Listener, Status

if TYPE_CHECKING:
    from briefing.run.pool import Done
    from briefing.run.work import Job

_SILENT: Final = Listener()


def build(
    path: str | Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    output_dir: str | Path | None = None,
    publish: str | Path | None = None,
    theme: str | Path = DEFAULT_THEME,
    reference_doc: str | Path | None = None,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    strict: bool = False,
    redline_from: str | Path | None = None,
    force: bool = False,
    listener: Listener = _SILENT,
) -> BuildResult:
    """Build one brief: a folder with a data file, or the data file. One that is unchanged is left alone, unless `force` is given.

    `overrides` are ``key=value`` texts; `config` names a file of settings, else `briefing.toml` in the brief's folder is read; with `strict` a
    warning fails, too; `redline_from` names an earlier state of the data, since which every change is tracked in one Word file; `publish` names
    an archive, in which the brief gets a folder of its own. Gives back the finished files with the warnings met. Raises `UsageError`,
    `DataError`, `CheckError` or `RenderError`, each with every problem found, and has then changed no file, unless all that failed was to move the
    archive's link.
    """
    options = read_options(
        formats, output_dir, theme, reference_doc, overrides, config, strict, redline_from, force, publish
    )
    built = clock()
    listener.found(1)
    brief = find_input(Path(path))
    unchanged = left_alone(brief, options)
    if unchanged is not None:
        return unchanged
    with Formats() as writing:
        writing.ready(options.formats)
        from briefing.run.work import Job, perform  # takes a while, in which a process of the formats' gets ready

        finished = perform(Job(brief, options, built, is_overlapped=True), writing, listener)
    listener.stage(brief.name, "writing")
    result = place(finished, brief, options)
    if result.status is Status.FAILED:
        raise (UsageError if result.exit_code is ExitCode.USAGE else RenderError)(result.problems)
    return result


def build_all(
    paths: Sequence[str | Path],
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    output_dir: str | Path | None = None,
    publish: str | Path | None = None,
    theme: str | Path = DEFAULT_THEME,
    reference_doc: str | Path | None = None,
    overrides: Sequence[str] = (),
    config: str | Path | None = None,
    strict: bool = False,
    redline_from: str | Path | None = None,
    params: str | Path | None = None,
    name: str | None = None,
    force: bool = False,
    jobs: int = 1,
    executor: Executor | str | None = None,
    listener: Listener = _SILENT,
) -> Iterator[BuildResult]:
    """Build several briefs, one result each as it is done; a brief that fails does not stop the others.

    `paths` are data files, folders of briefs, which are searched, and patterns such as ``briefs/2026-*``. With `params`, a file with rows of
    values, each brief is built once for every row; `name` is the pattern that outputs are called by. What is unchanged comes first.

    `jobs` says how many processes of this machine build.
    `executor` has the work done elsewhere: any `concurrent.futures.Executor`, or ``dask=ADDRESS``. Files are written by this process alone.

    Raises `UsageError` before anything is built when the call itself is wrong, `DataError` when the rows of `params` are.
    """
    options = read_options(
        formats, output_dir, theme, reference_doc, overrides, config, strict, redline_from, force, publish
    )
    problems = []
    if jobs < 1:
        problems.append(Problem("bad-option", f"{jobs} is no number of processes", "give 1 or more", option="--jobs"))
    if executor is not None and redline_from is not None:
        hint = "a redline is one brief, built here: leave one of the two out"
        problems.append(Problem("bad-option", f"it cannot go with {FLAG}", hint, option="--executor"))
    if isinstance(executor, str):
        try:
            cluster_address(executor)
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(problems)
    sought = find_inputs([Path(path) for path in paths])
    briefs, refused = _editions(sought, params, name, overrides)
    refuse_collisions(briefs, options.folder_of)
    if redline_from is not None:
        refuse_several(briefs)
    listener.found(len(briefs) + len(refused))
    return _Run(options, clock(), jobs, executor, listener).results(briefs, refused)


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _editions(
    sought: Sought, params: str | Path | None, name: str | None, overrides: Sequence[str]
) -> tuple[Sequence[BriefInput], list[BuildResult]]:
    """The briefs as they are to be built, and the outcome of what cannot be."""
    refused = [
        BuildResult(path.name or str(path), path, Status.FAILED, ExitCode.USAGE, (), (problem,))
        for path, problem in sought.faults
    ]
    if params is None and name is None:
        return sought.briefs, refused
    from briefing.run.editions import all_editions

    briefs, at_fault = all_editions(sought.briefs, Path(params) if params is not None else None, name, overrides)
    return briefs, [*refused, *(failed(brief, error) for brief, error in at_fault)]


class _Run:
    """One call's run over its briefs."""

    def __init__(
        self, options: Options, built: str, jobs: int, executor: Executor | str | None, listener: Listener
    ) -> None:
        self.options = options
        self.built = built
        self.jobs = jobs
        self.executor = executor
        self.listener = listener

    def results(self, briefs: Sequence[BriefInput], refused: Sequence[BuildResult]) -> Iterator[BuildResult]:
        yield from refused
        remove_abandoned()
        waiting: list[BriefInput] = []
        for brief in briefs:
            try:
                unchanged = left_alone(brief, self.options)
            except BriefingError as error:
                yield failed(brief, error)
            else:
                if unchanged is not None:
                    yield unchanged
                else:
                    waiting.append(brief)
        if waiting:
            yield from self._built(waiting)

    def _built(self, briefs: Sequence[BriefInput]) -> Iterator[BuildResult]:
        from briefing.run.work import Job

        # Two cores are used for one brief only where they would be idle.
        is_overlapped = len(briefs) == 1 and self.jobs > 1
        work = [Job(brief, self.options, self.built, is_overlapped) for brief in briefs]
        with ExitStack() as stack:
            for job, done in self._done(work, stack):
                if isinstance(done, BriefingError):
                    yield failed(job.brief, done)
                    continue
                self.listener.stage(job.brief.name, "writing")
                try:
                    yield place(done, job.brief, self.options)
                except BriefingError as error:
                    yield failed(job.brief, error)

    def _done(self, work: Sequence[Job], stack: ExitStack) -> Iterable[tuple[Job, Done]]:
        from briefing.run.pool import in_processes, in_this_process

        if self.executor is not None:
            from briefing.run.executor import in_executor

            executor, window = (
                stack.enter_context(open_executor(self.executor))
                if isinstance(self.executor, str)
                else (self.executor, DEFAULT_WINDOW)
            )
            return in_executor(work, executor, window, self.listener)
        if min(self.jobs, len(work)) > 1:
            return in_processes(work, self.jobs, self.listener)
        return in_this_process(work, self.listener)
