"""Pictures of a finished PDF: each is the tree's, in the figure that is tagged for it, and can be seen."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from PIL import Image

from briefing.document.drawing import Picture
from briefing.errors import Problem
from briefing.formats.agreement.expected import Expected
from briefing.formats.agreement.findings import alike, is_blank
from briefing.formats.pdf.read_order import Element
from briefing.formats.pdf.read_text import NOT_TAGGED, Content, Page, pdf_finding
from briefing.formats.pdf.read_visible import SCALE, drawn, marks_between

_LEAST_SIDE: Final = 5.0
"""In points: what is smaller in either direction cannot be made out."""
_LEAST_DIFFERENCE: Final = 4
_CLOSELY: Final = 8.0
"""Pixels a point, at which shapes are compared: at fewer the rounding of their edges tells."""
_PIXELS_OFF: Final = 6
"""By how many pixels the edges of shapes on a page may be rounded."""


class FoundPicture(Struct, frozen=True):
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


def read_vectors(page: pypdfium2.PdfPage, read: Page) -> Iterator[FoundPicture]:
    """What shapes make up on `page`, one for each marked content that has such, as it looks on the page."""
    marked: dict[int, list[pypdfium2.PdfObject]] = {}
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM], max_depth=1):
        marked.setdefault(pdfium.FPDFPageObj_GetMarkedContentID(each.raw), []).append(each)
    marked.pop(NOT_TAGGED, None)
    if not marked:
        return
    whole = drawn(page, read.box)
    for mark, shapes in marked.items():
        for each in shapes:
            pdfium.FPDFPageObj_SetIsActive(each.raw, False)
        inked = marks_between(whole, drawn(page, read.box), _LEAST_DIFFERENCE).getbbox()
        for each in shapes:
            pdfium.FPDFPageObj_SetIsActive(each.raw, True)
        if inked is not None:
            seen = min(inked[2] - inked[0], inked[3] - inked[1]) >= _LEAST_SIDE * SCALE
            edges = (inked[0], whole.height - inked[3], whole.width - inked[2], inked[1])
            closely = page.render(
                scale=_CLOSELY, crop=tuple(max(0.0, each / SCALE - 1) for each in edges), grayscale=True
            )
            yield FoundPicture(Content(read.number, mark), _inked(closely.to_pil()), seen)


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
            if held is None or not alike(held.image, _as_drawn(own, held) if figure.content.vector else own):
                message = "its picture is another one" if held else "its picture is missing"
                yield pdf_finding("disagreement", message, figure.id, figure.origin, pages)
            elif not held.seen:
                yield pdf_finding("not-visible", "its picture cannot be seen", figure.id, figure.origin, pages)


def _as_drawn(picture: Image.Image, held: FoundPicture) -> Image.Image:
    """The part of a picture that is not white, in greys, as shapes on a page are read; to the pixel as large if only pixels are between them."""
    inked = _inked(picture)
    off = abs(inked.width * held.image.height / inked.height - held.image.width)
    return inked.resize(held.image.size, Image.Resampling.BOX) if off <= _PIXELS_OFF else inked


def _inked(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L")
    return grey.crop(grey.point([255 * (value <= 255 - _LEAST_DIFFERENCE) for value in range(256)]).getbbox())
