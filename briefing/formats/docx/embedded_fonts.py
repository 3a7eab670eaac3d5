"""Fonts as a Word file carries them, mixed with a key, and compressed once for all files: no library of a machine has a say in their bytes."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Final

from briefing.resources import assets_folder
from briefing.themes.typeface import FontFile

MIXED: Final = 32
"""How many bytes of a font are mixed with its key, from the first on (ECMA-376 part 4, 17.8.1)."""
_STORED_BLOCK: Final = struct.Struct("<B2H")
"""What begins a block that is not compressed and not the last: that, its length and the complement (RFC 1951, 3.2.4)."""


def embedded_font(file: FontFile, key: str) -> tuple[bytes, bytes | None]:
    """The font as it is embedded with `key`, a GUID, and that compressed (RFC 1951); None for one that is not bundled."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(file.data[:MIXED], mask, strict=True))
    try:
        rest = compressed_file(file).read_bytes()
    except FileNotFoundError:
        return head + file.data[MIXED:], None
    return head + file.data[MIXED:], _STORED_BLOCK.pack(0, MIXED, MIXED ^ 0xFFFF) + head + rest


def compressed_file(file: FontFile) -> Path:
    """Where what stands behind the mixed bytes of a bundled font is kept, compressed. `make reference` writes it."""
    return assets_folder() / "compressed" / f"{file.name}-{hashlib.sha256(file.data).hexdigest()[:16]}.deflate"


def font_key(file: str) -> str:
    """A GUID for a font file, the same on every run."""
    digits = hashlib.sha256(file.encode()).hexdigest()[:32].upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
