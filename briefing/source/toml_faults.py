"""What tomllib says of a fault, in words for people who write data files."""

from __future__ import annotations

import re
from typing import Final

from briefing.errors import Place, Problem
from briefing.source.nodes import line_and_column

_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_DUPLICATE = re.compile(r"Cannot (?:overwrite|declare|mutate|redefine)|Duplicate inline table key")
_LONG_NUMBER = re.compile(r"(?<![\w\"'])[+-]?\d[\d_]{4000,}")

_WORDS: Final = (
    (r"Invalid value", "this is no value", "put text between quotation marks"),
    (r"Illegal character '\\n'", "the quotation mark is not closed on its line", 'close it; text of several lines stands in """..."""'),
    (r"Illegal character", "a control character stands here", "delete it"),
    (r"Invalid statement|Invalid initial character", "a key or [table] should stand here", "write 'key = value'"),
    (r"Expected '=' after a key", "'=' should stand here", "write 'key = value'"),
    (r"Expected newline or end of document", "something stands behind the value", "begin the next key on a new line"),
    (r"Unescaped '\\' in a string", "this escape means nothing", "write \\\\ for a backslash, or put the text between single quotation marks"),
    (r"Invalid hex value|Escaped character is not", "there is no such character", "write the character itself"),
    (r"Expected '\]", "the name in brackets is not closed", "put ']' after a table's name, ']]' after a list item's"),
    (r"Unterminated string|Expected \"'", "the quotation mark is not closed", "close it with the same mark"),
    (r"Unclosed array", "the list is not closed", "put ']' at its end"),
    (r"Unclosed inline table", "the table is not closed", "put '}' at its end, on the same line"),
    (r"Invalid date or datetime", "there is no such day or time", "write a day that exists, or put text between quotation marks"),
)  # fmt: skip


def place_of_fault(said: str, text: str, file: str) -> Place:
    """Where tomllib's message `said` points; without a place in it, the end of the text."""
    match = _WHERE.fullmatch(said)
    if match and match[2]:
        return Place(file, int(match[2]), int(match[3]))
    lines = text.split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def is_duplicate(said: str) -> bool:
    """Whether tomllib complains of something that is there already."""
    return _DUPLICATE.match(said) is not None


def toml_fault(said: str, text: str, file: str) -> Problem:
    """The message of tomllib as a problem with a place in `file`."""
    place = place_of_fault(said, text, file)
    if is_duplicate(said):
        return Problem("duplicate-key", "the key that ends here stands there already", "keep one", place=place)
    for pattern, message, hint in _WORDS:
        if re.match(pattern, said):
            return Problem("syntax", message, hint, place=place)
    what = _WHERE.sub(r"\1", said)
    return Problem("syntax", f"this is not TOML: {what}", "check quotation marks, brackets and keys", place=place)


def long_number(text: str, file: str) -> Problem:
    """The fault of a number that Python will not read; tomllib gives no place for it."""
    match = _LONG_NUMBER.search(text)
    place = Place(file, *line_and_column(text, match.start() if match else 0))
    return Problem("too-large", "the number is too long", "put text between quotation marks", place=place)
