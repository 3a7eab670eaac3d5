"""The pages of a PDF as pictures."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image


def page_pictures(path: Path, dots_per_inch: float = 100) -> list[Image.Image]:
    """Each page of the PDF at `path`, drawn in colour on white."""
    with pypdfium2.PdfDocument(path) as pdf:
        pictures = []
        for page in pdf:
            pictures.append(page.render(scale=dots_per_inch / 72).to_pil().convert("RGB"))
            page.close()
        return pictures
