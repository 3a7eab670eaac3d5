"""The text of each piece of marked content of a PDF, which its structure tree points at by number."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

MarkedText = dict[tuple[int, int], str]
"""By the page's index and the marked content's number on that page."""

_HYPHEN = "\u2010"
"""What layout engines set where they divide a word; a hyphen of the text's own is U+002D."""


def read_marked_text(path: Path) -> MarkedText:
    """Read all marked text of the PDF at `path`, with a blank before what begins a new line."""
    found: defaultdict[tuple[int, int], str] = defaultdict(str)
    with pypdfium2.PdfDocument(path) as pdf:
        for index, page in enumerate(pdf):
            text_page = page.get_textpage()
            last_bottom = float("inf")
            last_number = -1
            for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=text_page):
                _, bottom, _, top = piece.get_bounds()
                number = pdfium.FPDFPageObj_GetMarkedContentID(piece)
                text = _text(piece, text_page)
                if top <= last_bottom:
                    before = found[index, last_number]
                    if before.endswith(_HYPHEN):
                        found[index, last_number] = before[:-1]
                    elif not before.endswith("-"):
                        text = f" {text}"
                found[index, number] += text
                last_bottom, last_number = bottom, number
            text_page.close()
            page.close()
    return dict(found)


def _text(piece: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(piece, text_page, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(piece, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
