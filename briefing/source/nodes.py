"""What a data file holds before it is given a meaning: text, lists and mappings, each with its path and its spot."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set
from enum import Enum, auto
from functools import lru_cache
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import Place
from briefing.unicode_forms import normalized

Step = str | int

_STEP = re.compile(r'\[(?P<index>\d+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]|(?P<name>[^.\[\]"]+)')


def steps(path: str) -> list[Step]:
    """The parts of a path: ``quotes[2].text`` is ``["quotes", 2, "text"]``."""
    return [_step(match) for match in _STEP.finditer(path)]


def _step(match: re.Match[str]) -> Step:
    if match["index"]:
        return int(match["index"])
    return str(json.loads(match["quoted"])) if match["quoted"] else match["name"]


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


class Part(Struct, frozen=True):
    """A part of a text that was filled in, as typed and as it came out; `place` is that of the cell which it is."""

    typed: str
    text: str
    place: Place | None = None


class Typed(str):
    """A text of which YAML made something that its writer may not have meant, for whoever knows whether its key holds text of the brief."""

    lines: str = ""
    """The lines of a folded block, which YAML runs together."""
    lost: str = ""
    """The comment that ends it, with its sign."""
    lost_at: Place | None = None


class Scalar(Struct, frozen=True):
    """A single value as it was typed; `text` is None for nothing (``null``, ``~`` or no value at all).

    `line` and `column` are those of its first character, quotation mark or block header. What was filled in has `parts`.
    """

    text: str | None
    line: int
    column: int
    writing: Writing = Writing.PLAIN
    origin: Place | None = None
    parts: tuple[Part, ...] = ()


class Entry(Struct, frozen=True):
    """A key with its value; `line` and `column` are the key's."""

    key: str
    line: int
    column: int
    value: Node
    origin: Place | None = None


class Mapping(Struct, frozen=True):
    """Keys with values, in the file's order."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    origin: Place | None = None

    def entry(self, key: str) -> Entry | None:
        """The entry of `key`, if there is one."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def child(self, step: Step) -> Entry | None:
        """What a path's step leads to from here."""
        return self.entry(step) if isinstance(step, str) else None


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    origin: Place | None = None

    def child(self, step: Step) -> Node | None:
        """What a path's step leads to from here."""
        return self.items[step] if isinstance(step, int) and step < len(self.items) else None


Node = Scalar | Mapping | Sequence


