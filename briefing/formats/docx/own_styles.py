"""The styles of our own reference document as data, made from a theme's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from briefing.themes.tokens import SpaceTokens, Tokens


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


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; `size` is in points, `box` the colour of a fine line round the text.

    `on_line` says that it is not raised, which programs think of note numbers by themselves.
    """

    name: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    underline: bool = False
    size: float | None = None
    on_line: bool = False
    box: str | None = None
    own: bool = False
    quick: bool = True
    priority: int = 1
    based_on: str | None = "Default Paragraph Font"


LINE: Final = 1.38
"""The distance of lines in running text, in parts of the type size, where a theme does not change it."""
_MEASURE: Final = 94.0
"""What running text leaves free at the right, so that a line holds about 80 letters, as in the PDF."""
_QUOTE_INDENT: Final = 12.0
_FACT_INDENT: Final = 88.0


def paragraph_styles(tokens: Tokens) -> tuple[ParagraphStyle, ...]:
    """The paragraph styles."""
    return tuple(_spaced(style, tokens.space) for style in _paragraph_styles(tokens))


def _spaced(style: ParagraphStyle, space: SpaceTokens) -> ParagraphStyle:
    """The style with the theme's space in it."""
    is_cell = style.name.startswith("Table ")
    factor = space.headings if style.outline is not None else space.rows if is_cell else space.paragraphs
    before, after, line = (
        None if length is None else length * by
        for length, by in ((style.before, factor), (style.after, factor), (style.line, space.lines))
    )
    return replace(style, before=before, after=after, line=line)


def _paragraph_styles(tokens: Tokens) -> Iterator[ParagraphStyle]:
    colour, size = tokens.colour, tokens.size
    quote_rule = (Border("left", 1.5, colour.edge, 10),)
    # Paragraphs with the same borders and indents share one frame: the rule stands above the first of them only.
    above, below = (Border("top", 3, colour.accent, 9),), (Border("bottom", 0.75, colour.accent, 9),)
    box = (
        Border("top", 0.5, colour.pale, 6),
        Border("left", 3, colour.accent, 10),
        Border("bottom", 0.5, colour.pale, 6),
        Border("right", 0.5, colour.pale, 8),
    )
    # fmt: off
    yield from (
        ParagraphStyle("Normal", None, colour=colour.ink, priority=0),
        ParagraphStyle("Body Text", right=_MEASURE, after=5.5),
        ParagraphStyle("Title", next="Subtitle", size=size.title, bold=True, colour=colour.accent, line=1.18,
            keep_next=True, keep_lines=True, borders=above, priority=10),
        ParagraphStyle("Subtitle", next="Body Text", size=size.subtitle, colour=colour.secondary, before=3,
            line=1.28, keep_lines=True, borders=above, priority=11),
        ParagraphStyle("heading 1", next="Body Text", size=size.heading, bold=True, colour=colour.accent,
            before=13, after=5, line=1.2, keep_next=True, keep_lines=True, outline=0, priority=9),
        ParagraphStyle("heading 2", next="Body Text", size=size.subheading, bold=True, colour=colour.accent,
            before=9, after=3, line=1.2, keep_next=True, keep_lines=True, outline=1, priority=9),
        ParagraphStyle("heading 3", next="Body Text", size=size.text, bold=True, colour=colour.ink, before=7,
            after=2, line=1.2, keep_next=True, keep_lines=True, outline=2, priority=9),
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
        ParagraphStyle("Quote", "Body Text", next="Attribution", size=size.quotation, line=1.36, italic=True,
            left=_QUOTE_INDENT, after=3, keep_next=True, keep_lines=True, borders=quote_rule, priority=29),
        ParagraphStyle("Intense Quote", "Quote", colour=colour.accent, priority=30),
        ParagraphStyle("caption", next="Body Text", size=size.small, colour=colour.secondary, before=5, after=4,
            line=1.34, keep_lines=True, priority=35),
        ParagraphStyle("header", size=size.running, colour=colour.secondary, line=1.3, align="center",
            quick=False, priority=99),
        ParagraphStyle("footer", size=size.running, colour=colour.secondary, line=1.3, align="center",
            quick=False, priority=99),
        ParagraphStyle("endnote text", size=size.small, line=1.38, left=20, right=_MEASURE, first=-20, tab=20,
            after=3.5, keep_lines=True, quick=False, priority=99),
        ParagraphStyle("footnote text", size=size.small, line=1.38, after=2, quick=False, priority=99),
        ParagraphStyle("annotation text", size=10, quick=False, priority=99),
        ParagraphStyle("Series Line", size=size.secondary, bold=True, colour=colour.reference, after=3.5,
            keep_next=True, borders=above, own=True),
        ParagraphStyle("Masthead Fact", size=size.fact, line=1.42, before=9, left=_FACT_INDENT,
            first=-_FACT_INDENT, tab=_FACT_INDENT, contextual=True, borders=below, own=True),
        ParagraphStyle("Bottom Line", "Body Text", size=size.bottom_line, line=1.42, left=13, right=9,
            shade=colour.pale, keep_lines=True, borders=box, own=True),
        ParagraphStyle("Introduction", "Body Text", size=size.small, after=3, colour=colour.secondary,
            keep_next=True, own=True),
        ParagraphStyle("Proposition", "Body Text", size=size.text + 0.5, left=_QUOTE_INDENT, right=0, after=8,
            borders=quote_rule, keep_lines=True, own=True),
        ParagraphStyle("Quote Label", "Body Text", next="Quote", size=size.fine, line=1.3, bold=True,
            colour=colour.label, before=8, after=1, left=_QUOTE_INDENT, keep_next=True, own=True),
        ParagraphStyle("Attribution", "Body Text", size=size.secondary, line=1.36, left=_QUOTE_INDENT, after=2,
            keep_lines=True, borders=quote_rule, own=True),
        ParagraphStyle("Detail", "Body Text", size=size.small, line=1.36, colour=colour.secondary,
            left=_QUOTE_INDENT, after=1.5, keep_lines=True, borders=quote_rule, own=True),
        ParagraphStyle("Source Entry", "Body Text", size=size.small, line=1.38, after=3.5, own=True),
        ParagraphStyle("Figure", "Body Text", right=0, before=9, after=2, align="center", keep_next=True,
            own=True),
        ParagraphStyle("Table Text", size=size.small, line=1.34, after=1.5, own=True),
        ParagraphStyle("Table Heading", "Table Text", bold=True, colour=colour.accent, keep_next=True,
            own=True),
        ParagraphStyle("Table Lead", "Table Text", own=True),
        ParagraphStyle("Table Amount", "Table Text", align="right", right=4, own=True),
        ParagraphStyle("Table Amount Heading", "Table Heading", align="right", right=4, own=True),
        ParagraphStyle("Table Bullet", "Table Text", left=10, first=-10, numbering=7, own=True),
        ParagraphStyle("Table Number", "Table Text", left=14, first=-14, numbering=8, own=True),
        ParagraphStyle("Table Detail", "Table Text", size=size.fine, colour=colour.secondary, own=True),
        ParagraphStyle("Handling Marking", "header", size=size.secondary, bold=True, colour=colour.ink,
            letter_space=0.6, own=True),
        ParagraphStyle("Handling Caveat", "header", own=True),
        ParagraphStyle("Identity Line", "footer", after=2, borders=(Border("top", 0.5, colour.rule, 3),),
            own=True),
        ParagraphStyle("Page Number Line", "footer", own=True),
    )
    # fmt: on


