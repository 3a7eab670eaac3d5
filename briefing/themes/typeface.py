"""Typefaces: the bundled families, and what a font file says that a word processor must be told (ISO/IEC 14496-22)."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from briefing.document.sheet import SANS
from briefing.resources import assets_folder


class Licence(StrEnum):
    """What a font's maker allows a document to do with it: the embedding level of OS/2 fsType, in words."""

    INSTALLABLE = "may be embedded"
    EDITABLE = "may be embedded in documents that are edited"
    PREVIEW = "may be embedded in documents that are read and printed, not in those that are edited"
    RESTRICTED = "may not be embedded"


_LEVELS = ((0x0008, Licence.EDITABLE), (0x0004, Licence.PREVIEW), (0x0002, Licence.RESTRICTED))
"""The bits of the levels. Older fonts set several, of which the least restrictive holds."""
_TRIED = range(0x20, 0x180)
"""Letters of a font that are drawn before it is used: those of most languages of Europe."""
_NO_SUBSETTING, _BITMAPS_ONLY = 0x0100, 0x0200


class Face(StrEnum):
    """The four faces that a word processor knows of a family; the names are tokens of `[font]`."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    BOLD_ITALIC = "bold_italic"

    @property
    def is_bold(self) -> bool:
        """Whether it is heavier than text."""
        return self in (Face.BOLD, Face.BOLD_ITALIC)

    @property
    def is_italic(self) -> bool:
        """Whether it is slanted."""
        return self in (Face.ITALIC, Face.BOLD_ITALIC)


BUNDLED: Mapping[str, Mapping[Face, str]] = MappingProxyType(
    {
        "Source Sans 3": {
            Face.REGULAR: f"{SANS}Regular.ttf",
            Face.BOLD: f"{SANS}Bold.ttf",
            Face.ITALIC: f"{SANS}It.ttf",
            Face.BOLD_ITALIC: f"{SANS}BoldIt.ttf",
        },
        "DejaVu Sans": {Face.REGULAR: "dejavu-sans/DejaVuSans.ttf", Face.BOLD: "dejavu-sans/DejaVuSans-Bold.ttf"},
    }
)
"""The families that come with the program, and the files of their faces below `assets/fonts/`."""


@lru_cache(maxsize=16)
def characters(font: bytes) -> frozenset[int]:
    """What a font has a glyph for, as code points. Raises `ValueError` when it is no font."""
    from fontTools.ttLib import TTFont, TTLibError  # takes 0.1 s to load, and most texts need no look into a font

    try:
        with TTFont(io.BytesIO(font), lazy=True) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (TTLibError, struct.error, AssertionError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(str(error) or "it is broken") from None


class FontFile(Struct, frozen=True):
    """One face: the `name` of its file, without folders, and its bytes."""

    name: str
    data: bytes

    def refuse_broken(self) -> None:
        """Raise `ValueError` when the file cannot be drawn with."""
        from PIL import ImageFont  # loads what draws, and most themes bring no font

        self.metrics()
        try:
            drawn = ImageFont.truetype(io.BytesIO(self.data), 100, layout_engine=ImageFont.Layout.BASIC)
            for letter in map(chr, _TRIED):
                drawn.getlength(letter)
        except (OSError, ValueError) as error:
            raise ValueError(f"the font is broken ({error})") from None

    def metrics(self) -> FontMetrics:
        """What its tables say. Raises `ValueError` when it is neither TrueType nor OpenType."""
        try:
            count = struct.unpack_from(">H", self.data, 4)[0]
            records = (struct.unpack_from(">4sIII", self.data, 12 + 16 * number) for number in range(count))
            starts = {tag: start for tag, _, start, _ in records}
            head, os2 = starts[b"head"], starts[b"OS/2"]
            (units,) = struct.unpack_from(">H", self.data, head + 18)
            (flags,) = struct.unpack_from(">H", self.data, os2 + 8)
            above, below = struct.unpack_from(">HH", self.data, os2 + 74)
            panose = self.data[os2 + 32 : os2 + 42]
            level = next((licence for bit, licence in _LEVELS if flags & bit), Licence.INSTALLABLE)
            licence = Licence.RESTRICTED if flags & _BITMAPS_ONLY else level
            return FontMetrics((above + below) / units, panose, licence, not flags & _NO_SUBSETTING)
        except (struct.error, KeyError, ZeroDivisionError):
            raise ValueError("it is neither a TrueType nor an OpenType font") from None


class FontMetrics(Struct, frozen=True):
    """`line` is what Word calls single spacing, in parts of the type size; `panose` classifies the design in ten bytes;
    `licence` is what the maker's licence bits allow, and `may_be_cut` whether a file may hold some of its letters only.
    """

    line: float
    panose: bytes
    licence: Licence
    may_be_cut: bool

    @property
    def may_be_edited(self) -> bool:
        """Whether a document that is edited may carry it."""
        return self.licence in (Licence.INSTALLABLE, Licence.EDITABLE)

    @property
    def has_serifs(self) -> bool:
        """Whether PANOSE's second digit names a kind of serif."""
        return 2 <= self.panose[1] <= 10


def bundled_files(family: str) -> dict[Face, FontFile]:
    """The files of a bundled family. Raises `KeyError` for another one."""
    files = {face: assets_folder() / "fonts" / path for face, path in BUNDLED[family].items()}
    return {face: FontFile(path.name, path.read_bytes()) for face, path in files.items()}
