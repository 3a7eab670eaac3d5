"""Child processes: they do one kind of work, are spoken to over pipes of their own, can be ended at any time, and never outlive their parent.

Each child has two pipes that nobody else holds. A child that is killed while it writes an answer leaves half a message there, which only its own
parent sees; one whose parent is gone finds the end of its input, and ends at once, whatever it is doing.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

from briefing.errors import BriefingError

_LENGTH: Final = struct.Struct(">Q")
_END: Final = b""
"""The message that asks a child to end by itself."""
_START: Final = "from briefing.child import serve; serve()"


class ChildDiedError(Exception):
    """The child ended without an answer: `is_late` says that we ended it, because it took too long."""

    def __init__(self, *, is_late: bool = False) -> None:
        super().__init__("the child process ended without an answer")
        self.is_late = is_late


class Child:
    """A child process, from its start until `end`. It answers messages in the order in which they were sent.

    `work` names the function that does the work, as ``module:function``; it gets what is sent as its arguments, and what it returns is the
    answer, or the `BriefingError` that it raises. `environment` replaces ours, `memory` is the most address space in bytes (0 for any; a
    system that cannot limit it does not), and what the child says on its output streams goes to `complaints`, else to our error stream.
    """

    def __init__(
        self,
        work: str,
        *,
        environment: Mapping[str, str] | None = None,
        memory: int = 0,
        complaints: IO[bytes] | None = None,
    ) -> None:
        own = os.environ if environment is None else environment
        package = str(Path(__file__).resolve().parent.parent)
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, work, str(memory)],
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

    def send(self, *message: Any) -> None:
        """Hand over a message; the child works while we do something else. Raises `ChildDiedError`, and whatever pickling raises."""
        data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        try:
            write_message(self._process.stdin, data)
        except OSError:
            raise ChildDiedError from None

    def receive(self, seconds: float | None = None) -> Any:
        """The answer to the first message that has none yet.

        Raises `ChildDiedError` when the child died over it or was ended because it took longer than `seconds`, and the `BriefingError` that
        stopped the work.
        """
        assert self._process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds or 0, stop)
        if seconds is not None:
            timer.start()
        try:
            answer = pickle.loads(_read_message(self._process.stdout))
        except (EOFError, OSError):
            raise ChildDiedError(is_late=late.is_set()) from None
        finally:
            timer.cancel()
        if isinstance(answer, BriefingError):
            raise answer
        return answer

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
    work, memory = sys.argv[1:]
    if int(memory):
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource  # which Windows lacks

            resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by the way is no answer
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), messages), daemon=True).start()
    try:
        module, _, name = work.partition(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        while data := messages.get():
            try:
                answer = function(*pickle.loads(data))
            except BriefingError as error:
                answer = error
            write_message(answers, pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    except BrokenPipeError:  # the parent is gone
        os._exit(1)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _listen(requests: IO[bytes], messages: queue.SimpleQueue[bytes]) -> None:
    """Take messages in, so that the end of the input is seen while the work goes on: then the parent is gone."""
    try:
        while data := _read_message(requests):
            messages.put(data)
        messages.put(_END)
    except (EOFError, OSError):
        os._exit(1)
