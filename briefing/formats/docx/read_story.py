"""What is read from a part of a DOCX: pieces of printed text with their places, fields with their results (ECMA-376
17.16), and what lies between them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

from msgspec import Struct, field

from briefing.formats.docx.elements import Element

_WORDS: Final = re.compile(r'"([^"]*)"|([^\s"]+)')


class Note(NamedTuple):
    """An endnote or a footnote by its id."""

    kind: str
    identifier: str


class Goal(Struct, frozen=True):
    """Where a click leads: an address, a bookmark, or a note."""

    url: str | None = None
    bookmark: str | None = None
    note: Note | None = None


class Field(Struct, frozen=True):
    """A field: its code, and the segments of its result from `start` up to `end`."""

    code: str
    start: int
    end: int

    @property
    def words(self) -> list[str]:
        """The code cut into words, quotation marks taken off."""
        return code_words(self.code)

    @property
    def name(self) -> str:
        """What kind of field it is (``SEQ``); empty for an empty code."""
        words = self.words
        return words[0].upper() if words else ""


def code_words(code: str) -> list[str]:
    """A field code cut into words; a backslash belongs to its switch, quotation marks hold words together."""
    return [quoted or plain for quoted, plain in _WORDS.findall(code)]


def field_goal(code: str) -> Goal | None:
    """Where a click on the result of a field leads; None when it leads nowhere."""
    words = code_words(code)
    if len(words) < 2:
        return None
    name = words[0].upper()
    if name == "HYPERLINK":
        if "\\l" in words[:-1]:
            return Goal(bookmark=words[words.index("\\l") + 1])
        return Goal(url=words[1])
    if name in ("REF", "NOTEREF", "PAGEREF") and "\\h" in words:
        return Goal(bookmark=words[1])
    return None


class _Open(Struct):
    start: int
    code: str = ""
    separated: bool = False
    muted: bool = False


class FieldStack:
    """The fields that are open at one place of a walk, inner ones last."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    @property
    def in_code(self) -> bool:
        """Whether this place is in the code of some field, which is not printed."""
        return any(not each.separated for each in self._open)

    @property
    def muted(self) -> bool:
        """Whether the saved result is to be passed over."""
        return any(each.muted for each in self._open)

    @property
    def code(self) -> str:
        """The code of the innermost field whose result this is; empty outside fields."""
        return next((each.code for each in reversed(self._open) if each.separated), "")

    @property
    def unclosed(self) -> bool:
        """Whether a field was begun and not ended."""
        return bool(self._open)

    def begin(self, start: int) -> None:
        """A field begins before segment `start`."""
        self._open.append(_Open(start))

    def add_code(self, text: str) -> None:
        """More of the code of the innermost field."""
        if self._open and not self._open[-1].separated:
            self._open[-1].code += text

    def separate(self) -> None:
        """The code ends, the result begins."""
        if self._open:
            self._open[-1].separated = True

    def mute(self) -> None:
        """Pass over the saved result of the innermost field."""
        if self._open:
            self._open[-1].muted = True

    def end(self, stop: int) -> Field | None:
        """The innermost field ends before segment `stop`; None when none was open."""
        if not self._open:
            return None
        ended = self._open.pop()
        return Field(" ".join(ended.code.split()), ended.start, stop)


PAGE: Final = "\ue000"
"""Stands for the number of the page in running lines."""
PAGES: Final = "\ue001"
"""Stands for the number of pages in running lines."""


class SegmentKind(StrEnum):
    """What a segment is."""

    TEXT = "text"
    MARKER = "marker"
    NOTE_NUMBER = "note_number"


class Cell(NamedTuple):
    """A cell by its table, row and column, each counted from 0; `heading` when its row is repeated on each page."""

    table: int
    row: int
    column: int
    heading: bool


class FoundParagraph(Struct, frozen=True):
    """A paragraph; `outline` is its level as a heading, from 1, or None; `fault` says why none of it can be seen, if so."""

    element: Element
    number: int
    outline: int | None
    cell: Cell | None
    fault: str | None


class Segment(Struct):
    """Some text that is printed; `goal` is where a click on it leads; `fault` says why it cannot be seen, if so."""

    text: str
    kind: SegmentKind
    paragraph: FoundParagraph
    goal: Goal | None = None
    fault: str | None = None


class Drawn(Struct):
    """A picture: its alternative text, the part that holds it (empty when there is none), and whether its line cuts it."""

    alt: str
    part: str
    cut: bool


class Story(Struct):
    """What was read: segments in order, and what lies between them.

    `bookmarks` give the first segment and the one after the last; `notes` are notes in the order of their
    first reference; `owners` give the note that a segment stands in; `tables` hold how many rows each table has; `boxed` is
    text in text boxes; `foreign` names content that is held in other files; `floating` counts drawings that lie over the
    text; `unclosed` says that a field was begun and not ended.
    """

    segments: list[Segment] = field(default_factory=list)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    repeated_bookmarks: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    boxed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    floating: int = 0
    notes: list[Note] = field(default_factory=list)
    owners: dict[int, Note] = field(default_factory=dict)
    tables: list[int] = field(default_factory=list)
    paragraphs: int = 0
    unclosed: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(segment.text for segment in self.segments)
