"""Executors that a call names by a text: `dask=ADDRESS`, a Dask cluster."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import BriefingError, Place, Problem, RenderError, UsageError, shown
from briefing.files import TemporaryFolder, path_from
from briefing.limits import limited_by
from briefing.regular_files import LARGEST_INPUT, read_regular, resolved
from briefing.run.load import load, read_settings, release_of, settings_input
from briefing.run.pool import Done, do
from briefing.run.result import Listener, OverlongError, moved, renamed
from briefing.run.work import Job
from briefing.schema.settings import FILE_NAME
from briefing.themes.theme import Theme


class PackedJob(Struct, frozen=True):
    """A job with the bytes of everything it reads.

    `files` are the brief's inputs by their paths from the brief's folder, `above` the last names on the way to that folder, `themes` the theme's
    folders: the name of a built-in one, or an own one's files by their names.
    """

    job: Job
    above: tuple[str, ...]
    files: Mapping[str, bytes]
    themes: tuple[str | Mapping[str, bytes], ...]


def in_executor(jobs: Iterable[Job], executor: Executor, window: int, listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs in `executor`, at most `window` at a time; each with what came of it, as it is done. Raises nothing for what goes wrong there."""
    waiting = deque(jobs)
    running: dict[Future[Done], Job] = {}
    try:
        while waiting or running:
            while waiting and len(running) < window:
                job = waiting.popleft()
                running[_submitted(executor, job)] = job
                listener.stage(job.brief.name, "building")
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in [future for future in running if future in done]:
                yield running.pop(future), _outcome(future)
    finally:
        for future in running:
            future.cancel()


def _submitted(executor: Executor, job: Job) -> Future[Done]:
    try:
        return executor.submit(do_packed, pack(job))
    except Exception as error:
        future: Future[Done] = Future()
        future.set_result(error if isinstance(error, BriefingError) else _lost(error))
        return future


def _outcome(future: Future[Done]) -> Done:
    try:
        return future.result()
    except CancelledError:
        return _lost(ConnectionError("it was cancelled, or contact was lost"))
    except Exception as error:
        return _lost(error)


def _lost(error: Exception) -> RenderError:
    reason = " ".join(str(error).split()) or "it said nothing"
    what = f"the executor gave no result: {type(error).__name__}: {shown(reason, 200)}"
    return RenderError(Problem("worker-died", what, "look at its workers' logs"))


def pack(job: Job) -> PackedJob:
    """The job with all it reads. Raises `DataError` when the brief's data is at fault, and `RenderError` when a file goes meanwhile."""
    brief, options = job.brief, job.options
    settings = read_settings(brief.folder, options.config)
    release = release_of(settings, options.edition)
    with limited_by(settings.bounds(options.limits)):
        loaded = load(brief.data_file, options.overrides, brief.row, release)
    inputs = [settings_input(brief.folder, options.config), *loaded.inputs]
    folder = resolved(brief.folder)
    try:
        files = {
            each.path: read_regular(folder / each.path, LARGEST_INPUT) for each in inputs if each.sha256 is not None
        }
        # As many folders deep as any path climbs, so that on the worker none leads out of the job's own folder.
        climbs = max((PurePosixPath(path).parts.count("..") for path in files), default=0)
        names = (*["above"] * climbs, *folder.parts[1:])
        return PackedJob(job, names[len(names) - climbs :], files, options.theme.packed() if options.theme else ())
    except OSError as error:
        what = f"it cannot be read: {error.strerror}"
        raise RenderError(Problem("unreadable", what, "check the file", place=Place.of(error.filename))) from None


def do_packed(packed: PackedJob) -> Done:
    """Unpack a job into a folder of its own, do it there, and name in what comes of it the caller's files. Never raises."""
    try:
        folder = TemporaryFolder()
    except OSError as error:
        what = f"there is no temporary folder to work in: {error}"
        return RenderError(Problem("write-failed", what, "check the worker's disk"))
    try:
        there = _unpacked(packed, resolved(folder.path))
        return _named_as_here(do(there), there, packed.job)
    except OSError as error:
        return RenderError(Problem("write-failed", f"the worker cannot unpack a brief: {error}", "check its disk"))
    finally:
        folder.remove()


