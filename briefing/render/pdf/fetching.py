"""What the engine may load: the theme's files and the document's pictures, from memory, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any, NoReturn

from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefing.errors import Problem
from briefing.render.theme import Theme

SCHEME = "asset:"
THEME_PREFIX = "asset:theme/"
STYLE_SHEET = "asset:theme.css"


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves `asset:` addresses; every other request is refused and noted as a problem.

    A private scheme keeps addresses free of folders, which would otherwise end up in the file (an image's id is made of its address).
    """

    def __init__(self, theme: Theme, pictures: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False)
        self.theme = theme
        self.pictures = pictures
        self.problems: list[Problem] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The asset at `url`. Raises `ValueError` for anything else, which the engine turns into a message of its own."""
        if url == STYLE_SHEET:
            sheet = b"\n".join(self.theme.style_sheets())
            return URLFetcherResponse(url, sheet, {"Content-Type": "text/css; charset=utf-8"})
        if url in self.pictures:
            data, media_type = self.pictures[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        if url.startswith(THEME_PREFIX):
            name = url.removeprefix(THEME_PREFIX)
            try:
                data = self.theme.read(name)
            except KeyError:
                self._refuse(f"the theme has no file '{name}'", "add it to the theme's folder")
            return URLFetcherResponse(
                url, data, {"Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream"}
            )
        shown = url if len(url) <= 100 else url[:100] + "…"
        self._refuse(f"'{shown}' was asked for", "a theme may use asset:theme/<file> only; nothing is fetched")

    def _refuse(self, message: str, hint: str) -> NoReturn:
        self.problems.append(Problem("fetch-refused", message, hint, path=self.theme.name))
        raise ValueError(message)
