"""Whether the text of a PDF can be seen: on the page, upright, large enough, in letters that a font has, not printed over,
with ink that stands out from what is behind it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from briefing.document.reading import PieceKind
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Span
from briefing.formats.agreement.findings import finding, page_list, quoted
from briefing.formats.pdf.read_text import Character, Page, spelled, walk_text_objects

SCALE: Final = 2.0
"""Pixels a point."""


def drawn(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Image.Image:
    """The page in greys on white, annotations included; `box` is what is shown of it (left, bottom, right, top)."""
    left, bottom, right, top = box
    width, height = max(1, round((right - left) * SCALE)), max(1, round((top - bottom) * SCALE))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (width, height), data, "raw", "L", stride, 1)


FILE = "PDF"
_TO_NOTDEF = re.compile(rb"<([0-9A-Fa-f]{4})>\s+0\s")
_TO_TEXT = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TABLES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def missing_glyphs(expected: Expected, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """One problem for each letter without a glyph, at the first piece of text that needs it."""
    for letter in sorted(set().union(*(_missing(font) for font in _composite_fonts(pdf)))):
        compared = bare(letter)[0]
        span = expected.span_at(expected.text.find(compared)) if compared and compared in expected.text else None
        node, origin = (span.piece.node, span.piece.origin) if span else ("", "")
        code = " ".join(f"U+{ord(character):04X}" for character in letter)
        drawn = "in the drawing " if span and span.piece.kind is PieceKind.DRAWN else ""
        yield finding(
            "missing-glyph",
            FILE,
            "",
            node,
            f"no font has a glyph for {quoted(letter)} ({code}) {drawn}".rstrip(),
            origin,
        )


def _composite_fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == pikepdf.Name.Type0:
            yield item


def _missing(font: pikepdf.Dictionary) -> set[str]:
    """The letters of `font` that lead to glyph 0, which by the OpenType specification stands for what is missing."""
    encoding = font.get("/Encoding")
    codes = {b"0000"}
    if isinstance(encoding, pikepdf.Stream):
        codes |= {code.lower() for code in _TO_NOTDEF.findall(encoding.read_bytes())}
    to_unicode = font.get("/ToUnicode")
    if not isinstance(to_unicode, pikepdf.Stream):
        return set()
    pairs = [pair for table in _TABLES.findall(to_unicode.read_bytes()) for pair in _TO_TEXT.findall(table)]
    return {
        bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in pairs if code.lower() in codes
    } - {""}


_CELL: Final = 8.0
"""The side, in points, of the squares into which a page is cut to find neighbours: about a letter's size."""
_SHARE: Final = 0.5


def overprinted(characters: Sequence[Character]) -> set[int]:
    """The places in `characters`, all of one page, of those that are printed over others.

    A single overlap is common (``f`` reaches over a quotation mark), so a text counts only when at least half of its
    characters lie half under others.
    """
    groups: dict[tuple[int, bool], list[int]] = {}
    for place, character in enumerate(characters):
        groups.setdefault((character.run.mark, character.run.artifact), []).append(place)
    covered = _covered_by_others(characters)
    found: set[int] = set()
    for places in groups.values():
        hit = [place for place in places if place in covered]
        if 2 * len(hit) >= len(places):
            found.update(hit)
    for places in _runs(characters):
        crowded = [(a, b) for a, b in pairwise(places) if _overlap(characters[a], characters[b])]
        if len(crowded) > 1 and 2 * len(crowded) >= len(places) - 1:
            found.update(place for pair in crowded for place in pair)
    return found


def _covered_by_others(characters: Sequence[Character]) -> set[int]:
    """The places of characters that overlap one of another marked content by half of the smaller."""
    grid: dict[tuple[int, int], list[int]] = {}
    covered: set[int] = set()
    for place, character in enumerate(characters):
        for square in _squares(character):
            for other in grid.setdefault(square, []):
                if _other_text(character, characters[other]) and _overlap(character, characters[other]):
                    covered |= {place, other}
            grid[square].append(place)
    return covered


