"""Rendering in a process of its own, which can be stopped when it takes too long or too much."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any, Final, Self

from briefing.apart import ApartProcess
from briefing.child import ChildDiedError
from briefing.document.reading import reading
from briefing.document.tree import Document
from briefing.errors import Problem, RenderError
from briefing.files import TemporaryFolder
from briefing.limits import how_to_raise, limits

_KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "SYSTEMROOT")
"""What the process keeps of the environment: what finds libraries, nothing that changes what is rendered."""
_FIXED = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "TZ": "UTC", "SOURCE_DATE_EPOCH": "315532800"}
"""What it is told in place of what the machine says."""
CHARACTERS: Final = 250_000
"""For so many more, about 100 pages, rendering may take as much longer."""


class RenderingProcess:
    """A process that renders by the function `work`, ``module:function``.

    Entering starts it, which costs a second of its time and none of ours; leaving ends it. Requests are answered in the order in which they were
    sent. One that fails leaves a fresh process for the next. `seconds` of computing go before those that `limits` has.
    """

    def __init__(self, work: str, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._allowed = 0.0
        # The process is ended, not asked to end, so its temporary files are ours to remove.
        self._folder = TemporaryFolder()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment = {**kept, **_FIXED, "TMPDIR": str(self._folder.path)}
        self._process = ApartProcess(work, environment)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close()
        self._folder.remove()

    def perform(self, *message: Any) -> Any:
        """What `work` gives for a message. Raises `RenderError`, also when the process took too long or died."""
        self.send(*message)
        return self.receive()

    def send(self, *message: Any) -> None:
        """Hand over a message; the process works while we do something else. Follow it by `receive`."""
        most = limits()
        pieces = (piece for each in message if isinstance(each, Document) for piece in reading(each))
        begun = 1 + sum(len(piece.text) for piece in pieces) // CHARACTERS
        self._allowed = begun * most.rendering_seconds if self.seconds is None else self.seconds
        try:
            self._process.send(*message, seconds=self._allowed, megabytes=most.rendering_megabytes)
        except ChildDiedError:
            raise self._crash() from None
        except RecursionError:
            hint = "nest its lists less deeply"
            raise RenderError(Problem("too-deep", "the brief is nested deeper than can be rendered", hint)) from None

    def receive(self) -> Any:
        """The answer to what was sent. Raises `RenderError`."""
        try:
            return self._process.receive()
        except ChildDiedError as error:
            if not error.is_late and not error.is_hungry:
                raise self._crash() from None
            self._process.stop()
            most = limits()
            what = f"rendering took longer than {self._allowed:g} seconds and was stopped"
            raised = how_to_raise("rendering_seconds")
            if error.is_hungry:
                what = f"rendering took more than {most.rendering_megabytes:,} megabytes of memory and was stopped"
                raised = how_to_raise("rendering_megabytes")
            code = "memory-limit" if error.is_hungry else "time-limit"
            raise RenderError(Problem(code, what, f"make the brief shorter, or its theme simpler: {raised}")) from None

    def _crash(self) -> RenderError:
        self._process.stop()
        said = self._process.last_words()
        last = said[-1] if said else "it said nothing"
        if "OSError: cannot load library" in "\n".join(said):
            last = "Pango is not installed: on Debian and Ubuntu, apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return RenderError(Problem("render-crash", "the rendering process ended without an answer", last))
