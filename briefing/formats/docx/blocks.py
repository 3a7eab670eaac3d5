"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, assert_never

from briefing.document import tree
from briefing.document.inlines import Text
from briefing.document.reading import inline_text
from briefing.document.tree import Block, ItemList, Paragraph, Table
from briefing.formats.docx.elements import Element, setting, w
from briefing.formats.docx.figures import Pictures, picture_run
from briefing.formats.docx.paragraphs import Lead, ParagraphWriter
from briefing.formats.docx.style_book import AMOUNT_COLUMNS, PARAGRAPH_STYLES, cell_style, levelled

_NARROW: Final = {"values": 0.62}
"""Tables, by their keys, that take only part of the text's width: a column of numbers is read beside its names."""


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks into the body. `text_width` is the room between the margins, in twentieths of a point."""

    paragraphs: ParagraphWriter
    pictures: Pictures
    text_width: int

    def masthead(self, head: tree.Masthead) -> Iterator[Element]:
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

    def section(self, section: tree.Section) -> Iterator[Element]:
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
                yield self._paragraph(block, PARAGRAPH_STYLES[block.role])
            case ItemList():
                yield from self._list(block)
            case tree.Quotation():
                yield from self._quotation(block)
            case Table():
                yield from self._table(block)
            case tree.Figure():
                yield from self._figure(block)
            case tree.NoteList():
                return  # The endnotes part holds it, and prints after the body.
            case _:
                assert_never(block)

    def _table(self, table: Table) -> Iterator[Element]:
        """The caption, and the table, as wide as the text unless it is a narrow one."""
        writing, caption, columns = self.paragraphs.writing, table.caption, table.columns
        widths = _widths(columns, round(self.text_width * _NARROW.get(table.key, 1)))
        yield self._caption(caption, "Table", table.id, keep_next=True)
        style = writing.styles.table("Briefing Table")
        properties = w(
            "tblPr",
            setting("tblStyle", style),
            setting("bidiVisual", writing.right_to_left),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            _look(all(row.cells and row.cells[0].header for row in table.rows)),
            w("tblCaption", val=f"{caption.label}{caption.separator}{inline_text(caption.children)}"),
        )
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        headings = [[self._column_heading(column)] for column in columns]
        rows = (self._row(row, columns, widths) for row in table.rows)
        yield w("tbl", properties, grid, _row(headings, widths, heading=True), *rows)

    def _column_heading(self, column: tree.Column) -> Element:
        style = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
        return self.paragraphs.paragraph(style, (Text(column.heading),), targets=(column.id,), keep_next=True)

    def _row(self, row: tree.Row, columns: tuple[tree.Column, ...], widths: list[int]) -> Element:
        cells = [
            [element for block in cell.blocks for element in self._cell_block(block, column.key)]
            for cell, column in zip(row.cells, columns, strict=True)
        ]
        # A row cannot be bookmarked, so what leads to it leads to its first words.
        self.paragraphs.make_target(cells[0][0], row.id)
        return _row(cells, widths)

    def _cell_block(self, block: Paragraph | ItemList, column: str) -> Iterator[Element]:
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
        kind = "Number" if items.ordered else "Bullet"
        style = f"Table {kind}" if in_cell else levelled(f"List {kind}", items.level)
        continued = "Table Text" if in_cell else levelled("List Continue", items.level)
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

    def _quotation(self, quotation: tree.Quotation) -> Iterator[Element]:
        """Label where there is one, words, attribution and details, all on one page."""
        if quotation.label:
            label = Lead(quotation.label, sequence="Quote")
            yield self.paragraphs.paragraph("Quote Label", targets=(quotation.id,), lead=label, keep_next=True)
        paragraphs = (*quotation.words, quotation.attribution, *quotation.details)
        for paragraph in paragraphs:
            keep_next = paragraph is not paragraphs[-1]
            yield self._paragraph(paragraph, PARAGRAPH_STYLES[paragraph.role], keep_next=keep_next)

    def _figure(self, figure: tree.Figure) -> Iterator[Element]:
        names = self.paragraphs.writing.names
        run = picture_run(figure.content, figure.alt, figure.id, self.pictures, names, self.text_width)
        yield w("p", self.paragraphs.properties("Figure", keep_next=True), run)
        yield self._caption(figure.caption, "Figure", figure.id, keep_next=False)

    def _caption(self, caption: tree.Caption, sequence: str, owner: str, *, keep_next: bool) -> Element:
        return self.paragraphs.paragraph(
            "Caption",
            caption.children,
            node=caption.id,
            origin=caption.origin,
            targets=(owner, caption.id),
            lead=Lead(caption.label, caption.separator, "Caption Label", sequence),
            keep_next=keep_next,
        )


def _first_paragraph(item: tree.ListItem) -> tuple[Paragraph | None, tuple[Block, ...]]:
    """The paragraph beside the item's marker, which an item that begins with a list has not, and what follows it."""
    match item.blocks:
        case (Paragraph() as first, *_):
            return first, item.blocks[1:]
        case _:
            return None, item.blocks


def _widths(columns: tuple[tree.Column, ...], text_width: int) -> list[int]:
    """The columns' widths in twentieths of a point, adding up to `text_width` exactly."""
    ends = [0, *(round(share * text_width) for share in accumulate(column.share for column in columns))]
    return [right - left for left, right in pairwise(ends)]


def _look(first_names_row: bool) -> Element:
    """Which parts of the table style apply (ECMA-376 17.4.56): the first column when it names the rows."""
    bits = 0x0020 | 0x0100 | 0x0400 | 0x0200 | (0x0080 if first_names_row else 0)
    parts = {
        "firstRow": 1,
        "lastRow": 0,
        "firstColumn": int(first_names_row),
        "lastColumn": 1,
        "noHBand": 1,
        "noVBand": 1,
    }
    return w("tblLook", val=f"{bits:04X}", **parts)


def _row(cells: Iterable[Iterable[Element]], widths: list[int], *, heading: bool = False) -> Element:
    """A row out of the paragraphs of its cells; a `heading` row is repeated on each page."""
    placed = zip(cells, widths, strict=True)
    made = (w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content) for content, width in placed)
    return w("tr", w("trPr", w("cantSplit"), setting("tblHeader", heading)), *made)
