"""The process that renders PDFs."""

from __future__ import annotations

from briefing.document.tree import Document
from briefing.formats import Artifact
from briefing.formats.rendering import RenderingProcess
from briefing.themes.theme import Theme


class PdfProcess(RenderingProcess):
    """A process that makes PDFs, one after the other."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__("briefing.formats.pdf.engine:pdf", seconds)

    def render(self, document: Document, theme: Theme) -> Artifact:
        """The document as a PDF. Raises `RenderError`, also when the process took too long or died."""
        made: Artifact = self.perform(document, theme)
        return made
