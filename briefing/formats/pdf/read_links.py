"""Links and bookmarks of a finished PDF: what is clicked on the page leads to where the tree says (ISO 32000-1, 12.3.2
and 12.5.6.5).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import pikepdf

from briefing.document.inlines import FootnoteReference, Link, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import Document, Footnote, Heading, Note
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Mention
from briefing.formats.agreement.findings import quoted
from briefing.formats.pdf.read_text import Character, pdf_finding, same_line

_BELOW: Final = 4.0
"""How far below the lower edge of its target, in points, a link may land."""
_REACH: Final = 1000.0
"""How far above it at most: a picture of a page's height may stand between the target's edge and its first word."""
_BESIDE: Final = 60.0
"""How far to the right of a target's first letter text counts as standing over it, in points."""
_SIDEWAYS: Final = 4.0

Extent = tuple[int, int]
"""Where characters begin and end in the expected text."""


class Spot(NamedTuple):
    """A place that a link leads to: a page counted from 0, and how far left and high on it, in points.

    A link to a whole page leads to its top: `top` is then infinite.
    """

    page: int
    left: float
    top: float


class Area(NamedTuple):
    """A clickable rectangle; it leads to `url`, or to `spot` within the file, or nowhere, and is called `name`."""

    left: float
    bottom: float
    right: float
    top: float
    url: str | None
    spot: Spot | None
    name: str

    def holds(self, character: Character) -> bool:
        """Whether the middle of `character` is clicked here."""
        return self.left <= (character.left + character.right) / 2 <= self.right and (
            self.bottom <= character.middle <= self.top
        )


