"""The bundled family inside the reference document, so that the text looks the same where it is not installed.

Its licence, the SIL Open Font License, allows fonts to be embedded in any document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from briefing.render.docx.markup import Element, R, w
from briefing.render.docx.reference_document import look
from briefing.resources import assets_folder

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATIONSHIP: Final = RELATIONSHIP_TYPE.FONT
EXTENSION: Final = "odttf"
_OBFUSCATED: Final = 32


def embedded_fonts() -> Iterator[tuple[str, bytes]]:
    """The address of each font part below `word/`, and its obfuscated bytes (ECMA-376 part 4, 17.8.1)."""
    for number, face in enumerate(look.FACES.values(), 1):
        data = (assets_folder() / look.FOLDER / face).read_bytes()
        key = bytes.fromhex(_key(face).replace("-", ""))[::-1] * 2
        head = bytes(byte ^ mask for byte, mask in zip(data[:_OBFUSCATED], key, strict=True))
        yield f"fonts/font{number}.{EXTENSION}", head + data[_OBFUSCATED:]


def font_table() -> Element:
    """The family, its faces, and what is like it for programs that read no embedded fonts."""
    faces = []
    for number, (element, face) in enumerate(look.FACES.items(), 1):
        embedded = w(element, fontKey=f"{{{_key(face)}}}")
        embedded.set(f"{{{R}}}id", f"rId{number}")
        faces.append(embedded)
    font = w(
        "font",
        w("altName", val=look.FALLBACKS),
        w("panose1", val=look.PANOSE),
        w("charset", val="00"),
        w("family", val="swiss"),
        w("pitch", val="variable"),
        *faces,
        name=look.FAMILY,
    )
    root = etree.Element(w("fonts").tag, nsmap={"w": font.nsmap["w"], "r": R})
    root.append(font)
    return root


def _key(face: str) -> str:
    """A GUID for a face, the same on every run."""
    digits = hashlib.sha256(face.encode()).hexdigest()[:32].upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
