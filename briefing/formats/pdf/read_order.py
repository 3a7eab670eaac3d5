"""The text of a tagged PDF in logical order, and the parts of it that a check asks for by their tags (ISO 32000-1, 14.7
and 14.8), read with pikepdf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Final

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.formats.agreement.characters import HYPHEN, bare
from briefing.formats.pdf.read_text import LINE_END_HYPHEN, Character, Content, Page, same_line

_DEEPEST: Final = 200
_CONTENT: Final = pikepdf.Name.MCR
_OBJECT: Final = pikepdf.Name.OBJR


class Element(Struct):
    """A structure element; `role` is its standard type without the slash (``TH``), `alt` its alternative text,
    `expansion` what a short form stands for.
    """

    role: str
    alt: str = ""
    expansion: str = ""
    children: list[Element | Content] = field(default_factory=list)

    def contents(self) -> Iterator[Content]:
        """All marked content in the element, in logical order."""
        waiting: list[Element | Content] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, Element):
                waiting += reversed(each.children)
            else:
                yield each

    def all(self) -> Iterator[Element]:
        """Every element below this one, in logical order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.all()

    def outermost(self, *roles: str) -> Iterator[Element]:
        """The elements of `roles` below this one that stand in no other such element, in logical order."""
        for child in self.children:
            if isinstance(child, Element) and child.role in roles:
                yield child
            elif isinstance(child, Element):
                yield from child.outermost(*roles)


def read_structure(pdf: pikepdf.Pdf) -> Element:
    """The root of the structure tree, without children for a PDF that has none."""
    top = Element("StructTreeRoot")
    root = pdf.Root.get("/StructTreeRoot")
    if isinstance(root, pikepdf.Dictionary):
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        roles = root.get("/RoleMap")
        role_map = {str(key): str(role) for key, role in roles.items()} if isinstance(roles, pikepdf.Dictionary) else {}
        _StructureReader(pages, role_map).fill(top, root.get("/K"), -1, 0)
    return top


class _StructureReader(Struct, frozen=True):
    pages: dict[tuple[int, int], int]
    role_map: dict[str, str]

    def fill(self, parent: Element, kids: Any, page: int, depth: int) -> None:
        """Put the children that `kids` stands for into `parent`, whose content is on `page` unless it says otherwise."""
        if kids is None or depth > _DEEPEST:
            return
        if isinstance(kids, int):
            parent.children.append(Content(page, kids))
        elif isinstance(kids, pikepdf.Dictionary):
            self._dictionary(parent, kids, page, depth)
        elif isinstance(kids, pikepdf.Array):
            for kid in kids:
                self.fill(parent, kid, page, depth + 1)
        else:
            parent.children.append(Content(page, int(kids)))

    def _dictionary(self, parent: Element, kid: pikepdf.Dictionary, page: int, depth: int) -> None:
        keys = kid.keys()  # the library takes long to say that one is not there
        here = self.pages.get(kid["/Pg"].objgen, -1) if "/Pg" in keys else page
        kind = kid["/Type"] if "/Type" in keys else None
        if kind == _CONTENT:
            parent.children.append(Content(here, int(kid["/MCID"])))
        elif kind != _OBJECT:
            role, alt, expansion = (str(kid[key]) if key in keys else "" for key in ("/S", "/Alt", "/E"))
            element = Element(self._role(role), alt, expansion)
            parent.children.append(element)
            self.fill(element, kid["/K"] if "/K" in keys else None, here, depth + 1)

    def _role(self, role: str) -> str:
        for _ in range(len(self.role_map)):
            role = self.role_map.get(role, role)
        return role.removeprefix("/")


_CONTEXT = 8
_HYPHENS = (HYPHEN, "\u2010", LINE_END_HYPHEN)


