"""Pictures in the text, with their words for those who cannot see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from briefing.document.drawing import Drawing, Picture
from briefing.lengths import EMU_PER_POINT, TWIPS_PER_POINT, Length
from briefing.render.docx.assembly import Assembly
from briefing.render.docx.drawing_image import drawing_png
from briefing.render.docx.markup import PIC, WP, A, Element, R, w
from briefing.render.docx.names import Names

_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg"}
_PIXELS_PER_INCH: Final = 96
_TALLEST: Final = Length.from_millimetres(88)
"""As in the theme's style sheet."""
_GRAPHIC: Final = {"wp": WP, "a": A, "pic": PIC, "r": R}


@dataclass(slots=True)
class Pictures:
    """The picture parts of one document: equal pictures are held once. `text_height` is in twentieths of a point."""

    assembly: Assembly
    text_height: int
    _known: dict[str, str] = field(default_factory=dict)

    def relation(self, data: bytes, media_type: str) -> str:
        """The relationship id of the part that holds `data`."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            address = f"/word/media/brief-{len(self._known) + 1}.{_SUFFIXES[media_type]}"
            part = self.assembly.blob(address, media_type, data)
            self._known[digest] = self.assembly.relate(part, RELATIONSHIP_TYPE.IMAGE)
        return self._known[digest]


def picture_run(
    content: Picture | Drawing, alt: str, node: str, pictures: Pictures, names: Names, text_width: int
) -> Element:
    """A run that shows `content`, no wider than the text and of a height that leaves room for it."""
    if isinstance(content, Drawing):
        points = (content.width, content.height)
        relation = pictures.relation(drawing_png(content), "image/png")
    else:
        points = (content.width / _PIXELS_PER_INCH * 72, content.height / _PIXELS_PER_INCH * 72)
        relation = pictures.relation(content.data, content.media_type)
    room = (text_width / TWIPS_PER_POINT, min(_TALLEST.points, pictures.text_height / TWIPS_PER_POINT))
    scale = min(1.0, room[0] / points[0], room[1] / points[1])
    width, height = (max(1, round(length * scale * EMU_PER_POINT)) for length in points)
    return w("r", w("drawing", _inline(relation, width, height, alt, node, names.drawing())))


def _inline(relation: str, width: int, height: int, alt: str, node: str, number: int) -> Element:
    inline = etree.Element(f"{{{WP}}}inline", {"distT": "0", "distB": "0", "distL": "0", "distR": "0"}, nsmap=_GRAPHIC)
    size = {"cx": str(width), "cy": str(height)}
    etree.SubElement(inline, f"{{{WP}}}extent", size)
    etree.SubElement(inline, f"{{{WP}}}effectExtent", {"l": "0", "t": "0", "r": "0", "b": "0"})
    etree.SubElement(inline, f"{{{WP}}}docPr", {"id": str(number), "name": node, "descr": alt})
    frame = etree.SubElement(inline, f"{{{WP}}}cNvGraphicFramePr")
    etree.SubElement(frame, f"{{{A}}}graphicFrameLocks", {"noChangeAspect": "1"})
    graphic = etree.SubElement(inline, f"{{{A}}}graphic")
    data = etree.SubElement(graphic, f"{{{A}}}graphicData", {"uri": PIC})
    picture = etree.SubElement(data, f"{{{PIC}}}pic")
    about = etree.SubElement(picture, f"{{{PIC}}}nvPicPr")
    etree.SubElement(about, f"{{{PIC}}}cNvPr", {"id": str(number), "name": node, "descr": alt})
    etree.SubElement(about, f"{{{PIC}}}cNvPicPr")
    fill = etree.SubElement(picture, f"{{{PIC}}}blipFill")
    etree.SubElement(fill, f"{{{A}}}blip", {f"{{{R}}}embed": relation})
    etree.SubElement(etree.SubElement(fill, f"{{{A}}}stretch"), f"{{{A}}}fillRect")
    shape = etree.SubElement(picture, f"{{{PIC}}}spPr")
    frame = etree.SubElement(shape, f"{{{A}}}xfrm")
    etree.SubElement(frame, f"{{{A}}}off", {"x": "0", "y": "0"})
    etree.SubElement(frame, f"{{{A}}}ext", size)
    geometry = etree.SubElement(shape, f"{{{A}}}prstGeom", {"prst": "rect"})
    etree.SubElement(geometry, f"{{{A}}}avLst")
    return inline
