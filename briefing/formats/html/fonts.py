"""The fonts of a theme, cut down to the letters of one page, as WOFF2 in its style sheet."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Final

from fontTools import subset

from briefing.resources import assets_folder
from briefing.themes.theme import Theme
from briefing.themes.typeface import Face, Licence, bundled_files, characters

_FEATURES: Final = ("ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")
"""The OpenType features that a page uses."""
_USUAL: Final = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x20AC, 0x2191])
"""What every page's fonts have: Latin letters and punctuation, so that most pages of a run share the fonts that were
cut for the first.
"""


_SEMIBOLD: Final = "source-sans-3/SourceSans3-Semibold.ttf"
_STAND_IN: Final = "DejaVu Sans"
"""The family for signs that the theme's own does not have, such as the shapes of marks."""


def faces(text: str, theme: Theme) -> str:
    """The `@font-face` rules for the characters of `text` in the fonts of `theme`; a face that has none of them is left
    out, and so is one that its maker's licence bits let no document carry. Equal texts give equal rules.
    """
    family = theme.tokens.font.family
    carried = {face: file for face, file in theme.fonts().items() if file.metrics().licence is not Licence.RESTRICTED}
    own = [(700 if face.is_bold else 400, face.is_italic, file.data) for face, file in carried.items()]
    if theme.fonts() == bundled_files("Source Sans 3"):
        own.append((600, False, (assets_folder() / "fonts" / _SEMIBOLD).read_bytes()))
    left = _USUAL | frozenset(map(ord, text))
    rules = [_rule(family, *face, left) for face in own]
    if family != _STAND_IN:
        stand_in = bundled_files(_STAND_IN)[Face.REGULAR].data
        rules.append(_rule(_STAND_IN, 400, False, stand_in, left - (characters(own[0][2]) if own else frozenset())))
    return "".join(rules)


def _rule(family: str, weight: int, is_italic: bool, font: bytes, wanted: frozenset[int]) -> str:
    data = _cut(font, wanted & characters(font))
    if data is None:
        return ""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {"italic" if is_italic else "normal"}; '
        f'src: url("{data_url(data, "font/woff2")}") format("woff2") }}\n'
    )


@lru_cache(maxsize=32)
def _cut(font: bytes, wanted: frozenset[int]) -> bytes | None:
    """The font with the glyphs of `wanted` alone, without hints, which screens of today do not need; its dates stay
    as they are.
    """
    if not wanted:
        return None
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = list(_FEATURES)
    options.drop_tables = [*options.drop_tables, "FFTM"]  # an editor's time stamps
    with subset.load_font(io.BytesIO(font), options) as opened:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(opened)
        stream = io.BytesIO()
        subset.save_font(opened, stream, options)
        return stream.getvalue()


def data_url(data: bytes, media_type: str) -> str:
    """The bytes as an address that needs no request (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
