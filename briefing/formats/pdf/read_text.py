"""The characters of a finished PDF: what each says, where it stands and what it is tagged as, read with PDFium; and the
structure tree that tags them, read with pikepdf (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

_DEEPEST: Final = 200


class Content(NamedTuple):
    """Marked content on a page counted from 0."""

    page: int
    mark: int


@dataclass(slots=True)
class Element:
    """A structure element; `role` is its standard type without the slash (``TH``), `alt` its alternative text."""

    role: str
    alt: str | None = None
    children: list[Element | Content] = field(default_factory=list)

    def contents(self) -> Iterator[Content]:
        """All marked content in the element, in logical order."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.contents()
            else:
                yield child

    def descendants(self) -> Iterator[Element]:
        """All elements below this one, parents first, in logical order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.descendants()


def read_structure(pdf: pikepdf.Pdf) -> Element | None:
    """The root of the structure tree; None for a PDF without one."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return None
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    roles = root.get("/RoleMap")
    role_map = {str(name): str(role) for name, role in roles.items()} if isinstance(roles, pikepdf.Dictionary) else {}
    top = Element("StructTreeRoot")
    _StructureReader(pages, role_map).fill(top, root.get("/K"), -1, 0)
    return top


@dataclass(frozen=True, slots=True)
class _StructureReader:
    pages: dict[tuple[int, int], int]
    role_map: dict[str, str]

    def fill(self, parent: Element, kids: Any, page: int, depth: int) -> None:
        """Put the children that `kids` stands for into `parent`, whose content is on `page` unless it says
        otherwise.
        """
        if kids is None or depth > _DEEPEST:
            return
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                self.fill(parent, kid, page, depth + 1)
        elif isinstance(kids, pikepdf.Dictionary):
            self._dictionary(parent, kids, page, depth)
        else:
            parent.children.append(Content(page, int(kids)))

    def _dictionary(self, parent: Element, kid: pikepdf.Dictionary, page: int, depth: int) -> None:
        own = kid.get("/Pg")
        here = page if own is None else self.pages.get(own.objgen, -1)
        kind = kid.get("/Type")
        if kind == pikepdf.Name.MCR:
            parent.children.append(Content(here, int(kid["/MCID"])))
        elif kind != pikepdf.Name.OBJR:
            alt = kid.get("/Alt")
            element = Element(self._role(str(kid.get("/S", ""))), None if alt is None else str(alt))
            parent.children.append(element)
            self.fill(element, kid.get("/K"), here, depth + 1)

    def _role(self, role: str) -> str:
        for _ in range(len(self.role_map)):
            if role not in self.role_map or self.role_map[role] == role:
                break
            role = self.role_map[role]
        return role.removeprefix("/")


NOT_TAGGED: Final = -1
LINE_END_HYPHEN: Final = "\x02"
"""What PDFium reads for a hyphen at the end of a line, whether the text has it or the layout put it there."""

_ARTIFACT: Final = "Artifact"
_WORD_GAP: Final = 0.2
_LONGEST_NAME: Final = 32


class Run(NamedTuple):
    """A stretch of text drawn at once.

    `order` is its place in the drawing order; `mark` its marked-content id or `NOT_TAGGED`; `size` its type size in
    points as seen; `upright`
    is false for text that is mirrored or turned by more than a right angle.
    """

    order: int
    mark: int
    artifact: bool
    size: float
    upright: bool


class Character(NamedTuple):
    """One character on page `page`, counted from 0; its box is that of the ink, in points from the lower left
    corner.
    """

    text: str
    page: int
    run: Run
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """How high the middle of the character stands, in points."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """How tall its line is, about, in points: at least half the type size, however flat the character."""
        return max(self.top - self.bottom, self.run.size / 2)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's characters in the order in which they are drawn, and the box that is shown (left, bottom, right,
    top).
    """

    number: int
    box: tuple[float, float, float, float]
    characters: tuple[Character, ...]

    @property
    def middle(self) -> float:
        """Half-way up the page."""
        return (self.box[1] + self.box[3]) / 2


def same_line(a: Character, b: Character) -> bool:
    """Whether two characters stand on one line of one page, superscripts included."""
    if a.run is b.run:
        return True
    return a.page == b.page and abs(a.middle - b.middle) <= max(a.height, b.height)


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
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    try:
        characters = list(_characters(text_page, page.raw, number))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    characters.sort(key=lambda character: character.run.order)
    return Page(number, tuple(page.get_bbox()), tuple(characters))


def _characters(text_page: Any, page: Any, number: int) -> Iterator[Character]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    runs = _Runs(text_page, page)
    high_surrogate = 0
    for place in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, place) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, place)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000 and high_surrogate:
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
        high_surrogate = 0
        pdfium.FPDFText_GetCharBox(text_page, place, left, right, bottom, top)
        yield Character(_readable(code), number, runs.of(place), left.value, bottom.value, right.value, top.value)


def _readable(code: int) -> str:
    """The character of a code; a lone surrogate or no code at all becomes the replacement character."""
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


class _Runs:
    """The runs of a page, each looked at once."""

    def __init__(self, text_page: Any, page: Any) -> None:
        self._text_page = text_page
        self._objects = {
            _address(handle): (order, mark, artifact)
            for order, (handle, mark, artifact) in enumerate(walk_text_objects(page))
        }
        self._runs: dict[int, Run] = {}
        self._matrix = pdfium.FS_MATRIX()

    def of(self, place: int) -> Run:
        """The run that the character at `place` belongs to."""
        address = _address(pdfium.FPDFText_GetTextObject(self._text_page, place))
        if address not in self._runs:
            matrix = self._matrix
            pdfium.FPDFText_GetMatrix(self._text_page, place, matrix)
            size = pdfium.FPDFText_GetFontSize(self._text_page, place) * (matrix.c**2 + matrix.d**2) ** 0.5
            upright = matrix.a * matrix.d - matrix.b * matrix.c > 0 and matrix.a > -abs(matrix.b)
            order, mark, artifact = self._objects.get(address, (len(self._objects), NOT_TAGGED, False))
            self._runs[address] = Run(order, mark, artifact, size, upright)
        return self._runs[address]


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents) if handle else 0


def walk_text_objects(page: Any) -> Iterator[tuple[Any, int, bool]]:
    """Each text object in drawing order, also inside form objects: its handle, marked-content id, and if it is an
    artifact.
    """

    def inside(count: int, get: Callable[[int], Any], mark: int, artifact: bool) -> Iterator[tuple[Any, int, bool]]:
        for place in range(count):
            handle = get(place)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind not in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM):
                continue
            own = pdfium.FPDFPageObj_GetMarkedContentID(handle)
            here = mark if own == NOT_TAGGED else own
            marked = artifact or _is_artifact(handle)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                yield handle, here, marked
            else:
                yield from inside(pdfium.FPDFFormObj_CountObjects(handle), _getter(handle), here, marked)

    count = pdfium.FPDFPage_CountObjects(page)
    yield from inside(count, lambda place: pdfium.FPDFPage_GetObject(page, place), NOT_TAGGED, False)


def _getter(form: Any) -> Callable[[int], Any]:
    return lambda place: pdfium.FPDFFormObj_GetObject(form, place)


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
