"""Walking the tree: every node, parents before children, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from briefing.document.inlines import NoteReference
from briefing.lengths import Length, PaperSize


def walk(node: Any) -> Iterator[Any]:
    """`node` and every dataclass node below it. Lengths, enumerations and plain values are not nodes."""
    if isinstance(node, tuple):
        for child in node:
            yield from walk(child)
    elif is_dataclass(node) and not isinstance(node, (Enum, Length, PaperSize)):
        yield node
        for field in fields(node):
            yield from walk(getattr(node, field.name))


def identifiers(node: Any) -> Iterator[str]:
    """The id of every node that has one, with those of the masthead's parts and of note references, in order."""
    for inner in walk(node):
        if isinstance(inner, NoteReference):
            yield inner.anchor
        for name in ("id", "series_id", "title_id", "subtitle_id"):
            if hasattr(inner, name):
                yield getattr(inner, name)
