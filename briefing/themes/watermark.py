"""A word set large and pale behind every page: as outlines of its letters, so that no reader of text or tags comes upon it.

PDF and HTML draw the outlines; Word has a watermark of its own, which its menu takes away again.
"""

from __future__ import annotations

import io
import math
from typing import Final

from msgspec import Struct

from briefing.document.colours import mixed
from briefing.errors import Problem, UsageError
from briefing.themes.theme import WHITE, Theme
from briefing.themes.typeface import BUNDLED, Face, bundled_files, characters

_SHARE: Final = 0.62
"""Of the page's diagonal, how long the word is at most."""
_LARGEST: Final = 150.0
"""Points: the largest type."""


class Watermark(Struct, frozen=True):
    """Letters as paths: `steps` are ``m``, ``l``, ``c`` and ``h`` with their points, y upwards. All lengths are parts of the type size."""

    words: str
    steps: tuple[tuple[str, tuple[float, ...]], ...]
    width: float
    height: float

    def size(self, page_width: float, page_height: float) -> float:
        """The type size on a page of that size, in points."""
        return min(_LARGEST, _SHARE * math.hypot(page_width, page_height) / self.width)

    def pdf_operators(self, page_width: float, page_height: float, colour: str) -> str:
        """What draws the word from the lower left to the upper right of a page, in points (ISO 32000-1, 8.5)."""
        size, angle = self.size(page_width, page_height), math.atan2(page_height, page_width)
        sine, cosine = size * math.sin(angle), size * math.cos(angle)
        along, up = self.width / 2, self.height / 2
        x = page_width / 2 - along * cosine + up * sine
        y = page_height / 2 - along * sine - up * cosine
        paint = " ".join(f"{part / 255:.3f}" for part in bytes.fromhex(colour[1:]))
        drawn = "\n".join(" ".join((*(f"{each:.4f}" for each in points), step)) for step, points in self.steps)
        return f"q {paint} rg {cosine:.3f} {sine:.3f} {-sine:.3f} {cosine:.3f} {x:.2f} {y:.2f} cm\n{drawn}\nf Q"

    def svg(self, colour: str, opacity: float) -> str:
        """The same as an SVG document of a square, for a screen whose size is not known. Its title is for whoever reads the file back."""
        path = "".join(
            ("Z" if step == "h" else step.upper())
            + " ".join(f"{each * (-1 if place % 2 else 1):.3f}" for place, each in enumerate(points))
            for step, points in self.steps
        )
        turned = f"rotate(-45) translate({-self.width / 2:.3f} {self.height / 2:.3f})"
        half = self.width * 0.38 + self.height / 2
        box = f"{-half:.3f} {-half:.3f} {2 * half:.3f} {2 * half:.3f}"
        title = self.words.replace("&", "&amp;").replace("<", "&lt;")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><title>{title}</title>'
            f'<path fill="{colour}" fill-opacity="{opacity:g}" transform="{turned}" d="{path}"/></svg>'
        )


def watermark_of(theme: Theme, words: str) -> Watermark:
    """The outlines of `words` in the theme's bold face, or in a bundled one that has the letters.

    Raises `UsageError`, at the theme's token, for a letter that none has.
    """
    fonts = theme.fonts()
    tried = [fonts[face].data for face in (Face.BOLD, Face.REGULAR) if face in fonts]
    tried += [bundled_files(family)[Face.BOLD].data for family in BUNDLED]
    for data in tried:
        if characters(data).issuperset(map(ord, words)):
            return _outlined(words, data)
    what = f"no font of the theme has all letters of the watermark '{words}'"
    raise UsageError(
        Problem(
            "missing-glyph", what, "use letters of Latin, Greek or Cyrillic script", place=theme.place_of("watermark")
        )
    )


def pale(theme: Theme) -> str:
    """The colour of a watermark on paper: text that can be read on white can be read on it."""
    return mixed(theme.tokens.colour.rule, WHITE, 0.55)


def _outlined(words: str, font: bytes) -> Watermark:
    from fontTools.pens.basePen import BasePen  # takes a tenth of a second, and most themes have no watermark
    from fontTools.ttLib import TTFont

    class Pen(BasePen):  # type: ignore[misc]  # fontTools has no types
        """Writes paths down; quadratic curves come to it as cubic ones."""

        def __init__(self, glyphs: object, left: float, unit: int) -> None:
            super().__init__(glyphs)
            self.left, self.unit = left, unit

        def _add(self, step: str, *points: tuple[float, float]) -> None:
            placed = ((x / self.unit + self.left, y / self.unit) for x, y in points)
            steps.append((step, tuple(round(each, 4) for point in placed for each in point)))

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self._add("m", point)

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self._add("l", point)

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
            self._add("c", *points)

        def _closePath(self) -> None:  # noqa: N802
            self._add("h")

    steps: list[tuple[str, tuple[float, ...]]] = []
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        unit, cmap, glyphs = opened["head"].unitsPerEm, opened.getBestCmap(), opened.getGlyphSet()
        height = getattr(opened["OS/2"], "sCapHeight", 0) / unit or 0.7
        left = 0.0
        for letter in words:
            name = cmap[ord(letter)]
            glyphs[name].draw(Pen(glyphs, left, unit))
            left += glyphs[name].width / unit
    return Watermark(words, tuple(steps), left, height)
