"""Pictures, and drawings made of a few shapes that every format can draw alike.

Lengths are in points from the top left corner; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TYPE_SIZE = 8.5
"""The size, in points, that labels are composed for; a theme may set them a little larger or smaller."""


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


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line of `width` points; `dashed` for what is planned or uncertain."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    ink: Ink
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle; `hollow` ones are outlined (the date is known to the month or year only, or lies ahead)."""

    x: float
    y: float
    radius: float
    ink: Ink
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a drawing; `y` is the baseline, `size` the type size in points."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    strong: bool = False
    ink: Ink = Ink.TEXT


Shape = Stroke | Disc | Box | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet of `width` by `height` points, drawn in order."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture, checked and re-encoded once, so that every format holds the same bytes. Width and height are pixels."""

    name: str
    media_type: str
    data: bytes
    width: int
    height: int
