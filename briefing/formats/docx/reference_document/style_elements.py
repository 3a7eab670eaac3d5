"""Styles as elements of a styles part, their properties in the order that the schema wants."""

from __future__ import annotations

from typing import Final

from briefing.formats.docx.markup import Element, w
from briefing.formats.docx.reference_document import look
from briefing.formats.docx.reference_document.character_styles import CharacterStyle
from briefing.formats.docx.reference_document.paragraph_styles import ParagraphStyle

_TWENTIETHS: Final = 20


def style_id(name: str) -> str:
    """The id that Word itself would give a style of that name in English."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


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
        given |= {"line": round(line / look.NATURAL_LINE * 240), "lineRule": "auto"}
    return w(local, **given) if given else None


def _some(**lengths: float | None) -> dict[str, int]:
    return {side: _twentieths(length) for side, length in lengths.items() if length is not None}


def _run_properties(style: ParagraphStyle | CharacterStyle) -> tuple[Element | None, ...]:
    halves = None if style.size is None else round(style.size * 2)
    return (
        *((w("b"), w("bCs")) if style.bold else ()),
        *((w("i"), w("iCs")) if style.italic else ()),
        w("color", val=style.colour) if style.colour else None,
        *(_letter_space(style) if isinstance(style, ParagraphStyle) else ()),
        *(() if halves is None else (w("sz", val=halves), w("szCs", val=halves))),
        *((w("u", val="single"),) if isinstance(style, CharacterStyle) and style.underline else ()),
        *(
            (w("bdr", val="single", sz=4, space=1, color=style.box),)
            if isinstance(style, CharacterStyle) and style.box
            else ()
        ),
        *((w("vertAlign", val="baseline"),) if isinstance(style, CharacterStyle) and style.on_line else ()),
    )


def _letter_space(style: ParagraphStyle) -> tuple[Element, ...]:
    return (w("spacing", val=_twentieths(style.letter_space)),) if style.letter_space is not None else ()


def _twentieths(points: float) -> int:
    return round(points * _TWENTIETHS)
