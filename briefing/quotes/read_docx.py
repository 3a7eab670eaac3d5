"""Word documents: body, tables, text boxes, then footnotes and endnotes; tracked insertions count, deletions do not."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from lxml import etree

from briefing.quotes.read_html import lowered, raised
from briefing.quotes.saved_text import Block, SavedTextError, SavedTextFault

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MOST_UNPACKED: Final = 200_000_000
"""Bytes: a document that unpacks to more is refused."""

# What tracked changes took away (ECMA-376 part 1, 17.13.5), and the second copy of a text box for older programs.
_SKIPPED: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", _FALLBACK})
_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, PackageNotFoundError, etree.XMLSyntaxError),
    *(KeyError, ValueError, NotImplementedError, RuntimeError),
)
# The ids that Word gives its styles for quotations.
_QUOTATION_STYLES: Final = frozenset({"Quote", "IntenseQuote", "BlockText"})
_CHARACTERS: Final = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{W}softHyphen": "\N{SOFT HYPHEN}",
}


def read_docx(data: bytes) -> Iterator[Block]:
    """The paragraphs of a Word document, in order. Raises `SavedTextError` when it is broken or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            message, hint = f"the document unpacks to {unpacked} bytes", f"at most {MOST_UNPACKED} are accepted"
            raise SavedTextError(SavedTextFault.TOO_LARGE, message, hint)
        document = Document(io.BytesIO(data))
        roots = [document.element.body, *_note_roots(document.part)]
    except _FAULTS as error:
        message = f"the Word document cannot be read ({error})"
        raise SavedTextError(SavedTextFault.BROKEN, message, "open it in Word and save it again") from None
    for root in roots:
        yield from _paragraphs(root)


def _note_roots(part: Part) -> Iterator[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for relation in part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                yield etree.fromstring(relation.target_part.blob, parser)


def _paragraphs(root: etree._Element) -> Iterator[Block]:
    """Each paragraph below `root`; one that stands in a text box follows the paragraph that holds the box."""
    for paragraph in root.iter(f"{W}p"):
        if not any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            quoted = style is not None and style.get(f"{W}val") in _QUOTATION_STYLES
            yield Block("".join(_runs(paragraph)), quoted=quoted)


def _runs(node: etree._Element) -> Iterator[str]:
    """The text of a paragraph, without what stands in paragraphs of its own inside it."""
    for child in node:
        if child.tag in _SKIPPED or child.tag == f"{W}p":
            continue
        if child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}r":
            if child.find(f"{W}rPr/{W}vanish") is None:
                yield _set("".join(_runs(child)), child)
        else:
            yield from _runs(child)


def _set(text: str, run: etree._Element) -> str:
    alignment = run.find(f"{W}rPr/{W}vertAlign")
    position = alignment.get(f"{W}val") if alignment is not None else None
    return raised(text) if position == "superscript" else lowered(text) if position == "subscript" else text
