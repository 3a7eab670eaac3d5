"""Holding what was read from a DOCX against the tree: links, fields, headings, tables, pictures, properties."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from briefing.document.drawing import Picture
from briefing.document.inlines import CheckBox, FootnoteReference, Link, NoteReference
from briefing.document.reading import Piece, inline_text
from briefing.document.tree import Document, Heading, Table
from briefing.document.walk import walk
from briefing.errors import Problem
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected, Mention
from briefing.formats.agreement.findings import alike, finding, quoted
from briefing.formats.docx.elements import W14, child, value, whole
from briefing.formats.docx.read_package import Package
from briefing.formats.docx.read_story import Cell, Field, Goal, Note, Story
from briefing.formats.docx.writing import Names

FILE: Final = "DOCX"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_CP: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TARGETED: Final = ("REF", "NOTEREF", "PAGEREF")


def departure(message: str, node: str = "", origin: str = "") -> Problem:
    """The finding that the file is not what the tree says."""
    return finding("disagreement", FILE, "", node, message, origin)


class Reading(Struct, frozen=True):
    """One file as read, beside what it should say. `places` holds for each expected character the number of the segment
    where it was found, or -1; `pieces` give the piece that a segment was matched with.
    """

    document: Document
    package: Package
    story: Story
    expected: Expected
    places: Sequence[int]
    pieces: Mapping[int, Piece]

    def places_of(self, node: str) -> list[int]:
        """The numbers of the segments where the text of `node` was found."""
        return [place for place in self.places[slice(*self.expected.extents.get(node, (0, 0)))] if place >= 0]


def check_links(reading: Reading) -> Iterator[Problem]:
    """One problem for each mention that does not lead where it should."""
    for mention in reading.expected.mentions:
        goals = [reading.story.segments[each].goal for each in reading.places[mention.start : mention.end] if each >= 0]
        for goal in [each for each in goals if not _leads(reading, mention, each)][:1]:
            words = quoted(inline_text((mention.inline,)))
            there = (
                "is no link" if goal is None else f"leads to {goal.url or goal.bookmark or ' '.join(goal.note or ())}"
            )
            wanted = _goal(mention)
            yield departure(f"{words} should lead to {wanted}; it {there}", mention.node, mention.origin)


def _leads(reading: Reading, mention: Mention, goal: Goal | None) -> bool:
    if goal is None:
        return False
    match mention.inline:
        case Link(url=url):
            return goal.url == url
        case NoteReference(note=note) | FootnoteReference(footnote=note):
            # What it prints follows from its place among the notes, so it is enough that its text stands there.
            found = goal.note or _note_in(reading.story, goal.bookmark)
            return found in reading.story.notes and _owners(reading, note) <= {found}
        case _:
            return _is_within(reading, goal.bookmark, mention.inline.target)


def _goal(mention: Mention) -> str:
    match mention.inline:
        case Link(url=url):
            return url
        case NoteReference(note=note) | FootnoteReference(footnote=note):
            return note
        case _:
            return mention.inline.target


def _owners(reading: Reading, node: str) -> set[Note | None]:
    """The notes in which the text of `node` stands; None for the body."""
    return {reading.story.owners.get(place) for place in reading.places_of(node)}


def _note_in(story: Story, bookmark: str | None) -> Note | None:
    """The note whose reference a bookmark holds."""
    held = story.segments[slice(*story.bookmarks.get(bookmark or "", (0, 0)))]
    return next((each.goal.note for each in held if each.goal and each.goal.note), None)


def _is_within(reading: Reading, bookmark: str | None, target: str) -> bool:
    """Whether a bookmark lies in the text of `target`, or holds the reference to it when it is a note."""
    story = reading.story
    if bookmark is None or bookmark not in story.bookmarks or target not in reading.expected.extents:
        return False
    note = _note_in(story, bookmark)
    if note is not None and _owners(reading, target) == {note}:
        return True
    start, end = story.bookmarks[bookmark]
    return not set(range(start, max(end, start + 1))).isdisjoint(reading.places_of(target))


def check_fields(reading: Reading) -> Iterator[Problem]:
    """Sequence numbers count up as Word counts, and references show what they refer to."""
    story, last = reading.story, dict[str, int]()
    for each in story.fields:
        if len(each.words) < 2:
            continue
        shown = "".join(segment.text for segment in story.segments[each.start : each.end]).strip()
        wrong = ""
        if each.name == "SEQ" and shown != str(counted := _sequence_number(each, last)):
            wrong = f"shows {quoted(shown)}; updated, it would show {counted}"
        elif each.name in _TARGETED:
            wrong = _wrong_reference(story, each, shown)
        if wrong:
            piece = next((reading.pieces[at] for at in range(each.start, each.end) if at in reading.pieces), None)
            yield departure(f"the field {each.code} {wrong}", *((piece.node, piece.origin) if piece else ()))
    for bookmark in story.repeated_bookmarks:
        yield departure(f"the bookmark {bookmark} stands twice")


def _sequence_number(each: Field, last: dict[str, int]) -> int:
    """What a sequence field counts to (ECMA-376 17.16.5.56)."""
    words, name = each.words, each.words[1]
    restart = whole(words[words.index("\\r") + 1], -1) if "\\r" in words[:-1] else -1
    if restart >= 0:
        last[name] = restart
    elif "\\c" not in words:
        last[name] = last.get(name, 0) + 1
    return last.get(name, 0)


def _wrong_reference(story: Story, each: Field, shown: str) -> str:
    """What is wrong with a field that refers to a bookmark; empty when nothing is."""
    bookmark = each.words[1]
    if bookmark not in story.bookmarks:
        return "refers to a bookmark that is not there"
    held = story.segments[slice(*story.bookmarks[bookmark])]
    if each.name == "NOTEREF":
        held = [segment for segment in held if segment.goal and segment.goal.note]
    if each.name == "PAGEREF" or any(switch in each.words for switch in ("\\n", "\\r", "\\w", "\\p", "\\d")):
        return ""
    there = "".join(segment.text for segment in held)
    same = bare(there)[0] == bare(shown)[0]
    return "" if same else f"shows {quoted(shown)}; updated, it would show {quoted(there)}"


def check_headings(reading: Reading) -> Iterator[Problem]:
    """The paragraphs with an outline level are the headings, in order and level; the title may be one above them."""
    document, found = reading.document, dict[int, tuple[int, str]]()
    for segment in reading.story.segments:
        paragraph = segment.paragraph
        if paragraph.outline is not None:
            level, text = found.get(paragraph.number, (paragraph.outline, ""))
            found[paragraph.number] = (level, text + segment.text)
    there = [(level, bare(text)[0]) for level, text in found.values() if bare(text)[0]]
    wanted = [(each.level, inline_text(each.children)) for each in reading.expected.of_kind(Heading)]
    right = [(level, bare(text)[0]) for level, text in wanted]
    titled = [(1, bare(inline_text(document.masthead.title))[0]), *((level + 1, text) for level, text in right)]
    if there not in (right, titled):
        said = ", ".join(f"{level} {quoted(text)}" for level, text in found.values()) or "none"
        should = ", ".join(f"{level} {quoted(text)}" for level, text in wanted)
        yield departure(f"the headings by outline level are {said}; they should be {should}")


def check_boxes(reading: Reading) -> Iterator[Problem]:
    """Each box to tick is a check box of Word's, and nobody has ticked it yet."""
    there: dict[str, str] = {}
    for box in (each for story in reading.package.stories() for each in story.iter(f"{{{W14}}}checkbox")):
        tag, state = value(child(box.getparent(), "tag")), box.find(f"{{{W14}}}checked")
        there[tag or ""] = "" if state is None else state.get(f"{{{W14}}}val", "1")
    for wanted in (node for node in walk(reading.document.sections) if isinstance(node, CheckBox)):
        if there.get(Names().tag(wanted.name)) != "0":
            yield departure(f"{quoted(wanted.word)} has no empty check box", wanted.name)


