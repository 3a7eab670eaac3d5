"""Paragraphs: inline nodes as runs and fields (ECMA-376 17.16), style, direction and numbering, text traced to its origin,
and labels that Word can count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Final, assert_never

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.document import inlines
from briefing.document.inlines import Inline
from briefing.document.reading import NO_BREAK_SPACE, inline_text
from briefing.formats.docx.elements import (
    PARAGRAPH_ID,
    SINGLE_SPACING,
    W14,
    Element,
    R,
    child,
    filled,
    mostly_right_to_left,
    name,
    runs_of_one_direction,
    setting,
    value,
    w,
    words,
)
from briefing.formats.docx.own_styles import PLACED_FIGURE
from briefing.formats.docx.style_book import BODY_LEVEL, HEADING_LEVELS, LED_STYLES, StyleBook, mark_styles
from briefing.formats.docx.writing import Target, Writing


def complex_field(
    instruction: str, result: Iterable[Element], properties: Element | None, marks: Element | None
) -> Iterator[Element]:
    """The runs of a field: its code, and `result`, the runs shown until somebody updates it.

    `properties` are those of its code, `marks` those of the three marks round code and result; programs differ in which
    of them they give to a new result.
    """

    def mark(kind: str) -> Element:
        return w("r", deepcopy(marks), w("fldChar", fldCharType=kind))

    yield mark("begin")
    yield w("r", deepcopy(properties), words(f" {instruction} ", "instrText"))
    yield mark("separate")
    yield from result
    yield mark("end")


class FieldRuns(Struct):
    """A complex field as it stands in a file: the runs of its code, of its result, and of its three marks."""

    code: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)
    instruction: str = ""
    separated: bool = False


def field_runs(root: Element) -> list[FieldRuns]:
    """Every complete complex field below `root`, inner ones before outer ones."""
    open_fields: list[FieldRuns] = []
    found: list[FieldRuns] = []
    for run in root.iter(name("r")):
        mark = value(child(run, "fldChar"), "fldCharType")
        if mark == "begin":
            open_fields.append(FieldRuns(marks=[run]))
        elif mark == "separate" and open_fields:
            open_fields[-1].separated = True
            open_fields[-1].marks.append(run)
        elif mark == "end" and open_fields:
            closed = open_fields.pop()
            closed.marks.append(run)
            found.append(closed)
        elif open_fields:
            inner = open_fields[-1]
            (inner.result if inner.separated else inner.code).append(run)
            if not inner.separated:
                inner.instruction += "".join(code.text or "" for code in run.iter(name("instrText")))
    return found


_UNKNOWN_PAGE = "1"
_BOX_FONT: Final = "MS Gothic"


class Look(Struct, frozen=True):
    """How a run looks beyond its paragraph: at most one character style, and stress that must be added to it.

    `base` says that the style is the one that the whole paragraph starts from, which every other takes the place of; `language` is that of its words
    where it is not the document's.
    """

    style: str | None = None
    bold: bool = False
    italic: bool = False
    base: bool = False
    language: str = ""

    def styled(self, style: str | None) -> Look:
        """The same in another character style."""
        return replace(self, style=style, base=False)

    def properties(self, right_to_left: bool = False) -> Element | None:
        """The run's properties, in the schema's order; None when there are none."""
        switches = {"b": self.bold, "bCs": self.bold, "i": self.italic, "iCs": self.italic, "rtl": right_to_left}
        made = [setting(local, is_on) for local, is_on in switches.items()]
        spoken = w("lang", **{"bidi" if right_to_left else "val": self.language}) if self.language else None
        return filled("rPr", setting("rStyle", self.style), *made, spoken)


NO_LOOK: Final = Look()


def note_look(kind: str, styles: StyleBook, particular: str = "", look: Look = NO_LOOK) -> Look:
    """`look` as the mark of an endnote or a footnote has it."""
    return look.styled(styles.character(f"{kind.title()} Reference", particular))


class InlineWriter(Struct, frozen=True):
    """Writes the inline children of one paragraph, which runs `right_to_left` or not."""

    writing: Writing
    right_to_left: bool

    def runs(self, children: Iterable[Inline], look: Look = NO_LOOK) -> Iterator[Element]:
        """The runs, fields, links and bookmarks that `children` become."""
        for node in children:
            yield from self._inline(node, look)

    def text(self, text: str, look: Look = NO_LOOK) -> Iterator[Element]:
        """The runs of plain text, cut where the direction of its letters changes."""
        for piece, right_to_left in runs_of_one_direction(text, self.right_to_left):
            yield w("r", look.properties(right_to_left), words(piece))

    def _inline(self, child: Inline, look: Look) -> Iterator[Element]:
        styles = self.writing.styles
        match child:
            case inlines.Text(text, language):
                yield from self.text(text, replace(look, language=language))
            case inlines.Strong(children):
                yield from self.runs(children, self._stressed(look, "Strong"))
            case inlines.Emphasis(children):
                yield from self.runs(children, self._stressed(look, "Emphasis"))
            case inlines.Link(url, children):
                link = w("hyperlink", *self.runs(children, look.styled(styles.character("Hyperlink"))), history=1)
                link.set(f"{{{R}}}id", self.writing.links.to(url))
                yield link
            case inlines.LineBreak():
                yield w("r", look.properties(), w("br"))
            case inlines.NoteReference(number, note, first=first):
                yield from self._note_reference("endnote", number, str(number), note, look, first=first)
            case inlines.FootnoteReference(mark, footnote):
                yield from self._note_reference("footnote", _number_of(mark), mark, footnote, look, first=True)
            case inlines.Citation(children):
                yield from self.runs(children, self._styled(look, "Citation"))
            case inlines.CrossReference():
                yield from self._cross_reference(child, self._styled(look, "Cross-Reference"))
            case inlines.Mark():
                yield from self._mark(child, look)
            case inlines.Abbreviation(short):
                yield from self.text(short, look)
            case inlines.CheckBox():
                yield self._check_box(child, look)
                yield from self.text(NO_BREAK_SPACE + child.word, look)
            case inlines.PageNumber():
                yield from self.field("PAGE", self.text(_UNKNOWN_PAGE, look), look)
            case inlines.PageCount():
                yield from self.field("NUMPAGES", self.text(_UNKNOWN_PAGE, look), look)
            case _:
                assert_never(child)

    def _stressed(self, look: Look, style: str) -> Look:
        """`look` with stress added: by the built-in style where no other style is on, else directly."""
        if look.style is None:
            return look.styled(self.writing.styles.character(style))
        return replace(look, bold=True) if style == "Strong" else replace(look, italic=True)

    def field(self, instruction: str, result: Iterable[Element], look: Look = NO_LOOK) -> Iterator[Element]:
        """A field of Word's that shows `result`."""
        return complex_field(instruction, result, look.properties(), look.properties())

    def _styled(self, look: Look, style: str) -> Look:
        """`look` in a character style, unless it has one of its own."""
        return look.styled(self.writing.styles.character(style)) if look.base or not look.style else look

    def _mark(self, mark: inlines.Mark, look: Look) -> Iterator[Element]:
        """The shape in the style of the mark's value, which may have a colour, the word in that of its kind."""
        kind, particular = mark_styles(mark)
        styles = self.writing.styles
        yield from self.text(mark.shape, look.styled(styles.character(kind, particular)))
        yield from self.text(NO_BREAK_SPACE + mark.word, look.styled(styles.character(kind)))

    def _check_box(self, box: inlines.CheckBox, look: Look) -> Element:
        """A check box that is not ticked (MS-DOCX 2.3.1): a content control round the sign, in the font in which Word sets both signs."""
        states = (("checked", "0"), ("checkedState", "2612"), ("uncheckedState", f"{ord(inlines.EMPTY_BOX):X}"))
        check = etree.Element(f"{{{W14}}}checkbox", nsmap={"w14": W14})
        for local, held in states:
            state = etree.SubElement(check, f"{{{W14}}}{local}")
            state.set(f"{{{W14}}}val", held)
            if local != "checked":
                state.set(f"{{{W14}}}font", _BOX_FONT)
        names = self.writing.names
        about = w(
            "sdtPr",
            w("alias", val=box.word),
            w("tag", val=names.tag(box.name)),
            w("id", val=names.control(box.name)),
            check,
        )
        properties = look.properties()
        properties = w("rPr") if properties is None else properties
        fonts = w("rFonts", ascii=_BOX_FONT, eastAsia=_BOX_FONT, hAnsi=_BOX_FONT, hint="eastAsia")
        properties.insert(1 if child(properties, "rStyle") is not None else 0, fonts)
        return w("sdt", about, w("sdtContent", w("r", properties, words(inlines.EMPTY_BOX))))

    def _note_reference(
        self, kind: str, number: int, mark: str, note: str, look: Look, *, first: bool
    ) -> Iterator[Element]:
        """A native note at its first mention, later a reference to its mark; both lead to the note."""
        numbered = note_look(kind, self.writing.styles, look=look)
        bookmark = self.writing.names.reference(f"note {note}")
        if first and self.writing.native_notes:
            native = w("r", numbered.properties(), w(f"{kind}Reference", id=number))
            yield from self.writing.names.bookmark(bookmark, [native])
        else:
            yield from self._note_field(bookmark, mark, numbered)

    def _note_field(self, bookmark: str, mark: str, look: Look) -> Iterator[Element]:
        code = f"NOTEREF {bookmark} \\h \\* MERGEFORMAT"
        # LibreOffice 7.4 leaves room for the marks of this field, as much as their size asks for.
        marks = w("rPr", w("sz", val=2), w("szCs", val=2))
        return complex_field(code, self.text(mark, look), look.properties(), marks)

    def _cross_reference(self, reference: inlines.CrossReference, look: Look) -> Iterator[Element]:
        """The mention, leading to its target: a field for what of its words the target itself says, so that Word can
        update it, and links for the rest.
        """
        target = self.writing.targets[reference.target]
        if target.is_note and not self.writing.native_notes:
            target = Target()
        before, said, after = target.parts(reference.text)
        bookmark = self.writing.names.reference(f"note {reference.target}" if target.is_note else reference.target)

        def link(text: str) -> Iterator[Element]:
            if text:
                yield w("hyperlink", *self.text(text, look), anchor=bookmark, history=1)

        yield from link(before)
        if said and target.is_note:
            yield from self._note_field(bookmark, said, look)
        elif said:
            switch = "\\n " if target.is_number else ""  # The number of the paragraph, in the place of its text.
            yield from self.field(f"REF {bookmark} {switch}\\h", self.text(said, look), look)
        yield from link(after)


