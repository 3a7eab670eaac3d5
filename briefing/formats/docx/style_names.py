"""The styles that the writer names, and the nearest ones where a house reference document lacks them.

Word's built-in names are used wherever there is one, because other programs and people's habits know them; own styles
are based on built-in ones. Each chain ends at the document's default style.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from briefing.document.inlines import Mark, MarkKind
from briefing.document.tree import ParagraphRole, RunningRole


class StyleType(StrEnum):
    """What a style is put on (ECMA-376 17.18.83)."""

    PARAGRAPH = "paragraph"
    CHARACTER = "character"
    TABLE = "table"


PARAGRAPH_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Title": ("Heading 1",),
    "Subtitle": ("Body Text",),
    "Heading 1": ("Title",),
    "Heading 2": ("Heading 1",),
    "Heading 3": ("Heading 2", "Heading 1"),
    "Body Text": ("Normal",),
    "List Bullet": ("List Paragraph", "Body Text", "Normal"),
    "List Bullet 2": ("List Bullet", "List Paragraph", "Body Text", "Normal"),
    "List Bullet 3": ("List Bullet 2", "List Bullet", "List Paragraph", "Body Text", "Normal"),
    "List Number": ("List Paragraph", "Body Text", "Normal"),
    "List Number 2": ("List Number", "List Paragraph", "Body Text", "Normal"),
    "List Number 3": ("List Number 2", "List Number", "List Paragraph", "Body Text", "Normal"),
    "List Continue": ("List Paragraph", "Body Text", "Normal"),
    "List Continue 2": ("List Continue", "List Paragraph", "Body Text", "Normal"),
    "List Continue 3": ("List Continue 2", "List Continue", "List Paragraph", "Body Text", "Normal"),
    "Quote": ("Intense Quote", "Block Text", "Body Text", "Normal"),
    "Caption": ("Body Text", "Normal"),
    "Header": ("Normal",),
    "Footer": ("Header", "Normal"),
    "Endnote Text": ("Footnote Text", "Body Text", "Normal"),
    "Series Line": ("Subtitle", "Body Text", "Normal"),
    "Masthead Fact": ("Body Text", "Normal"),
    "Bottom Line": ("Intense Quote", "Body Text", "Normal"),
    "Introduction": ("Body Text", "Normal"),
    "Proposition": ("Intense Quote", "Body Text", "Normal"),
    "Quote Label": ("Caption", "Body Text", "Normal"),
    "Attribution": ("Body Text", "Normal"),
    "Detail": ("Body Text", "Normal"),
    "Source Entry": ("Endnote Text", "Footnote Text", "Body Text", "Normal"),
    "Figure": ("Body Text", "Normal"),
    "Table Heading": ("Table Text", "Normal"),
    "Table Text": ("Normal",),
    "Table Lead": ("Table Text", "Normal"),
    "Table Amount": ("Table Text", "Normal"),
    "Table Amount Heading": ("Table Heading", "Table Text", "Normal"),
    "Table Detail": ("Table Text", "Normal"),
    "Table Bullet": ("List Bullet", "List Paragraph", "Normal"),
    "Table Number": ("List Number", "List Paragraph", "Normal"),
    "Handling Marking": ("Header", "Normal"),
    "Handling Caveat": ("Handling Marking", "Header", "Normal"),
    "Identity Line": ("Footer", "Header", "Normal"),
    "Page Number Line": ("Footer", "Header", "Normal"),
}
AMOUNT_COLUMNS: Final = frozenset({"number", "value"})
"""The keys of columns that hold numbers, which are set flush right."""

LED_STYLES: Final = frozenset({"Attribution", "Table Lead"})
"""Paragraph styles whose own words are set in the character style *Lead*, while citations and marks among them are not."""

STRESSED_STYLES: Final = frozenset({"Handling Marking", "Quote Label", "Table Amount Heading", "Table Heading"})
"""Paragraph styles whose text must stand out: it is set in strong type where the reference document lacks them."""

CHARACTER_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Strong": (),
    "Emphasis": (),
    "Hyperlink": (),
    "Endnote Reference": ("Footnote Reference",),
    "Fact Label": ("Strong",),
    "Caption Label": ("Strong",),
    "Lead": ("Strong",),
    **{kind.value.title(): ("Strong",) for kind in MarkKind},
}
TABLE_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Briefing Table": ("Table Grid", "Plain Table 1", "Grid Table Light", "Table Normal"),
}


def fallbacks(style_type: StyleType, name: str) -> tuple[str, ...]:
    """The styles to try, nearest first, where the reference document has none called `name`."""
    match style_type:
        case StyleType.PARAGRAPH:
            return PARAGRAPH_FALLBACKS[name]
        case StyleType.CHARACTER:
            return CHARACTER_FALLBACKS[name]
        case StyleType.TABLE:
            return TABLE_FALLBACKS[name]
    assert_never(style_type)


def paragraph_style(role: ParagraphRole) -> str:
    """The style of a paragraph of that role."""
    match role:
        case ParagraphRole.BODY:
            return "Body Text"
        case ParagraphRole.BOTTOM_LINE:
            return "Bottom Line"
        case ParagraphRole.QUOTE:
            return "Quote"
        case ParagraphRole.ATTRIBUTION:
            return "Attribution"
        case ParagraphRole.DETAIL:
            return "Detail"
        case ParagraphRole.NOTE:
            return "Source Entry"
        case ParagraphRole.CELL:
            return "Table Text"
        case ParagraphRole.CELL_LEAD:
            return "Table Lead"
        case ParagraphRole.CELL_DETAIL:
            return "Table Detail"
        case ParagraphRole.PROPOSITION:
            return "Proposition"
        case ParagraphRole.INTRODUCTION:
            return "Introduction"
    assert_never(role)


def cell_style(role: ParagraphRole, column: str) -> str:
    """The style of a paragraph in a table cell, by the key of its column."""
    style = paragraph_style(role)
    return "Table Amount" if style == "Table Text" and column in AMOUNT_COLUMNS else style


def running_style(role: RunningRole, *, foot: bool) -> str:
    """The style of a running line."""
    match role:
        case RunningRole.MARKING:
            return "Handling Marking"
        case RunningRole.CAVEAT:
            return "Handling Caveat"
        case RunningRole.PAGE:
            return "Page Number Line"
        case RunningRole.IDENTITY:
            return "Identity Line" if foot else "Header"
    assert_never(role)


def list_style(*, ordered: bool, level: int, in_cell: bool) -> str:
    """The style of a list's items; levels past the third look like the third, as in Word's own set."""
    if in_cell:
        return "Table Number" if ordered else "Table Bullet"
    return _levelled("List Number" if ordered else "List Bullet", level)


def list_continue_style(level: int) -> str:
    """The style of what follows an item's first paragraph."""
    return _levelled("List Continue", level)


def _levelled(name: str, level: int) -> str:
    return name if level <= 1 else f"{name} {min(level, 3)}"


def mark_styles(mark: Mark) -> tuple[str, str]:
    """The character style of a mark's kind (``Stance``), and the one of its value, which may give it a colour
    (``Stance Opposed``).
    """
    kind = mark.kind.value.title()
    return kind, f"{kind} {mark.value.replace('_', ' ').title()}"
