"""Names and numbers inside one file: bookmarks, content controls, drawings, each unique and the same on every run, and
traces of where each text came from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from briefing.document.inlines import CrossReference, Inline
from briefing.document.reading import inline_text
from briefing.document.tree import Document, Figure, Quotation, Table
from briefing.document.walk import walk
from briefing.formats.docx.elements import W15, Element, by_default, w

MOST_TAG: Final = 64
"""The most characters that Word takes for a content control's tag or title."""
TRACE: Final = re.compile(r"_b[0-9a-f]{16}")
"""What the hidden bookmarks round traced texts are called."""


def _digest(text: str, salt: int) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


@dataclass(slots=True)
class Names:
    """Gives out names and numbers. Equal documents ask in the same order, so they get the same ones.

    `drawings` is the highest number of a drawing that is taken already, `controls` are those of content controls.
    """

    drawings: int = 0
    controls: set[int] = field(default_factory=set)
    _bookmarks: int = 0
    _taken: set[str] = field(default_factory=set)
    _references: dict[str, str] = field(default_factory=dict)

    def reference(self, target: str) -> str:
        """The bookmark that mentions of `target` point to: `_Ref` and nine digits, as Word itself names them."""
        if target not in self._references:
            self._references[target] = self._unique(
                "_Ref", target, lambda digest: str(int(digest[:12], 16) % 10**9).zfill(9)
            )
        return self._references[target]

    def trace(self, node: str) -> str:
        """The hidden bookmark round an item's text, by which the item is found when its content control is gone."""
        return self._unique("_b", node, lambda digest: digest[:16])

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

    def bookmark(self, bookmark: str, content: list[Element]) -> Iterator[Element]:
        """`content` between the two ends of a bookmark."""
        self._bookmarks += 1
        number = self._bookmarks
        yield w("bookmarkStart", id=number, name=bookmark)
        yield from content
        yield w("bookmarkEnd", id=number)

    def _unique(self, prefix: str, text: str, shape: Callable[[str], str]) -> str:
        salt = 0
        while (made := prefix + shape(_digest(text, salt))) in self._taken:
            salt += 1
        self._taken.add(made)
        return made


def labelled_targets(document: Document) -> dict[str, str | None]:
    """The ids of the nodes that cross-references lead to, each with the label it carries (``Quote 2``) if it has
    one.
    """
    targets: dict[str, str | None] = {node.target: None for node in walk(document) if isinstance(node, CrossReference)}
    for node in walk(document.sections):
        match node:
            case Quotation():
                labels = {node.id: node.label}
            case Table() | Figure():
                labels = {node.id: node.caption.label, node.caption.id: node.caption.label}
            case _:
                continue
        targets |= {target: label for target, label in labels.items() if target in targets}
    return targets


NAMESPACE: Final = "urn:briefing:origins:1"


@dataclass(frozen=True, slots=True)
class Origin:
    """One traced text: its tag and bookmark in the file, its path in the data, and the SHA-256 of its characters,
    shortened to 16 digits.
    """

    tag: str
    bookmark: str
    path: str
    digest: str


@dataclass(slots=True)
class Origins:
    """The traced texts of one document, in the order in which they were written."""

    found: list[Origin] = field(default_factory=list)

    def trace(
        self, names: Names, node: str, path: str, children: Iterable[Inline], content: list[Element]
    ) -> list[Element]:
        """`content`, which says what `children` say, inside its content control and bookmark; untouched when it has
        no `path`.
        """
        if not path or not content:
            return content
        tag, bookmark = names.tag(node), names.trace(node)
        digest = hashlib.sha256(inline_text(children).encode()).hexdigest()[:16]
        self.found.append(Origin(tag, bookmark, path, digest))
        appearance = etree.Element(f"{{{W15}}}appearance", nsmap={"w15": W15})
        appearance.set(f"{{{W15}}}val", "hidden")
        # No title (`w:alias`): LibreOffice 25.2 crashes on making a PDF of a titled control with a link in it.
        properties = w("sdtPr", w("tag", val=tag), w("id", val=names.control(node)), appearance)
        control = w("sdt", properties, w("sdtContent", *content))
        return list(names.bookmark(bookmark, [control]))

    def part(self, build: str) -> bytes:
        """The custom XML part that maps tags to paths."""
        root = etree.Element(f"{{{NAMESPACE}}}origins", nsmap=by_default(NAMESPACE))
        root.set("build", build)
        for origin in self.found:
            item = etree.SubElement(root, f"{{{NAMESPACE}}}text")
            item.set("tag", origin.tag)
            item.set("bookmark", origin.bookmark)
            item.set("path", origin.path)
            item.set("sha256", origin.digest)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
