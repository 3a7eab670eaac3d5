"""Where in a file a character of a value stands, although folding, escapes and indentation keep the two from running in step."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from briefing.source.nodes import Scalar, Writing

# JSON (RFC 8259, 7), TOML 1.0 and YAML 1.2.2 (5.7) share these forms; a pair of surrogates is one character in JSON.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>.)|\n)",
    re.DOTALL,
)
_BLANK_ESCAPES = frozenset("ntrvfNLP_ \t\n")


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def spot_inside(text: str, scalar: Scalar, offset: int) -> tuple[int, int]:
    """The line and column in the file `text` of the character `offset` of a scalar's value.

    The value may have been stripped, its white space run together, and brought to NFC since it was read. Found by counting what is not white space:
    folding and indenting move only white space. Past the end, the scalar's own spot is given.
    """
    wanted = inked_before(scalar.text or "", offset)
    for index in inked(text, beginning(text, scalar), scalar.writing):
        if wanted == 0:
            return line_and_column(text, index)
        wanted -= 1
    return scalar.line, scalar.column


def inked_before(value: str, offset: int) -> int:
    """How many characters of the value as typed, white space aside, stand before the character `offset` of its cleaned form."""
    cleaned = unicodedata.normalize("NFC", value).strip()
    wanted = len("".join(cleaned[:offset].split()))
    typed = "".join(value.split())
    if unicodedata.is_normalized("NFC", typed):
        return wanted
    return bisect_left(
        range(len(typed)), wanted + 1, key=lambda end: len(unicodedata.normalize("NFC", typed[: end + 1]))
    )


def beginning(text: str, scalar: Scalar) -> int:
    """The index of the first character that can belong to the value."""
    index = 0
    for _ in range(scalar.line - 1):
        index = text.index("\n", index) + 1
    index += scalar.column - 1
    match scalar.writing:
        case Writing.BLOCK:
            end = text.find("\n", index)
            return end + 1 if end >= 0 else len(text)
        case Writing.DOUBLED:
            return index + 1
        case Writing.ESCAPED | Writing.LITERAL:
            return index + (3 if text[index : index + 3] in ('"""', "'''") else 1)
        case Writing.PLAIN:
            return index


def inked(text: str, index: int, writing: Writing) -> Iterator[int]:
    """The indexes of `text`, from `index` on, at which the characters of a value that are not white space begin; they do not end with the value."""
    while index < len(text):
        if writing is Writing.ESCAPED and text[index] == "\\":
            escape = _ESCAPE.match(text, index)
            if escape is None:
                return
            digits = escape["two"] or escape["four"] or escape["eight"]
            blank = chr(int(digits, 16)).isspace() if digits else escape["one"] in _BLANK_ESCAPES
            if not blank and escape.end() - index > 1:
                yield index
            index = escape.end()
            continue
        if not text[index].isspace():
            yield index
        index += 2 if writing is Writing.DOUBLED and text.startswith("''", index) else 1
