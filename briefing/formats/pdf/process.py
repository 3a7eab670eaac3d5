"""Rendering in a process of its own, which can be stopped when it takes too long or too much."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType

from briefing.document.tree import Document
from briefing.errors import BriefingError, Problem, RenderError
from briefing.files import TemporaryFolder
from briefing.formats import Artifact
from briefing.formats.pdf.worker import receive, send
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
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        # The process is ended, not asked to end, so its temporary files are ours to remove.
        self._folder = TemporaryFolder()

    def __enter__(self) -> PdfProcess:
        self._start()
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
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        try:
            send(self._process.stdin, (document, theme))
        except BrokenPipeError:
            raise self._crash() from None
        except RecursionError:
            hint = "nest its lists less deeply"
            raise RenderError(Problem("too-deep", "the brief is nested deeper than can be rendered", hint)) from None

    def receive(self) -> Artifact:
        """The answer to what was sent. Raises `RenderError`."""
        process = self._process
        assert process is not None and process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            answer = receive(process.stdout)
        except EOFError:
            if late.is_set():
                self._stop()
                what = f"rendering took longer than {self.seconds:g} seconds and was stopped"
                raise RenderError(Problem("time-limit", what, "make the brief shorter, or its theme simpler")) from None
            raise self._crash() from None
        finally:
            timer.cancel()
        if isinstance(answer, BriefingError):
            raise answer
        assert isinstance(answer, Artifact)
        return answer

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        package = str(Path(__file__).resolve().parents[3])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment |= {**_FIXED, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": str(self._folder.path)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "briefing.formats.pdf.worker", str(self.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=environment,
            start_new_session=True,
        )

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        process.wait()

    def _crash(self) -> RenderError:
        self._stop()
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip().splitlines()
        last = said[-1] if said else "it said nothing"
        if "OSError: cannot load library" in "\n".join(said):
            last = "Pango is not installed: on Debian and Ubuntu, apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return RenderError(Problem("render-crash", "the rendering process ended without an answer", last))
