"""A paragraph cut into the pieces by which two states of it are compared: words, signs, whole fields, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from lxml import etree
from msgspec import Struct, field

from briefing.formats.docx.elements import W14, WP, A, Element, R, child, name, value, w, words

_WORDS: Final = re.compile(r"\s+|\w+(?:['’.,\-]\w+)*|[^\w\s]")
CHECK_BOX: Final = f"{{{W14}}}checkbox"
_BOOKMARK: Final = re.compile(r"_Ref\d{9}")


class Piece(Struct, frozen=True):
    """The least that is inserted or deleted. Pieces with the same `key` say the same in the same look.

    `link` is the hyperlink that it stands in, without content; `fixed` pieces are never given up for a tidier change;
    `note` is the node whose native note it refers to.
    """

    key: Hashable
    runs: tuple[Element, ...]
    text: str
    link: Element | None
    fixed: bool
    note: str = ""

    @property
    def codes(self) -> list[str]:
        """The code of the field that it is, in parts."""
        return [code.text or "" for run in self.runs for code in run.iter(name("instrText"))]


class Bookmark(Struct, frozen=True):
    """A bookmark from the piece `start` up to, not including, `stop`."""

    name: str
    start: int
    stop: int


class CutParagraph(Struct, frozen=True):
    """A paragraph in pieces."""

    element: Element
    properties: Element
    pieces: tuple[Piece, ...]
    bookmarks: tuple[Bookmark, ...]


Notes = Mapping[str, Mapping[str, str]]
"""For each kind of note the ids of the nodes that the notes are, by their numbers."""


class Side(Struct, frozen=True):
    """One of the two states. `notes` are the nodes that its notes are by their kinds and numbers, to which `more` is
    added in the redline; `renamed` are bookmarks that have another name there; `relation` gives the relation that
    leads where one of this state leads.
    """

    notes: Notes
    more: Mapping[str, int]
    renamed: Mapping[str, str]
    relation: Callable[[str], str]

    def bookmark(self, wanted: str) -> str:
        """What a bookmark is called in the redline."""
        return self.renamed.get(wanted, wanted)

    def instruction(self, code: str) -> str:
        """A field's code as it stands in the redline."""
        return _BOOKMARK.sub(lambda found: self.bookmark(found[0]), code)


def canonical(element: Element | None) -> bytes:
    """An element as bytes that are equal for equal elements."""
    return b"" if element is None else etree.tostring(element, method="c14n", exclusive=True)


def cut(paragraph: Element, side: Side) -> CutParagraph:
    """`paragraph` in pieces. It stays as it is."""
    properties = child(paragraph, "pPr")
    cutter = _Cutter(side)
    cutter.content(paragraph)
    return CutParagraph(
        paragraph,
        w("pPr") if properties is None else properties,
        tuple(cutter.pieces),
        tuple(cutter.bookmarks),
    )


