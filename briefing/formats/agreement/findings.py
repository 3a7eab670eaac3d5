"""Problems of finished files in words: which file, page and node, what was expected and what was found; and whether two
pictures show the same, however they are encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from PIL import Image, ImageChops, ImageStat

from briefing.document.reading import Piece, PieceKind
from briefing.errors import Problem
from briefing.formats.agreement.alignment import Alignment, Difference, DifferenceKind, Found
from briefing.formats.agreement.expected import Expected

_SIDE: Final = 64
_MOST: Final = 12.0
"""Of 255, the mean difference that encoding and scaling may make."""


def alike(first: Image.Image, second: Image.Image) -> bool:
    """Whether both have the same shape and, on white paper, look the same."""
    shapes = first.width * second.height, first.height * second.width
    if abs(shapes[0] - shapes[1]) > 0.02 * max(shapes):
        return False
    difference = ImageChops.difference(_small(first), _small(second))
    return max(ImageStat.Stat(difference).mean) <= _MOST


def is_blank(picture: Image.Image) -> bool:
    """Whether a picture cannot be told from white paper."""
    bands: Any = [band.getextrema() for band in _small(picture).split()]
    return all(low > 250 for low, _ in bands)


def _small(picture: Image.Image) -> Image.Image:
    """The picture on white, in colours, small enough to compare."""
    whole = picture.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)


Whereabouts = Callable[[int], str]
"""Says where a found character stands: ``page 2``, or an empty string where a format has no pages."""

_MOST_WORDS = 80


def quoted(text: str) -> str:
    """`text` in quotation marks on one line, its middle left out when it is long."""
    line = " ".join(text.split())
    if len(line) > _MOST_WORDS:
        half = _MOST_WORDS // 2
        line = f"{line[:half]}[...]{line[-half:]}"
    return f"“{line}”"


def page_list(pages: Iterable[int]) -> str:
    """``page 2`` or ``pages 1, 3``, from numbers that count from 0; empty for none."""
    numbers = sorted({page + 1 for page in pages})
    return f"page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}" if numbers else ""


def finding(code: str, file: str, where: str, node: str, message: str, origin: str = "", hint: str = "") -> Problem:
    """A problem of a finished file. `file` is ``PDF`` or ``DOCX``, `node` the id of the node concerned or an empty
    string.
    """
    place = f"{file}, {where}" if where else file
    return Problem(code, f"{place}: {node}: {message}" if node else f"{place}: {message}", hint, data_path=origin)


def text_findings(
    file: str, expected: Expected, found: Found, alignment: Alignment, where: Whereabouts
) -> Iterator[Problem]:
    """One problem for each difference of the text."""
    for difference in alignment.differences:
        piece = difference.span.piece
        message, hint = _message(expected, found, difference)
        yield finding("disagreement", file, where(difference.start), piece.node, message, piece.origin, hint)


_NAMES: Final = {
    PieceKind.MARKER: "the list marker",
    PieceKind.NOTE_NUMBER: "the note number",
    PieceKind.FOOTNOTE_MARK: "the footnote's letter",
    PieceKind.DRAWN: "the label in the drawing",
    PieceKind.DATA: "the value for those who cannot see the drawing",
    PieceKind.TEXT: "the text",
}


def _message(expected: Expected, found: Found, difference: Difference) -> tuple[str, str]:
    """A difference in words, and what may mend it."""
    piece = difference.span.piece
    name = f"{_NAMES[piece.kind]} {quoted(piece.text)}"
    there = found.excerpt(difference.start, difference.end)
    match difference.kind:
        case DifferenceKind.MISSING:
            return f"{name} is missing", ""
        case DifferenceKind.MOVED:
            others = difference.pieces - 1
            more = f", with {others} more piece{'s' * (others > 1)} of text after it," if others else ""
            return f"{name}{more} stands in another place than in the brief", ""
        case DifferenceKind.CHANGED:
            wanted, got = _around_the_change(piece.text, there)
            return f"{_NAMES[piece.kind]} should read {wanted} but reads {got}", _hint(piece.text, there)
        case DifferenceKind.EXTRA:
            twin = _same_elsewhere(expected, found.text[difference.start : difference.end])
            again = f"; it repeats {twin.node}" if twin else ""
            return f"after {name} stands {quoted(there)}, which the brief does not say{again}", ""


def _around_the_change(wanted: str, got: str) -> tuple[str, str]:
    """Both texts quoted, cut to the neighbourhood of the first character that differs when they are long."""
    texts = [" ".join(wanted.split()), " ".join(got.split())]
    if max(map(len, texts)) > _MOST_WORDS:
        from rapidfuzz.distance import Prefix  # only what differs needs it

        start = max(0, Prefix.similarity(*texts) - _MOST_WORDS // 4)
        end = start + _MOST_WORDS
        texts = ["[...]" * (start > 0) + text[start:end] + "[...]" * (len(text) > end) for text in texts]
    return f"“{texts[0]}”", f"“{texts[1]}”"


def _hint(wanted: str, got: str) -> str:
    wanted, got = "".join(wanted.split()), "".join(got.split())
    if wanted != got and wanted.casefold() == got.casefold():
        return "the theme changes capitals (text-transform); let the brief decide them"
    return ""


def _same_elsewhere(expected: Expected, text: str) -> Piece | None:
    """The piece with which what extra text says again begins."""
    start = expected.text.find(text) if len(text) > 1 else -1
    if start < 0:
        return None
    span = expected.span_at(start)
    return span.piece if span.start == start else None
