"""Inline nodes as runs of text and fields (ECMA-376 17.16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from briefing.document.inlines import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.reading import NO_BREAK_SPACE
from briefing.formats.docx.elements import Element, R, child, name, runs_of_one_direction, value, w, words
from briefing.formats.docx.style_names import mark_styles
from briefing.formats.docx.writing import Writing


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


@dataclass(slots=True)
class FieldRuns:
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


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks beyond its paragraph: at most one character style, and stress that must be added to it.

    `base` says that the style is the one that the whole paragraph starts from, which every other takes the place of.
    """

    style: str | None = None
    bold: bool = False
    italic: bool = False
    base: bool = False

    def styled(self, style: str | None) -> Look:
        """The same in another character style."""
        return replace(self, style=style, base=False)

    def properties(self, right_to_left: bool = False) -> Element | None:
        """The run's properties, in the schema's order; None when there are none."""
        made = [
            w("rStyle", val=self.style) if self.style else None,
            *([w("b"), w("bCs")] if self.bold else ()),
            *([w("i"), w("iCs")] if self.italic else ()),
            w("rtl") if right_to_left else None,
        ]
        return w("rPr", *made) if any(each is not None for each in made) else None


NO_LOOK: Final = Look()


@dataclass(frozen=True, slots=True)
class InlineWriter:
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
            case Text(text):
                yield from self.text(text, look)
            case Strong(children):
                yield from self.runs(children, self._stressed(look, "Strong"))
            case Emphasis(children):
                yield from self.runs(children, self._stressed(look, "Emphasis"))
            case Link(url, children):
                link = w("hyperlink", *self.runs(children, look.styled(styles.character("Hyperlink"))), history=1)
                link.set(f"{{{R}}}id", self.writing.links.to(url))
                yield link
            case LineBreak():
                yield w("r", look.properties(), w("br"))
            case NoteReference():
                yield from self._note_reference(child, look)
            case Citation(children):
                yield from self.runs(children, self._styled(look, "Citation"))
            case CrossReference():
                yield from self._cross_reference(child, self._styled(look, "Cross-Reference"))
            case Mark():
                yield from self._mark(child, look)
            case PageNumber():
                yield from self.field("PAGE", self.text(_UNKNOWN_PAGE, look), look)
            case PageCount():
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
        """`look` with a character style that nobody misses where the reference document has none."""
        return look.styled(self.writing.styles.character_if_there(style)) if look.base or not look.style else look

    def _mark(self, mark: Mark, look: Look) -> Iterator[Element]:
        """Shape and word: the shape in the style of its value, which may have a colour, the word in that of its
        kind.
        """
        kind, particular = mark_styles(mark)
        styles = self.writing.styles
        yield from self.text(mark.shape, look.styled(styles.character(kind, particular)))
        yield from self.text(NO_BREAK_SPACE + mark.word, look.styled(styles.character(kind)))

    def _note_reference(self, reference: NoteReference, look: Look) -> Iterator[Element]:
        """A native endnote at its first mention, later a reference to its number; both lead to the note."""
        numbered = look.styled(self.writing.styles.character("Endnote Reference"))
        bookmark = self.writing.names.reference(f"note {reference.note}")
        if reference.first and self.writing.native_notes:
            native = w("r", numbered.properties(), w("endnoteReference", id=reference.number))
            yield from self.writing.names.bookmark(bookmark, [native])
        else:
            result = self.text(str(reference.number), numbered)
            code = f"NOTEREF {bookmark} \\h \\* MERGEFORMAT"
            # LibreOffice 7.4 leaves room for the marks of this field, as much as their size asks for.
            marks = w("rPr", w("sz", val=2), w("szCs", val=2))
            yield from complex_field(code, result, numbered.properties(), marks)

    def _cross_reference(self, reference: CrossReference, look: Look) -> Iterator[Element]:
        """The words of the mention, leading to its target: a field that Word can update where the target carries the
        same words.
        """
        bookmark = self.writing.names.reference(reference.target)
        result = self.text(reference.text, look)
        if self.writing.targets.get(reference.target) == reference.text:
            yield from self.field(f"REF {bookmark} \\h", result, look)
        else:
            yield w("hyperlink", *result, anchor=bookmark, history=1)
