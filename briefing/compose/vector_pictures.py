"""Logos drawn as SVG, made safe: shapes and paints alone are kept, styles become attributes, and what could run or ask for
something is refused.

The same bytes go into PDF and HTML. Word files, and whoever holds a finished file against the document, get a PNG that is drawn from them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, Final

import cssselect2
import tinycss2
from lxml import etree

from briefing.apart import read_apart
from briefing.document.drawing import Picture
from briefing.errors import DataError, Problem

MOST_BYTES: Final = 1_000_000
"""A logo is a few kilobytes."""
WIDEST, HIGHEST = 1600, 640
"""Pixels of the PNG: over 300 to the inch in the largest place that a logo gets."""
_MOST_USES: Final = 200
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT: Final = _words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon linearGradient radialGradient stop "
    "clipPath mask pattern"
)
_LEFT_OUT: Final = frozenset(("title", "desc", "metadata", "style"))
_INSTEAD: Final = {
    "text": "turn its words into paths, since no reader has its fonts",
    "image": "draw it with shapes, or save the whole as PNG",
}
_PAINT: Final = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset stroke-opacity opacity color stop-color stop-opacity clip-path clip-rule mask "
    "display visibility"
)
_SHAPE: Final = _words(
    "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox preserveAspectRatio "
    "gradientUnits gradientTransform spreadMethod offset clipPathUnits maskUnits maskContentUnits patternUnits "
    "patternContentUnits patternTransform"
)
_ELSEWHERE: Final = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|javascript:|\\", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*(\d{1,9}(?:\.\d*)?|\.\d+)\s*(?:px|pt|mm|cm|in)?\s*")


def vector_picture(data: bytes, name: str) -> Picture:
    """The SVG file `data`, made safe, with its PNG, both from the process that reads; layers keep the engine out of this room.

    Raises `DataError`, with the line, when it is broken, too large, or has what could run, lead elsewhere or need fonts.
    """
    safe, width, height = read_apart("briefing.compose.vector_pictures:made_safe", data, name, name=f"'{name}'")
    png = read_apart("briefing.formats.pdf.rasterising:rasterised", safe, width, height, name=f"'{name}'")
    return Picture(name.rpartition("/")[2], "image/png", png, width, height, safe)


def made_safe(data: bytes, name: str) -> tuple[bytes, int, int]:
    """The SVG file `data` made safe, and the size of its PNG in pixels. Raises `DataError`, without a place."""
    try:
        return _made_safe(data)
    except _UnsafeError as error:
        fault = error
    except RecursionError:
        fault = _UnsafeError("its styles are nested too deeply", "export it again as plain SVG")
    raise DataError(Problem("bad-image", f"'{name}' cannot be used: {fault}", fault.hint))


class _UnsafeError(Exception):
    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.hint = hint


def _made_safe(data: bytes) -> tuple[bytes, int, int]:
    """The picture without what is left out, and the size of its PNG in pixels. Raises `_UnsafeError`."""
    if len(data) > MOST_BYTES:
        raise _UnsafeError(f"it has {len(data):,} bytes", f"a logo has at most {MOST_BYTES:,}: simplify its paths")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _UnsafeError(
            f"line {error.lineno or 1}: it is broken ({error.msg})", "export it again as plain SVG"
        ) from None
    if root.tag != f"{{{_SVG}}}svg":
        raise _UnsafeError("it is neither PNG nor JPEG nor SVG", "save it as one of the three")
    _style(root)
    _clean(root)
    if len([*root.iter(f"{{{_SVG}}}use")]) > _MOST_USES:
        raise _UnsafeError(f"it has more than {_MOST_USES} <use>", "draw what is repeated")
    if any(_local(inner.tag) == "use" for each in _used(root) for inner in each.iter()):
        raise _UnsafeError("a <use> repeats another <use>", "draw what is repeated")
    width, height = _size(root)
    scale = min(WIDEST / width, HIGHEST / height)
    pixels = max(1, round(width * scale)), max(1, round(height * scale))
    root.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    root.set("width", str(pixels[0]))
    root.set("height", str(pixels[1]))
    etree.cleanup_namespaces(root)
    return etree.tostring(root), *pixels


def _local(tag: str) -> str | None:
    """The name of an element of SVG, None for one of an editor's own."""
    name = etree.QName(tag)
    return name.localname if name.namespace == _SVG else None


