"""Numbered paragraphs: one count over the running text of the whole brief, and the numbers named where a text is referred to.

Counted are, as in ministerial submissions, the paragraphs of texts under a heading: the summary, the background and the sections of the office's
own, however deep. What is a list or stands apart (quotes, tables, boxes, annexes) has marks of its own, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.document.inlines import CrossReference, Inline, Text
from briefing.document.tree import Block, Paragraph, ParagraphRole, Section
from briefing.document.walk import rewrite, walk
from briefing.schema import Brief
from briefing.schema.brief import KINDS
from briefing.schema.forms import Form

OWN: Final = "own"
"""The kind of an office's own section."""
_COUNTED_SECTIONS: Final = frozenset({kind.key for kind in KINDS if not kind.rank} | {OWN})
_COUNTED: Final = frozenset({ParagraphRole.BODY, ParagraphRole.BOTTOM_LINE})


def numbers_paragraphs(brief: Brief, form: Form) -> bool:
    """Whether the paragraphs of `brief` are numbered: as it says itself, or else as its form does."""
    return form.numbered_paragraphs if brief.numbered_paragraphs is None else brief.numbered_paragraphs


def number_paragraphs(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with a number before each paragraph of the running text."""
    numbers = count(1)

    def numbered(block: Block) -> Block:
        if isinstance(block, Paragraph) and block.role in _COUNTED:
            return replace(block, marker=f"{next(numbers)}.")
        return section(block) if isinstance(block, Section) else block

    def section(each: Section) -> Section:
        return replace(each, blocks=tuple(map(numbered, each.blocks))) if each.kind in _COUNTED_SECTIONS else each

    return tuple(map(section, sections))


def name_paragraphs(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with the numbers of its paragraphs behind each reference to a section, each leading to its paragraph."""
    spans = {
        section.id: [each for each in walk(section) if isinstance(each, Paragraph) and each.marker]
        for section in walk(sections)
        if isinstance(section, Section)
    }

    def parts(child: Inline) -> Iterator[Inline]:
        paragraphs = spans.get(child.target) if isinstance(child, CrossReference) and not child.text else None
        if not paragraphs:
            yield child
            return
        label = wording.labels["numbered_reference" if len(paragraphs) == 1 else "numbered_references"]
        named = {"first": paragraphs[0], "last": paragraphs[-1]}
        for place, part in enumerate(re.split(r"\{(\w+)\}", label)):
            if part in named and place % 2:
                yield CrossReference(named[part].id, named[part].marker.rstrip("."))
            elif place % 2:
                yield child
            elif part:
                yield Text(part)

    def expanded(node: Any) -> Any:
        children = getattr(node, "children", ())
        if any(isinstance(child, CrossReference) and not child.text for child in children):
            return replace(node, children=tuple(part for child in children for part in parts(child)))
        return node

    return rewrite(sections, expanded)
