"""The Office theme part: the policy theme's colours in Word's colour picker, its family in the font menu (ECMA-376
20.1.6.9).
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from briefing.formats.docx.markup import A, Element
from briefing.formats.docx.reference_document import look

_COLOURS: Final = {
    "dk1": look.INK,
    "lt1": "FFFFFF",
    "dk2": look.ACCENT,
    "lt2": look.PALE,
    "accent1": look.ACCENT,
    "accent2": look.GREEN,
    "accent3": look.RED,
    "accent4": look.OCHRE,
    "accent5": look.QUOTE_RULE,
    "accent6": look.SLATE,
    "hlink": look.LINK,
    "folHlink": look.REFERENCE,
}


def theme() -> Element:
    """The theme's root element."""
    root = _a("theme", name="Policy")
    elements = _below(root, "themeElements")
    colours = _below(elements, "clrScheme", name="Policy")
    for slot, colour in _COLOURS.items():
        _below(_below(colours, slot), "srgbClr", val=colour)
    fonts = _below(elements, "fontScheme", name="Policy")
    for part in ("majorFont", "minorFont"):
        font = _below(fonts, part)
        _below(font, "latin", typeface=look.FAMILY)
        _below(font, "ea", typeface="")
        _below(font, "cs", typeface="")
    formats = _below(elements, "fmtScheme", name="Policy")
    for part, count in (("fillStyleLst", 3), ("lnStyleLst", 3), ("effectStyleLst", 3), ("bgFillStyleLst", 3)):
        holder = _below(formats, part)
        for _ in range(count):
            _format(holder, part)
    return root


def _format(holder: Element, part: str) -> None:
    """One of the three plain formats that each list must have."""
    if part == "effectStyleLst":
        _below(_below(holder, "effectStyle"), "effectLst")
        return
    target = _below(holder, "ln", w="6350") if part == "lnStyleLst" else holder
    _below(_below(target, "solidFill"), "schemeClr", val="phClr")


def _a(local: str, **attributes: str) -> Element:
    return etree.Element(f"{{{A}}}{local}", attributes, nsmap={"a": A})


def _below(parent: Element, local: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{A}}}{local}", attributes)
