"""Word's own watermark in a header: *Design, Watermark, Remove Watermark* takes it away again, and read-back finds it."""

from __future__ import annotations

import math
from typing import Final

from lxml import etree

from briefing.formats.docx.elements import Element, W, name, quoted, w, whole
from briefing.lengths import TWIPS_PER_POINT
from briefing.themes.theme import Theme
from briefing.themes.watermark import pale, watermark_of

_VML: Final = "urn:schemas-microsoft-com:vml"
_TEXT_PATH: Final = f"{{{_VML}}}textpath"
_KIND: Final = "#_x0000_t136"
"""Letters along a line (ECMA-376 part 4, 14.1.2.23; the number is that of WordArt's plain text)."""
_SHAPE: Final = (
    f'<w:pict xmlns:w="{W}" xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
    '</v:shapetype><v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{number}" type="#_x0000_t136" alt="" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{width:.1f}pt;height:{height:.1f}pt;rotation:{turn:.0f};'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    'mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" fillcolor="{colour}" stroked="f">'
    '<v:textpath style={style} string={words}/><w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict>'
)


def add_watermark(header: Element, section: Element, words: str, theme: Theme, number: int) -> None:
    """Put `words` behind the pages of `section` that `header` belongs to; `number` tells shapes of one document apart."""
    size = section.find(name("pgSz"))
    page = (
        [whole(size.get(name(side))) / TWIPS_PER_POINT for side in ("w", "h")] if size is not None else [595.0, 842.0]
    )
    made = watermark_of(theme, words)
    points = made.size(*page)
    family = theme.tokens.font.family
    shape = _SHAPE.format(
        number=2049 + number,
        width=made.width * points,
        height=made.height * points,
        turn=360 - math.degrees(math.atan2(page[1], page[0])),
        colour=pale(theme),
        style=quoted(f"font-family:'{family}';font-size:1pt;font-weight:bold"),
        words=quoted(words),
    )
    paragraphs = header.findall(name("p"))
    if not paragraphs:
        header.append(w("p"))
    header.findall(name("p"))[-1].append(w("r", w("rPr", w("noProof")), etree.fromstring(shape)))


def watermarks(header: Element) -> list[str]:
    """What the watermarks of a header say."""
    paths = (each for each in header.iter(_TEXT_PATH) if each.get("string") is not None)
    shapes = ((each.getparent(), each.get("string", "")) for each in paths)
    return [
        words
        for shape, words in shapes
        if shape is not None and shape.get("type") == _KIND and "WaterMark" in shape.get("id", "")
    ]
