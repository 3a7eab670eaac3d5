"""Drawing a page of a PDF as a picture, to see what is really to be seen on it."""

from __future__ import annotations

import ctypes
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

SCALE: Final = 2.0
"""Pixels a point."""


def drawn(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Image.Image:
    """The page in greys on white, annotations included; `box` is what is shown of it (left, bottom, right, top)."""
    left, bottom, right, top = box
    width, height = max(1, round((right - left) * SCALE)), max(1, round((top - bottom) * SCALE))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (width, height), data, "raw", "L", stride, 1)
