"""The styles of the policy theme's reference document, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.render.docx.markup import Element, w
from briefing.render.docx.reference_document import look

_TWENTIETHS: Final = 20


def _twentieths(points: float) -> int:
    return round(points * _TWENTIETHS)


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
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool = False
    colour: str | None = None
    spacing: float | None = None
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


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style."""

    name: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    underline: bool = False
    size: float | None = None
    own: bool = False
    quick: bool = True
    priority: int = 1
    based_on: str | None = "Default Paragraph Font"


def style_id(name: str) -> str:
    """The id that Word itself would give a style of that name in English."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


_HEAD = look.ACCENT

PARAGRAPH_STYLES: Final = (
    ParagraphStyle("Normal", None, priority=0),
    ParagraphStyle("Body Text", after=6, priority=1),
    ParagraphStyle(
        "Title",
        next="Subtitle",
        size=22,
        bold=True,
        colour=_HEAD,
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
        colour=_HEAD,
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
        colour=_HEAD,
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
        italic=False,
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
        colour=_HEAD,
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
    ParagraphStyle("Table Heading", "Table Text", bold=True, colour=_HEAD, keep_next=True, own=True),
    ParagraphStyle("Table Lead", "Table Text", bold=True, own=True),
    ParagraphStyle("Table Detail", "Table Text", size=8, colour=look.MUTED, own=True),
    ParagraphStyle("Table Bullet", "Table Text", left=12, first=-10, numbering=7, own=True),
    ParagraphStyle("Table Number", "Table Text", left=14, first=-14, numbering=8, own=True),
    ParagraphStyle("Handling Marking", "header", size=9, bold=True, colour=look.INK, align="center", own=True),
    ParagraphStyle("Handling Caveat", "header", size=8, colour=look.INK, align="center", own=True),
    ParagraphStyle("Page Number Line", "footer", align="right", own=True),
)

_STANCES: Final = {
    "Strongly Opposed": look.RED,
    "Opposed": look.RED,
    "Mixed": look.PURPLE,
    "Neutral": look.MUTED,
    "Undecided": look.AMBER,
    "Supportive": look.GREEN,
    "Strongly Supportive": look.GREEN,
    "Unknown": look.MUTED,
}
_LEVELS: Final = ("Low", "Medium", "Moderate", "High")
_STATUSES: Final = {"Open": look.AMBER, "Overdue": look.RED, "Answered": look.GREEN, "Dropped": look.MUTED}
_KINDS: Final = ("Stance", "Level", "Status", "Verification", "Change")

CHARACTER_STYLES: Final = (
    CharacterStyle("Default Paragraph Font", based_on=None, quick=False),
    CharacterStyle("Strong", bold=True, priority=22),
    CharacterStyle("Emphasis", italic=True, priority=20),
    CharacterStyle("Hyperlink", colour=look.LINK, underline=True, quick=False, priority=99),
    CharacterStyle("FollowedHyperlink", colour=look.PURPLE, underline=True, quick=False, priority=99),
    CharacterStyle("endnote reference", colour=look.LINK, quick=False, priority=99),
    CharacterStyle("footnote reference", colour=look.LINK, quick=False, priority=99),
    CharacterStyle("annotation reference", size=8, quick=False, priority=99),
    CharacterStyle("Fact Label", bold=True, colour=look.MUTED, own=True),
    CharacterStyle("Caption Label", bold=True, colour=look.ACCENT, own=True),
    *(CharacterStyle(kind, own=True) for kind in _KINDS),
    *(
        CharacterStyle(f"Stance {value}", bold=True, colour=colour, own=True, based_on="Stance")
        for value, colour in _STANCES.items()
    ),
    *(CharacterStyle(f"Level {value}", own=True, based_on="Level") for value in _LEVELS),
    *(
        CharacterStyle(f"Status {value}", bold=True, colour=colour, own=True, based_on="Status")
        for value, colour in _STATUSES.items()
    ),
)


def paragraph_style(style: ParagraphStyle) -> Element:
    """A paragraph style's element, its parts in the schema's order."""
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style_id(style.based_on)) if style.based_on else None,
        w("next", val=style_id(style.next)) if style.next else None,
        w("uiPriority", val=style.priority) if style.priority else None,
        w("unhideWhenUsed") if not style.quick else None,
        w("qFormat") if style.quick else None,
        _filled("pPr", *_paragraph_properties(style)),
        _filled(
            "rPr",
            *_run_properties(
                style.bold, style.italic, style.colour, style.size, capitals=style.capitals, spacing=style.spacing
            ),
        ),
        type="paragraph",
        default=1 if style.based_on is None else None,
        customStyle=1 if style.own else None,
        styleId=style_id(style.name),
    )


def character_style(style: CharacterStyle) -> Element:
    """A character style's element."""
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style_id(style.based_on)) if style.based_on else None,
        w("uiPriority", val=style.priority),
        w("semiHidden") if style.based_on is None else None,
        w("unhideWhenUsed") if not style.quick else None,
        w("qFormat") if style.quick else None,
        _filled(
            "rPr",
            *_run_properties(
                style.bold or None, style.italic or None, style.colour, style.size, underline=style.underline
            ),
        ),
        type="character",
        default=1 if style.based_on is None else None,
        customStyle=1 if style.own else None,
        styleId=style_id(style.name),
    )


