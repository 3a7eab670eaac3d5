"""The pass that numbers tables, figures and quotes, each in reading order from 1."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from briefing.document.blocks import Figure, Quotation, Table
from briefing.document.rewrite import rewrite
from briefing.document.tree import Section
from briefing.resolve.wording import Wording


def number_captions(sections: tuple[Section, ...], wording: Wording) -> tuple[Section, ...]:
    """The sections with every caption and quotation labelled."""
    counts: Counter[str] = Counter()

    def label(kind: str) -> str:
        counts[kind] += 1
        return wording(kind, number=counts[kind])

    def numbered(node: Any) -> Any:
        match node:
            case Table():
                return replace(node, caption=replace(node.caption, label=label("table")))
            case Figure():
                return replace(node, caption=replace(node.caption, label=label("figure")))
            case Quotation():
                return replace(node, label=label("quote"))
        return node

    return rewrite(sections, numbered)
