"""Pictures and drawings in the text, with their words for those who cannot see them."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Mapping
from typing import Final, assert_never

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from msgspec import Struct, field
from PIL import Image, ImageDraw, ImageFont

from briefing.compression import png
from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Label, Pattern, Picture, Shape, Stroke, filled
from briefing.document.tree import Figure, FigureWidth
from briefing.formats.docx.elements import PIC, WP, A, Element, R, quoted, w
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.writing import Names
from briefing.lengths import EMU_PER_POINT, POINTS_PER_INCH, TWIPS_PER_POINT, Length
from briefing.themes.theme import Theme
from briefing.themes.typeface import Face, FontFile

DOTS_PER_INCH: Final = 300
_OVERSAMPLING: Final = 2
_DASH: Final = (3.0, 2.0)
_ANCHORS: Final = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


class _Pen(Struct, frozen=True):
    """What draws shapes `scale` times as large as their lengths say, in a theme's inks and fonts."""

    draw: ImageDraw.ImageDraw
    scale: float
    inks: Mapping[Ink, str]
    fonts: Mapping[Face, FontFile]

    def shape(self, shape: Shape) -> None:
        """Draw one shape."""
        scale, ink = self.scale, self.inks[shape.ink]
        match shape:
            case Stroke():
                self._stroke(shape, ink)
            case Disc(x, y, radius):
                box = tuple(length * scale for length in (x - radius, y - radius, x + radius, y + radius))
                if shape.hollow:
                    self.draw.ellipse(box, fill=self.inks[Ink.PAPER], outline=ink, width=max(1, round(1.2 * scale)))
                else:
                    self.draw.ellipse(box, fill=ink)
            case Box(pattern=pattern) if pattern is not Pattern.SOLID:
                for each in filled(shape):
                    self.shape(each)
            case Box(x, y, width, height):
                self.draw.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1), fill=ink)
            case Label():
                file = self.fonts.get(Face.BOLD if shape.strong else Face.REGULAR, self.fonts[Face.REGULAR])
                font = _font(file.data, round(shape.size * scale))
                self.draw.text((shape.x * scale, shape.y * scale), shape.text, ink, font, _ANCHORS[shape.anchor])
            case _:
                assert_never(shape)

    def _stroke(self, stroke: Stroke, ink: str) -> None:
        scale = self.scale
        width = max(1, round(stroke.width * scale))
        x, y, right, down = stroke.x1 * scale, stroke.y1 * scale, stroke.x2 * scale, stroke.y2 * scale
        right, down = right - x, down - y
        length = (right**2 + down**2) ** 0.5
        dash, gap = (part * scale for part in _DASH) if stroke.dashed else (length, 1.0)
        at = 0.0
        while at < length:
            parts = at / length, min(at + dash, length) / length
            self.draw.line([(x + right * part, y + down * part) for part in parts], fill=ink, width=width)
            at += dash + gap


def drawing_png(drawing: Drawing, theme: Theme) -> bytes:
    """The drawing at 300 dots an inch, drawn at twice that and brought down for smooth edges."""
    scale = DOTS_PER_INCH * _OVERSAMPLING / POINTS_PER_INCH
    inks = theme.inks()
    sheet = Image.new("RGB", (_even(drawing.width * scale), _even(drawing.height * scale)), inks[Ink.PAPER])
    pen = _Pen(ImageDraw.Draw(sheet), scale, inks, theme.fonts())
    for shape in drawing.shapes:
        pen.shape(shape)
    fine = sheet.reduce(_OVERSAMPLING).quantize(64, dither=Image.Dither.NONE)
    return png(fine, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))


def _even(length: float) -> int:
    return max(_OVERSAMPLING, round(length / _OVERSAMPLING) * _OVERSAMPLING)


@functools.lru_cache(maxsize=32)
def _font(data: bytes, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in dots; the basic layout engine is the same on every machine."""
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg"}
_PIXELS_PER_INCH: Final = 96
_INLINE: Final = (
    f'<wp:inline xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:r="{R}" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {about}/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic>'
    "<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
)


class Pictures(Struct):
    """The picture parts of one document: equal pictures are held once. `text_height` is in twentieths of a point."""

    assembly: Assembly
    theme: Theme
    text_height: int
    _known: dict[str, str] = field(default_factory=dict)

    def relation(self, data: bytes, media_type: str) -> str:
        """The relationship id of the part that holds `data`."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            address = f"/word/media/brief-{len(self._known) + 1}.{_SUFFIXES[media_type]}"
            part = self.assembly.blob(address, media_type, data)
            self._known[digest] = self.assembly.relate(part, RELATIONSHIP_TYPE.IMAGE)
        return self._known[digest]


_BESIDE: Final = 12.0
"""What two figures of half the page's width leave between them, in points."""
_PART: Final = 0.88
"""Of the height of a page, what a drawing may take."""


def figure_run(figure: Figure, pictures: Pictures, names: Names, text_width: int) -> Element:
    """A run that shows a figure's content, no wider than the text and of a height that leaves room for it."""
    content, room, high = figure.content, text_width / TWIPS_PER_POINT, pictures.text_height / TWIPS_PER_POINT
    most = (room, _PART * high)
    if isinstance(content, Picture):
        tokens = pictures.theme.tokens
        tallest = Length.from_millimetres(tokens.space.figure).points
        wanted = {
            FigureWidth.FULL: room,
            FigureWidth.COLUMN: min(room, tokens.measure),
            FigureWidth.HALF: min(room, tokens.measure) if tokens.layout.columns > 1 else (room - _BESIDE) / 2,
            FigureWidth.OWN: min(room, content.width / _PIXELS_PER_INCH * 72),
        }
        most = (wanted[figure.width], min(tallest, high))
    return picture_run(content, figure.alt, figure.id, pictures, names, most, enlarged=isinstance(content, Picture))


def picture_run(
    content: Picture | Drawing,
    alt: str,
    node: str,
    pictures: Pictures,
    names: Names,
    most: tuple[float, float],
    *,
    enlarged: bool = False,
) -> Element:
    """A run that shows `content`, no larger than `most`, a width and a height in points, nor than it is where it is not to be `enlarged`."""
    if isinstance(content, Drawing):
        points = (content.width, content.height)
        relation = pictures.relation(drawing_png(content, pictures.theme), "image/png")
    else:
        points = (content.width / _PIXELS_PER_INCH * 72, content.height / _PIXELS_PER_INCH * 72)
        relation = pictures.relation(content.data, content.media_type)
    scale = min(most[0] / points[0], most[1] / points[1])
    scale = scale if enlarged else min(scale, 1.0)
    width, height = (max(1, round(length * scale * EMU_PER_POINT)) for length in points)
    return w("r", w("drawing", _inline(relation, width, height, alt, node, names.drawing())))


def _inline(relation: str, width: int, height: int, alt: str, node: str, number: int) -> Element:
    about = f'id="{number}" name={quoted(node)} descr={quoted(alt)}'
    return etree.fromstring(_INLINE.format(about=about, size=f'cx="{width}" cy="{height}"', relation=relation))
