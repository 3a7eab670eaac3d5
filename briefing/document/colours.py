"""Colours as numbers: how well one can be read on another (WCAG 2.2), and shades of one hue (OKLCH, CSS Color 4, 9.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

READABLE: Final = 4.5
"""The contrast that text of any size must have with its ground (WCAG 2.2, 1.4.3, level AA)."""


def contrast(first: Sequence[float], second: Sequence[float]) -> float:
    """The contrast of two colours, each red, green and blue from 0 to 1: from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted(map(_luminance, (first, second)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_of(first: str, second: str) -> float:
    """The contrast of two colours of six hexadecimal digits, with or without ``#``; the greatest where one is none."""
    try:
        return contrast(_parts(first), _parts(second))
    except ValueError:
        return 21.0


def mixed(first: str, second: str, share: float) -> str:
    """`share` of the first colour and the rest of the second."""
    parts = zip(_parts(first), _parts(second), strict=True)
    return "#" + "".join(f"{round(255 * (one * share + other * (1 - share))):02x}" for one, other in parts)


def _parts(colour: str) -> list[float]:
    return [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: Sequence[float]) -> float:
    parts = map(_linear, colour)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


_TO_CONES: Final = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: Final = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB: Final = (
    (1, 0.3963377774, 0.2158037573),
    (1, -0.1055613458, -0.0638541728),
    (1, -0.0894841775, -1.2914855480),
)
_FROM_CONES: Final = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(map(float.__mul__, map(float, row), map(float, vector))) for row in matrix]


def shade_of(colour: str) -> tuple[float, float, float]:
    """Lightness from 0 to 1, chroma from 0 to about 0.3 and hue in radians of ``#1b3a5c``."""
    cones = [math.cbrt(each) for each in _times(_TO_CONES, [*map(_linear, _parts(colour))])]
    lightness, green_red, blue_yellow = _times(_TO_LAB, cones)
    return lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red)


def shade(lightness: float, chroma: float, hue: float) -> str:
    """The colour of that shade, or the nearest of less chroma that a screen can show, as ``#1b3a5c``."""
    cones = _times(_FROM_LAB, (lightness, chroma * math.cos(hue), chroma * math.sin(hue)))
    parts = _times(_FROM_CONES, [each**3 for each in cones])
    if chroma > 0 and not all(-0.0005 <= part <= 1.0005 for part in parts):
        return shade(lightness, max(0.0, chroma - 0.004), hue)
    bent = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "#" + "".join(f"{min(255, max(0, round(part * 255))):02x}" for part in bent)


def readable(lightness: float, chroma: float, hue: float, ground: str, least: float = READABLE) -> str:
    """The lightest colour of that hue, no lighter than asked for, that has the contrast `least` with `ground`."""
    made = shade(lightness, chroma, hue)
    while contrast_of(made, ground) < least and lightness > 0:
        lightness -= 0.005
        made = shade(lightness, chroma, hue)
    return made
