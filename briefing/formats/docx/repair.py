"""What is put right in the styles and lists of a reference document, so that a file made with them is valid."""

from __future__ import annotations

import re
from typing import Final

from briefing.formats.docx.elements import (
    MC,
    PARAGRAPH_ORDER,
    Element,
    W,
    child,
    in_order,
    name,
    number,
    remove,
    switched_on,
    value,
    w,
)
from briefing.formats.docx.read_styles import StyleSheet
from briefing.formats.docx.style_book import RUN_ORDER

STYLE_ORDER: Final = (
    "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed",
    "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr",
    "tblStylePr",
)  # fmt: skip
_LEVEL_ORDER: Final = (
    "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy", "lvlJc", "pPr", "rPr",
)  # fmt: skip
_TABLE_ORDER: Final = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
)  # fmt: skip
_SIDE_ORDER: Final = ("top", "start", "left", "bottom", "end", "right", "insideH", "insideV", "tl2br", "tr2bl")
_BORDER_ORDER: Final = ("top", "left", "bottom", "right", "between", "bar")
_ORDERS: Final = {
    "style": STYLE_ORDER, "lvl": _LEVEL_ORDER, "pPr": PARAGRAPH_ORDER, "rPr": RUN_ORDER, "pBdr": _BORDER_ORDER, "tblPr": _TABLE_ORDER,
    **dict.fromkeys(("tblCellMar", "tcMar", "tblBorders", "tcBorders"), _SIDE_ORDER),
    "styles": ("docDefaults", "latentStyles", "style"),
    "numbering": ("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"),
}  # fmt: skip
"""The children of elements in the schema's order (ECMA-376 part 1, 17.7 and 17.9), which other programs do not keep."""
_ONCE: Final = ("pPr", "rPr", "tblPr", "pBdr", "lvl")
"""The elements that say each thing once, and nothing else of Word's."""
_SIDES: Final = {"start": "left", "end": "right"}


def repair_styles(styles: Element) -> None:
    """Keep the first of styles with one id, drop links to styles that are not there and rules between paragraphs that are none, and sort
    what is out of order.
    """
    seen: set[str | None] = set()
    for style in list(styles.iterfind(name("style"))):
        identifier = value(style, "styleId")
        if identifier is None or identifier in seen or not value(child(style, "name")):
            remove(style)
        seen.add(identifier)
    known = {value(style, "styleId") for style in styles.iterfind(name("style"))}
    # Said by every document of Google's. LibreOffice draws a frame round each paragraph then, and not one round all.
    between = list(styles.iter(name("between")))
    if all(value(rule) in ("nil", "none") for rule in between):
        for rule in between:
            remove(rule)
    for local in ("basedOn", "next", "link"):
        for link in [each for each in styles.iter(name(local)) if value(each) not in known]:
            remove(link)
    _sort(styles)


def repair_numbering(numbering: Element, styles: Element) -> None:
    """Say `left` and `right` where `start` and `end` are newer than the schema, keep the first of lists with one number,
    drop lists without a definition and links to styles that are not there, let headings that have numbers begin with 1, and sort what is
    out of order.
    """
    for side in numbering.iter(name("lvlJc")):
        side.set(name("val"), _SIDES.get(value(side) or "", value(side) or "left"))
    for local, attribute in (("abstractNum", "abstractNumId"), ("num", "numId")):
        seen: set[int | None] = set()
        for each in list(numbering.iterfind(name(local))):
            if number(each, attribute) in seen:
                remove(each)
            seen.add(number(each, attribute))
    definitions = {number(each, "abstractNumId") for each in numbering.iterfind(name("abstractNum"))}
    for each in list(numbering.iterfind(name("num"))):
        if number(child(each, "abstractNumId")) not in definitions:
            remove(each)
    known = {value(style, "styleId") for style in styles.iterfind(name("style"))}
    for link in [each for local in ("pStyle", "styleLink", "numStyleLink") for each in numbering.iter(name(local))]:
        if value(link) not in known:
            remove(link)
    _begin_headings(numbering, styles)
    lists = {number(each, "numId") for each in numbering.iterfind(name("num"))} | {0}
    for link in [each for each in styles.iter(name("numId")) if number(each) not in lists]:
        remove(next(link.iterancestors(name("numPr")), link))
    _sort(numbering)


def _begin_headings(numbering: Element, styles: Element) -> None:
    """Let the numbers of headings begin with 1, also those of what is chapter 26 of a book."""
    headings = (each for each in styles.iterfind(name("style")) if _HEADING.match(value(child(each, "name")) or ""))
    lists = {number(child(each, "pPr", "numPr", "numId")) for each in headings} - {None}
    instances = [each for each in numbering.iterfind(name("num")) if number(each, "numId") in lists]
    definitions = {number(child(each, "abstractNumId")) for each in instances}
    for override in [each for instance in instances for each in instance.iter(name("startOverride"))]:
        override.set(name("val"), str(min(1, number(override) or 0)))
    for definition in numbering.iterfind(name("abstractNum")):
        if number(definition, "abstractNumId") in definitions:
            for start in definition.iter(name("start")):
                start.set(name("val"), str(min(1, number(start) or 0)))


_HEADING: Final = re.compile("heading [1-9]$", re.IGNORECASE)


def repair_story(root: Element, styles: Element) -> None:
    """Leave the text of a header or footer that names a style that is not there to the document's default, and let it say itself what goes
    from right to left: styles will go the way of a brief.
    """
    known = {value(style, "styleId") for style in styles.iterfind(name("style"))}
    for link in [each for local in ("pStyle", "rStyle", "tblStyle") for each in root.iter(name(local))]:
        if value(link) not in known:
            remove(link)
    sheet = StyleSheet(styles)
    for paragraph in root.iter(name("p")):
        if switched_on(sheet.paragraph_property(paragraph, "bidi")) and child(paragraph, "pPr", "bidi") is None:
            properties = child(paragraph, "pPr")
            if properties is None:
                properties = w("pPr")
                paragraph.insert(0, properties)
            properties.append(w("bidi"))
            in_order(PARAGRAPH_ORDER, properties)


def _sort(root: Element) -> None:
    for choice in list(root.iter(f"{{{MC}}}AlternateContent")):
        fallback = choice.find(f"{{{MC}}}Fallback")
        for each in fallback if fallback is not None else ():
            choice.addprevious(each)
        remove(choice)
    for shade in [each for each in root.iter(name("shd")) if value(each) is None]:
        shade.set(name("val"), "clear")
    for narrow in [each for each in root.iter(name("w")) if (number(each) or 0) < 1]:
        remove(narrow)
    for local, order in _ORDERS.items():
        for element in list(root.iter(name(local))):
            in_order(order, element)
            if local in _ONCE:
                _keep_last(element, order)


def _keep_last(element: Element, order: tuple[str, ...]) -> None:
    """Drop properties that the schema does not know, and all but the last of those that are said twice."""
    known, seen = set(map(name, order)), set()
    for each in reversed(list(element)):
        if str(each.tag).startswith(f"{{{W}}}") and (each.tag not in known or each.tag in seen):
            remove(each)
        seen.add(each.tag)
