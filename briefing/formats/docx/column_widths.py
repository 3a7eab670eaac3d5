"""The widths of a table's columns: the tree's shares, and no column narrower than its longest word in the font of its cells.

Fonts of an office are seldom installed where briefs are built, and one file must come out alike everywhere. So words are
measured in fonts that come with the program: where a house document names a family, first as in DejaVu Sans, which is as
wide as Verdana and often takes the place of what is missing; where there is no room for that, as wide as the family is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from msgspec import Struct
from PIL import ImageFont

from briefing.document.inlines import Mark, Strong
from briefing.document.reading import inline_text
from briefing.document.tree import Column, ItemList, Paragraph, Table
from briefing.document.walk import walk
from briefing.formats.column_shares import LINE_ENDS, MOST, filled
from briefing.formats.docx.elements import A, Element, child, number, value
from briefing.formats.docx.style_book import AMOUNT_COLUMNS, LED_STYLES, StyleBook, cell_style
from briefing.lengths import TWIPS_PER_POINT
from briefing.themes.typeface import Face, FontFile, bundled_files

_UNITS: Final = 1000
"""The size at which words are measured."""
_SAFE: Final = 1.04
"""What a program may set wider than its font says: kerning, hinting, borders."""
_LINE: Final = 9000
"""A usual line of text, in twentieths of a point."""
_SUBSTITUTE: Final = "DejaVu Sans"
_USUAL: Final = 0.92
_WIDTHS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("verdana", "dejavu sans", "courier new", "lucida console", "bookman old style"), 1.0),
    **dict.fromkeys(("montserrat", "century gothic", "poppins", "lucida sans", "lucida sans unicode"), 0.98),
    **dict.fromkeys(("consolas", "inter", "open sans", "noto sans", "century schoolbook"), 0.92),
    **dict.fromkeys(("arial", "helvetica", "segoe ui", "tahoma", "roboto", "georgia", "ibm plex sans"), 0.88),
    **dict.fromkeys(
        ("aptos", "cambria", "constantia", "trebuchet ms", "lato", "palatino linotype", "book antiqua"), 0.85
    ),
    **dict.fromkeys(("calibri", "calibri light", "candara", "corbel", "times new roman", "times", "gill sans mt"), 0.8),
    **dict.fromkeys(
        ("source sans 3", "source sans pro", "garamond", "eb garamond", "arial narrow", "georgia pro"), 0.8
    ),
}
"""How wide English words are in common families, in parts of their width in DejaVu Sans, with something to spare."""
_THEMED: Final = {"major": "majorFont", "minor": "minorFont"}


@lru_cache(maxsize=8)
def _opened(data: bytes) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(data), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4)
def _substitute() -> dict[Face, FontFile]:
    return bundled_files(_SUBSTITUTE)


class WordMeasure(Struct, frozen=True):
    """How wide words are in the styles of one document. `own` are the files of its font, where that is a theme's;
    `office_theme` is the part that names the fonts of an office's theme.
    """

    book: StyleBook
    own: Mapping[Face, FontFile] | None
    office_theme: Element | None = None

    def words(self, text: str, style: str, *, bold: bool, generous: bool) -> int:
        """The width of the longest word of `text` in that paragraph style, in twentieths of a point."""
        files = _substitute() if self.own is None else self.own
        face = Face.BOLD if (bold or self.book.is_bold(style)) and Face.BOLD in files else Face.REGULAR
        font = _opened(files[face].data)
        longest = max((font.getlength(word) for word in LINE_ENDS.split(text) if word), default=0.0)
        factor = 1.0 if self.own is not None or generous else _WIDTHS.get(self._family(style), _USUAL)
        return round(longest / _UNITS * self._size(style) * factor * _SAFE * TWIPS_PER_POINT)

    def _defined(self, style: str, local: str, *attributes: str) -> str:
        found = self.book.defined(self.book.paragraph(style), "rPr", local)
        return next((held for each in found for part in attributes if (held := value(each, part))), "")

    def _size(self, style: str) -> float:
        size = self._defined(style, "sz", "val")
        return float(size) / 2 if size else 10.0

    def _family(self, style: str) -> str:
        named = self._defined(style, "rFonts", "asciiTheme", "ascii")
        kind = next((kind for start, kind in _THEMED.items() if named.startswith(start)), None)
        if kind is not None and self.office_theme is not None:
            latin = self.office_theme.find(f".//{{{A}}}{kind}/{{{A}}}latin")
            named = "" if latin is None else latin.get("typeface", "")
        return named.casefold()

    def beside(self, style: str) -> int:
        """What the indents of a paragraph style take from a line, in twentieths of a point."""
        indents = self.book.defined(self.book.paragraph(style), "pPr", "ind")

        def side(*names: str) -> int:
            return next(
                (max(0, held) for each in indents for part in names if (held := number(each, part)) is not None), 0
            )

        return side("left", "start") + side("right", "end")

    def cell_margins(self, style: str) -> int:
        """What a table style leaves free beside the text of a cell, in twentieths of a point (17.4.42)."""
        margins = [child(each, "tblPr", "tblCellMar") for each in self.book.chain(self.book.table(style))]

        def side(*names: str) -> int:
            held = (number(child(each, part), "w") for each in margins for part in names)
            return next((width for width in held if width is not None), 108)

        return side("left", "start") + side("right", "end")


def column_widths(table: Table, width: int, measure: WordMeasure) -> list[int]:
    """The widths of a table's columns, adding up to `width` exactly; all in twentieths of a point."""
    shares = [column.share for column in table.columns]
    wide, narrow = _least(table, width, measure)
    if sum(wide) <= width:
        return _whole(filled(shares, wide, width), width)
    if sum(narrow) >= width:
        return _whole([width * each / sum(narrow) for each in narrow], width)
    part = (width - sum(narrow)) / (sum(wide) - sum(narrow))
    return _whole([low + part * (high - low) for low, high in zip(narrow, wide, strict=True)], width)


