"""PDF: the text of each page as PDFium reads it, cut into paragraphs by the way its lines stand."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import pypdfium2
from pypdfium2 import raw

from briefing.quotes.saved_text import Block, SavedTextError, SavedTextFault

MOST_PAGES: Final = 5_000

_LINE_END = re.compile("\r\n|\r|\n|[\x02\ufffe](?:\r\n)?")
# PDFium gives one of these for a hyphen and the line end behind it, where it takes them for a break inside a word.
_HYPHENS: Final = "\x02\ufffe"
_AS_HYPHEN: Final = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
_ENDS_SENTENCE: Final = '.!?:…”"’»“'
_DIGITS = re.compile(r"\d+")
_WIDER_GAP: Final = 1.25
"""How many usual line distances a gap is from which it ends a paragraph."""
_SHORT_LINE: Final = 0.85
"""How much of the widest line a line has to fill to run on into the next."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; distances are in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


def read_pdf(data: bytes) -> Iterator[Block]:
    """The paragraphs of a PDF with their pages; lines that stand at the head or foot of page after page come last.

    Raises `SavedTextError` when the file is broken, needs a password, or has too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            message = "the PDF needs a password"
            raise SavedTextError(SavedTextFault.ENCRYPTED, message, "save a copy without one") from None
        raise SavedTextError(SavedTextFault.BROKEN, f"the PDF cannot be read ({error})", "save it again") from None
    try:
        if len(document) > MOST_PAGES:
            hint = f"at most {MOST_PAGES} are accepted; save the part that is quoted"
            raise SavedTextError(SavedTextFault.TOO_LARGE, f"the PDF has {len(document)} pages", hint)
        pages = [_lines(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        message = f"a page of the PDF cannot be read ({error})"
        raise SavedTextError(SavedTextFault.BROKEN, message, "save it again") from None
    finally:
        document.close()
    running = _running_lines(pages)
    last: list[Block] = []
    for number, lines in enumerate(pages, start=1):
        edges = {index for index in _edges(lines) if _pattern(lines[index]) in running}
        last += [Block(lines[index].text, number) for index in sorted(edges)]
        kept = [line for index, line in enumerate(lines) if index not in edges]
        yield from (Block("\n".join(line.text for line in paragraph), number) for paragraph in _paragraphs(kept))
    yield from last


def _lines(document: pypdfium2.PdfDocument, index: int) -> list[_Line]:
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        text = text_page.get_text_range()
        return [_line(text_page, text, start, end) for start, end in _line_spans(text)]


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end, the hyphen at a line's end with it."""
    starts, ends = [0], list[int]()
    for match in _LINE_END.finditer(text):
        ends.append(match.start() + (match[0][0] in _HYPHENS))
        starts.append(match.end())
    return [(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if text[start:end].strip()]


def _line(text_page: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> _Line:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = end - 1 - (len(words) - len(words.rstrip()))
    left, bottom, _, top = _box(text_page, text, first)
    right = _box(text_page, text, last)[2]
    return _Line(words.strip().translate(_AS_HYPHEN), left, right, bottom, top - bottom)


def _box(text_page: pypdfium2.PdfTextPage, text: str, position: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the character at `position`, by the font's box, not the letter's outline."""
    # PDFium counts in UTF-16.
    counted = position if max(text) <= "\uffff" else len(text[:position].encode("utf-16-le")) // 2
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page.raw, ctypes.c_int(counted))
    if index < 0:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = text_page.get_charbox(index, loose=True)
    return (left, bottom, right, top)


def _pattern(line: _Line) -> str:
    return _DIGITS.sub("#", line.text.strip())


def _edges(lines: Sequence[_Line]) -> set[int]:
    """The lines of a page that may be running ones: the first and last as read, the highest and the lowest."""
    if not lines:
        return set()
    by_height = sorted(range(len(lines)), key=lambda index: lines[index].bottom)
    return {0, len(lines) - 1, by_height[0], by_height[-1]}


def _running_lines(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """What stands at the edge of every page but one, numbers aside: running heads and feet, and page numbers."""
    written = [lines for lines in pages if lines]
    if len(written) < 2:
        return set()
    seen = Counter(pattern for lines in written for pattern in {_pattern(lines[index]) for index in _edges(lines)})
    return {pattern for pattern, count in seen.items() if count >= max(2, len(written) - 1)}


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    if not lines:
        return
    distances = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median([distance for distance in distances if distance > 0] or [0.0])
    widest = max(line.right for line in lines)
    paragraph = [lines[0]]
    for above, below in pairwise(lines):
        if _begins_paragraph(above, below, usual, widest):
            yield paragraph
            paragraph = []
        paragraph.append(below)
    yield paragraph


def _begins_paragraph(above: _Line, below: _Line, usual: float, widest: float) -> bool:
    ends_sentence = above.text[-1:] in _ENDS_SENTENCE
    distance = above.bottom - below.bottom
    if distance <= 0:
        return ends_sentence
    return (
        distance > usual * _WIDER_GAP
        or abs(above.height - below.height) > 0.15 * max(above.height, below.height)
        or (ends_sentence and above.right < widest * _SHORT_LINE)
        or (ends_sentence and below.left > above.left + below.height * 0.8)
    )
