"""The numbered sources as native endnotes; `docs/decisions/0001-endnotes.md` says why endnotes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import XmlPart

from briefing.document.blocks import Note, NoteList
from briefing.document.tree import Document
from briefing.document.walk import walk
from briefing.render.docx.assembly import Assembly
from briefing.render.docx.inline import Look
from briefing.render.docx.markup import Element, story_root, w
from briefing.render.docx.paragraphs import ParagraphWriter
from briefing.render.docx.writing import Writing

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
