"""The page: its size, margins, and the room between them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from briefing.formats.docx.elements import Element, R, child, in_order, name, switched_on, value, w
from briefing.lengths import A4, PaperSize

SECTION_ORDER: Final = (
    "headerReference",
    "footerReference",
    "footnotePr",
    "endnotePr",
    "type",
    "pgSz",
    "pgMar",
    "paperSrc",
    "pgBorders",
    "lnNumType",
    "pgNumType",
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
    "printerSettings",
    "sectPrChange",
)
_LEFT_BEHIND: Final = (
    "footnotePr",
    "endnotePr",
    "type",
    "formProt",
    "noEndnote",
    "printerSettings",
    "sectPrChange",
    "bidi",
)
_INCH: Final = 1440
_NARROWEST: Final = _INCH


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A section's properties as they will stand at the end of the body, and the room that they leave, in twentieths
    of a point.
    """

    properties: Element
    text_width: int
    text_height: int


def page_setup(section: Element, paper: PaperSize | None, right_to_left: bool) -> PageSetup:
    """The page of a reference document's `section`, on `paper` or, when that is None, on the paper that it names."""
    properties = _kept(section)
    if paper is not None:
        size = child(properties, "pgSz")
        if size is not None:
            properties.remove(size)
        properties.append(w("pgSz", w=paper.width.twips, h=paper.height.twips))
    if right_to_left:
        properties.append(w("bidi"))
    properties.append(w("endnotePr", w("numFmt", val="decimal")))
    in_order(SECTION_ORDER, properties)
    width, height = _room(properties)
    return PageSetup(properties, width, height)


def last_section(body: Element) -> Element:
    """The properties of the last section of `body`, with the headers and footers that it takes over from those before.

    A body that has none gets Word's own page: A4 with margins of an inch.
    """
    sections = list(body.iter(name("sectPr")))
    inherited: dict[tuple[str, str], Element] = {}
    for section in sections:
        for reference in _references(section):
            inherited[str(reference.tag), value(reference, "type") or "default"] = reference
    last = deepcopy(sections[-1]) if sections else w("sectPr")
    for reference in list(_references(last)):
        last.remove(reference)
    last[:0] = [deepcopy(reference) for reference in inherited.values()]
    if child(last, "pgSz") is None:
        last.append(w("pgSz", w=A4.width.twips, h=A4.height.twips))
    if child(last, "pgMar") is None:
        sides = dict.fromkeys(("top", "right", "bottom", "left"), _INCH)
        last.append(w("pgMar", **sides, header=_INCH // 2, footer=_INCH // 2, gutter=0))
    return last


def _references(section: Element) -> Iterator[Element]:
    for local in ("headerReference", "footerReference"):
        yield from section.iterfind(name(local))


def _kept(section: Element) -> Element:
    """A copy of what may come along of a section's properties."""
    kept = deepcopy(section)
    for local in _LEFT_BEHIND:
        for element in list(kept.iterfind(name(local))):
            kept.remove(element)
    for element in list(kept):
        if f"{{{R}}}id" in element.attrib and element.tag not in (name("headerReference"), name("footerReference")):
            kept.remove(element)
    for attribute in [key for key in kept.attrib if "rsid" in str(key)]:
        del kept.attrib[attribute]
    return kept


def _room(section: Element) -> tuple[int, int]:
    """The width of a line of text and the height of a page of it."""
    size, margins, columns = child(section, "pgSz"), child(section, "pgMar"), child(section, "cols")
    width = _whole(size, "w") - _whole(margins, "left") - _whole(margins, "right") - _whole(margins, "gutter")
    height = _whole(size, "h") - abs(_whole(margins, "top")) - abs(_whole(margins, "bottom"))
    count = max(1, _whole(columns, "num"))
    width = (width - (count - 1) * _whole(columns, "space")) // count
    return max(_NARROWEST, width), max(_NARROWEST, height)


def _whole(element: Element | None, attribute: str) -> int:
    """A length in twentieths of a point, or a count; 0 where none is given, or none that can be read."""
    try:
        return round(float(value(element, attribute) or 0))
    except ValueError:
        return 0


def page_kinds(section: Element, even_and_odd: bool) -> tuple[str, ...]:
    """Which kinds of page have headers of their own: always `default`, and `first` and `even` where the document
    says so.
    """
    kinds = ["default"]
    if switched_on(child(section, "titlePg")):
        kinds.append("first")
    if even_and_odd:
        kinds.append("even")
    return tuple(kinds)
