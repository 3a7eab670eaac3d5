"""What a data file holds before it is given a meaning: text, lists and mappings, each with the spot where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was typed; `text` is None for nothing (``null``, ``~`` or no value at all).

    `line` and `column` count from 1 and point at its first character, quotation mark or block header; `block` is true for ``|`` and ``>``.
    """

    text: str | None
    line: int
    column: int
    quoted: bool = False
    block: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    line: int
    column: int
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the file's order."""

    entries: tuple[Entry, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


Node = Scalar | Mapping | Sequence


def plain_values(node: Node) -> Any:
    """The node as dictionaries, lists and text; keys without a value are left out, as if they were not there."""
    if isinstance(node, Mapping):
        return {entry.key: plain_values(entry.value) for entry in node.entries if not is_nothing(entry.value)}
    if isinstance(node, Sequence):
        return [plain_values(item) for item in node.items]
    return node.text


def is_nothing(node: Node) -> bool:
    """Whether the node is a scalar without a value."""
    return isinstance(node, Scalar) and node.text is None
