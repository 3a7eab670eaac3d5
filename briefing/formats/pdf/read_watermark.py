"""The watermark of a PDF: on every page, what it says, an artifact, seen, and too pale to hide text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.pdf.format import WATERMARK_WORDS
from briefing.formats.pdf.read_text import Page, PageObjects, pdf_finding, set_drawn
from briefing.formats.pdf.read_visible import drawn, marks_between

_SEEN, _DARK = 6, 90
"""Of 255 greys: by how much a watermark must change a page to be seen, and by how much it may."""


def read_watermark(page: pypdfium2.PdfPage, read: Page, objects: PageObjects) -> str:
    """The words behind a page, a sentence about why they are no watermark in parentheses, or nothing."""
    found = [(address, words) for address in objects.paths if (words := _words(address))]
    if not found:
        return ""
    whole = drawn(page, read.box)
    for address, _ in found:
        set_drawn(address, False)
    without = drawn(page, read.box)
    for address, _ in found:
        set_drawn(address, True)
    if marks_between(whole, without, _SEEN).getbbox() is None:
        return "(cannot be seen)"
    if marks_between(whole, without, _DARK).getbbox() is not None:
        return "(is so dark that it hides text)"
    return found[0][1]


def _words(address: int) -> str:
    """What the artifact that a drawing belongs to says that it is."""
    drawing = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    for place in range(max(0, pdfium.FPDFPageObj_CountMarks(drawing))):
        mark = pdfium.FPDFPageObj_GetMark(drawing, place)
        size = ctypes.c_ulong()
        key = WATERMARK_WORDS.encode() + b"\0"
        if pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, None, 0, size) and size.value > 2:
            buffer = (pdfium.FPDF_WCHAR * (size.value // 2))()
            pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, buffer, size.value, size)
            return bytes(buffer).decode("utf-16-le").rstrip("\0").encode().decode("unicode_escape", "replace")
    return ""


def check_watermark(document: Document, found: Mapping[int, str]) -> Iterator[Problem]:
    """Hold what stands behind each page, counted from 0, against the document."""
    for said in sorted({each for each in found.values() if each != document.watermark}):
        pages = [page for page, each in found.items() if each == said]
        if said.startswith("(") and said.endswith(")"):
            what = f"the watermark \u201c{document.watermark}\u201d {said[1:-1]}"
        elif not said:
            what = f"the watermark \u201c{document.watermark}\u201d is missing"
        else:
            what = f"\u201c{said}\u201d stands behind the page, but the brief does not say it there"
        yield pdf_finding("disagreement", what, pages=pages)
