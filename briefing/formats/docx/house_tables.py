"""The style that an office gives to its own tables of facts, so that ours look like them: first row, bands, rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

from briefing.document.colours import contrast_of
from briefing.formats.docx.elements import Element, child, children, in_order, name, remove, value, w
from briefing.formats.docx.style_book import RUN_ORDER, StyleBook

_PALEST = "595959"
"""The palest of our own text in a cell."""
_STRONG = 4.5
"""The contrast that text of its size needs to its ground (WCAG 2.2, 1.4.3)."""


def table_style_of(body: Element, book: StyleBook) -> str | None:
    """The id of the table style most used in `body` of those that give the first row a look, if text is readable on it."""
    used = Counter(value(child(each, "tblPr", "tblStyle")) for each in body.iter(name("tbl")))
    for identifier, _ in used.most_common():
        parts = list(_parts(book, identifier))
        grounds = [_fill(part) for kind, part in parts if kind not in ("firstRow", "firstCol", "lastRow", "lastCol")]
        is_light = all(contrast_of(_PALEST, fill) >= _STRONG for fill in grounds if fill)
        if is_light and any(kind == "firstRow" for kind, _ in parts):
            return identifier
    return None


def adopt(style: Element, heading: Element, identifier: str, book: StyleBook) -> None:
    """Base our table `style` on that of the office, without rules of its own, and give the style of column headings the
    colour of its first row.
    """
    for local in ("tblPr", "tcPr", "tblStylePr"):
        for each in list(style.iterfind(name(local))):
            remove(each)
    based = child(style, "basedOn")
    if based is not None:
        based.set(name("val"), identifier)
    # LibreOffice sets no ground of a style that ours is merely based on, and the words of a first row may be white.
    parts: dict[str, Element] = {}
    for kind, part in _parts(book, identifier):
        if kind != "wholeTable":
            parts.setdefault(kind, deepcopy(part))
    style.extend(parts.values())
    first = [part for kind, part in _parts(book, identifier) if kind == "firstRow"]
    fill = next((held for each in first if (held := _fill(each))), "FFFFFF")
    given = next((found for each in first if (found := child(each, "rPr", "color")) is not None), None)
    properties = child(heading, "rPr")
    if properties is None:
        return
    colour = child(properties, "color")
    if given is not None and contrast_of(value(given) or "auto", fill) >= _STRONG:
        new = w("color")
        new.attrib.update(given.attrib)
    elif contrast_of("000000" if colour is None else value(colour) or "000000", fill) >= _STRONG:
        return
    else:
        new = w("color", val="FFFFFF" if contrast_of("FFFFFF", fill) > contrast_of("000000", fill) else "000000")
    if colour is None:
        properties.append(new)
        in_order(RUN_ORDER, properties)
    else:
        properties.replace(colour, new)


def look_parts(book: StyleBook, identifier: str | None) -> frozenset[str]:
    """The parts of a table that its style gives a look to, without a last column in another type; ``shaded firstCol`` for a
    first column on a ground of its own.
    """
    parts = list(_parts(book, identifier))
    shaded = {kind for kind, part in parts if _fill(part) is not None}
    typed = {kind for kind, part in parts if child(part, "rPr") is not None}
    kinds = {kind for kind, _ in parts} - ((shaded | typed) & {"lastCol"})
    return frozenset(kinds | {f"shaded {kind}" for kind in shaded})


def _parts(book: StyleBook, identifier: str | None) -> Iterator[tuple[str, Element]]:
    for style in book.chain(identifier):
        yield "wholeTable", style
        yield from ((value(each, "type") or "", each) for each in children(style, "tblStylePr"))


def _fill(part: Element) -> str | None:
    fill = value(child(part, "tcPr", "shd"), "fill")
    return None if fill in (None, "auto", "") else fill