def _number_of(letters: str) -> int:
    """The number that letters stand for when a to z, then aa, bb and so on are counted (ECMA-376 17.18.59)."""
    return 26 * (len(letters) - 1) + ord(letters[0]) - ord("a") + 1


_LAST_NUMBER: Final = re.compile(r"(.*?)(\d+)", re.DOTALL)


class ParagraphLabel(Struct, frozen=True):
    """What stands before a paragraph's own text: a label, numbered in `sequence` if there is one, and a separator.

    `tabbed` puts a tab in the place of the separator's last blank.
    """

    label: str
    separator: str = ""
    style: str = ""
    sequence: str = ""
    tabbed: bool = False


class ParagraphWriter(Struct, frozen=True):
    """Writes paragraphs into one part."""

    writing: Writing

    def paragraph(
        self,
        style: str,
        children: Sequence[Inline] = (),
        *,
        node: str = "",
        origin: str = "",
        targets: Sequence[str] = (),
        lead: ParagraphLabel | None = None,
        numbering: int | None = None,
        keep_next: bool = False,
    ) -> Element:
        """A paragraph that says `children`, traced to `origin` as the text of `node`.

        A bookmark goes round its lead, or else its text, for each of the nodes `targets` that a cross-reference leads
        to. `keep_next` holds it on the page of what follows.
        """
        said = (lead.label if lead else "") + inline_text(children)
        right_to_left = mostly_right_to_left(said, self.writing.right_to_left)
        inline = InlineWriter(self.writing, right_to_left)
        before: list[Element] = []
        if lead is not None:
            look = Look(self.writing.styles.character(lead.style)) if lead.style else self._look(style)
            before = self._marked(targets, self._label(lead, inline, look))
            tabbed = lead.tabbed and lead.separator.endswith(" ")
            before += inline.text(lead.separator[:-1] if tabbed else lead.separator, look)
            if tabbed:
                before.append(w("r", w("tab")))
        text = list(inline.runs(children, self._look(style)))
        code = self.writing.origins.trace(node, origin, children) if origin and text else ""
        if code:
            text = self.writing.names.traced(code, text)
        if lead is None:
            text = self._marked(targets, text)
        made = w("p", self.properties(style, right_to_left, numbering, keep_next), *before, *text)
        if code:
            made.set(PARAGRAPH_ID, code)
        return made

    def properties(
        self, style: str, right_to_left: bool = False, numbering: int | None = None, keep_next: bool = False
    ) -> Element:
        """A paragraph's properties, in the schema's order."""
        styles, level = self.writing.styles, HEADING_LEVELS.get(style, BODY_LEVEL)
        list_level = None if numbering is None else 0
        if numbering is None and style not in HEADING_LEVELS and styles.is_numbered(style):
            numbering = 0  # The brief decides what is numbered; only headings keep the numbers of an office.
        return w(
            "pPr",
            setting("pStyle", styles.paragraph(style)),
            setting("keepNext", keep_next),
            filled("numPr", setting("ilvl", list_level), setting("numId", numbering)),
            setting("bidi", right_to_left),
            w("spacing", line=SINGLE_SPACING, lineRule="auto")
            if style in ("Figure", PLACED_FIGURE) and styles.cuts(style)
            else None,
            w("outlineLvl", val=level) if styles.outline(style) != level else None,
        )

    def _look(self, style: str) -> Look:
        """What the text of a paragraph of that style starts from."""
        styles = self.writing.styles
        if style in LED_STYLES and not styles.is_bold(style):
            return Look(styles.character("Lead"), base=True)
        return NO_LOOK

    def make_target(self, paragraph: Element, node: str) -> None:
        """Put the bookmark of `node` round the whole text of a finished paragraph, if a cross-reference leads there."""
        _, *content = paragraph
        for each in content:
            paragraph.remove(each)
        paragraph.extend(self._marked((node,), content))

    def _marked(self, targets: Sequence[str], content: list[Element]) -> list[Element]:
        for target in targets:
            if target in self.writing.targets:
                content = list(self.writing.names.bookmark(self.writing.names.reference(target), content))
        return content

    def _label(self, lead: ParagraphLabel, inline: InlineWriter, look: Look) -> list[Element]:
        """A label such as ``Table 2``, its number a field with the tree's number in it, so that Word can count on."""
        found = _LAST_NUMBER.fullmatch(lead.label) if lead.sequence else None
        if found is None:
            return list(inline.text(lead.label, look))
        before, number = found.groups()
        code = self.writing.sequences.instruction(lead.sequence, int(number))
        return [*inline.text(before, look), *inline.field(code, inline.text(number, look), look)]
