"""What a finished file must say: the tree's reading as one line of characters, each with its node."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from briefing.document.inlines import (
    Abbreviation,
    Citation,
    CrossReference,
    Emphasis,
    FootnoteReference,
    Inline,
    Link,
    NoteReference,
    Strong,
)
from briefing.document.reading import Piece, PieceKind, inline_text, reading
from briefing.document.tree import (
    Block,
    BoxedText,
    Caption,
    Cell,
    Column,
    Direction,
    Document,
    Fact,
    Figure,
    Footnote,
    FootnoteList,
    Heading,
    ItemList,
    ListItem,
    Logo,
    Note,
    NoteList,
    Paragraph,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.document.walk import walk
from briefing.formats.agreement.characters import bare, has_right_to_left, same

Target = Link | NoteReference | CrossReference | FootnoteReference
Node = Logo | Section | Fact | Block | ListItem | Caption | Column | Row | Cell | Footnote | Note
Kind = TypeVar("Kind", bound=Node)


class Span(Struct, frozen=True):
    """Where the characters of a piece stand in the expected text: from `start` up to, not including, `end`."""

    piece: Piece
    start: int
    end: int


class Mention(Struct, frozen=True):
    """Where the characters of a link or of a reference within the brief stand; `node` is the node that it is in."""

    inline: Target
    node: str
    origin: str
    start: int
    end: int


class Expected(Struct, frozen=True):
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

    def span_at(self, position: int) -> Span:
        """The span that holds the character at `position`; the last one for a position at the end."""
        return self.spans[self._place_at(position)]

    def spans_between(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share a character with `start` to `end`."""
        near = self.spans[self._place_at(start) : self._place_at(end) + 1]
        return (span for span in near if span.start < end and span.end > start)

    def _place_at(self, position: int) -> int:
        return max(0, bisect_right(self.spans, position, key=lambda span: span.start) - 1)

    def same(self, wanted: str, there: str) -> bool:
        """Whether the compared characters `there` are `wanted`, in any order where that is uncertain."""
        return same(wanted, there, self.any_order)

    @property
    def pictures(self) -> list[Logo | Figure]:
        """The logo, where there is one, and the figures."""
        return [node for node in self.nodes if isinstance(node, (Logo, Figure))]

    @property
    def abbreviations(self) -> list[tuple[str, str]]:
        """Every short form that is marked as one, as compared, with what it stands for, in reading order."""
        found = (each for node in self.nodes if isinstance(node, Section) for each in walk(node))
        return [(bare(each.short)[0], each.long) for each in found if isinstance(each, Abbreviation)]

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
    logo = (document.masthead.logo,) if document.masthead.logo else ()
    nodes = (*logo, *(node for section in document.sections for node in _down(section)))
    mentions = tuple(_mentions(document, nodes, spans, indexes))
    line = "".join(text)
    any_order = document.direction is Direction.RIGHT_TO_LEFT or has_right_to_left(line)
    return Expected(line, tuple(spans), mentions, nodes, _extents(document, spans), any_order)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes with an id right below `node`."""
    match node:
        case Section():
            return (node.heading, *node.blocks)
        case ItemList():
            return node.items
        case ListItem() | Cell():
            return node.blocks
        case BoxedText():
            return (node.caption, *node.blocks)
        case Quotation():
            return (*node.words, node.attribution, *node.details)
        case Table():
            return (*((node.caption,) if node.caption else ()), *node.columns, *node.rows)
        case Row():
            return node.cells
        case Figure():
            return (node.caption,)
        case FootnoteList():
            return node.footnotes
        case NoteList():
            return node.notes
        case Logo() | Heading() | Fact() | Paragraph() | Caption() | Column() | Footnote() | Note():
            return ()


def _down(node: Node) -> Iterator[Node]:
    yield node
    for child in below(node):
        yield from _down(child)


def _extents(document: Document, spans: Iterable[Span]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for span in spans:
        start, _ = found.get(span.piece.node, (span.start, 0))
        found[span.piece.node] = (start, span.end)

    def gather(node: Node) -> None:
        for child in below(node):
            gather(child)
        inner = [found[each.id] for each in (node, *below(node)) if each.id in found]
        if inner:
            found[node.id] = min(start for start, _ in inner), max(end for _, end in inner)

    for section in document.sections:
        gather(section)
    return found


def _mentions(
    document: Document, nodes: Iterable[Node], spans: Iterable[Span], indexes: Iterable[Sequence[int]]
) -> Iterator[Mention]:
    masthead = document.masthead
    content = {
        masthead.office_id: masthead.office,
        masthead.form_id: masthead.form,
        masthead.series_id: masthead.series,
        masthead.title_id: masthead.title,
        masthead.subtitle_id: masthead.subtitle,
    }
    for node in (*masthead.facts, *nodes):
        if isinstance(node, (Caption, Fact, Footnote, Heading, Note, Paragraph)):
            content[node.id] = node.children
    for span, index in zip(spans, indexes, strict=True):
        piece = span.piece
        children = content.get(piece.node, ())
        # A label may stand before them.
        before = len(piece.text) - len(inline_text(children))
        if piece.kind is PieceKind.TEXT and piece.text[before:] == inline_text(children):
            for inline, start, end in _targets(children, before):
                places = (span.start + bisect_left(index, start), span.start + bisect_left(index, end))
                yield Mention(inline, piece.node, piece.origin, *places)


def _targets(children: Iterable[Inline], start: int) -> Iterator[tuple[Target, int, int]]:
    """Each link, note reference and cross-reference among `children`, with where its text begins and ends."""
    for child in children:
        end = start + len(inline_text((child,)))
        if isinstance(child, (NoteReference, FootnoteReference, CrossReference, Link)):
            yield child, start, end
        if isinstance(child, (Link, Strong, Emphasis, Citation)):
            yield from _targets(child.children, start)
        start = end
