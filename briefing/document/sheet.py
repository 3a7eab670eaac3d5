"""What drawings are made for: the room between a page's margins, and the type in which their words are set."""

from __future__ import annotations

import io
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from briefing.lengths import Length
from briefing.resources import assets_folder

if TYPE_CHECKING:
    from PIL import ImageFont

SANS: Final = "source-sans-3/SourceSans3-"
"""Where the bundled family's faces stand below `assets/fonts/`."""
TYPE_SIZE: Final = 8.5
"""The size of labels in points, where a theme says nothing else."""
LEAST_SIZE: Final = 6.0
"""Points: smaller labels are not read."""
TEXT_WIDTH: Final = Length.from_millimetres(171).points
MEASURE: Final = Length.from_millimetres(123).points
"""How wide running text is there."""
_STEP: Final = 4.0
_SCALE: Final = 200
"""Dots: the size at which letters are measured, so that their widths are not rounded."""
_ROOM: Final = 1.02
"""Programs set the same letters a little wider or narrower."""


class Sheet(Struct, frozen=True):
    """The room for a drawing: `width` between the margins, the `column` of running text in it and the type's `size`, in points; the bytes of two
    faces, and in how many columns the text runs.
    """

    width: float
    size: float
    regular: bytes
    bold: bytes
    column: float
    columns: int = 1

    @classmethod
    @cache
    def plain(cls) -> Sheet:
        """An A4 page of the bundled theme, in the bundled family."""
        files = (assets_folder() / "fonts" / f"{SANS}{face}.ttf" for face in ("Regular", "Bold"))
        regular, bold = (file.read_bytes() for file in files)
        return cls(TEXT_WIDTH, TYPE_SIZE, regular, bold, MEASURE)

    def measure(self, text: str, size: float, *, strong: bool = False) -> float:
        """How wide `text` is on one line, in points, at a type of `size` points."""
        return _measured(self.bold if strong else self.regular, text) * size * _ROOM

    def balanced(self, text: str, size: float) -> float:
        """The least room, in points, in which a bold heading at `size` takes no more lines than in the whole width, so that they are as long as one
        another.
        """
        words = [self.measure(word, size, strong=True) for word in text.split()]
        blank = self.measure(" ", size, strong=True)

        def lines(room: float) -> int:
            count, used = 1, 0.0
            for word in words:
                count, used = (count, used + blank + word) if used + blank + word <= room else (count + 1, word)
            return count

        room, fewest = self.width, lines(self.width)
        while fewest > 1 and room > self.width / 2 and lines(room - _STEP) <= fewest:
            room -= _STEP
        return room


@lru_cache(maxsize=8192)
def _measured(font: bytes, text: str) -> float:
    """The width of `text` in parts of the type's size; signs of East Asia, which another font may bring, take a square."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    length = _whole(font, text) if _has_kerning(font) else sum(_advance(font, each) for each in text)
    return length / _SCALE + wide * 0.6


@lru_cache(maxsize=8192)
def _advance(font: bytes, letter: str) -> float:
    return _whole(font, letter)


def _whole(font: bytes, text: str) -> float:
    """The width of `text` in dots, as the letters of a font without kerning add up to."""
    return float(_opened(font).getlength(text))


@lru_cache(maxsize=8)
def _has_kerning(font: bytes) -> bool:
    """Whether a font has the table (`kern`) by which the basic layout engine moves letters together."""
    count = int.from_bytes(font[4:6], "big")
    return b"kern" in (font[12 + 16 * number :][:4] for number in range(count))


@lru_cache(maxsize=8)
def _opened(font: bytes) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # not every brief has a drawing

    return ImageFont.truetype(io.BytesIO(font), _SCALE, layout_engine=ImageFont.Layout.BASIC)
