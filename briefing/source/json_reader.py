"""JSON as typed: numbers keep their digits, a duplicate key is a fault (RFC 8259, section 4, leaves it open).

The standard library checks the syntax; what it accepts is then cut into tokens again, because it tells neither places nor how numbers were typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from briefing.errors import DataError, Place, Problem
from briefing.source.characters import DEEPEST, duplicate_key, too_deep
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Writing, line_and_column

# A string that is not closed is one token to the end, so that no text takes longer than its length.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]|[^\s,:\[\]{}"]+', re.DOTALL)
_NOT_JSON = ("NaN", "Infinity", "-Infinity")  # which Python's reader takes for numbers all the same


def read_json(text: str, file: str) -> Node:
    """The value of `text`. Raises `DataError` with every fault that can be found, each at its place in `file`."""
    _check_depth(text, file)
    try:
        json.loads(text, parse_constant=str, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise DataError(_syntax_fault(text, error, file)) from None
    builder = _Builder(text, file)
    root = builder.document()
    if builder.problems:
        raise DataError(builder.problems)
    return root


def _syntax_fault(text: str, error: json.JSONDecodeError, file: str) -> Problem:
    """What the standard library found; a comma too many is told the same way whichever Python found it."""
    what, hint, spot = error.msg, "check commas, quotation marks and brackets", error.pos
    for comma in (spot, len(text[:spot].rstrip(" \t\r\n")) - 1):  # Python 3.13 stops at the comma, 3.11 behind it
        closing = text[comma + 1 :].lstrip(" \t\r\n")[:1]
        if error.msg.startswith(("Expecting", "Illegal")) and text[comma : comma + 1] == "," and closing in ("}", "]"):
            what, hint, spot = f"nothing follows the comma before '{closing}'", "take the comma away", comma
            break
    return Problem("syntax", f"this is not JSON: {what}", hint, place=Place(file, *line_and_column(text, spot)))


def _check_depth(text: str, file: str) -> None:
    """Refuse too deep a nesting before the standard library's reader meets it; it gives no place for that."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token.group() in ("[", "{")) - (token.group() in ("]", "}"))
        if depth > DEEPEST:
            raise DataError(too_deep(file, *line_and_column(text, token.start())))


class _Builder:
    """Makes nodes of the tokens of a text that is JSON, noting duplicate keys as it goes."""

    def __init__(self, text: str, file: str) -> None:
        self.tokens = _TOKEN.finditer(text)
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.line = 1
        self.file = file
        self.problems: list[Problem] = []

    def document(self) -> Node:
        return self._node(next(self.tokens))

    def _spot(self, token: re.Match[str]) -> tuple[int, int]:
        while self.line < len(self.lines) and self.lines[self.line] <= token.start():
            self.line += 1
        return self.line, token.start() - self.lines[self.line - 1] + 1

    def _node(self, token: re.Match[str]) -> Node:
        line, column = self._spot(token)
        match token.group()[0]:
            case "{":
                return Mapping(tuple(self._entries()), line, column)
            case "[":
                return Sequence(tuple(self._node(item) for item in self._until("]")), line, column)
            case '"':
                return Scalar(json.loads(token.group()), line, column, Writing.ESCAPED)
        if token.group() in _NOT_JSON:
            what, hint = f"{token.group()} is not a number that JSON knows", "write a number in digits, or text"
            self.problems.append(Problem("syntax", what, hint, place=Place(self.file, line, column)))
        return Scalar(None if token.group() == "null" else token.group(), line, column)

    def _until(self, closing: str) -> Iterator[re.Match[str]]:
        for token in self.tokens:
            if token.group() == closing:
                return
            yield token

    def _entries(self) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for token in self._until("}"):
            line, column = self._spot(token)
            name = json.loads(token.group())
            value = self._node(next(self.tokens))
            if name in seen:
                self.problems.append(duplicate_key(self.file, name, line, column, seen[name]))
                continue
            seen[name] = line
            yield Entry(name, line, column, value)
