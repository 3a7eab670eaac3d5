"""Drawings as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from markupsafe import escape

from briefing.document.drawing import Box, Disc, Drawing, Ink, Label, Shape, Stroke

FONT_FAMILY: Final = "Source Sans 3"
"""Labels were measured in it when the drawing was composed."""
OUTLINE: Final = 1.2
"""The width of a hollow disc's line, in points."""


def svg(drawing: Drawing, inks: Mapping[Ink, str]) -> str:
    """The drawing as an SVG document in the colours `inks`; lengths are points."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    shapes = "".join(_shape(shape, inks) for shape in drawing.shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT_FAMILY}">{shapes}</svg>'


def _shape(shape: Shape, inks: Mapping[Ink, str]) -> str:
    match shape:
        case Stroke(x1, y1, x2, y2, width, ink, dashed):
            ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
            dash = ' stroke-dasharray="3 2"' if dashed else ""
            return f'<line {ends} stroke="{inks[ink]}" stroke-width="{width:g}"{dash}/>'
        case Disc(x, y, radius, ink, hollow):
            centre = f'cx="{x:.2f}" cy="{y:.2f}"'
            if hollow:
                line = f'stroke="{inks[ink]}" stroke-width="{OUTLINE:g}"'
                return f'<circle {centre} r="{radius - OUTLINE / 2:g}" fill="{inks[Ink.PAPER]}" {line}/>'
            return f'<circle {centre} r="{radius:g}" fill="{inks[ink]}"/>'
        case Box(x, y, width, height, ink):
            place = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
            return f'<rect {place} fill="{inks[ink]}"/>'
        case Label(x, y, text, size, anchor, strong, ink):
            place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor.value}"'
            weight = ' font-weight="bold"' if strong else ""
            return f'<text {place}{weight} fill="{inks[ink]}">{escape(text)}</text>'
    assert_never(shape)
