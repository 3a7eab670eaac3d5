"""Working processes: warmed once, gone when their caller is gone, and one that dies takes nobody else's brief with it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from multiprocessing.connection import wait as wait_for_one
from typing import TypeVar

from briefing.building.executors import JOBS_A_WORKER
from briefing.building.listener import Listener
from briefing.building.work import Finished, Job, perform, unforeseen
from briefing.errors import BriefingError, Problem, RenderError
from briefing.render.process import PdfProcess
from briefing.render.temporary import remove_abandoned

Done = Finished | BriefingError
"""What comes of a job: it is given back, not raised, because it crosses from one process to another."""

_T = TypeVar("_T")


class _Holder:
    """Holds a rendering process, which ends when nobody holds the holder, or with the program."""

    def __init__(self) -> None:
        self.process = PdfProcess().__enter__()
        weakref.finalize(self, self.process.__exit__, None, None, None)


_warm = threading.local()
"""The rendering process of each thread that works: kept from one brief to the next, ended with the thread."""


def _rendering() -> PdfProcess:
    if not hasattr(_warm, "holder"):
        _warm.holder = _Holder()
    holder: _Holder = _warm.holder
    return holder.process


def do(job: Job) -> Done:
    """Build one brief in memory with this thread's rendering process. Gives back what stopped it."""
    return _done(job, _rendering() if "pdf" in job.options.formats else None, Listener())


def _done(job: Job, process: PdfProcess | None, listener: Listener) -> Done:
    try:
        return perform(job, process, listener)
    except BriefingError as error:
        return error
    except Exception as error:
        return unforeseen(error)


def in_this_process(jobs: Iterable[Job], listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs here, one after the other; each with what came of it."""
    with ExitStack() as stack:
        process: PdfProcess | None = None
        for job in jobs:
            if process is None and "pdf" in job.options.formats:
                process = stack.enter_context(PdfProcess())
            yield job, _done(job, process, listener)


def in_processes(jobs: Iterable[Job], workers: int, listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs in `workers` processes of this machine; each with what came of it, as it is done.

    When a process dies, the jobs that were handed out are done again one by one, each in a fresh process; the one that dies again is at fault.
    """
    waiting = deque(jobs)
    with_pdf = any("pdf" in job.options.formats for job in waiting)
    while waiting:
        handed_out: list[Job] = []
        with _Pool(min(workers, len(waiting)), with_pdf) as pool, contextlib.suppress(BrokenExecutor):
            yield from windowed(waiting, _submitter(pool), Future.result, JOBS_A_WORKER * workers, listener, handed_out)
        for job in handed_out:
            yield job, _done_apart(job, with_pdf)


def windowed(
    waiting: deque[Job],
    submit: Callable[[Job], Future[_T]],
    outcome: Callable[[Future[_T]], _T],
    window: int,
    listener: Listener,
    handed_out: list[Job],
) -> Iterator[tuple[Job, _T]]:
    """Hand out at most `window` of the `waiting` jobs at a time; each with its outcome, as it is done.

    What `submit` and `outcome` raise is raised; `handed_out` then holds the jobs that nothing came of.
    """
    running: dict[Future[_T], Job] = {}
    while waiting or running:
        while waiting and len(running) < window:
            job = waiting.popleft()
            handed_out.append(job)
            running[submit(job)] = job
            listener.stage(job.brief.name, "building")
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in [future for future in running if future in done]:
            found = outcome(future)
            job = running.pop(future)
            handed_out.remove(job)
            yield job, found


def _submitter(executor: Executor) -> Callable[[Job], Future[Done]]:
    return lambda job: executor.submit(do, job)


def _done_apart(job: Job, with_pdf: bool) -> Done:
    with _Pool(1, with_pdf) as executor:
        try:
            return executor.submit(do, job).result()
        except BrokenExecutor:
            hint = "build it by itself; it may take more memory than there is"
            return RenderError(Problem("worker-died", "the process that built it died, twice", hint))


class _Pool:
    """An executor whose processes are ended at once when its caller is interrupted, and never outlive it."""

    def __init__(self, workers: int, with_pdf: bool) -> None:
        self._before = set(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            workers, multiprocessing.get_context("spawn"), initializer=_get_ready, initargs=(with_pdf,)
        )

    def __enter__(self) -> Executor:
        return self._executor

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for child in set(multiprocessing.active_children()) - self._before:
                child.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)
        if kind is not None:
            remove_abandoned()


def _get_ready(with_pdf: bool) -> None:
    """Make a fresh process ready for its first brief."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller is interrupted, too, and ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if with_pdf:
        _rendering()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_one([parent.sentinel])
        os._exit(1)
