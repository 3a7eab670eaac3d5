"""What may stand in ``{{ }}`` and behind ``when:`` in a data file: Jinja's expressions without all that calls or grows.

Jinja's sandbox keeps an expression from Python, not from ``'a' * 10 ** 9``. So only the parts listed here are read,
operators take numbers within bounds, and the filters are ours: called as Jinja's, but what is no number is refused, and
no text grows longer than a brief may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.environment import TemplateExpression
from jinja2.filters import do_title
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from briefing.errors import Place, did_you_mean, shown

NO: Final = frozenset(("", "0", "false", "falsch", "faux", "n", "nein", "no", "non", "off"))
"""The texts that mean no, as people and spreadsheets write it in English, German and French."""
LONGEST_TEXT: Final = 50_000
"""Characters of one text, as in a brief."""
LONGEST_EXPRESSION: Final = 400
"""Characters."""
LARGEST_NUMBER: Final = 10**18

_HOW_TO_WRITE = "write {{ name }}, {{ name | upper }} or {{ 'a text' if name else 'another' }}; {{ '{{' }} gives braces"
_NUMBERS = "make a number of a text with | int or | float; put texts together with ~"


class ExpressionError(Exception):
    """An expression that has no value; its arguments are what is wrong, and what would be right."""


class Text(str):
    """A text in an expression: true unless it means no. `place` is its cell as long as nothing was made of it."""

    place: Place | None = None

    def __bool__(self) -> bool:
        return self.strip().casefold() not in NO

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float):
            raise ExpressionError("a text is compared with a number", _NUMBERS)
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def _text(value: Any) -> str:
    """A single value as text; nothing is the empty text, and the text of what is undefined raises `UndefinedError`."""
    if isinstance(value, bool):
        raise ExpressionError("this is yes or no, not a text", "write {{ 'a text' if name else 'another' }}")
    if isinstance(value, list | tuple):
        raise ExpressionError("a list is not a text", "join it: {{ [a, b] | join(', ') }}")
    text = "" if value is None else str(value)
    return _no_longer(text, len(text))


def _no_longer(text: str, length: int) -> str:
    if length > LONGEST_TEXT:
        raise ExpressionError("the text grows too long", f"at most {LONGEST_TEXT:,} characters")
    return text


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExpressionError("a number should stand here", _NUMBERS)
    if not abs(value) <= LARGEST_NUMBER:
        raise ExpressionError("the number grows too large", "at most 18 digits")
    return value


def _parsed(value: Any, kind: type[int] | type[float], what: str) -> Any:
    try:
        return _number(kind(value if isinstance(value, float) else _text(value).strip()))
    except ValueError:
        raise ExpressionError(f"'{shown(_text(value), 40)}' is not {what}", "write it in digits") from None


def _rounded(value: Any, digits: int = 0) -> Any:
    if digits not in range(10):
        raise ExpressionError("a number cannot be rounded so", "say how many decimals stay, from 0 to 9")
    return round(_number(value), digits or None)


def _replaced(text: str, old: Any, new: Any) -> str:
    old, new = _text(old), _text(new)
    return _no_longer(text, text.count(old) * len(new)).replace(old, new)


def _joined(values: Any, between: Any = "") -> Text:
    if not isinstance(values, list | tuple):
        raise ExpressionError("only a list can be joined", "write {{ [a, b] | join(', ') }}")
    return Text(_text(_text(between).join(filter(None, map(_text, values)))))


def _of_text(change: Callable[..., str]) -> Callable[..., Text]:
    return lambda value, *others: Text(_text(change(_text(value), *others)))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "default": lambda value, instead: instead if isinstance(value, Undefined) or _text(value) == "" else value,
    "float": lambda value: _parsed(value, float, "a number"),
    "int": lambda value: _parsed(value, int, "a whole number"),
    "join": _joined,
    "length": lambda value: len(_text(value)),
    "lower": _of_text(str.lower),
    "replace": _of_text(_replaced),
    "round": _rounded,
    "string": _of_text(str),
    "title": _of_text(do_title),
    "trim": _of_text(str.strip),
    "upper": _of_text(str.upper),
}
"""What may stand behind ``|``; `default` stands in for what is empty, too, and `join` leaves out what is empty."""
_PARTS = (
    *(nodes.Template, nodes.Output, nodes.Const, nodes.List, nodes.Tuple, nodes.Filter, nodes.Concat, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without loader and globals; operators take numbers only, and a name with dots is a column's."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return _number(super().call_binop(context, operator, _number(left), _number(right)))

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else self.undefined(name=attribute)


_SANDBOX = _Sandbox(undefined=StrictUndefined)
_SANDBOX.globals, _SANDBOX.filters, _SANDBOX.tests = {}, FILTERS, {}


class Expression(Struct, frozen=True):
    """An expression: the names of columns in it, and those of them that it can do without. It `asks` for yes or no, or else gives a text."""

    names: tuple[str, ...]
    optional: frozenset[str]
    asks: bool
    compiled: TemplateExpression

    def value(self, columns: dict[str, Any]) -> Any:
        """A `Text`, or yes or no: a text unless it means no, a number unless it is 0.

        `columns` has dictionaries for names with a dot. Raises `ExpressionError` when there is no value.
        """
        try:
            found = self.compiled(columns)
            if self.asks:
                return bool(Text(found) if isinstance(found, str) else found)
            made = Text(_text(found))
        except UndefinedError:
            raise ExpressionError("a name in this is not defined", "write {{ name | default('a text') }}") from None
        except (ArithmeticError, TypeError, ValueError):
            raise ExpressionError("this cannot be worked out", _NUMBERS) from None
        made.place = getattr(found, "place", None)
        return made


@lru_cache(maxsize=1_000)
def read_expression(text: str, *, asks: bool = False) -> Expression:
    """The expression `text`, which `asks` for yes or no, or else gives a text. Raises `ExpressionError`."""
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionError("the expression is too long", f"at most {LONGEST_EXPRESSION} characters")
    try:
        tree = _SANDBOX.parse(f"{{{{{text}}}}}")
        (root,) = (part for output in tree.find_all(nodes.Output) for part in output.nodes)
        names, optional = _checked(tree, {id(root)} if asks else set())
        for joined in tree.find_all(nodes.Concat):
            joined.nodes = [nodes.Filter(each, "string", [], [], None, None, lineno=1) for each in joined.nodes]
        made = nodes.Template([nodes.Assign(nodes.Name("result", "store", lineno=1), root, lineno=1)], lineno=1)
        made.set_environment(_SANDBOX)
        compiled = TemplateExpression(_SANDBOX.from_string(made), undefined_to_none=False)
    except TemplateSyntaxError as error:
        reason = shown(re.sub(r" at [0-9]+$", "", (error.message or "").rstrip(".")), 200)
        raise ExpressionError(f"this is not an expression: {reason}", _HOW_TO_WRITE) from None
    except (RecursionError, SyntaxError, MemoryError, ValueError):
        raise ExpressionError("this is not an expression", _HOW_TO_WRITE) from None
    return Expression(names, optional, asks, compiled)


def _column(node: nodes.Node) -> str | None:
    """``series.number`` for just that."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=part) if above := _column(inner):
            return f"{above}.{part}"
    return None


