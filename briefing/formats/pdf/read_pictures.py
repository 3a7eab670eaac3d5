"""Pictures of a finished PDF: each is the tree's, in the figure that is tagged for it, and can be seen."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from briefing.document.drawing import Picture
from briefing.errors import Problem
from briefing.formats.agreement.expected import Expected
from briefing.formats.agreement.findings import alike, is_blank
from briefing.formats.pdf.read_order import Element
from briefing.formats.pdf.read_text import Content, Page, pdf_finding
from briefing.formats.pdf.read_visible import drawn, marks_between

_LEAST_SIDE: Final = 5.0
"""In points: what is smaller in either direction cannot be made out."""
_LEAST_DIFFERENCE: Final = 4


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture on a page, what it is tagged as, and whether it can be seen there."""

    content: Content
    image: Image.Image
    seen: bool


def read_pictures(page: pypdfium2.PdfPage, read: Page) -> Iterator[FoundPicture]:
    """The raster pictures of `page`, in drawing order."""
    pictures = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=15))
    if not pictures:
        return
    whole = drawn(page, read.box)
    for picture in pictures:
        pdfium.FPDFPageObj_SetIsActive(picture.raw, False)
        without = drawn(page, read.box)
        pdfium.FPDFPageObj_SetIsActive(picture.raw, True)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(picture.raw)
        image = picture.get_bitmap(render=False).to_pil()
        left, bottom, right, top = picture.get_bounds()
        has_marks = marks_between(whole, without, _LEAST_DIFFERENCE).getbbox() is not None
        seen = has_marks and min(right - left, top - bottom) >= _LEAST_SIDE
        yield FoundPicture(Content(read.number, mark), image, is_blank(image) or seen)


def check_pictures(expected: Expected, figures: Sequence[Element], found: Sequence[FoundPicture]) -> Iterator[Problem]:
    """Each figure that is a picture holds that picture, to be seen. `figures` are those tagged, in order."""
    by_content = {picture.content: picture for picture in found}
    wanted = expected.pictures
    if len(wanted) != len(figures):
        return
    for figure, tagged in zip(wanted, figures, strict=True):
        if not isinstance(figure.content, Picture):
            continue
        held = next((by_content[content] for content in tagged.contents() if content in by_content), None)
        pages = [held.content.page] if held else []
        with Image.open(io.BytesIO(figure.content.data)) as own:
            if held is None or not alike(held.image, own):
                message = "its picture is another one" if held else "its picture is missing"
                yield pdf_finding("disagreement", message, figure.id, figure.origin, pages)
            elif not held.seen:
                yield pdf_finding("not-visible", "its picture cannot be seen", figure.id, figure.origin, pages)
