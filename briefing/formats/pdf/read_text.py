"""The characters of a finished PDF, read with PDFium: what each says, where it stands and what it is tagged as."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from briefing.errors import Problem
from briefing.formats.agreement.findings import finding, page_list

NOT_TAGGED: Final = -1
LINE_END_HYPHEN: Final = "\x02"
"""What PDFium reads for a hyphen at the end of a line, whether the text has it or the layout put it there."""

_ARTIFACT: Final = "Artifact"
_WORD_GAP: Final = 0.2
_LONGEST_NAME: Final = 32
_DEEPEST: Final = 14
"""So many forms within forms are looked into."""


def pdf_finding(code: str, message: str, node: str = "", origin: str = "", pages: Iterable[int] = ()) -> Problem:
    """A problem of a PDF at the id of a node, or of none, on `pages`, counted from 0."""
    return finding(code, "PDF", page_list(pages), node, message, origin)


class Content(NamedTuple):
    """Marked content on a page counted from 0."""

    page: int
    mark: int


class Run(NamedTuple):
    """A stretch of text drawn at once.

    `order` is its place in the drawing order; `mark` its marked-content id or `NOT_TAGGED`; `size` its type size in
    points as seen; `upright` is false for text that is mirrored or turned by more than a right angle.
    """

    order: int
    mark: int
    artifact: bool
    size: float
    upright: bool


class Character(NamedTuple):
    """One character on page `page`, counted from 0; its box is that of the ink, in points from the lower left corner."""

    text: str
    page: int
    run: Run
    left: float
    bottom: float
    right: float
    top: float

    @property
    def content(self) -> Content:
        """The marked content that it stands in."""
        return Content(self.page, self.run.mark)

    @property
    def middle(self) -> float:
        """How high the middle of the character stands, in points."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """How tall its line is, about, in points: at least half the type size, however flat the character."""
        return max(self.top - self.bottom, self.run.size / 2)


class Page(Struct, frozen=True):
    """A page's characters in the order in which they are drawn, and the box that is shown (left, bottom, right, top)."""

    number: int
    box: tuple[float, float, float, float]
    characters: tuple[Character, ...]

    def runs(self) -> Iterator[tuple[Run, list[Character]]]:
        """The characters by the runs that they stand in, in drawing order."""
        for run, characters in groupby(self.characters, attrgetter("run")):
            yield run, list(characters)

    @property
    def middle(self) -> float:
        """Half-way up the page."""
        return (self.box[1] + self.box[3]) / 2


def same_line(a: Character, b: Character) -> bool:
    """Whether two characters stand on one line of one page, superscripts included."""
    if a.run is b.run:
        return True
    if a.page != b.page:
        return False
    apart = abs(a.middle - b.middle)
    return apart <= a.height or apart <= b.height


def spelled(characters: Iterable[Character]) -> str:
    """The text of `characters` for people: with a space at line ends and wherever there is a gap."""
    parts: list[str] = []
    before: Character | None = None
    for character in characters:
        if before is not None and (
            not same_line(before, character) or character.left - before.right > _WORD_GAP * character.run.size
        ):
            parts.append(" ")
        parts.append(character.text)
        before = character
    return " ".join("".join(parts).split())


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """The characters of `page`, which is page `number` counted from 0."""
    text_page = page.get_textpage()
    try:
        characters = list(_characters(_address(text_page.raw), page, number))
    finally:
        text_page.close()
    characters.sort(key=lambda character: character.run.order)
    return Page(number, tuple(page.get_bbox()), tuple(characters))


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium's to be called for each character, with addresses for pointers, which need not be wrapped."""
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(function, ctypes.c_void_p).value or 0
    )