def _checked(tree: nodes.Node, asking: set[int]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The columns named in the tree, and those of them that it can do without; `asking` are nodes of yes or no.

    Raises `ExpressionError` for what may not stand in an expression.
    """
    names: dict[str, None] = {}
    optional: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if name := _column(node):
            names[name] = None
            continue
        match node:
            case nodes.Filter(name=name) if name not in FILTERS:
                raise ExpressionError(f"there is no filter '{name}'", did_you_mean(name, list(FILTERS)))
            case nodes.Filter(name="default", node=nodes.Expr() as inner):
                optional.add(_column(inner) or "")
            case nodes.CondExpr(expr2=None):
                raise ExpressionError("this 'if' has no 'else'", "write {{ 'a text' if name else '' }}")
            case nodes.CondExpr(test=inner) | nodes.Not(node=inner):
                asking.add(id(inner))
            case nodes.And() | nodes.Or() if id(node) in asking:
                asking.update((id(node.left), id(node.right)))
            case nodes.And() | nodes.Or():
                hint = "write {{ name | default('a text') }}, or {{ 'a text' if name else 'another' }}"
                raise ExpressionError("'and' and 'or' give yes or no, not a text", hint)
            case nodes.Call():
                raise ExpressionError("nothing can be called here", "write a filter: {{ name | upper }}")
            case _ if not isinstance(node, _PARTS):
                what = "'**'" if isinstance(node, nodes.Pow) else "this"
                raise ExpressionError(f"{what} is not part of an expression", _HOW_TO_WRITE)
        waiting.extend(reversed(list(node.iter_child_nodes())))
    return tuple(names), frozenset(optional)
