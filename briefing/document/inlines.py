"""What stands inside a line of text."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Text(Struct, frozen=True):
    """Characters, printed as they are. Holds no line break. `language` is a BCP 47 tag where it is not that of the document."""

    text: str
    language: str = ""


class Strong(Struct, frozen=True):
    """Text of weight (CommonMark strong emphasis)."""

    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True):
    """Stressed text (CommonMark emphasis)."""

    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link out of the brief; `url` begins with http:, https: or mailto:."""

    url: str
    children: tuple[Inline, ...]


class LineBreak(Struct, frozen=True):
    """A new line within a paragraph."""


class NoteReference(Struct, frozen=True):
    """One mention of a note: its `number` is printed, and links to the note.

    `note` is the id of the `Note`; `anchor` is this mention's own id, unique in the document; `first` is true for the first mention in reading
    order, which is where a native note of a word processor belongs (a repeat is a cross-reference to it).
    """

    number: int
    note: str
    anchor: str
    first: bool


class Citation(Struct, frozen=True):
    """A group of note references as printed, brackets, locators and separators included: ``[1, para 6; 2]``."""

    children: tuple[Text | NoteReference, ...]


class CrossReference(Struct, frozen=True):
    """A mention of another node of the brief in words (``Quote 2``, or what the item is called); `target` is that node's id."""

    target: str
    text: str


class FootnoteReference(Struct, frozen=True):
    """Where a footnote is called: its letter `mark` is printed, raised, and links to the footnote.

    `footnote` is the id of the `Footnote`; `anchor` is this mention's own id. Footnotes have letters, so that nobody takes them for sources.
    `origin` and `children` are where the footnote was typed and what it says, until it is moved to the end of its section; empty in a finished tree.
    """

    mark: str
    footnote: str
    anchor: str
    origin: str = ""
    children: tuple[Inline, ...] = ()


class MarkKind(StrEnum):
    """What a mark speaks of."""

    STANCE = "stance"
    LEVEL = "level"
    STATUS = "status"
    VERIFICATION = "verification"
    CHANGE = "change"


class Mark(Struct, frozen=True):
    """A judgement shown by shape and word; a theme may add a colour by `kind` and `value`, never leave out shape or word.

    `value` is the machine name (``strongly_opposed``); `shape` is one to three characters; `word` is in the brief's language.
    Printed as shape, no-break space, word (WCAG 2.2, 1.4.1: colour is not the only means).
    """

    kind: MarkKind
    value: str
    shape: str
    word: str


EMPTY_BOX = "☐"


class CheckBox(Struct, frozen=True):
    """A box that a reader ticks, and the `word` for what that says; printed as an empty box, a no-break space and the word.

    `name` is its own within the document: a word processor has a real check box, known by it.
    """

    name: str
    word: str


class Abbreviation(Struct, frozen=True):
    """A short form as it is printed; `long` is what it stands for, which is spelled out where it is first used and known to readers' programs."""

    short: str
    long: str


class PageNumber(Struct, frozen=True):
    """The number of the page it stands on; only in running lines."""


class PageCount(Struct, frozen=True):
    """How many pages there are; only in running lines."""


Inline = (
    Text
    | Strong
    | Emphasis
    | Link
    | LineBreak
    | NoteReference
    | Citation
    | CrossReference
    | FootnoteReference
    | Mark
    | Abbreviation
    | CheckBox
    | PageNumber
    | PageCount
)
