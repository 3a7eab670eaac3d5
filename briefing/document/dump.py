"""The tree as text for people: what golden files hold and what `briefing tree` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from briefing.document.tree import Document
from briefing.lengths import PaperSize


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
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, (bool, int)):
        return repr(value)
    return None


def _lines(node: Any, depth: int, name: str) -> Iterator[str]:
    indent = "  " * depth
    label = f"{name}: " if name else ""
    values, nested = [], []
    assert is_dataclass(node)
    for field in fields(node):
        value = getattr(node, field.name)
        plain = _plain(value)
        if plain is None:
            nested.append((field.name, value))
        elif plain not in ("''", "False"):
            values.append(f" {field.name}={plain}")
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
