"""Whether the text of a PDF can be seen: on the page, upright, large enough, in letters that a font has, not printed over,
with ink that stands out from what is behind it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter, lt
from typing import Final, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from briefing.document.reading import PieceKind
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Span
from briefing.formats.agreement.findings import quoted
from briefing.formats.pdf.read_text import Character, Page, PageObjects, pdf_finding, set_rendering, spelled

SCALE: Final = 2.0
"""Pixels a point."""
LEAST_SIZE: Final = 5.0
"""The smallest type, in points, that counts as readable."""
LEAST_INK: Final = 40
"""Of 255 greys, at the darkest point of a character: light grey (#ccc) on white makes about 50."""
_MARGIN: Final = 0.5
_LEAST_SHARE: Final = 0.5
_BLUR: Final = 2.0
_SHIFT: Final = 1
"""How far, in pixels, PDFium may set a character from its true place."""
_INVISIBLE: Final = 3
_CELL: Final = 8.0
"""The side, in points, of the squares into which a page is cut to find neighbours: about a letter's size."""

_TO_NOTDEF = re.compile(rb"<([0-9A-Fa-f]{4})>\s+0\s")
_TO_TEXT = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TABLES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def drawn(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Image.Image:
    """The page in greys on white, annotations included; `box` is what is shown of it (left, bottom, right, top)."""
    left, bottom, right, top = box
    width, height = max(1, round((right - left) * SCALE)), max(1, round((top - bottom) * SCALE))
    drawing = bytearray(b"\xff") * (width * height)
    first = (ctypes.c_char * len(drawing)).from_buffer(drawing)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, first, width)
    try:
        pdfium.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (width, height), drawing, "raw", "L", width, 1)


def marks_between(first: Image.Image, second: Image.Image, least: int) -> Image.Image:
    """Black but where two drawings of a page differ by `least` greys or more, at most 128."""
    difference = ImageChops.difference(first, second)
    # Pillow compares with 128 many times as fast as with any other number. What is below it is raised; what is not is left alone.
    raised = ImageChops.add_modulo(difference, _grey(first.size, 128 - least))
    return ImageChops.add_modulo(*(each.convert("1", dither=Image.Dither.NONE) for each in (difference, raised)))


@lru_cache(maxsize=2)
def _grey(size: tuple[int, int], value: int) -> Image.Image:
    return Image.new("L", size, value)


