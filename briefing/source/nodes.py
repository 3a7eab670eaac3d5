"""What a data file holds before it is given a meaning: text, lists and mappings, each with the spot where it stands.

Lines and columns count from 1, columns in characters. `origin` is None for what stands in the file; what was put in from
outside has the place that it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from briefing.errors import Place


class Writing(Enum):
    """How a single value is typed, which decides where its characters stand."""

    PLAIN = auto()
    """Without quotation marks."""
    BLOCK = auto()
    """YAML's ``|`` and ``>``: on the lines below its header."""
    DOUBLED = auto()
    """YAML's single quotation marks: one inside is written twice."""
    ESCAPED = auto()
    """Double quotation marks, in which a backslash begins an escape."""
    LITERAL = auto()
    """TOML's single quotation marks: nothing inside is special."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was typed; `text` is None for nothing (``null``, ``~`` or no value at all).

    `line` and `column` are those of its first character, quotation mark or block header.
    """

    text: str | None
    line: int
    column: int
    writing: Writing = Writing.PLAIN
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value; `line` and `column` are the key's."""

    key: str
    line: int
    column: int
    value: Node
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the file's order."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    origin: Place | None = None

    def entry(self, key: str) -> Entry | None:
        """The entry of `key`, if there is one."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    origin: Place | None = None


Node = Scalar | Mapping | Sequence


def plain_values(node: Node) -> Any:
    """The node as dictionaries, lists and text, None for nothing."""
    if isinstance(node, Mapping):
        return {entry.key: plain_values(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain_values(item) for item in node.items]
    return node.text


def typed_texts(node: Node) -> Iterator[tuple[str, int, int]]:
    """Every key and every text under the node with its spot; what several aliases stand for is given once."""
    seen: set[int] = set()
    waiting: list[Node] = [node]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, Mapping):
            for entry in current.entries:
                yield entry.key, entry.line, entry.column
            waiting.extend(entry.value for entry in reversed(current.entries))
        elif isinstance(current, Sequence):
            waiting.extend(reversed(current.items))
        elif current.text:
            yield current.text, current.line, current.column


def is_nothing(node: Node) -> bool:
    """Whether the node is a scalar without a value."""
    return isinstance(node, Scalar) and node.text is None
