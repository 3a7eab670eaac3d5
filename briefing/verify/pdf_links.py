"""Links of a finished PDF: what is clicked on the page leads to where the tree says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.document.blocks import Note
from briefing.document.inlines import Link, NoteReference
from briefing.document.reading import inline_text
from briefing.errors import Problem
from briefing.verify.expected import Expected, Mention
from briefing.verify.findings import finding, page_list, quoted
from briefing.verify.pdf_areas import Area
from briefing.verify.pdf_landing import Landing
from briefing.verify.pdf_text import Character

FILE = "PDF"


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
