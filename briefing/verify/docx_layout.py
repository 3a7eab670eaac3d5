"""Paragraphs and rows of a DOCX of which nothing can be seen: flat, hidden, or pushed off the page."""

from __future__ import annotations

from typing import Final

from briefing.verify.docx_package import Element, child, is_on, number, value
from briefing.verify.docx_styles import StyleSheet

_LEAST_LINE: Final = 100
"""In twentieths of a point: less cannot show type of 5 points."""
_MOST_INDENT: Final = 14400
"""Ten inches in twentieths of a point: further than any of our papers is wide."""


def paragraph_fault(styles: StyleSheet, paragraph: Element) -> str | None:
    """Why nothing of a paragraph can be seen, or None."""
    spacing = styles.paragraph_property(paragraph, "spacing")
    height = number(spacing, "line")
    if value(spacing, "lineRule") == "exact" and height is not None and height < _LEAST_LINE:
        return f"has lines {height / 20:g} points high"
    for indent in styles.paragraph_properties(paragraph, "ind"):
        sides = [number(indent, name) or 0 for name in ("left", "start", "right", "end", "firstLine")]
        if max(map(abs, sides)) > _MOST_INDENT:
            return "is indented off the page"
    frame = styles.paragraph_property(paragraph, "framePr")
    if frame is not None and max(abs(number(frame, side) or 0) for side in ("x", "y")) > _MOST_INDENT:
        return "is placed off the page"
    return None


def cell_fault(cell: Element) -> str | None:
    """Why nothing of a table cell can be seen, or None: what continues a merged cell shows that cell's text instead."""
    merged = child(cell, "tcPr", "vMerge")
    return "stands in a cell that is merged away" if merged is not None and value(merged) != "restart" else None


def row_fault(row: Element) -> str | None:
    """Why nothing of a table row can be seen, or None."""
    height = child(row, "trPr", "trHeight")
    if value(height, "hRule") == "exact" and (number(height) or 0) < _LEAST_LINE:
        return "stands in a row too flat to show it"
    return "stands in a hidden row" if is_on(child(row, "trPr", "hidden")) else None
