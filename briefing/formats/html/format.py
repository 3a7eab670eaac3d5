"""HTML as a format: one file for the screen that asks nobody for anything."""

from __future__ import annotations

from typing import ClassVar

from briefing.errors import Problem
from briefing.formats import Artifact, Format, Request


class HtmlFormat(Format):
    """The file for screens of any size (HTML Living Standard), written and read back in this process."""

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    def write(self, request: Request) -> Artifact:
        """The page. Raises `RenderError` when a template or the style sheet is at fault."""
        from briefing.formats.html.page import page  # loads Jinja and fontTools

        return Artifact(self.name, self.suffix, page(request.document, request.theme))

    def read_back(self, request: Request, data: bytes) -> tuple[Problem, ...]:
        """Everything in which the page departs from the document."""
        from briefing.formats.html.read_back import verify_html  # loads an HTML and a CSS parser

        return verify_html(request.document, data)
