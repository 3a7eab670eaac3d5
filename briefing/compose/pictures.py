"""Reading pictures: checked by content, brought to one form, so that every format holds the same bytes."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.apart import read_apart
from briefing.document.drawing import Picture
from briefing.errors import DataError, Problem
from briefing.files import inside
from briefing.kept import Keeping, kept
from briefing.limits import how_to_raise, limits
from briefing.regular_files import TooLargeError, read_regular, unreadable

if TYPE_CHECKING:
    from PIL import Image

WIDEST = 2400
"""Pixels: 300 to the inch over a page's text width; wider pictures are scaled down."""
LEAST_PIXELS = 8
"""On either side; fewer are smaller than a letter."""
MOST_UNEVEN = 40
"""How many times as long as the other a side may be; more would be narrower than a letter on a page."""
LEAST_INK = 6
"""Of 255, how much darker than paper something must be somewhere."""

_JPEG_QUALITY = 92
_SCAN = b"\xff\xda"
"""What begins a pass over a JPEG's pixels (ITU-T T.81, B.1.1.3): each takes the time of the whole picture, and as few as 20 bytes."""
MOST_SCANS = 200
"""A progressive picture has some ten, and those in its metadata some more."""


class ReadPicture(Struct, frozen=True):
    """A picture as it was read: brought to the form that every format holds, and the pixels of its file; none of a drawing's."""

    picture: Picture
    pixels: int


def _stored(read: ReadPicture) -> list[Any]:
    picture = read.picture
    held = [base64.b64encode(each).decode() for each in (picture.data, picture.vector)]
    return [read.pixels, picture.name, picture.media_type, picture.width, picture.height, *held]


def _restored(held: list[Any]) -> ReadPicture:
    pixels, name, media_type, width, height, data, vector = held
    picture = Picture(name, media_type, base64.b64decode(data), width, height, base64.b64decode(vector))
    return ReadPicture(picture, pixels)


KEPT: Final = Keeping("pictures", 100, _stored, _restored)


def read_picture(
    folder: Path, name: str, path: str, *, is_logo: bool = False, pixels_before: int = 0
) -> tuple[Picture, int]:
    """The picture `name` below `folder`, as PNG or JPEG without metadata or transparency, and the pixels of its file; a logo may be SVG, too.

    `path` is where the data names it; `pixels_before` are those of the brief's pictures before it. Raises `DataError` when it leads out of the
    folder, is no PNG or JPEG, is broken, or too large, alone or with those before it.
    """
    file = inside(folder, name, path)
    try:
        data = read_regular(file, limits().picture_bytes)
        read = _read(data, name, is_logo=is_logo)
    except TooLargeError as error:
        raise _unusable(name, f"it has {error.size:,} bytes", how_to_raise("picture_bytes"), path) from None
    except OSError as error:
        raise DataError(replace(unreadable(error, f"'{name}'", "check the file"), data_path=path)) from None
    except DataError as error:
        raise DataError(replace(problem, data_path=path) for problem in error.problems) from None
    if pixels_before + read.pixels > limits().pictures_pixels:
        what = f"with the pictures before it there are {pixels_before + read.pixels:,} pixels"
        raise _unusable(name, what, how_to_raise("pictures_pixels"), path)
    return read.picture, read.pixels


def logo_of(data: bytes, name: str) -> Picture:
    """The same of the bytes of a logo's file, which may be SVG. Raises `DataError`, without a place."""
    return _read(data, name, is_logo=True).picture


def _read(data: bytes, name: str, *, is_logo: bool) -> ReadPicture:
    """The picture in the bytes of a file, from the process that reads, or as it was kept. Raises `DataError`."""

    def read() -> ReadPicture:
        if not (is_logo and _is_vector(data)):
            made: ReadPicture = read_apart("briefing.compose.pictures:picture_of", data, name, name=f"'{name}'")
            return made
        from briefing.compose.vector_pictures import vector_picture  # loads parsers of XML and CSS

        drawn = vector_picture(data, name)
        read_apart("briefing.compose.pictures:picture_of", drawn.data, name, name=f"'{name}'")
        return ReadPicture(drawn, 0)

    return kept(KEPT, data, read, name, "logo" if is_logo else "")


def _is_vector(data: bytes) -> bool:
    """Whether a file looks like XML, as SVG is."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def picture_of(data: bytes, name: str) -> ReadPicture:
    """The picture in the bytes of a file that is PNG or JPEG. Raises `DataError`, without a place."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError  # most briefs have no picture

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the engine sets it, which may be loaded in this process
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
            pixels = image.width * image.height
            if pixels > limits().picture_pixels:
                what = f"it has {image.width} by {image.height} pixels"
                raise _unusable(name, what, how_to_raise("picture_pixels"))
            kind = image.format or "PNG"
            if kind == "JPEG" and data.count(_SCAN) > MOST_SCANS:
                raise _unusable(name, f"it is drawn in more than {MOST_SCANS} passes", "save it again")
            image.load()
            upright = ImageOps.exif_transpose(image)
            if fault := _invisible(upright):
                raise _unusable(name, *fault)
            return ReadPicture(_encoded(Path(name).name, upright, kind), pixels)
    except DataError:
        raise
    except UnidentifiedImageError:
        raise _unusable(name, "it is neither PNG nor JPEG", "save it as one of the two") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unusable(name, f"it is broken ({error})", "save it again") from None


def _encoded(name: str, image: Image.Image, kind: str) -> Picture:
    from PIL import Image

    from briefing.compression import png

    flat = _flat(image)
    if flat.width > WIDEST:
        flat = flat.resize((WIDEST, max(1, round(flat.height * WIDEST / flat.width))), Image.Resampling.LANCZOS)
    if kind == "JPEG":
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        data = out.getvalue()
    else:
        data = png(flat)
    return Picture(name, f"image/{kind.lower()}", data, flat.width, flat.height)


def _flat(image: Image.Image) -> Image.Image:
    """The picture in greys or colours of 8 bits, on white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA", "P"):
        layered = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    if image.mode.startswith("I"):
        # Greys of 16 bits; Pillow's own conversion makes everything white that is brighter than 255 of 65,535.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _invisible(image: Image.Image) -> tuple[str, str] | None:
    """Why a picture could not be seen on a page, and what to do."""
    sides = f"it has {image.width} by {image.height} pixels"
    if min(image.size) < LEAST_PIXELS:
        return f"{sides}, too few to be seen", f"save it with at least {LEAST_PIXELS} either way"
    if image.height > MOST_UNEVEN * image.width:
        return f"{sides}: as high as a page it is too narrow to be seen", "cut it into parts that stand side by side"
    if image.width > MOST_UNEVEN * image.height:
        return f"{sides}: as wide as a page it is too flat to be seen", "cut it into parts that stand one over another"
    darkest: Any = _flat(image).convert("L").getextrema()
    if darkest[0] > 255 - LEAST_INK:
        return "all of it is as white as the paper", "save it with a background, or in darker colours"
    return None


def _unusable(name: str, what: str, hint: str, path: str = "") -> DataError:
    return DataError(Problem("bad-image", f"'{name}' cannot be used: {what}", hint, data_path=path))
