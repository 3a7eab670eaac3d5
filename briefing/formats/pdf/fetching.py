"""What the engine may load: the theme's files and the document's pictures, from memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.errors import Problem
from briefing.formats.pdf.weasy import URLFetcher, URLFetcherResponse
from briefing.themes.theme import Theme

SCHEME = "asset:"
THEME_PREFIX = "asset:theme/"
STYLE_SHEET = "asset:theme.css"
_CSS = "text/css; charset=utf-8"
_MEDIA_TYPES = {
    "css": _CSS,
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
"""By the endings of names; what a machine has been told of endings plays no part."""
_SHOWN = 100


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves `asset:` addresses; every other request is refused and noted as a problem.

    A private scheme keeps addresses free of folders, which would otherwise end up in the file (an image's id is made
    of its address).
    """

    def __init__(self, theme: Theme, pictures: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False)
        self.theme = theme
        self.served = {**pictures, **_style_sheets(theme)}
        self.problems: list[Problem] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The asset at `url`. Raises `ValueError` for anything else, which the engine turns into a message of its own."""
        if url in self.served:
            data, media_type = self.served[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        if url.startswith(THEME_PREFIX):
            name = url.removeprefix(THEME_PREFIX)
            try:
                data = self.theme.read(name)
            except KeyError:
                raise self._refusal(
                    f"the theme '{self.theme.name}' has no file '{name}'", "add it to its folder"
                ) from None
            media_type = _MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        shown = url if len(url) <= _SHOWN else url[:_SHOWN] + "…"
        hint = f"a theme may use {THEME_PREFIX}<file> only; nothing is fetched"
        raise self._refusal(f"the theme '{self.theme.name}' asked for '{shown}'", hint)

    def _refusal(self, message: str, hint: str) -> ValueError:
        self.problems.append(Problem("fetch-refused", message, hint))
        return ValueError(message)


def _style_sheets(theme: Theme) -> dict[str, tuple[bytes, str]]:
    """The tokens, the sheets of the theme and of what it inherits, each with an address, and the one that takes them in, in order."""
    sheets = {f"{SCHEME}sheets/tokens.css": (theme.css_variables() + _font_faces(theme)).encode()}
    sheets |= {f"{SCHEME}sheets/{number}.css": sheet for number, sheet in enumerate(theme.style_sheets())}
    sheets[STYLE_SHEET] = "".join(f'@import "{address}";\n' for address in sheets).encode()
    return {address: (sheet, _CSS) for address, sheet in sheets.items()}


def _font_faces(theme: Theme) -> str:
    """The font files that the theme brings for its family, as CSS; bundled families are known to the engine."""
    return "".join(
        f'@font-face {{ font-family: "{theme.tokens.font.family}"; src: url("{THEME_PREFIX}{path}"); '
        f"font-weight: {700 if face.is_bold else 400}; font-style: {'italic' if face.is_italic else 'normal'} }}\n"
        for face, path in theme.font_paths().items()
    )
