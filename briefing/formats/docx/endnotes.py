"""The numbered sources as native endnotes, and the settings part, which must name them. `docs/decisions/0001-endnotes.md`
says why endnotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import XmlPart

from briefing.document.tree import Document, Note, NoteList
from briefing.document.walk import walk
from briefing.formats.docx.elements import Element, child, in_order, name, story_root, w
from briefing.formats.docx.inline import Look
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.paragraphs import ParagraphWriter
from briefing.formats.docx.writing import Writing

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


SEPARATORS: Final = {-1: "separator", 0: "continuationSeparator"}
"""The two notes that every part with notes must have, by their ids; the settings name them again."""


def notes_of(document: Document) -> tuple[Note, ...]:
    """Every note, in the order of their numbers."""
    return tuple(note for block in walk(document.sections) if isinstance(block, NoteList) for note in block.notes)


def endnotes_part(notes: Iterable[Note], writing: Writing, assembly: Assembly) -> XmlPart:
    """The part that holds the endnotes. An endnote's id is its number."""
    root = story_root("endnotes", *(_separator(number) for number in SEPARATORS))
    part = assembly.tree("/word/endnotes.xml", CONTENT_TYPE.WML_ENDNOTES, root)
    inside = writing.in_part(part)
    root.extend(_endnote(note, inside) for note in notes)
    return part


def _separator(number: int) -> Element:
    """A separator that shows nothing: the heading of the sources stands before them, and a rule would cut it off."""
    spacing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    return w("endnote", w("p", w("pPr", spacing)), type=SEPARATORS[number], id=number)


def _endnote(note: Note, writing: Writing) -> Element:
    paragraphs = ParagraphWriter(writing)
    paragraph = paragraphs.paragraph(
        "Endnote Text", note.children, node=note.id, origin=note.origin, targets=(note.id,)
    )
    look = Look(writing.styles.character("Endnote Reference", "Source Number"))
    paragraph[1:1] = [w("r", look.properties(), w("endnoteRef")), w("r", w("tab"))]
    return w("endnote", paragraph, id=note.number)
