"""Drawings as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from markupsafe import escape

from briefing.document.drawing import Box, Disc, Drawing, Ink, Label, Shape, Stroke

FONT_FAMILY: Final = "Source Sans 3"

COLOURS: Final[Mapping[Ink, str]] = {
    Ink.AXIS: "#4a5560",
    Ink.MARKER: "#1b3a5c",
    Ink.MUTED: "#8fa3b5",
    Ink.PAPER: "#ffffff",
    Ink.TEXT: "#1d242b",
}


def svg(drawing: Drawing) -> str:
    """The drawing as an SVG document; lengths are points."""
    shapes = "".join(_shape(shape) for shape in drawing.shapes)
    size = (
        f'width="{drawing.width:g}pt" height="{drawing.height:g}pt" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT_FAMILY}">{shapes}</svg>'


def _shape(shape: Shape) -> str:
    match shape:
        case Stroke(x1, y1, x2, y2, width, ink, dashed):
            dash = ' stroke-dasharray="3 2"' if dashed else ""
            ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
            return f'<line {ends} stroke="{COLOURS[ink]}" stroke-width="{width:g}"{dash}/>'
        case Disc(x, y, radius, ink, hollow):
            fill = "#ffffff" if hollow else COLOURS[ink]
            inner = radius - 0.6 if hollow else radius
            return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{inner:g}" fill="{fill}" stroke="{COLOURS[ink]}" stroke-width="{1.2 if hollow else 0}"/>'
        case Box(x, y, width, height, ink):
            return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{COLOURS[ink]}"/>'
        case Label(x, y, text, size, anchor, strong, ink):
            weight = ' font-weight="bold"' if strong else ""
            place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor.value}"'
            return f'<text {place}{weight} fill="{COLOURS[ink]}">{escape(text)}</text>'
    assert_never(shape)
