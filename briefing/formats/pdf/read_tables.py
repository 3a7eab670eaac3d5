"""Tables of a tagged PDF put together again: layout engines cut a table, and sometimes a row, at each page's end.

A heading row that is repeated on a continued page counts once: it must be the whole of the headings, tagged as the head
of a table that directly
follows the part on the page before. A row cut by a page's end is joined cell by cell, only where that gives the row
that the tree has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from briefing.document.tree import Table
from briefing.formats.agreement.characters import bare
from briefing.formats.agreement.expected import Expected
from briefing.formats.pdf.read_text import Character


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell: whether it is tagged as a header cell, and its characters."""

    header: bool
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        """The compared characters of the cell."""
        return compared(self.characters)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row; `head` when it stands in the table's head; `continued` when it is the first after a page's end."""

    cells: tuple[FoundCell, ...]
    head: bool = False
    continued: bool = False

    @property
    def texts(self) -> list[str]:
        """The compared characters of each cell."""
        return [cell.text for cell in self.cells]

    def says(self, wanted: Sequence[str], compare: Callable[[str, str], bool]) -> bool:
        """Whether each cell compares well with the compared characters `wanted` of it."""
        return len(wanted) == len(self.cells) and all(map(compare, wanted, self.texts))

    def characters(self) -> Iterator[Character]:
        """All characters of the row."""
        for cell in self.cells:
            yield from cell.characters

    def joined_with(self, other: FoundRow) -> FoundRow:
        """This row with the rest of each cell from `other`."""
        cells = (FoundCell(a.header, a.characters + b.characters) for a, b in zip(self.cells, other.cells, strict=True))
        return FoundRow(tuple(cells), self.head, self.continued)


@dataclass(slots=True)
class FoundTable:
    """A table, or the part of one on a page. `repeated` are heading rows printed again on continued pages."""

    rows: list[FoundRow]
    repeated: list[FoundRow] = field(default_factory=list)

    def characters(self) -> Iterator[Character]:
        """All characters of the rows, without the repeated headings."""
        for row in self.rows:
            yield from row.characters()

    @property
    def heads(self) -> list[list[str]]:
        """The compared characters of the cells of the heading rows."""
        return [row.texts for row in self.rows if row.head]

    @property
    def first_page(self) -> int:
        """The page of the first character; -1 without any."""
        return min((character.page for character in self.characters()), default=-1)

    @property
    def last_page(self) -> int:
        """The page of the last character; -1 without any."""
        pages = (character.page for row in (*self.rows, *self.repeated) for character in row.characters())
        return max(pages, default=-1)


Stretch = tuple[Character, ...] | FoundTable
"""Part of a document in logical order: text outside tables, or a table."""


def compared(characters: Sequence[Character]) -> str:
    """The compared characters of `characters`."""
    return bare("".join(character.text for character in characters))[0]


def joined(parts: Sequence[Stretch]) -> list[Stretch]:
    """`parts` with the parts of one table put together and repeated headings taken out of its rows."""
    whole: list[Stretch] = []
    for part in parts:
        before = whole[-1] if whole else None
        if isinstance(part, FoundTable) and isinstance(before, FoundTable) and _continues(before, part):
            again = part.heads == before.heads and bool(part.heads)
            body = [row for row in part.rows if not (again and row.head)]
            before.repeated += [row for row in part.rows if again and row.head]
            before.rows += [FoundRow(row.cells, row.head, place == 0) for place, row in enumerate(body)]
        elif isinstance(part, FoundTable):
            if part.rows:
                whole.append(FoundTable(list(part.rows)))
        elif compared(part):
            whole.append(part)
    return whole


def _continues(before: FoundTable, part: FoundTable) -> bool:
    return 0 <= before.last_page < part.first_page and (not part.heads or part.heads == before.heads)


def mended_tables(expected: Expected, tables: Sequence[FoundTable]) -> list[FoundTable]:
    """`tables` with rows joined that a page's end cut, by the rows of the tree's table with the same headings."""
    left = expected.of_kind(Table)
    return [_mended(found, _partner(found, left, expected), expected) for found in tables]


def _partner(found: FoundTable, tables: list[Table], expected: Expected) -> Table | None:
    """The next of the tree's `tables` with the headings of `found`, taken from the list."""
    for place, table in enumerate(tables):
        headings = [bare(column.heading)[0] for column in table.columns]
        if found.rows and found.rows[0].says(headings, expected.comparison.same):
            del tables[: place + 1]
            return table
    return None


def _mended(found: FoundTable, table: Table | None, expected: Expected) -> FoundTable:
    if table is None:
        return found
    comparison = expected.comparison
    wanted = [[expected.text_of(cell.id) for cell in row.cells] for row in table.rows]
    rows: list[FoundRow] = []
    left = list(found.rows)
    while left:
        row = left.pop(0)
        place = sum(not each.head for each in rows)
        if not row.head and place < len(wanted):
            while left and left[0].continued and not row.says(wanted[place], comparison.same):
                if len(left[0].cells) != len(row.cells):
                    break
                longer = row.joined_with(left[0])
                if not longer.says(wanted[place], comparison.begins):
                    break
                row = longer
                left.pop(0)
        rows.append(row)
    return FoundTable(rows, found.repeated)
