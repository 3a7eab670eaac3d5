"""The text of a finished DOCX as Word prints it: a walk over the parts that sees controls, links, fields and notes.

Deleted text and field codes are not printed, so they are not read; inserted text and the results of fields are.
Text boxes float beside the text and are gathered apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from briefing.formats.docx.elements import MC, WP, A, Element, R, child, name, number, switched_on, value, whole
from briefing.formats.docx.read_numbering import Lists, formatted, printed
from briefing.formats.docx.read_package import Relationship
from briefing.formats.docx.read_story import (
    PAGE,
    PAGES,
    Cell,
    Drawn,
    FieldStack,
    FoundParagraph,
    Goal,
    Note,
    Segment,
    SegmentKind,
    Story,
    field_goal,
)
from briefing.formats.docx.read_styles import CellLook, StyleSheet, cell_fault, paragraph_fault, row_fault

_PAGE_FIELDS: Final = {"PAGE": PAGE, "NUMPAGES": PAGES}
_EMU_PER_TWIP: Final = 635
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_REMOVED: Final = frozenset(
    name(local) for local in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
)


class Printing(Struct, frozen=True):
    """How a document prints: its styles, its lists as counted so far, and for each kind of note the format of its numbers
    and the first of them.

    `running` is true for headers and footers, where page numbers are worked out.
    """

    styles: StyleSheet
    lists: Lists
    notes: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    running: bool = False

    def note_mark(self, note: Note, notes: Sequence[Note]) -> str:
        """What is printed for a note that is among `notes`."""
        style, first = self.notes[note.kind]
        return formatted(first + [each for each in notes if each.kind == note.kind].index(note), style)


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
        self.cells: list[tuple[Cell, CellLook]] = []
        self.boxes = 0
        self.paragraph: FoundParagraph | None = None
        self.at_section_end: Callable[[], None] | None = None

    def blocks(self, parent: Element) -> None:
        """Everything below a body, a cell, a note, a header or a content control."""
        for element in parent:
            self._node(element)

    def _node(self, element: Element) -> None:
        if element.tag not in _REMOVED:
            _HANDLERS.get(element.tag, StoryWalk.blocks)(self, element)

    def _paragraph(self, element: Element) -> None:
        before, styles = self.paragraph, self.printing.styles
        level = number(styles.paragraph_property(element, "outlineLvl"))
        outline = None if level is None or level > 8 else level + 1
        cell, fault = self.cells[-1][0] if self.cells else None, paragraph_fault(styles, element)
        self.paragraph = FoundParagraph(element, self.story.paragraphs, outline, cell, fault)
        self.story.paragraphs += 1
        marker = None if self.boxes else self.printing.lists.marker(element)
        if marker is not None:
            self._add(marker.text, SegmentKind.MARKER, marker.properties)
        self.blocks(element)
        self.paragraph = before
        section = child(element, "pPr", "sectPr")
        # Of a section that suppresses them, endnotes stand at the end of the next (17.11.16).
        if self.at_section_end is not None and section is not None and not switched_on(child(section, "noEndnote")):
            self.at_section_end()

    def _run(self, element: Element) -> None:
        properties = child(element, "rPr")
        for each in element:
            match str(each.tag).removeprefix(name("")):
                case "fldChar":
                    self._field_mark(each)
                case "instrText":
                    self.fields.add_code(each.text or "")
                case _ if self.fields.in_code:
                    continue
                case "t":
                    self._add(each.text or "", SegmentKind.TEXT, properties)
                case "sym":
                    self._add(_symbol(each), SegmentKind.TEXT, properties)
                case "endnoteReference" | "footnoteReference":
                    self._note_reference(each, properties)
                case "endnoteRef" | "footnoteRef":
                    self._add(self.note_number, SegmentKind.NOTE_NUMBER, properties)
                case local if local in _CHARACTERS:
                    self._add(_CHARACTERS[local], SegmentKind.TEXT, properties)
                case _:
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
        keyword = (code.split() or [""])[0].upper()
        if self.printing.running and keyword in _PAGE_FIELDS:
            self._add(_PAGE_FIELDS[keyword], SegmentKind.TEXT, None, worked_out=True)
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
        kind = "endnote" if reference.tag == name("endnoteReference") else "footnote"
        note = Note(kind, value(reference, "id") or "")
        if note not in self.story.notes:
            self.story.notes.append(note)
        self.links.append(Goal(note=note))
        self._add(self.printing.note_mark(note, self.story.notes), SegmentKind.TEXT, properties)
        self.links.pop()

    def _hyperlink(self, element: Element) -> None:
        relationship = self.relationships.get(element.get(f"{{{R}}}id", ""))
        self.links.append(Goal(url=relationship.target) if relationship else Goal(bookmark=value(element, "anchor")))
        self.blocks(element)
        self.links.pop()

    def _bookmark_start(self, element: Element) -> None:
        called = value(element, "name") or ""
        if called in self.story.bookmarks or any(called == other for other, _ in self.open_bookmarks.values()):
            self.story.repeated_bookmarks.append(called)
        self.open_bookmarks[value(element, "id") or ""] = (called, len(self.story.segments))

    def _bookmark_end(self, element: Element) -> None:
        begun = self.open_bookmarks.pop(value(element, "id") or "", None)
        if begun is not None:
            self.story.bookmarks[begun[0]] = (begun[1], len(self.story.segments))

    def _alternatives(self, element: Element) -> None:
        choice = element.find(f"{{{MC}}}Choice")
        chosen = choice if choice is not None else element.find(f"{{{MC}}}Fallback")
        if chosen is not None:
            self.blocks(chosen)

    def _drawing(self, element: Element) -> None:
        if self.boxes == 0:
            self.story.floating += len(element.findall(f"{{{WP}}}anchor"))
            for properties in element.iter(f"{{{WP}}}docPr"):
                blip = next(element.iter(f"{{{A}}}blip"), None)
                if blip is None or next(properties.iter(_DECORATIVE), None) is not None:
                    continue
                relationship = self.relationships.get(blip.get(f"{{{R}}}embed", ""))
                part = relationship.target if relationship and not relationship.external else ""
                self.story.pictures.append(Drawn(properties.get("descr", ""), part, self._cuts(element)))
        self.blocks(element)

    def _cuts(self, drawing: Element) -> bool:
        """Whether the lines of this paragraph are too low for what stands in them."""
        height = 0 if self.paragraph is None else self.printing.styles.exact_line(self.paragraph.element)
        extents = [whole(each.get("cy")) for each in drawing.iterfind(f"{{{WP}}}inline/{{{WP}}}extent")]
        return height > 0 and max(extents, default=0) > height * _EMU_PER_TWIP

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
        if self.boxes:
            self.blocks(element)
            return
        rows = [each for each in _through_controls(element, "tr") if child(each, "trPr", "del") is None]
        table, styles = len(self.story.tables), self.printing.styles
        self.story.tables.append(len(rows))
        for place, row in enumerate(rows):
            heading = switched_on(child(row, "trPr", "tblHeader"))
            for column, cell in enumerate(_through_controls(row, "tc")):
                look = styles.cell_look(element, cell, place, len(rows) - 1, column)
                self.cells.append((Cell(table, place, column, heading), look))
                start = len(self.story.segments)
                self.blocks(cell)
                self.cells.pop()
                hidden = row_fault(row) or cell_fault(cell)
                for segment in self.story.segments[start:] if hidden else ():
                    segment.fault = segment.fault or hidden

    def _nothing(self, element: Element) -> None:
        """Properties of a section are no text."""

    def _outside(self, element: Element) -> None:
        self.story.foreign.append(element.tag.rsplit("}", 1)[-1])

    def _math(self, element: Element) -> None:
        self._add(element.text or "", SegmentKind.TEXT, None)

    def _add(self, text: str, kind: SegmentKind, properties: Element | None, *, worked_out: bool = False) -> None:
        if not text or self.paragraph is None or (self.fields.muted and not worked_out):
            return
        fault = None
        if not text.isspace():
            look = self.cells[-1][1] if self.cells else CellLook()
            fault = self.paragraph.fault or self.printing.styles.fault(properties, self.paragraph.element, look)
        goal = self.links[-1] if self.links else field_goal(self.fields.code)
        self.story.segments.append(Segment(text, kind, self.paragraph, goal, fault))


_CHARACTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "pgNum": PAGE,
}

_HANDLERS: Final = {
    name("p"): StoryWalk._paragraph,
    name("r"): StoryWalk._run,
    name("tbl"): StoryWalk._table,
    name("hyperlink"): StoryWalk._hyperlink,
    name("fldSimple"): StoryWalk._simple_field,
    name("bookmarkStart"): StoryWalk._bookmark_start,
    name("bookmarkEnd"): StoryWalk._bookmark_end,
    name("drawing"): StoryWalk._drawing,
    name("txbxContent"): StoryWalk._text_box,
    name("sectPr"): StoryWalk._nothing,
    name("altChunk"): StoryWalk._outside,
    name("subDoc"): StoryWalk._outside,
    f"{{{MC}}}AlternateContent": StoryWalk._alternatives,
    _MATH_TEXT: StoryWalk._math,
}


def _symbol(element: Element) -> str:
    """A symbol given by font and code (ECMA-376 17.3.3.30)."""
    try:
        return printed(chr(int(value(element, "char") or "", 16)), value(element, "font"))
    except ValueError:
        return "\ufffd"


def _through_controls(parent: Element, local: str) -> Iterator[Element]:
    """The children of that name, also those in content controls, insertions and custom markup between."""
    for each in parent:
        if each.tag == name(local):
            yield each
        elif each.tag not in _REMOVED:
            yield from _through_controls(each, local)
