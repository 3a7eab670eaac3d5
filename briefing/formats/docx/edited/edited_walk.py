"""The walk over the parts of a document that gives its paragraphs, whoever wrote them: Word, LibreOffice or this program.

Content controls, smart tags and the like are transparent; runs that are split for spelling, language or the session in which
they were typed are one text; what the style gives is no emphasis. Deleted text is not read: tracked changes are accepted
or rejected before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from zlib import crc32

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.formats.docx.edited.edited_document import EditedParagraph, Span, joined
from briefing.formats.docx.elements import (
    MC,
    PARAGRAPH_ID,
    WP,
    Element,
    R,
    child,
    children,
    name,
    number,
    switched_on,
    value,
)
from briefing.formats.docx.read_story import FieldStack, Goal, field_goal
from briefing.formats.docx.read_styles import StyleSheet
from briefing.formats.docx.writing import TRACE

_CHARACTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_UNREAD: Final = frozenset(
    name(local)
    for local in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)
_STRESS: Final = {"strong": "b", "strong emphasis": "b", "emphasis": "i", "intense emphasis": "i"}
"""The character styles that are stress, with the switch that each stands for; others are a look."""
_SIGNS: Final = {
    **dict.fromkeys(("strike", "dstrike"), "a line through"),
    "highlight": "a highlight on",
    "vanish": "hidden text:",
    "vertAlign": "raised or lowered text:",
    "u": "a line under",
}
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOTE_KINDS: Final = ("endnote", "footnote")


class StoryPart(Struct, frozen=True):
    """A part with text: what it is (``body``, ``endnote``, ``footnote``, ``header``, ``footer``), its root, and by the ids of their relations the
    addresses of its links and what tells its pictures apart: see `fingerprint`.
    """

    place: str
    root: Element
    links: Mapping[str, str]
    pictures: Mapping[str, str] = field(default_factory=dict)


class Known(Struct, frozen=True):
    """What is known of the document as built: the ids of nodes by the codes of texts, by the bookmarks of references, and those of notes by
    what they say.
    """

    nodes: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def fingerprint(picture: bytes) -> str:
    """What tells a picture from another one that has its place and its alternative text."""
    return f"#{crc32(picture):08x}"


def read_paragraphs(
    parts: Iterable[StoryPart], styles: Element | None, known: Known, elements: list[Element] | None = None
) -> tuple[EditedParagraph, ...]:
    """The paragraphs of all `parts`, those of text boxes behind those of their part; `elements` gets what each stands in."""
    every = list(parts)
    names = {value(each, "styleId") or "": value(child(each, "name")) or "" for each in children(styles, "style")}
    book = _Looks(StyleSheet(styles), names)
    notes: dict[tuple[str, str], str] = {}
    called = frozenset(value(each, "id") for part in every for each in part.root.iter(name("footnoteReference")))
    found: list[tuple[EditedParagraph, Element]] = []
    for part in sorted(every, key=lambda each: each.place not in _NOTE_KINDS):
        walk = _Walk(part, book, known, notes, called)
        walk.part()
        found += walk.paragraphs + walk.boxed
        if part.place in _NOTE_KINDS:
            _name_notes(part.place, [each for each, _ in walk.paragraphs], known, notes)
    order = ("body", "box", *_NOTE_KINDS, "header", "footer")
    found.sort(key=lambda each: order.index(each[0].place))
    if elements is not None:
        elements += [element for _, element in found]
    return tuple(each for each, _ in found)


def _name_notes(
    kind: str, paragraphs: Iterable[EditedParagraph], known: Known, notes: dict[tuple[str, str], str]
) -> None:
    """Find the nodes that the notes of a part are, by their marks or else by what they say."""
    for each in paragraphs:
        codes = (code for code in (each.code, *each.marks) if code in known.nodes)
        node = next((known.nodes[code] for code in codes), "") or known.notes.get(each.seen.strip(), "")
        if node:
            notes.setdefault((kind, each.note), node)


class _Looks(Struct, frozen=True):
    """The styles of the document, and their names by their ids."""

    sheet: StyleSheet
    names: dict[str, str]

    def paragraph(self, element: Element) -> str:
        """The name of a paragraph's style, by which it is known whatever language its id is in."""
        style = value(child(element, "pPr", "pStyle"))
        return self.names.get(style, style) if style else "Normal"

    def in_style(self, style: str | None, switch: str) -> bool:
        """Whether a style, or one that it is based on, turns bold or italics on."""
        found = (child(each, "rPr", switch) for each in self.sheet.chain(style))
        return switched_on(next((each for each in found if each is not None), None))

    def stress(self, run: Element, paragraph: Element | None, switch: str) -> bool:
        """Whether a run is bold or italic beyond what its paragraph's style makes it (ECMA-376 17.3.2.1, .16)."""
        direct = child(run, "rPr", switch)
        if direct is not None:
            style = value(child(paragraph, "pPr", "pStyle"))
            return switched_on(direct) and not self.in_style(style, switch)
        style = value(child(run, "rPr", "rStyle"))
        return style is not None and _STRESS.get(self.names.get(style, style).casefold()) == switch

    @staticmethod
    def sign(run: Element) -> str:
        """What an editor says with the look of a run that light Markdown cannot say, in words; nothing where there is none."""
        for switch, what in _SIGNS.items():
            found = child(run, "rPr", switch)
            if found is not None and switched_on(found) and value(found) not in ("none", "baseline"):
                return what
        return ""


