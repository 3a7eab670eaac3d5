"""Structure and properties of a finished DOCX: heading levels, heading rows, rows and cells, pictures, title,
language.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, UnidentifiedImageError

from briefing.document.drawing import Picture
from briefing.document.reading import inline_text
from briefing.document.tree import Document, Figure, Row, Table
from briefing.document.walk import identifiers
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected
from briefing.formats.agreement.findings import alike, finding, quoted
from briefing.formats.docx.read_package import Element, Package, child, value, w
from briefing.formats.docx.read_story import FoundCell, Segment, Story

FILE = "DOCX"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_CP: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


def check_headings(document: Document, story: Story) -> Iterator[Problem]:
    """The paragraphs with an outline level are the headings, in order and level; the title may be one above them."""
    found: dict[int, tuple[int, str]] = {}
    for segment in story.segments:
        paragraph = segment.paragraph
        if paragraph.outline is not None:
            level, text = found.get(paragraph.number, (paragraph.outline, ""))
            found[paragraph.number] = (level, text + segment.text)
    there = [(level, bare(text)[0]) for level, text in found.values() if bare(text)[0]]
    wanted = [(each.heading.level, inline_text(each.heading.children)) for each in document.sections]
    right = [(level, bare(text)[0]) for level, text in wanted]
    titled = [(1, bare(inline_text(document.masthead.title))[0]), *((level + 1, text) for level, text in right)]
    if there not in (right, titled):
        said = ", ".join(f"{level} {quoted(text)}" for level, text in found.values()) or "none"
        should = ", ".join(f"{level} {quoted(text)}" for level, text in wanted)
        message = f"the headings by outline level are {said}; they should be {should}"
        yield finding("disagreement", FILE, "", "", message)


def check_controls(document: Document, package: Package) -> Iterator[Problem]:
    """No two content controls have one number, by which programs tell them apart; those of a house alone are its own affair."""
    ours, holders = set(identifiers(document)), defaultdict[str, list[str]](list)
    for properties in (each for story in package.stories() for each in story.iter(w("sdtPr"))):
        if (number := value(child(properties, "id"))) is not None:
            holders[number].append(value(child(properties, "tag")) or "")
    for number, tags in holders.items():
        if len(tags) > 1 and not ours.isdisjoint(tags):
            message = f"{len(tags)} content controls have the number {number}: {', '.join(tags)}"
            yield finding("disagreement", FILE, "", next(tag for tag in tags if tag in ours), message)


class TableChecker:
    """Holds rows and cells against the tree; `segments` holds the pieces of text found for a node."""

    def __init__(self, expected: Expected, story: Story, placed: Sequence[Segment | None]) -> None:
        self._story = story
        self._expected = expected
        self._extents = expected.extents
        self._placed = placed

    def check(self) -> Iterator[Problem]:
        """One problem for each table or row that is put together in another way, and one for tables too many or too
        few.
        """
        tables = self._expected.of_kind(Table)
        for table in tables:
            yield from self._table(table)
        if len(self._story.rows) != len(tables):
            message = f"it has {len(self._story.rows)} tables; the brief has {len(tables)}"
            yield finding("disagreement", FILE, "", "", message)

    def _table(self, table: Table) -> Iterator[Problem]:
        headings = [self._cell(column.id) for column in table.columns]
        first = next((cell for cell in headings if cell is not None), None)
        if first is None:
            return
        if (
            any(cell is None or cell.row is not first.row for cell in headings)
            or not first.row.heading
            or first.row.place
        ):
            message = "its column headings are not one first row that is repeated on each page"
            yield finding("disagreement", FILE, "", table.id, message, table.origin)
        rows = self._story.rows[first.row.table]
        if len(rows) != len(table.rows) + 1:
            message = f"it has {len(rows) - 1} rows below its headings, not {len(table.rows)}"
            yield finding("disagreement", FILE, "", table.id, message, table.origin)
        for place, row in enumerate(table.rows, start=1):
            if not self._in_one_row(row, first.row.table, place):
                message = f"its cells are not the cells of row {place}"
                yield finding("disagreement", FILE, "", row.id, message, row.origin)

    def _in_one_row(self, row: Row, table: int, place: int) -> bool:
        for column, cell in enumerate(row.cells):
            start, end = self._extents.get(cell.id, (0, 0))
            for segment in self._placed[start:end]:
                found = segment.paragraph.cell if segment else None
                if segment and (
                    found is None or (found.row.table, found.row.place, found.place) != (table, place, column)
                ):
                    return False
        return True

    def _cell(self, node: str) -> FoundCell | None:
        start, end = self._extents.get(node, (0, 0))
        return next((each.paragraph.cell for each in self._placed[start:end] if each is not None), None)


def check_pictures(expected: Expected, story: Story, package: Package) -> Iterator[Problem]:
    """Each figure is one picture, with the tree's alternative text and, for a picture of the brief, its pixels."""
    figures = expected.of_kind(Figure)
    if len(figures) != len(story.pictures):
        yield finding(
            "disagreement", FILE, "", "", f"it has {len(story.pictures)} pictures; the brief has {len(figures)}"
        )
        return
    for figure, drawn in zip(figures, story.pictures, strict=True):
        if " ".join(drawn.alt.split()) != " ".join(figure.alt.split()):
            message = f"its alternative text should be {quoted(figure.alt)} but is {quoted(drawn.alt)}"
            yield finding("disagreement", FILE, "", figure.id, message, figure.origin)
        data = package.part(drawn.part)
        if data is None:
            yield finding("not-visible", FILE, "", figure.id, "its picture is not in the file", figure.origin)
        elif isinstance(figure.content, Picture) and not _same_picture(data, figure.content.data):
            yield finding("disagreement", FILE, "", figure.id, "its picture is another one", figure.origin)


def _same_picture(found: bytes, wanted: bytes) -> bool:
    if found == wanted:
        return True
    try:
        with Image.open(io.BytesIO(found)) as a, Image.open(io.BytesIO(wanted)) as b:
            return alike(a, b)
    except (UnidentifiedImageError, OSError):
        return False


def check_properties(document: Document, core: Element | None, language: str) -> Iterator[Problem]:
    """Title, author, subject, keywords and language are those of the tree."""
    properties = document.properties
    for name, tag, wanted in (
        ("title", f"{_DC}title", properties.title),
        ("author", f"{_DC}creator", properties.author),
        ("subject", f"{_DC}subject", properties.subject),
        ("keywords", f"{_CP}keywords", properties.keywords),
    ):
        found = ("" if core is None else core.findtext(tag)) or ""
        if found != wanted:
            message = f"the {name} in its properties is {quoted(found)}, not {quoted(wanted)}"
            yield finding("disagreement", FILE, "", "", message)
    if language.casefold() != document.language.casefold():
        yield finding("disagreement", FILE, "", "", f"its language is “{language}”, not “{document.language}”")
