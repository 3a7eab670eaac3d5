"""Working processes: warmed once, gone when their caller is gone, and one that dies takes nobody else's brief with it.

Each process has a pipe of its own. The standard library's `ProcessPoolExecutor` has one pipe for all results: a process that is killed while it
writes a result leaves half a message there, and the caller waits for the rest for ever.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Set
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final

from briefing.errors import BriefingError, Problem, RenderError
from briefing.files import remove_abandoned
from briefing.formats import Formats
from briefing.run.result import Listener
from briefing.run.work import Finished, Job, perform, unforeseen

Done = Finished | BriefingError
"""What comes of a job: it is given back, not raised, because it crosses from one process to another."""

TRIES: Final = 2
"""How often a job is begun whose process dies: the first death may be chance, such as somebody else's hunger for memory."""
SECONDS_TO_END: Final = 5.0
"""How long a process that has nothing more to do may take to end."""

_END: Final = None


class _Holder:
    """Holds formats, which are closed when nobody holds the holder, or with the program."""

    def __init__(self) -> None:
        self.formats = Formats()
        weakref.finalize(self, self.formats.close)


_warm = threading.local()
"""The formats of each thread that works: kept from one brief to the next, closed with the thread."""


def _formats() -> Formats:
    if not hasattr(_warm, "holder"):
        _warm.holder = _Holder()
    holder: _Holder = _warm.holder
    return holder.formats


def do(job: Job) -> Done:
    """Build one brief in memory with this thread's formats. Gives back what stopped it."""
    return _done(job, _formats(), Listener())


def _done(job: Job, formats: Formats, listener: Listener) -> Done:
    try:
        return perform(job, formats, listener)
    except BriefingError as error:
        return error
    except Exception as error:
        return unforeseen(error)


def in_this_process(jobs: Iterable[Job], listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs here, one after the other; each with what came of it."""
    with Formats() as formats:
        for job in jobs:
            yield job, _done(job, formats, listener)


def in_processes(jobs: Iterable[Job], workers: int, listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs in at most `workers` processes of this machine; each with what came of it, as it is done.

    When a process dies, its job is done again in a fresh one; when that dies, too, the job fails. Nobody else's job is touched by it.
    """
    waiting = deque((job, 1) for job in jobs)
    with _Crew({name for job, _ in waiting for name in job.options.formats}) as crew:
        for _ in range(min(workers, len(waiting))):
            crew.hire()
        busy: dict[_Worker, tuple[Job, int]] = {}
        while waiting or busy:
            for worker in [worker for worker in crew.workers if worker not in busy]:
                if waiting:
                    busy[worker] = waiting.popleft()
                    worker.begin(busy[worker][0])
                    listener.stage(busy[worker][0].brief.name, "building")
            for worker in _that_speak(busy):
                job, tries = busy.pop(worker)
                done = worker.answer()
                if done is None:
                    crew.replace(worker)
                    if tries < TRIES:
                        waiting.append((job, tries + 1))
                        continue
                    done = _died()
                elif waiting:  # it has its next job before we turn to what came of this one
                    busy[worker] = waiting.popleft()
                    worker.begin(busy[worker][0])
                    listener.stage(busy[worker][0].brief.name, "building")
                yield job, done


def _died() -> RenderError:
    hint = "build it by itself; it may take more memory than there is"
    return RenderError(Problem("worker-died", f"the process that built it died, {TRIES} times", hint))


class _Worker:
    """A working process, as its caller sees it."""

    def __init__(self, formats: Set[str]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, formats), daemon=True)
        with _without_interrupts(), theirs:
            self.process.start()

    def begin(self, job: Job) -> None:
        """Hand over a job. Of a process that is dead, `answer` tells."""
        with contextlib.suppress(OSError):
            self.connection.send(job)

    def answer(self) -> Done | None:
        """What came of the job; None when the process died over it."""
        try:
            done: Done = self.connection.recv()
        except (EOFError, OSError):
            return None
        return done

    def end(self, *, at_once: bool) -> None:
        """Let the process end: after its finalisers have run, or `at_once`."""
        if not at_once:
            with contextlib.suppress(OSError):
                self.connection.send(_END)
            self.process.join(SECONDS_TO_END)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Who interrupts us from a keyboard interrupts the processes we start, too; it is for us to say what becomes of them.
    They keep the mask with which they are started. Windows has none.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Crew:
    """The processes of one run; none outlives it."""

    def __init__(self, formats: Set[str]) -> None:
        self.formats = formats
        self.workers: list[_Worker] = []

    def hire(self) -> None:
        self.workers.append(_Worker(self.formats))

    def replace(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.end(at_once=True)
        self.hire()

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in self.workers:
            worker.end(at_once=kind is not None)
        remove_abandoned()


def _that_speak(busy: Iterable[_Worker]) -> list[_Worker]:
    """Wait until one of the busy processes has an answer, or has died; all of which that is so."""
    ready = wait([worker.connection for worker in busy])
    return [worker for worker in busy if worker.connection in ready]


def _work(connection: Connection, formats: Set[str]) -> None:
    """What a working process does, until it is told to end or its caller is gone."""
    threading.Thread(target=_end_with_caller, daemon=True).start()
    _formats().ready(formats)
    with contextlib.suppress(EOFError, OSError):
        while (job := connection.recv()) is not _END:
            connection.send(do(job))


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        wait([caller.sentinel])
        os._exit(1)
