"""HTML as a format: one file for the screen that asks nobody for anything."""

from __future__ import annotations

from typing import Any, ClassVar

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats import Artifact, Format, Request
from briefing.formats.rendering import RenderingProcess
from briefing.themes.theme import Theme


class HtmlFormat(Format):
    """The file for screens of any size (HTML Living Standard), written and read back in this process: with a theme of
    somebody else's, whose templates and sheets may take any time and memory, in one that renders.
    """

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    def __init__(self) -> None:
        self._process: RenderingProcess | None = None

    def start(self) -> None:
        """Do nothing: a process is started when a theme asks for one."""

    def close(self) -> None:
        """End the rendering process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.__exit__(None, None, None)

    def write(self, request: Request) -> Artifact:
        """The page. Raises `RenderError` when a template or the style sheet is at fault, or takes too much."""
        return Artifact(self.name, self.suffix, self._made(request))

    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Everything in which the page departs from the document."""
        found: tuple[Problem, ...] = self._made(request, data)
        return found

    def _made(self, request: Request, *made: bytes) -> Any:
        work = page_of if request.theme.is_built_in else self._running().perform
        return work(request.document, request.theme, *made)

    def _running(self) -> RenderingProcess:
        if self._process is None:
            self._process = RenderingProcess("briefing.formats.html.format:page_of").__enter__()
        return self._process


def page_of(document: Document, theme: Theme, made: bytes | None = None) -> bytes | tuple[Problem, ...]:
    """The page of a document; of a page that is `made`, everything in which it departs from the document."""
    if made is not None:
        from briefing.formats.html.read_back import verify_html  # loads an HTML and a CSS parser

        return verify_html(document, made)
    from briefing.formats.html.page import page  # loads Jinja and fontTools

    return page(document, theme)
