"""TOML 1.0 as typed: numbers, dates and booleans keep their characters.

tomllib checks the syntax; what it accepts is read again from a syntax tree, because tomllib tells neither places nor how numbers were typed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

import tree_sitter
import tree_sitter_toml

from briefing.errors import DataError, Problem
from briefing.source.characters import DEEPEST, duplicate_key, too_deep
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Writing
from briefing.source.syntax_tree import SyntaxTree, text_of
from briefing.source.toml_faults import is_duplicate, long_number, toml_fault


def read_toml(text: str, file: str) -> Node:
    """The table of `text`. Raises `DataError` with the first fault of syntax, or every duplicate key, at its place in `file`."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        duplicates = _Builder(text, file).duplicates() if is_duplicate(said) else []
        raise DataError(duplicates or toml_fault(said, text, file)) from None
    except ValueError:
        raise DataError(long_number(text, file)) from None
    except RecursionError:
        _Builder(text, file).document()
        raise DataError(too_deep(file, 1, 1)) from None
    return _Builder(text, file).document()


@dataclass(slots=True)
class _Table:
    """A table under construction; TOML may add to it from several places of the file. `headed` is its header's or key's line, 0 while implied."""

    line: int
    column: int
    entries: dict[str, tuple[int, int, _Value]] = field(default_factory=dict)
    headed: int = 0


@dataclass(slots=True)
class _Tables:
    """An array of tables under construction."""

    line: int
    column: int
    items: list[_Table] = field(default_factory=list)


_Value = _Table | _Tables | Node
_Key = tuple[str, int, int]


class _Builder:
    """Makes nodes of the syntax tree of a text that is TOML but for duplicate keys, which it notes."""

    def __init__(self, text: str, file: str) -> None:
        self.tree = SyntaxTree(text, tree_sitter_toml.language())
        self.file = file
        self.problems: list[Problem] = []

    def duplicates(self) -> list[Problem]:
        """Every key that stands in its table already; none when the text has faults of syntax as well."""
        if not self.tree.root.has_error:
            self.document()
        return self.problems

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
        return self._finished(root, 1)

    def _keys(self, node: tree_sitter.Node) -> list[_Key]:
        """The parts of a key, which the grammar nests one within the other from the left."""
        last_first: list[tree_sitter.Node] = []
        while node.type == "dotted_key":
            node, *rest = node.named_children
            last_first.extend(reversed(rest))
        parts = [node, *reversed(last_first)]
        return [(text_of(part) if part.type == "bare_key" else _string(part), *self.tree.place(part)) for part in parts]

    def _open(self, table: _Table, head: tree_sitter.Node, *, many: bool) -> _Table:
        *way, key = self._keys(head)
        for step in way:
            table = self._step(table, step)
        name, line, column = key
        if not many:
            opened = self._step(table, key)
            if opened.headed:
                self._note(key, opened.headed)
            opened.headed = line
            return opened
        first, _, found = table.entries.setdefault(name, (line, column, _Tables(line, column)))
        if not isinstance(found, _Tables):
            self._note(key, first)
            return _Table(line, column)
        found.items.append(_Table(line, column, headed=line))
        return found.items[-1]

    def _step(self, table: _Table, key: _Key) -> _Table:
        name, line, column = key
        first, _, found = table.entries.setdefault(name, (line, column, _Table(line, column)))
        if isinstance(found, _Tables):
            return found.items[-1]
        if not isinstance(found, _Table):
            self._note(key, first)
            return _Table(line, column)
        return found

    def _pair(self, node: tree_sitter.Node, table: _Table, depth: int) -> None:
        if node.type != "pair":
            return
        head, value = [child for child in node.named_children if child.type != "comment"]
        *way, key = self._keys(head)
        for step in way:
            table = self._step(table, step)
        name, line, column = key
        if name in table.entries:
            self._note(key, table.entries[name][0])
            return
        table.entries[name] = (line, column, self._value(value, depth + 1))

    def _note(self, key: _Key, first_line: int) -> None:
        name, line, column = key
        self.problems.append(duplicate_key(self.file, name, line, column, first_line))

    def _value(self, node: tree_sitter.Node, depth: int) -> _Value:
        line, column = self.tree.place(node)
        if depth > DEEPEST:
            raise DataError(too_deep(self.file, line, column))
        match node.type:
            case "string":
                writing = Writing.ESCAPED if text_of(node).startswith('"') else Writing.LITERAL
                return Scalar(_string(node), line, column, writing)
            case "array":
                items = [self._value(child, depth + 1) for child in node.named_children if child.type != "comment"]
                return Sequence(tuple(self._finished(item, depth + 1) for item in items), line, column)
            case "inline_table":
                table = _Table(line, column, headed=line)
                for pair in node.named_children:
                    self._pair(pair, table, depth)
                return table
        return Scalar(text_of(node), line, column)

    def _finished(self, value: _Value, depth: int) -> Node:
        """The value as nodes; tables that dotted keys nest count towards the depth as well."""
        if isinstance(value, Scalar | Mapping | Sequence):
            return value
        if depth > DEEPEST:
            raise DataError(too_deep(self.file, value.line, value.column))
        if isinstance(value, _Tables):
            items = tuple(self._finished(item, depth + 1) for item in value.items)
            return Sequence(items, value.line, value.column)
        entries = tuple(
            Entry(name, line, column, self._finished(inner, depth + 1))
            for name, (line, column, inner) in value.entries.items()
        )
        return Mapping(entries, value.line, value.column)


def _string(node: tree_sitter.Node) -> str:
    value = tomllib.loads(f"value = {text_of(node)}")["value"]
    assert isinstance(value, str)
    return value
