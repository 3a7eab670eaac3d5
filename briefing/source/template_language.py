"""The part of Jinja's language that a data file's template may use, and every place in it to the character.

Values, conditions and loops, and nothing that reads other files, calls Python or makes values of parts of the text: those are refused before anything
runs. Jinja's own sandbox stands behind that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from briefing.errors import did_you_mean
from briefing.source.template_values import FILTERS, STATE, TESTS, bounded_range, calculated

PUT: Final = "put value"
"""The filter that every expression goes through at last; it is given the expression's offset. No template can write these names."""
JOIN: Final = "join texts"
"""The filter that stands for ``~``."""
MAKE: Final = "make list"
"""The filter that every list goes through that is written in a template."""
LOOP: Final = "go through"
"""The filter that what a loop goes through goes through first; it is given the count of the loop's parts."""
DATA_BEGINS, DATA_ENDS = "\x01", "\x02"
"""What stands around the offset of the text that follows; no file holds them."""

_UNSEEN = frozenset(
    (
        *("comment_begin", "comment", "comment_end", "linecomment_begin", "linecomment", "linecomment_end"),
        *("whitespace", "raw_begin", "raw_end"),
    )
)
"""The tokens that Jinja's parser is not given."""
_FORBIDDEN: Final[dict[type[nodes.Node], tuple[str, str]]] = {
    nodes.Macro: ("macros are not part of a data file", "write what it gives where it is needed"),
    nodes.CallBlock: ("macros are not part of a data file", "write what it gives where it is needed"),
    nodes.Block: ("blocks are not part of a data file", "delete the tag"),
    nodes.Extends: ("other templates cannot be read", "write what it holds into this file"),
    nodes.Include: ("other templates cannot be read", "write what it holds into this file"),
    nodes.Import: ("other templates cannot be read", "write what it holds into this file"),
    nodes.FromImport: ("other templates cannot be read", "write what it holds into this file"),
    nodes.FilterBlock: ("a filter cannot take a part of the file", "put it behind the value: {{ name | upper }}"),
    nodes.AssignBlock: ("a part of the file cannot be made a value", "write {% set name = '...' %}"),
    nodes.NSRef: ("only a name can be set", "write {% set name = '...' %}"),
}
_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.With),
    *(nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.CondExpr),
    *(nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem, nodes.Getattr, nodes.Slice, nodes.Concat),
    *(nodes.Compare, nodes.Operand, nodes.BinExpr, nodes.UnaryExpr),
)
_OWN_NAMES = ("loop", "range")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a template may not do, at `offset`."""

    message: str
    hint: str
    offset: int


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a template speaks of, such as ``series.number``; when `tested`, it need not be defined."""

    name: str
    offset: int
    tested: bool


