"""The styles of our own reference document as data, made from a theme's tokens."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.lengths import Length
from briefing.themes.theme import WHITE
from briefing.themes.tokens import SpaceTokens, Tokens


class Border(Struct, frozen=True):
    """A rule beside a paragraph; `width` and `space` are in points."""

    side: str
    width: float
    colour: str
    space: float = 4


class Style(Struct, frozen=True):
    """A paragraph or character style. Lengths are in points; None takes what the style it is based on says.

    `line` is the distance of lines in parts of the type size, as in CSS; `single` says that it is
    single spacing, which cuts no picture; `box` the colour of a fine line round the text. `on_line` says that
    text is not raised, which programs think of note numbers by themselves. `own` styles are not Word's; `quick` ones are offered in
    its gallery, sorted by `priority`.
    """

    name: str
    based_on: str | None = "Normal"
    kind: str = "paragraph"
    next: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    on_line: bool = False
    raised: bool = False
    colour: str | None = None
    box: str | None = None
    letter_space: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    single: bool = False
    left: float | None = None
    right: float | None = None
    hanging: float | None = None
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


HEADINGS: Final = ("heading 1", "Title", "heading 2", "heading 3", "Subtitle")
"""The styles in the font of headings, those first by which an office's font for headings is known."""
_Character: Final = partial(Style, based_on="Default Paragraph Font", kind="character")

_SIDES: Final = ("top", "left", "bottom", "right")
LINE: Final = 1.36
"""The distance of lines in running text, in parts of the type size, where a theme does not change it."""
BOX_STYLES: Final = frozenset({"Bottom Line Heading", "Bottom Line Note"})
"""What an office's document does without: its headings may have frames, numbers and indents of their own."""
_QUOTE_INDENT: Final = 12.0
_BULLET: Final = 13.0
RULED: Final = 30.0
"""Millimetres: where text stands in so far, a rule over each heading holds the page together."""
_FACT_INDENT: Final = 96.4
NUMBERED: Final = "Numbered Paragraph"
PLACED_FIGURE: Final = "Placed Figure"
"""The style of a figure that is made for a width of the page; others stand in the middle."""
_NUMBER: Final = {1: 28.0, 2: 20.0}
"""What a paragraph's number and the gap behind it take, by the columns of text."""
BOX_INDENT: Final = 7.0
"""How far the text in a frame stands from the margins, so that the frame does not."""


