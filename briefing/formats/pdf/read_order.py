"""The text of a tagged PDF in logical order, and the parts of it that a check asks for by their tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from briefing.formats.agreement.characters import HYPHEN, bare
from briefing.formats.pdf.read_tables import FoundCell, FoundRow, FoundTable, Stretch, joined
from briefing.formats.pdf.read_text import LINE_END_HYPHEN, NOT_TAGGED, Character, Content, Element, Page, same_line

_CONTEXT = 8
_HYPHENS = (HYPHEN, "\u2010", LINE_END_HYPHEN)


class Hyphens:
    """Tells hyphens apart by the texts that must be said."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts: list[str] = []
        joined = bytearray()
        for text in texts:
            characters, index = bare(text)
            if characters:
                parts.append(characters)
                joined.append(0)
                joined.extend(after - before <= 1 for before, after in pairwise(index))
        self._text = "".join(parts)
        self._joined = bytes(joined)

    def settled(self, text: LogicalText) -> LogicalText:
        """`text` with its own hyphens only."""
        return LogicalText(
            [self._stretch(each) for each in text.stretches],
            [replace(each, characters=self._line_ends(each.characters)) for each in text.headings],
            text.figures,
            [list(self._line_ends(page)) for page in text.outside],
        )

    def _stretch(self, stretch: Stretch) -> Stretch:
        if isinstance(stretch, FoundTable):
            return FoundTable(list(map(self._row, stretch.rows)), list(map(self._row, stretch.repeated)))
        return self._line_ends(stretch)

    def _row(self, row: FoundRow) -> FoundRow:
        cells = (replace(cell, characters=self._line_ends(cell.characters)) for cell in row.cells)
        return replace(row, cells=tuple(cells))

    def _line_ends(self, characters: Sequence[Character]) -> tuple[Character, ...]:
        kept: list[Character] = []
        for place, character in enumerate(characters):
            if character.text not in _HYPHENS:
                kept.append(character)
            elif not (_ends_line(characters, place) and self._breaks_word(characters, place)):
                kept.append(character._replace(text=HYPHEN) if character.text == LINE_END_HYPHEN else character)
        return tuple(kept)

    def _breaks_word(self, characters: Sequence[Character], place: int) -> bool:
        """Whether the text on both sides of this hyphen must be one word without it.

        After a hyphen at the end of a cell, which a page's end may have cut, only what is before it counts.
        """
        before = bare("".join(each.text for each in characters[max(0, place - _CONTEXT) : place]))[0]
        after = bare("".join(each.text for each in characters[place + 1 : place + 1 + _CONTEXT]))[0]
        if before + HYPHEN + after in self._text:
            return False
        start = self._text.find(before + after)
        while start >= 0:
            seam = start + len(before)
            if seam < len(self._joined) and self._joined[seam]:
                return True
            start = self._text.find(before + after, start + 1)
        return False


def _ends_line(characters: Sequence[Character], place: int) -> bool:
    return place + 1 == len(characters) or not same_line(characters[place], characters[place + 1])


_CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class TaggedHeading:
    """A heading in the structure; `level` is 1 for H1."""

    level: int
    characters: tuple[Character, ...]


@dataclass(frozen=True, slots=True)
class TaggedFigure:
    """A figure in the structure; `alt` is empty when it has none."""

    alt: str
    contents: frozenset[Content]


@dataclass(slots=True)
class LogicalText:
    """What the structure tree holds: stretches of text and tables in order, headings, figures; and what stands
    outside it, page by page.
    """

    stretches: list[Stretch] = field(default_factory=list)
    headings: list[TaggedHeading] = field(default_factory=list)
    figures: list[TaggedFigure] = field(default_factory=list)
    outside: list[list[Character]] = field(default_factory=list)

    def tables(self) -> list[FoundTable]:
        """The tables in order."""
        return [stretch for stretch in self.stretches if isinstance(stretch, FoundTable)]

    def characters(self) -> Iterator[Character]:
        """Every character in logical order, repeated headings of tables left out."""
        for stretch in self.stretches:
            yield from stretch.characters() if isinstance(stretch, FoundTable) else stretch