def check_tables(reading: Reading) -> Iterator[Problem]:
    """One problem for each table or row that is put together in another way, and one for tables too many or too few."""
    tables, counts = reading.expected.of_kind(Table), reading.story.tables
    for table in tables:
        yield from _check_table(reading, table)
    if len(counts) != len(tables):
        yield departure(f"it has {len(counts)} tables; the brief has {len(tables)}")


def _check_table(reading: Reading, table: Table) -> Iterator[Problem]:
    def cells(node: str) -> list[Cell | None]:
        return [reading.story.segments[place].paragraph.cell for place in reading.places_of(node)]

    named = [column for column in table.columns if reading.expected.text_of(column.id)]
    headings = [next(filter(None, cells(column.id)), None) for column in named]
    first = next(filter(None, headings), None)
    if first is None:
        return
    if any(cell is None or cell[:2] != (first.table, 0) or not cell.heading for cell in headings):
        message = "its column headings are not one first row that is repeated on each page"
        yield departure(message, table.id, table.origin)
    count = reading.story.tables[first.table] - 1
    if count != len(table.rows):
        yield departure(f"it has {count} rows below its headings, not {len(table.rows)}", table.id, table.origin)
    for place, row in enumerate(table.rows, start=1):
        wanted = [(table_cell.id, (first.table, place, column)) for column, table_cell in enumerate(row.cells)]
        if any(found is None or found[:3] != where for node, where in wanted for found in cells(node)):
            yield departure(f"its cells are not the cells of row {place}", row.id, row.origin)


