"""What a data file's template can do with values, and how much of it: no expression may take longer, or grow larger, than a brief could need.

Jinja's sandbox keeps a template from Python, not from ``'a' * 10 ** 9`` or from loops in loops; here everything that grows is counted.
"""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Callable
from typing import Any, Final

from jinja2 import Undefined, pass_context
from jinja2.filters import do_title
from jinja2.runtime import Context

from briefing.errors import Place

LONGEST_TEXT = 200_000
"""Characters of one value."""
MOST_CHARACTERS = 20_000_000
"""Characters that a rendering may handle in all."""
MOST_STEPS = 500_000
"""Parts of loop bodies, and items of lists that filters give, that a rendering may go through in all."""
MOST_ITEMS = 10_000
"""Values in a list, with those in lists in it."""
LARGEST_NUMBER = 10**18

STATE: Final = "what is counted"
"""Where the context keeps the `Counts`: no name that a template can write."""


class TemplateValueError(Exception):
    """An expression that has no value: what is wrong, and what would be right."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CellText(str):
    """The text of a cell, of which it is known where it stands as long as nothing is made of it."""

    __slots__ = ("_cell",)  # begins as it does so that no template can ask for it

    _cell: Place


def text_of_cell(text: str, place: Place) -> CellText:
    """The text that stands at `place`."""
    made = CellText(text)
    made._cell = place
    return made


def cell_of(value: object) -> Place | None:
    """Where the text stands if it is that of a cell."""
    return value._cell if isinstance(value, CellText) else None


class Counts:
    """What one rendering has used up."""

    def __init__(self) -> None:
        self.characters = 0
        self.steps = 0

    def text(self, made: str) -> str:
        """The text, counted."""
        self.characters += len(made)
        if len(made) > LONGEST_TEXT:
            raise TemplateValueError("the text grows too long", f"at most {LONGEST_TEXT:,} characters")
        if self.characters > MOST_CHARACTERS:
            raise TemplateValueError("the template handles too much text", f"at most {MOST_CHARACTERS:,} characters")
        return made

    def loop(self, items: list[Any], weight: int) -> list[Any]:
        """The items, each of which a loop of `weight` parts goes through."""
        self.steps += len(items) * weight
        if self.steps > MOST_STEPS:
            raise TemplateValueError("the template's loops and lists take too many steps", f"at most {MOST_STEPS:,}")
        return items


def as_text(value: Any) -> str:
    """A single value as text; nothing is the empty text. Raises `TemplateValueError` for a list."""
    match value:
        case str() | Undefined():  # the text of what is undefined raises UndefinedError
            return str(value) if isinstance(value, Undefined) else value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list() | tuple() | dict():
            raise TemplateValueError("a list is not a text", "join it: {{ names | join(', ') }}")
    raise TemplateValueError("this is not a single value", "name a column of the parameters")


def as_list(value: Any) -> list[Any]:
    """The items of a list, the keys of a mapping. Raises `TemplateValueError` for anything else."""
    match value:
        case list() | tuple() | dict() | range():
            return list(value)
        case str() | Undefined():
            str(value)
            raise TemplateValueError("a text is not a list", "part it first: {{ names | split(';') }}")
    raise TemplateValueError("this is not a list", "part a text with | split(';'), or write [1, 2]")


def checked_list(value: Any) -> Any:
    """The list, tuple or mapping, if it is not too large."""
    count = 0
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple | dict):
            waiting.extend(each.values() if isinstance(each, dict) else each)
            count += len(each)
        if count > MOST_ITEMS:
            raise TemplateValueError("the list grows too long", f"at most {MOST_ITEMS:,} values")
    return value


def bounded_range(*bounds: int) -> range:
    """The whole numbers within `bounds`, as Python counts them."""
    made = range(*bounds)
    if len(made) > MOST_ITEMS:
        raise TemplateValueError("the list grows too long", f"at most {MOST_ITEMS:,} values")
    return made


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def calculated(counts: Counts, sign: str, left: Any, right: Any) -> Any:
    """The sum, product and so on of two numbers; two texts or two lists may be added. Raises `TemplateValueError` for anything else."""
    for value in (left, right):
        if isinstance(value, Undefined):
            str(value)
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return counts.text(left + right)
    if sign == "+" and isinstance(left, list) and isinstance(right, list):
        return checked_list(left + right)
    if not _is_number(left) or not _is_number(right):
        raise TemplateValueError(
            f"'{sign}' needs two numbers", "make a number of a text with | int, as in number | int + 1"
        )
    if sign == "**" and abs(right) > 64:
        raise TemplateValueError("the power is too high", "at most 64")
    made = _OPERATORS[sign](left, right)
    if isinstance(made, complex) or abs(made) > LARGEST_NUMBER:
        raise TemplateValueError("the number grows too large", "at most 18 digits")
    return made


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _number(value: Any, kind: type[int] | type[float], what: str) -> int | float:
    text = as_text(value).strip()
    try:
        return kind(text)
    except (ValueError, OverflowError):
        raise TemplateValueError(f"'{text[:40]}' is not {what}", "write it in digits") from None


def _whole(value: Any) -> int | float:
    return int(value) if isinstance(value, float) else _number(value, int, "a whole number")


def _decimal(value: Any) -> int | float:
    return _number(value, float, "a number")


def _rounded(value: Any, digits: int) -> Any:
    if not _is_number(value):
        raise TemplateValueError("only a number can be rounded", "make a number of a text with | float")
    return round(value, digits) if digits else round(value)


def _default(value: Any, instead: Any) -> Any:
    return instead if isinstance(value, Undefined) or value is None or value == "" else value


def _replaced(counts: Counts, value: Any, old: str, new: str) -> str:
    text, old, new = as_text(value), as_text(old), as_text(new)
    counts.characters += text.count(old) * len(new)
    counts.text("")
    return text.replace(old, new)


def _joined(counts: Counts, values: Any, between: str = "") -> str:
    texts = [as_text(value) for value in as_list(values)]
    counts.characters += sum(map(len, texts)) + len(between) * len(texts)
    counts.text("")
    return as_text(between).join(texts)


def _split(counts: Counts, value: Any, at: str = ",") -> list[str]:
    parts = [part.strip() for part in counts.text(as_text(value)).split(as_text(at))]
    return list(checked_list([part for part in parts if part]))


_WIDE = re.compile(r"%[^a-zA-Z%]*(?:\d{3,}|\*)")


def _formatted(counts: Counts, pattern: Any, *values: Any) -> str:
    text = as_text(pattern)
    if _WIDE.search(text):
        raise TemplateValueError("the format is too wide", "at most 99 characters a value")
    try:
        return text % values
    except (TypeError, ValueError, OverflowError) as error:
        raise TemplateValueError(
            f"the format does not fit: {error}", "for example '%03d' | format(number | int)"
        ) from None


def _sorted(_: Counts, values: Any) -> list[Any]:
    return sorted(as_list(values), key=lambda value: value.casefold() if isinstance(value, str) else value)


def _unique(_: Counts, values: Any) -> list[Any]:
    return list(dict.fromkeys(as_list(values)))


def _reversed(_: Counts, value: Any) -> Any:
    return value[::-1] if isinstance(value, str) else as_list(value)[::-1]


def _length(_: Counts, value: Any) -> int:
    return len(value) if isinstance(value, str) else len(as_list(value))


def _first(_: Counts, values: Any) -> Any:
    return _end(values, 0)


def _last(_: Counts, values: Any) -> Any:
    return _end(values, -1)


def _end(values: Any, index: int) -> Any:
    items = list(values) if isinstance(values, str) else as_list(values)
    if not items:
        raise TemplateValueError("the list is empty", "test it first: {% if names %}")
    return items[index]


def _of_text(change: Callable[[str], str]) -> Callable[..., Any]:
    return lambda counts, value: change(as_text(value))


_FILTERS: dict[str, Callable[..., Any]] = {
    "abs": lambda counts, value: abs(calculated(counts, "+", value, 0)),
    "capitalize": _of_text(str.capitalize),
    "count": _length,
    "default": lambda counts, value, instead="": _default(value, instead),
    "first": _first,
    "float": lambda counts, value: _decimal(value),
    "format": _formatted,
    "int": lambda counts, value: _whole(value),
    "items": lambda counts, value: [(key, value[key]) for key in as_list(value)],
    "join": _joined,
    "last": _last,
    "length": _length,
    "lower": _of_text(str.lower),
    "replace": _replaced,
    "reverse": _reversed,
    "round": lambda counts, value, digits=0: _rounded(value, digits),
    "sort": _sorted,
    "split": _split,
    "string": _of_text(str),
    "title": _of_text(do_title),
    "trim": _of_text(str.strip),
    "unique": _unique,
    "upper": _of_text(str.upper),
}


def _counted(change: Callable[..., Any]) -> Callable[..., Any]:
    takes = inspect.signature(change)

    @pass_context
    def filtered(context: Context, *values: Any) -> Any:
        counts: Counts = context[STATE]
        try:
            takes.bind(counts, *values)
        except TypeError:
            most = len(takes.parameters) - 2
            raise TemplateValueError(
                "the filter is given too few values or too many", f"it takes at most {most} in brackets"
            ) from None
        made = change(counts, *values)
        if isinstance(made, list):
            return counts.loop(made, 1)
        return counts.text(made) if isinstance(made, str) else made

    return filtered


FILTERS: Final = {name: _counted(change) for name, change in _FILTERS.items()}
"""What may stand behind ``|``."""
TESTS: Final = (
    *("defined", "undefined", "none", "number", "string", "even", "odd", "divisibleby", "in"),
    *("eq", "equalto", "==", "ne", "!=", "lt", "lessthan", "<", "le", "<=", "gt", "greaterthan", ">", "ge", ">="),
)
"""What may stand behind ``is``."""
JOINED: Final = _counted(_joined)
