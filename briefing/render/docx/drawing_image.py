"""A drawing as a PNG picture, the same to the byte on every run, for formats that hold no drawings of ours."""

from __future__ import annotations

import functools
import io
from typing import Final, assert_never

from PIL import Image, ImageDraw, ImageFont

from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Label, Stroke
from briefing.lengths import POINTS_PER_INCH
from briefing.resources import assets_folder

DOTS_PER_INCH: Final = 300
_OVERSAMPLING: Final = 2
_DASH: Final = (3.0, 2.0)
_PAPER: Final = (255, 255, 255)
INKS: Final[dict[Ink, tuple[int, int, int]]] = {
    Ink.AXIS: (74, 85, 96),
    Ink.MARKER: (27, 58, 92),
    Ink.MUTED: (143, 163, 181),
    Ink.PAPER: _PAPER,
    Ink.TEXT: (29, 36, 43),
}
_ANCHORS: Final = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


def drawing_png(drawing: Drawing) -> bytes:
    """The drawing at 300 dots an inch, drawn at twice that and brought down for smooth edges."""
    scale = DOTS_PER_INCH * _OVERSAMPLING / POINTS_PER_INCH
    sheet = Image.new("RGB", (_even(drawing.width * scale), _even(drawing.height * scale)), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for shape in drawing.shapes:
        match shape:
            case Stroke():
                _stroke(pen, shape, scale)
            case Disc():
                _disc(pen, shape, scale)
            case Box(x, y, width, height, ink):
                pen.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1), fill=INKS[ink])
            case Label():
                font = _font(shape.strong, round(shape.size * scale))
                pen.text((shape.x * scale, shape.y * scale), shape.text, INKS[shape.ink], font, _ANCHORS[shape.anchor])
            case _:
                assert_never(shape)
    stream = io.BytesIO()
    sheet.reduce(_OVERSAMPLING).quantize(64, dither=Image.Dither.NONE).save(
        stream, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH)
    )
    return stream.getvalue()


def _even(length: float) -> int:
    return max(_OVERSAMPLING, round(length / _OVERSAMPLING) * _OVERSAMPLING)


def _stroke(pen: ImageDraw.ImageDraw, stroke: Stroke, scale: float) -> None:
    width = max(1, round(stroke.width * scale))
    start, end = (stroke.x1 * scale, stroke.y1 * scale), (stroke.x2 * scale, stroke.y2 * scale)
    if not stroke.dashed:
        pen.line((start, end), fill=INKS[stroke.ink], width=width)
        return
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    dash, gap = (part * scale for part in _DASH)
    at = 0.0
    while at < length:
        reach = min(at + dash, length)
        pen.line(
            (_between(start, end, at / length), _between(start, end, reach / length)),
            fill=INKS[stroke.ink],
            width=width,
        )
        at += dash + gap


def _between(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _disc(pen: ImageDraw.ImageDraw, disc: Disc, scale: float) -> None:
    box = tuple(
        length * scale
        for length in (disc.x - disc.radius, disc.y - disc.radius, disc.x + disc.radius, disc.y + disc.radius)
    )
    ink = INKS[disc.ink]
    if disc.hollow:
        pen.ellipse(box, fill=_PAPER, outline=ink, width=max(1, round(1.2 * scale)))
    else:
        pen.ellipse(box, fill=ink)


@functools.lru_cache(maxsize=32)
def _font(strong: bool, size: int) -> ImageFont.FreeTypeFont:
    """The theme's bundled font; the basic layout engine is the same on every machine."""
    path = assets_folder() / "fonts" / "source-sans-3" / f"SourceSans3-{'Bold' if strong else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
