"""Our own styles as elements of a styles part, in the order that the schema wants (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from briefing.formats.docx.elements import Element, w
from briefing.formats.docx.own_styles import CharacterStyle, ParagraphStyle
from briefing.themes.tokens import Tokens

_TWENTIETHS: Final = 20
_SINGLE_SPACING: Final = 240


def style_id(name: str) -> str:
    """The id that Word itself would give a style of that name in English."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def paragraph_style(style: ParagraphStyle, single_line: float) -> Element:
    """A paragraph style's element; `single_line` is the family's single spacing in Word, in parts of the type size."""
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style_id(style.based_on)) if style.based_on else None,
        w("next", val=style_id(style.next)) if style.next else None,
        w("uiPriority", val=style.priority) if style.priority else None,
        w("unhideWhenUsed") if not style.quick else None,
        w("qFormat") if style.quick else None,
        _filled("pPr", *_paragraph_properties(style, single_line)),
        _filled(
            "rPr",
            *_run_properties(style),
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
            *_run_properties(style),
        ),
        type="character",
        default=1 if style.based_on is None else None,
        customStyle=1 if style.own else None,
        styleId=style_id(style.name),
    )


def _filled(local: str, *children: Element | None) -> Element | None:
    return w(local, *children) if any(each is not None for each in children) else None


def _paragraph_properties(style: ParagraphStyle, single_line: float) -> tuple[Element | None, ...]:
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
            *(
                w(b.side, val="single", sz=round(b.width * 8), space=round(b.space), color=hexadecimal(b.colour))
                for b in borders
            ),
        ),
        w("shd", val="clear", color="auto", fill=hexadecimal(style.shade)) if style.shade else None,
        w("tabs", w("tab", val="left", pos=_twentieths(style.tab))) if style.tab else None,
        _spacing(style, single_line),
        w("ind", **_some(left=style.left, right=style.right), **first)
        if style.left is not None or style.right is not None or first
        else None,
        w("contextualSpacing") if style.contextual else None,
        w("jc", val=style.align) if style.align else None,
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _spacing(style: ParagraphStyle, single_line: float) -> Element | None:
    given: dict[str, int | str] = {**_some(before=style.before, after=style.after)}
    if style.line is not None:
        given |= {"line": line_spacing(style.line, single_line), "lineRule": "auto"}
    return w("spacing", **given) if given else None


def line_spacing(line: float, single_line: float) -> int:
    """The distance of lines, given in parts of the type size, in 240ths of single spacing (17.3.1.33)."""
    return round(line / single_line * _SINGLE_SPACING)


def half_points(size: float) -> int:
    """A type size as Word holds it (17.3.2.38), rounded up: small type does not get smaller in Word."""
    return math.ceil(size * 2)


def hexadecimal(colour: str) -> str:
    """A colour as WordprocessingML writes it (17.18.38)."""
    return colour.removeprefix("#").upper()


def _some(**lengths: float | None) -> dict[str, int]:
    return {side: _twentieths(length) for side, length in lengths.items() if length is not None}


def _run_properties(style: ParagraphStyle | CharacterStyle) -> tuple[Element | None, ...]:
    halves = None if style.size is None else half_points(style.size)
    return (
        *((w("b"), w("bCs")) if style.bold else ()),
        *((w("i"), w("iCs")) if style.italic else ()),
        w("color", val=hexadecimal(style.colour)) if style.colour else None,
        *(_letter_space(style) if isinstance(style, ParagraphStyle) else ()),
        *(() if halves is None else (w("sz", val=halves), w("szCs", val=halves))),
        *((w("u", val="single"),) if isinstance(style, CharacterStyle) and style.underline else ()),
        *(
            (w("bdr", val="single", sz=4, space=1, color=hexadecimal(style.box)),)
            if isinstance(style, CharacterStyle) and style.box
            else ()
        ),
        *((w("vertAlign", val="baseline"),) if isinstance(style, CharacterStyle) and style.on_line else ()),
    )


def _letter_space(style: ParagraphStyle) -> tuple[Element, ...]:
    return (w("spacing", val=_twentieths(style.letter_space)),) if style.letter_space is not None else ()


def _twentieths(points: float) -> int:
    return round(points * _TWENTIETHS)


def table_styles(tokens: Tokens) -> Iterator[Element]:
    """Word's own default, the grid that people know, and ours."""
    accent, rule, rows = tokens.colour.accent, tokens.colour.rule, tokens.space.rows
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _margins(top=0, right=108, bottom=0, left=108)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="Table Grid"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=39),
        w(
            "tblPr",
            w(
                "tblBorders",
                *(_rule(side, 4, rule) for side in ("top", "left", "bottom", "right", "insideH", "insideV")),
            ),
        ),
        type="table",
        styleId="TableGrid",
    )
    borders = w("tblBorders", _rule("bottom", 4, rule), _rule("insideH", 4, rule))
    yield w(
        "style",
        w("name", val="Briefing Table"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=1),
        w("qFormat"),
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            borders,
            _margins(top=round(70 * rows), right=110, bottom=round(30 * rows), left=0),
        ),
        w("tcPr", w("vAlign", val="top")),
        w(
            "tblStylePr",
            w("rPr", w("b"), w("bCs")),
            w(
                "tcPr",
                w("tcBorders", _rule("bottom", 8, accent)),
                w("vAlign", val="bottom"),
            ),
            type="firstRow",
        ),
        w("tblStylePr", w("tcPr", w("tcMar", w("right", w=0, type="dxa"))), type="lastCol"),
        type="table",
        customStyle=1,
        styleId="BriefingTable",
    )


def _rule(side: str, eighths: int, colour: str) -> Element:
    return w(side, val="single", sz=eighths, space=0, color=hexadecimal(colour))


def _margins(*, top: int, right: int, bottom: int, left: int) -> Element:
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))
