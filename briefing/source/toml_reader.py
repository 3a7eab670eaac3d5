"""TOML 1.0 as typed: numbers, dates and booleans keep their characters."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

import tree_sitter
import tree_sitter_toml

from briefing.errors import DataError, Place, Problem
from briefing.source.limits import DEEPEST
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence
from briefing.source.syntax_tree import SyntaxTree, text_of

_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def read_toml(text: str, file: str) -> Node:
    """The table of `text`. Raises `DataError` with the first fault, at its place in `file`."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _WHERE.fullmatch(str(error))
        what = match[1] if match else str(error)
        lines = text.splitlines() or [""]
        place = Place(file, len(lines), len(lines[-1]) + 1)
        if match and match[2]:
            place = Place(file, int(match[2]), int(match[3]))
        code = "duplicate-key" if "overwrite" in what or "twice" in what else "syntax"
        raise DataError(
            Problem(code, f"this is not TOML: {what}", "check quotation marks, brackets and keys", place=place)
        ) from None
    except RecursionError:
        raise DataError(
            Problem("too-deep", "values are nested too deeply", f"at most {DEEPEST} levels", place=Place(file))
        ) from None
    return _Builder(text, file).document()


@dataclass(slots=True)
class _Table:
    """A table under construction; TOML may add to it from several places of the file."""

    line: int
    column: int
    entries: dict[str, tuple[int, int, _Value]] = field(default_factory=dict)


@dataclass(slots=True)
class _Tables:
    """An array of tables under construction."""

    line: int
    column: int
    items: list[_Table] = field(default_factory=list)


_Value = _Table | _Tables | Node


class _Builder:
    def __init__(self, text: str, file: str) -> None:
        self.tree = SyntaxTree(text, tree_sitter_toml.language())
        self.file = file

    def document(self) -> Node:
        root = _Table(1, 1)
        for child in self.tree.root.named_children:
            match child.type:
                case "pair":
                    self._pair(child, root, 1)
                case "table" | "table_array_element":
                    head, *rest = [inner for inner in child.named_children if inner.type != "comment"]
                    table = self._open(root, head, many=child.type == "table_array_element")
                    for pair in rest:
                        self._pair(pair, table, 1)
        return self._finished(root)

    def _keys(self, node: tree_sitter.Node) -> list[tuple[str, int, int]]:
        if node.type == "dotted_key":
            return [key for child in node.named_children for key in self._keys(child)]
        name = text_of(node) if node.type == "bare_key" else _string(node)
        return [(name, *self.tree.place(node))]

    def _open(self, table: _Table, head: tree_sitter.Node, *, many: bool) -> _Table:
        *way, (name, line, column) = self._keys(head)
        for step in way:
            table = self._step(table, *step)
        if not many:
            return self._step(table, name, line, column)
        found = table.entries.setdefault(name, (line, column, _Tables(line, column)))[2]
        assert isinstance(found, _Tables)
        found.items.append(_Table(line, column))
        return found.items[-1]

    def _step(self, table: _Table, name: str, line: int, column: int) -> _Table:
        found = table.entries.setdefault(name, (line, column, _Table(line, column)))[2]
        if isinstance(found, _Tables):
            return found.items[-1]
        assert isinstance(found, _Table)
        return found

    def _pair(self, node: tree_sitter.Node, table: _Table, depth: int) -> None:
        if node.type != "pair":
            return
        key, value = [child for child in node.named_children if child.type != "comment"]
        *way, (name, line, column) = self._keys(key)
        for step in way:
            table = self._step(table, *step)
        table.entries[name] = (line, column, self._value(value, depth + 1))

    def _value(self, node: tree_sitter.Node, depth: int) -> _Value:
        line, column = self.tree.place(node)
        if depth > DEEPEST:
            place = Place(self.file, line, column)
            raise DataError(
                Problem("too-deep", "values are nested too deeply", f"at most {DEEPEST} levels", place=place)
            )
        match node.type:
            case "string":
                return Scalar(_string(node), line, column, quoted=True)
            case "array":
                items = [self._value(child, depth + 1) for child in node.named_children if child.type != "comment"]
                return Sequence(tuple(self._finished(item) for item in items), line, column)
            case "inline_table":
                table = _Table(line, column)
                for pair in node.named_children:
                    self._pair(pair, table, depth)
                return table
        return Scalar(text_of(node), line, column)

    def _finished(self, value: _Value) -> Node:
        if isinstance(value, _Table):
            entries = tuple(
                Entry(name, line, column, self._finished(inner))
                for name, (line, column, inner) in value.entries.items()
            )
            return Mapping(entries, value.line, value.column)
        if isinstance(value, _Tables):
            return Sequence(tuple(self._finished(item) for item in value.items), value.line, value.column)
        return value


def _string(node: tree_sitter.Node) -> str:
    value = tomllib.loads(f"value = {text_of(node)}")["value"]
    assert isinstance(value, str)
    return value
