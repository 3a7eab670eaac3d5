"""Holding a finished page against the tree: what it says, in which order, how it is built, and that it asks nobody for
anything.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from briefing.document.drawing import Picture
from briefing.document.inlines import FootnoteReference, Link, NoteReference
from briefing.document.reading import PieceKind, inline_text
from briefing.document.tree import Document, Figure, Footnote, Heading, Note, RunningRole, Table
from briefing.document.walk import identifiers
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, Found, align
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Mention, expect
from briefing.formats.agreement.findings import alike, finding, quoted, text_findings
from briefing.formats.html.page import POLICY, mentions
from briefing.formats.html.read_page import ReadPage, Segment, name_of, read_page

FILE: Final = "HTML"
_NUMBERS: Final = (PieceKind.NOTE_NUMBER, PieceKind.FOOTNOTE_MARK)
"""What stands before a note or a footnote, and leads back to where it is called."""


def verify_html(document: Document, data: bytes) -> tuple[Problem, ...]:
    """Everything in which the page `data` departs from `document`; empty when they agree.

    Held together are text and its order, running lines, visibility on every kind of screen and in print, ids, links
    both ways, headings, tables,
    pictures, title and language; and that nothing runs in it and nothing is fetched. A file that cannot be read is one
    problem.
    """
    try:
        return tuple(_Check(document, read_page(data)).problems())
    except (UnicodeDecodeError, RecursionError) as error:
        return (_departure("", f"it cannot be read back: {error}"),)


class _Check:
    """One page held against one document."""

    def __init__(self, document: Document, page: ReadPage) -> None:
        self.document = document
        self.page = page
        self.lines = {
            line.id: line for line in (*document.header, *document.footer) if line.role is not RunningRole.PAGE
        }
        self.story = [
            each
            for each in page.segments
            if not each.is_navigation and not any(name in self.lines for name in each.ids)
        ]
        self.expected = expect(document, frozenset(PieceKind))
        self.found = Found.of("".join(each.text for each in self.story))
        self.alignment = align(self.expected, self.found) if self.expected.spans else Alignment((), ())
        owners = [place for place, segment in enumerate(self.story) for _ in segment.text]
        self.places = [owners[self.found.index[each]] if each >= 0 else -1 for each in self.alignment.found_at]

    def problems(self) -> Iterator[Problem]:
        """Every departure, text first."""
        yield from text_findings(FILE, self.expected, self.found, self.alignment, lambda place: "")
        yield from self._visible()
        yield from self._running_lines()
        yield from self._ids()
        yield from self._links()
        yield from self._back_links()
        yield from self._headings()
        yield from self._tables()
        yield from self._pictures()
        told = [(bare("".join(each.itertext()))[0], each.get("title", "")) for each in self.page.all("abbr")]
        if told != self.expected.abbreviations:
            yield _departure("", "its abbreviations do not say, one by one, what they stand for")
        if self.document.watermark and self.document.watermark not in watermarks(self.page.style_text):
            yield _departure("", f"the watermark {quoted(self.document.watermark)} is missing")
        yield from self._properties()
        yield from self._alone()

    def _segments(self, start: int, end: int) -> Iterator[Segment]:
        return (self.story[place] for place in dict.fromkeys(self.places[start:end]) if place >= 0)

    def _visible(self) -> Iterator[Problem]:
        """One problem for each node and reason."""
        faults: dict[tuple[str, str, str], str] = {}
        for span in self.expected.spans:
            for segment in self._segments(span.start, span.end):
                # What is for those who cannot see the drawing is cut away, but not from them.
                if segment.fault and (span.piece.kind is not PieceKind.DATA or "hidden" in segment.fault):
                    key = (span.piece.node, span.piece.origin, segment.fault)
                    faults[key] = faults.get(key, "") + segment.text
        for (node, origin, fault), text in faults.items():
            yield _unseen(node, f"{quoted(text)} {fault}", origin)
        for node, text in dict.fromkeys(self.page.added):
            yield _departure(node, f"the style sheet adds {text}, which the brief does not say")
        for rule in self.page.style.unread:
            yield _unseen("", f"what its style sheet does with '{rule}' cannot be told")

    def _running_lines(self) -> Iterator[Problem]:
        """Each stands once, those of the head before all text, those of the foot after it."""
        places = {id(each): place for place, each in enumerate(self.page.segments)}
        text = [places[id(each)] for each in self.story]
        for line in self.lines.values():
            there = [each for each in self.page.segments if line.id in each.ids]
            if bare("".join(each.text for each in there))[0] != bare(inline_text(line.children))[0]:
                what = f"the running line {quoted(inline_text(line.children))} is missing or reads otherwise"
                yield _departure(line.id, what, line.origin)
                continue
            fault = next((each.fault for each in there if each.fault), None)
            if fault:
                yield _unseen(line.id, f"the running line {fault}", line.origin)
            own = [places[id(each)] for each in there]
            is_head = line in self.document.header
            if text and not (max(own) < text[0] if is_head else min(own) > text[-1]):
                where = "above" if is_head else "below"
                yield _departure(line.id, f"the running line does not stand {where} the text", line.origin)

    def _ids(self) -> Iterator[Problem]:
        """Every item's id is the id of one element, and its text stands in that."""
        for name, count in self.page.ids.items():
            if count > 1:
                yield _departure(name, f"{count} elements have its id")
        masthead = self.document.masthead
        absent = {
            masthead.office_id: masthead.office,
            masthead.form_id: masthead.form,
            masthead.series_id: masthead.series,
            masthead.subtitle_id: masthead.subtitle,
        }
        wanted = [*identifiers((masthead, self.document.sections)), *self.lines]
        for name in dict.fromkeys(wanted):
            if name not in self.page.ids and absent.get(name, True):
                yield _departure(name, "no element has its id")
        for span in self.expected.spans:
            piece = span.piece
            if piece.kind is PieceKind.TEXT and piece.node in self.page.ids:
                stray = [each.text for each in self._segments(span.start, span.end) if piece.node not in each.ids]
                if stray:
                    what = f"{quoted(''.join(stray))} stands outside the element with its id"
                    yield _departure(piece.node, what, piece.origin)

    def _misnamed(self, mention: Mention, names: Mapping[str, str]) -> str:
        """What is wrong with what assistive technology calls a link to a note; empty when nothing is."""
        inline = mention.inline
        if not isinstance(inline, NoteReference | FootnoteReference):
            return ""
        wanted = names.get(inline.note if isinstance(inline, NoteReference) else inline.footnote)
        element = self.page.elements.get(inline.anchor)
        found = element.get("aria-label") if element is not None else None
        return f"is called {quoted(found or '')}, not {quoted(wanted)}" if wanted and found != wanted else ""

    def _links(self) -> Iterator[Problem]:
        """Each mention leads where the tree says, and nothing else is a link."""
        linked: set[int] = set()
        notes: list[Note | Footnote] = [*self.expected.of_kind(Note), *self.expected.of_kind(Footnote)]
        names = {note.id: note.name for note in notes if note.name}
        for mention in self.expected.mentions:
            for place in dict.fromkeys(self.places[mention.start : mention.end]):
                linked.add(place)
                wrong = place >= 0 and (_wrong(mention, self.story[place], self.page) or self._misnamed(mention, names))
                if wrong:
                    words = quoted(inline_text((mention.inline,)))
                    yield _departure(mention.node, f"{words} {wrong}", mention.origin)
                    break
        numbers = {
            place
            for span in self.expected.spans
            if span.piece.kind in _NUMBERS
            for place in self.places[span.start : span.end]
        }
        for place, segment in enumerate(self.story):
            if segment.goal is not None and place not in linked | numbers:
                what = f"{quoted(segment.text)} leads to {segment.goal}, which the brief does not say"
                yield _departure(segment.ids[-1] if segment.ids else "", what)
        if any(not text.strip() for _, text in self.page.goals):
            yield _departure("", "it has a link without words")

    def _back_links(self) -> Iterator[Problem]:
        """Every source leads back to each of its mentions, and the first link of the page leads past the masthead."""
        wanted = mentions(self.document)
        navigation = [each for each in self.page.segments if each.is_navigation]
        for span in self.expected.spans:
            if span.piece.kind in _NUMBERS:
                name = span.piece.node
                goals = [each.goal for each in self._segments(span.start, span.end)]
                goals += [each.goal for each in navigation if name in each.ids]
                missing = [each for each in wanted.get(name, ()) if f"#{each}" not in goals]
                if missing:
                    what = f"no link leads back to its mention{'s' * (len(missing) > 1)} {', '.join(missing)}"
                    yield _departure(name, what, span.piece.origin)
        notes = {note.id for kind in (Note, Footnote) for note in self.expected.of_kind(kind)}
        skips = [each for each in navigation if notes.isdisjoint(each.ids)]
        first = f"#{self.document.sections[0].id}" if self.document.sections else ""
        if [(each.text.strip(), each.goal) for each in skips] != [(self.document.navigation.skip, first)]:
            yield _departure("", f"no link {quoted(self.document.navigation.skip)} leads to {first}")
        for each in navigation:
            if not notes.isdisjoint(each.ids) and not each.text.strip(" \u00a0").removeprefix("↑").isdigit():
                yield _departure(each.ids[-1], f"{quoted(each.text)} is no back link's sign and number")

    def _headings(self) -> Iterator[Problem]:
        found = [
            (int(name_of(each)[1]), self.page.text_of(each))
            for each in self.page.all("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        wanted = [(1, inline_text(self.document.masthead.title))]
        wanted += [(each.level + 1, inline_text(each.children)) for each in self.expected.of_kind(Heading)]
        if [(level, bare(text)[0]) for level, text in found] != [(level, bare(text)[0]) for level, text in wanted]:
            said, should = (
                ", ".join(f"{level} {quoted(text)}" for level, text in each) or "none" for each in (found, wanted)
            )
            yield _departure("", f"its headings are {said}; they should be {should}")

    def _tables(self) -> Iterator[Problem]:
        tables = self.expected.of_kind(Table)
        for table in tables:
            if table.id in self.page.elements and (what := _table_fault(table, self.page.elements[table.id])):
                yield _departure(table.id, what, table.origin)
        there = len(list(self.page.all("table")))
        drawn = {each.id: each.data for each in self.expected.of_kind(Figure) if each.data is not None}
        for name, data in drawn.items():
            found = self.page.elements.get(name)
            cells = [] if found is None else [len(list(row)) for row in found.iterfind(".//table//tr")]
            if cells != [len(row) for row in (data.heads, *(each.cells for each in data.rows))]:
                yield _departure(name, "the table for those who cannot see its drawing is not that of the brief")
        if there != len(tables) + len(drawn):
            yield _departure("", f"it has {there} tables; the brief has {len(tables) + len(drawn)}")

    def _pictures(self) -> Iterator[Problem]:
        figures = self.expected.pictures
        pictures = [each for each in self.page.all("img", "svg") if each.get("alt") != ""]  # beside decoration
        if len(pictures) != len(figures):
            what = f"it has {len(pictures)} pictures; the brief has {len(figures)}"
            yield _departure("", what)
            return
        for figure, element in zip(figures, pictures, strict=True):
            is_picture = isinstance(figure.content, Picture)
            if self.page.elements.get(figure.id) is None or element not in set(self.page.elements[figure.id].iter()):
                yield _departure(figure.id, "its picture stands elsewhere", figure.origin)
            alt = element.get("alt" if name_of(element) == "img" else "aria-label", "")
            if " ".join(alt.split()) != " ".join(figure.alt.split()):
                what = f"its alternative text should be {quoted(figure.alt)} but is {quoted(alt)}"
                yield _departure(figure.id, what, figure.origin)
            if element in self.page.faults:
                yield _unseen(figure.id, f"its picture {self.page.faults[element]}", figure.origin)
            if name_of(element) == "svg" and element.get("role") != "img":
                yield _departure(figure.id, "its drawing is not told as a picture", figure.origin)
            if (isinstance(figure.content, Picture) and not _same_picture(element, figure.content)) or is_picture != (
                name_of(element) == "img"
            ):
                yield _departure(figure.id, "its picture is another one", figure.origin)

    def _properties(self) -> Iterator[Problem]:
        properties = self.document.properties
        metas = {each.get("name"): each.get("content", "") for each in self.page.all("meta") if each.get("name")}
        root = self.page.root
        title = " ".join("".join(each.itertext()) for each in self.page.all("title") if each in set(root.find("head")))
        for name, found, wanted in (
            ("title", title, properties.title),
            ("author", metas.get("author", ""), properties.author),
            ("description", metas.get("description", ""), properties.subject),
            ("keywords", metas.get("keywords", ""), properties.keywords),
            ("language", root.get("lang", ""), self.document.language),
            ("direction of script", root.get("dir", "ltr"), self.document.direction.value),
        ):
            if found != wanted:
                yield _departure("", f"its {name} is {quoted(found)}, not {quoted(wanted)}")

    def _alone(self) -> Iterator[Problem]:
        """Nothing runs, nothing is fetched, and the page's policy says so to the browser."""
        hint = "a page may hold its own style, pictures and fonts, and nothing else"
        for what in dict.fromkeys(self.page.requests):
            yield finding("fetch-refused", FILE, "", "", what, hint=hint)
        digest = base64.b64encode(hashlib.sha256(self.page.style_text.encode()).digest()).decode()
        metas = [each for each in self.page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        if [each.get("content") for each in metas] != [POLICY.format(style=f"'sha256-{digest}'")]:
            what = "its Content-Security-Policy is missing or says something else than that nothing is fetched"
            yield finding("fetch-refused", FILE, "", "", what)


def _departure(node: str, what: str, origin: str = "") -> Problem:
    return finding("disagreement", FILE, "", node, what, origin)


def _unseen(node: str, what: str, origin: str = "") -> Problem:
    return finding("not-visible", FILE, "", node, what, origin)


def _wrong(mention: Mention, segment: Segment, page: ReadPage) -> str:
    """What is wrong with where a mention leads; empty when nothing is."""
    match inline := mention.inline:
        case Link():
            goal = inline.url
        case NoteReference():
            goal = f"#{inline.note}"
        case FootnoteReference():
            goal = f"#{inline.footnote}"
        case _:
            goal = f"#{inline.target}"
    if segment.goal != goal:
        return (
            f"should lead to {goal}; {f'it leads to {segment.goal}' if segment.goal is not None else 'it is no link'}"
        )
    if goal.startswith("#") and goal[1:] not in page.ids:
        return f"leads to {goal}, which is not there"
    if isinstance(inline, NoteReference | FootnoteReference) and inline.anchor not in segment.ids:
        return f"does not have the id {inline.anchor}"
    return ""


def _table_fault(table: Table, element: Any) -> str:
    """How a table is put together in another way than the tree has it; empty when it is not."""
    if name_of(element) != "table":
        return "it is no table"
    captions = [each.get("id") for each in element.iterfind("caption")]
    if captions != ([table.caption.id] if table.caption else []) or (captions and name_of(element[0]) != "caption"):
        return "it does not begin with its caption"
    headings = [(name_of(each), each.get("scope"), each.get("id")) for each in element.iterfind("thead/tr/*")]
    if headings != [("th", "col", column.id) for column in table.columns] or len(element.findall("thead/tr")) != 1:
        return "its column headings are not one row of headings in its head"
    rows = element.findall("tbody/tr")
    if [row.get("id") for row in rows] != [row.id for row in table.rows]:
        return f"its {len(rows)} rows are not the {len(table.rows)} rows of the brief"
    for row, wanted in zip(rows, table.rows, strict=True):
        cells = [(name_of(each), each.get("scope"), each.get("id")) for each in row]
        if cells != [("th", "row", cell.id) if cell.header else ("td", None, cell.id) for cell in wanted.cells]:
            return f"the cells of its row {wanted.id} are not those of the brief"
    if any("colspan" in each.attrib or "rowspan" in each.attrib for each in element.iter()):
        return "its cells are joined"
    return ""


_BACKGROUND: Final = re.compile(r"background-image:\s*url\(\"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\"\)")


def watermarks(style: str) -> list[str]:
    """The titles of what a style sheet draws behind the text."""
    drawn = (base64.b64decode(each).decode("utf-8", "replace") for each in _BACKGROUND.findall(style))
    return [unescape(title) for each in drawn for title in re.findall("<title>(.*?)</title>", each)]


def _same_picture(element: Any, picture: Picture) -> bool:
    try:
        data = base64.b64decode(element.get("src", "").partition(";base64,")[2], validate=True)
        if data == (picture.vector or picture.data):
            return True
        with Image.open(io.BytesIO(data)) as found, Image.open(io.BytesIO(picture.data)) as wanted:
            return alike(found, wanted)
    except (UnidentifiedImageError, OSError, binascii.Error):
        return False
