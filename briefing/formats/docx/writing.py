"""What is at hand while one document is written: styles, links, numbering, names that are unique in the file and the same
on every run, and the traces of where each text came from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.document import inlines, tree
from briefing.document.inlines import Inline
from briefing.document.reading import inline_text
from briefing.document.tree import Document
from briefing.document.walk import walk
from briefing.formats.docx.elements import (
    PARAGRAPH_ID,
    STORY_NAMESPACES,
    Element,
    by_default,
    name,
    remove,
    serialized,
    value,
    w,
)
from briefing.formats.docx.numbering import Numbering
from briefing.formats.docx.style_book import StyleBook

MOST_TAG: Final = 64
"""The most characters that Word takes for a content control's tag or title."""
TRACE: Final = re.compile(r"_b([0-9A-F]{8}|[0-9a-f]{16})")
"""What the hidden bookmarks round traced texts are called, or were by earlier versions."""


def _digest(text: str, salt: int) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


class Names(Struct):
    """Gives out names and numbers. Equal documents ask in the same order, so they get the same ones.

    `drawings` is the highest number of a drawing that is taken already, `controls` are those of content controls.
    """

    drawings: int = 0
    controls: set[int] = field(default_factory=set)
    _bookmarks: int = 0
    _references: dict[str, str] = field(default_factory=dict)

    def reference(self, target: str) -> str:
        """The bookmark that mentions of `target` point to: `_Ref` and nine digits, as Word itself names them."""
        if target not in self._references:
            salt = 0
            while (made := f"_Ref{int(_digest(target, salt)[:12], 16) % 10**9:09}") in self._references.values():
                salt += 1
            self._references[target] = made
        return self._references[target]

    @property
    def references(self) -> dict[str, str]:
        """What stands at the bookmarks that mentions point to: the id of a node, or ``note`` and that of a note."""
        return {bookmark: target for target, bookmark in self._references.items()}

    def control(self, node: str) -> int:
        """The number of a content control: a positive 32-bit integer."""
        salt = 0
        while (number := int(_digest(node, salt)[:12], 16) % (2**31 - 1) + 1) in self.controls:
            salt += 1
        self.controls.add(number)
        return number

    def tag(self, node: str) -> str:
        """The tag of a content control: the node's id, or a shortened one where that is longer than Word takes."""
        return node if len(node) <= MOST_TAG else f"{node[: MOST_TAG - 17]}-{_digest(node, 0)[:16]}"

    def drawing(self) -> int:
        """The number of the next drawing object, unlike any other in the file."""
        self.drawings += 1
        return self.drawings

    def traced(self, code: str, content: list[Element]) -> list[Element]:
        """`content` in the hidden bookmark of that code."""
        return list(self.bookmark(f"_b{code}", content))

    def bookmark(self, bookmark: str, content: list[Element]) -> Iterator[Element]:
        """`content` between the two ends of a bookmark."""
        self._bookmarks += 1
        number = self._bookmarks
        yield w("bookmarkStart", id=number, name=bookmark)
        yield from content
        yield w("bookmarkEnd", id=number)


class Target(Struct, frozen=True):
    """What a cross-reference leads to: `says` is what the bookmark of it holds, or the number of the note or of the paragraph that it is."""

    says: str = ""
    is_note: bool = False
    is_number: bool = False

    def parts(self, words: str) -> tuple[str, str, str]:
        """The words of a mention: what stands before the target's own words, these, and what stands after them; all of
        it before when the target says something else.
        """
        found = re.search(rf"(?<!\w){re.escape(self.says)}(?!\w)", words) if self.says else None
        return (words[: found.start()], found[0], words[found.end() :]) if found else (words, "", "")


def targets_of(document: Document) -> dict[str, Target]:
    """What cross-references lead to, by the ids of the nodes."""
    targets = {node.target: Target() for node in walk(document) if isinstance(node, inlines.CrossReference)}
    for node in walk(document.sections):
        match node:
            case tree.Quotation():
                said = {node.id: node.label}
            case (
                tree.Table(caption=tree.Caption() as caption)
                | tree.Figure(caption=caption)
                | tree.BoxedText(caption=caption)
            ):
                said = {node.id: caption.label, caption.id: caption.label}
            case tree.Section():
                said = {node.id: _plain(node.heading.children), node.heading.id: _plain(node.heading.children)}
            case tree.Row(cells=(tree.Cell(blocks=(tree.Paragraph(children=children), *_)), *_)):
                said = {node.id: _plain(children)}
            case tree.Paragraph(marker=marker) if marker:
                said = {node.id: marker.rstrip(".")}
            case tree.Paragraph(children=children):
                said = {node.id: _plain(children)}
            case tree.ListItem(blocks=(tree.Paragraph(children=children), *_)):
                said = {node.id: _plain(children)}
            case tree.Note():
                said = {node.id: str(node.number)}
            case _:
                continue
        is_note, is_number = (
            isinstance(node, tree.Note),
            bool(getattr(node, "marker", "")) and isinstance(node, tree.Paragraph),
        )
        targets |= {target: Target(words, is_note, is_number) for target, words in said.items() if target in targets}
    return targets


