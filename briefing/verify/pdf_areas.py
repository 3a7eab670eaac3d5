"""What can be clicked in a finished PDF, where it leads, and the bookmarks (ISO 32000-1, 12.3.2 and 12.5.6.5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from briefing.verify.pdf_text import Character


class Spot(NamedTuple):
    """A place that a link leads to: a page counted from 0, and how far left and high on it, in points.

    A link to a whole page leads to its top: `top` is then infinite.
    """

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Area:
    """A clickable rectangle; it leads to `url`, or to `spot` within the file, or nowhere."""

    left: float
    bottom: float
    right: float
    top: float
    url: str | None
    spot: Spot | None

    def holds(self, character: Character) -> bool:
        """Whether the middle of `character` is clicked here."""
        x, y = (character.left + character.right) / 2, (character.bottom + character.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Bookmark(NamedTuple):
    """An entry of the outline; `depth` counts from 0."""

    title: str
    depth: int
    spot: Spot | None


class LinkReader:
    """Reads link annotations, destinations and bookmarks."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
        self._names = dict(pikepdf.NameTree(tree).items()) if tree is not None else {}

    def areas(self) -> list[list[Area]]:
        """The clickable areas of each page."""
        return [list(self._areas(page)) for page in self._pdf.pages]

    def bookmarks(self) -> list[Bookmark]:
        """The outline in order, parents before children."""
        outlines = self._pdf.Root.get("/Outlines")
        return list(self._bookmarks(outlines.get("/First"), 0)) if isinstance(outlines, pikepdf.Dictionary) else []

    def _areas(self, page: pikepdf.Page) -> Iterator[Area]:
        for annotation in page.obj.get("/Annots") or ():
            if annotation.get("/Subtype") != pikepdf.Name.Link:
                continue
            x1, y1, x2, y2 = (float(value) for value in annotation["/Rect"])
            action = annotation.get("/A")
            url = str(action["/URI"]) if action is not None and action.get("/S") == pikepdf.Name.URI else None
            yield Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), url, self._leads_to(annotation))

    def _bookmarks(self, item: Any, depth: int) -> Iterator[Bookmark]:
        seen: set[tuple[int, int]] = set()
        while isinstance(item, pikepdf.Dictionary) and item.objgen not in seen:
            seen.add(item.objgen)
            yield Bookmark(str(item.get("/Title", "")), depth, self._leads_to(item))
            yield from self._bookmarks(item.get("/First"), depth + 1)
            item = item.get("/Next")

    def _leads_to(self, owner: Any) -> Spot | None:
        """The place that an annotation or a bookmark leads to, by its destination or its go-to action."""
        destination = owner.get("/Dest")
        action = owner.get("/A")
        if destination is None and action is not None and action.get("/S") == pikepdf.Name.GoTo:
            destination = action.get("/D")
        return self._spot(destination)

    def _spot(self, destination: Any) -> Spot | None:
        if isinstance(destination, (pikepdf.String, pikepdf.Name)):
            destination = self._names.get(str(destination))
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, pikepdf.Array) or len(destination) < 2:
            return None
        page = self._pages.get(destination[0].objgen)
        if page is None:
            return None
        kind = str(destination[1])
        left = self._coordinate(destination, {"/XYZ": 2, "/FitV": 2}.get(kind), 0.0)
        top = self._coordinate(destination, {"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(kind), math.inf)
        return Spot(page, left, top)

    @staticmethod
    def _coordinate(destination: pikepdf.Array, place: int | None, otherwise: float) -> float:
        value = destination[place] if place is not None and place < len(destination) else None
        return otherwise if value is None else float(value)
