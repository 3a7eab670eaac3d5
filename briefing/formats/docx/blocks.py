"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final, assert_never

from briefing.document import tree
from briefing.document.inlines import Text
from briefing.document.reading import inline_text
from briefing.document.tree import Align, Block, ItemList, Paragraph, ParagraphRole, Table
from briefing.document.walk import walk
from briefing.formats.docx.column_widths import WordMeasure, column_widths, least_width
from briefing.formats.docx.elements import Element, child, in_order, name, number, remove, setting, switched_on, w
from briefing.formats.docx.figures import Pictures, picture_run
from briefing.formats.docx.house_tables import look_parts
from briefing.formats.docx.paragraphs import Lead, ParagraphWriter
from briefing.formats.docx.style_book import AMOUNT_COLUMNS, PARAGRAPH_STYLES, cell_style, levelled

_NARROW: Final = {"values": 0.62}
"""Tables, by their keys, that take only part of the text's width: a column of numbers is read beside its names."""

_PROPERTIES: Final = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "numPr",
    "bidi",
    "spacing",
    "jc",
    "outlineLvl",
)
_NO_LEVEL: Final = 10
"""The level in the outline of what is no heading, counted from 1 (ECMA-376 17.3.1.20)."""
_AFTER_TABLE: Final = 120
_LETTER: Final = 95
_LINE: Final = 260
"""The room that letters and lines take, in twentieths of a point, if type is small as in cells."""
_LEADING: Final = frozenset({ParagraphRole.PROPOSITION, ParagraphRole.INTRODUCTION})
"""Paragraphs that say what the block after them is of, and so stand on its page."""


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks into the body. `text_width` is the room between the margins, in twentieths of a point."""

    paragraphs: ParagraphWriter
    pictures: Pictures
    text_width: int
    measure: WordMeasure

    @property
    def _most_held(self) -> int:
        """How high a row or a quote can be, by our estimate, to be held on one page: what is higher begins where it stands."""
        return self.pictures.text_height // 2

    def masthead(self, head: tree.Masthead) -> Iterator[Element]:
        """Series line, title, subtitle and facts."""
        for style, node, children in (
            ("Series Line", head.series_id, head.series),
            ("Title", head.title_id, head.title),
            ("Subtitle", head.subtitle_id, head.subtitle),
        ):
            if children:
                yield self._outlined(self.paragraphs.paragraph(style, children, node=node))
        for fact in head.facts:
            lead = Lead(fact.label, fact.separator, "Fact Label", tabbed=True)
            yield self.paragraphs.paragraph("Masthead Fact", fact.children, node=fact.id, origin=fact.origin, lead=lead)

    def section(self, section: tree.Section) -> Iterator[Element]:
        """A heading and what stands under it."""
        yield self._heading(section.heading, section.heading.id, section.id)
        elements = [element for block in section.blocks for element in self.block(block)]
        for before, element in pairwise((w("p"), *elements)):
            if before.tag == name("tbl"):
                if element.tag == name("tbl"):
                    # Word would take two tables that touch for one.
                    yield w("p", self.paragraphs.properties("Table Text"))
                else:
                    self._set_apart(element)
            elif element.tag == name("tbl") and len(before):
                _hold(before, "keepNext")
            yield element

    def _set_apart(self, paragraph: Element) -> None:
        """Leave room above a paragraph that follows a table, where its style leaves none."""
        spacings = self.paragraphs.writing.styles.paragraph_properties(paragraph, "spacing")
        if not next((found for each in spacings if (found := number(each, "before")) is not None), 0):
            _add(paragraph, w("spacing", before=_AFTER_TABLE))

    def block(self, block: Block) -> Iterator[Element]:
        """The elements of one block of the body."""
        match block:
            case Paragraph():
                yield self._paragraph(block, PARAGRAPH_STYLES[block.role], keep_next=block.role in _LEADING)
            case tree.Heading():
                yield self._heading(block, block.id)
            case ItemList():
                yield from self._list(block)
            case tree.Quotation():
                yield from self._quotation(block)
            case Table():
                yield from self._table(block)
            case tree.Figure():
                yield from self._figure(block)
            case tree.NoteList() | tree.FootnoteList():
                return  # Parts of their own hold them.
            case _:
                assert_never(block)

    def _heading(self, heading: tree.Heading, *targets: str) -> Element:
        style = f"Heading {min(heading.level, 3)}"
        made = self.paragraphs.paragraph(
            style, heading.children, node=heading.id, origin=heading.origin, targets=targets
        )
        if switched_on(self.paragraphs.writing.styles.paragraph_property(made, "pageBreakBefore")):
            _add(made, w("pageBreakBefore", val=0))  # Chapters begin pages of their own, parts of a brief do not.
        return self._outlined(made, heading.level)

    def _outlined(self, paragraph: Element, level: int = _NO_LEVEL) -> Element:
        """The paragraph with its level in the outline, also where its style, which may stand in for another, has none or
        another one.
        """
        given = number(self.paragraphs.writing.styles.paragraph_property(paragraph, "outlineLvl"))
        if (_NO_LEVEL if given is None else given + 1) != level:
            remove(child(paragraph, "pPr", "outlineLvl"))
            _add(paragraph, w("outlineLvl", val=level - 1))
        return paragraph

    def _table(self, table: Table) -> Iterator[Element]:
        """The caption, and the table, as wide as the text unless it is a narrow one."""
        writing, caption, columns = self.paragraphs.writing, table.caption, table.columns
        narrow = max(round(self.text_width * _NARROW.get(table.key, 1)), least_width(table, self.measure))
        widths = column_widths(table, min(self.text_width, narrow), self.measure)
        title = None
        if caption is not None:
            title = f"{caption.label}{caption.separator}{inline_text(caption.children)}"
            yield self._caption(caption, "Table", table.id, keep_next=True)
        style = writing.styles.table("Briefing Table")
        properties = w(
            "tblPr",
            setting("tblStyle", style),
            setting("bidiVisual", writing.right_to_left),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            _look(all(row.cells and row.cells[0].header for row in table.rows), look_parts(writing.styles, style)),
            setting("tblCaption", title),
        )
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        headings = [[self._column_heading(column)] for column in columns]
        rows = [self._row(row, columns, widths) for row in table.rows]
        # No row stands alone on a page, neither the first with the headings nor the last.
        held = (
            row for row in (*rows[:1], *rows[-2:-1]) if len(rows) > 1 and child(row, "trPr", "cantSplit") is not None
        )
        for paragraph in (paragraph for row in held for paragraph in row.iter(name("p"))):
            _hold(paragraph, "keepNext")
        yield w("tbl", properties, grid, _row(headings, widths, heading=True), *rows)

    def _column_heading(self, column: tree.Column) -> Element:
        style = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
        said = (Text(column.heading),) if column.heading else ()
        heading = self.paragraphs.paragraph(style, said, targets=(column.id,), keep_next=True)
        return _aligned([heading], column.align)[0]

    def _row(self, row: tree.Row, columns: tuple[tree.Column, ...], widths: list[int]) -> Element:
        cells = []
        for cell, column in zip(row.cells, columns, strict=True):
            content = [element for block in cell.blocks for element in self._cell_block(block, column.key)]
            cells.append(_aligned(content or [self.paragraphs.paragraph("Table Text")], column.align))
        # A row cannot be bookmarked, so what leads to it leads to its first words.
        self.paragraphs.make_target(cells[0][0], row.id)
        highest = max(_height(cell, width) for cell, width in zip(row.cells, widths, strict=True))
        return _row(cells, widths, splits=highest > self._most_held)

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
        """Label where there is one, words, attribution and details, all on one page if they take no more than half of it."""
        if quotation.label:
            label = Lead(quotation.label, sequence="Quote")
            yield self.paragraphs.paragraph("Quote Label", targets=(quotation.id,), lead=label, keep_next=True)
        else:
            # Word would draw one bar beside two quotes that touch, as if one person had said both.
            yield w("p", self.paragraphs.properties("Quote Label", keep_next=True))
        paragraphs = (*quotation.words, quotation.attribution, *quotation.details)
        is_long = _height(quotation, self.text_width) > self._most_held
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            keep_next = following is not None and not (is_long and following in quotation.words)
            made = self._paragraph(paragraph, PARAGRAPH_STYLES[paragraph.role], keep_next=keep_next)
            if is_long:
                _hold(made, "keepNext", keep_next)
                _hold(made, "keepLines", False)
            yield made

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


_LOOK: Final = {
    **{"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100},
    **{"noHBand": 0x0200, "noVBand": 0x0400},
}
"""The parts of a table's look, each with its bit (ECMA-376 17.4.56)."""


