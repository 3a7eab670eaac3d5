"""Pictures, and drawings made of a few shapes that every format can draw alike.

Lengths are in points from the top left corner; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Ink(StrEnum):
    """What a shape is for; a theme gives it a colour, and shapes stay apart in grey."""

    AXIS = "axis"
    MARKER = "marker"
    MUTED = "muted"
    PAPER = "paper"
    TEXT = "text"


class Anchor(StrEnum):
    """Which end of a label stands at its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Stroke(Struct, frozen=True):
    """A straight line of `width` points; `dashed` for what is planned or uncertain."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    ink: Ink
    dashed: bool = False


class Disc(Struct, frozen=True):
    """A circle; `hollow` ones are outlined (the date is known to the month or year only, or lies ahead)."""

    x: float
    y: float
    radius: float
    ink: Ink
    hollow: bool = False


class Pattern(StrEnum):
    """How a rectangle is filled, so that several can be told apart in black and white."""

    SOLID = "solid"
    OUTLINED = "outlined"
    HATCHED = "hatched"
    DOTTED = "dotted"
    STRIPED = "striped"


class Box(Struct, frozen=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    pattern: Pattern = Pattern.SOLID


class Label(Struct, frozen=True):
    """Words in a drawing; `y` is the baseline, `size` the type size in points."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    strong: bool = False
    ink: Ink = Ink.TEXT


Shape = Stroke | Disc | Box | Label


_OUTLINE = 0.8
_APART = 4.0
"""How wide the line around a rectangle with a pattern is, and how far the lines of the pattern are from each other, in points."""


def filled(box: Box) -> Iterator[Shape]:
    """The plain shapes that a rectangle with a pattern is drawn of."""
    x, y, width, height = box.x + _OUTLINE, box.y + _OUTLINE, box.width - 2 * _OUTLINE, box.height - 2 * _OUTLINE
    yield replace(box, pattern=Pattern.SOLID)
    if min(width, height) <= 0 or box.pattern is Pattern.SOLID:
        return
    yield Box(x, y, width, height, Ink.PAPER)
    for number in range(1, int((width + height) / _APART) + 1):
        along = number * _APART
        match box.pattern:
            case Pattern.HATCHED:
                start, end = max(0.0, along - height), min(along, width)
                yield Stroke(x + start, y + along - start, x + end, y + along - end, 0.9, box.ink)
            case Pattern.STRIPED if along < width:
                yield Stroke(x + along, y, x + along, y + height, 1.1, box.ink)
            case Pattern.DOTTED if along < width:
                yield from (Disc(x + along, y + height * part, 0.8, box.ink) for part in (0.25, 0.75))


class Drawing(Struct, frozen=True):
    """Shapes on a sheet of `width` by `height` points, drawn in order."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


class Picture(Struct, frozen=True):
    """A raster picture, checked and re-encoded once, so that every format holds the same bytes. Width and height are pixels.

    `vector` is the SVG that it was drawn from, for formats that show such: shapes and paints, without styles, scripts, words or addresses.
    """

    name: str
    media_type: str
    data: bytes
    width: int
    height: int
    vector: bytes = b""
