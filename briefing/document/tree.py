"""The whole brief, composed: what stands on a page from paragraphs up, and what every format is a walk over."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from briefing.document.drawing import Drawing, Picture
from briefing.document.inlines import Inline, Text
from briefing.lengths import PaperSize


class ParagraphRole(StrEnum):
    """What a paragraph is for; styles and tags follow from it."""

    BODY = "body"
    BOTTOM_LINE = "bottom_line"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    DETAIL = "detail"
    NOTE = "note"
    CELL = "cell"
    CELL_LEAD = "cell_lead"
    CELL_DETAIL = "cell_detail"
    PROPOSITION = "proposition"
    INTRODUCTION = "introduction"
    TABLE_NOTE = "table_note"
    ENTRY = "entry"
    IMPRINT = "imprint"
    DECISION = "decision"
    DECISION_DETAIL = "decision_detail"
    QUESTION = "question"
    RESPONSE = "response"
    CELL_FIGURE = "cell_figure"
    SIGNATURE = "signature"


class Paragraph(Struct, frozen=True):
    """A paragraph of text; `marker` is the number that is printed before it (``12.``) where those of the running text are counted."""

    id: str
    origin: str
    role: ParagraphRole
    children: tuple[Inline, ...]
    marker: str = ""


class ListItem(Struct, frozen=True):
    """One item; `marker` is what is printed before it (``•`` or ``3.``), so that numbering is decided here."""

    id: str
    origin: str
    marker: str
    blocks: tuple[Block, ...]


class ItemList(Struct, frozen=True):
    """A bulleted or numbered list. `start` is the first number and 1 for bullets; `level` counts nested lists from 1."""

    id: str
    origin: str
    ordered: bool
    start: int
    level: int
    items: tuple[ListItem, ...]


class Quotation(Struct, frozen=True):
    """Somebody's words with full attribution.

    `label` numbers it for cross-references (``Quote 2``); `words` are paragraphs with their quotation marks in place; `attribution` names
    speaker, role, body, date and source; `details` are context, translation, notes and how the words were verified.
    """

    id: str
    origin: str
    label: str
    words: tuple[Paragraph, ...]
    attribution: Paragraph
    details: tuple[Paragraph, ...]


class Caption(Struct, frozen=True):
    """The numbered title of a table, figure or box: `label` is ``Table 1``; `separator` stands between it and the text."""

    id: str
    origin: str
    label: str
    separator: str
    children: tuple[Inline, ...]


class Align(StrEnum):
    """On which side the lines of a column stand."""

    START = "start"
    CENTRE = "centre"
    END = "end"


class Column(Struct, frozen=True):
    """A column: `key` names what it holds (``stance``), for themes; `share` is its part of the width, all adding up to 1."""

    id: str
    key: str
    heading: str
    share: float
    align: Align = Align.START


class Cell(Struct, frozen=True):
    """One cell; only one of a table in a text can be empty. `header` is true for a cell that names its row (HTML `th scope=row`)."""

    id: str
    header: bool
    blocks: tuple[Paragraph | ItemList, ...]


class Row(Struct, frozen=True):
    """One row, with a cell for each column."""

    id: str
    origin: str
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """A table with one row of column headings. Its caption stands above it; one that was typed within a text has none, and the key ``text``."""

    id: str
    origin: str
    key: str
    caption: Caption | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class FigureWidth(StrEnum):
    """How wide a figure is: as running text, as half the page's text, as all of it, or as its picture is."""

    COLUMN = "column"
    HALF = "half"
    FULL = "full"
    OWN = "own"


class DataRow(Struct, frozen=True):
    """One row of what was drawn: its name and its values, as they would be printed."""

    origin: str
    cells: tuple[Text, ...]


class DrawnData(Struct, frozen=True):
    """What a drawing shows, as a table that is not printed: a page on a screen has it for those who cannot see the drawing."""

    heads: tuple[Text, ...]
    rows: tuple[DataRow, ...]


class Figure(Struct, frozen=True):
    """A picture or drawing; `alt` is what it shows, in words. Its caption stands below it.

    A drawing was made for its width; a picture is set to it, unless it is as wide as it is.
    """

    id: str
    origin: str
    key: str
    caption: Caption
    alt: str
    content: Picture | Drawing
    width: FigureWidth = FigureWidth.FULL
    data: DrawnData | None = None


