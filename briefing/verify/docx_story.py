"""What is read from a part of a DOCX: pieces of printed text, each with its place, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from briefing.verify.docx_fields import Field, Goal

PAGE: Final = "\ue000"
"""Stands for the number of the page in running lines."""
PAGES: Final = "\ue001"
"""Stands for the number of pages in running lines."""


class SegmentKind(StrEnum):
    """What a segment is."""

    TEXT = "text"
    MARKER = "marker"
    NOTE_NUMBER = "note_number"


@dataclass(slots=True)
class FoundRow:
    """A row of a table; `heading` when it is repeated on each page, `place` counts from 0 in its table."""

    table: int
    place: int
    heading: bool


@dataclass(slots=True)
class FoundCell:
    """A cell; `place` counts from 0 in its row."""

    row: FoundRow
    place: int


@dataclass(slots=True)
class FoundParagraph:
    """A paragraph; `outline` is its level as a heading, from 1, or None."""

    number: int
    outline: int | None
    cell: FoundCell | None


@dataclass(slots=True)
class Segment:
    """Some text that is printed; `goal` is where a click on it leads; `fault` says why it cannot be seen, if so."""

    text: str
    kind: SegmentKind
    paragraph: FoundParagraph
    goal: Goal | None = None
    fault: str | None = None


@dataclass(slots=True)
class Drawn:
    """A picture: its alternative text, and the part that holds it (empty when there is none)."""

    alt: str
    part: str


@dataclass(slots=True)
class Story:
    """What was read: segments in order, and what lies between them.

    `bookmarks` give the first segment and the one after the last; `notes` are the ids of notes in the order of their
    first reference; `owners` give the note that a segment stands in; `rows` are those of each table; `boxed` is text in
    text boxes; `foreign` names content that is held in other files; `floating` counts drawings that lie over the text.
    """

    segments: list[Segment] = field(default_factory=list)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    repeated_bookmarks: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    boxed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    floating: int = 0
    notes: list[str] = field(default_factory=list)
    owners: dict[int, str] = field(default_factory=dict)
    rows: list[list[FoundRow]] = field(default_factory=list)
    paragraphs: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(segment.text for segment in self.segments)