def logical_text(structure: Element | None, pages: Sequence[Page]) -> LogicalText:
    """The text of `pages` in the order of `structure`. Without a structure all text stands outside it."""
    marked: dict[Content, list[Character]] = {}
    for page in pages:
        for character in page.characters:
            if character.run.mark != NOT_TAGGED and not character.run.artifact:
                marked.setdefault(Content(page.number, character.run.mark), []).append(character)
    reader = _TextReader(marked)
    if structure is not None:
        reader.read(structure)
    text = LogicalText(joined(reader.stretches()), reader.headings, reader.figures)
    for page in pages:
        outside = (
            each
            for each in page.characters
            if Content(page.number, each.run.mark) not in reader.used or each.run.artifact
        )
        text.outside.append(list(outside))
    return text


class _TextReader:
    """Goes through the structure once; content that is named twice is read at its first place."""

    def __init__(self, marked: Mapping[Content, list[Character]]) -> None:
        self.marked = marked
        self.used: set[Content] = set()
        self.headings: list[TaggedHeading] = []
        self.figures: list[TaggedFigure] = []
        self._sink: list[Character] = []
        self._parts: list[list[Character] | FoundTable] = [self._sink]

    def stretches(self) -> list[Stretch]:
        """What was read, in order."""
        return [part if isinstance(part, FoundTable) else tuple(part) for part in self._parts]

    def read(self, element: Element, inside_table: bool = False) -> None:
        """Take in an element and what is below it. A table is set apart, unless it stands inside another."""
        sink, start = self._sink, len(self._sink)
        for child in element.children:
            if not isinstance(child, Element):
                self._take(child)
            elif child.role == "Table" and not inside_table:
                self._table(child)
            else:
                self.read(child, inside_table)
        if element.role == "Figure":
            self.figures.append(TaggedFigure(element.alt or "", frozenset(element.contents())))
        elif level := _level(element.role):
            self.headings.append(TaggedHeading(level, tuple(sink[start:])))

    def _take(self, content: Content) -> None:
        if content in self.marked and content not in self.used:
            self.used.add(content)
            self._sink.extend(self.marked[content])

    def _aside(self, part: Element | Content) -> list[Character]:
        """The characters of something inside a table, not put into the running text."""
        before, self._sink = self._sink, []
        if isinstance(part, Element):
            self.read(part, inside_table=True)
        else:
            self._take(part)
        gathered, self._sink = self._sink, before
        return gathered

    def _table(self, table: Element) -> None:
        """Rows as rows; a caption before them is text before the table, one after them text after it."""
        rows: list[FoundRow] = []
        after: list[Character] = []
        for part in _row_level(table):
            if isinstance(part, Element) and part.role in ("TR", "THead", "TBody", "TFoot"):
                for row in [part] if part.role == "TR" else _row_level(part):
                    if isinstance(row, Element) and row.role == "TR":
                        rows.append(self._row(row, head=part.role == "THead"))
                    else:
                        after += self._aside(row)
            else:
                (after if rows else self._sink).extend(self._aside(part))
        self._sink = after
        self._parts += [FoundTable(rows), after]

    def _row(self, row: Element, head: bool) -> FoundRow:
        cells: list[FoundCell] = []
        for child in row.children:
            characters = self._aside(child)
            if characters or (isinstance(child, Element) and child.role in _CELLS):
                cells.append(FoundCell(isinstance(child, Element) and child.role == "TH", tuple(characters)))
        return FoundRow(tuple(cells), head)


def _row_level(element: Element) -> Iterator[Element | Content]:
    """The children of a table or of a group of rows, wrappers without a meaning taken away."""
    for child in element.children:
        if isinstance(child, Element) and child.role in ("NonStruct", "Div"):
            yield from _row_level(child)
        else:
            yield child


def _level(role: str) -> int:
    """The level of a heading's role, 1 to 6; 0 for what is no heading."""
    return int(role[1]) if len(role) == 2 and role[0] == "H" and role[1] in "123456" else 0
