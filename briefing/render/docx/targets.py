"""What cross-references lead to."""

from __future__ import annotations

from briefing.document.blocks import Figure, Quotation, Table
from briefing.document.inlines import CrossReference
from briefing.document.tree import Document
from briefing.document.walk import walk


def labelled_targets(document: Document) -> dict[str, str | None]:
    """The ids of the nodes that cross-references lead to, each with the label it carries (``Quote 2``) if it has
    one.
    """
    targets: dict[str, str | None] = {node.target: None for node in walk(document) if isinstance(node, CrossReference)}
    for node in walk(document.sections):
        match node:
            case Quotation():
                labels = {node.id: node.label}
            case Table() | Figure():
                labels = {node.id: node.caption.label, node.caption.id: node.caption.label}
            case _:
                continue
        targets |= {target: label for target, label in labels.items() if target in targets}
    return targets
