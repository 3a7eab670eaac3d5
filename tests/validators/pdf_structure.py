"""A PDF as a screen reader meets it: its structure tree, with the text that each element carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf

from tests.validators.pdf_marked_text import MarkedText, read_marked_text


@dataclass(frozen=True)
class Element:
    """A structure element: its standard type, its text, and what stands in it."""

    kind: str
    """`H1`, `Table`, `Link`; a type of the file's own is given as the standard one it is mapped to."""
    text: str
    """All that it and its children say, in reading order, blanks put together."""
    alt: str | None
    children: tuple[Element, ...]
    links: tuple[str, ...]
    """Where the link annotations directly in it lead: an address, or `#` and a destination's name."""

    def iter(self, *kinds: str) -> Iterator[Element]:
        """This element and those below it, in reading order, of the given kinds (all, when none is given)."""
        if not kinds or self.kind in kinds:
            yield self
        for child in self.children:
            yield from child.iter(*kinds)


@dataclass(frozen=True)
class Table:
    """The cells of a table, row by row."""

    rows: tuple[tuple[Element, ...], ...]

    @property
    def header_cells(self) -> int:
        """How many cells are TH."""
        return sum(cell.kind == "TH" for row in self.rows for cell in row)

    @property
    def data_cells(self) -> int:
        """How many cells are TD."""
        return sum(cell.kind == "TD" for row in self.rows for cell in row)


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline. Levels count from 1."""

    level: int
    title: str


@dataclass(frozen=True)
class PdfStructure:
    """What a PDF tells assistive technology about itself."""

    language: str | None
    title: str | None
    shows_title: bool
    """Whether viewers show the title, not the file's name."""
    tagged: bool
    root: Element
    outline: tuple[Bookmark, ...]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [(int(found.kind[1]), found.text) for found in self.root.iter("H1", "H2", "H3", "H4", "H5", "H6")]

    @property
    def tables(self) -> list[Table]:
        """The tables, in reading order."""
        return [Table(tuple(_rows(found))) for found in self.root.iter("Table")]

    @property
    def figures(self) -> list[str | None]:
        """The alternative text of each figure."""
        return [found.alt for found in self.root.iter("Figure")]

    @property
    def lists(self) -> list[list[str]]:
        """The items of each list, as text with their labels."""
        return [[item.text for item in found.children if item.kind == "LI"] for found in self.root.iter("L")]

    @property
    def links(self) -> list[tuple[str, tuple[str, ...]]]:
        """Text and targets of each link."""
        return [(found.text, found.links) for found in self.root.iter("Link")]

    def faults(self) -> list[str]:
        """What a reader with a screen reader would stumble over; veraPDF passes much of it."""
        return list(_faults(self))


def pdf_structure(path: Path) -> PdfStructure:
    """Read the structure of the PDF at `path`.

    Raises:
        pikepdf.PdfError: When it is not a PDF.
    """
    text = read_marked_text(path)
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return PdfStructure(
            language=_string(pdf.Root.get("/Lang")),
            title=_string(pdf.docinfo.get("/Title")) if "/Info" in pdf.trailer else None,
            shows_title=bool(_inside(pdf.Root, "/ViewerPreferences", "/DisplayDocTitle")),
            tagged=bool(_inside(pdf.Root, "/MarkInfo", "/Marked")),
            root=_Reader(pdf, text).root(),
            outline=tuple(_bookmarks(outline.root, 1)),
        )


