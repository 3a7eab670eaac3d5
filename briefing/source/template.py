"""`brief.yaml.j2`: a data file in YAML in which values, conditions and loops are written in Jinja.

Everything that can go wrong in it is said at its line and column; see `template_language` for what it may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from types import TracebackType
from typing import Any

from jinja2 import Template as CompiledTemplate
from jinja2 import TemplateSyntaxError, UndefinedError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

from briefing.errors import DataError, Place, Problem, did_you_mean, shown
from briefing.source.characters import LARGEST_FILE
from briefing.source.nodes import line_and_column
from briefing.source.rendered import Piece, Rendered, Value
from briefing.source.rows import Row
from briefing.source.template_language import (
    DATA_BEGINS,
    DATA_ENDS,
    JOIN,
    LOOP,
    MAKE,
    PUT,
    TemplateEnvironment,
    Use,
    counted,
    faults,
    uses,
)
from briefing.source.template_values import (
    JOINED,
    STATE,
    Counts,
    TemplateValueError,
    as_list,
    as_text,
    cell_of,
    checked_list,
    text_of_cell,
)

_VALUE_BEGINS, _VALUE_ENDS = "\x03", "\x04"
_PIECE = re.compile(f"{DATA_BEGINS}([0-9]+){DATA_ENDS}|{_VALUE_BEGINS}([0-9]+){_VALUE_ENDS}")
_NO_PARAMETERS = "give its value with --params, or write it here"
_GENERAL_HINT = (
    "write {{ name }} for a value and {% if name %} ... {% endif %} for a condition; {% raw %} keeps braces as they are"
)


class _Rendering(Counts):
    """The values that one rendering has put, and what it has used up."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[Value] = []


@pass_context
def _put(context: Context, value: Any, offset: int) -> str:
    rendering: _Rendering = context[STATE]
    text = rendering.text(as_text(value))
    rendering.values.append(Value(text, offset, cell_of(value)))
    return f"{_VALUE_BEGINS}{len(rendering.values) - 1}{_VALUE_ENDS}"


@pass_context
def _loop(context: Context, value: Any, weight: int) -> list[Any]:
    rendering: _Rendering = context[STATE]
    return rendering.loop(as_list(value), weight)


_OWN_FILTERS: dict[str, Callable[..., Any]] = {PUT: _put, LOOP: _loop, MAKE: checked_list, JOIN: JOINED}


class _Group:
    """The columns below a name: ``series`` of ``series.number``."""

    def __init__(self, inner: dict[str, Any]) -> None:
        self._inner = inner

    def __getitem__(self, name: str) -> Any:
        inner = self._inner[name]
        return _Group(inner) if isinstance(inner, dict) else inner


@dataclass(frozen=True, slots=True)
class Spoken:
    """The names that a template speaks of, those `columns` that they stand for, and a problem for each name that stands for none."""

    names: tuple[str, ...]
    columns: frozenset[str]
    missing: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A template that is sound by itself, and the names that it speaks of."""

    file: str
    text: str
    compiled: CompiledTemplate
    uses: tuple[Use, ...]

    def spoken(self, columns: Collection[str]) -> Spoken:
        """What the template speaks of when there are these `columns`. A name that is tested somewhere need not be one."""
        found: set[str] = set()
        missing: list[Problem] = []
        tested = {use.name for use in self.uses if use.tested}
        for use in self.uses:
            matching = [name for name in columns if name == use.name or name.startswith(f"{use.name}.")]
            found.update(matching)
            if not matching and use.name not in tested:
                hint = did_you_mean(use.name, list(columns)) if columns else _NO_PARAMETERS
                place = _place(self.text, self.file, use.offset)
                missing.append(Problem("undefined-name", f"'{use.name}' is not defined", hint, place=place))
        return Spoken(tuple(dict.fromkeys(use.name for use in self.uses)), frozenset(found), tuple(missing))

    def render(self, row: Row | None) -> Rendered:
        """The text with the row's values, or without any. Raises `DataError`, at the place in the template, when an expression fails."""
        spoken = self.spoken([cell.name for cell in row.cells] if row else [])
        if spoken.missing:
            raise DataError(spoken.missing)
        rendering = _Rendering()
        names = {name: _Group(value) if isinstance(value, dict) else value for name, value in _tree(row).items()}
        parts: list[str] = []
        length = 0
        try:
            for part in self.compiled.generate({**names, STATE: rendering}):
                parts.append(part)
                length += len(part)
                if length > LARGEST_FILE:
                    raise TemplateValueError("the template gives too much text", f"at most {LARGEST_FILE:,} characters")
        except Exception as error:  # whatever an expression may raise is a fault of the template
            raise DataError(self._fault(error)) from None
        return self._rendered("".join(parts), rendering.values, spoken.columns)

    def _rendered(self, text: str, values: list[Value], columns: frozenset[str]) -> Rendered:
        sign = next(each for each in map(chr, count(0xF0000)) if each not in self.text)
        pieces: list[Piece] = []
        parts: list[str] = []
        start = 0
        for offset, number, data in _pieces(text):
            part = data if number is None else f"{sign}{number}{sign}"
            pieces.append(Piece(start, offset if number is None else values[number].offset, number))
            parts.append(part)
            start += len(part)
        return Rendered(self.file, self.text, "".join(parts), sign, tuple(pieces), tuple(values), columns)

    def _fault(self, error: Exception) -> Problem:
        place = _place(self.text, self.file, self._offset(error.__traceback__))
        match error:
            case TemplateValueError():
                return Problem("data-template", error.message, error.hint, place=place)
            case UndefinedError():
                said = _in_words(error)
                return Problem("undefined-name", said, "test it first: {% if name is defined %}", place=place)
            case SecurityError():
                what, hint = "this reaches into the program", "use the columns of the parameters, filters and tests"
                return Problem("data-template", what, hint, place=place)
        what = f"this cannot be worked out: {_in_words(error)}"
        return Problem(
            "data-template", what, "turn text into a number with | int, and test what may be missing", place=place
        )

    def _offset(self, traceback: TracebackType | None) -> int:
        """Where in the template the innermost line of it was that ran: Jinja notes our offsets for lines."""
        line = 1
        while traceback is not None:
            if traceback.tb_frame.f_globals.get("__jinja_template__") is self.compiled:
                line = self.compiled.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        return line - 1


