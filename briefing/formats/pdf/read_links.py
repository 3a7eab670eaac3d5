"""Links and bookmarks of a finished PDF: what is clicked on the page leads to where the tree says (ISO 32000-1, 12.3.2
and 12.5.6.5).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pikepdf

from briefing.document.inlines import Link, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import Document, Note
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Mention
from briefing.formats.agreement.findings import finding, page_list, quoted
from briefing.formats.pdf.read_text import Character, same_line


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


_BELOW: Final = 4.0
"""How far below the lower edge of its target, in points, a link may land."""
_REACH: Final = 1000.0
"""How far above it at most: a picture of a page's height may stand between the target's edge and its first word."""
_BESIDE: Final = 60.0
"""How far to the right of a target's first letter text counts as standing over it, in points."""
_SIDEWAYS: Final = 4.0

Extent = tuple[int, int]
"""Where characters begin and end in the expected text."""


class Landing:
    """The characters found, by page and height; `placed` holds for each expected character the one found, if it was."""

    def __init__(self, placed: Sequence[Character | None]) -> None:
        self._placed = placed
        self._heights: dict[int, list[tuple[float, int]]] = {}
        for place, character in enumerate(placed):
            if character is not None:
                self._heights.setdefault(character.page, []).append((character.middle, place))
        for heights in self._heights.values():
            heights.sort()

    def first(self, extent: Extent | None) -> Character | None:
        """The first character found of an extent."""
        return next((each for each in self._placed[slice(*extent)] if each is not None), None) if extent else None

    def on_block(self, spot: Spot | None, extent: Extent | None) -> bool:
        """Whether `spot` is the beginning of a block with text: nothing else stands between. True for one not found."""
        target = self.first(extent)
        if target is None or extent is None:
            return True
        if spot is None or spot.page != target.page or not target.bottom - _BELOW <= spot.top <= target.top + _REACH:
            return False
        heights = self._heights[target.page]
        low, high = bisect_right(heights, (target.top, len(self._placed))), bisect_left(heights, (spot.top, 0))
        return not any(self._over(place, target, extent) for _, place in heights[low:high])

    def on_words(self, spot: Spot | None, extent: Extent) -> bool:
        """Whether `spot` is where words within a line begin. True for words not found."""
        letters = [each for each in self._placed[slice(*extent)] if each is not None]
        if not letters:
            return True
        left = min(letter.left for letter in letters if letter.page == letters[0].page)
        return self.on_block(spot, extent) and spot is not None and abs(spot.left - left) <= _SIDEWAYS

    def _over(self, place: int, target: Character, extent: Extent) -> bool:
        """Whether the character at `place` stands over the target without being part of it."""
        each = self._placed[place]
        if each is None or extent[0] <= place < extent[1] or same_line(each, target):
            return False
        return each.left < target.right + _BESIDE and each.right > target.left - _SIDEWAYS


FILE = "PDF"


def check_bookmarks(
    document: Document, expected: Expected, bookmarks: Sequence[Bookmark], landing: Landing
) -> Iterator[Problem]:
    """The outline is the headings in order and level, alone or below the title, and each entry leads to its heading."""
    title = inline_text(document.masthead.title)
    headings = [(each.heading.id, inline_text(each.heading.children), each.heading.level) for each in document.sections]
    below_title = [(document.masthead.title_id, title, 1), *((node, text, level + 1) for node, text, level in headings)]
    wanted = below_title if len(bookmarks) == len(below_title) else headings
    there = [(bare(bookmark.title)[0], bookmark.depth) for bookmark in bookmarks]
    if there != [(bare(text)[0], level - 1) for _, text, level in wanted]:
        said = ", ".join(quoted(bookmark.title) for bookmark in bookmarks) or "none"
        right = ", ".join(quoted(text) for _, text, _ in headings)
        yield finding("disagreement", FILE, "", "", f"the bookmarks are {said}; the headings are {right}")
        return
    for bookmark, (node, text, _) in zip(bookmarks, wanted, strict=True):
        if not landing.on_block(bookmark.spot, expected.extents.get(node)):
            message = f"the bookmark {quoted(text)} does not lead to its heading"
            yield finding("disagreement", FILE, "", node, message)


def check_links(
    expected: Expected, placed: Sequence[Character | None], areas: Sequence[Sequence[Area]], landing: Landing
) -> Iterator[Problem]:
    """One problem for each mention or note that does not lead where it should.

    `placed` holds for each expected character the one found, if it was; `areas` are what can be clicked on each page.
    """
    checker = _Checker(expected, placed, areas, landing)
    for mention in expected.mentions:
        yield from checker.check_mention(mention)
    for note in expected.of_kind(Note):
        yield from checker.check_way_back(note)


class _Checker:
    def __init__(
        self,
        expected: Expected,
        placed: Sequence[Character | None],
        areas: Sequence[Sequence[Area]],
        landing: Landing,
    ) -> None:
        self._expected = expected
        self._placed = placed
        self._areas = areas
        self._landing = landing
        self._anchors = {
            mention.inline.anchor: (mention.start, mention.end)
            for mention in expected.mentions
            if isinstance(mention.inline, NoteReference)
        }

    def check_mention(self, mention: Mention) -> Iterator[Problem]:
        """A link out leads to its address, a reference to its node; each of its letters can be clicked."""
        for character in self._found(mention.start, mention.end):
            here = self._under(character)
            if not any(self._right(mention, area) for area in here):
                there = f"it leads to {_named(here[0])}" if here else "it is no link"
                message = f"{quoted(inline_text((mention.inline,)))} should lead to {_goal(mention)}; {there}"
                where = page_list([character.page])
                yield finding("disagreement", FILE, where, mention.node, message, mention.origin)
                return

    def check_way_back(self, note: Note) -> Iterator[Problem]:
        """A click somewhere on a note leads back to its first mention."""
        characters = self._found(*self._expected.extents.get(note.id, (0, 0)))
        anchor = self._anchors.get(note.anchor)
        if not characters or anchor is None:
            return
        spots = {area.spot for character in characters for area in self._under(character) if area.spot}
        if not any(self._landing.on_words(spot, anchor) for spot in spots):
            message = f"no link leads from note {note.number} back to its first mention"
            yield finding("disagreement", FILE, page_list([characters[0].page]), note.id, message, note.origin)

    def _found(self, start: int, end: int) -> list[Character]:
        return [each for each in self._placed[start:end] if each is not None]

    def _under(self, character: Character) -> list[Area]:
        """What is clicked at `character`."""
        return [area for area in self._areas[character.page] if area.holds(character)]

    def _right(self, mention: Mention, area: Area) -> bool:
        match mention.inline:
            case Link(url=url):
                return area.url == url
            case _:
                return self._landing.on_block(area.spot, self._expected.extents.get(_goal(mention)))


def _goal(mention: Mention) -> str:
    """Where a mention should lead: an address, or the id of a node."""
    match mention.inline:
        case Link(url=url):
            return url
        case NoteReference(note=note):
            return note
        case _:
            return mention.inline.target


def _named(area: Area) -> str:
    if area.url is not None:
        return area.url
    return f"another place on page {area.spot.page + 1}" if area.spot else "no place in the file"
