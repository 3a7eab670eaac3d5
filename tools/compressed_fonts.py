"""The fonts that Word files carry, compressed once, so that they need not be compressed for each, by whatever library a machine has."""

from __future__ import annotations

import zlib
from pathlib import Path

from briefing.formats.docx.embedded_fonts import MIXED, compressed_file
from briefing.themes.typeface import BUNDLED, bundled_files


def compressed_fonts() -> dict[Path, bytes]:
    """The contents of each file."""
    found = {}
    for family in BUNDLED:
        for font in bundled_files(family).values():
            compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
            rest = compressor.compress(font.data[MIXED:])
            found[compressed_file(font)] = rest + compressor.flush()
    return found


def write_compressed_fonts() -> None:
    """Write the files that are not there, and remove those of fonts that are no more."""
    fonts = compressed_fonts()
    folder = next(iter(fonts)).parent
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.deflate"):
        if file not in fonts:
            file.unlink()
    for file, data in fonts.items():
        if not file.exists():
            file.write_bytes(data)
