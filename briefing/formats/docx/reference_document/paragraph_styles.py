"""The paragraph styles of the policy theme's reference document, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.formats.docx.reference_document import look


@dataclass(frozen=True, slots=True)
class Border:
    """A rule beside a paragraph; `width` and `space` are in points."""

    side: str
    width: float
    colour: str
    space: float = 4


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Lengths are in points; None takes what the style it is based on says.

    `line` is the distance of lines in parts of the type size, as in CSS. `own` styles are not Word's; `quick` ones are
    offered in its gallery, sorted by `priority`.
    """

    name: str
    based_on: str | None = "Normal"
    next: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    letter_space: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str | None = None
    tab: float | None = None
    keep_next: bool = False
    keep_lines: bool = False
    contextual: bool = False
    outline: int | None = None
    numbering: int | None = None
    borders: tuple[Border, ...] = ()
    shade: str | None = None
    own: bool = False
    quick: bool = True
    priority: int = 1


_MEASURE: Final = 94.0
"""What running text leaves free at the right, so that a line holds about 80 letters, as in the PDF."""
_QUOTE_RULE: Final = (Border("left", 1.5, look.QUOTE_RULE, 10),)
_QUOTE_INDENT: Final = 12.0
_BOX: Final = (
    Border("top", 0.5, look.PALE, 6),
    Border("left", 3, look.ACCENT, 10),
    Border("bottom", 0.5, look.PALE, 6),
    Border("right", 0.5, look.PALE, 8),
)
_FACT_INDENT: Final = 88.0
_ABOVE: Final = (Border("top", 3, look.ACCENT, 9),)
"""Paragraphs with the same borders and indents share one frame: this rule stands above the first of them only."""
_BELOW: Final = (Border("bottom", 0.75, look.ACCENT, 9),)

