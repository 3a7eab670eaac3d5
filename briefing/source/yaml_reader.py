"""YAML 1.2 as typed: every scalar is text, and nothing that is not data gets through.

ruamel.yaml gives the events; no constructor of it runs, so no value changes its meaning (``no``, ``1:30`` and ``08`` are what was typed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from briefing.errors import DataError, Place, Problem, shown
from briefing.source.encoding import DEEPEST, MOST_NODES, duplicate_key, too_deep
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Writing, line_and_column

_GENERAL_HINT = (
    "put text that holds ': ' or ' #' or starts with a special character between quotation marks; indent with spaces"
)

# What the parser's message begins with; what is wrong; what would be right; whether to point at where the construct begins.
_WORDS: Final[tuple[tuple[str, str, str, bool], ...]] = (
    (
        r"mapping values are not allowed",
        "a colon stands where no key can end",
        "put text that holds ': ' between quotation marks, and a space after each key's colon; indent keys of one mapping alike",
        False,
    ),
    (r"found character '(\\t)'", "a tab stands here", "indent with spaces", False),
    (r"found character '(.+)'", "text cannot begin with {}", "put it between quotation marks", False),
    (
        r"found unexpected (?:end of stream|document separator)",
        "the quotation mark that opens here is not closed",
        "close it with the same mark; write \\\" for a mark inside \"...\", '' for one inside '...'",
        True,
    ),
    (
        r"could not find expected ':'",
        "a key with its value should stand here",
        "write 'key: value', with a space after the colon, and '- ' before a list's item; indent text that goes on from the line above",
        True,
    ),
    (
        r"expected ',' or '([\]}])'",
        "the bracket that opens here is not closed",
        "put ',' between the parts and '{}' at the end; put text with brackets or commas between quotation marks",
        True,
    ),
    (
        r"expected <block end>",
        "this does not fit what stands before it",
        "indent keys of one mapping alike; put text that begins with a quotation mark wholly between marks of the other kind",
        False,
    ),
    (
        r"sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on a line of its own below its key",
        False,
    ),
    (
        r"found unknown escape character '(.+)'",
        "\\{} means nothing",
        "write \\\\ for a backslash, or put the text between single quotation marks",
        False,
    ),
    (
        r"expected escape sequence of (\d+)",
        "an escape has {} hexadecimal digits here",
        "write \\\\ for a backslash, or put the text between single quotation marks",
        False,
    ),
    (r"found incompatible YAML document", "this version of YAML is not known", "delete the line", False),
    (
        r"expected (?:chomping|indentation)|expected a comment or a line break",
        "text cannot stand behind the '|' or '>' that opens a block",
        "begin the text on the next line, indented",
        False,
    ),
)


def syntax_fault(error: MarkedYAMLError, file: str) -> Problem:
    """The parser's complaint as a problem with a place in `file`."""
    said = (error.problem or error.context or "this is not YAML").strip()
    for pattern, message, hint, at_beginning in _WORDS:
        match = re.match(pattern, said)
        if match:
            about = match.group(1) if match.groups() else ""
            marks = (
                (error.context_mark, error.problem_mark) if at_beginning else (error.problem_mark, error.context_mark)
            )
            return Problem("syntax", _filled(message, about), _filled(hint, about), place=_place(file, *marks))
    return Problem(
        "syntax",
        f"this is not YAML: {shown(said, 200)}",
        _GENERAL_HINT,
        place=_place(file, error.problem_mark, error.context_mark),
    )


def _filled(words: str, about: str) -> str:
    return words.replace("{}", shown(about))


def _place(file: str, *marks: Any) -> Place:
    mark = next((mark for mark in marks if mark is not None), None)
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


NOTHING = ("", "~", "null", "Null", "NULL")
"""How YAML 1.2's core schema writes null (YAML 1.2.2, 10.3.2)."""

_WRITINGS = {"'": Writing.DOUBLED, '"': Writing.ESCAPED, "|": Writing.BLOCK, ">": Writing.BLOCK}

_ANCHOR = re.compile(r"&\S+[ \n]+(?=[^#\s])")

_BEYOND_UNICODE = re.compile(r"\\U(?!0010|000[0-9a-fA-F])[0-9a-fA-F]{8}")