def _fault(element: Any, what: str, hint: str) -> _UnsafeError:
    return _UnsafeError(f"line {element.sourceline or 1}: it has {what}", hint)


def _clean(element: Any) -> None:
    """Keep what is kept of `element` and of what is in it, at most 256 deep, as the parser sees to. Raises `_UnsafeError`."""
    _keep_safe(element)
    for child in list(element):
        if not isinstance(child.tag, str):
            raise _fault(element, "an entity", "export it again as plain SVG")
        kind = _local(child.tag)
        if kind in _KEPT:
            _clean(child)
        elif kind is None or kind in _LEFT_OUT:
            element.remove(child)
        else:
            raise _fault(child, f"<{kind}>", _INSTEAD.get(kind, "take it out: shapes, paints and clips are kept"))


def _keep_safe(element: Any) -> None:
    """Keep the attributes that shape and paint. Raises `_UnsafeError` for one that could run or leads elsewhere."""
    element.text = element.tail = None
    for key, value in list(element.attrib.items()):
        name = etree.QName(key)
        if name.localname.lower().startswith("on"):
            raise _fault(element, f"the attribute '{name.localname}', which would run", "take it out")
        leads = name.localname == "href" and not value.strip().startswith("#")
        if leads or _ELSEWHERE.search(value):
            raise _fault(element, f"'{value.strip()[:40]}', which is not in the file", "draw it in the file itself")
        is_link = name.localname == "href" and name.namespace in (None, _XLINK)
        if not is_link and (name.namespace or name.localname not in _SHAPE | _PAINT):
            del element.attrib[key]


def _style(root: Any) -> None:
    """Put what style sheets and `style` attributes say of paint into attributes of the elements (SVG 2, 6.2)."""
    sheets = list(root.iter(f"{{{_SVG}}}style"))
    matcher = cssselect2.Matcher()
    for sheet in sheets:
        text = sheet.text or ""
        if _ELSEWHERE.search(text):
            raise _fault(sheet, "a style sheet that leads elsewhere", "draw it in the file itself")
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                try:
                    for selector in cssselect2.compile_selector_list(rule.prelude):
                        matcher.add_selector(selector, [*_declared(rule.content)])
                except cssselect2.SelectorError:
                    raise _fault(sheet, "a style sheet that cannot be followed", "export it with attributes") from None
    if sheets:
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            for _, _, _, declarations in matcher.match(wrapper):
                wrapper.etree_element.attrib.update(declarations)
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("style"):
            if _ELSEWHERE.search(element.get("style")):
                raise _fault(element, "a style that leads elsewhere", "draw it in the file itself")
            element.attrib.update(_declared(element.get("style")))


def _declared(content: Any) -> Iterator[tuple[str, str]]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and each.lower_name in _PAINT:
            yield each.lower_name, tinycss2.serialize(each.value).strip()


def _used(root: Any) -> Iterator[Any]:
    """The elements that some `use` repeats."""
    named = {each.get("id"): each for each in root.iter() if each.get("id")}
    for each in root.iter(f"{{{_SVG}}}use"):
        found = named.get((each.get("href") or each.get(f"{{{_XLINK}}}href") or "").strip().removeprefix("#"))
        if found is not None:
            yield found


def _size(root: Any) -> tuple[float, float]:
    """Its proportions. Raises `_UnsafeError` when it has none."""
    try:
        box = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
        width, height = box[2:4] if len(box) == 4 else (0.0, 0.0)
    except ValueError:
        found = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
        width, height = (float(each[1]) if each else 0.0 for each in found)
    if not all(math.isfinite(each) and each > 0 for each in (width, height)):
        raise _fault(root, "no size", 'give it a viewBox="0 0 WIDTH HEIGHT"')
    return width, height
