"""Work that is done apart, in a child of limited time and memory, because what it reads was made by others or may take long.

There is one kind of such process for rendering and for reading: it is started when it is first needed, and replaced when it dies.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import tempfile
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from briefing.child import Child, ChildDiedError
from briefing.errors import DataError, Problem
from briefing.limits import how_to_raise, limits

MEGABYTE: Final = 1 << 20
_LAST_WORDS: Final = 100_000
"""Bytes of what a process said that are looked at when it died."""


class ApartProcess:
    """A process that does the work of one function, ``module:function``, within limits. One that dies leaves a fresh one for the next message.

    Messages are answered in the order in which they were sent. `environment` replaces ours where it is given.
    """

    def __init__(self, work: str, environment: Mapping[str, str] | None = None) -> None:
        self._work = work
        self._environment = environment
        self._child: Child | None = None
        self._seconds = 0.0
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed by `close`

    def start(self) -> Child:
        """Start the process, unless it runs; it gets ready while we do something else."""
        if self._child is not None and not self._child.is_running:
            self.stop()
        if self._child is None:
            self._complaints.seek(0)
            self._complaints.truncate()
            self._child = Child(self._work, environment=self._environment, complaints=self._complaints)
        return self._child

    def send(self, *message: Any, seconds: float, megabytes: int) -> None:
        """Hand over a message, and the most that the work on it may take. Raises `ChildDiedError`, and whatever pickling raises."""
        self._seconds = seconds
        self.start().send(*message, seconds=seconds, memory=megabytes * MEGABYTE)

    def receive(self) -> Any:
        """The answer to what was sent. Raises `ChildDiedError`, and the `BriefingError` that stopped the work."""
        assert self._child is not None
        return self._child.receive(self._seconds)

    def last_words(self) -> list[str]:
        """The lines that the process said last."""
        self._complaints.seek(max(self._complaints.seek(0, os.SEEK_END) - _LAST_WORDS, 0))
        return self._complaints.read().decode(errors="replace").strip().splitlines()

    def stop(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def close(self) -> None:
        """End the process, and give back what it held."""
        self.stop()
        self._complaints.close()


_NO_MEMORY: Final = 2
"""libxml2's XML_ERR_NO_MEMORY."""


def refuse_hunger(error: Exception) -> None:
    """Raise `MemoryError` for an error of lxml's that says that there was no memory, so that it is not taken for a broken file."""
    if type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", None) == _NO_MEMORY:
        raise MemoryError from error


_TRIES: Final = 2
"""How often reading is begun whose process is ended by somebody else."""
_alone = threading.Lock()
_reader: list[ApartProcess] = []


def read_apart(function: str, *arguments: Any, name: str) -> Any:
    """What ``module:function`` gives for `arguments`, worked out in the process that reads, within the limits of reading.

    `name` is how messages call what is read. Raises the `BriefingError` that it raises, and `DataError` when it takes too much or cannot be
    borne at all.
    """
    most = limits()
    with _alone:
        if not _reader:
            _reader.append(ApartProcess("briefing.apart:perform"))
            atexit.register(_reader[0].close)
        for _ in range(_TRIES):
            try:
                _reader[0].send(
                    function, most, *arguments, seconds=most.reading_seconds, megabytes=most.reading_megabytes
                )
                return _reader[0].receive()
            except ChildDiedError as error:
                _reader[0].stop()
                if error.is_late:
                    what = f"{name} takes more than {most.reading_seconds} seconds to be read"
                    raise DataError(Problem("too-large", what, how_to_raise("reading_seconds"))) from None
                if error.is_hungry:
                    what = f"{name} takes more than {most.reading_megabytes:,} megabytes of memory to be read"
                    raise DataError(Problem("too-large", what, how_to_raise("reading_megabytes"))) from None
    what = f"{name} cannot be read: the process that reads it dies"
    raise DataError(Problem("unreadable", what, "save it again, in another format")) from None


def perform(function: str, most: Any, *arguments: Any) -> Any:
    """What the reading process does: call ``module:function`` within the limits `most`."""
    from briefing.limits import limited_by

    module, _, name = function.partition(":")
    with limited_by(most), contextlib.redirect_stdout(None):
        return getattr(import_module(module), name)(*arguments)