def read_yaml(text: str, file: str) -> Node:
    """The one document of `text`. Raises `DataError` with every fault that can be found, each at its place in `file`."""
    builder = NodeBuilder(text, file)
    try:
        stream = YAML(typ="safe", pure=True)
        stream.version = (1, 2)
        root = builder.document(stream.parse(text))
    except MarkedYAMLError as error:
        raise DataError([*builder.problems, syntax_fault(error, file)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise DataError([*builder.problems, _unmarked(error, text, file)]) from None
    if builder.problems:
        raise DataError(builder.problems)
    return root


def _unmarked(error: Exception, text: str, file: str) -> Problem:
    """A fault for which the parser gives no place: what is known to cause one is looked for."""
    if isinstance(error, RecursionError):
        return too_deep(file, 1, 1)
    escape = _BEYOND_UNICODE.search(text)
    if escape:
        line, column = line_and_column(text, escape.start())
        return Problem(
            "syntax",
            f"there is no character {escape.group()}",
            "write the character itself",
            place=Place(file, line, column),
        )
    return Problem("syntax", f"this is not YAML: {shown(str(error), 200)}", "check the file", place=Place(file))


class NodeBuilder:
    """Makes nodes of the events of a YAML parser, noting faults in `problems` as it goes."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.open_anchors: set[str] = set()
        self.count = 0
        self.deepest = 0

    def document(self, stream: Iterator[Any]) -> Node:
        """The node of the one document. Raises `DataError` where it nests too deep or holds too much."""
        root: Node | None = None
        for event in stream:
            if isinstance(event, events.DocumentStartEvent):
                if root is not None:
                    self.fault(
                        event, "forbidden-yaml", "a second document starts here", "keep one document in the file"
                    )
                    break
                root = self._node(next(stream), stream, 1)
        return root if root is not None else Scalar(None, 1, 1)

    def _node(self, event: Any, stream: Iterator[Any], depth: int) -> Node:
        line, column = self._spot(event)
        self.count += 1
        self.deepest = max(self.deepest, depth)
        if self.count > MOST_NODES:
            self._stop(event, "too-large", "the file holds too many values", f"at most {MOST_NODES}")
        if depth > DEEPEST:
            raise DataError([*self.problems, too_deep(self.file, line, column)])
        if isinstance(event, events.AliasEvent):
            return self._alias(event, line, column, depth)
        if event.tag is not None:
            tag = str(event.tag).removeprefix("tag:yaml.org,2002:")
            self.fault(
                event, "forbidden-yaml", f"the tag '{shown(tag)}' is not data", "delete it; every value is read as text"
            )
        if event.anchor is None:
            return self._value(event, stream, depth, line, column)
        count, deepest, self.deepest = self.count, self.deepest, depth
        self.open_anchors.add(event.anchor)
        node = self._value(event, stream, depth, line, column)
        self.open_anchors.discard(event.anchor)
        self.anchors[event.anchor] = (node, self.count - count + 1, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return node

    def _value(self, event: Any, stream: Iterator[Any], depth: int, line: int, column: int) -> Node:
        if isinstance(event, events.ScalarEvent):
            writing = _WRITINGS.get(event.style, Writing.PLAIN)
            text = None if writing is Writing.PLAIN and event.value in NOTHING else event.value
            return Scalar(text, line, column, writing)
        if isinstance(event, events.SequenceStartEvent):
            items = []
            for inner in stream:
                if isinstance(inner, events.SequenceEndEvent):
                    break
                items.append(self._node(inner, stream, depth + 1))
            return Sequence(tuple(items), line, column)
        return Mapping(tuple(self._entries(stream, depth)), line, column)

    def _alias(self, event: Any, line: int, column: int, depth: int) -> Node:
        if event.anchor in self.open_anchors:
            self.fault(
                event,
                "forbidden-yaml",
                f"*{shown(event.anchor)} stands within what it stands for",
                "write the value out",
            )
            return Scalar("", line, column)
        if event.anchor not in self.anchors:
            hint = f"put &{shown(event.anchor)} before the value it means, or quotation marks around text"
            self.fault(event, "forbidden-yaml", f"*{shown(event.anchor)} stands for nothing", hint)
            return Scalar("", line, column)
        node, size, height = self.anchors[event.anchor]
        self.count += size
        self.deepest = max(self.deepest, depth + height)
        if self.count > MOST_NODES:
            self._stop(event, "too-many-aliases", "aliases stand for too many values", f"at most {MOST_NODES}")
        if depth + height > DEEPEST:
            raise DataError([*self.problems, too_deep(self.file, line, column)])
        return node

    def _entries(self, stream: Iterator[Any], depth: int) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for event in stream:
            if isinstance(event, events.MappingEndEvent):
                return
            key = self._node(event, stream, depth + 1)
            value = self._node(next(stream), stream, depth + 1)
            if not isinstance(key, Scalar) or key.text is None:
                self.fault(event, "forbidden-yaml", "a key must be a word", "write 'key: value'")
            elif key.text == "<<" and key.writing is Writing.PLAIN:
                self.fault(event, "forbidden-yaml", "merge keys (<<) are not part of YAML 1.2", "write the keys out")
            elif key.text in seen:
                self.problems.append(duplicate_key(self.file, key.text, key.line, key.column, seen[key.text]))
            else:
                seen[key.text] = key.line
                yield Entry(key.text, key.line, key.column, value)

    def _spot(self, event: Any) -> tuple[int, int]:
        """The line and column of the value itself: an event with an anchor begins at the anchor."""
        mark = event.start_mark
        if getattr(event, "anchor", None) is not None and not isinstance(event, events.AliasEvent):
            anchor = _ANCHOR.match(self.text, mark.index)
            if anchor and "\n" in anchor.group():
                return mark.line + 1 + anchor.group().count("\n"), anchor.end() - self.text.rfind("\n", 0, anchor.end())
            if anchor:
                return mark.line + 1, mark.column + 1 + len(anchor.group())
        return mark.line + 1, mark.column + 1

    def fault(self, event: Any, code: str, message: str, hint: str) -> None:
        """Note a fault where the event begins."""
        self.problems.append(self._problem(event, code, message, hint))

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        raise DataError([*self.problems, self._problem(event, code, message, hint)])

    def _problem(self, event: Any, code: str, message: str, hint: str) -> Problem:
        mark = event.start_mark
        return Problem(code, message, hint, place=Place(self.file, mark.line + 1, mark.column + 1))
