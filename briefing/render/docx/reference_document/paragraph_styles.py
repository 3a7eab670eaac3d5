"""The paragraph styles of the policy theme's reference document, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.render.docx.reference_document import look


@dataclass(frozen=True, slots=True)
class Border:
    """A rule beside a paragraph; `width` and `space` are in points."""

    side: str
    width: float
    colour: str
    space: float = 4


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Lengths are in points; None takes what the style it is based on says."""

    name: str
    based_on: str | None = "Normal"
    next: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    colour: str | None = None
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


PARAGRAPH_STYLES: Final = (
    ParagraphStyle("Normal", None, priority=0),
    ParagraphStyle("Body Text", after=6, priority=1),
    ParagraphStyle(
        "Title",
        next="Subtitle",
        size=22,
        bold=True,
        colour=look.ACCENT,
        after=3,
        line=1.05,
        keep_next=True,
        keep_lines=True,
        priority=10,
    ),
    ParagraphStyle("Subtitle", next="Body Text", size=12, colour=look.MUTED, after=6, keep_lines=True, priority=11),
    ParagraphStyle(
        "heading 1",
        next="Body Text",
        size=13,
        bold=True,
        colour=look.ACCENT,
        before=14,
        after=4,
        line=1.1,
        keep_next=True,
        keep_lines=True,
        outline=0,
        borders=(Border("bottom", 0.5, look.RULE, 2),),
        priority=9,
    ),
    ParagraphStyle(
        "heading 2",
        next="Body Text",
        size=11,
        bold=True,
        colour=look.ACCENT,
        before=10,
        after=3,
        line=1.1,
        keep_next=True,
        keep_lines=True,
        outline=1,
        priority=9,
    ),
    ParagraphStyle(
        "heading 3",
        next="Body Text",
        size=10,
        bold=True,
        colour=look.INK,
        before=8,
        after=2,
        line=1.1,
        keep_next=True,
        keep_lines=True,
        outline=2,
        priority=9,
    ),
    ParagraphStyle("List Paragraph", "Body Text", left=18, contextual=True, priority=34),
    ParagraphStyle("List Bullet", "Body Text", left=18, first=-14, after=3, numbering=1, priority=36),
    ParagraphStyle("List Bullet 2", "List Bullet", left=36, first=-14, numbering=2, priority=36),
    ParagraphStyle("List Bullet 3", "List Bullet", left=54, first=-14, numbering=3, priority=36),
    ParagraphStyle("List Number", "Body Text", left=18, first=-18, after=3, numbering=4, priority=36),
    ParagraphStyle("List Number 2", "List Number", left=36, first=-18, numbering=5, priority=36),
    ParagraphStyle("List Number 3", "List Number", left=54, first=-18, numbering=6, priority=36),
    ParagraphStyle("List Continue", "Body Text", left=18, after=3, priority=37),
    ParagraphStyle("List Continue 2", "List Continue", left=36, priority=37),
    ParagraphStyle("List Continue 3", "List Continue", left=54, priority=37),
    ParagraphStyle(
        "Quote",
        "Body Text",
        next="Attribution",
        size=11,
        left=14,
        right=14,
        after=3,
        keep_next=True,
        keep_lines=True,
        borders=(Border("left", 2.25, look.ACCENT, 10),),
        priority=29,
    ),
    ParagraphStyle(
        "Intense Quote",
        "Quote",
        bold=True,
        colour=look.ACCENT,
        priority=30,
    ),
    ParagraphStyle(
        "caption", next="Body Text", size=9, colour=look.INK, before=6, after=4, keep_lines=True, priority=35
    ),
    ParagraphStyle("header", size=8, colour=look.MUTED, line=1.0, quick=False, priority=99),
    ParagraphStyle("footer", size=8, colour=look.MUTED, line=1.0, quick=False, priority=99),
    ParagraphStyle(
        "endnote text",
        size=look.SMALL_SIZE,
        left=20,
        first=-20,
        tab=20,
        after=3,
        keep_lines=True,
        quick=False,
        priority=99,
    ),
    ParagraphStyle("footnote text", size=look.SMALL_SIZE, after=2, quick=False, priority=99),
    ParagraphStyle("annotation text", quick=False, priority=99),
    ParagraphStyle("Series Line", size=9, bold=True, colour=look.MUTED, after=4, keep_next=True, own=True),
    ParagraphStyle("Masthead Fact", size=9, after=1, own=True),
    ParagraphStyle(
        "Bottom Line",
        "Body Text",
        size=11,
        after=0,
        left=8,
        right=8,
        shade=look.PALE,
        keep_lines=True,
        borders=(
            Border("top", 0.5, look.PALE, 5),
            Border("left", 3, look.ACCENT, 6),
            Border("bottom", 0.5, look.PALE, 5),
            Border("right", 0.5, look.PALE, 6),
        ),
        own=True,
    ),
    ParagraphStyle("Introduction", "Body Text", colour=look.MUTED, keep_next=True, own=True),
    ParagraphStyle(
        "Proposition",
        "Body Text",
        left=8,
        right=8,
        before=2,
        after=6,
        shade=look.PALE,
        keep_lines=True,
        own=True,
    ),
    ParagraphStyle(
        "Quote Label",
        "Body Text",
        next="Quote",
        size=look.SMALL_SIZE,
        bold=True,
        colour=look.MUTED,
        before=8,
        after=2,
        left=14,
        keep_next=True,
        own=True,
    ),
    ParagraphStyle("Attribution", "Body Text", size=9, left=14, after=2, keep_lines=True, own=True),
    ParagraphStyle("Detail", "Body Text", size=look.SMALL_SIZE, colour=look.MUTED, left=14, after=2, own=True),
    ParagraphStyle("Source Entry", "Body Text", size=look.SMALL_SIZE, after=3, own=True),
    ParagraphStyle("Figure", "Body Text", before=4, after=2, keep_next=True, own=True),
    ParagraphStyle("Table Text", size=9, after=2, line=1.1, own=True),
    ParagraphStyle("Table Heading", "Table Text", bold=True, colour=look.ACCENT, keep_next=True, own=True),
    ParagraphStyle("Table Lead", "Table Text", bold=True, own=True),
    ParagraphStyle("Table Detail", "Table Text", size=8, colour=look.MUTED, own=True),
    ParagraphStyle("Table Bullet", "Table Text", left=12, first=-10, numbering=7, own=True),
    ParagraphStyle("Table Number", "Table Text", left=14, first=-14, numbering=8, own=True),
    ParagraphStyle("Handling Marking", "header", size=9, bold=True, colour=look.INK, align="center", own=True),
    ParagraphStyle("Handling Caveat", "header", size=8, colour=look.INK, align="center", own=True),
    ParagraphStyle("Page Number Line", "footer", align="right", own=True),
)