def _squares(character: Character) -> Iterator[tuple[int, int]]:
    for x in range(int(character.left // _CELL), int(character.right // _CELL) + 1):
        for y in range(int(character.bottom // _CELL), int(character.top // _CELL) + 1):
            yield x, y


def _other_text(a: Character, b: Character) -> bool:
    return a.run.mark != b.run.mark or a.run.artifact != b.run.artifact


def _overlap(a: Character, b: Character) -> bool:
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.top, b.top) - max(a.bottom, b.bottom)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > _SHARE * min(_area(a), _area(b))


def _area(character: Character) -> float:
    return (character.right - character.left) * (character.top - character.bottom)


def _runs(characters: Sequence[Character]) -> Iterator[list[int]]:
    """The places of each run's characters, a ligature's parts counted once."""
    runs: dict[int, list[int]] = {}
    for place, character in enumerate(characters):
        places = runs.setdefault(character.run.order, [])
        if not places or _box(characters[places[-1]]) != _box(character):
            places.append(place)
    return iter(runs.values())


def _box(character: Character) -> tuple[float, float, float, float]:
    return character[3:]


LEAST_SIZE: Final = 5.0
"""The smallest type, in points, that counts as readable."""

_LEAST_DIFFERENCE: Final = 40
"""Of 255 greys, at the darkest point of a character: light grey (#ccc) on white makes about 50."""
_MARGIN: Final = 0.5
_LEAST_SHARE: Final = 0.5
_BLUR: Final = 2.0
_SHIFT: Final = 1
"""How far, in pixels, PDFium may set a character from its true place."""
_INVISIBLE: Final = 3


class Fault(StrEnum):
    """Why a character cannot be seen."""

    OFF_PAGE = "lies outside the page"
    TINY = "is set in type smaller than 5 points"
    TURNED = "is upside down or mirrored"
    NO_INK = "leaves no ink: it is transparent, covered, cut off, or has the colour of its background"
    CUT = "is partly cut off or covered"
    OVERPRINTED = "is printed over other text"


def unseen(page: pypdfium2.PdfPage, read: Page) -> Iterator[tuple[Character, Fault]]:
    """The characters of `read` that cannot be seen on `page`, and why. Spoils `page` for drawing."""
    characters = [character for character in read.characters if not character.text.isspace()]
    ink = _Ink(page, read)
    faults = {place: fault for place, character in enumerate(characters) if (fault := ink.fault(character))}
    for place in overprinted(characters):
        faults.setdefault(place, Fault.OVERPRINTED)
    yield from ((characters[place], fault) for place, fault in sorted(faults.items()))


class _Ink:
    """The marks on a page that come from its text."""

    def __init__(self, page: pypdfium2.PdfPage, read: Page) -> None:
        self._left, self._bottom, self._right, self._top = read.box
        with_text = drawn(page, read.box)
        for handle, _, _ in walk_text_objects(page.raw):
            pdfium.FPDFTextObj_SetTextRenderMode(handle, _INVISIBLE)
        difference = ImageChops.difference(with_text, drawn(page, read.box))
        self._marks = difference.point([255 * (value >= _LEAST_DIFFERENCE) for value in range(256)])

    def fault(self, character: Character) -> Fault | None:
        """What is wrong with `character`, if anything."""
        if (
            character.left < self._left - _MARGIN
            or character.right > self._right + _MARGIN
            or character.bottom < self._bottom - _MARGIN
            or character.top > self._top + _MARGIN
        ):
            return Fault.OFF_PAGE
        if character.run.size < LEAST_SIZE:
            return Fault.TINY
        if not character.run.upright:
            return Fault.TURNED
        return self._cut(character)

    def _cut(self, character: Character) -> Fault | None:
        wide, high = (character.right - character.left) * SCALE, (character.top - character.bottom) * SCALE
        x, y = (character.left - self._left) * SCALE, (self._top - character.top) * SCALE
        box = (int(x) - _SHIFT, int(y) - _SHIFT, int(x + wide) + 1 + _SHIFT, int(y + high) + 1 + _SHIFT)
        seen = self._marks.crop(box).getbbox()
        if seen is None:
            return Fault.NO_INK
        if seen[2] - seen[0] < _LEAST_SHARE * wide - _BLUR or seen[3] - seen[1] < _LEAST_SHARE * high - _BLUR:
            return Fault.CUT
        return None


def check_visible(
    expected: Expected, placed: Sequence[Character | None], faults: Sequence[tuple[Character, Fault]]
) -> Iterator[Problem]:
    """One problem for each node, page and reason. `placed` holds for each expected character the one found, if it was."""
    gathered: dict[tuple[Span | None, Fault, int], list[Character]] = {}
    owners = _owners(expected, placed) if faults else {}
    for character, fault in faults:
        gathered.setdefault((owners.get(_spot(character)), fault, character.page), []).append(character)
    for (span, fault, page), characters in gathered.items():
        node, origin = (span.piece.node, span.piece.origin) if span else ("", "")
        words = _stretch(placed[span.start : span.end], characters) if span else characters
        yield finding("not-visible", "PDF", page_list([page]), node, f"{quoted(spelled(words))} {fault}", origin)


def _spot(character: Character) -> tuple[object, ...]:
    """What makes a character that one on its page, whatever it was read as."""
    return character[1:]


def _owners(expected: Expected, placed: Sequence[Character | None]) -> dict[tuple[object, ...], Span]:
    return {
        _spot(character): span
        for span in expected.spans
        for character in placed[span.start : span.end]
        if character is not None
    }


def _stretch(piece: Sequence[Character | None], characters: Sequence[Character]) -> list[Character]:
    """The characters of a piece from the first to the last of `characters`, which may leave some out."""
    spots = set(map(_spot, characters))
    hit = [place for place, each in enumerate(piece) if each is not None and _spot(each) in spots]
    return [each for each in piece[hit[0] : hit[-1] + 1] if each is not None]
