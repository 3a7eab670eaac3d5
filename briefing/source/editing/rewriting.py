"""Larger edits of a data file: a text of any length, written as it was; a key that goes; a list whose items are moved, new or gone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from briefing.source.editing import spans
from briefing.source.editing.spans import Found, NotEditableError, Splice, line_end, line_start
from briefing.source.yaml_reader import NOTHING

Value = str | Mapping[str, str] | Sequence[str]


class SetText(Struct, frozen=True):
    """Give the value at `path`, which is there, the text `text`; it is written as it was: plain, in the same quotation marks, or as a block."""

    path: str
    text: str


class RemoveKey(Struct, frozen=True):
    """Take the key at `path` and its value out of its mapping, in which others stay."""

    path: str


class Rearrange(Struct, frozen=True):
    """Make the list at `path` one of its items by their indexes, in a new order, and of new values; those not named go."""

    path: str
    items: tuple[int | Value, ...]


def rewritten(text: str, root: Any, edit: SetText | RemoveKey | Rearrange, is_json: bool) -> Iterator[Splice]:
    """The splices that make the edit. Raises `NotEditableError` where it would touch more than it should."""
    found = spans.find(root, edit.path)
    if found is None:
        raise NotEditableError(f"there is nothing at '{edit.path}'", edit.path)
    if isinstance(edit, SetText):
        yield _text(text, found, edit.text, is_json)
    elif isinstance(edit, RemoveKey):
        yield from _without_key(text, root, found, edit.path)
    elif found.node.flow_style:
        yield _flow(text, found.node, edit.items, is_json)
    else:
        yield from _block(text, found.node, edit.items)


# -- texts


def _text(text: str, found: Found, value: str, is_json: bool) -> Splice:
    node = found.node
    if not isinstance(node, ScalarNode):
        raise NotEditableError("a list or keys stand where a text should")
    if spans.is_empty(node):
        raise NotEditableError("there is no value")
    start, end = node.start_mark.index, spans.end_of(text, node)
    if node.style in ("|", ">"):
        header = text[start : line_end(text, start)]
        body = text[start + len(header) : end].split("\n")
        indent = next((line[: len(line) - len(line.lstrip(" "))] for line in body if line.strip()), "  ")
        if re.match(r"[|>][+-]?\d|[|>]\d", header):
            raise NotEditableError("a block whose indentation is typed cannot be written anew")
        lines = value.strip("\n").split("\n")
        return Splice(start, end, header + "\n".join(f"{indent}{line}" if line.strip() else "" for line in lines))
    column = found.key.start_mark.column if found.key is not None else node.start_mark.column - 2
    return Splice(start, end, scalar(value, is_json, node.style or "", found.in_flow, max(column, 0) + 2))


def scalar(value: str, is_json: bool, style: str, in_flow: bool, indent: int) -> str:
    """A text as YAML or JSON writes it: in the `style` asked for (``'``, ``"`` or none) where it can be; several lines as a block."""
    if is_json:
        return json.dumps(value, ensure_ascii=False)
    if "\n" in value.strip("\n") and not in_flow:
        pad = " " * indent
        return "|-\n" + "\n".join(f"{pad}{line}" if line.strip() else "" for line in value.strip("\n").split("\n"))
    bare = value.strip("\n")
    if style == "'" and "\n" not in bare:
        return "'" + bare.replace("'", "''") + "'"
    if style != '"' and _is_plain(bare, in_flow):
        return bare
    return json.dumps(bare, ensure_ascii=False)


_NO_PLAIN_IN_FLOW: Final = re.compile(r"[\[\]{},]")


def _is_plain(value: str, in_flow: bool) -> bool:
    """Whether a text without quotation marks is read as itself."""
    if not value or value != value.strip() or value in NOTHING or "\n" in value or "#" in value:
        return False
    if in_flow and _NO_PLAIN_IN_FLOW.search(value):
        return False
    try:
        node = spans.node_tree(f"k: {value}\n").value[0][1]
    except (YAMLError, ValueError, AttributeError, IndexError):
        return False
    return isinstance(node, ScalarNode) and node.style is None and node.value == value and not node.anchor


# -- keys


def _without_key(text: str, root: Any, found: Found, path: str) -> Iterator[Splice]:
    above = spans.find(root, path.rpartition(".")[0]) if "." in path else Found(root, None, bool(root.flow_style))
    if above is None or not isinstance(above.node, MappingNode) or len(above.node.value) < 2 or found.key is None:
        raise NotEditableError("it is the only key there", path)
    entries = above.node.value
    place = next(number for number, (key, _) in enumerate(entries) if key is found.key)
    ends = [spans.end_of_entry(text, key, value) for key, value in entries]
    starts = [key.start_mark.index for key, _ in entries]
    if above.node.flow_style:
        if place + 1 < len(entries):
            yield Splice(starts[place], starts[place + 1])
        else:
            yield Splice(ends[place - 1], ends[place])
    elif place == 0 and text[line_start(text, starts[0]) : starts[0]].strip():
        yield Splice(starts[0], starts[1])  # the line with the item's dash
    else:
        yield Splice(line_start(text, starts[place]), line_end(text, ends[place]))


# -- lists


def _block(text: str, sequence: Any, items: Sequence[int | Value]) -> Iterator[Splice]:
    from briefing.source.editing.edits import item_lines

    stretches = item_lines(text, sequence)
    last = len(stretches) - 1
    gaps = [text[stretches[place][1] : stretches[place + 1][0]] for place in range(last)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else ""
    model = sequence.value[-1]
    made = ""
    before: int | Value | None = None
    for item in items:
        if before is not None:
            follows = isinstance(before, int) and isinstance(item, int) and item == before + 1
            made += gaps[before] if follows and isinstance(before, int) else usual
        lines = (
            text[slice(*stretches[item])] if isinstance(item, int) else _item(item, sequence.start_mark.column, model)
        )
        made += lines if lines.endswith("\n") else f"{lines}\n"
        before = item
    start, end = stretches[0][0], stretches[-1][1]
    if not items:
        raise NotEditableError("nothing would be left in the list")
    if not text[start:end].endswith("\n"):
        made = made[:-1]
    yield Splice(start, end, made)


def _item(value: Value, column: int, model: Any) -> str:
    """A new item, in the form of its neighbour."""
    pad, inner = " " * column, max(model.start_mark.column - column, 2)
    dash = f"{pad}-{' ' * (inner - 1)}"
    if isinstance(value, str):
        style = model.style if isinstance(model, ScalarNode) and model.style in ("'", '"') else ""
        return f"{dash}{scalar(value, False, style, False, column + 2)}\n"
    if model.flow_style or not isinstance(value, Mapping):
        return f"{dash}{_flow_value(value, False)}\n"
    marks = (
        [each.style for _, each in model.value if isinstance(each, ScalarNode)]
        if isinstance(model, MappingNode)
        else []
    )
    style = '"' if marks and all(each == '"' for each in marks) else ""
    lines = [f"{key}: {scalar(held, False, style, False, column + inner + 2)}" for key, held in value.items()]
    return dash + f"\n{' ' * (column + inner)}".join(lines) + "\n"


def _flow(text: str, sequence: Any, items: Sequence[int | Value], is_json: bool) -> Splice:
    stretches = [(item.start_mark.index, item.end_mark.index) for item in sequence.value]
    separators = [text[before[1] : after[0]] for before, after in pairwise(stretches)]
    usual = Counter(separators).most_common(1)[0][0] if separators else ", "
    made = ""
    before: int | Value | None = None
    for item in items:
        if before is not None:
            follows = isinstance(before, int) and isinstance(item, int) and item == before + 1
            made += separators[before] if follows and isinstance(before, int) else usual
        made += text[slice(*stretches[item])] if isinstance(item, int) else _flow_value(item, is_json)
        before = item
    return Splice(stretches[0][0], stretches[-1][1], made)


def _flow_value(value: Value, is_json: bool) -> str:
    if isinstance(value, str):
        return scalar(value, is_json, "", True, 0)
    if isinstance(value, Mapping):
        key_of = (lambda key: json.dumps(key)) if is_json else str
        return (
            "{" + ", ".join(f"{key_of(key)}: {scalar(held, is_json, '', True, 0)}" for key, held in value.items()) + "}"
        )
    return "[" + ", ".join(scalar(held, is_json, "", True, 0) for held in value) + "]"
