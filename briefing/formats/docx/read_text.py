"""The text of a finished DOCX as Word prints it: a walk over the parts that sees controls, links, fields and notes.

Deleted text and field codes are not printed, so they are not read; inserted text and the results of fields are.
Text boxes float beside the text and are gathered apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from briefing.formats.docx.read_numbering import Lists, formatted, printed
from briefing.formats.docx.read_package import Element, R, Relationship, child, is_on, number, value, w
from briefing.formats.docx.read_story import (
    PAGE,
    PAGES,
    Drawn,
    FieldStack,
    FoundCell,
    FoundParagraph,
    FoundRow,
    Goal,
    Segment,
    SegmentKind,
    Story,
    field_goal,
)
from briefing.formats.docx.read_styles import CellLook, StyleSheet, cell_fault, paragraph_fault, row_fault

_PAGE_FIELDS: Final = {"PAGE": PAGE, "NUMPAGES": PAGES}
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_REMOVED: Final = frozenset(
    w(name) for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
)


@dataclass(frozen=True, slots=True)
class Printing:
    """How a document prints: its styles, its lists as counted so far, and the numbers of its endnotes.

    `running` is true for headers and footers, where page numbers are worked out.
    """

    styles: StyleSheet
    lists: Lists
    note_format: str
    first_note: int
    running: bool = False

    def note_number(self, place: int) -> str:
        """The number printed for the note at `place`, counted from 0."""
        return formatted(self.first_note + place, self.note_format)


class StoryWalk:
    """One walk over one part, adding to `story`."""

    def __init__(
        self, printing: Printing, story: Story, relationships: dict[str, Relationship], note_number: str = ""
    ) -> None:
        self.printing = printing
        self.story = story
        self.relationships = relationships
        self.note_number = note_number
        self.fields = FieldStack()
        self.links: list[Goal] = []
        self.open_bookmarks: dict[str, tuple[str, int]] = {}
        self.cells: list[tuple[FoundCell, CellLook]] = []
        self.boxes = 0
        self.paragraph: Element | None = None
        self.found: FoundParagraph | None = None
        self.crushed: str | None = None

    def blocks(self, parent: Element) -> None:
        """Everything below a body, a cell, a note, a header or a content control."""
        for element in parent:
            self._node(element)

    def _node(self, element: Element) -> None:
        tag = element.tag
        if tag in _REMOVED:
            return
        handler = _HANDLERS.get(tag)
        if handler is not None:
            handler(self, element)
        else:
            self.blocks(element)

    def _paragraph(self, element: Element) -> None:
        before = (self.paragraph, self.found, self.crushed)
        self.paragraph = element
        self.found = FoundParagraph(
            self.story.paragraphs, self._outline(element), self.cells[-1][0] if self.cells else None
        )
        self.story.paragraphs += 1
        self.crushed = paragraph_fault(self.printing.styles, element)
        if not self.boxes:
            marker = self.printing.lists.marker(element)
            if marker is not None and marker.text:
                self._add(marker.text, SegmentKind.MARKER, marker.properties)
        for each in element:
            self._node(each)
        self.paragraph, self.found, self.crushed = before

    def _outline(self, paragraph: Element) -> int | None:
        level = number(self.printing.styles.paragraph_property(paragraph, "outlineLvl"))
        return None if level is None or level > 8 else level + 1

    def _run(self, element: Element) -> None:
        properties = child(element, "rPr")
        for each in element:
            tag = each.tag
            if tag == w("rPr"):
                continue
            if tag == w("fldChar"):
                self._field_mark(each)
            elif tag == w("instrText"):
                self.fields.add_code(each.text or "")
            elif self.fields.in_code:
                continue
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], SegmentKind.TEXT, properties)
            elif tag == w("t"):
                self._add(each.text or "", SegmentKind.TEXT, properties)
            elif tag == w("sym"):
                self._add(_symbol(each), SegmentKind.TEXT, properties)
            elif tag in (w("endnoteReference"), w("footnoteReference")):
                self._note_reference(each, properties)
            elif tag in (w("endnoteRef"), w("footnoteRef")):
                self._add(self.note_number, SegmentKind.NOTE_NUMBER, properties)
            else:
                self._node(each)

    def _field_mark(self, mark: Element) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self.fields.begin(len(self.story.segments))
        elif kind == "separate":
            self.fields.separate()
            self._stand_in(self.fields.code)
        elif kind == "end":
            self._end_field()

    def _stand_in(self, code: str) -> None:
        """In running lines, the number of the page and of pages are what Word works out, whatever was saved."""
        name = code.split()[0].upper() if code.split() else ""
        if self.printing.running and name in _PAGE_FIELDS:
            self._add(_PAGE_FIELDS[name], SegmentKind.TEXT, None, worked_out=True)
            self.fields.mute()

    def _simple_field(self, element: Element) -> None:
        self.fields.begin(len(self.story.segments))
        self.fields.add_code(value(element, "instr") or "")
        self.fields.separate()
        self._stand_in(self.fields.code)
        self.blocks(element)
        self._end_field()

    def _end_field(self) -> None:
        ended = self.fields.end(len(self.story.segments))
        if ended is not None and not self.boxes:
            self.story.fields.append(ended)

    def _note_reference(self, reference: Element, properties: Element | None) -> None:
        identifier = ("" if reference.tag == w("endnoteReference") else "footnote ") + (value(reference, "id") or "")
        if identifier not in self.story.notes:
            self.story.notes.append(identifier)
        place = self.story.notes.index(identifier)
        self.links.append(Goal(note=identifier))
        self._add(self.printing.note_number(place), SegmentKind.TEXT, properties)
        self.links.pop()

    def _hyperlink(self, element: Element) -> None:
        relationship = self.relationships.get(element.get(f"{{{R}}}id", ""))
        anchor = value(element, "anchor")
        self.links.append(
            Goal(url=relationship.target if relationship else None, bookmark=None if relationship else anchor)
        )
        self.blocks(element)
        self.links.pop()

    def _bookmark_start(self, element: Element) -> None:
        name = value(element, "name") or ""
        if name in self.story.bookmarks or any(name == other for other, _ in self.open_bookmarks.values()):
            self.story.repeated_bookmarks.append(name)
        self.open_bookmarks[value(element, "id") or ""] = (name, len(self.story.segments))

    def _bookmark_end(self, element: Element) -> None:
        begun = self.open_bookmarks.pop(value(element, "id") or "", None)
        if begun is not None:
            self.story.bookmarks[begun[0]] = (begun[1], len(self.story.segments))

    def _alternatives(self, element: Element) -> None:
        choice = element.find(f"{_MC}Choice")
        chosen = choice if choice is not None else element.find(f"{_MC}Fallback")
        if chosen is not None:
            self.blocks(chosen)

    def _drawing(self, element: Element) -> None:
        if self.boxes == 0:
            self.story.floating += len(element.findall(f"{_WP}anchor"))
            for properties in element.iter(f"{_WP}docPr"):
                blip = next(element.iter(f"{_A}blip"), None)
                if blip is None or next(properties.iter(_DECORATIVE), None) is not None:
                    continue
                relationship = self.relationships.get(blip.get(f"{{{R}}}embed", ""))
                part = relationship.target if relationship and not relationship.external else ""
                self.story.pictures.append(Drawn(properties.get("descr", ""), part))
        self.blocks(element)

    def _text_box(self, element: Element) -> None:
        """A text box stands beside the text: what it says is gathered apart."""
        before, self.story.segments = self.story.segments, []
        self.boxes += 1
        self.blocks(element)
        self.boxes -= 1
        boxed, self.story.segments = self.story.text, before
        if boxed.strip():
            self.story.boxed.append(boxed)

    def _table(self, element: Element) -> None:
        rows = [each for each in _through_controls(element, "tr") if child(each, "trPr", "del") is None]
        if self.boxes:
            self.blocks(element)
            return
        found: list[FoundRow] = []
        self.story.rows.append(found)
        for place, row in enumerate(rows):
            found.append(FoundRow(len(self.story.rows) - 1, place, is_on(child(row, "trPr", "tblHeader"))))
            for column, cell in enumerate(_through_controls(row, "tc")):
                look = self.printing.styles.cell_look(element, cell, place, len(rows) - 1, column)
                self.cells.append((FoundCell(found[-1], column), look))
                start = len(self.story.segments)
                self.blocks(cell)
                self.cells.pop()
                hidden = row_fault(row) or cell_fault(cell)
                if hidden:
                    for segment in self.story.segments[start:]:
                        segment.fault = segment.fault or hidden

    def _section(self, element: Element) -> None:
        """Properties of a section are no text."""

    def _outside(self, element: Element) -> None:
        self.story.foreign.append(element.tag.rsplit("}", 1)[-1])

    def _math(self, element: Element) -> None:
        self._add(element.text or "", SegmentKind.TEXT, None)

    def _add(self, text: str, kind: SegmentKind, properties: Element | None, *, worked_out: bool = False) -> None:
        if not text or (self.fields.muted and not worked_out):
            return
        if self.paragraph is None or self.found is None:
            return
        fault = None
        if not text.isspace():
            look = self.cells[-1][1] if self.cells else CellLook()
            fault = self.crushed or self.printing.styles.fault(properties, self.paragraph, look)
        goal = self.links[-1] if self.links else field_goal(self.fields.code)
        self.story.segments.append(Segment(text, kind, self.found, goal, fault))


_CHARACTERS: Final = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
    w("pgNum"): PAGE,
}

_HANDLERS: Final = {
    w("p"): StoryWalk._paragraph,
    w("r"): StoryWalk._run,
    w("tbl"): StoryWalk._table,
    w("hyperlink"): StoryWalk._hyperlink,
    w("fldSimple"): StoryWalk._simple_field,
    w("bookmarkStart"): StoryWalk._bookmark_start,
    w("bookmarkEnd"): StoryWalk._bookmark_end,
    w("drawing"): StoryWalk._drawing,
    w("txbxContent"): StoryWalk._text_box,
    w("sectPr"): StoryWalk._section,
    w("altChunk"): StoryWalk._outside,
    w("subDoc"): StoryWalk._outside,
    f"{_MC}AlternateContent": StoryWalk._alternatives,
    _MATH_TEXT: StoryWalk._math,
}


def _symbol(element: Element) -> str:
    """A symbol given by font and code (ECMA-376 17.3.3.30)."""
    try:
        return printed(chr(int(value(element, "char") or "", 16)), value(element, "font"))
    except ValueError:
        return "\ufffd"


def _through_controls(parent: Element, name: str) -> Iterator[Element]:
    """The children of that name, also those in content controls, insertions and custom markup between."""
    for each in parent:
        if each.tag == w(name):
            yield each
        elif each.tag not in _REMOVED:
            yield from _through_controls(each, name)
