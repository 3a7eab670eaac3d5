"""A built document taken in hand as somebody with Word would: by its paragraphs, as XML."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = etree._Element


class WordFile:
    """The parts of a DOCX; `body` is the body, which is changed in place."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        body = self.root.find(f"{W}body")
        assert body is not None
        self.body = body

    def saved(self, to: Path | None = None) -> bytes:
        """The file as it is now."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, held in self.parts.items():
                archive.writestr(name, etree.tostring(self.root) if name == "word/document.xml" else held)
        if to is not None:
            to.write_bytes(stream.getvalue())
        return stream.getvalue()

    def paragraphs(self) -> Iterator[Element]:
        """Every paragraph of the body, in order."""
        yield from self.body.iter(f"{W}p")

    def find(self, words: str, nth: int = 0) -> Element:
        """The paragraph in which `words` stand."""
        return [each for each in self.paragraphs() if words in said(each)][nth]

    def replace(self, old: str, new: str, *, run: Callable[[Element], None] | None = None) -> None:
        """Other words in place of some that stand in one run; with `run`, the run that has them alone is changed by it."""
        paragraph = self.find(old)
        for text in paragraph.iter(f"{W}t"):
            if old in (text.text or ""):
                before, _, after = (text.text or "").partition(old)
                holder = text.getparent()
                assert holder is not None
                if run is None:
                    text.text = before + new + after
                    return
                place = holder
                for words in (before, new, after):
                    piece = copy.deepcopy(holder)
                    for each in piece.iter(f"{W}t"):
                        each.text = words
                        each.set(XML_SPACE, "preserve")
                    if words == new:
                        run(piece)
                    place.addnext(piece)
                    place = piece
                parent = holder.getparent()
                assert parent is not None
                parent.remove(holder)
                return
        raise AssertionError(f"{old!r} stands in no single run")

    def row(self, words: str) -> Element:
        """The table row in which `words` stand."""
        return next(self.find(words).iterancestors(f"{W}tr"))

    def without_marks(self) -> None:
        """Take away every mark by which paragraphs are known."""
        for paragraph in self.paragraphs():
            paragraph.attrib.pop(f"{W14}paraId", "")
        for mark in [*self.root.iter(f"{W}bookmarkStart")]:
            if (mark.get(f"{W}name") or "").startswith("_b"):
                number = mark.get(f"{W}id")
                for each in [*self.root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
                    if each.get(f"{W}id") == number:
                        remove(each)


def said(element: Element) -> str:
    """The text of an element."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def remove(element: Element) -> None:
    """Take an element out."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def bold(run: Element) -> None:
    """Make a run bold, as the button does."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    etree.SubElement(properties, f"{W}b")


def new_paragraph(like: Element, words: str) -> Element:
    """A paragraph of the style of another, as Enter at its end makes it."""
    made = etree.Element(f"{W}p")
    properties = like.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    run = etree.SubElement(made, f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set(XML_SPACE, "preserve")
    return made
