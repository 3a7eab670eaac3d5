"""PDF as a format: rendered in a process of its own, which is kept from one document to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from briefing.errors import Problem
from briefing.formats import Artifact, Format, Request
from briefing.formats.pdf.process import PdfProcess

WATERMARK_WORDS: Final = "Contents"
"""Where an artifact says in words what its outlines show, letters beyond ASCII as Python escapes them: PDFium reads no others there."""


class PdfFormat(Format):
    """The file for readers and printers: tagged PDF (ISO 14289-1), read back with other libraries than wrote it."""

    name: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"
    is_apart: ClassVar[bool] = True

    def __init__(self) -> None:
        self._process: PdfProcess | None = None

    def start(self) -> None:
        """Start the rendering process, unless it runs."""
        self._running()

    def close(self) -> None:
        """End the rendering process."""
        process, self._process = self._process, None
        if process is not None:
            process.__exit__(None, None, None)

    def begin(self, request: Request) -> Callable[[], Artifact]:
        """Hand the document over to the rendering process. Who waits for the file loads what reads it back meanwhile."""
        process = self._running()
        process.send(request.document, request.theme)

        def finish() -> Artifact:
            import briefing.formats.pdf.read_back  # noqa: F401  loads PDFium and pikepdf

            made: Artifact = process.receive()
            return made

        return finish

    def write(self, request: Request) -> Artifact:
        """The PDF. Raises `RenderError`, also when rendering took too long or the process died."""
        return self.begin(request)()

    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Everything in which the PDF departs from the document."""
        from briefing.formats.pdf.read_back import verify_pdf

        return verify_pdf(request.document, data)

    def _running(self) -> PdfProcess:
        if self._process is None:
            self._process = PdfProcess().__enter__()
        return self._process
