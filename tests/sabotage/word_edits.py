"""Edits of a finished DOCX, part by part, as somebody could make them or a broken writer would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.docx.read_back import verify_docx
from briefing.formats.docx.writer import docx
from briefing.themes.theme import Theme

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {"w": W, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
BODY = "word/document.xml"

Element = etree._Element
Edit = Callable[[Element], None]


def written(document: Document) -> bytes:
    """The document as DOCX in our own styles."""
    return docx(document, Theme.load()).data


def edited(data: bytes, part: str, edit: Edit) -> bytes:
    """`data` with one part changed; `part` may leave out what follows its name (``word/header``). It must change."""
    stream = io.BytesIO()
    changed = False
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith(part) and name.endswith(".xml") and not changed:
                root = etree.fromstring(content)
                edit(root)
                after = etree.tostring(root)
                changed = after != etree.tostring(etree.fromstring(content))
                content = after
            target.writestr(name, content)
    assert changed, f"nothing was edited in {part}"
    return stream.getvalue()


def found(document: Document, part: str, edit: Edit) -> tuple[Problem, ...]:
    """What reading back finds in the document's DOCX after the edit."""
    return verify_docx(document, edited(written(document), part, edit))


def all_of(root: Element, path: str) -> list[Element]:
    """The elements that an XPath leads to; there must be one at least."""
    elements = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(elements, list) and elements, path
    return [element for element in elements if isinstance(element, etree._Element)]


def one(root: Element, path: str) -> Element:
    """The first element that an XPath leads to."""
    return all_of(root, path)[0]


def run_with(root: Element, text: str) -> Element:
    """The first run that has `text` in it."""
    return one(root, f".//w:r[w:t[contains(., '{text}')]]")


def paragraph_with(root: Element, text: str) -> Element:
    """The first paragraph that has `text` in it."""
    return one(root, f".//w:p[contains(., '{text}')]")


def parent(element: Element) -> Element:
    """The element that holds it."""
    above = element.getparent()
    assert above is not None
    return above


def element(name: str, /, **attributes: str) -> Element:
    """A new WordprocessingML element."""
    made = etree.Element(f"{{{W}}}{name}")
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", value)
    return made


def set_value(target: Element, value: str, name: str = "val") -> None:
    """Set an attribute of WordprocessingML."""
    target.set(f"{{{W}}}{name}", value)


def format_run(run: Element, *properties: Element) -> None:
    """Add properties to a run."""
    holder = run.find(f"{{{W}}}rPr")
    if holder is None:
        holder = element("rPr")
        run.insert(0, holder)
    holder.extend(properties)


def format_paragraph(paragraph: Element, *properties: Element) -> None:
    """Add properties to a paragraph."""
    holder = paragraph.find(f"{{{W}}}pPr")
    if holder is None:
        holder = element("pPr")
        paragraph.insert(0, holder)
    holder.extend(properties)


def replace_text(root: Element, old: str, new: str) -> None:
    """Put one text for another wherever it stands."""
    for text in all_of(root, f".//w:t[contains(., '{old}')]"):
        text.text = (text.text or "").replace(old, new)


def remove(target: Element) -> None:
    """Take an element away, keeping the text that follows it."""
    parent(target).remove(target)
