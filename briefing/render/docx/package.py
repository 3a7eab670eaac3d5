"""The file as a package of parts: the zip archive, the same to the byte for the same parts (ECMA-376 part 2, ISO/IEC
29500-2).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_LEVEL = 6


def archive(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of `parts` in their order, with no trace of when, where or on what system it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part, data in parts:
            entry = zipfile.ZipInfo(part, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            entry.create_system = 0
            target.writestr(entry, data, compresslevel=_LEVEL)
    return stream.getvalue()


def rearchived(data: bytes) -> bytes:
    """The same archive, freed of what a library put in of its own: dates, permissions, compression."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return archive([(entry, source.read(entry)) for entry in source.namelist()])
