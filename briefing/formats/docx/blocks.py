"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final, assert_never

from msgspec.structs import replace

from briefing.document import tree
from briefing.document.inlines import Text
from briefing.document.reading import inline_text
from briefing.document.tree import Block, FigureWidth, ItemList, Paragraph, ParagraphRole, Table
from briefing.document.walk import walk
from briefing.formats.docx.column_widths import WordMeasure, column_widths, least_width
from briefing.formats.docx.elements import (
    Element,
    add_property,
    child,
    children,
    hold,
    name,
    number,
    setting,
    value,
    w,
)
from briefing.formats.docx.figures import figure_run
from briefing.formats.docx.house_tables import look_parts
from briefing.formats.docx.own_styles import NUMBERED, PLACED_FIGURE
from briefing.formats.docx.paragraphs import ParagraphLabel
from briefing.formats.docx.single_blocks import SingleBlocks
from briefing.formats.docx.style_book import AMOUNT_COLUMNS, PARAGRAPH_STYLES, cell_style, levelled
from briefing.formats.docx.table_parts import aligned, frame_table, table_look, table_row

_NARROW: Final = {"values": 0.62}
"""Tables, by their keys, that take only part of the text's width: a column of numbers is read beside its names."""

_BOXED: Final = "summary"
"""The kind of section whose heading stands in a box with its text."""
_IN_BOX: Final = {"Heading 1": "Bottom Line Heading", "Introduction": "Bottom Line Note"}
"""The styles in that box, by those that the same has elsewhere."""
_BEFORE_QUOTE: Final = 120
"""Above a quote that has no label, in twentieths of a point."""
_AFTER_TABLE: Final = 120
_LETTER: Final = 95
_LINE: Final = 260
"""The room that letters and lines take, in twentieths of a point, if type is small as in cells."""
_LEADING: Final = frozenset({ParagraphRole.PROPOSITION, ParagraphRole.INTRODUCTION, ParagraphRole.QUESTION})
"""Paragraphs that say what the block after them is of, and so stand on its page."""


