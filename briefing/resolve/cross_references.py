"""The pass that puts words into cross-references, once everything has its number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.document.blocks import Figure, Note, Quotation, Table
from briefing.document.inlines import CrossReference
from briefing.document.rewrite import rewrite
from briefing.document.tree import Section
from briefing.document.walk import walk
from briefing.resolve.wording import Wording


def fill_cross_references(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with every cross-reference worded: ``Quote 2``, ``Figure 1``, ``source 3``. One that has words keeps them."""
    labels: dict[str, str] = {}
    for node in walk(sections):
        match node:
            case Table() | Figure():
                labels[node.id] = node.caption.label
            case Quotation():
                labels[node.id] = node.label
            case Note():
                labels[node.id] = wording("source", number=node.number)

    def filled(node: Any) -> Any:
        if isinstance(node, CrossReference) and not node.text:
            return replace(node, text=labels[node.target])
        return node

    return rewrite(sections, filled)