def least_width(table: Table, measure: WordMeasure) -> int:
    """How wide a table must be for its words to stay whole, in twentieths of a point."""
    *_, narrow = _least(table, _LINE, measure)
    return sum(narrow)


def _least(table: Table, width: int, measure: WordMeasure) -> Iterator[list[int]]:
    """The least width of each column, first in a wide font, then in that of the document."""
    margins = measure.cell_margins("Briefing Table")
    for generous in (True, False):
        longest = [max(_needs(table, place, column, measure, generous)) for place, column in enumerate(table.columns)]
        yield [margins + min(each, round(MOST * width)) for each in longest]


def _needs(table: Table, place: int, column: Column, measure: WordMeasure, generous: bool) -> Iterator[int]:
    """The room that each text of a column needs."""
    head = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
    yield measure.words(column.heading, head, bold=False, generous=generous) + measure.beside(head)
    for row in table.rows:
        for style, paragraph in _texts(row.cells[place].blocks, column.key):
            bold = style in LED_STYLES or any(isinstance(each, Strong | Mark) for each in paragraph.children)
            text = inline_text(paragraph.children)
            yield measure.words(text, style, bold=bold, generous=generous) + measure.beside(style)


def _texts(blocks: Iterable[Paragraph | ItemList], column: str) -> Iterator[tuple[str, Paragraph]]:
    """The paragraphs of a cell, each behind its style."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield cell_style(block.role, column), block
        else:
            style = "Table Number" if block.ordered else "Table Bullet"
            yield from ((style, each) for each in walk(block) if isinstance(each, Paragraph))


def _whole(widths: Sequence[float], width: int) -> list[int]:
    """The widths in whole numbers that add up to `width`."""
    ends = [0, *(round(each) for each in accumulate(widths))]
    ends[-1] = width
    return [right - left for left, right in pairwise(ends)]