class _Walk:
    """One walk over one part."""

    def __init__(
        self,
        part: StoryPart,
        looks: _Looks,
        known: Known,
        notes: Mapping[tuple[str, str], str],
        called: Collection[str | None],
    ) -> None:
        self._part, self._looks, self._known, self._notes, self._called = part, looks, known, notes, called
        self.paragraphs: list[tuple[EditedParagraph, Element]] = []
        self.boxed: list[tuple[EditedParagraph, Element]] = []
        self._fields = FieldStack()
        self._links: list[Goal] = []
        self._marks: dict[str, str] = {}
        self._cell: tuple[int, int, int] | None = None
        self._tables = 0
        self._note = ""
        self._element: Element | None = None
        self._spans: list[Span] = []
        self._held: dict[str, bool] = {}
        self._objects: list[str] = []
        self._signs: list[tuple[str, str]] = []
        self._signed = 0
        self._place = part.place
        ends = {value(each, "id") for each in part.root.iter(name("bookmarkEnd"))}
        self._ended = ends

    def part(self) -> None:
        """Read it all."""
        kind = self._part.place
        if kind in _NOTE_KINDS:
            for note in self._part.root.iterfind(name(kind)):
                is_left = kind == "footnote" and value(note, "id") not in self._called  # by who took its call away
                if value(note, "type") in (None, "normal") and not is_left:
                    self._note = value(note, "id") or ""
                    self._blocks(note)
        else:
            self._blocks(self._part.root)
        if self._objects and self.paragraphs:
            last, element = self.paragraphs[-1]
            self.paragraphs[-1] = replace(last, objects=(*last.objects, *self._objects)), element

    def _blocks(self, parent: Iterable[Element]) -> None:
        for each in parent:
            self._node(each)

    def _node(self, element: Element) -> None:
        if element.tag in _UNREAD or not isinstance(element.tag, str):
            return
        match element.tag.removeprefix(name("")):
            case "p":
                self._paragraph(element)
            case "tbl":
                self._table(element)
            case "r":
                self._run(element)
            case "hyperlink":
                self._link(element)
            case "fldSimple":
                self._simple_field(element)
            case "bookmarkStart":
                found, number_ = TRACE.fullmatch(value(element, "name") or ""), value(element, "id") or ""
                if found and number_ in self._ended:
                    self._marks[number_] = found[1]
            case "bookmarkEnd":
                self._marks.pop(value(element, "id") or "", None)
            case "sdt":
                self._control(element)
            case "altChunk":
                self._objects.append("a text from another file, which Word shows and has not taken in yet")
            case _ if element.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                self._objects.append("an equation")
            case _ if element.tag == f"{{{MC}}}Fallback":
                return
            case _:
                self._blocks(element)

    def _control(self, element: Element) -> None:
        content = child(element, "sdtContent")
        if content is not None:
            self._blocks(content)

    def _paragraph(self, element: Element) -> None:
        between = (
            [] if self._element is not None else self._objects
        )  # what stands between two paragraphs is told with the second
        above = (self._element, self._spans, self._held, [] if self._element is None else self._objects, self._signs)
        self._element, self._spans, self._held, self._objects, self._signs = element, [], {}, [*between], []
        self._blocks(element)
        self._objects += [f"{what} “{text.strip()}”" for what, text in self._signs if text.strip()]
        numbering = child(element, "pPr", "numPr")
        made = EditedParagraph(
            self._place,
            self._looks.paragraph(element),
            joined(self._spans),
            element.get(PARAGRAPH_ID, ""),
            tuple(self._held),
            self._cell,
            self._note,
            None if numbering is None else number(child(numbering, "ilvl")) or 0,
            tuple(self._objects),
        )
        (self.boxed if self._place == "box" else self.paragraphs).append((made, element))
        self._element, self._spans, self._held, self._objects, self._signs = above

    def _table(self, element: Element) -> None:
        above, table = self._cell, self._tables
        self._tables += 1
        for row_number, row in enumerate(_within(element, "tr")):
            column = number(child(row, "trPr", "gridBefore")) or 0
            for cell in _within(row, "tc"):
                self._cell = (table, row_number, column)
                self._blocks(cell)
                column += number(child(cell, "tcPr", "gridSpan")) or 1
        self._cell = above

    def _link(self, element: Element) -> None:
        url = self._part.links.get(element.get(f"{{{R}}}id", ""), "")
        self._links.append(Goal(url=url or None, bookmark=value(element, "anchor")))
        self._blocks(element)
        self._links.pop()

    def _simple_field(self, element: Element) -> None:
        self._fields.begin(0)
        self._fields.add_code(value(element, "instr") or "")
        self._fields.separate()
        self._blocks(element)
        self._fields.end(0)

    def _run(self, run: Element) -> None:
        for each in run:
            local = str(each.tag).removeprefix(name(""))
            if local == "fldChar":
                self._field_mark(value(each, "fldCharType"))
            elif local == "instrText":
                self._fields.add_code(each.text or "")
            elif self._fields.in_code:
                continue
            elif local == "t":
                self._add(each.text or "", run)
            elif local == "br" and value(each, "type") in ("page", "column"):
                continue  # Layout, which LibreOffice writes in other ways than we do.
            elif local in _CHARACTERS:
                self._add(_CHARACTERS[local], run)
            elif local in ("endnoteReference", "footnoteReference"):
                kind = local.removesuffix("Reference")
                self._call(self._notes.get((kind, value(each, "id") or ""), f"?{kind} {value(each, 'id')}"))
            elif local == "ruby":
                self._objects.append("a reading aid above text")
                self._blocks(() if (base := child(each, "rubyBase")) is None else base)
            elif local == "sym":
                self._objects.append("a sign of a symbol font")
            elif local in ("drawing", "pict", "object") or each.tag == f"{{{MC}}}AlternateContent":
                self._object(each, local)

    def _field_mark(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.begin(0)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end(0)

    def _object(self, element: Element, local: str) -> None:
        """A picture by what it shows; text in a box is read apart."""
        boxes = [each for each in element.iter(name("txbxContent")) if not _is_fallback(each)]
        for box in boxes:
            above, self._place = self._place, "box"
            self._blocks(box)
            self._place = above
        if boxes:
            self._objects.append("a text box")
        elif local == "object":
            self._objects.append("an embedded object")
        else:
            shown = next((each.get("descr") or "" for each in element.iter(f"{{{WP}}}docPr")), "")
            embedded = (each.get(f"{{{R}}}embed", "") for each in element.iter(f"{{{_DRAWING}}}blip"))
            shows = self._part.pictures.get(next(embedded, ""), "")
            self._objects.append(f"a picture ({shown}){shows}" if shown else f"a picture{shows}")

    def _goal(self) -> Goal:
        field_code = self._fields.code
        inner = field_goal(field_code) if field_code else None
        return inner or (self._links[-1] if self._links else Goal())

    def _add(self, text: str, run: Element) -> None:
        goal, looks = self._goal(), self._looks
        node = self._known.targets.get(goal.bookmark or "", "")
        if node.startswith("note "):
            if self._fields.code:
                self._call(node.removeprefix("note "), text)
                return
            node = node.removeprefix("note ")
        if self._fields.code.split()[:1] in (["PAGE"], ["NUMPAGES"], ["SEQ"]):
            text = "#"  # What Word works out anew.
        strong, emphasis = (looks.stress(run, self._element, switch) for switch in ("b", "i"))
        self._hold()
        self._spans.append(Span(text, strong, emphasis, goal.url or "", node))
        sign = "" if goal.url and child(run, "rPr", "u") is not None else looks.sign(run)
        if sign and self._signs and self._signs[-1][0] == sign and self._signed == len(self._spans) - 1:
            self._signs[-1] = sign, self._signs[-1][1] + text
        elif sign:
            self._signs.append((sign, text))
        if sign:
            self._signed = len(self._spans)

    def _call(self, node: str, text: str = "") -> None:
        """A note is called; the runs of a field that repeats its number are one call."""
        if text and self._spans and self._spans[-1].note == node and self._spans[-1].text and self._fields.code:
            self._spans[-1] = replace(self._spans[-1], text=self._spans[-1].text + text)
            return
        self._hold()
        self._spans.append(Span(text, note=node))

    def _hold(self) -> None:
        self._held.update(dict.fromkeys(self._marks.values(), True))


def _within(parent: Element, local: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those in controls."""
    for each in parent:
        if each.tag == name(local):
            yield each
        elif each.tag in (name("sdt"), name("sdtContent"), name("customXml"), name("ins"), name("moveTo")):
            yield from _within(each, local)


def _is_fallback(element: Element) -> bool:
    return any(etree.QName(each).localname == "Fallback" for each in element.iterancestors())
