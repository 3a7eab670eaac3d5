"""YAML 1.2 as typed: every scalar is text, and nothing that is not data gets through.

ruamel.yaml gives the events; no constructor of it runs, so no value changes its meaning (``no``, ``1:30`` and ``08`` are what was typed).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from briefing.errors import DataError, Place, Problem
from briefing.source.limits import DEEPEST, MOST_NODES
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence

NOTHING = ("", "~", "null", "Null", "NULL")
"""How YAML 1.2's core schema writes null (YAML 1.2.2, 10.3.2)."""


def read_yaml(text: str, file: str) -> Node:
    """The one document of `text`. Raises `DataError` with every fault that can be found, each at its place in `file`."""
    builder = _Builder(file)
    try:
        stream = YAML(typ="safe", pure=True)
        stream.version = (1, 2)
        root = builder.document(stream.parse(text))
    except MarkedYAMLError as error:
        raise DataError(_syntax(error, file)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise DataError(
            Problem("syntax", f"this is not YAML: {error}".splitlines()[0], "check the file", place=Place(file))
        ) from None
    if builder.problems:
        raise DataError(builder.problems)
    return root


def _syntax(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    what = (error.problem or error.context or "this is not YAML").strip()
    hint = "put text that holds ': ' or ' #' or starts with a special character between quotation marks; indent with spaces"
    return Problem("syntax", what, hint, place=place)


class _Builder:
    """Makes nodes of events, noting faults as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open_anchors: set[str] = set()
        self.count = 0

    def document(self, stream: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in stream:
            if isinstance(event, events.DocumentStartEvent):
                if root is not None:
                    self._fault(
                        event, "forbidden-yaml", "a second document starts here", "keep one document in the file"
                    )
                    break
                root = self._node(next(stream), stream, 1)
        return root if root is not None else Scalar(None, 1, 1)

    def _node(self, event: Any, stream: Iterator[Any], depth: int) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise DataError(
                [
                    *self.problems,
                    self._problem(event, "too-large", "the file holds too many values", f"at most {MOST_NODES}"),
                ]
            )
        if depth > DEEPEST:
            raise DataError(
                [
                    *self.problems,
                    self._problem(event, "too-deep", "values are nested too deeply", f"at most {DEEPEST} levels"),
                ]
            )
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, events.AliasEvent):
            return self._alias(event, line, column)
        if event.tag is not None:
            self._fault(
                event, "forbidden-yaml", f"the tag {event.tag} is not data", "delete it; every value is read as text"
            )
        before = self.count
        if event.anchor is not None:
            self.open_anchors.add(event.anchor)
        node: Node
        if isinstance(event, events.ScalarEvent):
            plain = event.style in (None, "")
            text = None if plain and event.value in NOTHING else event.value
            node = Scalar(text, line, column, quoted=event.style in ("'", '"'), block=event.style in ("|", ">"))
        elif isinstance(event, events.SequenceStartEvent):
            items = []
            for inner in stream:
                if isinstance(inner, events.SequenceEndEvent):
                    break
                items.append(self._node(inner, stream, depth + 1))
            node = Sequence(tuple(items), line, column)
        else:
            node = Mapping(tuple(self._entries(stream, depth)), line, column)
        if event.anchor is not None:
            self.open_anchors.discard(event.anchor)
            self.anchors[event.anchor] = (node, self.count - before + 1)
        return node

    def _alias(self, event: Any, line: int, column: int) -> Node:
        if event.anchor in self.open_anchors:
            self._fault(
                event, "forbidden-yaml", f"*{event.anchor} stands within what it stands for", "write the value out"
            )
            return Scalar("", line, column)
        if event.anchor not in self.anchors:
            self._fault(
                event,
                "forbidden-yaml",
                f"*{event.anchor} stands for nothing",
                f"put &{event.anchor} before the value it means",
            )
            return Scalar("", line, column)
        node, size = self.anchors[event.anchor]
        self.count += size
        if self.count > MOST_NODES:
            raise DataError(
                [
                    *self.problems,
                    self._problem(
                        event, "too-many-aliases", "aliases stand for too many values", f"at most {MOST_NODES}"
                    ),
                ]
            )
        return node

    def _entries(self, stream: Iterator[Any], depth: int) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for event in stream:
            if isinstance(event, events.MappingEndEvent):
                return
            key = self._node(event, stream, depth + 1)
            value = self._node(next(stream), stream, depth + 1)
            if not isinstance(key, Scalar):
                self._fault(event, "forbidden-yaml", "a key must be a word", "write 'key: value'")
                continue
            name = key.text if key.text is not None else ""
            if name == "<<" and not key.quoted:
                self._fault(event, "forbidden-yaml", "merge keys (<<) are not part of YAML 1.2", "write the keys out")
                continue
            if name in seen:
                self._fault(
                    event,
                    "duplicate-key",
                    f"'{name}' stands here a second time",
                    f"the first is on line {seen[name]}; keep one",
                )
                continue
            seen[name] = key.line
            yield Entry(name, key.line, key.column, value)

    def _fault(self, event: Any, code: str, message: str, hint: str) -> None:
        self.problems.append(self._problem(event, code, message, hint))

    def _problem(self, event: Any, code: str, message: str, hint: str) -> Problem:
        return Problem(
            code, message, hint, place=Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        )
