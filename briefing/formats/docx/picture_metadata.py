"""What cameras and programs write into pictures beside what these show: who, where, when, with what."""

from __future__ import annotations

from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_SAID_IN_PNG: Final = (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")
_COMMENT: Final = 0xFE
_SCAN: Final = 0xDA
_OF_COLOURS: Final = (0xE0, 0xE2, 0xEE)
"""The application segments of a JPEG that decide its colours: JFIF, ICC and Adobe."""


def without_metadata(data: bytes) -> bytes:
    """A picture without what its camera or program wrote into it: place, owner, history. What it shows stays to the byte."""
    if data.startswith(_JPEG):
        return _jpeg(data)
    return _png(data) if data.startswith(_PNG) else data


def _jpeg(data: bytes) -> bytes:
    """A JPEG (ITU-T T.81, B.1) without its comments and all application segments but those that decide its colours."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data):
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place] != 0xFF or marker == _SCAN:
            break
        if marker in _OF_COLOURS or not (marker == _COMMENT or 0xE0 <= marker <= 0xEF):
            kept.append(data[place : place + 2 + size])
        place += 2 + size
    return b"".join((*kept, data[place:]))


def _png(data: bytes) -> bytes:
    """A PNG without its texts, dates and camera data (ISO/IEC 15948, 11.3)."""
    kept, place = [data[:8]], 8
    while place + 12 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big") + 12
        if data[place + 4 : place + 8] not in _SAID_IN_PNG:
            kept.append(data[place : place + size])
        place += size
    return b"".join(kept)