class _Reader:
    """Reads the elements of one file."""

    def __init__(self, pdf: pikepdf.Pdf, text: MarkedText) -> None:
        self._text = text
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._tree = pdf.Root.get("/StructTreeRoot")
        roles = None if self._tree is None else self._tree.get("/RoleMap")
        self._roles = {} if roles is None else {name: str(role) for name, role in roles.items()}

    def root(self) -> Element:
        if self._tree is None:
            return Element("Document", "", None, (), ())
        return self._element(self._tree, 0)[0]

    def _element(self, node: pikepdf.Object, page: int) -> tuple[Element, str]:
        """The element and what it says with its blanks as they are, for whoever stands in a line with it."""
        page = self._page(node, page)
        pieces: list[str] = []
        children: list[Element] = []
        links: list[str] = []
        for kid in _kids(node):
            if isinstance(kid, int):
                pieces.append(self._text.get((page, kid), ""))
            elif kid.get("/Type") == "/MCR":
                pieces.append(self._text.get((self._page(kid, page), int(kid.MCID)), ""))
            elif kid.get("/Type") == "/OBJR":
                links += _targets(kid.Obj)
            else:
                child, said = self._element(kid, page)
                children.append(child)
                pieces.append(said)
        kind = str(node.get("/S", "/Document"))
        kind = self._roles.get(kind, kind).removeprefix("/")
        text = _string(node.get("/ActualText"))
        if text is None:
            text = "".join(pieces)
        element = Element(kind, " ".join(text.split()), _string(node.get("/Alt")), tuple(children), tuple(links))
        return element, text if kind in _INLINE else f" {text} "

    def _page(self, node: pikepdf.Object, default: int) -> int:
        page = node.get("/Pg")
        return default if page is None else self._pages.get(page.objgen, default)


# What stands in a line with its neighbours; everything else is set apart from them by a blank.
_INLINE = {"Span", "Link", "NonStruct", "Reference", "Quote", "Code", "Em", "Strong", "Annot"}


def _kids(node: pikepdf.Object) -> list[pikepdf.Object | int]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _inside(node: pikepdf.Object, outer: str, inner: str) -> object:
    dictionary = node.get(outer)
    return None if dictionary is None else dictionary.get(inner)


def _rows(node: Element) -> Iterator[tuple[Element, ...]]:
    for child in node.children:
        if child.kind == "TR":
            yield tuple(cell for cell in child.children if cell.kind in ("TH", "TD"))
        elif child.kind in ("THead", "TBody", "TFoot", "NonStruct"):
            yield from _rows(child)


def _targets(annotation: pikepdf.Object) -> Iterator[str]:
    action = annotation.get("/A")
    if action is not None and action.get("/S") == "/URI":
        yield str(action.URI)
        return
    destination = annotation.get("/Dest") if action is None else action.get("/D")
    if destination is not None:
        yield f"#{destination}" if isinstance(destination, pikepdf.String | pikepdf.Name) else "#"


def _bookmarks(items: list[pikepdf.OutlineItem], level: int) -> Iterator[Bookmark]:
    for item in items:
        yield Bookmark(level, item.title)
        yield from _bookmarks(item.children, level + 1)


def _string(value: object) -> str | None:
    return None if value is None else str(value)


def _faults(pdf: PdfStructure) -> Iterator[str]:
    if not pdf.tagged:
        yield "the document is not marked as tagged"
    if not (pdf.language or "").strip():
        yield "the document has no language"
    if not (pdf.title or "").strip():
        yield "the document has no title"
    if not pdf.shows_title:
        yield "viewers show the file's name in place of the title"
    if not pdf.headings:
        yield "the document has no headings"
    if not pdf.outline:
        yield "the document has no bookmarks"
    for (above, _), (level, text) in pairwise([(0, ""), *pdf.headings]):
        if level > above + 1:
            yield f"the heading {text!r} jumps from level {above} to level {level}"
        if not text:
            yield f"a heading of level {level} is empty"
    for number, table in enumerate(pdf.tables, 1):
        if not table.header_cells:
            yield f"table {number} has no header cells"
        if not table.data_cells:
            yield f"table {number} has no data cells"
    for number, alt in enumerate(pdf.figures, 1):
        if not (alt or "").strip():
            yield f"figure {number} has no alternative text"
    for number, items in enumerate(pdf.lists, 1):
        if not items:
            yield f"list {number} has no items"
    for text, targets in pdf.links:
        if not text:
            yield f"the link to {', '.join(targets)} has no text"
        if not targets:
            yield f"the link {text!r} leads nowhere"