def missing_glyphs(expected: Expected, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """One problem for each letter without a glyph, at the first piece of text that needs it."""
    dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    fonts = (each for each in dictionaries if "/Subtype" in each and each["/Subtype"] == "/Type0")
    for letter in sorted(set().union(*map(_missing, fonts))):
        compared = bare(letter)[0]
        span = expected.span_at(expected.text.find(compared)) if compared and compared in expected.text else None
        code = " ".join(f"U+{ord(character):04X}" for character in letter)
        where = " in the drawing" if span and span.piece.kind is PieceKind.DRAWN else ""
        yield pdf_finding("missing-glyph", f"no font has a glyph for {quoted(letter)} ({code}){where}", *_owner(span))


def _owner(span: Span | None) -> tuple[str, str]:
    return (span.piece.node, span.piece.origin) if span else ("", "")


def _missing(font: pikepdf.Dictionary) -> set[str]:
    """The letters of `font` that lead to glyph 0, which by the OpenType specification stands for what is missing."""
    encoding, to_unicode = font.get("/Encoding"), font.get("/ToUnicode")
    codes = {b"0000"}
    if isinstance(encoding, pikepdf.Stream):
        codes |= {code.lower() for code in _TO_NOTDEF.findall(encoding.read_bytes())}
    if not isinstance(to_unicode, pikepdf.Stream):
        return set()
    pairs = [pair for table in _TABLES.findall(to_unicode.read_bytes()) for pair in _TO_TEXT.findall(table)]
    return {
        bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in pairs if code.lower() in codes
    } - {""}


class _Stretch(NamedTuple):
    """What is drawn at once: where its characters stand in a list of those of a page, whether several of them may lie over the ones before, and
    the box around them.
    """

    places: Sequence[int]
    text: tuple[int, bool]
    may_be_crowded: bool
    left: float
    bottom: float
    right: float
    top: float


def _stretches(characters: Sequence[Character]) -> Iterator[_Stretch]:
    start = 0
    for _, members in groupby(characters, attrgetter("run")):
        there = list(members)
        places, start = range(start, start + len(there)), start + len(there)
        lefts, rights = list(map(attrgetter("left"), there)), list(map(attrgetter("right"), there))
        may_be_crowded = sum(map(lt, lefts[1:], rights)) > 1
        bottom, top = min(map(attrgetter("bottom"), there)), max(map(attrgetter("top"), there))
        yield _Stretch(places, _text_of(there[0]), may_be_crowded, min(lefts), bottom, max(rights), top)


def _overprinted(characters: Sequence[Character]) -> set[int]:
    """The places in `characters`, all of one page and in drawing order, of those that are printed over others.

    A single overlap is common (``f`` reaches over a quotation mark), so a text counts only when at least half of its
    characters lie half under others.
    """
    stretches = list(_stretches(characters))
    texts: dict[tuple[int, bool], list[int]] = {}
    for each in stretches:
        texts.setdefault(each.text, []).extend(each.places)
    covered = _covered_by_others(characters, _near_others(stretches))
    found: set[int] = set()
    for places in texts.values() if covered else ():
        hit = covered.intersection(places)
        if 2 * len(hit) >= len(places):
            found |= hit
    for each in (each for each in stretches if each.may_be_crowded):
        # The parts of a ligature share a box, and count once.
        apart = [
            place
            for place in each.places
            if place == each.places[0] or not _same_box(characters[place], characters[place - 1])
        ]
        crowded = [
            (first, second)
            for (first, a), (second, b) in pairwise((place, characters[place]) for place in apart)
            if b.left < a.right and a.left < b.right and _overlap(a, b)
        ]
        if len(crowded) > 1 and 2 * len(crowded) >= len(apart) - 1:
            found.update(place for pair in crowded for place in pair)
    return found


def _near_others(stretches: Sequence[_Stretch]) -> list[int]:
    """The places of the characters in stretches that reach into the box of one of another marked content."""
    near: set[int] = set()
    below: list[_Stretch] = []
    for each in sorted(stretches, key=lambda stretch: stretch.bottom):
        below = [other for other in below if other.top > each.bottom]
        for other in below:
            if other.text != each.text and other.left < each.right and each.left < other.right:
                near.update(each.places, other.places)
        below.append(each)
    return sorted(near)


def _covered_by_others(characters: Sequence[Character], places: Sequence[int]) -> set[int]:
    """Those of `places` whose characters overlap one of another marked content by half of the smaller."""
    grid: dict[tuple[int, int], list[int]] = {}
    covered: set[int] = set()
    for place in places:
        character = characters[place]
        for square in _squares(character):
            for other in grid.setdefault(square, []):
                if _text_of(character) != _text_of(characters[other]) and _overlap(character, characters[other]):
                    covered |= {place, other}
            grid[square].append(place)
    return covered


def _squares(character: Character) -> Iterator[tuple[int, int]]:
    for x in range(int(character.left // _CELL), int(character.right // _CELL) + 1):
        for y in range(int(character.bottom // _CELL), int(character.top // _CELL) + 1):
            yield x, y


def _text_of(character: Character) -> tuple[int, bool]:
    return character.run.mark, character.run.artifact


def _same_box(a: Character, b: Character) -> bool:
    return a.left == b.left and a.right == b.right and a.bottom == b.bottom and a.top == b.top


def _overlap(a: Character, b: Character) -> bool:
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.top, b.top) - max(a.bottom, b.bottom)
    smaller = min((each.right - each.left) * (each.top - each.bottom) for each in (a, b))
    return wide > 0 and high > 0 and wide * high > _LEAST_SHARE * smaller


class Fault(StrEnum):
    """Why a character cannot be seen."""

    OFF_PAGE = "lies outside the page"
    TINY = "is set in type smaller than 5 points"
    TURNED = "is upside down or mirrored"
    NO_INK = "leaves no ink: it is transparent, covered, cut off, or has the colour of its background"
    CUT = "is partly cut off or covered"
    OVERPRINTED = "is printed over other text"


def unseen(page: pypdfium2.PdfPage, read: Page, objects: PageObjects) -> Iterator[tuple[Character, Fault]]:
    """The characters of `read` that cannot be seen on `page`, which draws `objects`, and why. Spoils `page` for drawing."""
    with_text = drawn(page, read.box)
    for address, _, _ in objects.texts:
        set_rendering(address, _INVISIBLE)
    characters, faults = _faults(read, marks_between(with_text, drawn(page, read.box), LEAST_INK))
    within = [place for place, fault in enumerate(faults) if fault is not Fault.OFF_PAGE]  # others may be of any size
    for found in _overprinted([characters[place] for place in within]):
        faults[within[found]] = faults[within[found]] or Fault.OVERPRINTED
    yield from ((character, fault) for character, fault in zip(characters, faults, strict=True) if fault)


def _faults(read: Page, marks: Image.Image) -> tuple[list[Character], list[Fault | None]]:
    """The characters of a page that leave ink, and what is wrong with each; `marks` are those that come from its text."""
    left, bottom, right, top = read.box
    least_left, least_bottom, most_right, most_top = left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN
    marks.load()
    cut = marks.im.crop  # a page has thousands of characters: below Pillow's wrappers none is made for each
    characters: list[Character] = []
    faults: list[Fault | None] = []
    for run, there in read.runs:
        of_run = Fault.TINY if run.size < LEAST_SIZE else None if run.upright else Fault.TURNED
        for each in there:
            if each.text.isspace():
                continue
            from_left, from_bottom, to_right, to_top = each.left, each.bottom, each.right, each.top
            fault = of_run
            if from_left < least_left or to_right > most_right or from_bottom < least_bottom or to_top > most_top:
                fault = Fault.OFF_PAGE
            elif fault is None:
                wide, high = (to_right - from_left) * SCALE, (to_top - from_bottom) * SCALE
                x, y = (from_left - left) * SCALE, (top - to_top) * SCALE
                around = int(x) - _SHIFT, int(y) - _SHIFT, int(x + wide) + 1 + _SHIFT, int(y + high) + 1 + _SHIFT
                seen = cut(around).getbbox()
                if seen is None:
                    fault = Fault.NO_INK
                elif seen[2] - seen[0] < _LEAST_SHARE * wide - _BLUR or seen[3] - seen[1] < _LEAST_SHARE * high - _BLUR:
                    fault = Fault.CUT
            characters.append(each)
            faults.append(fault)
    return characters, faults


def check_visible(
    expected: Expected, placed: Sequence[Character | None], faults: Sequence[tuple[Character, Fault]]
) -> Iterator[Problem]:
    """One problem for each node, page and reason. `placed` holds for each expected character the one found, if it was."""
    owners = {
        _spot(character): span
        for span in (expected.spans if faults else ())
        for character in placed[span.start : span.end]
        if character is not None
    }
    gathered: dict[tuple[Span | None, Fault, int], list[Character]] = {}
    for character, fault in faults:
        gathered.setdefault((owners.get(_spot(character)), fault, character.page), []).append(character)
    for (span, fault, page), characters in gathered.items():
        words = _stretch(placed[span.start : span.end], characters) if span else characters
        yield pdf_finding("not-visible", f"{quoted(spelled(words))} {fault}", *_owner(span), [page])


def _spot(character: Character) -> tuple[object, ...]:
    """What makes a character that one on its page, whatever it was read as."""
    return (character.page, character.run, character.left, character.bottom, character.right, character.top)


def _stretch(piece: Sequence[Character | None], characters: Sequence[Character]) -> list[Character]:
    """The characters of a piece from the first to the last of `characters`, which may leave some out."""
    spots = set(map(_spot, characters))
    hit = [place for place, each in enumerate(piece) if each is not None and _spot(each) in spots]
    return [each for each in piece[hit[0] : hit[-1] + 1] if each is not None]