def _look(first_names_row: bool, parts: frozenset[str]) -> Element:
    """Which parts of the table style apply: the first column when it names the rows, bands where the style has them."""
    is_on = {
        "firstRow": True,
        "lastRow": False,
        "firstColumn": first_names_row and "shaded firstCol" not in parts,
        "lastColumn": "lastCol" in parts,
        "noHBand": parts.isdisjoint(("band1Horz", "band2Horz")),
        "noVBand": parts.isdisjoint(("band1Vert", "band2Vert")),
    }
    bits = sum(_LOOK[part] for part, on in is_on.items() if on)
    return w("tblLook", val=f"{bits:04X}", **{part: int(on) for part, on in is_on.items()})


def _aligned(paragraphs: list[Element], align: Align) -> list[Element]:
    """The paragraphs of a cell, on the side that its column asks for; right stands for the end of right-to-left lines, too."""
    if align is not Align.START:
        for paragraph in paragraphs:
            _add(paragraph, w("jc", val="center" if align is Align.CENTRE else "right"))
    return paragraphs


def _height(node: tree.Cell | tree.Quotation, width: int) -> int:
    """Roughly how high what a node says will be in lines of that width; both in twentieths of a point."""
    texts = (inline_text(each.children) for each in walk(node) if isinstance(each, Paragraph))
    return _LINE * sum(1 + len(text) * _LETTER // max(width, _LETTER) for text in texts)


def _hold(paragraph: Element, switch: str, is_on: bool = True) -> None:
    """Say in a paragraph's properties, whatever its style says, whether it stays with the next, or in one piece."""
    remove(child(paragraph, "pPr", switch))
    _add(paragraph, w(switch) if is_on else w(switch, val=0))


def _add(paragraph: Element, made: Element) -> None:
    """Add a property to a paragraph, in the schema's order."""
    paragraph[0].append(made)
    in_order(_PROPERTIES, paragraph[0])


def _row(
    cells: Iterable[Iterable[Element]], widths: list[int], *, heading: bool = False, splits: bool = False
) -> Element:
    """A row out of the paragraphs of its cells; a `heading` row is repeated on each page, one that `splits` may go on
    on the next.
    """
    placed = zip(cells, widths, strict=True)
    made = (w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content) for content, width in placed)
    return w("tr", w("trPr", setting("cantSplit", not splits), setting("tblHeader", heading)), *made)
