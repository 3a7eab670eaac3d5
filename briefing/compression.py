"""Compressing what outputs consist of with a library that comes along: the machine's own zlib, and that of Pillow, which goes by the processor, would
have a say in the bytes.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import deflate

if TYPE_CHECKING:
    from PIL import Image

_LEVEL: Final = 9
"""Of 12: the two above take twice as long for a hundredth less."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS: Final = b"IDAT"


def deflated(data: bytes) -> bytes:
    """`data` as a zlib stream (RFC 1950); the same on every machine."""
    return bytes(deflate.zlib_compress(data, _LEVEL))


def png(image: Image.Image, **options: Any) -> bytes:
    """The picture as a PNG (ISO/IEC 15948); `options` are those of Pillow's `save`. The same on every machine."""
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        for kind, held in _chunks(image, options)
    )


def png_pixels(image: Image.Image) -> bytes:
    """What a PNG of the picture holds of its pixels, as PDF takes it over (ISO 32000-1, 7.4.4.4)."""
    return b"".join(held for kind, held in _chunks(image, {}) if kind == _PIXELS)


def _chunks(image: Image.Image, options: Mapping[str, Any]) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the content of each chunk of a PNG, the pixels all in one."""
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=0, **options)
    for kind, chunks in groupby(split_png(stream.getvalue()), key=itemgetter(0)):
        if kind == _PIXELS:
            yield kind, deflated(zlib.decompress(b"".join(held for _, held in chunks)))
        else:
            yield from chunks


def split_png(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the content of each chunk of the PNG `data`."""
    place = len(_SIGNATURE)
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length
