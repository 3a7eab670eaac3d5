"""A finished DOCX file taken apart without the code that made it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from lxml import etree

from briefing.document.tree import Document
from briefing.formats import Artifact
from briefing.formats.docx.writer import docx
from briefing.themes.theme import Theme

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NS = {"w": W, "r": R, "wp": WP}


POLICY = Theme.load()


def written(document: Document, reference: bytes | None = None, theme: Theme = POLICY) -> Artifact:
    """`document` as DOCX, in our styles or in those of a house reference document."""
    if reference is None:
        return docx(document, theme)
    return docx(document, theme, reference, house=True)


def found(element: etree._Element, path: str, **variables: str) -> list[etree._Element]:
    """The elements that an XPath leads to; `w`, `r` and `wp` are its prefixes."""
    return cast(list[etree._Element], element.xpath(path, namespaces=NS, **variables))  # type: ignore[arg-type]


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """A WordprocessingML attribute, empty where it is not there."""
    return "" if element is None else element.get(f"{{{W}}}{name}", "")


@dataclass(frozen=True)
class Opened:
    """The parts of one file."""

    data: bytes

    @classmethod
    def of(cls, document: Document, reference: bytes | None = None) -> Opened:
        """The file that `document` becomes."""
        return cls(written(document, reference).data)

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Every part by its name."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def root(self, name: str) -> etree._Element:
        """The root element of a part."""
        return etree.fromstring(self.parts[name])

    @cached_property
    def document(self) -> etree._Element:
        """The main part."""
        return self.root("word/document.xml")

    @cached_property
    def styles(self) -> dict[str, str]:
        """The names of the styles by their ids."""
        return {
            attribute(s, "styleId"): attribute(s.find("w:name", NS))
            for s in self.root("word/styles.xml").iterfind("w:style", NS)
        }

    def style_of(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style."""
        return self.styles[attribute(paragraph.find("w:pPr/w:pStyle", NS))]

    def paragraph(self, start: str) -> etree._Element:
        """The first paragraph of the body whose text starts so."""
        return next(p for p in self.document.iter(f"{{{W}}}p") if self.text(p).startswith(start))

    def text(self, element: etree._Element) -> str:
        """What `element` shows: text, line breaks, tabs as blanks, and the numbers of native notes."""
        shown = []
        for each in element.iter(f"{{{W}}}t", f"{{{W}}}br", f"{{{W}}}tab", f"{{{W}}}endnoteReference"):
            match str(each.tag).rpartition("}")[2]:
                case "t":
                    shown.append(each.text or "")
                case "br":
                    shown.append("\n")
                case "tab":
                    shown.append(" ")
                case _:
                    shown.append(str(self.note_numbers[attribute(each, "id")]))
        return "".join(shown)

    @cached_property
    def note_numbers(self) -> dict[str, int]:
        """The number that a program gives each endnote: the place of its reference in the body."""
        references = self.document.iter(f"{{{W}}}endnoteReference")
        return {attribute(each, "id"): number for number, each in enumerate(references, 1)}

    def lines(self) -> Iterator[tuple[str, str]]:
        """Everything said in reading order: ``marker``, ``text`` or ``number``, and the characters."""
        numbers: dict[str, int] = {}
        for paragraph in self.document.iter(f"{{{W}}}p"):
            instance = attribute(paragraph.find("w:pPr/w:numPr/w:numId", NS))
            if instance:
                yield "marker", self._marker(instance, numbers)
            text = self.text(paragraph)
            if text:
                yield "text", text
        if "word/endnotes.xml" in self.parts:
            notes = found(self.root("word/endnotes.xml"), "w:endnote[not(@w:type)]")
            for note in sorted(notes, key=lambda each: self.note_numbers[attribute(each, "id")]):
                yield "number", str(self.note_numbers[attribute(note, "id")])
                yield "text", self.text(note).lstrip()

    def _marker(self, instance: str, numbers: dict[str, int]) -> str:
        numbering = self.root("word/numbering.xml")
        number = found(numbering, "w:num[@w:numId=$id]", id=instance)[0]
        definition = attribute(number.find("w:abstractNumId", NS))
        level = found(numbering, "w:abstractNum[@w:abstractNumId=$id]/w:lvl[@w:ilvl='0']", id=definition)[0]
        start = number.find("w:lvlOverride/w:startOverride", NS)
        if instance in numbers:
            numbers[instance] += 1
        else:
            numbers[instance] = int(attribute(start if start is not None else level.find("w:start", NS)))
        return attribute(level.find("w:lvlText", NS)).replace("%1", str(numbers[instance]))


def saved(data: bytes, folder: Path, name: str = "brief.docx") -> Path:
    """`data` as a file in `folder`."""
    path = folder / name
    path.write_bytes(data)
    return path