def plain_values(node: Node) -> Any:
    """The node as dictionaries, lists and text, None for nothing."""
    if isinstance(node, Mapping):
        return {entry.key: plain_values(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain_values(item) for item in node.items]
    return node.text


def without(node: Node, gone: Set[tuple[Step, ...]], path: tuple[Step, ...] = ()) -> Node:
    """The node without the items of lists that stand at the paths in `gone`, seen from the node at `path`."""
    if isinstance(node, Mapping):
        inner = (replace(each, value=without(each.value, gone, (*path, each.key))) for each in node.entries)
        return replace(node, entries=tuple(inner))
    if isinstance(node, Sequence):
        kept = ((index, item) for index, item in enumerate(node.items) if (*path, index) not in gone)
        return replace(node, items=tuple(without(item, gone, (*path, index)) for index, item in kept))
    return node


def flat_values(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    """Every single value under the node with its path, in order; keys without a value are left out."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            key = entry.key if _STEP.fullmatch(entry.key) else f"[{json.dumps(entry.key)}]"
            yield from flat_values(entry.value, f"{path}.{key}" if path and not key.startswith("[") else path + key)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from flat_values(item, f"{path}[{index}]")
    elif node.text is not None:
        yield path, str(getattr(node.text, "lines", "") or node.text)


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


# JSON (RFC 8259, 7) and YAML 1.2.2 (5.7) share these forms; a pair of surrogates is one character in JSON.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>.)|\n)",
    re.DOTALL,
)
_BLANK_ESCAPES = frozenset("ntrvfNLP_ \t\n")
_CONTROL_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "v": "\v",
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `index`."""
    starts = _line_starts(text)
    line = bisect_right(starts, index)
    return line, index - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    """Where each line begins: found once a text, since thousands of problems may be placed in it."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def place_inside(text: str, file: str, scalar: Scalar, offset: int, *, as_lines: bool = False) -> Place:
    """Where in `file`, which holds `text`, the character `offset` of a scalar's value stands, or the cell that it came from.

    The value may have been stripped, its white space run together, and brought to NFC since it was read. Found by counting what is not white space:
    folding and indenting move only white space. Past the end, the scalar's own spot is given; in what an expression gave, the expression's.
    With `as_lines` the offset is one into the lines of a folded block.
    """
    lines = scalar.text.lines if as_lines and isinstance(scalar.text, Typed) else ""
    whole = lines or scalar.text or ""
    left, before = _seen_before(whole, offset), 0
    for part in scalar.parts or (Part(whole, whole),):
        if left < _seen(part.text):
            if part.place is not None:
                return part.place
            before += left if part.typed == part.text else len("{{")
            return Place(file, *_spot(text, scalar, before))
        left -= _seen(part.text)
        before += _seen(part.typed)
    return Place(file, scalar.line, scalar.column)


def spot_of_escape(text: str, line: int, column: int, character: str) -> tuple[int, int]:
    """The line and column of the escape that stands for `character` in the value in double quotation marks that begins at `line` and `column`."""
    begin = _line_starts(text)[line - 1] + column - 1
    for escape in _ESCAPE.finditer(text, begin):
        digits = escape["two"] or escape["four"] or escape["eight"]
        meant = chr(int(digits, 16)) if digits else _CONTROL_ESCAPES.get(escape["one"] or "")
        if meant == character:
            return line_and_column(text, escape.start())
    return line, column


def spot_of_index(text: str, scalar: Scalar, index: int) -> tuple[int, int]:
    """The line and column in the file `text` of the character `index` of a scalar's text as typed, or of the next that is not white space."""
    return _spot(text, scalar, _seen((scalar.text or "")[:index]))


@lru_cache(maxsize=4)
def _seen(text: str) -> int:
    """How many characters are not white space; counted once for each of the last texts, in which many problems may be placed."""
    return len("".join(text.split()))


def _spot(text: str, scalar: Scalar, before: int) -> tuple[int, int]:
    """The spot of the character of a scalar that has `before` others before it, white space aside."""
    index = _seen_from(text, _beginning(text, scalar), scalar.writing).at(before)
    return (scalar.line, scalar.column) if index is None else line_and_column(text, index)


def _seen_before(value: str, offset: int) -> int:
    """How many characters of the value as typed, white space aside, stand before the character `offset` of its cleaned form."""
    cleaned, typed = _seen_places(value)
    wanted = bisect_left(cleaned, offset)
    return bisect_left(typed, wanted + 1) if typed else wanted


@lru_cache(maxsize=4)
def _seen_places(value: str) -> tuple[list[int], list[int]]:
    """Where in the cleaned form of a value each character stands that is not white space, and how many of them have begun with each of those typed.

    The latter is empty where they are the same. A character is typed as one that may stand alone and what composes with it.
    """
    cleaned = normalized(value).strip()
    places = [index for index, character in enumerate(cleaned) if not character.isspace()]
    typed = "".join(value.split())
    if unicodedata.is_normalized("NFC", typed):
        return places, []
    counts, before = list[int](), 0
    for found in _COMPOSED.finditer(typed):
        counts += (before + len(normalized(found[0][:end])) for end in range(1, len(found[0]) + 1))
        before = counts[-1]
    return places, counts


_COMPOSED = re.compile(r"(?s:.)(?:[\u1160-\u11ff]|(?![\w\s])[^\x00-\u02ff]){,60}")
"""A character, and those behind it that may compose with it: marks, which are no letters, and the later parts of Korean syllables."""


def _beginning(text: str, scalar: Scalar) -> int:
    """The index of the first character that can belong to the value."""
    index = _line_starts(text)[scalar.line - 1] + scalar.column - 1
    match scalar.writing:
        case Writing.BLOCK:
            end = text.find("\n", index)
            return end + 1 if end >= 0 else len(text)
        case Writing.DOUBLED | Writing.ESCAPED:
            return index + 1
        case Writing.PLAIN:
            return index


class _Seen:
    """The indexes that `_seen_indexes` gives, each found once, since thousands of problems may be placed in one text."""

    def __init__(self, indexes: Iterator[int]) -> None:
        self._indexes = indexes
        self._found: list[int] = []

    def at(self, place: int) -> int | None:
        """The index at a place among them, from 0; None past the last."""
        self._found += islice(self._indexes, max(0, place + 1 - len(self._found)))
        return self._found[place] if place < len(self._found) else None


@lru_cache(maxsize=4)
def _seen_from(text: str, beginning: int, writing: Writing) -> _Seen:
    return _Seen(_seen_indexes(text, beginning, writing))


def _seen_indexes(text: str, index: int, writing: Writing) -> Iterator[int]:
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