class _Cutter(Struct):
    side: Side
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)
    _field: list[Element] = field(default_factory=list)
    _depth: int = 0

    def content(self, parent: Element, link: Element | None = None) -> None:
        for element in parent:
            tag = element.tag
            if tag == name("pPr"):
                continue
            if tag == name("r"):
                self._run(element, link)
            elif tag == name("hyperlink") and link is None:
                self.content(element, self._shell(element))
            elif tag == name("sdt") and (box := next(element.iter(CHECK_BOX), None)) is not None:
                said = (canonical(box), value(child(element, "sdtPr", "tag")), *texts_of(element))
                self.pieces.append(Piece(("box", said, canonical(link)), (element,), "", link, fixed=True))
            elif tag == name("bookmarkStart"):
                called = self.side.bookmark(value(element, "name") or "")
                self._open[value(element, "id") or ""] = (called, len(self.pieces))
            elif tag == name("bookmarkEnd"):
                self._close(value(element, "id") or "")
            else:
                self.pieces.append(Piece(canonical(element), (element,), "", link, fixed=True))

    def _close(self, number: str) -> None:
        if number in self._open:
            called, start = self._open.pop(number)
            self.bookmarks.append(Bookmark(called, start, len(self.pieces)))

    def _shell(self, link: Element) -> Element:
        """The hyperlink without its content, its target as in the redline."""
        shell = deepcopy(link)
        shell[:] = []
        relation, anchor = shell.get(f"{{{R}}}id"), value(shell, "anchor")
        if relation is not None:
            shell.set(f"{{{R}}}id", self.side.relation(relation))
        if anchor is not None:
            shell.set(name("anchor"), self.side.bookmark(anchor))
        return shell

    def _run(self, run: Element, link: Element | None) -> None:
        kind = value(child(run, "fldChar"), "fldCharType")
        self._depth += kind == "begin"
        if self._depth:
            self._field.append(run)
            self._depth -= kind == "end"
            if not self._depth:
                self._end_field(link)
            return
        content = [each for each in run if each.tag != name("rPr")]
        look = canonical(child(run, "rPr"))
        place = canonical(link)
        if len(content) == 1 and content[0].tag == name("t"):
            for text in _WORDS.findall(content[0].text or ""):
                alone = w("r", deepcopy(child(run, "rPr")), words(text))
                self.pieces.append(Piece(("text", text, look, place), (alone,), text, link, fixed=False))
            return
        for kind in self.side.notes:
            if content and content[0].tag == name(f"{kind}Reference"):
                self._note(run, kind, value(content[0], "id") or "0", look, link)
                return
        picture = child(run, "drawing")
        said = b"".join(map(canonical, content)) if picture is None else shown(picture)
        self.pieces.append(Piece((said, look, place), (run,), " ", link, fixed=picture is not None))

    def _note(self, run: Element, kind: str, number: str, look: bytes, link: Element | None) -> None:
        """A reference to a note is told by the node that it is: its number follows from what stands before it."""
        node = self.side.notes[kind][number]
        moved = deepcopy(run)
        for each in moved.iter(name(f"{kind}Reference")):
            each.set(name("id"), str(int(number) + self.side.more[kind]))
        self.pieces.append(Piece(("note", node, look), (moved,), "", link, fixed=True, note=node))

    def _end_field(self, link: Element | None) -> None:
        """A field is one piece. It says the same when it shows the same and its code leads to the same target."""
        shown = tuple(canonical(run) for run in self._field)
        copies = tuple(deepcopy(run) for run in self._field)
        for code in (each for run in copies for each in run.iter(name("instrText"))):
            code.text = self.side.instruction(code.text or "")
        text = "".join(each.text or "" for run in copies for each in run.iter(name("t")))
        self.pieces.append(Piece(("field", shown, canonical(link)), copies, text, link, fixed=True))
        self._field = []


def shown(picture: Element) -> Hashable:
    """What a picture shows: its data, its size and its words, whatever it is called and numbered."""
    blips = tuple(each.get(f"{{{R}}}embed") for each in picture.iter(f"{{{A}}}blip"))
    sizes = tuple((each.get("cx"), each.get("cy")) for each in picture.iter(f"{{{WP}}}extent"))
    return (blips, sizes, tuple(each.get("descr") for each in picture.iter(f"{{{WP}}}docPr")))


def texts_of(element: Element) -> Iterator[str]:
    """The words that an element shows, without the results of fields, which follow from what stands elsewhere."""
    depth = 0
    for each in element.iter(name("t"), name("fldChar"), f"{{{WP}}}docPr"):
        if each.tag == name("fldChar"):
            kind = value(each, "fldCharType")
            depth += (kind == "begin") - (kind == "end")
        elif each.tag != name("t"):
            yield from _WORDS.findall(each.get("descr", ""))
        elif not depth:
            yield from _WORDS.findall(each.text or "")
