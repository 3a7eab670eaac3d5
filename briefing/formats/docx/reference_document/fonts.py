"""The bundled family inside the reference document, so that the text looks the same where it is not installed.

Its licence, the SIL Open Font License, allows fonts to be embedded in any document.
"""

from __future__ import annotations

import hashlib
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from lxml import etree

from briefing.formats.docx.markup import R, W, name, w
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.reference_document import look
from briefing.resources import assets_folder

_OBFUSCATED_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED_BYTES: Final = 32


def font_table(assembly: Assembly) -> XmlPart:
    """The part that names the family, with its faces, and what is like it for programs that read no embedded fonts."""
    root = etree.Element(name("fonts"), nsmap={"w": W, "r": R})
    part = assembly.tree("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, root)
    faces = []
    for number, (element, face) in enumerate(look.FACES.items(), 1):
        font = assembly.blob(f"/word/fonts/font{number}.odttf", _OBFUSCATED_FONT, _obfuscated(face))
        embedded = w(element, fontKey=f"{{{_key(face)}}}")
        embedded.set(f"{{{R}}}id", part.relate_to(font, RELATIONSHIP_TYPE.FONT))
        faces.append(embedded)
    root.append(
        w(
            "font",
            w("altName", val=look.FALLBACKS),
            w("panose1", val=look.PANOSE),
            w("charset", val="00"),
            w("family", val="swiss"),
            w("pitch", val="variable"),
            *faces,
            name=look.FAMILY,
        )
    )
    return part


def _obfuscated(face: str) -> bytes:
    """A font as ECMA-376 part 4, 17.8.1 wants it embedded: its first 32 bytes mixed with its key."""
    data = (assets_folder() / look.FOLDER / face).read_bytes()
    key = bytes.fromhex(_key(face).replace("-", ""))[::-1] * 2
    head = bytes(byte ^ mask for byte, mask in zip(data[:_OBFUSCATED_BYTES], key, strict=True))
    return head + data[_OBFUSCATED_BYTES:]


def _key(face: str) -> str:
    """A GUID for a face, the same on every run."""
    digits = hashlib.sha256(face.encode()).hexdigest()[:32].upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