_is_generated: Final = _quick(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_code: Final = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_text_object: Final = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_character_box: Final = _quick(pdfium.FPDFText_GetCharBox, ctypes.c_int, *[ctypes.c_void_p] * 4)
_MADE_UP: Final = frozenset(map(ord, " \r\n"))
"""What PDFium itself puts between words and lines."""


_BEYOND: Final = 100.0
"""Points: what lies farther beside its page is taken to lie so far, because a style sheet can give a letter any place and any size."""


def _characters(text_page: int, page: pypdfium2.PdfPage, number: int) -> Iterator[Character]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = [ctypes.addressof(each) for each in (left, right, bottom, top)]
    from_left, from_bottom, to_right, to_top = (
        edge + beyond for edge, beyond in zip(page.get_bbox(), (-_BEYOND, -_BEYOND, _BEYOND, _BEYOND), strict=True)
    )
    runs = _Runs(text_page, page)
    known: dict[float, float] = {}
    high_surrogate = 0
    for place in range(pdfium.FPDFText_CountChars(runs.text_page)):
        code = _code(text_page, place)
        if code in _MADE_UP and _is_generated(text_page, place) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000 and high_surrogate:
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
        high_surrogate = 0
        _character_box(text_page, place, *sides)
        # A lone surrogate or no code at all becomes the replacement character.
        text = "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
        if left.value < from_left or right.value > to_right or bottom.value < from_bottom or top.value > to_top:
            left.value, right.value = (min(max(side.value, from_left), to_right) for side in (left, right))
            bottom.value, top.value = (min(max(side.value, from_bottom), to_top) for side in (bottom, top))
        # Heights are the same along a line: kept once, they take a fifth of the memory less.
        low, high = known.setdefault(bottom.value, bottom.value), known.setdefault(top.value, top.value)
        yield Character(text, number, runs.of(place), left.value, low, right.value, high)


class _Runs:
    """The runs of a page, each looked at once."""

    def __init__(self, text_page: int, page: pypdfium2.PdfPage) -> None:
        self._address = text_page
        self.text_page = ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE)
        self._objects = {
            _address(handle): (order, mark, artifact)
            for order, (handle, mark, artifact) in enumerate(text_objects(page))
        }
        self._runs: dict[int, Run] = {}
        self._matrix = pdfium.FS_MATRIX()

    def of(self, place: int) -> Run:
        """The run that the character at `place` belongs to."""
        address = _text_object(self._address, place) or 0
        if address not in self._runs:
            matrix = self._matrix
            pdfium.FPDFText_GetMatrix(self.text_page, place, matrix)
            size = pdfium.FPDFText_GetFontSize(self.text_page, place) * (matrix.c**2 + matrix.d**2) ** 0.5
            upright = matrix.a * matrix.d - matrix.b * matrix.c > 0 and matrix.a > -abs(matrix.b)
            order, mark, artifact = self._objects.get(address, (len(self._objects), NOT_TAGGED, False))
            self._runs[address] = Run(order, mark, artifact, size, upright)
        return self._runs[address]


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents) if handle else 0


def text_objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, bool]]:
    """Each text object in drawing order, also in form objects: its handle, marked-content id, and if it is an artifact."""
    for handles in _text_handles(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, ()):
        marks = map(pdfium.FPDFPageObj_GetMarkedContentID, handles)
        mark = next((mark for mark in marks if mark != NOT_TAGGED), NOT_TAGGED)
        yield handles[0], mark, any(map(_is_artifact, handles))


def _text_handles(
    container: Any, count: Callable[[Any], int], item: Callable[[Any, int], Any], above: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    """The handles of each text object in `container`, a page or a form, and of the forms that it stands in, the innermost first."""
    for place in range(count(container)):
        handle = item(container, place)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield (handle, *above)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(above) < _DEEPEST:
            inside = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
            yield from _text_handles(handle, *inside, (handle, *above))


def _is_artifact(handle: Any) -> bool:
    name = (pdfium.FPDF_WCHAR * _LONGEST_NAME)()
    length = ctypes.c_ulong()
    for place in range(pdfium.FPDFPageObj_CountMarks(handle)):
        mark = pdfium.FPDFPageObj_GetMark(handle, place)
        if pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length):
            letters = name[: length.value // ctypes.sizeof(pdfium.FPDF_WCHAR) - 1]
            if "".join(map(chr, letters)) == _ARTIFACT:
                return True
    return False
