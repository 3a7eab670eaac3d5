"""What floats in the headers and footers of a house document, so that the handling marking stands clear of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from briefing.formats.docx.elements import MC, WP, Element, child, children, name, number, value
from briefing.lengths import EMU_PER_POINT, TWIPS_PER_POINT

RUNNING_LINE: Final = 300
"""Roughly how high a running line is, in twentieths of a point."""
_LEAST_LINE: Final = 220
"""How high a line of the house's own is at least."""
_BANNER: Final = 0.6
"""The part of a line that leaves no room for a marking beside it."""
_CLEARANCE: Final = 60
_BACKGROUND: Final = 0.4
"""From this part of the page's height on, what floats is a background that nothing can be moved clear of."""
_WITH_TEXT: Final = ("paragraph", "line", "text", "char")
"""What a shape is placed by that moves with the lines round it."""
_VML: Final = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LENGTH: Final = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px|)$")
_UNITS: Final = {"pt": 1.0, "": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}


class _Page(Struct, frozen=True):
    """A page's lengths in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    edge: int
    foot: bool

    @classmethod
    def of(cls, section: Element, foot: bool) -> _Page:
        size, margins = child(section, "pgSz"), child(section, "pgMar")
        left, right, top, bottom, edge = (
            abs(number(margins, side) or 0)
            for side in ("left", "right", "top", "bottom", "footer" if foot else "header")
        )
        return cls(number(size, "w") or 0, number(size, "h") or 0, left, right, top, bottom, edge, foot)

    def place(self, axis: str, origin: str, aligned: str, offset: float, extent: float) -> float:
        """Where a shape begins on the page: its `offset` from an `origin`, or its alignment there (ECMA-376 20.4.3)."""
        whole = self.height if axis == "V" else self.width
        before, after = (self.top, self.bottom) if axis == "V" else (self.left, self.right)
        start, room = before, whole - before - after
        if origin == "page":
            start, room = 0, whole
        elif origin in ("topMargin", "leftMargin", "insideMargin"):
            start, room = 0, before
        elif origin in ("bottomMargin", "rightMargin", "outsideMargin"):
            start, room = whole - after, after
        elif axis == "V" and origin in _WITH_TEXT:
            start = whole - after if self.foot else self.edge
        if aligned in ("center", "centre"):
            return start + (room - extent) / 2
        return start + room - extent if aligned in ("bottom", "right", "outside") else start + offset


class _Box(Struct, frozen=True):
    left: float
    top: float
    width: float
    height: float
    moves: bool


def room_for_lines(root: Element, section: Element, count: int, *, foot: bool) -> int | None:
    """How far from the house's own lines `count` running lines must stand to be clear of what floats there, in twentieths of a
    point, or None where nothing floats over their usual place, outermost in the header or footer `root`.
    """
    page = _Page.of(section, foot)
    boxes = [each for each in _boxes(root, page) if each.height < _BACKGROUND * page.height]
    start, end = page.left, page.width - page.right
    near = [each for each in boxes if each.left < end and each.left + each.width > start]
    # Distances from the page's edge: those of a footer are counted from below.
    starts = [page.height - each.top - each.height if foot else each.top for each in near]
    spans = [(start, start + each.height) for start, each in zip(starts, near, strict=True)]
    needs = count * RUNNING_LINE
    # Outermost lines push the house's own away from the edge, and with them what floats beside these.
    shifts = [needs if each.moves else 0 for each in near]
    if not any(
        start + shift < page.edge + needs and end + shift > page.edge
        for (start, end), shift in zip(spans, shifts, strict=True)
    ):
        return None
    reach = float(page.edge)
    while over := [span for span in spans if span[0] < reach + count * RUNNING_LINE and span[1] > reach]:
        reach = max(end for _, end in over)
    flowing = (each for each in root.iterchildren(name("p")) if _placed(each) is None)
    own = sum(1 for each in flowing if next(each.iter(name("t")), None) is not None)
    return max(0, round(reach - page.edge - own * _LEAST_LINE) + _CLEARANCE)


def flowing_height(block: Element) -> int:
    """Roughly how high what stands in a header or footer is, in twentieths of a point; nothing where it floats."""
    return 0 if _placed(block) is not None else _height(block)


def _placed(block: Element) -> Element | None:
    """What places a paragraph as a frame (ECMA-376 17.3.1.11), or lets a table float (17.4.57); None for what flows."""
    return child(block, "tblPr", "tblpPr") if block.tag == name("tbl") else child(block, "pPr", "framePr")


def _height(block: Element) -> int:
    if block.tag == name("p"):
        pictures = (_twips(each.get("cy")) for each in block.iterfind(f".//{{{WP}}}inline/{{{WP}}}extent"))
        return max((RUNNING_LINE, *map(round, pictures)))
    if block.tag == name("tr"):
        return max((number(child(block, "trPr", "trHeight")) or 0, *map(_height, block.iterfind(name("tc")))))
    return sum(map(flowing_height, block))


def _blocks(root: Element) -> Iterator[Element]:
    """The paragraphs and tables of a header or footer, also those in content controls."""
    for each in root:
        if each.tag in (name("sdt"), name("sdtContent")):
            yield from _blocks(each)
        elif each.tag in (name("p"), name("tbl")):
            yield each


def _boxes(root: Element, page: _Page) -> Iterator[_Box]:
    """What floats there and leaves no text room beside it."""
    yield from _shapes(root, page)
    yield from _pictures(root, page)
    yield from _frames(root, page)


def _frames(root: Element, page: _Page) -> Iterator[_Box]:
    """Frames and floating tables. Paragraphs that are placed alike share a frame."""
    line = page.width - page.left - page.right
    for attributes, group in groupby(_blocks(root), lambda each: sorted(getattr(_placed(each), "attrib", {}).items())):
        blocks = list(group)
        place = _placed(blocks[0])
        if place is None or not attributes:
            continue
        is_table = place.tag == name("tblpPr")
        x, y, origin, level = _TABLE_PLACE if is_table else _FRAME_PLACE
        grid = sum(number(each, "w") or 0 for each in children(child(blocks[0], "tblGrid"), "gridCol"))
        width = grid if is_table else number(place, "w") or 0
        height = sum(map(_height, blocks))
        if value(place, "hRule") == "exact" or (number(place, "h") or 0) > height:
            height = number(place, "h") or height
        if width >= _BANNER * line:
            left, top = (
                page.place(
                    axis,
                    value(place, anchor) or "margin",
                    value(place, f"{offset}{'Spec' if is_table else 'Align'}") or "",
                    number(place, offset) or 0,
                    extent,
                )
                for axis, offset, anchor, extent in (("H", x, origin, width), ("V", y, level, height))
            )
            yield _Box(left, top, width, height, value(place, level) in _WITH_TEXT)


_TABLE_PLACE: Final = ("tblpX", "tblpY", "horzAnchor", "vertAnchor")
_FRAME_PLACE: Final = ("x", "y", "hAnchor", "vAnchor")


def _shapes(root: Element, page: _Page) -> Iterator[_Box]:
    """The shapes that text does not flow round (ECMA-376 20.4.2.15)."""
    for anchor in root.iter(f"{{{WP}}}anchor"):
        extent = anchor.find(f"{{{WP}}}extent")
        if anchor.find(f"{{{WP}}}wrapTopAndBottom") is not None or extent is None:
            continue
        sizes = {"H": _twips(extent.get("cx")), "V": _twips(extent.get("cy"))}
        starts, origins = {}, {}
        for axis, size in sizes.items():
            position = anchor.find(f"{{{WP}}}position{axis}")
            origin = "" if position is None else position.get("relativeFrom", "")
            aligned = "" if position is None else position.findtext(f"{{{WP}}}align") or ""
            offset = 0.0 if position is None else _twips(position.findtext(f"{{{WP}}}posOffset"))
            origins[axis] = origin
            starts[axis] = page.place(axis, origin, aligned.strip(), offset, size)
        line = page.width - page.left - page.right
        is_under = anchor.get("behindDoc") in ("1", "true")
        if anchor.find(f"{{{WP}}}wrapNone") is None and not is_under and sizes["H"] < _BANNER * line:
            continue  # Text flows beside it.
        yield _Box(starts["H"], starts["V"], sizes["H"], sizes["V"], origins["V"] in _WITH_TEXT)


def _pictures(root: Element, page: _Page) -> Iterator[_Box]:
    """The shapes of older programs (VML)."""
    for picture in root.iter(name("pict")):
        if next(picture.iterancestors(f"{{{MC}}}Fallback"), None) is not None:
            continue
        for shape in picture:
            style = {key.casefold(): said.strip() for key, said in _VML.findall(shape.get("style") or "")}
            wraps = any(str(each.tag).endswith("}wrap") for each in shape)
            if style.get("position") != "absolute" or wraps:
                continue
            width, height = _points(style.get("width")), _points(style.get("height"))
            left, top = (
                page.place(
                    axis,
                    style.get(f"mso-position-{word}-relative", "text").replace("-margin-area", "Margin"),
                    style.get(f"mso-position-{word}", ""),
                    _points(style.get(f"margin-{side}")),
                    size,
                )
                for axis, word, side, size in (("H", "horizontal", "left", width), ("V", "vertical", "top", height))
            )
            origin = style.get("mso-position-vertical-relative", "text")
            yield _Box(left, top, width, height, origin in _WITH_TEXT)


def _twips(emu: str | None) -> float:
    try:
        return float(emu or 0) / EMU_PER_POINT * TWIPS_PER_POINT
    except ValueError:
        return 0.0


def is_ornament(shape: Element) -> bool:
    """Whether a shape stands in a line of text and is hardly higher than that: a dot beside the number of a page."""
    extent = shape.find(f"{{{WP}}}inline/{{{WP}}}extent")
    if extent is not None:
        return _twips(extent.get("cy")) <= _ORNAMENT
    styles = [dict(_VML.findall(each.get("style") or "")) for each in shape if each.get("style")]
    return bool(styles) and all(
        each.get("position") != "absolute" and 0 < _points(each.get("height")) <= _ORNAMENT for each in styles
    )


_ORNAMENT: Final = 400


def _points(length: str | None) -> float:
    """A length of a style sheet in twentieths of a point."""
    found = _LENGTH.match(length or "")
    try:
        return float(found[1]) * _UNITS[found[2]] * TWIPS_PER_POINT if found else 0.0
    except ValueError:
        return 0.0