def paragraph_styles(tokens: Tokens) -> tuple[Style, ...]:
    """The paragraph styles."""
    colour, size = tokens.colour, tokens.size
    indent, beside = (Length.from_millimetres(each).points for each in (tokens.space.indent, tokens.space.beside))
    edges = _masthead_edges(tokens)
    number = _NUMBER[tokens.layout.columns]
    quote_rule = (Border("left", 1.5, colour.edge, 10),)
    # A hair wider, so that it is a frame of its own, and the rules of two quotes do not run into one.
    label_rule = (Border("left", 1.625, colour.edge, 10),)
    above, tinted = edges.title, tokens.layout.boxes == "tinted"
    # Paragraphs with the same borders and indents share one frame: a rule stands above the first of them only.
    sides = (
        ("top", 0.5, colour.pale, 6),
        ("left", 3, colour.accent, 14),
        ("bottom", 0.5, colour.pale, 6),
        ("right", 0.5, colour.pale, 13),
    )
    box = tuple(Border(*side) for side in sides) if tinted else ()
    shade, inner, outer = (colour.pale, 17, 14) if tinted else (None, None, beside or None)
    rule = (Border("top", 0.75, colour.rule, 4),) if tokens.space.indent >= RULED else ()
    quoted, listed, flush = indent + _QUOTE_INDENT, indent or None, 0 if indent else None
    frame = tuple(Border(side, 0.75, colour.edge, 6) for side in _SIDES)
    strong_frame = tuple(Border(side, 1, colour.accent, 6) for side in _SIDES)
    # fmt: off
    styles = (
        Style("Normal", None, colour=colour.ink, priority=0),
        Style("Body Text", left=listed, right=beside or None, after=5.7),
        Style("Title", next="Subtitle", size=size.title, bold=True, colour=colour.accent, before=edges.before_title, line=1.14,
            keep_next=True, keep_lines=True, borders=above, priority=10),
        Style("Subtitle", next="Body Text", size=size.subtitle, colour=colour.secondary, before=3,
            line=1.28, keep_lines=True, borders=above, priority=11),
        Style("heading 1", next="Body Text", size=size.heading, bold=True, colour=colour.accent,
            before=14.7, after=4.3, line=1.2, keep_next=True, keep_lines=True, outline=0, borders=rule, priority=9),
        Style("heading 2", next="Body Text", size=size.subheading, bold=True, colour=colour.accent, left=listed,
            before=9.6, after=2.8, line=1.25, keep_next=True, keep_lines=True, outline=1, priority=9),
        Style("heading 3", next="Body Text", size=size.text, bold=True, colour=colour.ink, left=listed, before=9.6,
            after=2.8, line=1.25, keep_next=True, keep_lines=True, outline=2, priority=9),
        Style("List Paragraph", "Body Text", left=indent + _BULLET, contextual=True, priority=34),
        Style("List Bullet", "Body Text", left=indent + _BULLET, hanging=_BULLET, after=4, numbering=1, priority=36),
        Style("List Bullet 2", "List Bullet", left=indent + 2 * _BULLET, hanging=_BULLET, numbering=2, priority=36),
        Style("List Bullet 3", "List Bullet", left=indent + 3 * _BULLET, hanging=_BULLET, numbering=3, priority=36),
        Style("List Number", "Body Text", left=indent + 17, hanging=17, after=4, numbering=4, priority=36),
        Style("List Number 2", "List Number", left=indent + 34, hanging=17, numbering=5, priority=36),
        Style("List Number 3", "List Number", left=indent + 51, hanging=17, numbering=6, priority=36),
        Style("List Continue", "Body Text", left=indent + _BULLET, after=4, priority=37),
        Style("List Continue 2", "List Continue", left=indent + 2 * _BULLET, priority=37),
        Style("List Continue 3", "List Continue", left=indent + 3 * _BULLET, priority=37),
        Style("Quote", "Body Text", next="Attribution", size=size.quotation, line=1.36, italic=True,
            left=quoted, after=3, keep_next=True, keep_lines=True, borders=quote_rule, priority=29),
        Style("Intense Quote", "Quote", colour=colour.accent, priority=30),
        Style("caption", next="Body Text", size=size.small, colour=colour.secondary, before=5, after=4,
            line=1.34, keep_lines=True, priority=35),
        Style("header", size=size.running, colour=colour.secondary, line=1.3, align="center",
            quick=False, priority=99),
        Style("footer", size=size.running, colour=colour.secondary, line=1.3, align="center",
            quick=False, priority=99),
        Style("endnote text", size=size.small, line=1.38, left=20, hanging=20, tab=20,
            after=3.5, keep_lines=True, quick=False, priority=99),
        Style("footnote text", size=size.small, line=1.38, left=14, right=beside or None, hanging=14, tab=14, after=2,
            quick=False, priority=99),
        Style("annotation text", size=10, quick=False, priority=99),
        Style("Office Line", size=size.secondary, bold=True, colour=colour.secondary, after=6, keep_next=True,
            borders=edges.office, own=True),
        Style("Form Line", size=size.form, bold=True, colour=edges.ink, after=edges.after_form, left=edges.inset, right=edges.inset,
            keep_next=True, shade=edges.shade, borders=edges.form, own=True),
        Style("Series Line", size=size.secondary, bold=True, colour=edges.ink if edges.shade else colour.reference, after=edges.after_series,
            left=edges.inset, right=edges.inset, keep_next=True, shade=edges.shade, borders=edges.form, own=True),
        Style("Masthead Fact", size=size.fact, line=1.42, before=9, left=_FACT_INDENT,
            hanging=_FACT_INDENT, tab=_FACT_INDENT, contextual=True, borders=edges.facts, own=True),
        Style("Bottom Line", "Body Text", size=size.bottom_line, line=1.42, left=inner or 0, right=outer,
            shade=shade, keep_lines=True, borders=box, own=True),
        Style("Bottom Line Heading", "heading 1", next="Bottom Line", size=size.subheading if tinted else None, after=2.8, left=inner,
            right=outer, keep_next=True, shade=shade, borders=box, own=True),
        Style("Bottom Line Note", "Introduction", next="Bottom Line", left=inner or 0, right=outer, keep_next=True,
            shade=shade, borders=box, own=True),
        Style("Introduction", "Body Text", size=size.small, after=3, colour=colour.secondary,
            keep_next=True, own=True),
        Style("Proposition", "Body Text", size=size.text + 0.5, left=quoted, after=8,
            borders=quote_rule, keep_lines=True, own=True),
        Style("Decision", "Body Text", next="Decision Detail", size=size.bottom_line, line=1.36, left=7, right=7,
            after=2, keep_next=True, keep_lines=True, borders=strong_frame, own=True),
        Style("Decision Detail", "Body Text", left=7, right=7, after=2, keep_lines=True, borders=strong_frame, own=True),
        Style("Question", "Body Text", next="Body Text", before=5, after=2, keep_next=True,
            keep_lines=True, own=True),
        Style("Response", "List Continue", size=size.small, colour=colour.secondary, left=indent + 17, after=3, keep_lines=True,
            own=True),
        Style("Quote Label", "Body Text", next="Quote", size=size.fine, line=1.3, bold=True,
            colour=colour.label, before=9, after=0, left=quoted, keep_next=True, borders=label_rule,
            own=True),
        Style("Attribution", "Body Text", size=size.secondary, line=1.36, left=quoted, after=2,
            keep_lines=True, borders=quote_rule, own=True),
        Style("Detail", "Body Text", size=size.small, line=1.36, colour=colour.secondary,
            left=quoted, after=1.5, keep_lines=True, borders=quote_rule, own=True),
        Style("Source Entry", "Body Text", size=size.small, line=1.38, after=3.5, own=True),
        Style(NUMBERED, "Body Text", left=indent + number, hanging=number, numbering=9, own=True),
        # All of a box have one frame, since their lines begin and end at the same places.
        Style("Box Text", "Body Text", size=size.secondary, left=indent + BOX_INDENT, right=BOX_INDENT, after=3,
            borders=frame, own=True),
        Style("Box Title", "Box Text", next="Box Text", bold=True, colour=colour.accent, keep_next=True,
            keep_lines=True, own=True),
        Style("Box Heading", "Box Text", next="Box Text", bold=True, before=2, keep_next=True, own=True),
        Style("Box Bullet", "Box Text", left=indent + BOX_INDENT + 14, hanging=14, numbering=10, own=True),
        Style("Box Number", "Box Text", left=indent + BOX_INDENT + 17, hanging=17, numbering=11, own=True),
        Style("Table Note", "Body Text", size=size.fine, colour=colour.secondary, left=flush, right=0, before=2.5, after=4,
            own=True),
        Style("End Matter", "Body Text", size=size.secondary, line=1.36, after=3, own=True),
        Style("Signature Line", "Body Text", size=size.secondary, before=36, after=3, right=max(0, tokens.measure - 230),
            borders=(Border("top", 0.75, colour.ink, 3),), keep_lines=True, own=True),
        Style("Imprint", "Body Text", size=size.fine, line=1.36, colour=colour.secondary, after=2, own=True),
        Style("Figure", "Body Text", single=True, left=flush, right=0, before=9, after=2, align="center", keep_next=True,
            own=True),
        Style(PLACED_FIGURE, "Figure", align="left", own=True),
        Style("Table Text", size=size.small, line=1.34, after=1.5, own=True),
        Style("Table Heading", "Table Text", bold=True, colour=colour.accent, keep_next=True,
            own=True),
        Style("Table Lead", "Table Text", own=True),
        Style("Table Amount", "Table Text", align="right", right=4, own=True),
        Style("Table Amount Heading", "Table Heading", align="right", right=4, own=True),
        Style("Table Bullet", "Table Text", left=10, hanging=10, numbering=7, own=True),
        Style("Table Number", "Table Text", left=14, hanging=14, numbering=8, own=True),
        Style("Table Detail", "Table Text", size=size.fine, colour=colour.secondary, own=True),
        Style("Status Line", "header", size=size.secondary, bold=True, colour=colour.negative, letter_space=0.6,
            after=5, own=True),
        Style("Embargo Line", "header", size=size.secondary, bold=True, colour=colour.ink, after=3, own=True),
        Style("Key Figure", "Table Text", size=size.key_figure, colour=colour.accent, line=1.1, after=1, own=True),
        Style("Handling Marking", "header", size=size.secondary, bold=True, colour=colour.ink,
            letter_space=0.6, own=True),
        Style("Handling Caveat", "header", own=True),
        Style("Identity Line", "footer", after=2, align="left", borders=(Border("top", 0.5, colour.rule, 3),),
            own=True),
        Style("Page Number Line", "footer", own=True),
    )
    # fmt: on
    return tuple(_spaced(style, tokens.space) for style in styles)