class BlockWriter(SingleBlocks, frozen=True, kw_only=True):
    """Writes blocks into the body; `measure` says how wide words are in cells."""

    measure: WordMeasure
    annexes_begin_pages: bool = True

    @property
    def _most_held(self) -> int:
        """How high a row or a quote can be, by our estimate, to be held on one page: what is higher begins where it stands."""
        return self.pictures.text_height // 2

    def section(self, section: tree.Section) -> Iterator[Element]:
        """A heading and what stands under it."""
        heading = self._heading(section.heading, section.heading.id, section.id)
        if section.kind == tree.ANNEX and self.annexes_begin_pages:
            hold(heading, "pageBreakBefore")
        numbered = any(isinstance(block, Paragraph) and block.marker for block in section.blocks)
        inset = self._indent(NUMBERED, "hanging") if numbered else 0
        elements = [
            element
            for block in _parted(section.blocks)
            for element in (self._list(block, inset=inset) if isinstance(block, ItemList) else self.block(block))
        ]
        if section.kind == _BOXED:
            self._take_into_box((heading, *elements))
        if section.kind == "decision":
            for element in elements[:-1]:
                hold(element, "keepNext")  # What is asked, by when and why then, is one frame.
        yield heading
        note = self.paragraphs.writing.styles.paragraph("Table Note")
        for before, element in pairwise((w("p"), *elements)):
            if before.tag == name("tbl"):
                if element.tag == name("tbl"):
                    # Word would take two tables that touch for one.
                    yield w("p", self.paragraphs.properties("Table Text"))
                else:
                    self._set_apart(element)
                    if value(child(element, "pPr", "pStyle")) == note:
                        for paragraph in list(children(before, "tr"))[-1].iter(name("p")):
                            hold(paragraph, "keepNext")
            elif element.tag == name("tbl") and len(before):
                hold(before, "keepNext")
            yield element

    def _take_into_box(self, elements: Sequence[Element]) -> None:
        """Give what stands with the bottom line the styles of its box, where there are such."""
        styles = self.paragraphs.writing.styles
        within = {styles.paragraph(usual): styles.paragraph(boxed) for usual, boxed in _IN_BOX.items()}
        for style in (child(each, "pPr", "pStyle") for each in elements):
            boxed = within.get(value(style))
            if style is not None and boxed is not None:
                style.set(name("val"), boxed)

    def _set_apart(self, paragraph: Element) -> None:
        """Leave room above a paragraph that follows a table, where its style leaves none."""
        spacings = self.paragraphs.writing.styles.paragraph_properties(paragraph, "spacing")
        said = [found for each in spacings if (found := number(each, "before")) is not None]
        own = child(paragraph, "pPr", "spacing")
        if not next(iter(said), 0) and number(own, "before") is None:
            add_property(paragraph, w("spacing", before=_AFTER_TABLE))

    def block(self, block: Block) -> Iterator[Element]:
        """The elements of one block of the body."""
        match block:
            case Paragraph() if block.marker:
                yield self._numbered(block)
            case Paragraph():
                yield self._paragraph(block, PARAGRAPH_STYLES[block.role], keep_next=block.role in _LEADING)
            case tree.Section():
                yield from self.section(block)
            case tree.BoxedText():
                yield from self._box(block)
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
            table_look(all(row.cells and row.cells[0].header for row in table.rows), look_parts(writing.styles, style)),
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
            hold(paragraph, "keepNext")
        yield w("tbl", properties, grid, table_row(headings, widths, heading=True), *rows)

    def _column_heading(self, column: tree.Column) -> Element:
        style = "Table Amount Heading" if column.key in AMOUNT_COLUMNS else "Table Heading"
        said = (Text(column.heading),) if column.heading else ()
        heading = self.paragraphs.paragraph(style, said, targets=(column.id,), keep_next=True)
        return aligned([heading], column.align)[0]

    def _row(self, row: tree.Row, columns: tuple[tree.Column, ...], widths: list[int]) -> Element:
        cells = []
        for cell, column in zip(row.cells, columns, strict=True):
            content = [element for block in cell.blocks for element in self._cell_block(block, column.key)]
            cells.append(aligned(content or [self.paragraphs.paragraph("Table Text")], column.align))
        # A row cannot be bookmarked, so what leads to it leads to its first words.
        self.paragraphs.make_target(cells[0][0], row.id)
        highest = max(_height(cell, width) for cell, width in zip(row.cells, widths, strict=True))
        return table_row(cells, widths, splits=highest > self._most_held)

    def _cell_block(self, block: Paragraph | ItemList, column: str) -> Iterator[Element]:
        if isinstance(block, Paragraph):
            yield self._paragraph(block, cell_style(block.role, column))
        else:
            yield from self._list(block, kind="Table")

    def _box(self, box: tree.BoxedText) -> Iterator[Element]:
        """A frame of paragraphs that all have the same borders; a table in it has them at its sides."""
        styles, indent = self.paragraphs.writing.styles, self._indent("Box Text", "left")
        frame = next(iter(styles.defined(styles.paragraph("Box Text"), "pPr", "pBdr")), None)
        within = replace(self, text_width=self.text_width - indent)
        made = [self._caption(box.caption, "Box", box.id, keep_next=True, style="Box Title")]
        for block in box.blocks:
            match block:
                case Paragraph():
                    made.append(self._paragraph(block, "Box Text", keep_next=block.role in _LEADING))
                case tree.Heading():
                    made.append(self._heading(block, block.id, style="Box Heading"))
                case ItemList():
                    made += self._list(block, kind="Box")
                case _:
                    made += (frame_table(each, frame, indent) for each in within.block(block))
        is_short = _height(box, self.text_width) <= self._most_held
        for element, following in zip_longest(made, made[1:]):
            touches = following is not None and name("tbl") in (element.tag, following.tag)
            if touches and element.tag == name("p"):
                add_property(element, w("spacing", after=0))
            elif touches and following.tag == name("p"):
                add_property(following, w("spacing", before=0))
            for paragraph in element.iter(name("p")) if is_short and following is not None else ():
                hold(paragraph, "keepNext")
            yield element

    def _list(self, items: ItemList, *, kind: str = "List", inset: int = 0) -> Iterator[Element]:
        """The items, in the styles of that kind: of running text (`List`), where they may stand further in, of a table or of a box."""
        styles, in_text = self.paragraphs.writing.styles, kind == "List"
        style = levelled(f"{kind} {'Number' if items.ordered else 'Bullet'}", items.level if in_text else 1)
        continued = levelled("List Continue", items.level) if in_text else f"{kind} Text"
        numbering = self.paragraphs.writing.numbering
        instances = numbering.instances(items, styles.paragraph(style), framed=kind == "Box", inset=inset)
        for item, instance in zip(items.items, instances, strict=True):
            first, rest = _first_paragraph(item)
            # What is recommended stands on the page of the boxes to tick.
            kept = rest[:-1] if any(getattr(each, "role", "") is ParagraphRole.RESPONSE for each in rest) else None
            yield self.paragraphs.paragraph(
                style,
                first.children if first else (),
                node=first.id if first else "",
                origin=first.origin if first else "",
                targets=(first.id, item.id) if first else (item.id,),
                numbering=instance,
                keep_next=kept is not None,
            )
            for block in rest:
                if isinstance(block, Paragraph):
                    below = PARAGRAPH_STYLES[block.role] if block.role is ParagraphRole.RESPONSE else continued
                    made = self._paragraph(block, below)
                    if inset:
                        add_property(made, w("ind", left=self._indent(below, "left") + inset))
                    if kept and block in kept:
                        hold(made, "keepNext")
                    yield made
                elif isinstance(block, ItemList):
                    yield from self._list(block, kind=kind, inset=inset)
                else:
                    yield from self.block(block)

    def _quotation(self, quotation: tree.Quotation) -> Iterator[Element]:
        """Label where there is one, words, attribution and details, all on one page if they take no more than half of it."""
        if quotation.label:
            label = ParagraphLabel(quotation.label, sequence="Quote")
            yield self.paragraphs.paragraph("Quote Label", targets=(quotation.id,), lead=label, keep_next=True)
        paragraphs = (*quotation.words, quotation.attribution, *quotation.details)
        is_long = _height(quotation, self.text_width) > self._most_held
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            keep_next = following is not None and not (is_long and following in quotation.words)
            made = self._paragraph(paragraph, PARAGRAPH_STYLES[paragraph.role], keep_next=keep_next)
            if is_long:
                hold(made, "keepNext", keep_next)
                hold(made, "keepLines", False)
            if paragraph is paragraphs[0] and not quotation.label:
                add_property(made, w("spacing", before=_BEFORE_QUOTE))
            yield made

    def _figure(self, figure: tree.Figure) -> Iterator[Element]:
        names = self.paragraphs.writing.names
        run = figure_run(figure, self.pictures, names, self.text_width)
        style = "Figure" if figure.width is FigureWidth.OWN else PLACED_FIGURE
        made = w("p", self.paragraphs.properties(style, keep_next=True), run)
        caption = self._caption(figure.caption, "Figure", figure.id, keep_next=False)
        if figure.width in (FigureWidth.COLUMN, FigureWidth.HALF) and (indent := self._indent("Body Text", "left")):
            for each in (made, caption):
                add_property(each, w("ind", left=indent))
        yield from (made, caption)


def _parted(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, with an empty paragraph where two touch that Word would draw one line round or beside: boxes, and quotes without a label, as
    if one person had said both.
    """
    for before, block in pairwise((None, *blocks)):
        if type(before) is type(block) and (
            isinstance(block, tree.BoxedText) or (isinstance(block, tree.Quotation) and not block.label)
        ):
            yield Paragraph("", "", ParagraphRole.CELL, ())
        if block is not None:
            yield block


def _first_paragraph(item: tree.ListItem) -> tuple[Paragraph | None, tuple[Block, ...]]:
    """The paragraph beside the item's marker, which an item that begins with a list has not, and what follows it."""
    match item.blocks:
        case (Paragraph() as first, *_):
            return first, item.blocks[1:]
        case _:
            return None, item.blocks


def _height(node: tree.Cell | tree.Quotation | tree.BoxedText, width: int) -> int:
    """Roughly how high what a node says will be in lines of that width; both in twentieths of a point."""
    texts = (inline_text(each.children) for each in walk(node) if isinstance(each, Paragraph))
    return _LINE * sum(1 + len(text) * _LETTER // max(width, _LETTER) for text in texts)
