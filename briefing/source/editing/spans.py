"""Where the values of a YAML text begin and end, in characters from 0, and cutting text in there whatever its line ends.
JSON is read as the YAML it is (YAML 1.2.2, 1.2).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from briefing.source.nodes import steps


class Splice(Struct, frozen=True, order=True):
    """`text` in place of the characters from `start` up to `end`, counted from 0 in the text with line feeds only."""

    start: int
    end: int
    text: str = ""


def spliced(data: bytes, splices: Sequence[Splice]) -> bytes:
    """The file `data`, UTF-8, with `splices` made: its byte order mark and line ends stay, new lines end as its first one does.

    Raises `ValueError` when splices overlap.
    """
    bare = data.removeprefix(codecs.BOM_UTF8)
    raw = bare.decode()
    places = _places(raw)
    line_end = _line_end(raw)
    made: list[str] = []
    reached = 0
    for splice in sorted(splices):
        if places[splice.start] < reached:
            raise ValueError("two changes touch the same characters")
        made += [raw[reached : places[splice.start]], splice.text.replace("\n", line_end)]
        reached = places[splice.end]
    made.append(raw[reached:])
    return data[: len(data) - len(bare)] + "".join(made).encode()


def _places(raw: str) -> list[int]:
    """Where each character of the text with line feeds only stands in `raw`, and at last where `raw` ends."""
    found = [index for index, each in enumerate(raw) if each != "\n" or raw[max(index - 1, 0)] != "\r"]
    return [*found, len(raw)]


def _line_end(raw: str) -> str:
    first = next((index for index, each in enumerate(raw) if each in "\r\n"), None)
    if first is None or raw[first] == "\n":
        return "\n"
    return "\r\n" if raw[first : first + 2] == "\r\n" else "\r"


_HEADER = re.compile(r"[|>][^\n]*\n")
_ALIAS = re.compile(r"[ \n]*\*[^\s,\[\]{}]+")
_COMMENT = re.compile(r"( *)#")


class NotEditableError(Exception):
    """The text does not lend itself to the change; the message says why, `path` at which value."""

    def __init__(self, why: str, path: str = "") -> None:
        super().__init__(why)
        self.path = path


class Found(Struct, frozen=True):
    """A value: its node, the mapping's key that it stands under (None in a list), and whether a flow collection is around it."""

    node: Any
    key: Any
    in_flow: bool


def node_tree(text: str) -> Any:
    """The nodes of `text`, which is known to be sound."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return reader.compose(text)


def find(root: Any, path: str) -> Found | None:
    """The value at `path`, None when there is none. Raises `NotEditableError` when an alias stands on the way or an anchor at its end."""
    found = Found(root, None, bool(root.flow_style))
    for step in steps(path):
        inner = _child(found, step)
        if inner is None:
            return None
        before = inner.key if inner.key is not None else found.node
        if inner.node.start_mark.index < before.start_mark.index:
            raise NotEditableError(f"'{path}' is an alias (*{inner.node.anchor})", path)
        found = inner
    if found.node.anchor:
        raise NotEditableError(f"'{path}' has an anchor (&{found.node.anchor})", path)
    return found


def _child(found: Found, step: str | int) -> Found | None:
    node = found.node
    if isinstance(node, MappingNode) and isinstance(step, str):
        for key, value in node.value:
            if key.value == step:
                return Found(value, key, found.in_flow or bool(getattr(value, "flow_style", False)))
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return Found(item, None, found.in_flow or bool(getattr(item, "flow_style", False)))
    return None


def end_of(text: str, node: Any) -> int:
    """Where a value ends, without the blank lines and comments below it."""
    if isinstance(node, ScalarNode):
        return _block_end(text, node) if node.style in ("|", ">") else int(node.end_mark.index)
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if isinstance(last, tuple):
        return end_of_entry(text, *last)
    if last.start_mark.index < node.start_mark.index:
        raise NotEditableError(f"a list ends in an alias (*{last.anchor})")
    return end_of(text, last)


def end_of_entry(text: str, key: Any, value: Any) -> int:
    """Where the value of a key ends, be it typed, left out or an alias."""
    if is_empty(value):
        return after_colon(text, key)
    return _alias_end(text, key) if value.start_mark.index < key.start_mark.index else end_of(text, value)


def _alias_end(text: str, key: Any) -> int:
    match = _ALIAS.match(text, after_colon(text, key))
    if match is None:
        raise NotEditableError(f"the alias under '{key.value}' stands in an unusual place")
    return match.end()


def is_empty(node: Any) -> bool:
    """Whether nothing at all is typed for a value."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def after_colon(text: str, key: Any) -> int:
    """Where the colon of a key ends."""
    return text.index(":", key.end_mark.index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line that holds `index` ends, its line feed included."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def line_start(text: str, index: int) -> int:
    """Where the line that holds `index` begins."""
    return text.rfind("\n", 0, index) + 1


def comment_indent(line: str) -> int | None:
    """How far a line that holds only a comment is indented; None for any other."""
    match = _COMMENT.match(line)
    return len(match[1]) if match else None


def _block_end(text: str, node: Any) -> int:
    """The end of a block scalar's last line with words in it, its line feed not included."""
    header = _HEADER.search(text, node.start_mark.index)
    if header is None or header.end() >= node.end_mark.index:
        return line_end(text, node.start_mark.index) - 1
    lines = text[header.end() : node.end_mark.index].split("\n")
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    reached = kept = header.end()
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            break
        reached += len(line) + 1
        if line.strip():
            kept = reached - 1
    return kept