class _MastheadEdges(Struct, frozen=True):
    """What stands round the parts of a masthead: rules, and the ground of a band that the form's name and the series stand on."""

    office: tuple[Border, ...] = ()
    form: tuple[Border, ...] = ()
    title: tuple[Border, ...] = ()
    facts: tuple[Border, ...] = ()
    ink: str = ""
    shade: str | None = None
    inset: float | None = None
    after_form: float = 3.5
    after_series: float = 3.5
    before_title: float | None = None


def _masthead_edges(tokens: Tokens) -> _MastheadEdges:
    colour = tokens.colour
    below = Border("bottom", 0.75, colour.accent, 9)
    match tokens.layout.masthead:
        case "band":
            round_it = tuple(Border(side, 0.5, colour.accent, 8 if side in ("left", "right") else 5) for side in _SIDES)
            return _MastheadEdges((), round_it, (), (below,), WHITE, colour.accent, 8.5, 0, 0, 12)
        case "letter":
            rules = tuple(Border(side, 0.75, colour.ink, 7) for side in ("top", "bottom"))
            return _MastheadEdges(facts=rules, ink=colour.ink, after_form=18)
    above = (Border("top", 3, colour.accent, 9),)
    return _MastheadEdges(above, above, above, (below,), colour.accent)


def _spaced(style: Style, space: SpaceTokens) -> Style:
    """The style with the theme's space in it."""
    is_cell = style.name.startswith("Table ")
    factor = space.headings if style.outline is not None else space.rows if is_cell else space.paragraphs
    lengths = {"before": factor, "after": factor, "line": space.lines}
    given = {part: getattr(style, part) * by for part, by in lengths.items() if getattr(style, part) is not None}
    return replace(style, **given)


