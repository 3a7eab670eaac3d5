"""What cameras and programs write into pictures beside what these show: who, where, when, with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_GIF: Final = (b"GIF87a", b"GIF89a")
_EMF: Final = b"\x01\0\0\0"
_EMF_MARK: Final = b" EMF"
_SAID_IN_PNG: Final = (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")
_COMMENT: Final = 0xFE
_SCAN: Final = 0xDA
_END: Final = 0xD9
_ALONE: Final = (0x01, *range(0xD0, 0xD8))
"""Markers of a JPEG without a segment."""
_OF_COLOURS: Final = (0xE0, 0xE2, 0xEE)
"""The application segments of a JPEG that decide its colours: JFIF, ICC and Adobe."""
_ICC_IN_APP2: Final = b"ICC_PROFILE\0"
_OF_GIF: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""The application extensions of a GIF that decide what it shows."""
_SVG: Final = "http://www.w3.org/2000/svg"
_OF_SVG: Final = (_SVG, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def without_metadata(data: bytes) -> bytes:
    """A picture without what its camera or program wrote into it: place, owner, history. What it shows stays to the byte.

    One that cannot be taken apart is given back as it is: the proof of a clean copy finds what is left.
    """
    if data.startswith(_JPEG):
        return _jpeg(data)
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_GIF):
        return _gif(data)
    if data.startswith(_EMF) and data[40:44] == _EMF_MARK:
        return _emf(data)
    return _svg(data) if b"<svg" in data[:4096] else data


def _jpeg(data: bytes) -> bytes:
    """A JPEG (ITU-T T.81, B.1) without its comments, all application segments but those that decide its colours, and what stands behind its end."""
    return b"".join((data[:2], *_segments(data)))


def _segments(data: bytes) -> Iterator[bytes]:
    place = 2
    while place + 1 < len(data):
        if data[place] != 0xFF:
            yield data[place:]
            return
        marker = data[place + 1]
        if marker == 0xFF:  # a byte that fills up
            place += 1
            continue
        end = place + 2
        if marker not in (_END, *_ALONE):
            end += int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _SCAN:
            while (end := data.find(b"\xff", end)) >= 0 and data[end + 1 : end + 2] in _IN_SCAN:
                end += 2
            end = len(data) if end < 0 else end
        is_said = marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in _OF_COLOURS)
        is_said |= marker == 0xE2 and not data.startswith(_ICC_IN_APP2, place + 4)
        if not is_said:
            yield data[place:end]
        if marker == _END:
            return
        place = end


_IN_SCAN: Final = tuple(bytes([each]) for each in (0, *range(0xD0, 0xD8)))
"""What stands behind an FF within a scan: a zero, for the FF itself, or a mark to begin anew at."""


def _png(data: bytes) -> bytes:
    """A PNG without its texts, dates and camera data, and what stands behind its end (ISO/IEC 15948, 11.3)."""
    kept, place = [data[:8]], 8
    while place + 12 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big") + 12, data[place + 4 : place + 8]
        if kind not in _SAID_IN_PNG:
            kept.append(data[place : place + size])
        place = len(data) if kind == b"IEND" else place + size
    return b"".join(kept)


def _gif(data: bytes) -> bytes:
    """A GIF (GIF89a, 24 to 26) without its comments and the extensions of programs, and what stands behind its end."""
    place = 13 + _colours(data, 10)
    kept = [data[:place]]
    while place < len(data):
        begin, sign = place, data[place]
        if sign == 0x3B:
            kept.append(data[place : place + 1])
            break
        if sign == 0x2C:  # a picture
            place += 10 + _colours(data, place + 9) + 1
        elif sign == 0x21:
            place += 2
        else:
            return data
        first = data[place + 1 : place + 12]
        while place < len(data) and data[place]:
            place += 1 + data[place]
        place += 1
        label = data[begin + 1 : begin + 2] if sign == 0x21 else b""
        is_said = label == b"\xfe" or (label == b"\xff" and first not in _OF_GIF)
        if not is_said:
            kept.append(data[begin:place])
    return b"".join(kept)


def _colours(data: bytes, place: int) -> int:
    """How many bytes the table of colours has whose flags stand at `place`."""
    flags = data[place] if place < len(data) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _emf(data: bytes) -> bytes:
    """An Enhanced Metafile whose description, which names a program and a title, is blank (MS-EMF 2.2.9)."""
    size, start = (int.from_bytes(data[place : place + 4], "little") for place in (60, 64))
    blank = bytes(min(2 * size, max(len(data) - start, 0)))
    return data[:start] + blank + data[start + len(blank) :] if size and start else data


def _keep_tail(gone: etree._Element, parent: etree._Element) -> None:
    """Keep the text behind an element that is about to be taken out."""
    before = gone.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (gone.tail or "")
    else:
        before.tail = (before.tail or "") + (gone.tail or "")


def _svg(data: bytes) -> bytes:
    """An SVG without comments, its metadata, and what programs for drawing keep in namespaces of their own."""
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return data
    for each in list(root.iter()):
        name = etree.QName(each) if isinstance(each.tag, str) else None
        if name is None or name.namespace not in _OF_SVG or name.localname == "metadata":
            if (parent := each.getparent()) is not None:
                _keep_tail(each, parent)
                parent.remove(each)
            continue
        for key in [str(key) for key in each.attrib]:
            if (etree.QName(key).namespace or _SVG) not in _OF_SVG:
                del each.attrib[key]
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
