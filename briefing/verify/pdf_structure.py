"""The structure tree of a tagged PDF, read with pikepdf: what assistive technology is told, in logical order (ISO
32000-1, 14.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pikepdf

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
    _Reader(pages, role_map).fill(top, root.get("/K"), -1, 0)
    return top


@dataclass(frozen=True, slots=True)
class _Reader:
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