def check_pictures(reading: Reading) -> Iterator[Problem]:
    """Each figure is one picture, with the tree's alternative text and, for a picture of the brief, its pixels."""
    figures, pictures = reading.expected.pictures, reading.story.pictures
    if len(figures) != len(pictures):
        yield departure(f"it has {len(pictures)} pictures; the brief has {len(figures)}")
        return
    for figure, drawn in zip(figures, pictures, strict=True):
        if " ".join(drawn.alt.split()) != " ".join(figure.alt.split()):
            message = f"its alternative text should be {quoted(figure.alt)} but is {quoted(drawn.alt)}"
            yield departure(message, figure.id, figure.origin)
        if drawn.cut:
            message = "its picture is cut to the exact height of its line"
            yield finding("not-visible", FILE, "", figure.id, message, figure.origin)
        data = reading.package.part(drawn.part)
        if data is None:
            yield finding("not-visible", FILE, "", figure.id, "its picture is not in the file", figure.origin)
        elif isinstance(figure.content, Picture) and not _same_picture(data, figure.content.data):
            yield departure("its picture is another one", figure.id, figure.origin)


def _same_picture(found: bytes, wanted: bytes) -> bool:
    if found == wanted:
        return True
    try:
        with Image.open(io.BytesIO(found)) as a, Image.open(io.BytesIO(wanted)) as b:
            return alike(a, b)
    except (UnidentifiedImageError, OSError):
        return False


def check_visible(reading: Reading) -> Iterator[Problem]:
    """One problem for each node and each reason why text of it cannot be seen."""
    gathered: dict[tuple[str, str, str], str] = {}
    for place, segment in enumerate(reading.story.segments):
        if segment.fault:
            piece = reading.pieces.get(place)
            key = (piece.node, piece.origin, segment.fault) if piece else ("", "", segment.fault)
            gathered[key] = gathered.get(key, "") + segment.text
    for (node, origin, fault), text in gathered.items():
        yield finding("not-visible", FILE, "", node, f"{quoted(text)} {fault}", origin)


def check_properties(reading: Reading, language: str) -> Iterator[Problem]:
    """Title, author, subject, keywords and language are those of the tree."""
    properties, core = reading.document.properties, reading.package.core_properties()
    for part, tag, wanted in (
        ("title", f"{_DC}title", properties.title),
        ("author", f"{_DC}creator", properties.author),
        ("subject", f"{_DC}subject", properties.subject),
        ("keywords", f"{_CP}keywords", properties.keywords),
    ):
        found = ("" if core is None else core.findtext(tag)) or ""
        if found != wanted:
            yield departure(f"the {part} in its properties is {quoted(found)}, not {quoted(wanted)}")
    if language.casefold() != reading.document.language.casefold():
        yield departure(f"its language is “{language}”, not “{reading.document.language}”")