def character_styles(tokens: Tokens) -> tuple[CharacterStyle, ...]:
    """The character styles: stress, links, and one for each judgement, so that an office can give it a colour."""
    colour, size = tokens.colour, tokens.size
    shapes = {
        "Stance": {
            "Strongly Opposed": colour.negative,
            "Opposed": colour.negative,
            "Mixed": colour.caution,
            "Neutral": colour.label,
            "Undecided": colour.label,
            "Supportive": colour.positive,
            "Strongly Supportive": colour.positive,
            "Unknown": colour.label,
        },
        "Verification": {"Verbatim": colour.positive},
        "Level": dict.fromkeys(("Low", "Medium", "Moderate", "High"), colour.reference),
        "Status": {
            "Open": colour.label,
            "Overdue": colour.negative,
            "Answered": colour.positive,
            "Dropped": colour.label,
        },
    }
    # fmt: off
    return (
        CharacterStyle("Default Paragraph Font", based_on=None, quick=False),
        CharacterStyle("Strong", bold=True, priority=22),
        CharacterStyle("Emphasis", italic=True, priority=20),
        CharacterStyle("Hyperlink", colour=colour.link, underline=True, quick=False, priority=99),
        CharacterStyle("FollowedHyperlink", colour=colour.reference, underline=True, quick=False, priority=99),
        CharacterStyle("endnote reference", size=size.fine, colour=colour.reference, on_line=True,
                       quick=False, priority=99),
        CharacterStyle("footnote reference", size=size.fine, colour=colour.reference, on_line=True,
                       quick=False, priority=99),
        CharacterStyle("annotation reference", size=8, quick=False, priority=99),
        CharacterStyle("Citation", size=size.fine, colour=colour.reference, own=True),
        CharacterStyle("Cross-Reference", colour=colour.reference, own=True),
        CharacterStyle("Source Number", bold=True, colour=colour.accent, on_line=True, own=True),
        CharacterStyle("Fact Label", bold=True, colour=colour.secondary, own=True),
        CharacterStyle("Caption Label", bold=True, colour=colour.ink, own=True),
        CharacterStyle("Lead", bold=True, own=True),
        CharacterStyle("Stance", bold=True, own=True),
        CharacterStyle("Level", own=True),
        CharacterStyle("Status", bold=True, own=True),
        CharacterStyle("Verification", size=size.fine, colour=colour.secondary, own=True),
        CharacterStyle("Change", bold=True, size=size.running, colour=colour.reference, box=colour.edge, own=True),
        *(
            CharacterStyle(f"{kind} {value}", colour=shade, own=True)
            for kind, values in shapes.items() for value, shade in values.items()
        ),
    )
    # fmt: on
