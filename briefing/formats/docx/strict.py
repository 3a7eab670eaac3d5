"""Strict Open XML (ISO/IEC 29500-1) told in the words of Transitional (29500-4), in which Word saves and everything else here is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from briefing.formats.docx.elements import Element, W, serialized, value
from briefing.lengths import TWIPS_PER_POINT

_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/"
_LENGTH: Final = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(pt|pc|pi|in|cm|mm)")
_POINTS: Final = {"pt": 1.0, "pc": 12.0, "pi": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_SHARE: Final = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)%")
_IN_HALF_POINTS: Final = frozenset({"sz", "szCs", "kern", "position", "hps", "hpsRaise", "hpsBaseText"})
_WHOLE_PER_CENT: Final = frozenset({"w", "zoom"})
_OF_A_LINE: Final = 50
"""Parts of a per cent in which widths of tables count (17.18.90); drawings count in thousands (20.1.10.40)."""
_OF_A_DRAWING: Final = 1000
_SIDES: Final = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_WITH_SIDES: Final = frozenset({"tblBorders", "tcBorders", "tblCellMar", "tcMar"})
_ALIGNED: Final = frozenset({"jc", "lvlJc", "tab"})


def is_strict(parts: Mapping[str, bytes]) -> bool:
    """Whether a package says so in its relations."""
    return any(_STRICT.search(data) for entry, data in parts.items() if entry.endswith(".rels"))


def transitional(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a Strict package in the namespaces, sides and units of Transitional."""
    return {entry: _told(data) if _STRICT.search(data) else data for entry, data in parts.items()}


def _told(data: bytes) -> bytes:
    data = _STRICT.sub(_TRANSITIONAL, data)
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for element in root.iter(etree.Element):
        _tell(element)
    return serialized(root)


def _tell(element: Element) -> None:
    """Say in one element what is said otherwise in Transitional."""
    called, parent = etree.QName(element), element.getparent()
    for key, held in list(element.attrib.items()):
        element.set(key, _number(called, str(held)))
    element.text = element.text and _number(called, element.text)
    if called.namespace != W:
        return
    if called.localname in _ALIGNED and value(element) in _SIDES:
        element.set(f"{{{W}}}val", _SIDES[value(element) or ""])
    if called.localname == "ind":
        for strict, usual in _SIDES.items():
            if (side := value(element, strict)) is not None:
                del element.attrib[f"{{{W}}}{strict}"]
                element.set(f"{{{W}}}{usual}", side)
    if parent is not None and etree.QName(parent).localname in _WITH_SIDES and called.localname in _SIDES:
        element.tag = f"{{{W}}}{_SIDES[called.localname]}"


def _number(called: etree.QName, held: str) -> str:
    """A length or a share as the number that Transitional counts it in."""
    if (share := _SHARE.fullmatch(held)) is not None:
        factor = _OF_A_LINE if called.namespace == W else _OF_A_DRAWING
        return f"{round(float(share[1]) * (1 if called.localname in _WHOLE_PER_CENT else factor))}"
    if called.namespace == W and (length := _LENGTH.fullmatch(held)) is not None:
        to_a_point = 2 if called.localname in _IN_HALF_POINTS else TWIPS_PER_POINT
        return f"{round(float(length[1]) * _POINTS[length[2]] * to_a_point)}"
    return held
