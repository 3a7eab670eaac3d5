"""Whether two pictures show the same, however they are encoded."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageChops, ImageStat

_SIDE: Final = 64
_MOST: Final = 12.0
"""Of 255, the mean difference that encoding and scaling may make."""


def alike(first: Image.Image, second: Image.Image) -> bool:
    """Whether both have the same shape and, on white paper, look the same."""
    shapes = first.width * second.height, first.height * second.width
    if abs(shapes[0] - shapes[1]) > 0.02 * max(shapes):
        return False
    difference = ImageChops.difference(_small(first), _small(second))
    return max(ImageStat.Stat(difference).mean) <= _MOST


def is_blank(picture: Image.Image) -> bool:
    """Whether a picture cannot be told from white paper."""
    return all(low > 250 for low, _ in _extremes(_small(picture)))


def _extremes(picture: Image.Image) -> list[tuple[float, float]]:
    return [band.getextrema() for band in picture.split()]  # type: ignore[misc]


def _small(picture: Image.Image) -> Image.Image:
    """The picture on white, in colours, small enough to compare."""
    whole = picture.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
