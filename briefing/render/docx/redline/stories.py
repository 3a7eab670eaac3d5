"""A story of the redline: body, cell, note, header or footer, out of the blocks of its two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from briefing.render.docx.markup import Element, child, name, value, w
from briefing.render.docx.redline.alignment import Labelled, pair_blocks
from briefing.render.docx.redline.lists import Lists
from briefing.render.docx.redline.marks import Block, Mark, paragraph_properties, settled
from briefing.render.docx.redline.paragraphs import merged_content, steps_between
from briefing.render.docx.redline.pieces import Side, canonical, cut, shown, texts_of
from briefing.render.docx.redline.revisions import Change, Revisions
from briefing.render.docx.redline.tables import columns_of, heading_of, merged_table


@dataclass(frozen=True, slots=True)
class StoryMerger:
    """Merges the stories of one part, read as `old` and `new`. `kept_notes` gathers the sources whose notes stay."""

    old: Side
    new: Side
    lists: Lists
    revisions: Revisions
    kept_notes: set[str] = field(default_factory=set)

    def merged(self, old: Iterable[Element], new: Iterable[Element]) -> list[Element]:
        """The blocks of one story, in order. No two tables touch: Word would take them for one."""
        made: list[Element] = []
        for block, mark in settled(list(_blocks(list(old), list(new)))):
            if block.is_paragraph:
                made.append(self._paragraph(block, mark))
            elif block.element.tag == name("tbl"):
                if made and made[-1].tag == name("tbl"):
                    made.append(self._separator())
                made.append(merged_table(block, self.merged, self.revisions))
            else:
                made += [deepcopy(each) for each in (block.new,) if each is not None]
        return made

    def _paragraph(self, block: Block, mark: Mark) -> Element:
        old = None if block.old is None else cut(block.old, self.old)
        new = None if block.new is None else cut(block.new, self.new)
        if old is not None and new is not None:
            self.lists.learn(old.properties, new.properties)
        steps = steps_between(old, new)
        kept = (step.piece.note for step in steps if step.change is Change.KEPT)
        self.kept_notes.update(note for note in kept if note)
        content = merged_content(old, new, steps, self.revisions)
        return w("p", paragraph_properties(mark, self.lists, self.revisions), *content)

    def _separator(self) -> Element:
        """An empty paragraph that is in neither state."""
        properties = w("pPr")
        self.revisions.mark_passing(properties)
        return w("p", properties)


def _blocks(old: Sequence[Element], new: Sequence[Element]) -> Iterator[Block]:
    for before, after in pair_blocks([_labelled(each) for each in old], [_labelled(each) for each in new]):
        yield Block(None if before is None else old[before], None if after is None else new[after])


def _labelled(block: Element) -> Labelled:
    """A block as far as aligning goes: a paragraph pairs with one of its style and with its pictures, a table
    with one of as many columns.
    """
    if block.tag == name("tbl"):
        return Labelled(("table", columns_of(block)), tuple(texts_of(block)), heading_of(block))
    if block.tag != name("p"):
        return Labelled(canonical(block), (), "")
    properties = child(block, "pPr")
    style = None if properties is None else value(child(properties, "pStyle"))
    numbered = properties is not None and child(properties, "numPr") is not None
    tag = next(block.iter(name("tag")), None)
    pictures = tuple(shown(each) for each in block.iter(name("drawing")))
    return Labelled(("paragraph", style, numbered, pictures), tuple(texts_of(block)), value(tag) or "")