class Hyphens:
    """Tells hyphens of the text from those that the layout put at a line's end, by the texts that must be said."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts: list[str] = []
        joined = bytearray()
        for text in texts:
            characters, index = bare(text)
            if characters:
                parts.append(characters)
                joined.append(0)
                joined.extend(after - before <= 1 for before, after in pairwise(index))
        self._text = "".join(parts)
        self._joined = bytes(joined)

    def settled(self, characters: Sequence[Character]) -> list[Character]:
        """`characters` with the hyphens of the text only."""
        kept: list[Character | None] = list(characters)
        for place in [place for place, each in enumerate(characters) if each.text in _HYPHENS]:
            if _ends_line(characters, place) and self._breaks_word(characters, place):
                kept[place] = None
            elif characters[place].text == LINE_END_HYPHEN:
                kept[place] = replace(characters[place], text=HYPHEN)
        return [each for each in kept if each is not None]

    def _breaks_word(self, characters: Sequence[Character], place: int) -> bool:
        """Whether the text on both sides of this hyphen must be one word without it."""
        before = compared(characters[max(0, place - _CONTEXT) : place])
        after = compared(characters[place + 1 : place + 1 + _CONTEXT])
        if before + HYPHEN + after in self._text:
            return False
        start = self._text.find(before + after)
        while start >= 0:
            seam = start + len(before)
            if seam < len(self._joined) and self._joined[seam]:
                return True
            start = self._text.find(before + after, start + 1)
        return False


def _ends_line(characters: Sequence[Character], place: int) -> bool:
    return place + 1 == len(characters) or not same_line(characters[place], characters[place + 1])


def compared(characters: Iterable[Character]) -> str:
    """The compared characters of `characters`."""
    return bare("".join(character.text for character in characters))[0]


class FoundCell(Struct, frozen=True):
    """A cell: whether it is tagged as a header cell, and its compared characters."""

    header: bool
    text: str


class FoundTable(Struct, frozen=True):
    """A table's rows of cells, how many of them stand in its head, and the pages of its characters."""

    rows: tuple[tuple[FoundCell, ...], ...]
    heads: int
    pages: range


class LogicalText(Struct, frozen=True, dict=True):
    """What the structure tree holds: the characters in order, also by the content that they stand in; and what stands
    outside it, page by page.
    """

    structure: Element
    characters: list[Character]
    by_content: Mapping[Content, list[Character]]
    outside: list[list[Character]]

    def below(self, element: Element) -> list[Character]:
        """The characters of an element."""
        return [character for content in element.contents() for character in self.by_content.get(content, ())]

    def headings(self) -> list[tuple[int, list[Character]]]:
        """The level of each heading, 1 for H1, and its characters."""
        found = self.structure.outermost(*(f"H{level}" for level in range(1, 7)))
        return [(int(heading.role[1]), self.below(heading)) for heading in found]

    def figures(self) -> list[Element]:
        """The figures in order."""
        return list(self.structure.outermost("Figure"))

    def expansions(self) -> list[tuple[str, str]]:
        """Each short form, as compared, with what it is said to stand for, in order."""
        spans = self.structure.all()
        return [(compared(self.below(span)), span.expansion) for span in spans if span.expansion]

    @cached_property
    def tables(self) -> list[FoundTable]:
        """The tables in order, those within another table left out."""
        return [self._table(table) for table in self.structure.outermost("Table") if any(table.outermost("TR"))]

    def _table(self, table: Element) -> FoundTable:
        rows = tuple(
            tuple(
                FoundCell(cell.role == "TH", compared(self.below(cell)))
                for cell in row.children
                if isinstance(cell, Element) and (cell.role in ("TH", "TD") or self.below(cell))
            )
            for row in table.outermost("TR")
        )
        heads = sum(1 for head in table.outermost("THead") for _ in head.outermost("TR"))
        pages = [character.page for row in table.outermost("TR") for character in self.below(row)]
        return FoundTable(rows, heads, range(min(pages, default=0), max(pages, default=-1) + 1))


def logical_text(structure: Element, pages: Sequence[Page], hyphens: Hyphens) -> LogicalText:
    """The text of `pages` in the order of `structure`; content that is named twice is read at its first place."""
    marked: dict[Content, list[Character]] = {}
    outside: list[list[Character]] = [[] for _ in pages]
    runs = [(number, *each) for number, page in enumerate(pages) for each in page.runs]
    for _, run, characters in runs:
        if not run.artifact:
            marked.setdefault(characters[0].content, []).extend(characters)
    order = {content: marked[content] for content in structure.contents() if content in marked}
    for number, run, characters in runs:
        if run.artifact or characters[0].content not in order:
            outside[number].extend(characters)
    whole = hyphens.settled([character for content in order for character in order[content]])
    settled: dict[Content, list[Character]] = {}
    for _, members in groupby(whole, attrgetter("run")):
        characters = list(members)
        settled.setdefault(characters[0].content, []).extend(characters)
    return LogicalText(structure, whole, settled, [hyphens.settled(each) for each in outside])
