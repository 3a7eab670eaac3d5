"""Links and fields of a finished DOCX: they lead where the tree says, and Word would work out the numbers they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.document.inlines import Link, NoteReference
from briefing.document.reading import Piece, inline_text
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Mention
from briefing.formats.agreement.findings import finding, quoted
from briefing.formats.docx.read_story import Field, Goal, Story

FILE = "DOCX"
_TARGETED = ("REF", "NOTEREF", "PAGEREF")


class LinkChecker:
    """Holds links against the tree; `places` holds for each expected character the number of the segment found, or
    -1.
    """

    def __init__(self, expected: Expected, story: Story, places: Sequence[int]) -> None:
        self._expected = expected
        self._extents = expected.extents
        self._story = story
        self._places = places

    def check(self) -> Iterator[Problem]:
        """One problem for each mention that does not lead where it should."""
        for mention in self._expected.mentions:
            segments = [
                self._story.segments[place] for place in self._places[mention.start : mention.end] if place >= 0
            ]
            wrong = next((each for each in segments if not self._right(mention, each.goal)), None)
            if wrong is not None:
                words = quoted(inline_text((mention.inline,)))
                message = f"{words} should lead to {_goal(mention)}; {_said(wrong.goal)}"
                yield finding("disagreement", FILE, "", mention.node, message, mention.origin)

    def _right(self, mention: Mention, goal: Goal | None) -> bool:
        if goal is None:
            return False
        match mention.inline:
            case Link(url=url):
                return goal.url == url
            case NoteReference(number=number, note=note):
                identifier = goal.note if goal.note is not None else self._note_in(goal.bookmark)
                return identifier is not None and self._is_note(identifier, number, note)
            case _:
                return self._within(goal.bookmark, mention.inline.target)

    def _note_in(self, bookmark: str | None) -> str | None:
        """The note whose reference a bookmark holds."""
        start, end = self._story.bookmarks.get(bookmark or "", (0, 0))
        notes = (each.goal.note for each in self._story.segments[start:end] if each.goal and each.goal.note)
        return next(notes, None)

    def _is_note(self, identifier: str, number: int, note: str) -> bool:
        """Whether the note with that identifier is the tree's: by its place among the notes, and by where its
        text stands.
        """
        if identifier not in self._story.notes or self._story.notes.index(identifier) + 1 != number:
            return False
        start, end = self._extents.get(note, (0, 0))
        owners = {
            self._story.owners.get(self._places[place]) for place in range(start, end) if self._places[place] >= 0
        }
        return owners <= {identifier}

    def _within(self, bookmark: str | None, target: str) -> bool:
        """Whether a bookmark lies in the text of `target`, or holds the reference to it when it is a note."""
        if bookmark is None or bookmark not in self._story.bookmarks or target not in self._extents:
            return False
        start, end = self._story.bookmarks[bookmark]
        inside = {place for place in self._places[slice(*self._extents[target])] if place >= 0}
        note = self._note_in(bookmark)
        if note is not None and {self._story.owners.get(place) for place in inside} == {note}:
            return True
        return any(place in inside for place in range(start, max(end, start + 1)))


def check_fields(story: Story, nodes: Mapping[int, Piece]) -> Iterator[Problem]:
    """Sequence numbers count up as Word counts, and references show what they refer to.

    `nodes` gives the piece that a segment was matched with.
    """
    last: dict[str, int] = {}
    for each in story.fields:
        shown = "".join(segment.text for segment in story.segments[each.start : each.end]).strip()
        if each.name == "SEQ" and len(each.words) > 1:
            worked_out = _sequence_number(each, last)
            if shown != str(worked_out):
                message = f"the field {each.code} shows {quoted(shown)}; updated, it would show {worked_out}"
                yield _of_field(message, each, nodes)
        elif each.name in _TARGETED and len(each.words) > 1:
            message = _reference(story, each, shown)
            if message:
                yield _of_field(message, each, nodes)
    for name in story.repeated_bookmarks:
        yield finding("disagreement", FILE, "", "", f"the bookmark {name} stands twice")


def _sequence_number(each: Field, last: dict[str, int]) -> int:
    """What a sequence field counts to (ECMA-376 17.16.5.56)."""
    words, name = each.words, each.words[1]
    if "\\r" in words[:-1] and words[words.index("\\r") + 1].isdigit():
        last[name] = int(words[words.index("\\r") + 1])
    elif "\\c" not in words:
        last[name] = last.get(name, 0) + 1
    return last.get(name, 0)


def _of_field(message: str, each: Field, nodes: Mapping[int, Piece]) -> Problem:
    piece = next((nodes[place] for place in range(each.start, each.end) if place in nodes), None)
    node, origin = (piece.node, piece.origin) if piece else ("", "")
    return finding("disagreement", FILE, "", node, message, origin)


def _reference(story: Story, each: Field, shown: str) -> str:
    """What is wrong with a field that refers to a bookmark; empty when nothing is."""
    bookmark = each.words[1]
    if bookmark not in story.bookmarks:
        return f"the field {each.code} refers to a bookmark that is not there"
    start, end = story.bookmarks[bookmark]
    held = story.segments[start:end]
    if each.name == "NOTEREF":
        held = [segment for segment in held if segment.goal and segment.goal.note]
    if each.name == "PAGEREF" or any(switch in each.words for switch in ("\\n", "\\r", "\\w", "\\p", "\\d")):
        return ""
    there = "".join(segment.text for segment in held)
    if bare(there)[0] == bare(shown)[0]:
        return ""
    return f"the field {each.code} shows {quoted(shown)}; updated, it would show {quoted(there)}"


def _goal(mention: Mention) -> str:
    match mention.inline:
        case Link(url=url):
            return url
        case NoteReference(note=note):
            return note
        case _:
            return mention.inline.target


def _said(goal: Goal | None) -> str:
    if goal is None:
        return "it is no link"
    return f"it leads to {goal.url or goal.bookmark or f'note {goal.note}'}"
