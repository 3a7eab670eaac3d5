"""PDF: the text of each page as PDFium reads it, cut into paragraphs by the way its lines stand."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Final

import pypdfium2
from msgspec import Struct
from msgspec.structs import replace
from pypdfium2 import raw

from briefing.limits import how_to_raise, limits
from briefing.quotes.saved_text import Block, SavedTextError, SavedTextFault

_LINE_END = re.compile("\r\n|\r|\n|[\x02\ufffe](?:\r\n)?")
# PDFium gives one of these for a hyphen and the line end behind it, where it takes them for a break inside a word.
_HYPHENS: Final = "\x02\ufffe"
_AS_HYPHEN: Final = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
_ENDS_SENTENCE: Final = '.!?:…”"’»“'
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"(?=\S*\w)[^\s\x02\ufffe]+")
_NOTE_MARK = re.compile(r"[(\[]?(\d{1,3})[)\].]?\s+\S")
_SMALLER: Final = 0.93
"""How high, against the usual letters of a page, those of a note at its foot are at most."""
_SCALE: Final = 1.5
_WIDEST_PICTURE: Final = 2_000
_LEAST_CONTRAST: Final = 24
"""Steps of grey, of 256, between the lightest and the darkest spot of a word that can be seen."""
_WIDER_GAP: Final = 1.25
"""How many usual line distances a gap is from which it ends a paragraph."""
_SHORT_LINE: Final = 0.85
"""How much of the widest line a line has to fill to run on into the next."""


class _Line(Struct, frozen=True):
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
        if len(document) > limits().saved_text_pages:
            hint = f"{how_to_raise('saved_text_pages')}; save the part that is quoted"
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
        kept = [line for index, line in enumerate(lines) if index not in edges]
        first_note = _first_note(kept)
        body = [_without_note_numbers(line, kept[first_note:]) for line in kept[:first_note]]
        for paragraph in _paragraphs(body):
            yield Block("\n".join(line.text for line in paragraph), number)
        last += [Block("\n".join(line.text for line in note), number) for note in _paragraphs(kept[first_note:])]
        last += [Block(lines[index].text, number) for index in sorted(edges)]
    yield from last


def _lines(document: pypdfium2.PdfDocument, index: int) -> list[_Line]:
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        text = _seen(page, text_page, text_page.get_text_range())
        return [_line(text_page, text, start, end) for start, end in _line_spans(text)]


def _seen(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, text: str) -> str:
    """`text` with spaces for each word that is not to be seen on the page: white, hidden, covered, or beside the paper.

    The page is drawn, and a word that leaves no trace in its place is none that a reader of the source has.
    """
    scale = min(_SCALE, _WIDEST_PICTURE / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    picture, converter = bitmap.to_pil(), bitmap.get_posconv(page)
    seen = text
    for match in _WORD.finditer(text):
        first, last = (
            _box(text_page, text, match.start(), loose=False),
            _box(text_page, text, match.end() - 1, loose=False),
        )
        corners = [converter.to_bitmap(*point) for box in (first, last) for point in (box[:2], box[2:])]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners) + 1
        top, bottom = min(y for _, y in corners), max(y for _, y in corners) + 1
        frame = (max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
        empty = frame[0] >= frame[2] or frame[1] >= frame[3]
        darkest, lightest = (0, 0) if empty else picture.crop(frame).getextrema()
        if first != (0.0, 0.0, 0.0, 0.0) and lightest - darkest < _LEAST_CONTRAST:
            seen = seen[: match.start()] + " " * len(match[0]) + seen[match.end() :]
    return seen


def _first_note(lines: Sequence[_Line]) -> int:
    """Where the notes at a page's foot begin, which are no part of the sentence that goes on on the next page.

    They are in smaller letters, or stand apart below words that bear their number.
    """
    heights = sorted(line.height for line in lines for _ in line.text)
    usual = heights[len(heights) // 2] if heights else 0.0
    distances = [above.bottom - below.bottom for above, below in pairwise(lines)]
    gap = _WIDER_GAP * median([distance for distance in distances if distance > 0] or [0.0])
    first = len(lines)
    for at in range(len(lines) - 1, 0, -1):
        small = lines[at].height < usual * _SMALLER
        mark = _NOTE_MARK.match(lines[at].text)
        if distances[at - 1] <= 0 or (not small and at < len(lines) * 0.6):
            break
        numbered = mark is not None and any(_note_number(mark[1]).search(line.text) for line in lines[:at])
        if mark is not None and (small or (numbered and distances[at - 1] > gap)):
            first = at
    return first


def _note_number(mark: str) -> re.Pattern[str]:
    """A note's number as it stands behind a word: plain digits, or in brackets."""
    return re.compile(rf"(?<=[^\W\d_]){mark}(?!\w)|(?<=[.,;:!?”\"’)]){mark}(?!\w)|\[{mark}\]")


def _without_note_numbers(line: _Line, notes: Sequence[_Line]) -> _Line:
    marks = [match[1] for note in notes if (match := _NOTE_MARK.match(note.text)) is not None]
    text = line.text
    for mark in marks:
        text = _note_number(mark).sub("", text)
    return replace(line, text=text)


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


def _box(
    text_page: pypdfium2.PdfTextPage, text: str, position: int, *, loose: bool = True
) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the character at `position`; `loose` is by the font's box, not the letter's outline."""
    # PDFium counts in UTF-16.
    counted = len(text[:position].encode("utf-16-le")) // 2 if _has_pairs(text) else position
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page.raw, ctypes.c_int(counted))
    if index < 0:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = text_page.get_charbox(index, loose=loose)
    return (left, bottom, right, top)


@lru_cache(maxsize=2)
def _has_pairs(text: str) -> bool:
    return max(text, default="") > "\uffff"


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
