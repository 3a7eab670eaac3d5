"""The characters of a finished PDF, read with PDFium: what each says, where it stands and what it is tagged as."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from briefing.errors import Problem
from briefing.formats.agreement.findings import finding, page_list

NOT_TAGGED: Final = -1
LINE_END_HYPHEN: Final = "\x02"
"""What PDFium reads for a hyphen at the end of a line, whether the text has it or the layout put it there."""

_ARTIFACT: Final = "Artifact\0".encode("utf-16-le")
_WORD_GAP: Final = 0.2
_DEEPEST: Final = 14
"""So many forms within forms are looked into."""


def pdf_finding(code: str, message: str, node: str = "", origin: str = "", pages: Iterable[int] = ()) -> Problem:
    """A problem of a PDF at the id of a node, or of none, on `pages`, counted from 0."""
    return finding(code, "PDF", page_list(pages), node, message, origin)


class Content(NamedTuple):
    """Marked content on a page counted from 0."""

    page: int
    mark: int


class Run(Struct, frozen=True, gc=False):
    """A stretch of text drawn at once.

    `order` is its place in the drawing order; `mark` its marked-content id or `NOT_TAGGED`; `size` its type size in
    points as seen; `upright` is false for text that is mirrored or turned by more than a right angle.
    """

    order: int
    mark: int
    artifact: bool
    size: float
    upright: bool


class Character(Struct, frozen=True, gc=False):
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
    """The runs of a page in the order in which they are drawn, each with its characters, and the box that is shown (left, bottom, right, top)."""

    number: int
    box: tuple[float, float, float, float]
    runs: Sequence[tuple[Run, list[Character]]]

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


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium's to be called for each object and each character, with addresses for pointers, which need not be wrapped."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_is_generated: Final = _quick(pdfium.FPDFText_IsGenerated, _INT, _POINTER, _INT)
_code: Final = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_text_object: Final = _quick(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_character_box: Final = _quick(pdfium.FPDFText_GetCharBox, _INT, _POINTER, _INT, *[_POINTER] * 4)
_count_on_page: Final = _quick(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
_on_page: Final = _quick(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_count_in_form: Final = _quick(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
_in_form: Final = _quick(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_kind: Final = _quick(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
_content_id: Final = _quick(pdfium.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
_count_marks: Final = _quick(pdfium.FPDFPageObj_CountMarks, _INT, _POINTER)
_mark: Final = _quick(pdfium.FPDFPageObj_GetMark, _POINTER, _POINTER, ctypes.c_ulong)
_name_of_mark: Final = _quick(pdfium.FPDFPageObjMark_GetName, _INT, _POINTER, _POINTER, ctypes.c_ulong, _POINTER)
set_drawn: Final = _quick(pdfium.FPDFPageObj_SetIsActive, _INT, _POINTER, _INT)
"""Have the object at an address drawn, or not."""
set_rendering: Final = _quick(pdfium.FPDFTextObj_SetTextRenderMode, _INT, _POINTER, _INT)
"""Have the text object at an address drawn in one of the modes of ISO 32000-1, 9.3.6."""


class PageObjects(Struct, frozen=True):
    """What a page draws, for as long as it is open.

    `texts` are its text objects in drawing order, also those in form objects: each one's address, marked-content id, and if it is an artifact.
    `paths` are the addresses of the shapes that stand on the page itself.
    """

    texts: list[tuple[int, int, bool]]
    paths: list[int]
    has_pictures: bool

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> PageObjects:
        """Look at every object of `page` once."""
        texts, paths, has_pictures = [], [], False
        name = ctypes.create_string_buffer(len(_ARTIFACT))
        for kind, objects in _objects(_address(page.raw), _count_on_page, _on_page, ()):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                mark = next((mark for each in objects if (mark := _content_id(each)) != NOT_TAGGED), NOT_TAGGED)
                texts.append((objects[0], mark, any(_is_artifact(each, name) for each in objects)))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(objects) == 1:
                paths.append(objects[0])
            has_pictures = has_pictures or kind == pdfium.FPDF_PAGEOBJ_IMAGE
        return cls(texts, paths, has_pictures)


def _objects(
    container: int, count: Callable[[int], int], item: Callable[[int, int], int], above: tuple[int, ...]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The kind of each object in `container`, a page or a form, with its address and those of the forms that it stands in, the innermost first."""
    for place in range(count(container)):
        address = item(container, place)
        kind = _kind(address)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield kind, (address, *above)
        elif len(above) < _DEEPEST:
            yield from _objects(address, _count_in_form, _in_form, (address, *above))


