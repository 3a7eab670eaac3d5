"""Traces of where each text came from, so that an edit made in Word can be led back to the line of data that it
changes.

Each traced text stands in an inline content control whose tag is the node's id, inside a hidden bookmark; a custom XML
part maps tags to data paths. Which of these marks survive which program is told in `docs/editing-in-word.md`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from briefing.document.inlines import Inline
from briefing.document.reading import inline_text
from briefing.render.docx.markup import W15, Element, by_default, w
from briefing.render.docx.names import MOST_TAG, Names

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
        properties = w(
            "sdtPr", w("alias", val=spoken(path)), w("tag", val=tag), w("id", val=names.control(node)), appearance
        )
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


def spoken(path: str) -> str:
    """A data path as people say it, counted from 1: ``quotes[1].text`` is ``quotes 2, text``."""
    said = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", path).replace(".", ", ").replace("_", " ")
    return said[:MOST_TAG]
