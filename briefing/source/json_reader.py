"""JSON as typed: numbers keep their digits, a duplicate key is a fault (RFC 8259, section 4, leaves it open)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import tree_sitter
import tree_sitter_json

from briefing.errors import DataError, Place, Problem
from briefing.source.limits import DEEPEST
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence
from briefing.source.syntax_tree import SyntaxTree, text_of


def read_json(text: str, file: str) -> Node:
    """The value of `text`. Raises `DataError` with every fault that can be found, each at its place in `file`."""
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        raise DataError(
            Problem(
                "syntax", f"this is not JSON: {error.msg}", "check commas, quotation marks and brackets", place=place
            )
        ) from None
    except ValueError as error:
        hint = "write a number in digits, or text"
        raise DataError(
            Problem("syntax", f"this is not JSON: {error}", hint, place=_constant_place(text, file))
        ) from None
    except RecursionError:
        raise DataError(
            Problem("too-deep", "values are nested too deeply", f"at most {DEEPEST} levels", place=Place(file))
        ) from None
    builder = _Builder(text, file)
    root = builder.node(next(child for child in builder.tree.root.named_children if child.type != "comment"), 1)
    if builder.problems:
        raise DataError(builder.problems)
    return root


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON knows")


def _constant_place(text: str, file: str) -> Place:
    spots = [spot for spot in (text.find(name) for name in ("NaN", "Infinity", "-Infinity")) if spot >= 0]
    before = text[: min(spots, default=0)]
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


class _Builder:
    def __init__(self, text: str, file: str) -> None:
        self.tree = SyntaxTree(text, tree_sitter_json.language())
        self.file = file
        self.problems: list[Problem] = []

    def node(self, node: tree_sitter.Node, depth: int) -> Node:
        line, column = self.tree.place(node)
        if depth > DEEPEST:
            problem = Problem(
                "too-deep",
                "values are nested too deeply",
                f"at most {DEEPEST} levels",
                place=Place(self.file, line, column),
            )
            raise DataError([*self.problems, problem])
        match node.type:
            case "object":
                return Mapping(tuple(self._entries(node, depth)), line, column)
            case "array":
                return Sequence(tuple(self.node(child, depth + 1) for child in node.named_children), line, column)
            case "string":
                return Scalar(json.loads(text_of(node)), line, column, quoted=True)
            case "null":
                return Scalar(None, line, column)
        return Scalar(text_of(node), line, column)

    def _entries(self, node: tree_sitter.Node, depth: int) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            assert key is not None and value is not None
            name = json.loads(text_of(key))
            line, column = self.tree.place(key)
            built = self.node(value, depth + 1)
            if name in seen:
                hint = f"the first is on line {seen[name]}; keep one"
                what = f"'{name}' stands here a second time"
                self.problems.append(Problem("duplicate-key", what, hint, place=Place(self.file, line, column)))
                continue
            seen[name] = line
            yield Entry(name, line, column, built)