class _LinkReader:
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

    def _areas(self, page: pikepdf.Page) -> Iterator[Area]:
        for annotation in page.obj.get("/Annots") or ():
            if annotation.get("/Subtype") != pikepdf.Name.Link:
                continue
            x1, y1, x2, y2 = (float(value) for value in annotation["/Rect"])
            action = annotation.get("/A")
            url = str(action["/URI"]) if action is not None and action.get("/S") == pikepdf.Name.URI else None
            spot = self._spot(annotation.get("/Dest"), action)
            yield Area(
                min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), url, spot, str(annotation.get("/Contents", ""))
            )

    def bookmarks(self) -> Iterator[tuple[str, int, Spot | None]]:
        """The title, depth from 0 and place of each entry of the outline, parents before children."""

        def entries(items: Sequence[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[str, int, Spot | None]]:
            for item in items:
                yield item.title, depth, self._spot(item.destination, item.action)
                yield from entries(item.children, depth + 1)

        return entries(self._pdf.open_outline().root, 0)

    def _spot(self, destination: Any, action: Any) -> Spot | None:
        """The place that an annotation or a bookmark leads to, by its destination or its go-to action."""
        if destination is None and action is not None and action.get("/S") == pikepdf.Name.GoTo:
            destination = action.get("/D")
        if isinstance(destination, (pikepdf.String, pikepdf.Name)):
            destination = self._names.get(str(destination))
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        page = self._pages.get(destination[0].objgen) if isinstance(destination, pikepdf.Array) else None
        if page is None:
            return None
        places = dict(enumerate(destination))
        kind = str(places.get(1))
        left = places.get({"/XYZ": 2, "/FitV": 2}.get(kind, -1))
        top = places.get({"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(kind, -1))
        return Spot(page, 0.0 if left is None else float(left), math.inf if top is None else float(top))


class _Landing:
    """The characters found, by page and height; `placed` holds for each expected character the one found, if it was."""

    def __init__(self, placed: Sequence[Character | None]) -> None:
        self._placed = placed
        self._places: dict[int, defaultdict[float, list[int]]] = {}
        page, on_page = -1, defaultdict[float, list[int]](list)
        for place, character in enumerate(placed):
            if character is not None:
                if character.page != page:
                    page, on_page = character.page, self._places.setdefault(character.page, defaultdict(list))
                on_page[(character.bottom + character.top) / 2].append(place)
        self._heights = {page: sorted(places) for page, places in self._places.items()}
        self._known: dict[tuple[Spot | None, Extent | None], bool] = {}

    def _between(self, page: int, first: int, last: int) -> Iterator[int]:
        """The places of the characters of a page at some of its heights, of which `first` to `last` are the numbers from below."""
        for height in self._heights[page][first:last]:
            yield from self._places[page][height]

    def found(self, extent: Extent | None) -> list[Character]:
        """The characters found of an extent."""
        return [each for each in self._placed[slice(*extent)] if each is not None] if extent else []

    def on_block(self, spot: Spot | None, extent: Extent | None) -> bool:
        """Whether `spot` is the beginning of a block with text: nothing else stands between. True for one not found."""
        if (spot, extent) not in self._known:  # every letter of a link asks
            begins = self._above(spot, extent) and (spot is None or not self._other_column(spot, extent))
            self._known[spot, extent] = begins
        return self._known[spot, extent]

    def _above(self, spot: Spot | None, extent: Extent | None) -> bool:
        """Whether `spot` is at the height at which a block with text begins. True for one not found."""
        target = next(iter(self.found(extent)), None)
        if target is None or extent is None:
            return True
        if spot is None or spot.page != target.page or not target.bottom - _BELOW <= spot.top <= target.top + _REACH:
            return False
        heights = self._heights[target.page]
        low, high = bisect_right(heights, target.top), bisect_left(heights, spot.top)
        return not any(self._over(place, target, extent) for place in self._between(target.page, low, high))

    def on_words(self, spot: Spot, extent: Extent) -> bool:
        """Whether `spot` is where words within a line begin. True for words not found."""
        letters = self.found(extent)
        left = min((letter.left for letter in letters if letter.page == letters[0].page), default=spot.left)
        return self._above(spot, extent) and abs(spot.left - left) <= _SIDEWAYS

    def _other_column(self, spot: Spot, extent: Extent | None) -> bool:
        """Whether, on the line with which a block begins, other text stands between `spot` and the block."""
        target = next(iter(self.found(extent)), None)
        if target is None or extent is None or spot.left <= 0:  # a destination need not say how far left it is
            return False
        heights = self._heights[target.page]
        low, high = bisect_left(heights, target.bottom), bisect_right(heights, target.top)
        left, right = sorted((spot.left, target.left))
        return any(
            left < (each.left + each.right) / 2 < right
            for place in self._between(target.page, low, high)
            if not extent[0] <= place < extent[1] and (each := self._placed[place]) and same_line(each, target)
        )

    def _over(self, place: int, target: Character, extent: Extent) -> bool:
        """Whether the character at `place` stands over the target without being part of it."""
        each = self._placed[place]
        if each is None or extent[0] <= place < extent[1] or same_line(each, target):
            return False
        return each.left < target.right + _BESIDE and each.right > target.left - _SIDEWAYS


def check_links(
    document: Document, expected: Expected, placed: Sequence[Character | None], pdf: pikepdf.Pdf
) -> Iterator[Problem]:
    """One problem for each mention, note or bookmark that does not lead where it should.

    `placed` holds for each expected character the one found, if it was.
    """
    reader = _LinkReader(pdf)
    checker = _Checker(expected, _Landing(placed), reader.areas())
    for mention in expected.mentions:
        yield from checker.check_mention(mention)
    notes: list[Footnote | Note] = [*expected.of_kind(Footnote), *expected.of_kind(Note)]
    for note in notes:
        yield from checker.check_way_back(note)
    yield from checker.check_bookmarks(document, list(reader.bookmarks()))


class _Checker:
    def __init__(self, expected: Expected, landing: _Landing, areas: Sequence[Sequence[Area]]) -> None:
        self._extents = expected.extents
        self._headings = expected.of_kind(Heading)
        self._landing = landing
        self._areas = areas
        notes: list[Footnote | Note] = [*expected.of_kind(Footnote), *expected.of_kind(Note)]
        self._names = {note.id: " ".join(note.name.split()) for note in notes if note.name}
        self._anchors = {
            mention.inline.anchor: (mention.start, mention.end)
            for mention in expected.mentions
            if isinstance(mention.inline, (NoteReference, FootnoteReference))
        }

    def check_mention(self, mention: Mention) -> Iterator[Problem]:
        """A link out leads to its address, a reference to its node; each of its letters can be clicked."""
        for character in self._landing.found((mention.start, mention.end)):
            here = self._under(character)
            if not any(self._right(mention, area) for area in here):
                there = f"it leads to {_named(here[0])}" if here else "it is no link"
                message = f"{quoted(inline_text((mention.inline,)))} should lead to {_goal(mention)}; {there}"
                yield pdf_finding("disagreement", message, mention.node, mention.origin, [character.page])
                return

    def check_way_back(self, note: Note | Footnote) -> Iterator[Problem]:
        """A click somewhere on a note leads back to its first mention."""
        characters = self._landing.found(self._extents.get(note.id))
        anchor = self._anchors.get(note.anchor)
        if not characters or anchor is None:
            return
        spots = {area.spot for character in characters for area in self._under(character) if area.spot}
        if not any(self._landing.on_words(spot, anchor) for spot in spots):
            name = f"note {note.number}" if isinstance(note, Note) else f"footnote {note.mark}"
            message = f"no link leads from {name} back to its first mention"
            yield pdf_finding("disagreement", message, note.id, note.origin, [characters[0].page])

    def check_bookmarks(self, document: Document, found: Sequence[tuple[str, int, Spot | None]]) -> Iterator[Problem]:
        """The outline is the headings in order and level, alone or below the title; each entry leads to its heading."""
        title = document.masthead.title_id, inline_text(document.masthead.title), 0
        headings = [(each.id, inline_text(each.children), each.level - 1) for each in self._headings]
        below_title = [title, *((node, text, depth + 1) for node, text, depth in headings)]
        wanted = below_title if len(found) == len(below_title) else headings
        if [(bare(text)[0], depth) for text, depth, _ in found] != [
            (bare(text)[0], depth) for _, text, depth in wanted
        ]:
            said = ", ".join(quoted(text) for text, _, _ in found) or "none"
            right = ", ".join(quoted(text) for _, text, _ in headings)
            yield pdf_finding("disagreement", f"the bookmarks are {said}; the headings are {right}")
            return
        for (_, _, spot), (node, text, _) in zip(found, wanted, strict=True):
            if not self._landing.on_block(spot, self._extents.get(node)):
                yield pdf_finding("disagreement", f"the bookmark {quoted(text)} does not lead to its heading", node)

    def _under(self, character: Character) -> list[Area]:
        """What is clicked at `character`."""
        return [area for area in self._areas[character.page] if area.holds(character)]

    def _right(self, mention: Mention, area: Area) -> bool:
        if isinstance(mention.inline, Link):
            return area.url == mention.inline.url
        goal = _goal(mention)
        if goal in self._names and area.name != self._names[goal]:
            return False
        return self._landing.on_block(area.spot, self._extents.get(goal))


def _goal(mention: Mention) -> str:
    """Where a mention should lead: an address, or the id of a node."""
    match mention.inline:
        case Link(url=goal) | NoteReference(note=goal) | FootnoteReference(footnote=goal):
            return goal
        case _:
            return mention.inline.target


def _named(area: Area) -> str:
    if area.url is not None:
        return area.url
    return (
        f"another place on page {area.spot.page + 1}, as {quoted(area.name)}" if area.spot else "no place in the file"
    )