def _plain(children: Iterable[Inline]) -> str:
    """What text says, if it says nothing that is worked out and would be doubled: no notes, no references."""
    worked_out = (inlines.NoteReference, inlines.FootnoteReference, inlines.CrossReference)
    return "" if any(isinstance(node, worked_out) for node in walk(tuple(children))) else inline_text(children)


NAMESPACE: Final = "urn:briefing:origins:2"
_MOST_CODE: Final = 0x7FFFFFFF
"""Paragraphs' ids are lower than 80000000."""


class Origins(Struct):
    """The traced texts of one document, in the order in which they were written.

    Each has a `code`, by which its paragraph and a hidden bookmark round its words are called, the id of its node, its path in
    the data, and the SHA-256 of its characters, shortened to 16 digits. `taken` are codes that cannot be given out any more.
    """

    taken: set[str] = field(default_factory=set)
    found: list[dict[str, str]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def code(self, node: str) -> str:
        """A name for `node` that says nothing of it: eight hexadecimal digits, as Word gives them to paragraphs. The same
        documents ask in the same order, so they get the same ones.
        """
        salt = 0
        while (made := f"{int(_digest(node, salt)[:8], 16) & _MOST_CODE:08X}") in self.taken or not int(made, 16):
            salt += 1
        self.taken.add(made)
        self.codes.add(made)
        return made

    def trace(self, node: str, path: str, children: Iterable[Inline]) -> str:
        """The code of the text of `node`, which says `children` and stands in the data at `path`."""
        code = self.code(node)
        digest = hashlib.sha256(inline_text(children).encode()).hexdigest()[:16]
        self.found.append({"code": code, "id": node, "path": path, "sha256": digest})
        return code

    def remove_marks(self, root: Element) -> None:
        """Take every mark of a text out of a part."""
        bookmarks = {f"_b{code}" for code in self.codes}
        gone = {value(each, "id") for each in root.iter(name("bookmarkStart")) if value(each, "name") in bookmarks}
        for each in list(root.iter(name("bookmarkStart"), name("bookmarkEnd"))):
            if value(each, "id") in gone:
                remove(each)
        for paragraph in root.iter(name("p")):
            if paragraph.get(PARAGRAPH_ID) in self.codes:
                del paragraph.attrib[PARAGRAPH_ID]
        etree.cleanup_namespaces(root, keep_ns_prefixes=list(STORY_NAMESPACES))

    def part(self, build: str, base: str = "") -> bytes:
        """The custom XML part that maps codes to paths, and holds the `base` that edits are held against."""
        root = etree.Element(f"{{{NAMESPACE}}}origins", nsmap=by_default(NAMESPACE))
        root.set("build", build)
        for origin in self.found:
            etree.SubElement(root, f"{{{NAMESPACE}}}text", origin)
        if base:
            etree.SubElement(root, f"{{{NAMESPACE}}}base").text = base
        return serialized(root)


class Links(Struct):
    """The external links of one part, each held once."""

    part: Part
    _known: dict[str, str] = field(default_factory=dict)

    def to(self, url: str) -> str:
        """The relationship id for `url`."""
        if url not in self._known:
            # Not `relate_to`, which looks through all relations of the part each time.
            identifier = f"rIdLink{len(self._known) + 1}"
            self.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, identifier, is_external=True)
            self._known[url] = identifier
        return self._known[url]


class Sequences(Struct):
    """The counters behind numbered labels, kept beside Word's own so that both say what the tree says."""

    _last: dict[str, int] = field(default_factory=dict)

    def instruction(self, sequence: str, number: int) -> str:
        """The field code that gives `number` next in `sequence`, reset where counting on would not."""
        expected = self._last.get(sequence, 0) + 1
        self._last[sequence] = number
        return f"SEQ {sequence} \\* ARABIC" + ("" if number == expected else f" \\r {number}")


class Writing(Struct, frozen=True):
    """The state of one document being written, seen from one of its parts.

    `targets` are what cross-references lead to, by the ids of the nodes.
    """

    styles: StyleBook
    names: Names
    numbering: Numbering
    origins: Origins
    links: Links
    sequences: Sequences
    right_to_left: bool
    targets: Mapping[str, Target]
    native_notes: bool = True

    def in_part(self, part: Part) -> Writing:
        """The same, for writing into another part, where no native note can stand."""
        return replace(self, links=Links(part), native_notes=False)
