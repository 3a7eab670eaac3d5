"""The parts of a Word document as XML, read without the library that wrote them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
_STORY_TYPES = ("document.main", "header", "footer", "footnotes", "endnotes", "comments")
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NOTES = ("footnote", "endnote", "comment")


def qn(name: str) -> str:
    """The name with its namespace as lxml writes it: ``w:p`` becomes ``{http://...}p``."""
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass(frozen=True)
class Story:
    """A run of text of its own: the body, a header, one note. Fields and bookmarks cannot leave it."""

    name: str
    """The part's name, and the note's id where there is one."""
    root: etree._Element

    def iter(self, *names: str) -> Iterator[etree._Element]:
        """The elements called one of `names`, in order; what only programs of before 2010 read is left out."""
        wanted = {qn(name) for name in names}
        skipped = qn("mc:Fallback")
        stack = [self.root]
        while stack:
            element = stack.pop()
            if element.tag == skipped:
                continue
            if element.tag in wanted:
                yield element
            stack.extend(reversed(element))


@dataclass(frozen=True)
class WordPackage:
    """A document's parts, by name."""

    parts: dict[str, etree._Element]
    stories: tuple[Story, ...]
    """The body first."""

    @property
    def body(self) -> Story:
        """The story of the main document."""
        return self.stories[0]

    def part(self, name: str) -> etree._Element | None:
        """The root of the part called `name`, such as ``word/styles.xml``."""
        return self.parts.get(name)


def read_word_package(path: Path) -> WordPackage:
    """Read the document at `path`.

    Raises:
        zipfile.BadZipFile: When it is not a package.
        lxml.etree.XMLSyntaxError: When one of its parts is not XML.
    """
    with zipfile.ZipFile(path) as package:
        parts = {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    types = {
        override.get("PartName", "").lstrip("/"): override.get("ContentType", "").removeprefix(_WORD_TYPE)
        for override in parts["[Content_Types].xml"].iter(qn("ct:Override"))
    }
    stories = []
    for kind in _STORY_TYPES:
        for name in sorted(name for name, type_ in types.items() if type_ == f"{kind}+xml" and name in parts):
            notes = [child for child in parts[name] if child.tag in {qn(f"w:{note}") for note in _NOTES}]
            if notes:
                stories += [Story(f"{name}, note {note.get(qn('w:id'))}", note) for note in notes]
            else:
                stories.append(Story(name, parts[name]))
    return WordPackage(parts, tuple(stories))


def text_of(element: etree._Element) -> str:
    """The text that an element shows, blanks put together."""
    return " ".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split())


def through_wrappers(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of `parent`, with those of content controls and custom XML in the place of these."""
    for child in parent:
        if child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from through_wrappers(content)
        elif child.tag in (qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
            yield from through_wrappers(child)
        else:
            yield child


def value_of(parent: etree._Element, child: str) -> str:
    """The ``w:val`` of the child called `child`, such as ``w:tag``; empty when there is none."""
    found = parent.find(qn(child))
    return "" if found is None else found.get(qn("w:val"), "")
