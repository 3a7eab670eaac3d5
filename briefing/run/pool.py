"""Working processes: warmed once, gone when their caller is gone, and one that dies takes nobody else's brief with it.

Each process has pipes of its own. The standard library's `ProcessPoolExecutor` has one pipe for all results: a process that is killed while it
writes a result leaves half a message there, and the caller waits for the rest for ever.
"""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from queue import SimpleQueue
from typing import Final

from briefing.child import Child, ChildDiedError
from briefing.errors import BriefingError, Problem, RenderError, stopped_by
from briefing.files import remove_abandoned
from briefing.formats import Formats
from briefing.limits import limited_by, took_too_long
from briefing.run.load import limits_for
from briefing.run.result import Listener
from briefing.run.work import BUILDING, Finished, Job, perform

Done = Finished | BriefingError
"""What comes of a job: it is given back, not raised, because it crosses from one process to another."""

TRIES: Final = 2
"""How often a job is begun whose process dies: the first death may be chance, such as somebody else's hunger for memory."""
SECONDS_TO_END: Final = 5.0
"""How long a process that has nothing more to do may take to end."""


_warm = threading.local()
"""The formats of each thread that works: kept from one brief to the next, closed with the thread, or with the program."""


def _formats() -> Formats:
    if not hasattr(_warm, "formats"):
        _warm.formats = Formats()
        weakref.finalize(threading.current_thread(), _warm.formats.close)
    formats: Formats = _warm.formats
    return formats


def do(job: Job) -> Done:
    """Build one brief in memory with this thread's formats. Gives back what stopped it."""
    return _done(job, _formats(), Listener())


def _done(job: Job, formats: Formats, listener: Listener) -> Done:
    try:
        return perform(job, formats, listener)
    except Exception as error:
        return stopped_by(error)


def in_this_process(jobs: Iterable[Job], formats: Formats, listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs here with `formats`, one after the other; each with what came of it."""
    for job in jobs:
        yield job, _done(job, formats, listener)


def in_processes(jobs: Iterable[Job], workers: int, listener: Listener) -> Iterator[tuple[Job, Done]]:
    """Do the jobs in at most `workers` processes of this machine; each with what came of it, as it is done.

    When a process dies, its job is done again in a fresh one; when that dies, too, the job fails. Nobody else's job is touched by it.
    """
    waiting = deque(jobs)
    unfinished = len(waiting)
    events: _Events = SimpleQueue()
    threads = [_Worker(waiting, events) for _ in range(min(workers, unfinished))]
    try:
        for thread in threads:
            thread.start()
        while unfinished:
            job, done = events.get()
            if done is None:
                listener.stage(job.brief.name, "building")
            else:
                unfinished -= 1
                yield job, done
    finally:
        for thread in threads:
            thread.end(at_once=unfinished > 0)
        remove_abandoned()


_Events = SimpleQueue[tuple[Job, Done | None]]
"""What becomes of jobs: that one is begun, with None, and what came of it."""


class _Worker(threading.Thread):
    """A thread that has one waiting job after the other done by a child process of its own."""

    def __init__(self, waiting: deque[Job], events: _Events) -> None:
        super().__init__(daemon=True)
        self._waiting = waiting
        self._events = events
        self._child: Child | None = None
        self._is_called_off = threading.Event()

    def run(self) -> None:
        while not self._is_called_off.is_set():
            try:
                job = self._waiting.popleft()
            except IndexError:
                break
            self._events.put((job, None))
            self._events.put((job, self._done(job)))
        self._end_child(SECONDS_TO_END)

    def end(self, *, at_once: bool) -> None:
        """Wait for the end of the child process and of the thread: after its finalisers have run, or `at_once`."""
        if at_once:
            self._is_called_off.set()
        while self.is_alive():
            child = self._child  # one that is started only now is met in the next round
            if at_once and child is not None:
                child.kill()
            self.join(0.05)

    def _done(self, job: Job) -> Done:
        most = limits_for(job.brief.folder, job.options.config, job.options.limits)
        for _ in range(TRIES):
            if self._is_called_off.is_set():
                break
            try:
                self._child = self._child or Child("briefing.run.pool:do")
                self._child.send(job, seconds=most.brief_seconds)
                done: Done = self._child.receive(most.brief_seconds)
            except ChildDiedError as error:
                self._end_child()
                if error.is_late:
                    with limited_by(most):
                        return took_too_long(BUILDING)
            except BriefingError as error:
                return error
            except Exception as error:
                self._end_child()
                return stopped_by(error)
            else:
                return done
        hint = "build it by itself; it may take more memory than there is"
        return RenderError(Problem("worker-died", f"the process that built it died, {TRIES} times", hint))

    def _end_child(self, seconds: float = 0) -> None:
        if self._child is not None:
            self._child.end(seconds)
            self._child = None
