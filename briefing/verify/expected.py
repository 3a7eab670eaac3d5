"""What a finished file must say: the tree's reading as one line of characters, each with its node."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefing.document.blocks import Caption
from briefing.document.inlines import Citation, CrossReference, Emphasis, Inline, Link, NoteReference, Strong
from briefing.document.reading import Piece, PieceKind, inline_text, reading
from briefing.document.tree import Document, Fact
from briefing.document.walk import walk
from briefing.verify.characters import bare

Target = Link | NoteReference | CrossReference


@dataclass(frozen=True, slots=True)
class Span:
    """Where the characters of a piece stand in the expected text: from `start` up to, not including, `end`."""

    piece: Piece
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the characters of a link, note reference or cross-reference stand; `node` is the node that it is part
    of.
    """

    inline: Target
    node: str
    origin: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The compared characters of a document in reading order.

    `joined` holds, for each character, whether it follows the one before without white space.
    """

    text: str
    spans: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    joined: bytes
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


def expect(document: Document, kinds: Collection[PieceKind]) -> Expected:
    """The characters of all pieces of `kinds`, in reading order."""
    content = _content(document)
    text: list[str] = []
    joined = bytearray()
    spans: list[Span] = []
    mentions: list[Mention] = []
    length = 0
    for piece in reading(document):
        if piece.kind not in kinds:
            continue
        characters, index = bare(piece.text)
        if not characters:
            continue
        spans.append(Span(piece, length, length + len(characters)))
        joined.append(0)
        joined.extend(after - before <= 1 for before, after in pairwise(index))
        if piece.kind is PieceKind.TEXT and piece.node in content:
            before, children = content[piece.node]
            if piece.text == before + inline_text(children):
                for inline, start, end in _targets(children, len(before)):
                    mentions.append(
                        Mention(
                            inline,
                            piece.node,
                            piece.origin,
                            length + bisect_left(index, start),
                            length + bisect_left(index, end),
                        )
                    )
        text.append(characters)
        length += len(characters)
    return Expected("".join(text), tuple(spans), tuple(mentions), bytes(joined), tuple(span.start for span in spans))


def _content(document: Document) -> dict[str, tuple[str, tuple[Inline, ...]]]:
    """For each node with inline children: the text that is printed before them, and the children."""
    masthead = document.masthead
    found: dict[str, tuple[str, tuple[Inline, ...]]] = {
        masthead.series_id: ("", masthead.series),
        masthead.title_id: ("", masthead.title),
        masthead.subtitle_id: ("", masthead.subtitle),
    }
    for node in walk((masthead.facts, document.sections)):
        if isinstance(node, (Caption, Fact)):
            found[node.id] = (node.label + node.separator, node.children)
        elif hasattr(node, "id") and hasattr(node, "children"):
            found[node.id] = ("", node.children)
    return found


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
        start = end


def extents(document: Document, expected: Expected) -> dict[str, tuple[int, int]]:
    """For each node with an id and text in it: where its characters begin and end in the expected text."""
    spans: dict[str, tuple[int, int]] = {}
    for span in expected.spans:
        start, end = spans.get(span.piece.node, (span.start, span.end))
        spans[span.piece.node] = (min(start, span.start), max(end, span.end))
    found = dict(spans)
    for node in walk((document.masthead, document.sections)):
        if hasattr(node, "id"):
            inside = [spans[inner.id] for inner in walk(node) if hasattr(inner, "id") and inner.id in spans]
            if inside:
                found[node.id] = (min(start for start, _ in inside), max(end for _, end in inside))
    return found
