"""Reading pictures: checked by content, brought to one form, so that every format holds the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from briefing.document.drawing import Picture
from briefing.errors import DataError, Problem
from briefing.files import inside

LARGEST_FILE = 25_000_000
MOST_PIXELS = 50_000_000
WIDEST = 2400
"""Pixels: 300 to the inch over a page's text width; wider pictures are scaled down."""

_JPEG_QUALITY = 92


def read_picture(folder: Path, name: str, path: str) -> Picture:
    """The picture `name` below `folder`, as PNG or JPEG without metadata or transparency.

    `path` is where the data names it. Raises `DataError` when it leads out of the folder, is no PNG or JPEG, is broken, or too large.
    """
    file = inside(folder, name, path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise _unusable(name, path, f"it has {file.stat().st_size} bytes", f"at most {LARGEST_FILE} are accepted")
        data = file.read_bytes()
    except OSError as error:
        raise DataError(
            Problem("unreadable", f"'{name}' cannot be read: {error.strerror}", "check the file", data_path=path)
        ) from None
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _unusable(
                    name,
                    path,
                    f"it has {image.width} by {image.height} pixels",
                    f"at most {MOST_PIXELS} in all are accepted",
                )
            kind = image.format or "PNG"
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _encoded(Path(name).name, upright, kind)
    except DataError:
        raise
    except UnidentifiedImageError:
        raise _unusable(name, path, "it is neither PNG nor JPEG", "save it as one of the two") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unusable(name, path, f"it is broken ({error})", "save it again") from None


def _encoded(name: str, image: Image.Image, kind: str) -> Picture:
    if image.mode in ("RGBA", "LA", "PA", "P"):
        layered = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
    else:
        flat = image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
    if flat.width > WIDEST:
        flat = flat.resize((WIDEST, max(1, round(flat.height * WIDEST / flat.width))), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "JPEG":
        flat.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    else:
        flat.save(out, "PNG", compress_level=9)
    return Picture(name, f"image/{kind.lower()}", out.getvalue(), flat.width, flat.height)


def _unusable(name: str, path: str, what: str, hint: str) -> DataError:
    return DataError(Problem("bad-image", f"'{name}' cannot be used: {what}", hint, data_path=path))