def _is_artifact(address: int, name: Any) -> bool:
    """Whether the object at an address is one; `name` is memory for the name of a mark. A longer name is not written into it."""
    where, length = ctypes.addressof(name), ctypes.c_ulong()
    for place in range(_count_marks(address)):
        name.value = b""
        mark = _mark(address, place)
        if _name_of_mark(mark, where, len(_ARTIFACT), ctypes.addressof(length)) and name.raw == _ARTIFACT:
            return True
    return False


def read_page(page: pypdfium2.PdfPage, number: int, objects: PageObjects) -> Page:
    """The characters of `page`, which is page `number` counted from 0 and draws `objects`."""
    text_page = page.get_textpage()
    try:
        runs = _runs(_address(text_page.raw), page, number, objects)
    finally:
        text_page.close()
    return Page(number, tuple(page.get_bbox()), sorted(runs, key=lambda each: each[0].order))


_FOUR_NUMBERS: Final = struct.Struct("4d").unpack_from
_MADE_UP: Final = frozenset(map(ord, " \r\n"))
"""What PDFium itself puts between words and lines."""


_BEYOND: Final = 100.0
"""Points: what lies farther beside its page is taken to lie so far, because a style sheet can give a letter any place and any size."""


def _runs(
    text_page: int, page: pypdfium2.PdfPage, number: int, objects: PageObjects
) -> Iterable[tuple[Run, list[Character]]]:
    box = (ctypes.c_double * 4)()
    sides = [ctypes.addressof(box) + place * ctypes.sizeof(ctypes.c_double) for place in range(4)]
    from_left, from_bottom, to_right, to_top = (
        edge + beyond for edge, beyond in zip(page.get_bbox(), (-_BEYOND, -_BEYOND, _BEYOND, _BEYOND), strict=True)
    )
    handle = ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE)
    runs = _RunsByAddress(handle, objects)
    known: dict[float, float] = {}
    high_surrogate = 0
    for place in range(pdfium.FPDFText_CountChars(handle)):
        code = _code(text_page, place)
        if code in _MADE_UP and _is_generated(text_page, place) == 1:
            continue
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                high_surrogate = code
                continue
            if high_surrogate:
                code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
        high_surrogate = 0
        _character_box(text_page, place, *sides)
        left, right, bottom, top = _FOUR_NUMBERS(box)
        # A lone surrogate or no code at all becomes the replacement character.
        text = "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
        if left < from_left or right > to_right or bottom < from_bottom or top > to_top:
            left, right = (min(max(side, from_left), to_right) for side in (left, right))
            bottom, top = (min(max(side, from_bottom), to_top) for side in (bottom, top))
        # Heights are the same along a line: kept once, they take a fifth of the memory less.
        low, high = known.setdefault(bottom, bottom), known.setdefault(top, top)
        address = _text_object(text_page, place) or 0
        run, characters = runs.known.get(address) or runs.found(place, address)
        characters.append(Character(text, number, run, left, low, right, high))
    return runs.known.values()


class _RunsByAddress:
    """The runs of a page, each looked at once, and their characters: those that are known, by the addresses of their text objects."""

    def __init__(self, text_page: Any, objects: PageObjects) -> None:
        self.known: dict[int, tuple[Run, list[Character]]] = {}
        self._text_page = text_page
        self._objects = {
            address: (order, mark, artifact) for order, (address, mark, artifact) in enumerate(objects.texts)
        }
        self._matrix = pdfium.FS_MATRIX()

    def found(self, place: int, address: int) -> tuple[Run, list[Character]]:
        """The run of which the character at `place` is the first to be read."""
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text_page, place, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text_page, place) * (matrix.c**2 + matrix.d**2) ** 0.5
        upright = matrix.a * matrix.d - matrix.b * matrix.c > 0 and matrix.a > -abs(matrix.b)
        order, mark, artifact = self._objects.get(address, (len(self._objects), NOT_TAGGED, False))
        self.known[address] = Run(order, mark, artifact, size, upright), []
        return self.known[address]


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents) if handle else 0