def _filled(local: str, *children: Element | None) -> Element | None:
    return w(local, *children) if any(each is not None for each in children) else None


def _paragraph_properties(style: ParagraphStyle) -> tuple[Element | None, ...]:
    order = {"top": 0, "left": 1, "bottom": 2, "right": 3}
    borders = sorted(style.borders, key=lambda border: order[border.side])
    first = (
        {}
        if style.first is None
        else {"hanging": _twentieths(-style.first)}
        if style.first < 0
        else {"firstLine": _twentieths(style.first)}
    )
    return (
        w("keepNext") if style.keep_next else None,
        w("keepLines") if style.keep_lines else None,
        w("numPr", w("numId", val=style.numbering)) if style.numbering else None,
        _filled(
            "pBdr",
            *(w(b.side, val="single", sz=round(b.width * 8), space=round(b.space), color=b.colour) for b in borders),
        ),
        w("shd", val="clear", color="auto", fill=style.shade) if style.shade else None,
        w("tabs", w("tab", val="left", pos=_twentieths(style.tab))) if style.tab else None,
        _lengths("spacing", before=style.before, after=style.after, line=style.line),
        w("ind", **_some(left=style.left, right=style.right), **first)
        if style.left is not None or style.right is not None or first
        else None,
        w("contextualSpacing") if style.contextual else None,
        w("jc", val=style.align) if style.align else None,
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _lengths(local: str, *, before: float | None, after: float | None, line: float | None) -> Element | None:
    given: dict[str, int | str] = {**_some(before=before, after=after)}
    if line is not None:
        given |= {"line": round(line * 240), "lineRule": "auto"}
    return w(local, **given) if given else None


def _some(**lengths: float | None) -> dict[str, int]:
    return {side: _twentieths(length) for side, length in lengths.items() if length is not None}


def _run_properties(
    bold: bool | None,
    italic: bool | None,
    colour: str | None,
    size: float | None,
    *,
    capitals: bool = False,
    spacing: float | None = None,
    underline: bool = False,
) -> tuple[Element | None, ...]:
    off = {True: None, False: 0}
    halves = None if size is None else round(size * 2)
    return (
        *(() if bold is None else (w("b", val=off[bold]), w("bCs", val=off[bold]))),
        *(() if italic is None else (w("i", val=off[italic]), w("iCs", val=off[italic]))),
        w("caps") if capitals else None,
        w("color", val=colour) if colour else None,
        w("spacing", val=_twentieths(spacing)) if spacing is not None else None,
        *(() if halves is None else (w("sz", val=halves), w("szCs", val=halves))),
        w("u", val="single") if underline else None,
    )
