"""Child processes: they do one kind of work, are spoken to over pipes of their own, can be ended at any time, and never outlive their parent.

Each child has two pipes that nobody else holds. A child that is killed while it writes an answer leaves half a message there, which only its own
parent sees; one whose parent is gone finds the end of its input, and ends at once. Where it cannot look, deep in a library, the kernel ends it:
on Linux with the parent (prctl(2), PR_SET_PDEATHSIG), elsewhere when the time for the message is used up.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from briefing.errors import BriefingError

_LENGTH: Final = struct.Struct(">Q")
_END: Final = b""
"""The message that asks a child to end by itself."""
_START: Final = "from briefing.child import serve; serve()"
_HUNGRY: Final = 97
"""The exit code of a child that ran out of memory."""
_PR_SET_PDEATHSIG: Final = 1
_YOUNG: Final = 50_000
"""So many new objects are made before Python looks for rubbish among them. The work makes hardly any, and looking for it as often as usual takes
a fifth of rendering; memory on 144 pages stays the same.
"""
_LARGEST_FILE: Final = 200_000_000
"""Bytes of a file that a child writes: what it says on its error stream, and what is kept of a text."""
_MOST_ASKED: Final = (1 << 62) - 1
"""More than any machine has; the system takes no higher number."""
_SLACK: Final = 10
"""How many times its seconds of computing a child may take by the clock: the machine may be busy with others."""


class ChildDiedError(Exception):
    """The child ended without an answer: `is_late` says that it took too long, `is_hungry` that it took too much memory."""

    def __init__(self, *, is_late: bool = False, is_hungry: bool = False) -> None:
        super().__init__("the child process ended without an answer")
        self.is_late = is_late
        self.is_hungry = is_hungry


class Child:
    """A child process, from its start until `end`. It answers messages in the order in which they were sent.

    `work` names the function that does the work, as ``module:function``; it gets what is sent as its arguments, and what it returns is the
    answer, or the `BriefingError` that it raises. `environment` replaces ours, and what the child says on its output streams goes to
    `complaints`, else to our error stream.
    """

    def __init__(
        self,
        work: str,
        *,
        environment: Mapping[str, str] | None = None,
        complaints: IO[bytes] | None = None,
    ) -> None:
        own = os.environ if environment is None else environment
        package = str(Path(__file__).resolve().parent.parent)
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, work, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**own, "PYTHONPATH": os.pathsep.join(paths)},
            # Who interrupts us from a keyboard does not interrupt the child; it is for us to say what becomes of it.
            start_new_session=True,
        )

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended yet."""
        return self._process.poll() is None

    def send(self, *message: Any, seconds: float = 0, memory: int = 0) -> None:
        """Hand over a message; the child works while we do something else. Raises `ChildDiedError`, and whatever pickling raises.

        `seconds` of computing and `memory`, bytes of address space, are the most that it may take; 0 for any. A system that cannot limit
        them does not.
        """
        data = pickle.dumps((seconds, memory, message), protocol=pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        try:
            write_message(self._process.stdin, data)
        except OSError:
            raise ChildDiedError from None

    def receive(self, seconds: float | None = None) -> Any:
        """The answer to the first message that has none yet.

        Raises `ChildDiedError` when the child died over it, by the limits that it was sent with, or because it took many times `seconds` by the
        clock, and the `BriefingError` that stopped the work.
        """
        assert self._process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        by_clock = (seconds or 0) * (_SLACK if find_spec("resource") else 1)
        timer = threading.Timer(min(by_clock, threading.TIMEOUT_MAX), stop)
        if seconds is not None:
            timer.start()
        try:
            answer = pickle.loads(_read_message(self._process.stdout))
        except (EOFError, OSError):
            raise self._death(is_late=late.is_set()) from None
        finally:
            timer.cancel()
        if isinstance(answer, BriefingError):
            raise answer
        return answer

    def _death(self, *, is_late: bool) -> ChildDiedError:
        """Why the child ended, which it has, or does now."""
        try:
            code = self._process.wait(_SLACK)
        except subprocess.TimeoutExpired:
            code = 0
        return ChildDiedError(is_late=is_late or -code == getattr(signal, "SIGXCPU", -1), is_hungry=code == _HUNGRY)

    def kill(self) -> None:
        """End the process at once, from any thread. Whoever waits for an answer is told."""
        self._process.kill()

    def end(self, seconds: float = 0) -> None:
        """End the process: let it end by itself within `seconds`, then kill it. Give back all that it held of ours."""
        assert self._process.stdin is not None and self._process.stdout is not None
        if seconds:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                write_message(self._process.stdin, _END)
                self._process.wait(seconds)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()


def write_message(stream: IO[bytes], data: bytes) -> None:
    """Write one message, its length in eight bytes before it, and flush it. Raises `OSError`."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read_message(stream: IO[bytes]) -> bytes:
    """Read one message. Raises `EOFError` when the stream ends before it is whole."""
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    data = stream.read(length)
    if len(head) < _LENGTH.size or len(data) < length:
        raise EOFError
    return data


def serve() -> None:
    """What a child does: answer what comes in on its input, until it is asked to end or its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work, parent = sys.argv[1:]
    _end_with(int(parent))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by the way is no answer
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), messages), daemon=True).start()
    gc.disable()  # what is loaded stays
    try:
        module, _, name = work.partition(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        gc.freeze()
        gc.set_threshold(_YOUNG)
        gc.enable()
        while data := messages.get():
            seconds, memory, message = pickle.loads(data)
            _limit(seconds, memory)
            try:
                answer = function(*message)
            except BriefingError as error:
                answer = error
            _limit(0, 0)
            write_message(answers, pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    except BrokenPipeError:  # the parent is gone
        os._exit(1)
    except MemoryError:
        os._exit(_HUNGRY)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _end_with(parent: int) -> None:
    """Have the kernel end this process when the thread that started it is gone, which is the case when the process `parent` is."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it was gone before
        os._exit(1)


def _limit(seconds: float, memory: int) -> None:
    """Let this process compute for `seconds` more and take `memory` bytes of address space; 0 for any. With either, no file that it writes grows
    beyond what anything here needs.
    """
    try:
        import resource
    except ImportError:  # on Windows
        return
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds) if seconds else 0),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE if seconds or memory else 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError, OverflowError):
            _, highest = resource.getrlimit(limit)
            is_within = highest == resource.RLIM_INFINITY or most <= highest
            is_asked = is_within and (most or limit == resource.RLIMIT_CORE)
            resource.setrlimit(limit, (min(most, _MOST_ASKED) if is_asked else highest, highest))


def _listen(requests: IO[bytes], messages: queue.SimpleQueue[bytes]) -> None:
    """Take messages in, so that the end of the input is seen while the work goes on: then the parent is gone."""
    try:
        while data := _read_message(requests):
            messages.put(data)
        messages.put(_END)
    except (EOFError, OSError):
        os._exit(1)