class _Offsets(Extension):
    """Gives the parser, for each token's line, its offset in the template and one more (Jinja takes a line of 0 for none)."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        self._offsets = [
            offset for kind, offset in token_offsets(source, self.environment.lex(source)) if kind not in _UNSEEN
        ]
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        offsets = iter(self._offsets)
        offset = 0
        try:
            for token in stream:
                offset = next(offsets)
                yield Token(offset + 1, token.type, token.value)
        except (
            TemplateSyntaxError
        ) as error:  # of the token after the next, which the stream reads ahead: a string that is none
            next(offsets, offset)
            error.lineno = next(offsets, offset) + 1
            raise


def token_offsets(source: str, tokens: Iterator[tuple[int, str, str]]) -> Iterator[tuple[str, int]]:
    """The kind and the offset of each token; what is between tokens is white space that Jinja left out."""
    index = 0
    for _, kind, text in tokens:
        index = source.index(text, index)
        yield kind, index
        index += len(text)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with no loader, no globals but `range`, our filters and tests only, and arithmetic that is counted."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, own_filters: dict[str, Callable[..., Any]]) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # folding constants would work out values before anything is counted
            extensions=(_Offsets,),
        )
        self.globals = {"range": bounded_range}
        self.filters = {**FILTERS, **own_filters}
        self.tests = {name: self.tests[name] for name in TESTS}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operator, within limits."""
        return calculated(context[STATE], operator, left, right)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Raise as it is what was raised: its place is looked up by offset, where Jinja would count lines."""
        raise


def offset_of(node: nodes.Node) -> int:
    """Where a node begins: a filter begins where its value does."""
    lines: list[int | None] = [node.lineno, *(inner.lineno for inner in node.find_all(nodes.Node))]
    return min(line for line in lines if line is not None) - 1


def faults(tree: nodes.Template) -> Iterator[Fault]:
    """Everything in the template that is not part of its language."""
    for node in (tree, *tree.find_all(nodes.Node)):
        if isinstance(node, nodes.Helper | nodes.Expr | nodes.Stmt | nodes.Template):
            yield from (Fault(*said, offset_of(node)) for said in _said_of(node))


def _said_of(node: nodes.Node) -> Iterator[tuple[str, str]]:
    match node:
        case nodes.Call(node=nodes.Name(name="range"), dyn_args=None, dyn_kwargs=None, kwargs=[]):
            return
        case nodes.Call(node=nodes.Getattr(attr=name)) if name in FILTERS:
            yield f"'{name}' cannot be called", f"write it as a filter: {{{{ name | {name} }}}}"
        case nodes.Call():
            yield "nothing but range can be called", "write filters: {{ name | upper }}"
        case nodes.Filter(name=name) if name not in FILTERS:
            yield f"there is no filter '{name}'", did_you_mean(name, list(FILTERS), most=30)
        case (
            nodes.Filter(dyn_args=None, dyn_kwargs=None, kwargs=[])
            | nodes.Test(dyn_args=None, dyn_kwargs=None, kwargs=[])
        ):
            if isinstance(node, nodes.Test) and node.name not in TESTS:
                yield f"there is no test '{node.name}'", did_you_mean(node.name, TESTS[:9])
        case nodes.Filter() | nodes.Test():
            yield f"'{node.name}' takes no values by name", "write them in their order: replace('a', 'b')"
        case nodes.For(recursive=True):
            yield "a loop cannot call itself", "delete 'recursive'"
        case _ if not isinstance(node, _ALLOWED):
            yield _FORBIDDEN.get(type(node), ("this is not part of a data file", "use values, conditions and loops"))


def uses(tree: nodes.Template) -> tuple[Use, ...]:
    """The names that the template speaks of and does not give itself, in their order."""
    given = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    found = _uses(tree, tested=False)
    return tuple(use for use in found if use.name.split(".")[0] not in {*given, *_OWN_NAMES})


def _uses(node: nodes.Node, *, tested: bool) -> Iterator[Use]:
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        name = _name(node)
        if name is not None:
            yield Use(name, offset_of(node), tested)
            return
    if isinstance(node, nodes.Name):
        return
    excused = (isinstance(node, nodes.Test) and node.name in ("defined", "undefined")) or (
        isinstance(node, nodes.Filter) and node.name == "default"
    )
    for inner in node.iter_child_nodes():
        yield from _uses(inner, tested=tested or (excused and inner is getattr(node, "node", None)))


def _name(node: nodes.Node) -> str | None:
    """``series.number`` for that and for ``series['number']``."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            return str(name)
        case nodes.Getattr(node=inner, attr=part) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(part))):
            above = _name(inner)
            return f"{above}.{part}" if above is not None else None
    return None


class _Counting(NodeTransformer):
    """Puts filters around expressions, lists and what loops go through, and its offset before each text."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 (Jinja's visitors are named after the nodes)
        node.nodes = [self._part(part) for part in node.nodes]
        return node

    def _part(self, part: nodes.Expr) -> nodes.Expr:
        if isinstance(part, nodes.TemplateData):
            return nodes.TemplateData(f"{DATA_BEGINS}{part.lineno - 1}{DATA_ENDS}{part.data}", lineno=part.lineno)
        return _filtered(self.visit(part), PUT, offset_of(part))

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOIN)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), MAKE)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), MAKE)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, MAKE) if node.ctx == "load" else node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        weight = sum(1 for _ in node.find_all(nodes.Node))
        self.generic_visit(node)
        node.iter = _filtered(node.iter, LOOP, weight)
        return node


def _filtered(node: nodes.Node, name: str, *values: int) -> nodes.Filter:
    start = offset_of(node) + 1
    arguments = [nodes.Const(value, lineno=start) for value in values]
    return nodes.Filter(node, name, arguments, [], None, None, lineno=start)


def counted(tree: nodes.Template, environment: TemplateEnvironment) -> nodes.Template:
    """The tree with everything in it counted, and every value set apart. The tree given is changed, too."""
    made = _Counting().visit(tree)
    assert isinstance(made, nodes.Template)
    made.set_environment(environment)
    return made
