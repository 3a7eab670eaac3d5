"""Links of a finished PDF: what is clicked on the page leads to where the tree says, and bookmarks are the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.document.blocks import Figure, Note
from briefing.document.inlines import Link, NoteReference
from briefing.document.reading import inline_text
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.verify.characters import bare
from briefing.verify.expected import Expected, Mention
from briefing.verify.findings import finding, page_list, quoted
from briefing.verify.pdf_areas import Area, Bookmark, Spot
from briefing.verify.pdf_text import Character

FILE = "PDF"
_REACH: Final = 40.0
"""How far above its target, in points, a link may land."""
_BELOW: Final = 4.0


class LinkChecker:
    """Holds the links of a file against the tree; `placed` holds for each expected character the one found, if it
    was.
    """

    def __init__(self, document: Document, expected: Expected, placed: Sequence[Character | None]) -> None:
        self._document = document
        self._expected = expected
        self._placed = placed
        self._extents = expected.extents
        self._anchors = {
            mention.inline.anchor: mention for mention in expected.mentions if isinstance(mention.inline, NoteReference)
        }
        self._figures = {figure.id for figure in expected.of_kind(Figure)}

    def check(self, areas: Sequence[Sequence[Area]]) -> Iterator[Problem]:
        """One problem for each mention or note that does not lead where it should."""
        for mention in self._expected.mentions:
            characters = [each for each in self._placed[mention.start : mention.end] if each is not None]
            if characters:
                yield from self._mention(mention, characters, areas)
        for note in self._expected.of_kind(Note):
            yield from self._way_back(note, areas)

    def check_bookmarks(self, bookmarks: Sequence[Bookmark]) -> Iterator[Problem]:
        """The outline is the headings in order and level, alone or below the title, and each entry leads to its
        heading.
        """
        title = (self._document.masthead.title_id, inline_text(self._document.masthead.title), 0)
        headings = [
            (each.heading.id, inline_text(each.heading.children), each.heading.level)
            for each in self._document.sections
        ]
        there = [(bare(bookmark.title)[0], bookmark.depth) for bookmark in bookmarks]
        titled = bool(there) and bool(headings) and there[0][0] == bare(title[1])[0] and len(there) == len(headings) + 1
        wanted = [title, *headings] if titled else headings
        depths = [level if titled else level - 1 for _, _, level in wanted]
        if there != [(bare(text)[0], depth) for (_, text, _), depth in zip(wanted, depths, strict=True)]:
            said = ", ".join(quoted(bookmark.title) for bookmark in bookmarks) or "none"
            right = ", ".join(quoted(text) for _, text, _ in headings)
            yield finding("disagreement", FILE, "", "", f"the bookmarks are {said}; the headings are {right}")
            return
        for bookmark, (node, text, _) in zip(bookmarks, wanted, strict=True):
            target = self._first(self._extents.get(node))
            if target is not None and not _lands(bookmark.spot, target, _REACH):
                yield finding(
                    "disagreement",
                    FILE,
                    page_list([target.page]),
                    node,
                    f"the bookmark {quoted(text)} does not lead to its heading",
                )

    def _mention(
        self, mention: Mention, characters: Sequence[Character], areas: Sequence[Sequence[Area]]
    ) -> Iterator[Problem]:
        inline = mention.inline
        for character in (characters[0], characters[-1]):
            here = [area for area in areas[character.page] if area.holds(character)]
            if isinstance(inline, Link):
                right = any(area.url == inline.url for area in here)
                goal = inline.url
            else:
                goal = inline.note if isinstance(inline, NoteReference) else inline.target
                target = self._target(goal)
                reach = 1000.0 if goal in self._figures else _REACH
                right = target is None or any(_lands(area.spot, target, reach) for area in here)
            if not right:
                words = str(inline.number) if isinstance(inline, NoteReference) else self._words(mention)
                there = "it is no link" if not here else f"it leads to {_named(here[0])}"
                yield finding(
                    "disagreement",
                    FILE,
                    page_list([character.page]),
                    mention.node,
                    f"{quoted(words)} should lead to {goal}; {there}",
                    mention.origin,
                )
                return

    def _way_back(self, note: Note, areas: Sequence[Sequence[Area]]) -> Iterator[Problem]:
        anchor = self._anchors.get(note.anchor)
        mention = self._first((anchor.start, anchor.end)) if anchor is not None else None
        start, end = self._extents.get(note.id, (0, 0))
        characters = [each for each in self._placed[start:end] if each is not None]
        if mention is None or not characters:
            return
        back = (
            area for character in characters for area in areas[character.page] if area.spot and area.holds(character)
        )
        if not any(_lands(area.spot, mention, _REACH) for area in back):
            message = f"no link leads from note {note.number} back to its first mention"
            yield finding("disagreement", FILE, page_list([characters[0].page]), note.id, message, note.origin)

    def _target(self, node: str) -> Character | None:
        return self._first(self._extents.get(node))

    def _first(self, extent: tuple[int, int] | None) -> Character | None:
        """The first character found of an extent of expected characters."""
        return next((each for each in self._placed[slice(*extent)] if each is not None), None) if extent else None

    def _words(self, mention: Mention) -> str:
        return inline_text((mention.inline,))


def _lands(spot: Spot | None, target: Character, reach: float) -> bool:
    """Whether a link to `spot` shows `target` at its top, at most `reach` points below it."""
    if spot is None or spot.page != target.page:
        return False
    return spot.top is None or target.bottom - _BELOW <= spot.top <= target.top + reach


def _named(area: Area) -> str:
    if area.url is not None:
        return area.url
    return f"page {area.spot.page + 1}" if area.spot else "no place in the file"