# fmt: off
PARAGRAPH_STYLES: Final = (
    ParagraphStyle("Normal", None, colour=look.INK, priority=0),
    ParagraphStyle("Body Text", right=_MEASURE, after=5.5),
    ParagraphStyle(
        "Title", next="Subtitle", size=22, bold=True, colour=look.ACCENT, line=1.18, keep_next=True, keep_lines=True,
        borders=_ABOVE, priority=10,
    ),
    ParagraphStyle("Subtitle", next="Body Text", size=13, colour=look.SLATE, before=3, line=1.28, keep_lines=True,
                   borders=_ABOVE, priority=11),
    ParagraphStyle(
        "heading 1", next="Body Text", size=14, bold=True, colour=look.ACCENT, before=13, after=5, line=1.2,
        keep_next=True, keep_lines=True, outline=0, priority=9,
    ),
    ParagraphStyle(
        "heading 2", next="Body Text", size=11.5, bold=True, colour=look.ACCENT, before=9, after=3, line=1.2,
        keep_next=True, keep_lines=True, outline=1, priority=9,
    ),
    ParagraphStyle(
        "heading 3", next="Body Text", size=10.5, bold=True, colour=look.INK, before=7, after=2, line=1.2,
        keep_next=True, keep_lines=True, outline=2, priority=9,
    ),
    ParagraphStyle("List Paragraph", "Body Text", left=14, contextual=True, priority=34),
    ParagraphStyle("List Bullet", "Body Text", left=14, first=-14, after=4, numbering=1, priority=36),
    ParagraphStyle("List Bullet 2", "List Bullet", left=31, first=-14, numbering=2, priority=36),
    ParagraphStyle("List Bullet 3", "List Bullet", left=48, first=-14, numbering=3, priority=36),
    ParagraphStyle("List Number", "Body Text", left=17, first=-17, after=4, numbering=4, priority=36),
    ParagraphStyle("List Number 2", "List Number", left=34, first=-17, numbering=5, priority=36),
    ParagraphStyle("List Number 3", "List Number", left=51, first=-17, numbering=6, priority=36),
    ParagraphStyle("List Continue", "Body Text", left=14, after=4, priority=37),
    ParagraphStyle("List Continue 2", "List Continue", left=31, priority=37),
    ParagraphStyle("List Continue 3", "List Continue", left=48, priority=37),
    ParagraphStyle(
        "Quote", "Body Text", next="Attribution", size=11, line=1.36, italic=True, left=_QUOTE_INDENT, after=3,
        keep_next=True, keep_lines=True, borders=_QUOTE_RULE, priority=29,
    ),
    ParagraphStyle("Intense Quote", "Quote", colour=look.ACCENT, priority=30),
    ParagraphStyle("caption", next="Body Text", size=9, colour=look.SLATE, before=5, after=4, line=1.34,
                   keep_lines=True, priority=35),
    ParagraphStyle("header", size=8.5, colour=look.SLATE, line=1.3, align="center", quick=False, priority=99),
    ParagraphStyle("footer", size=8.5, colour=look.SLATE, line=1.3, align="center", quick=False, priority=99),
    ParagraphStyle("endnote text", size=9, line=1.38, left=20, right=_MEASURE, first=-20, tab=20, after=3.5,
                   keep_lines=True, quick=False, priority=99),
    ParagraphStyle("footnote text", size=9, line=1.38, after=2, quick=False, priority=99),
    ParagraphStyle("annotation text", size=10, quick=False, priority=99),
    ParagraphStyle("Series Line", size=9.5, bold=True, colour=look.REFERENCE, after=3.5, keep_next=True,
                   borders=_ABOVE, own=True),
    ParagraphStyle("Masthead Fact", size=9.5, line=1.42, before=9, left=_FACT_INDENT, first=-_FACT_INDENT,
                   tab=_FACT_INDENT, contextual=True, borders=_BELOW, own=True),
    ParagraphStyle("Bottom Line", "Body Text", size=12, line=1.42, left=13, right=9, shade=look.PALE,
                   keep_lines=True, borders=_BOX, own=True),
    ParagraphStyle("Introduction", "Body Text", size=9, after=3, colour=look.SLATE, keep_next=True, own=True),
    ParagraphStyle("Proposition", "Body Text", size=11, left=_QUOTE_INDENT, right=0, after=8, borders=_QUOTE_RULE,
                   keep_lines=True, own=True),
    ParagraphStyle("Quote Label", "Body Text", next="Quote", size=8.5, line=1.3, bold=True, colour=look.GREY, before=8,
                   after=1, left=_QUOTE_INDENT, keep_next=True, own=True),
    ParagraphStyle("Attribution", "Body Text", size=9.5, line=1.36, left=_QUOTE_INDENT, after=2, keep_lines=True,
                   borders=_QUOTE_RULE, own=True),
    ParagraphStyle("Detail", "Body Text", size=9, line=1.36, colour=look.SLATE, left=_QUOTE_INDENT, after=1.5,
                   keep_lines=True, borders=_QUOTE_RULE, own=True),
    ParagraphStyle("Source Entry", "Body Text", size=9, line=1.38, after=3.5, own=True),
    ParagraphStyle("Figure", "Body Text", right=0, before=9, after=2, align="center", keep_next=True, own=True),
    ParagraphStyle("Table Text", size=9, line=1.34, after=1.5, own=True),
    ParagraphStyle("Table Heading", "Table Text", bold=True, colour=look.ACCENT, keep_next=True, own=True),
    ParagraphStyle("Table Lead", "Table Text", own=True),
    ParagraphStyle("Table Amount", "Table Text", align="right", right=4, own=True),
    ParagraphStyle("Table Amount Heading", "Table Heading", align="right", right=4, own=True),
    ParagraphStyle("Table Bullet", "Table Text", left=10, first=-10, numbering=7, own=True),
    ParagraphStyle("Table Number", "Table Text", left=14, first=-14, numbering=8, own=True),
    ParagraphStyle("Table Detail", "Table Text", size=8.5, colour=look.SLATE, own=True),
    ParagraphStyle("Handling Marking", "header", size=9.5, bold=True, colour=look.INK, letter_space=0.6, own=True),
    ParagraphStyle("Handling Caveat", "header", own=True),
    ParagraphStyle("Identity Line", "footer", after=2, borders=(Border("top", 0.5, look.RULE, 3),), own=True),
    ParagraphStyle("Page Number Line", "footer", own=True),
)
# fmt: on
