"""Taking items out of a YAML list that has one dash a line, each with the comments that belong to it.

A comment belongs to the item below it when it stands right above the dash and as far in, and to the item above it when it stands further in. Comments
above the first item are the list's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.source.editing.line_ends import Splice
from briefing.source.editing.spans import NotEditableError, comment_indent, end_of, line_end, line_start


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where an item's own lines begin, comments included, and where they end."""

    start: int
    end: int


def without_items(text: str, sequence: Any, gone: Collection[int]) -> Iterator[Splice]:
    """The cuts that take the items of the indexes `gone` out, one blank line or none left between the others as before."""
    items = _items(text, sequence)
    last_kept = max((index for index in range(len(items)) if index not in gone), default=-1)
    for index in sorted(gone):
        lines = items[index]
        if index < last_kept:
            yield Splice(lines.start, _past_blank_lines(text, lines.end))
        else:
            yield Splice(_before_blank_lines(text, lines.start), lines.end)


def _items(text: str, sequence: Any) -> list[_Lines]:
    column = sequence.start_mark.column
    found: list[_Lines] = []
    for item in sequence.value:
        start = _dash(
            text, item.start_mark.index, column, found[-1].end if found else sequence.start_mark.index - column
        )
        end = _with_comments_below(text, line_end(text, end_of(text, item)), column)
        found.append(_Lines(_with_comments_above(text, start, found[-1].end) if found else start, end))
    return found


def _dash(text: str, index: int, column: int, lowest: int) -> int:
    """The start of the line with the dash of the item whose value begins at `index`."""
    dash = re.compile(rf" {{{column}}}-(?:\s|$)")
    start = line_start(text, index)
    while not dash.match(text, start):
        if start <= lowest:
            raise NotEditableError("an item of the list is an alias, or its dash stands in an unusual place")
        start = line_start(text, start - 1)
    if start < lowest:
        raise NotEditableError("an item of the list is an alias")
    return start


def _with_comments_above(text: str, start: int, lowest: int) -> int:
    while start > lowest and comment_indent(text[line_start(text, start - 1) : start]) is not None:
        start = line_start(text, start - 1)
    return start


def _with_comments_below(text: str, end: int, column: int) -> int:
    reached = end
    while reached < len(text):
        line = text[reached : line_end(text, reached)]
        indent = comment_indent(line)
        if line.strip() and (indent is None or indent <= column):
            break
        reached += len(line)
        if line.strip():
            end = reached
    return end


def _past_blank_lines(text: str, index: int) -> int:
    while index < len(text) and not text[index : line_end(text, index)].strip():
        index = line_end(text, index)
    return index


def _before_blank_lines(text: str, index: int) -> int:
    while index > 0 and not text[line_start(text, index - 1) : index].strip():
        index = line_start(text, index - 1)
    return index
