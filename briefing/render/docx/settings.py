"""The settings part: what a document asks of the program that opens it, and nothing that links, prompts, locks or
tracks.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from briefing.render.docx.endnotes import SEPARATORS
from briefing.render.docx.markup import Element, child, in_order, name, w

_KEPT: Final = (
    "mirrorMargins",
    "alignBordersAndEdges",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "embedTrueTypeFonts",
    "embedSystemFonts",
    "saveSubsetFonts",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "evenAndOddHeaders",
    "bookFoldPrinting",
    "drawingGridHorizontalSpacing",
    "drawingGridVerticalSpacing",
    "characterSpacingControl",
    "noLineBreaksAfter",
    "noLineBreaksBefore",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
)
_ORDER: Final = (*_KEPT[:19], "endnotePr", "compat", *_KEPT[19:])
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"
_COMPATIBLE: Final = (
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
    ("useWord2013TrackBottomHyphenation", "0"),
)


def settings_root(reference: Element | None, language: str, right_to_left: bool, *, notes: bool) -> Element:
    """The settings of a new document: the layout settings of the reference document, its notes at the end, Word
    2013's layout or later.
    """
    root = w("settings")
    for local in _KEPT:
        found = child(reference, local) if reference is not None else None
        if found is not None:
            root.append(deepcopy(found))
    fonts = child(root, "themeFontLang")
    if fonts is not None:
        fonts.set(name("bidi" if right_to_left else "val"), language)
    if notes:
        root.append(_note_settings())
    modes = (w("compatSetting", name=setting, uri=_COMPATIBILITY, val=held) for setting, held in _COMPATIBLE)
    root.append(w("compat", *modes))
    return in_order(_ORDER, root)


def _note_settings() -> Element:
    """Notes counted 1, 2, 3: Word would count endnotes i, ii, iii. Their place is left at its default, the end of
    the document.
    """
    return w("endnotePr", w("numFmt", val="decimal"), *(w("endnote", id=number) for number in SEPARATORS))
