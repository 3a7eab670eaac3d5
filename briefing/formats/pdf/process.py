"""Rendering in a process of its own, which can be stopped when it takes too long or too much."""

from __future__ import annotations

import os
import tempfile
from types import TracebackType

from briefing.child import Child, ChildDiedError
from briefing.document.tree import Document
from briefing.errors import Problem, RenderError
from briefing.files import TemporaryFolder
from briefing.formats import Artifact
from briefing.themes.theme import Theme

SECONDS = 120.0
"""How long one brief may take; a page takes about 0.2 s."""
MEMORY = 4 * 1024**3
"""How many bytes of address space the process may have."""

_KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "SYSTEMROOT")
"""What the process keeps of the environment: what finds libraries, nothing that changes what is rendered."""
_FIXED = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "TZ": "UTC", "SOURCE_DATE_EPOCH": "315532800"}
"""What it is told in place of what the machine says."""


class PdfProcess:
    """A rendering process. Entering starts it, which costs a second of its time and none of ours; leaving ends it.

    Requests are answered in the order in which they were sent. One that fails leaves a fresh process for the next.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self._child: Child | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        # The process is ended, not asked to end, so its temporary files are ours to remove.
        self._folder = TemporaryFolder()

    def __enter__(self) -> PdfProcess:
        self._started()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._complaints.close()
        self._folder.remove()

    def render(self, document: Document, theme: Theme) -> Artifact:
        """The document as a PDF. Raises `RenderError`, also when the process took too long or died."""
        self.send(document, theme)
        return self.receive()

    def send(self, document: Document, theme: Theme) -> None:
        """Hand over a document; the process works while we do something else. Follow it by `receive`."""
        try:
            self._started().send(document, theme)
        except ChildDiedError:
            raise self._crash() from None
        except RecursionError:
            hint = "nest its lists less deeply"
            raise RenderError(Problem("too-deep", "the brief is nested deeper than can be rendered", hint)) from None

    def receive(self) -> Artifact:
        """The answer to what was sent. Raises `RenderError`."""
        assert self._child is not None
        try:
            answer = self._child.receive(self.seconds)
        except ChildDiedError as error:
            if not error.is_late:
                raise self._crash() from None
            self._stop()
            what = f"rendering took longer than {self.seconds:g} seconds and was stopped"
            raise RenderError(Problem("time-limit", what, "make the brief shorter, or its theme simpler")) from None
        assert isinstance(answer, Artifact)
        return answer

    def _started(self) -> Child:
        if self._child is not None and not self._child.is_running:
            self._stop()
        if self._child is None:
            kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
            self._child = Child(
                "briefing.formats.pdf.engine:pdf",
                environment={**kept, **_FIXED, "TMPDIR": str(self._folder.path)},
                memory=self.memory,
                complaints=self._complaints,
            )
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _crash(self) -> RenderError:
        self._stop()
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip().splitlines()
        last = said[-1] if said else "it said nothing"
        if "OSError: cannot load library" in "\n".join(said):
            last = "Pango is not installed: on Debian and Ubuntu, apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return RenderError(Problem("render-crash", "the rendering process ended without an answer", last))
