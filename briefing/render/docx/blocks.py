"""Blocks as paragraphs and tables: one `match` over the tree's block kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from briefing.document.blocks import Block, Caption, Figure, ItemList, NoteList, Paragraph, Quotation, Table
from briefing.document.inlines import Inline
from briefing.document.reading import inline_text
from briefing.document.tree import Fact, Masthead, Section
from briefing.render.docx.direction import mostly_right_to_left
from briefing.render.docx.figures import Pictures, picture_run
from briefing.render.docx.inline import InlineWriter, Look
from briefing.render.docx.markup import Element, w
from briefing.render.docx.style_names import list_continue_style, list_style, paragraph_style
from briefing.render.docx.tables import table_element
from briefing.render.docx.writing import Writing

_LAST_NUMBER = re.compile(r"^(.*?)(\d+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks into the body. `text_width` is the room between the margins, in twentieths of a point."""

    writing: Writing
    pictures: Pictures
    text_width: int
    in_cell: bool = False

    def section(self, section: Section) -> Iterator[Element]:
        """A heading and what stands under it."""
        heading = section.heading
        style = f"Heading {min(heading.level, 3)}"
        yield self.paragraph(style, heading.id, heading.origin, heading.children, also=section.id)
        for block in section.blocks:
            yield from self.block(block)

    def masthead(self, head: Masthead) -> Iterator[Element]:
        """Series line, title, subtitle and facts."""
        for style, node, origin, children in (
            ("Series Line", head.series_id, "", head.series),
            ("Title", head.title_id, "", head.title),
            ("Subtitle", head.subtitle_id, "", head.subtitle),
        ):
            if children:
                yield self.paragraph(style, node, origin, children)
        for fact in head.facts:
            yield self._fact(fact)

    def block(self, block: Block) -> Iterator[Element]:
        """The elements of one block."""
        match block:
            case Paragraph():
                yield self.paragraph(paragraph_style(block.role), block.id, block.origin, block.children)
            case ItemList():
                yield from self._list(block)
            case Quotation():
                yield from self._quotation(block)
            case Table():
                yield self._caption(block.caption, "Table", block.id)
                yield table_element(block, self.writing, replace(self, in_cell=True).cell_block, self.text_width)
            case Figure():
                yield from self._figure(block)
            case NoteList():
                return
            case _:
                assert_never(block)

    def cell_block(self, block: Paragraph | ItemList, keep: bool = False) -> Iterator[Element]:
        """What stands in a table cell; `keep` holds a paragraph to the next row."""
        return self.block(block)

    def paragraph(
        self,
        style: str,
        node: str,
        origin: str,
        children: tuple[Inline, ...],
        numbering: int | None = None,
        also: str = "",
    ) -> Element:
        """One paragraph, traced to its origin. `also` is a second node that cross-references may mean by it."""
        right_to_left = mostly_right_to_left(inline_text(children), self.writing.right_to_left)
        content = list(InlineWriter(self.writing, right_to_left).runs(children))
        content = self.writing.origins.trace(self.writing.names, node, origin, children, content)
        for target in (node, also):
            content = self._target(target, content)
        return w("p", self._properties(style, right_to_left, numbering), *content)

    def _target(self, node: str, content: list[Element]) -> list[Element]:
        """`content` in a bookmark when a cross-reference leads to `node`."""
        if node in self.writing.targets:
            return list(self.writing.names.bookmark(self.writing.names.reference(node), content))
        return content

    def _properties(self, style: str, right_to_left: bool, numbering: int | None = None) -> Element:
        identifier = self.writing.styles.paragraph(style)
        return w(
            "pPr",
            w("pStyle", val=identifier) if identifier else None,
            w("numPr", w("ilvl", val=0), w("numId", val=numbering)) if numbering is not None else None,
            direction(right_to_left),
        )

    def _fact(self, fact: Fact) -> Element:
        right_to_left = mostly_right_to_left(fact.label, self.writing.right_to_left)
        inline = InlineWriter(self.writing, right_to_left)
        label = inline.text(fact.label + fact.separator.rstrip(), Look(self.writing.styles.character("Fact Label")))
        gap = fact.separator[len(fact.separator.rstrip()) :]
        value = self.writing.origins.trace(
            self.writing.names, fact.id, fact.origin, fact.children, list(inline.runs(fact.children))
        )
        return w("p", self._properties("Masthead Fact", right_to_left), *label, *inline.text(gap), *value)

    def _list(self, items: ItemList) -> Iterator[Element]:
        style = list_style(ordered=items.ordered, level=items.level, in_cell=self.in_cell)
        instances = self.writing.numbering.instances(items, self.writing.styles.paragraph(style))
        for item, instance in zip(items.items, instances, strict=True):
            first, *rest = item.blocks
            if isinstance(first, Paragraph):
                yield self.paragraph(style, first.id, first.origin, first.children, instance, also=item.id)
            else:
                yield w("p", self._properties(style, self.writing.right_to_left, instance))
                rest.insert(0, first)
            for block in rest:
                if isinstance(block, Paragraph):
                    yield self.paragraph(list_continue_style(items.level), block.id, block.origin, block.children)
                else:
                    yield from self.block(block)

    def _quotation(self, quotation: Quotation) -> Iterator[Element]:
        right_to_left = mostly_right_to_left(quotation.label, self.writing.right_to_left)
        label = self._target(
            quotation.id, self._numbered(quotation.label, "Quote", InlineWriter(self.writing, right_to_left), Look())
        )
        yield w("p", self._properties("Quote Label", right_to_left), *label)
        for paragraph in (*quotation.words, quotation.attribution, *quotation.details):
            yield from self.block(paragraph)

    def _figure(self, figure: Figure) -> Iterator[Element]:
        content = figure.content
        run = picture_run(content, figure.alt, figure.id, self.pictures, self.writing.names, self.text_width)
        yield w("p", self._properties("Figure", self.writing.right_to_left), run)
        yield self._caption(figure.caption, "Figure", figure.id)

    def _caption(self, caption: Caption, sequence: str, target: str) -> Element:
        """A caption whose number is a field, so that Word can list and renumber captions."""
        right_to_left = mostly_right_to_left(caption.label + inline_text(caption.children), self.writing.right_to_left)
        inline = InlineWriter(self.writing, right_to_left)
        look = Look(self.writing.styles.character("Caption Label"))
        label = self._target(caption.id, self._target(target, self._numbered(caption.label, sequence, inline, look)))
        text = self.writing.origins.trace(
            self.writing.names, caption.id, caption.origin, caption.children, list(inline.runs(caption.children))
        )
        keep = w("keepNext") if sequence == "Table" else None
        properties = self._properties("Caption", right_to_left)
        if keep is not None:
            properties.insert(1 if self.writing.styles.paragraph("Caption") else 0, keep)
        return w("p", properties, *label, *inline.text(caption.separator, look), *text)

    def _numbered(self, label: str, sequence: str, inline: InlineWriter, look: Look) -> list[Element]:
        """A label such as ``Table 2``, its number being a sequence field with the tree's number in it."""
        found = _LAST_NUMBER.match(label)
        if found is None:
            return list(inline.text(label, look))
        before, number = found.groups()
        field = inline.field(self.writing.sequences.instruction(sequence, int(number)), inline.text(number, look), look)
        return [*inline.text(before, look), *field]


def direction(right_to_left: bool) -> Element | None:
    """The paragraph property for a right-to-left paragraph."""
    return w("bidi") if right_to_left else None
