"""The page: its size, margins, and the room between them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from briefing.lengths import A4, LETTER, Length, PaperSize
from briefing.render.docx.markup import Element, R, child, in_order, name, switched_on, value, w

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
_MARGINS: Final = {
    A4.name: tuple(map(Length.from_millimetres, (22, 19, 27, 20))),
    LETTER.name: tuple(map(Length, (68.4, 61.2, 76.5, 64.8))),
}
"""Top, right, bottom and left, as in the theme's style sheet; the foot has room for four lines."""
_HEADER: Final = Length.from_millimetres(10)
_FOOTER: Final = Length.from_millimetres(8)
_NARROWEST: Final = 1440


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A section's properties as they will stand at the end of the body, and the room that they leave, in twentieths
    of a point.
    """

    properties: Element
    text_width: int
    text_height: int


def page_setup(paper: PaperSize, right_to_left: bool, house: Element | None) -> PageSetup:
    """The page of our own theme on `paper`, or that of a house document: its last section, its first and even pages
    included.
    """
    properties = _own(paper) if house is None else _house(house)
    if right_to_left:
        properties.append(w("bidi"))
    properties.append(w("endnotePr", w("numFmt", val="decimal")))
    in_order(SECTION_ORDER, properties)
    width, height = _room(properties, paper)
    return PageSetup(properties, width, height)


def last_section(body: Element) -> Element | None:
    """The properties of the last section of `body`, with the headers and footers that it takes over from those
    before it.
    """
    sections = list(body.iter(name("sectPr")))
    if not sections:
        return None
    inherited: dict[tuple[str, str], Element] = {}
    for section in sections:
        for reference in _references(section):
            inherited[str(reference.tag), value(reference, "type") or "default"] = reference
    last = deepcopy(sections[-1])
    for reference in list(_references(last)):
        last.remove(reference)
    last[:0] = [deepcopy(reference) for reference in inherited.values()]
    return last


def _references(section: Element) -> Iterator[Element]:
    for local in ("headerReference", "footerReference"):
        yield from section.iterfind(name(local))


def _own(paper: PaperSize) -> Element:
    top, right, bottom, left = _MARGINS[paper.name]
    return w(
        "sectPr",
        w("pgSz", w=paper.width.twips, h=paper.height.twips),
        w(
            "pgMar",
            top=top.twips,
            right=right.twips,
            bottom=bottom.twips,
            left=left.twips,
            header=_HEADER.twips,
            footer=_FOOTER.twips,
            gutter=0,
        ),
        w("cols", space=720),
    )


def _house(section: Element) -> Element:
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


def _room(section: Element, paper: PaperSize) -> tuple[int, int]:
    """The width of a line of text and the height of a page of it."""
    size, margins, columns = child(section, "pgSz"), child(section, "pgMar"), child(section, "cols")
    width = _whole(value(size, "w"), paper.width.twips) - sum(
        _whole(value(margins, side), 1440) for side in ("left", "right")
    )
    width -= _whole(value(margins, "gutter"), 0)
    height = _whole(value(size, "h"), paper.height.twips) - sum(
        abs(_whole(value(margins, side), 1440)) for side in ("top", "bottom")
    )
    count = max(1, _whole(value(columns, "num"), 1))
    width = (width - (count - 1) * _whole(value(columns, "space"), 720)) // count
    return max(_NARROWEST, width), max(_NARROWEST, height)


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return otherwise if text is None else round(float(text))
    except ValueError:
        return otherwise


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
