"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, assert_never

from briefing.document.inlines import Text
from briefing.document.reading import inline_text
from briefing.document.tree import (
    Block,
    Caption,
    Cell,
    Column,
    Figure,
    ItemList,
    ListItem,
    Masthead,
    NoteList,
    Paragraph,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.formats.docx.elements import Element, w
from briefing.formats.docx.figures import Pictures, picture_run
from briefing.formats.docx.paragraphs import Lead, ParagraphWriter
from briefing.formats.docx.style_names import (
    AMOUNT_COLUMNS,
    cell_style,
    list_continue_style,
    list_style,
    paragraph_style,
)

CellWriter = Callable[[Paragraph | ItemList, str], Iterator[Element]]

_NARROW: Final = {"values": 0.62}
"""Tables, by their keys, that take only part of the text's width: a column of numbers is read beside its names."""


def table_element(table: Table, paragraphs: ParagraphWriter, write: CellWriter, text_width: int) -> Element:
    """The table, as wide as the text unless it is a narrow one; `write` makes the content of its cells."""
    widths = _widths(table.columns, round(text_width * _NARROW.get(table.key, 1)))
    first_names_row = all(row.cells and row.cells[0].header for row in table.rows)
    writing = paragraphs.writing
    style = writing.styles.table("Briefing Table")
    properties = w(
        "tblPr",
        w("tblStyle", val=style) if style else None,
        w("bidiVisual") if writing.right_to_left else None,
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        _look(first_names_row),
        w("tblCaption", val=f"{table.caption.label}{table.caption.separator}{inline_text(table.caption.children)}"),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    rows = (_row(row, table.columns, write, widths, paragraphs) for row in table.rows)
    return w("tbl", properties, grid, _headings(table.columns, paragraphs, widths), *rows)


def _widths(columns: tuple[Column, ...], text_width: int) -> list[int]:
    """The columns' widths in twentieths of a point, adding up to `text_width` exactly."""
    ends = [0]
    share = 0.0
    for column in columns:
        share += column.share
        ends.append(round(share * text_width))
    return [right - left for left, right in pairwise(ends)]


def _look(first_names_row: bool) -> Element:
    """Which parts of the table style apply (ECMA-376 17.4.56): heading row always, first column when it names the
    rows.
    """
    bits = 0x0020 | 0x0100 | 0x0400 | 0x0200 | (0x0080 if first_names_row else 0)
    return w(
        "tblLook",
        val=f"{bits:04X}",
        firstRow=1,
        lastRow=0,
        firstColumn=int(first_names_row),
        lastColumn=1,
        noHBand=1,
        noVBand=1,
    )


def _headings(columns: tuple[Column, ...], paragraphs: ParagraphWriter, widths: list[int]) -> Element:
    cells = []
    for column, width in zip(columns, widths, strict=True):
        style = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
        heading = paragraphs.paragraph(style, (Text(column.heading),), targets=(column.id,), keep_next=True)
        cells.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), heading))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(
    row: Row, columns: tuple[Column, ...], write: CellWriter, widths: list[int], paragraphs: ParagraphWriter
) -> Element:
    placed = zip(row.cells, columns, widths, strict=True)
    cells = [_cell(cell, column, write, width) for cell, column, width in placed]
    # A row cannot be bookmarked, so what leads to it leads to its first words.
    paragraphs.make_target(cells[0][1], row.id)
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(cell: Cell, column: Column, write: CellWriter, width: int) -> Element:
    content = (element for block in cell.blocks for element in write(block, column.key))
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content)


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks into the body. `text_width` is the room between the margins, in twentieths of a point."""

    paragraphs: ParagraphWriter
    pictures: Pictures
    text_width: int

    def masthead(self, head: Masthead) -> Iterator[Element]:
        """Series line, title, subtitle and facts."""
        for style, node, children in (
            ("Series Line", head.series_id, head.series),
            ("Title", head.title_id, head.title),
            ("Subtitle", head.subtitle_id, head.subtitle),
        ):
            if children:
                yield self.paragraphs.paragraph(style, children, node=node)
        for fact in head.facts:
            lead = Lead(fact.label, fact.separator, "Fact Label", tabbed=True)
            yield self.paragraphs.paragraph("Masthead Fact", fact.children, node=fact.id, origin=fact.origin, lead=lead)

    def section(self, section: Section) -> Iterator[Element]:
        """A heading and what stands under it."""
        heading = section.heading
        yield self.paragraphs.paragraph(
            f"Heading {min(heading.level, 3)}",
            heading.children,
            node=heading.id,
            origin=heading.origin,
            targets=(heading.id, section.id),
        )
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Element]:
        """The elements of one block of the body."""
        match block:
            case Paragraph():
                yield self._paragraph(block, paragraph_style(block.role))
            case ItemList():
                yield from self._list(block)
            case Quotation():
                yield from self._quotation(block)
            case Table():
                yield self._caption(block.caption, "Table", block.id, keep_next=True)
                yield table_element(block, self.paragraphs, self.cell_block, self.text_width)
            case Figure():
                yield from self._figure(block)
            case NoteList():
                return  # The endnotes part holds it, and prints after the body.
            case _:
                assert_never(block)

    def cell_block(self, block: Paragraph | ItemList, column: str) -> Iterator[Element]:
        """What stands in a cell of the column with that key."""
        if isinstance(block, Paragraph):
            yield self._paragraph(block, cell_style(block.role, column))
        else:
            yield from self._list(block, in_cell=True)

    def _paragraph(self, paragraph: Paragraph, style: str, *, keep_next: bool = False) -> Element:
        return self.paragraphs.paragraph(
            style,
            paragraph.children,
            node=paragraph.id,
            origin=paragraph.origin,
            targets=(paragraph.id,),
            keep_next=keep_next,
        )

    def _list(self, items: ItemList, *, in_cell: bool = False) -> Iterator[Element]:
        style = list_style(ordered=items.ordered, level=items.level, in_cell=in_cell)
        continued = "Table Text" if in_cell else list_continue_style(items.level)
        numbering = self.paragraphs.writing.numbering
        instances = numbering.instances(items, self.paragraphs.writing.styles.paragraph(style))
        for item, instance in zip(items.items, instances, strict=True):
            first, rest = _first_paragraph(item)
            yield self.paragraphs.paragraph(
                style,
                first.children if first else (),
                node=first.id if first else "",
                origin=first.origin if first else "",
                targets=(first.id, item.id) if first else (item.id,),
                numbering=instance,
            )
            for block in rest:
                if isinstance(block, Paragraph):
                    yield self._paragraph(block, continued)
                elif isinstance(block, ItemList):
                    yield from self._list(block, in_cell=in_cell)
                else:
                    yield from self.block(block)

    def _quotation(self, quotation: Quotation) -> Iterator[Element]:
        """Label where there is one, words, attribution and details, all on one page."""
        if quotation.label:
            label = Lead(quotation.label, sequence="Quote")
            yield self.paragraphs.paragraph("Quote Label", targets=(quotation.id,), lead=label, keep_next=True)
        paragraphs = (*quotation.words, quotation.attribution, *quotation.details)
        for paragraph in paragraphs:
            keep_next = paragraph is not paragraphs[-1]
            yield self._paragraph(paragraph, paragraph_style(paragraph.role), keep_next=keep_next)

    def _figure(self, figure: Figure) -> Iterator[Element]:
        names = self.paragraphs.writing.names
        run = picture_run(figure.content, figure.alt, figure.id, self.pictures, names, self.text_width)
        yield w("p", self.paragraphs.properties("Figure", keep_next=True), run)
        yield self._caption(figure.caption, "Figure", figure.id, keep_next=False)

    def _caption(self, caption: Caption, sequence: str, owner: str, *, keep_next: bool) -> Element:
        return self.paragraphs.paragraph(
            "Caption",
            caption.children,
            node=caption.id,
            origin=caption.origin,
            targets=(owner, caption.id),
            lead=Lead(caption.label, caption.separator, "Caption Label", sequence),
            keep_next=keep_next,
        )


def _first_paragraph(item: ListItem) -> tuple[Paragraph | None, tuple[Block, ...]]:
    """The paragraph beside the item's marker, which an item that begins with a list has not, and what follows it."""
    match item.blocks:
        case (Paragraph() as first, *_):
            return first, item.blocks[1:]
        case _:
            return None, item.blocks
