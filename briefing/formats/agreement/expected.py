"""What a finished file must say: the tree's reading as one line of characters, each with its node."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefing.document.inlines import Citation, CrossReference, Emphasis, Inline, Link, NoteReference, Strong
from briefing.document.reading import Piece, PieceKind, inline_text, reading
from briefing.document.tree import (
    Block,
    Caption,
    Cell,
    Column,
    Direction,
    Document,
    Fact,
    Figure,
    Heading,
    ItemList,
    ListItem,
    Note,
    NoteList,
    Paragraph,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.formats.agreement.characters import Comparison, bare, has_right_to_left

Target = Link | NoteReference | CrossReference
Node = Section | Heading | Fact | Block | ListItem | Caption | Column | Row | Cell | Note
Kind = TypeVar("Kind", bound=Node)


@dataclass(frozen=True, slots=True)
class Span:
    """Where the characters of a piece stand in the expected text: from `start` up to, not including, `end`."""

    piece: Piece
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the characters of a link, note reference or cross-reference stand; `node` is the node that it is in."""

    inline: Target
    node: str
    origin: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The compared characters of a document in reading order.

    `nodes` are all nodes with an id but the masthead's, parents first, in reading order; `extents` tells for each node
    with text where its characters begin and end; `any_order` is true where right-to-left letters make the order of
    characters uncertain.
    """

    text: str
    spans: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    nodes: tuple[Node, ...]
    extents: Mapping[str, tuple[int, int]]
    any_order: bool
    _starts: tuple[int, ...]

    def span_at(self, position: int) -> Span:
        """The span that holds the character at `position`; the last one for a position at the end."""
        return self.spans[max(0, bisect_right(self._starts, position) - 1)]

    def spans_between(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share a character with `start` to `end`."""
        for place in range(max(0, bisect_right(self._starts, start) - 1), len(self.spans)):
            if self.spans[place].start >= end:
                return
            if self.spans[place].end > start:
                yield self.spans[place]

    @property
    def comparison(self) -> Comparison:
        """How parts of the text are held together."""
        return Comparison(self.any_order)

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        """The nodes of that kind, in reading order."""
        return [node for node in self.nodes if isinstance(node, kind)]

    def text_of(self, node: str) -> str:
        """The compared characters of a node; empty when it has none."""
        return self.text[slice(*self.extents.get(node, (0, 0)))]


def expect(document: Document, kinds: Collection[PieceKind]) -> Expected:
    """The characters of all pieces of `kinds`, in reading order."""
    spans: list[Span] = []
    text: list[str] = []
    indexes: list[Sequence[int]] = []
    length = 0
    for piece in reading(document):
        characters, index = bare(piece.text) if piece.kind in kinds else ("", [])
        if characters:
            spans.append(Span(piece, length, length + len(characters)))
            text.append(characters)
            indexes.append(index)
            length += len(characters)
    nodes = tuple(node for section in document.sections for node in _down(section))
    mentions = tuple(_mentions(spans, indexes, _content(document, nodes)))
    starts = tuple(span.start for span in spans)
    line = "".join(text)
    any_order = document.direction is Direction.RIGHT_TO_LEFT or has_right_to_left(line)
    return Expected(line, tuple(spans), mentions, nodes, _extents(document, spans), any_order, starts)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes with an id right below `node`."""
    match node:
        case Section():
            return (node.heading, *node.blocks)
        case ItemList():
            return node.items
        case ListItem() | Cell():
            return node.blocks
        case Quotation():
            return (*node.words, node.attribution, *node.details)
        case Table():
            return (node.caption, *node.columns, *node.rows)
        case Row():
            return node.cells
        case Figure():
            return (node.caption,)
        case NoteList():
            return node.notes
        case Heading() | Fact() | Paragraph() | Caption() | Column() | Note():
            return ()


def _down(node: Node) -> Iterator[Node]:
    yield node
    for child in below(node):
        yield from _down(child)


def _extents(document: Document, spans: Iterable[Span]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}

    def take(name: str, start: int, end: int) -> None:
        before = found.get(name, (start, end))
        found[name] = (min(before[0], start), max(before[1], end))

    def gather(node: Node) -> None:
        for child in below(node):
            gather(child)
            if child.id in found:
                take(node.id, *found[child.id])

    for span in spans:
        take(span.piece.node, span.start, span.end)
    for section in document.sections:
        gather(section)
    return found


def _content(document: Document, nodes: Iterable[Node]) -> dict[str, tuple[str, tuple[Inline, ...]]]:
    """For each node with inline children: the text that is printed before them, and the children."""
    masthead = document.masthead
    found: dict[str, tuple[str, tuple[Inline, ...]]] = {
        masthead.series_id: ("", masthead.series),
        masthead.title_id: ("", masthead.title),
        masthead.subtitle_id: ("", masthead.subtitle),
    }
    for node in (*masthead.facts, *nodes):
        match node:
            case Caption() | Fact():
                found[node.id] = (node.label + node.separator, node.children)
            case Paragraph() | Heading() | Note():
                found[node.id] = ("", node.children)
            case _:
                pass
    return found


def _mentions(
    spans: Iterable[Span], indexes: Iterable[Sequence[int]], content: Mapping[str, tuple[str, tuple[Inline, ...]]]
) -> Iterator[Mention]:
    for span, index in zip(spans, indexes, strict=True):
        piece = span.piece
        before, children = content.get(piece.node, ("", ()))
        if piece.kind is PieceKind.TEXT and piece.text == before + inline_text(children):
            for inline, start, end in _targets(children, len(before)):
                places = (span.start + bisect_left(index, start), span.start + bisect_left(index, end))
                yield Mention(inline, piece.node, piece.origin, *places)


def _targets(children: Iterable[Inline], start: int) -> Iterator[tuple[Target, int, int]]:
    """Each link, note reference and cross-reference among `children`, with where its text begins and ends."""
    for child in children:
        end = start + len(inline_text((child,)))
        match child:
            case NoteReference() | CrossReference():
                yield child, start, end
            case Link():
                yield child, start, end
                yield from _targets(child.children, start)
            case Strong() | Emphasis() | Citation():
                yield from _targets(child.children, start)
            case _:
                pass
        start = end
