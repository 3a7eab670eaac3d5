"""Reading a finished PDF back and holding it against the tree."""

from __future__ import annotations

import contextlib
import ctypes
import io
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby
from operator import attrgetter

import pikepdf
import pypdfium2
from msgspec import Struct
from msgspec.structs import replace

from briefing.document.reading import PieceKind, running_text
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, DifferenceKind, Found, align
from briefing.formats.agreement.characters import bare, matched
from briefing.formats.agreement.expected import Expected, expect
from briefing.formats.agreement.findings import page_list, quoted, text_findings
from briefing.formats.pdf.read_layout import check_layout
from briefing.formats.pdf.read_links import check_links
from briefing.formats.pdf.read_order import Hyphens, LogicalText, logical_text, read_structure
from briefing.formats.pdf.read_pictures import FoundPicture, check_pictures, read_pictures, read_vectors
from briefing.formats.pdf.read_running import check_running_lines
from briefing.formats.pdf.read_tags import check_paper, check_properties, check_tags, is_larger_than_paper
from briefing.formats.pdf.read_text import Character, Page, PageObjects, pdf_finding, read_page, same_line
from briefing.formats.pdf.read_visible import Fault, check_visible, missing_glyphs, unseen
from briefing.formats.pdf.read_watermark import check_watermark, read_watermark

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3


def verify_pdf(document: Document, data: bytes) -> tuple[Problem, ...]:
    """Everything in which the PDF `data` departs from `document`; empty when they agree.

    Held together are text and its order (by the tags and by places on the page), running lines, visibility, links,
    bookmarks, headings, tables, pictures, alternative texts, title, language and paper. A file that cannot be read is
    one problem.
    """
    _keep_freed_memory()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return tuple(_problems(document, _Read.of(data, document), pdf))
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        return (pdf_finding("disagreement", f"it cannot be read back: {error}"),)


@cache
def _keep_freed_memory() -> None:
    """Have glibc keep what the drawings of a page took for those of the next, for which the system would clear it again (mallopt(3))."""
    with contextlib.suppress(OSError, AttributeError):
        settings = ctypes.CDLL(None).mallopt
        settings(_M_MMAP_THRESHOLD, 1 << 25)
        settings(_M_TRIM_THRESHOLD, 1 << 25)


class _Read(Struct, frozen=True):
    """What was read from the pages."""

    pages: list[Page]
    pictures: list[FoundPicture]
    unseen: list[tuple[Character, Fault]]
    watermarks: dict[int, str]

    @classmethod
    def of(cls, data: bytes, document: Document) -> _Read:
        """Read every page once; what shapes make up is read of the first page alone, where the logo stands.

        A page that is larger than the document's paper is not drawn: it may be of any size.
        """
        has_vectors = _has_vectors(document)
        read = cls([], [], [], {})
        with pypdfium2.PdfDocument(data) as opened:
            for number, page in enumerate(opened):
                objects = PageObjects.of(page)
                read.pages.append(read_page(page, number, objects))
                if not is_larger_than_paper(document, read.pages[-1]):
                    if objects.has_pictures:
                        read.pictures.extend(read_pictures(page, read.pages[-1]))
                    if has_vectors and number == 0:
                        read.pictures.extend(read_vectors(page, read.pages[-1]))
                    read.watermarks[number] = read_watermark(page, read.pages[-1], objects)
                    read.unseen.extend(unseen(page, read.pages[-1], objects))
                page.close()
        return read


def _has_vectors(document: Document) -> bool:
    logo = document.masthead.logo
    return logo is not None and bool(logo.content.vector)


def _problems(document: Document, read: _Read, pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Every departure, text first."""
    expected = expect(document, frozenset(PieceKind) - {PieceKind.DATA})
    running = running_text((*document.header, *document.footer), 1, 1)
    hyphens = Hyphens(chain((span.piece.text for span in expected.spans), running))
    logical = logical_text(read_structure(pdf), read.pages, hyphens)
    found, sources = _found_text(_in_reading_order(expected, logical.characters))
    alignment = align(expected, found) if expected.spans else Alignment((), ())
    placed = [sources[place] if place >= 0 else None for place in alignment.found_at]

    yield from _text(document, expected, read.pages, logical, found, sources, alignment)
    yield from check_visible(expected, placed, read.unseen)
    yield from missing_glyphs(expected, pdf)
    yield from check_layout(document, expected, placed)
    yield from check_links(document, expected, placed, pdf)
    yield from check_tags(document, expected, logical)
    yield from check_pictures(expected, logical.figures(), read.pictures)
    yield from check_watermark(document, read.watermarks)
    yield from check_properties(document, pdf)
    yield from check_paper(document, read.pages)


def _found_text(characters: Sequence[Character]) -> tuple[Found, list[Character]]:
    """The text of `characters` with a space at each line's end, and the character that each compared one comes from."""
    parts: list[str] = []
    sources: list[Character] = []
    before: Character | None = None
    for _, members in groupby(characters, attrgetter("run")):
        there = list(members)
        if before is not None and not same_line(before, there[0]) and not unicodedata.combining(there[0].text):
            parts.append(" ")
            sources.append(before)
        parts += map(attrgetter("text"), there)
        sources += there
        before = there[-1]
    found = Found.of("".join(parts))
    return found, [sources[place] for place in found.index]


def _in_reading_order(expected: Expected, characters: list[Character]) -> list[Character]:
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
                replace(there[place], text=letter) for letter, place in zip(wanted, places, strict=True)
            ]
    return ordered


def _text(
    document: Document,
    expected: Expected,
    pages: Sequence[Page],
    logical: LogicalText,
    found: Found,
    sources: Sequence[Character],
    alignment: Alignment,
) -> Iterator[Problem]:
    missing = [each.span for each in alignment.differences if each.kind is DifferenceKind.MISSING]
    texts = {span: expected.text[span.start : span.end] for span in missing}
    headings: list[list[str]] = [[] for _ in pages]
    for table in logical.tables:
        for page in table.pages if table.heads else ():
            headings[page].append("".join(cell.text for row in table.rows[: table.heads] for cell in row))
    longest_first = sorted(set(texts.values()), key=len, reverse=True)
    outside, untagged = check_running_lines(
        document, expected.any_order, pages, logical.outside, headings, longest_first
    )
    strays = {span: untagged[text] for span, text in texts.items() if text in untagged}
    for span, page in strays.items():
        message = f"the text {quoted(span.piece.text)} has no tag"
        yield pdf_finding("untagged", message, span.piece.node, span.piece.origin, [page])

    def where(place: int) -> str:
        return page_list([sources[min(place, len(sources) - 1)].page]) if sources else ""

    rest = tuple(each for each in alignment.differences if each.span not in strays)
    yield from text_findings("PDF", expected, found, Alignment(rest, alignment.found_at), where)
    yield from outside
