"""`brief.yaml.j2`: a data file in YAML whose texts are filled in from a row of parameters.

YAML is read first. Then the value of each ``{{ expression }}`` takes its place in its text, so that it can be nothing
but text of that key, and what has a ``when`` that is false is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

from msgspec.structs import replace

from briefing.errors import DataError, Place, Problem, did_you_mean
from briefing.source.encoding import LARGEST_FILE, MOST_REPORTED, refuse_escaped
from briefing.source.expressions import ExpressionError, Text, read_expression
from briefing.source.nodes import Entry, Mapping, Node, Part, Scalar, Sequence, is_nothing, spot_of_index
from briefing.source.rows import Row
from briefing.source.yaml_reader import read_yaml

WHEN: Final = "when"
"""The key whose expression says whether the mapping that it stands in is part of the brief."""
MOST_EXPRESSIONS: Final = 5_000

_SIGNS = re.compile(
    r"""\{\{(?P<expression>(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'}]|\}(?!\}))*)\}\}|\{[{%#]""", re.DOTALL
)
_REFUSED = {
    "{{": ("the braces that open here are not closed", "write {{ name }}, and both quotation marks of a text in it"),
    "{%": ("there are no conditions and loops here", "leave a whole item out with a key of its own: 'when: name'"),
    "{#": ("there are no remarks in a text", "begin a line of its own with #"),
}
_NO_WHEN = "'when' has no expression", "write one without braces, as in 'when: name'"
_UNQUOTED = re.compile(r"[^\"'#]*?(?P<when>\bwhen: *)?(?P<sign>\{[{%#])")


class Template:
    """A data file to be filled in. Raises `DataError` with the faults of its YAML."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        try:
            self.root = read_yaml(text, file)
        except DataError as error:
            raise DataError(dict.fromkeys(_explained(problem, text) for problem in error.problems)) from None
        refuse_escaped(self.root, text, file)

    def used(self, columns: Collection[str]) -> tuple[frozenset[str], list[Problem]]:
        """The names in its expressions, and what is wrong with it when there are just these `columns`."""
        reading = _Pass(self, dict.fromkeys(columns, Text()), is_reading=True)
        reading.node(self.root)
        return frozenset(reading.names), reading.problems

    def filled(self, row: Row | None) -> tuple[Node, frozenset[str]]:
        """The nodes with the values of `row`, or without any, and the names in the expressions.

        Raises `DataError` with every fault, each at its expression.
        """
        columns = {cell.name: Text(cell.text or "") for cell in row.cells} if row else {}
        for cell in row.cells if row else ():
            columns[cell.name].place = cell.place
        names, problems = self.used(columns)
        filling = _Pass(self, columns)
        made = filling.node(self.root) if not problems else None
        if made is None or filling.problems:
            raise DataError(sorted(problems or filling.problems, key=lambda problem: problem.place or Place(self.file)))
        return made, names


read_template = lru_cache(maxsize=4)(Template)
"""`Template`, kept for the next row."""


def filled(text: str, file: str, row: Row | None) -> tuple[Node, frozenset[str]]:
    """`Template.filled` of the data file `text`: its expressions are others' code, which the process that reads works out."""
    return read_template(text, file).filled(row)


class _Pass:
    """One pass through a template: it is filled in from `columns`, or, when this `is_reading`, all of it looked at."""

    def __init__(self, template: Template, columns: dict[str, Text], *, is_reading: bool = False) -> None:
        self.template = template
        self.columns = columns
        self.is_reading = is_reading
        self.problems: list[Problem] = []
        self.names: list[str] = []
        self.made: dict[int, Node | None] = {}
        self.count = self.length = 0
        self.values: dict[str, Any] = {}
        for name, text in columns.items():
            *above, last = name.split(".")
            inner = self.values
            for part in above:
                inner = inner.setdefault(part, {})
            inner[last] = text

    def node(self, node: Node) -> Node | None:
        """The node filled in; None when it is left out. What several aliases stand for is one node, and stays one."""
        if id(node) not in self.made:
            match node:
                case Mapping():
                    self.made[id(node)] = self._mapping(node)
                case Sequence():
                    items = [(item, self.node(item)) for item in node.items]
                    kept = (made for item, made in items if made and (is_nothing(item) or not is_nothing(made)))
                    self.made[id(node)] = replace(node, items=tuple(kept))
                case Scalar():
                    self.made[id(node)] = self._scalar(node)
        return self.made[id(node)]

    def _mapping(self, node: Mapping) -> Mapping | None:
        for entry in node.entries:
            if _SIGNS.search(entry.key):
                self._report(entry.line, entry.column, "a key cannot be filled in", "write the key itself")
            if entry.key == WHEN and not self._is_kept(node, entry):
                return None
        entries = [(entry, self.node(entry.value)) for entry in node.entries if entry.key != WHEN]
        return replace(node, entries=tuple(replace(entry, value=made) for entry, made in entries if made))

    def _is_kept(self, node: Mapping, entry: Entry) -> bool:
        value = entry.value
        if node is self.template.root:
            hint = "put 'when' into an item of a list"
            self._report(entry.line, entry.column, "the whole brief cannot be left out", hint)
        elif not isinstance(value, Scalar) or not value.text or "{{" in value.text:
            self._report(entry.line, entry.column, *_NO_WHEN)
        else:
            return bool(self._value(value, 0, value.text, asks=True))
        return True

    def _scalar(self, node: Scalar) -> Scalar:
        """The text with its values, and nothing when it is blank then. A cell that is all of it has its place."""
        parts, text, done = [], node.text or "", 0
        for found in _SIGNS.finditer(text):
            if found["expression"] is None:
                self._report(*spot_of_index(self.template.text, node, found.start()), *_REFUSED[found.group()])
                return node
            at = found.start("expression")
            value = self._value(node, at, found["expression"])
            typed, done = text[done : found.start()], found.end()
            parts += [Part(typed, typed), Part(found.group(), str(value), value.place)]
        if not parts:
            return node
        parts.append(Part(text[done:], text[done:]))
        made = "".join(part.text for part in parts)
        self.length += len(made)
        if self.length > LARGEST_FILE:
            self._report(
                node.line, node.column, "the texts grow too long", f"at most {LARGEST_FILE:,} characters in all"
            )
            raise DataError(self.problems)
        if not made.strip():
            return Scalar(None, node.line, node.column)
        places = [part.place for part in parts if part.typed.strip()]
        return replace(node, text=made, origin=places[0] if len(places) == 1 else None, parts=tuple(parts))

    def _value(self, at: Scalar, index: int, text: str, *, asks: bool = False) -> Any:
        """The value of the expression `text`, which begins at `index` of the text `at`."""
        self.count += 1
        try:
            if self.count > MOST_EXPRESSIONS:
                raise ExpressionError("there are too many expressions", f"at most {MOST_EXPRESSIONS:,}")
            expression = read_expression(text, asks=asks)
            if not self.is_reading:
                return expression.value(self.values)
            self.names += expression.names
            for name in expression.names:
                if name not in self.columns and name not in expression.optional:
                    known = list(self.columns)
                    hint = did_you_mean(name, known) if known else "give its value with --params, or write it here"
                    spot = spot_of_index(self.template.text, at, index)
                    self._report(*spot, f"'{name}' is not defined", hint, "undefined-name")
        except ExpressionError as error:
            self._report(*spot_of_index(self.template.text, at, index), *error.args)
        return asks or Text()

    def _report(self, line: int, column: int, what: str, hint: str, code: str = "data-template") -> None:
        self.problems.append(Problem(code, what, hint, place=Place(self.template.file, line, column)))
        if len(self.problems) >= MOST_REPORTED:
            raise DataError(self.problems)


def _explained(problem: Problem, text: str) -> Problem:
    """A fault of YAML; on a line with braces outside quotation marks it is almost always one of these."""
    found = _UNQUOTED.match(text.split("\n")[problem.place.line - 1]) if problem.place else None
    if found is None or problem.place is None or problem.code not in ("syntax", "forbidden-yaml"):
        return problem
    message_and_hint = _REFUSED[found["sign"]]
    if found["sign"] == "{{":
        what = "a text that begins with braces, or stands in a list or mapping of one line, needs quotation marks"
        message_and_hint = _NO_WHEN if found["when"] else (what, 'write them around the whole text: "{{ name }}"')
    return Problem("data-template", *message_and_hint, place=replace(problem.place, column=found.start("sign") + 1))
