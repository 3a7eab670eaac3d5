"""YAML 1.2 as typed: every scalar is text, and nothing that is not data gets through.

ruamel.yaml gives the events; no constructor of it runs, so no value changes its meaning (``no``, ``1:30`` and ``08`` are what was typed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NoReturn

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from briefing.errors import DataError, Place, Problem, shown
from briefing.resources import read_table
from briefing.source.encoding import DEEPEST, MOST_NODES, duplicate_key, too_deep
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Typed, Writing, is_nothing, line_and_column

_GENERAL_HINT = (
    "put text that holds ': ' or ' #' or starts with a special character between quotation marks; indent with spaces"
)


def syntax_fault(error: MarkedYAMLError, file: str) -> Problem:
    """The parser's complaint as a problem with a place in `file`."""
    message_of_library = (error.problem or error.context or "this is not YAML").strip()
    marks = [error.problem_mark, error.context_mark]
    message, hint = f"this is not YAML: {shown(message_of_library, 200)}", _GENERAL_HINT
    for known in read_table("briefing.source", "yaml_faults.toml")["fault"]:
        if match := re.match(known["begins"], message_of_library):
            about = shown(match[1]) if match.groups() else ""
            message, hint = known["message"].replace("{}", about), known["hint"].replace("{}", about)
            marks = marks[::-1] if known.get("at_beginning") else marks
            break
    mark: Any = next(filter(None, marks), None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    return Problem("syntax", message, hint, place=place)


NOTHING = ("", "~", "null", "Null", "NULL")
"""How YAML 1.2's core schema writes null (YAML 1.2.2, 10.3.2)."""

_WRITINGS = {"'": Writing.DOUBLED, '"': Writing.ESCAPED, "|": Writing.BLOCK, ">": Writing.BLOCK}

# A comment behind a plain value, or right below it where it begins like a number of something.
_COMMENT = re.compile(r"(?:[ \t]+|[ \t]*\n[ \t]+(?=#\d))(?P<comment>#[^\n]*)")
_NUMBER_SIGN = re.compile(r":[ \t]+(?=#\d)")
_ANCHOR = re.compile(r"&\S+[ \n]+(?=[^#\s])")

_BEYOND_UNICODE = re.compile(r"\\U(?!0010|000[0-9a-fA-F])[0-9a-fA-F]{8}")


def read_yaml(text: str, file: str, report: list[Problem] | None = None) -> Node:
    """The one document of `text`. Raises `DataError` with every fault that can be found, each at its place in `file`.

    What can be read all the same goes into `report` where that is given: a key that stands twice, a tag.
    """
    builder = NodeBuilder(text, file)
    try:
        stream = YAML(typ="safe", pure=True)
        stream.version = (1, 2)
        root = builder.document(stream.parse(text))
    except MarkedYAMLError as error:
        raise DataError([*builder.problems, syntax_fault(error, file)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise DataError([*builder.problems, _unmarked(error, text, file)]) from None
    if builder.problems and report is None:
        raise DataError(builder.problems)
    if report is not None:
        report += builder.problems
    return root


def _unmarked(error: Exception, text: str, file: str) -> Problem:
    """A fault for which the parser gives no place: what is known to cause one is looked for."""
    if isinstance(error, RecursionError):
        return too_deep(file, 1, 1)
    if escape := _BEYOND_UNICODE.search(text):
        what, place = f"there is no character {escape.group()}", Place(file, *line_and_column(text, escape.start()))
        return Problem("syntax", what, "write the character itself", place=place)
    return Problem("syntax", f"this is not YAML: {shown(str(error), 200)}", "check the file", place=Place(file))


def _block_lines(block: str) -> str:
    """The lines of a block scalar with its header, without their indentation."""
    lines = block.split("\n")[1:]
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    inside = takewhile(lambda line: not line.strip() or len(line) - len(line.lstrip(" ")) >= indent, lines)
    return "\n".join(line[indent:] for line in inside).strip("\n")


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
                    self.fault(event, "a second document starts here", "keep one document in the file")
                    break
                root = self._node(next(stream), stream, 1)
        return root if root is not None else Scalar(None, 1, 1)

    def _node(self, event: Any, stream: Iterator[Any], depth: int) -> Node:
        line, column = self._spot(event)
        self.count += 1
        self.deepest = max(self.deepest, depth)
        if self.count > MOST_NODES:
            self._stop(event, "the file holds too many values", "too-large")
        if depth > DEEPEST:
            raise DataError([*self.problems, too_deep(self.file, line, column)])
        if isinstance(event, events.AliasEvent):
            return self._alias(event, line, column, depth)
        if event.tag is not None:
            tag = str(event.tag).removeprefix("tag:yaml.org,2002:")
            self.fault(event, f"the tag '{shown(tag)}' is not data", "delete it; every value is read as text")
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
            text = None if writing is Writing.PLAIN and event.value in NOTHING else self._typed(event)
            return Scalar(text, line, column, writing)
        if isinstance(event, events.SequenceStartEvent):
            inner = takewhile(lambda each: not isinstance(each, events.SequenceEndEvent), stream)
            return Sequence(tuple(self._node(each, stream, depth + 1) for each in inner), line, column)
        return Mapping(tuple(self._entries(stream, depth)), line, column)

    def _typed(self, event: Any) -> str:
        """The value of a scalar, with what its writer may miss of it."""
        typed = Typed(event.value)
        if event.style == ">":
            typed.lines = _block_lines(self.text[event.start_mark.index : event.end_mark.index])
        elif event.style is None and event.end_mark and (comment := _COMMENT.match(self.text, event.end_mark.index)):
            at = line_and_column(self.text, comment.start("comment"))
            typed.lost, typed.lost_at = comment["comment"], Place(self.file, *at)
        return typed if typed.lines or typed.lost else str(event.value)

    def _alias(self, event: Any, line: int, column: int, depth: int) -> Node:
        if event.anchor in self.open_anchors:
            self.fault(event, f"*{shown(event.anchor)} stands within what it stands for", "write the value out")
            return Scalar("", line, column)
        if event.anchor not in self.anchors:
            hint = f"put &{shown(event.anchor)} before the value it means, or quotation marks around text"
            self.fault(event, f"*{shown(event.anchor)} stands for nothing", hint)
            return Scalar("", line, column)
        node, size, height = self.anchors[event.anchor]
        self.count += size
        self.deepest = max(self.deepest, depth + height)
        if self.count > MOST_NODES:
            self._stop(event, "aliases stand for too many values", "too-many-aliases")
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
            end = event.end_mark.index if event.end_mark else len(self.text)  # JSON has no comments, nor ends of events
            if is_nothing(value) and (comment := _NUMBER_SIGN.match(self.text, end)):
                what, hint = (
                    "'#' begins a comment here, so that the key has no value",
                    "put the text between quotation marks",
                )
                place = Place(self.file, *line_and_column(self.text, comment.end()))
                self.problems.append(Problem("cut-text", what, hint, place=place))
            if not isinstance(key, Scalar) or key.text is None:
                self.fault(event, "a key must be a word", "write 'key: value'")
            elif key.text == "<<" and key.writing is Writing.PLAIN:
                self.fault(event, "merge keys (<<) are not part of YAML 1.2", "write the keys out")
            elif re.match(r"[–—•]\s", key.text):
                what = f"'{key.text[0]}' begins no item of a list"
                self.fault(event, what, "begin each with a hyphen and a space: '- '", "syntax")
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
            if anchor:
                return line_and_column(self.text, anchor.end())
        return mark.line + 1, mark.column + 1

    def fault(self, event: Any, message: str, hint: str, code: str = "forbidden-yaml") -> None:
        """Note a fault where the event begins."""
        mark = event.start_mark
        self.problems.append(Problem(code, message, hint, place=Place(self.file, mark.line + 1, mark.column + 1)))

    def _stop(self, event: Any, message: str, code: str) -> NoReturn:
        self.fault(event, message, f"at most {MOST_NODES}", code)
        raise DataError(self.problems)
