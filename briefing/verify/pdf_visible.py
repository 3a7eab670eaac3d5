"""Whether the text of a PDF can be seen: on the page, upright, large enough, with ink that stands out from what is
under it.

The page is drawn twice, with and without its text. Where a character makes no difference, it is transparent, has the
colour of its background, is cut off, or is covered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import ImageChops

from briefing.errors import Problem
from briefing.verify.expected import Expected, Span
from briefing.verify.findings import finding, page_list, quoted
from briefing.verify.pdf_drawing import SCALE, drawn
from briefing.verify.pdf_overprint import overprinted
from briefing.verify.pdf_text import Character, Page, spelled, walk_text_objects

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