@lru_cache(maxsize=16)
def read_template(text: str, file: str) -> Template:
    """The template, read and checked. Raises `DataError` with every fault that can be found before it is rendered."""
    environment = TemplateEnvironment(_OWN_FILTERS)
    try:
        list(environment.lex(text))
    except TemplateSyntaxError as error:
        raise DataError(_lexical_fault(error, text, file)) from None
    try:
        tree = environment.parse(text)
        problems = [
            Problem("data-template", fault.message, fault.hint, place=_place(text, file, fault.offset))
            for fault in faults(tree)
        ]
        if problems:
            raise DataError(sorted(set(problems), key=lambda problem: problem.place or Place(file)))
        found = uses(tree)
        compiled = environment.from_string(counted(tree, environment))
    except TemplateSyntaxError as error:
        raise DataError(_syntax_fault(error, _place(text, file, error.lineno - 1))) from None
    except (RecursionError, SyntaxError, MemoryError, ValueError):
        what, hint = "the template nests too deeply, or a number in it is too long", "write it more simply"
        raise DataError(Problem("data-template", what, hint, place=Place(file))) from None
    return Template(file, text, compiled, found)


def _tree(row: Row | None) -> dict[str, Any]:
    """The row's values by name, ``series.number`` below ``series``."""
    root: dict[str, Any] = {}
    for cell in row.cells if row else ():
        *above, last = cell.name.split(".")
        inner = root
        for name in above:
            inner = inner.setdefault(name, {})
        inner[last] = text_of_cell(cell.text, cell.place) if cell.text is not None else ""
    return root


def _pieces(text: str) -> Iterator[tuple[int, int | None, str]]:
    """The offset and the characters of each run of text, the number of each value."""
    index, offset = 0, 0
    for found in _PIECE.finditer(text):
        if found.start() > index:
            yield offset, None, text[index : found.start()]
        if found[1] is not None:
            offset = int(found[1])
        else:
            yield 0, int(found[2]), ""
        index = found.end()
    if index < len(text):
        yield offset, None, text[index:]


def _place(text: str, file: str, offset: int) -> Place:
    return Place(file, *line_and_column(text, offset))


def _lexical_fault(error: TemplateSyntaxError, text: str, file: str) -> Problem:
    """Jinja tells the offset of what it cannot read at all, else only the line."""
    found = re.fullmatch(r"unexpected char .+ at ([0-9]+)", error.message or "", re.DOTALL)
    if found:
        offset = int(found[1])
    else:
        lines = text.split("\n")
        line = lines[min(error.lineno, len(lines)) - 1]
        offset = sum(len(each) + 1 for each in lines[: error.lineno - 1]) + len(line) - len(line.lstrip())
    return _syntax_fault(error, _place(text, file, min(offset, len(text))))


def _syntax_fault(error: TemplateSyntaxError, place: Place) -> Problem:
    said = re.sub(r" at [0-9]+$", "", (error.message or "").rstrip("."))
    return Problem("data-template", f"this is not Jinja: {shown(said, 200)}", _GENERAL_HINT, place=place)


def _in_words(error: BaseException) -> str:
    said = str(error) or type(error).__name__
    for ours, told in (("CellText", "text"), ("'str object'", "a text"), ("'str'", "text"), ("_Group", "group")):
        said = said.replace(ours, told)
    return shown(said, 200)
