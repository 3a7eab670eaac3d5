"""The bundled fonts, cut down to the letters of one page, as WOFF2 in its style sheet."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

from briefing.resources import assets_folder

FACES: Final = (
    ("Source Sans 3", 400, "normal", "source-sans-3/SourceSans3-Regular.ttf"),
    ("Source Sans 3", 400, "italic", "source-sans-3/SourceSans3-It.ttf"),
    ("Source Sans 3", 600, "normal", "source-sans-3/SourceSans3-Semibold.ttf"),
    ("Source Sans 3", 700, "normal", "source-sans-3/SourceSans3-Bold.ttf"),
    ("DejaVu Sans", 400, "normal", "dejavu-sans/DejaVuSans.ttf"),
)
"""Family, weight, style and file. The last family stands in for signs that the first does not have, such as the shapes of marks."""
_FEATURES: Final = ("ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")
"""The OpenType features that a page uses."""
_USUAL: Final = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x20AC, 0x2191])
"""What every page's fonts have: Latin letters and punctuation, so that most pages of a run share the fonts that were cut for the first."""


def faces(text: str) -> str:
    """The `@font-face` rules for the characters of `text`; a face that has none of them is left out. Equal texts give equal rules."""
    left = _USUAL | frozenset(map(ord, text))
    rules = []
    for family, weight, style, file in FACES:
        wanted = left if family == FACES[0][0] else left - _characters(FACES[0][3])
        data = _cut(file, frozenset(wanted & _characters(file)))
        if data is not None:
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
                f'src: url("{data_url(data, "font/woff2")}") format("woff2") }}\n'
            )
    return "".join(rules)


@lru_cache(maxsize=len(FACES))
def _characters(file: str) -> frozenset[int]:
    """What a font has a glyph for."""
    with TTFont(assets_folder() / "fonts" / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=32)
def _cut(file: str, characters: frozenset[int]) -> bytes | None:
    """The font with the glyphs of `characters` alone, without hints, which screens of today do not need; its dates stay as they are."""
    if not characters:
        return None
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = list(_FEATURES)
    options.drop_tables = [*options.drop_tables, "FFTM"]  # an editor's time stamps
    with subset.load_font(str(assets_folder() / "fonts" / file), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        stream = io.BytesIO()
        subset.save_font(font, stream, options)
        return stream.getvalue()


def data_url(data: bytes, media_type: str) -> str:
    """The bytes as an address that needs no request (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
