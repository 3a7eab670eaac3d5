"""The pass that letters footnotes, and moves what each says to the end of the section that calls it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.document.inlines import FootnoteReference
from briefing.document.tree import Footnote, FootnoteList, Section
from briefing.document.walk import rewrite


def letter(number: int) -> str:
    """The mark of the n-th footnote, counted from 1: a to z, then aa, bb and so on, as word processors letter them (ECMA-376, 17.18.59)."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def collect_footnotes(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with their footnotes lettered through the whole brief, and listed behind what else stands in them."""
    count = 0
    collected = []
    for section in sections:
        footnotes: list[Footnote] = []

        def lettered(node: Any, footnotes: list[Footnote] = footnotes) -> Any:
            nonlocal count
            if not isinstance(node, FootnoteReference):
                return node
            count += 1
            mark = letter(count)
            name = wording("link_to_footnote", mark=mark)
            footnotes.append(Footnote(node.footnote, node.origin, mark, node.anchor, node.children, name))
            return replace(node, mark=mark, origin="", children=())

        section = rewrite(section, lettered)
        if footnotes:
            section = replace(
                section, blocks=(*section.blocks, FootnoteList(f"{section.id}.footnotes", tuple(footnotes)))
            )
        collected.append(section)
    return tuple(collected)