def character_styles(tokens: Tokens) -> tuple[Style, ...]:
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
        "Level": dict.fromkeys(
            ("Low", "Medium", "Moderate", "High", "Routine", "Urgent", "Immediate"), colour.reference
        ),
        "Status": {
            "Open": colour.label,
            "Overdue": colour.negative,
            "Answered": colour.positive,
            "Dropped": colour.label,
            "Cleared": colour.positive,
            "Pending": colour.label,
            "Not Needed": colour.label,
            "Recommended": colour.positive,
        },
    }
    # fmt: off
    return (
        _Character("Default Paragraph Font", based_on=None, quick=False),
        _Character("Strong", bold=True, priority=22),
        _Character("Emphasis", italic=True, priority=20),
        _Character("Hyperlink", colour=colour.link, underline=True, quick=False, priority=99),
        _Character("FollowedHyperlink", colour=colour.reference, underline=True, quick=False, priority=99),
        _Character("endnote reference", size=size.fine, colour=colour.reference, on_line=True,
                       quick=False, priority=99),
        _Character("footnote reference", colour=colour.reference, raised=True, quick=False, priority=99),
        _Character("annotation reference", size=8, quick=False, priority=99),
        _Character("Citation", size=size.fine, colour=colour.reference, own=True),
        _Character("Cross-Reference", colour=colour.reference, own=True),
        _Character("Source Number", bold=True, colour=colour.accent, on_line=True, own=True),
        _Character("Fact Label", bold=True, colour=colour.secondary, own=True),
        _Character("Caption Label", bold=True, colour=colour.ink, own=True),
        _Character("Lead", bold=True, own=True),
        _Character("Stance", bold=True, own=True),
        _Character("Level", own=True),
        _Character("Status", bold=True, own=True),
        _Character("Verification", size=size.fine, colour=colour.secondary, own=True),
        _Character("Change", bold=True, size=size.running, colour=colour.reference, box=colour.edge, own=True),
        *(
            _Character(f"{kind} {value}", colour=shade, own=True)
            for kind, values in shapes.items() for value, shade in values.items()
        ),
    )
    # fmt: on
