"""Going over the tree: every node in reading order, a changed copy of it, and the tree as text for people."""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

from briefing.document.inlines import FootnoteReference, NoteReference
from briefing.document.tree import Document
from briefing.lengths import Length, PaperSize


def walk(node: Any) -> Iterator[Any]:
    """`node` and every node below it. Lengths, enumerations and plain values are not nodes."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif (names := _FIELDS_OF[type(node)]) is not None:
            yield node
            parts = [getattr(node, name) for name in reversed(names)]
            waiting += [part for part in parts if isinstance(part, tuple) or _FIELDS_OF[type(part)] is not None]


class _Fields(dict[type, "tuple[str, ...] | None"]):
    """The names of the fields of each kind of node, in their order, found once; None for what is no node."""

    def __missing__(self, kind: type) -> tuple[str, ...] | None:
        self[kind] = None
        if issubclass(kind, Struct) and not issubclass(kind, (Length, PaperSize)):
            self[kind] = kind.__struct_fields__
        return self[kind]


_FIELDS_OF: Final = _Fields()


def identifiers(node: Any) -> Iterator[str]:
    """The id of every node that has one, with those of the masthead's parts and of references to notes, in order."""
    for inner in walk(node):
        if isinstance(inner, (NoteReference, FootnoteReference)):
            yield inner.anchor
        for name in ("id", "office_id", "form_id", "series_id", "title_id", "subtitle_id"):
            absent = name in ("office_id", "form_id") and not getattr(inner, name.removesuffix("_id"), ())
            if hasattr(inner, name) and not absent:
                yield getattr(inner, name)


Node = TypeVar("Node")


def rewrite(node: Node, change: Callable[[Any], Any]) -> Node:
    """A copy of `node` in which `change` was put to every node, children first, in reading order.

    `change` gives back the node itself where nothing changes; unchanged parts are shared with the original.
    """
    return _rewrite(node, change)  # type: ignore[no-any-return]


def _rewrite(node: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(node, tuple):
        children = tuple([_rewrite(child, change) for child in node])
        return node if all(map(operator.is_, children, node)) else children
    names = _FIELDS_OF[type(node)]
    if names is None:
        return node
    changed = {}
    for name in names:
        old = getattr(node, name)
        new = _rewrite(old, change) if isinstance(old, tuple) or _FIELDS_OF[type(old)] is not None else old
        if new is not old:
            changed[name] = new
    return change(replace(node, **changed) if changed else node)


def dump(document: Document) -> str:
    """The whole tree, one node a line, children indented by two spaces; bytes are shown by their SHA-256."""
    return "\n".join(_lines(document, 0, "")) + "\n"


def _plain(value: Any) -> str | None:
    if isinstance(value, PaperSize):
        return value.name
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()[:16]}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if value is None or isinstance(value, str):
        return repr(str(value or ""))
    if isinstance(value, (bool, int)):
        return repr(value)
    return None


def _lines(node: Any, depth: int, name: str) -> Iterator[str]:
    indent = "  " * depth
    label = f"{name}: " if name else ""
    values, nested = [], []
    assert isinstance(node, Struct)
    # The last fields have defaults.
    defaults = dict(zip(reversed(node.__struct_fields__), reversed(node.__struct_defaults__), strict=False))
    for field_name in node.__struct_fields__:
        value = getattr(node, field_name)
        plain = _plain(value)
        if plain is None:
            nested.append((field_name, value))
        elif plain not in ("''", "False") and value != defaults.get(field_name, NODEFAULT):
            values.append(f" {field_name}={plain}")
    yield f"{indent}{label}{type(node).__name__}{''.join(values)}"
    only = len(nested) == 1 and isinstance(nested[0][1], tuple)
    for field_name, value in nested:
        if isinstance(value, tuple):
            if not value:
                continue
            if not only:
                yield f"{indent}  {field_name}:"
            for child in value:
                yield from _lines(child, depth + (1 if only else 2), "")
        else:
            yield from _lines(value, depth + 1, field_name)
