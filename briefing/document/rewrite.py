"""Making a changed copy of a tree: what the passes are written with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from briefing.lengths import Length, PaperSize

Node = TypeVar("Node")


def rewrite(node: Node, change: Callable[[Any], Any]) -> Node:
    """A copy of `node` in which `change` was put to every dataclass node, children first, in reading order.

    `change` gives back the node itself where nothing changes; unchanged parts are shared with the original.
    """
    return _rewrite(node, change)  # type: ignore[no-any-return]


def _rewrite(node: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(node, tuple):
        children = tuple(_rewrite(child, change) for child in node)
        return node if all(new is old for new, old in zip(children, node, strict=True)) else children
    if not is_dataclass(node) or isinstance(node, (type, Enum, Length, PaperSize)):
        return node
    changed = {}
    for field in fields(node):
        old = getattr(node, field.name)
        new = _rewrite(old, change)
        if new is not old:
            changed[field.name] = new
    return change(replace(node, **changed) if changed else node)
