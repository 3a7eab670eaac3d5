"""Reading a finished PDF back and holding it against the tree."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2

from briefing.document.reading import PieceKind, running_text
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, DifferenceKind, Found, align
from briefing.formats.agreement.characters import bare, matched
from briefing.formats.agreement.expected import Expected, expect
from briefing.formats.agreement.findings import finding, page_list, quoted, text_findings
from briefing.formats.pdf.read_layout import check_layout
from briefing.formats.pdf.read_links import Landing, LinkReader, check_bookmarks, check_links
from briefing.formats.pdf.read_order import Hyphens, logical_text
from briefing.formats.pdf.read_pictures import FoundPicture, check_pictures, read_pictures
from briefing.formats.pdf.read_running import check_running_lines
from briefing.formats.pdf.read_tables import FoundTable, mended_tables
from briefing.formats.pdf.read_tags import check_paper, check_properties, check_tags
from briefing.formats.pdf.read_text import Character, Page, read_page, read_structure, same_line
from briefing.formats.pdf.read_visible import Fault, check_visible, missing_glyphs, unseen


def found_text(characters: Iterable[Character]) -> tuple[Found, list[Character]]:
    """The text of `characters` with a space at each line's end, and the character that each compared one comes from."""
    parts: list[str] = []
    sources: list[Character] = []
    before: Character | None = None
    for character in characters:
        if before is not None and not same_line(before, character):
            parts.append(" ")
            sources.append(before)
        parts.append(character.text)
        sources.append(character)
        before = character
    found = Found.of("".join(parts))
    return found, [sources[place] for place in found.index]


def in_reading_order(expected: Expected, characters: list[Character]) -> list[Character]:
    """`characters` with the pieces that they hold whole, but in another order, in the tree's order.

    Only for documents with right-to-left letters, next to which an engine turns even other text round.
    """
    if not expected.any_order:
        return characters
    text, index = bare("".join(character.text for character in characters))
    ordered = [characters[place] for place in index]
    for span in expected.spans:
        wanted = expected.text[span.start : span.end]
        said = text[span.start : span.end]
        places = matched(span.piece.text, said) if said != wanted else None
        if places is not None:
            there = ordered[span.start : span.end]
            ordered[span.start : span.end] = [
                there[place]._replace(text=letter) for letter, place in zip(wanted, places, strict=True)
            ]
    return ordered


FILE = "PDF"
_KINDS = frozenset(PieceKind)


def verify_pdf(document: Document, data: bytes) -> tuple[Problem, ...]:
    """Everything in which the PDF `data` departs from `document`; empty when they agree.

    Held together are text and its order (by the tags and by places on the page), running lines, visibility, links,
    bookmarks, headings, tables, pictures, alternative texts, title, language and paper. A file that cannot be read is
    one problem.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return tuple(_Check(document, expect(document, _KINDS), _File.read(data, pdf)).problems())
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        return (finding("disagreement", FILE, "", "", f"it cannot be read back: {error}"),)


@dataclass(frozen=True, slots=True)
class _File:
    """What was read from the file; `pdf` is open for the checks of links and properties."""

    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    pictures: tuple[FoundPicture, ...]
    unseen: tuple[tuple[Character, Fault], ...]

    @classmethod
    def read(cls, data: bytes, pdf: pikepdf.Pdf) -> _File:
        """Read every page once."""
        pages: list[Page] = []
        hidden: list[tuple[Character, Fault]] = []
        pictures: list[FoundPicture] = []
        with pypdfium2.PdfDocument(data) as opened:
            for number, page in enumerate(opened):
                pages.append(read_page(page, number))
                pictures += read_pictures(page, pages[-1])
                hidden += unseen(page, pages[-1])
                page.close()
        return cls(pdf, tuple(pages), tuple(pictures), tuple(hidden))


class _Check:
    """One file held against one document."""

    def __init__(self, document: Document, expected: Expected, file: _File) -> None:
        self.document = document
        self.expected = expected
        self.file = file
        hyphens = Hyphens(_texts(document, expected))
        self.logical = hyphens.settled(logical_text(read_structure(file.pdf), file.pages))
        self.tables = mended_tables(expected, self.logical.tables())
        self.characters = in_reading_order(expected, list(self._in_order()))
        self.found, self.sources = found_text(self.characters)
        self.alignment = align(expected, self.found) if expected.spans else Alignment((), ())
        self.placed = [self._character(place) for place in self.alignment.found_at]

    def problems(self) -> Iterator[Problem]:
        """Every departure, text first."""
        yield from self._text()
        yield from check_visible(self.expected, self.placed, self.file.unseen)
        yield from missing_glyphs(self.expected, self.file.pdf)
        yield from check_layout(self.document, self.expected, self.placed)
        links = LinkReader(self.file.pdf)
        landing = Landing(self.placed)
        yield from check_links(self.expected, self.placed, links.areas(), landing)
        yield from check_bookmarks(self.document, self.expected, links.bookmarks(), landing)
        yield from check_tags(self.document, self.expected, self.logical, self.tables)
        yield from check_pictures(self.expected, self.logical.figures, self.file.pictures)
        yield from check_properties(self.document, self.file.pdf)
        yield from check_paper(self.document, self.file.pages)

    def _in_order(self) -> Iterator[Character]:
        tables = iter(self.tables)
        for stretch in self.logical.stretches:
            yield from next(tables).characters() if isinstance(stretch, FoundTable) else stretch

    def _character(self, place: int) -> Character | None:
        return self.sources[place] if place >= 0 else None

    def _text(self) -> Iterator[Problem]:
        missing = [each.span for each in self.alignment.differences if each.kind is DifferenceKind.MISSING]
        texts = {span: self.expected.text[span.start : span.end] for span in missing}
        outside = check_running_lines(
            self.document,
            self.expected.any_order,
            self.file.pages,
            self.logical.outside,
            self._repeated_headings(),
            sorted(set(texts.values()), key=len, reverse=True),
        )
        strays = {span: outside.untagged[text] for span, text in texts.items() if text in outside.untagged}
        for span, page in strays.items():
            yield finding(
                "untagged",
                FILE,
                page_list([page]),
                span.piece.node,
                f"the text {quoted(span.piece.text)} has no tag",
                span.piece.origin,
            )
        rest = Alignment(
            tuple(each for each in self.alignment.differences if each.span not in strays), self.alignment.found_at
        )
        yield from text_findings(FILE, self.expected, self.found, rest, self._where)
        yield from outside.problems

    def _where(self, place: int) -> str:
        return page_list([self.sources[min(place, len(self.sources) - 1)].page]) if self.sources else ""

    def _repeated_headings(self) -> list[list[str]]:
        """For each page, the headings of the tables that go on there from the page before, once each."""
        allowed: list[list[str]] = [[] for _ in self.file.pages]
        for found in self.tables:
            if not found.heads:
                continue
            heading = "".join("".join(row) for row in found.heads)
            tagged = {character.page for row in found.repeated for character in row.characters()}
            for page in range(found.first_page + 1, found.last_page + 1):
                if page not in tagged:
                    allowed[page].append(heading)
        return allowed


def _texts(document: Document, expected: Expected) -> Iterator[str]:
    """Every text that a page may hold."""
    yield from (span.piece.text for span in expected.spans)
    yield from running_text((*document.header, *document.footer), 1, 1)
