"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from briefing.document.blocks import Block, Caption, Figure, ItemList, ListItem, NoteList, Paragraph, Quotation, Table
from briefing.document.tree import Masthead, Section
from briefing.render.docx.figures import Pictures, picture_run
from briefing.render.docx.markup import Element, w
from briefing.render.docx.paragraphs import Lead, ParagraphWriter
from briefing.render.docx.style_names import cell_style, list_continue_style, list_style, paragraph_style
from briefing.render.docx.tables import table_element


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
        """Label, words, attribution and details, all on one page."""
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