def _unpacked(packed: PackedJob, top: Path) -> Job:
    job = packed.job
    themes: list[Path] = []
    for number, theme in enumerate(packed.themes):
        if isinstance(theme, str):
            themes += Theme.load(theme).folders[:1]
        else:
            themes.append(top / f"theme-{number}")
            _write(themes[-1], theme)
    folder = top.joinpath("brief", *packed.above)
    _write(folder, packed.files)
    config = job.options.config
    options = replace(
        job.options,
        theme=replace(job.options.theme, folders=tuple(themes)) if job.options.theme else None,
        config=folder / path_from(job.brief.folder, config) if config is not None else None,
        output_dir=None,
        publish=None,
    )
    return replace(job, brief=replace(job.brief, data_file=folder / job.brief.data_file.name), options=options)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        parent = folder
        for step in PurePosixPath(name).parts[:-1]:  # those, too, that the path leaves again by '..'
            parent /= step
            parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def _named_as_here(done: Done, there: Job, here: Job) -> Done:
    """The same with the names of files that the caller knows."""
    pairs = [(there.brief.data_file, here.brief.data_file), (there.options.config, here.options.config)]
    pairs.append((there.brief.folder / FILE_NAME, here.brief.folder / FILE_NAME))
    names = {str(old): str(new) for old, new in pairs}
    problems = moved(done.problems, names)
    if isinstance(done, OverlongError):
        return OverlongError(problems, done.draft, done.entry)
    if isinstance(done, BriefingError):
        return type(done)(problems)
    waived = tuple(renamed(done.waived, lambda file: names.get(file, file)))
    return replace(done, problems=problems, waived=waived)


FLAG: Final = "--executor"
JOBS_A_WORKER: Final = 2
"""How many jobs are handed out for each that works: one to do and one to take up next."""
DEFAULT_WINDOW: Final = 64
"""How many jobs to hand out at a time to an executor that we know nothing of."""
SECONDS: Final = 10
"""For how long a cluster is called before it counts as not there."""

_ADDRESS = re.compile(r"([a-z]+://)?(\[[0-9a-fA-F:]+\]|[^\s:/]+):[0-9]+")


def cluster_address(text: str) -> str:
    """The address of the Dask scheduler that `text` names, such as ``dask=tcp://10.0.0.5:8786``. Raises `UsageError`."""
    kind, _, address = text.partition("=")
    if kind != "dask" or not _ADDRESS.fullmatch(address):
        raise _fault(f"'{text}' is no executor", "write dask=ADDRESS, for example dask=tcp://127.0.0.1:8786")
    return address


@contextlib.contextmanager
def open_executor(text: str) -> Iterator[tuple[Executor, int]]:
    """The executor that `text` names, as for `cluster_address`, and how many jobs to hand out at a time.

    Raises `UsageError` when its extra is not installed, when nobody answers at the address, and when the cluster has no workers.
    """
    address = cluster_address(text)
    try:
        from distributed import Client
    except ImportError:
        hint = "install this program with its extra 'dask', or the package 'distributed'"
        raise _fault("Dask is not installed", hint) from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _fault(f"no Dask scheduler answers at '{address}': {error}", "check the address") from None
    with _without_dask_logs(), client, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)  # pictures come along with a brief
        threads = sum(client.nthreads().values())
        if not threads:
            raise _fault(f"the Dask cluster at '{address}' has no workers", "start some")
        yield client.get_executor(pure=False), JOBS_A_WORKER * threads


@contextlib.contextmanager
def _without_dask_logs() -> Iterator[None]:
    """Keep Dask from logging, with tracebacks, what comes back to us as an exception: a scheduler that is gone, a worker that died."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    enabled = [logger for logger in loggers if not logger.disabled]
    for logger in enabled:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in enabled:
            logger.disabled = False


def _fault(what: str, hint: str) -> UsageError:
    return UsageError(Problem("bad-option", what, hint, option=FLAG))