class Note(Struct, frozen=True):
    """One numbered source. `anchor` is the id of its first mention, to which the note links back; `name` is what links to it are called (``Source 1:
    The title``).
    """

    id: str
    origin: str
    number: int
    anchor: str
    children: tuple[Inline, ...]
    name: str = ""


class NoteList(Struct, frozen=True):
    """The numbered sources, in the order in which they are first mentioned; always the last block of its section, behind which only annexes stand."""

    id: str
    notes: tuple[Note, ...]


class Footnote(Struct, frozen=True):
    """What is said at the foot: `mark` is its letter, `anchor` the id of the place that calls it, to which it links back; `name` is what links to
    it are called.
    """

    id: str
    origin: str
    mark: str
    anchor: str
    children: tuple[Inline, ...]
    name: str = ""


class FootnoteList(Struct, frozen=True):
    """The footnotes that a section calls, in that order; the last block of the section. A word processor has them as native footnotes."""

    id: str
    footnotes: tuple[Footnote, ...]


class Heading(Struct, frozen=True):
    """A heading; `level` is 1 for a section, 2 and 3 for those within it and for sub-headings; the document's title stands above them all."""

    id: str
    origin: str
    level: int
    children: tuple[Inline, ...]


ANNEX: Final = "annex"
"""The kind of a section that begins a page, behind everything else."""


class BoxedText(Struct, frozen=True):
    """A text in a frame, beside the running text, under a numbered title."""

    id: str
    origin: str
    caption: Caption
    blocks: tuple[Block, ...]


class Section(Struct, frozen=True):
    """A heading and what stands under it; `kind` names what that is (``timeline``), for themes. A section may hold others, one level down."""

    id: str
    origin: str
    kind: str
    heading: Heading
    blocks: tuple[Block, ...]


Block = Paragraph | ItemList | Quotation | Table | Figure | BoxedText | Heading | Section | FootnoteList | NoteList


class Fact(Struct, frozen=True):
    """One line of the masthead: what it is, and its value (``Reference``, ``SP/2022/41``); `separator` stands between them."""

    id: str
    origin: str
    key: str
    label: str
    separator: str
    children: tuple[Inline, ...]


class Logo(Struct, frozen=True):
    """The picture that an office is known by; `alt` is what it is called."""

    id: str
    origin: str
    alt: str
    content: Picture


class Masthead(Struct, frozen=True):
    """What stands at the head of the first page, in this order: logo and office, the form's name, series line, title, subtitle, facts."""

    id: str
    series_id: str
    series: tuple[Inline, ...]
    title_id: str
    title: tuple[Inline, ...]
    subtitle_id: str
    subtitle: tuple[Inline, ...]
    facts: tuple[Fact, ...]
    office_id: str = "masthead.office"
    office: tuple[Inline, ...] = ()
    logo: Logo | None = None
    form_id: str = "masthead.form"
    form: tuple[Inline, ...] = ()


class RunningRole(StrEnum):
    """What a running line says."""

    STATUS = "status"
    MARKING = "marking"
    CAVEAT = "caveat"
    EMBARGO = "embargo"
    IDENTITY = "identity"
    PAGE = "page"


class RunningLine(Struct, frozen=True):
    """A line at the head or foot of every page."""

    id: str
    origin: str
    role: RunningRole
    children: tuple[Inline, ...]


class Properties(Struct, frozen=True):
    """What the file says of itself. `created` is ISO 8601 UTC and comes from the brief, never from the clock."""

    title: str
    author: str
    subject: str
    keywords: str
    created: str
    build: str


class Direction(StrEnum):
    """Which way the script runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class Navigation(Struct, frozen=True):
    """What links are called that only a screen has: `skip` leads past the masthead, `back` from a source to its mention `{number}`."""

    skip: str = "Skip to the text"
    back: str = "Back to mention {number}"


class Remark(Struct, frozen=True):
    """What the writer tells the editor of what stands in the data at `path`, empty for the whole brief. Only a file that is edited has it."""

    path: str
    text: str


class Document(Struct, frozen=True):
    """A composed brief: order, numbers, labels and dates are settled, only looks are open.

    `header` and `footer` are the running lines of every page, top to bottom; `watermark` is what stands large and pale behind each.
    """

    language: str
    direction: Direction
    paper: PaperSize
    properties: Properties
    header: tuple[RunningLine, ...]
    footer: tuple[RunningLine, ...]
    masthead: Masthead
    sections: tuple[Section, ...]
    navigation: Navigation = Navigation()
    watermark: str = ""
    remarks: tuple[Remark, ...] = ()
