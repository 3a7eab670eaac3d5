"""Random documents that keep the tree's rules, for property tests.

Blocks are drawn without numbers; `numbered` then gives labels, notes and mentions theirs, in reading order, as the
passes of the program do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.compose.paragraph_numbers import number_paragraphs
from briefing.document.drawing import Drawing, Ink, Label, Stroke
from briefing.document.inlines import (
    CheckBox,
    Citation,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Mark,
    MarkKind,
    NoteReference,
    Strong,
    Text,
)
from briefing.document.tree import (
    ANNEX,
    Block,
    BoxedText,
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    ItemList,
    ListItem,
    Note,
    NoteList,
    Paragraph,
    ParagraphRole,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.document.walk import rewrite, walk
from tests.document.sample import picture, sample

MOST_SOURCES = 4

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüßéñçøåŁłőšαβγδεζηθικλμАБВГДЕЖЗИйклмнопр0123456789"
_BEGINS_NO_LINE = ".,;:!?)]/%”’"
_PUNCTUATION = ".,;:!?()[]<>&'\"“”‘’–—-/%€£§"

words = st.text(st.sampled_from(_LETTERS + _PUNCTUATION), min_size=1, max_size=14).filter(
    lambda word: any(letter.isalnum() for letter in word) and word[0] not in _BEGINS_NO_LINE
)
"""Words with punctuation in them. Before a sign that begins no line, not even after a space (UAX 14, LB13), a narrow cell cannot be broken."""

phrases = st.lists(words, min_size=1, max_size=8).map(" ".join)
"""Some words."""

_texts = phrases.map(Text)
_marks = st.sampled_from(
    (
        Mark(MarkKind.STANCE, "opposed", "▼", "Opposed"),
        Mark(MarkKind.STATUS, "open", "○", "Open"),
        Mark(MarkKind.VERIFICATION, "verbatim", "✓", "verbatim from a saved source"),
    )
)
_citations = st.lists(st.integers(0, MOST_SOURCES - 1), min_size=1, max_size=2, unique=True).map(
    lambda places: Citation(
        (
            Text("["),
            *itertools.chain.from_iterable(
                ([] if first else [Text("; ")]) + [NoteReference(place + 1, f"source-{place}", "", False)]
                for first, place in zip([True, False], places, strict=False)
            ),
            Text("]"),
        )
    )
)
_links = st.builds(lambda text, path: Link(f"https://example.org/{path}", (Text(text),)), phrases, st.integers(0, 99))
_stressed = st.one_of(
    st.builds(lambda text: Strong((Text(text),)), phrases),
    st.builds(lambda text: Emphasis((Text(text),)), phrases),
    st.builds(lambda text: Strong((Emphasis((Text(text),)),)), phrases),
)
# What may be ticked is said in labels of ours, never in a table: no word of somebody else's stands there.
_boxes = st.sampled_from(("Agree", "Noted")).map(lambda word: CheckBox("", word))
inlines = st.one_of(_texts, _texts, _stressed, _links, _citations, _marks, _boxes)
"""One inline node; note references have no number and no id yet."""


def _spaced(children: Sequence[Inline]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for place, child in enumerate(children):
        if place:
            parts.append(LineBreak() if place % 5 == 4 else Text(" "))
        parts.append(child)
    return tuple(parts)


content = st.lists(inlines, min_size=1, max_size=5).map(_spaced)
"""The children of a paragraph."""


def paragraphs(role: ParagraphRole = ParagraphRole.BODY) -> st.SearchStrategy[Paragraph]:
    """Paragraphs of that role."""
    return content.map(lambda children: Paragraph("", "", role, children))


def _items(blocks: st.SearchStrategy[Any], ordered: bool, start: int) -> st.SearchStrategy[ItemList]:
    return st.lists(st.tuples(paragraphs(), blocks), min_size=1, max_size=3).map(
        lambda drawn: ItemList(
            "",
            "",
            ordered,
            start,
            1,
            tuple(
                ListItem("", "", f"{start + place}." if ordered else "•", (first, *rest))
                for place, (first, rest) in enumerate(drawn)
            ),
        )
    )


def item_lists(depth: int = 2) -> st.SearchStrategy[ItemList]:
    """Lists, nested up to `depth`."""
    inner: st.SearchStrategy[Any] = st.just(())
    if depth > 1:
        inner = st.lists(st.one_of(paragraphs(), item_lists(depth - 1)), max_size=2).map(tuple)
    return st.tuples(st.booleans(), st.integers(1, 12)).flatmap(
        lambda drawn: _items(inner, drawn[0], drawn[1] if drawn[0] else 1)
    )


quotations = st.builds(
    lambda said, by, details: Quotation("", "", "Quote 0", tuple(said), by, tuple(details)),
    st.lists(paragraphs(ParagraphRole.QUOTE), min_size=1, max_size=2),
    paragraphs(ParagraphRole.ATTRIBUTION),
    st.lists(paragraphs(ParagraphRole.DETAIL), max_size=2),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of one to four columns and one to six rows."""
    count = draw(st.integers(1, 4))
    columns = tuple(Column("", f"column-{place}", draw(phrases), 1 / count) for place in range(count))
    cells = st.lists(paragraphs(ParagraphRole.CELL), min_size=1, max_size=2)
    rows = tuple(
        Row("", "", tuple(Cell("", place == 0 and count > 1, tuple(draw(cells))) for place in range(count)))
        for _ in range(draw(st.integers(1, 6)))
    )
    return Table("", "", "values", Caption("", "", "Table 0", ": ", draw(content)), columns, rows)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Pictures, and drawings with labels apart from each other."""
    caption = Caption("", "", "Figure 0", ": ", draw(content))
    labels = draw(st.lists(words, max_size=3))
    drawn = Drawing(
        400,
        20 + 20 * len(labels),
        (
            Stroke(10, 10, 390, 10, 1, Ink.AXIS),
            *(Label(10, 30 + 20 * place, text, 9) for place, text in enumerate(labels)),
        ),
    )
    return Figure("", "", "figure", caption, draw(phrases), drawn if draw(st.booleans()) else picture())


boxes = st.builds(
    lambda title, held: BoxedText("", "", Caption("", "", "Box 0", ". ", title), tuple(held)),
    content,
    st.lists(
        st.one_of(paragraphs(), item_lists(), tables().map(lambda table: replace(table, caption=None))),
        min_size=1,
        max_size=3,
    ),
)
plain_blocks: st.SearchStrategy[Block] = st.one_of(
    paragraphs(), paragraphs(), item_lists(), quotations, tables(), figures(), boxes
)
sections_within = st.builds(
    lambda title, held: Section("", "", "own", Heading("", "", 2, (Text(title),)), tuple(held)),
    phrases,
    st.lists(plain_blocks, min_size=1, max_size=2),
)
blocks: st.SearchStrategy[Block] = st.one_of(plain_blocks, plain_blocks, plain_blocks, sections_within)
"""One block without numbers and ids."""


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of one to four sections; those that mention sources end with them."""
    sections = tuple(
        Section(
            "",
            "",
            "own",
            Heading("", "", 1, (Text(draw(phrases)),)),
            tuple(draw(st.lists(blocks, min_size=1, max_size=4))),
        )
        for _ in range(draw(st.integers(1, 4)))
    )
    if draw(st.booleans()):
        sections = number_paragraphs(sections)
    sources = tuple(draw(st.lists(content, min_size=MOST_SOURCES, max_size=MOST_SOURCES)))
    annexes = tuple(
        Section("", "", ANNEX, Heading("", "", 1, (Text(f"Annex A: {title}"),)), (Paragraph("", "", ParagraphRole.BODY, (Text(title),)),))
        for title in draw(st.lists(phrases, max_size=1))
    )  # fmt: skip
    return numbered(replace(sample(), sections=sections), sources, annexes)


def numbered(document: Document, sources: Sequence[tuple[Inline, ...]], annexes: tuple[Section, ...] = ()) -> Document:
    """`document` with ids, labels, markers' levels and notes as the program gives them, in reading order; `annexes` come last."""
    ids = (f"n{place}" for place in itertools.count())
    labels = {
        "Quote": itertools.count(1),
        "Table": itertools.count(1),
        "Figure": itertools.count(1),
        "Box": itertools.count(1),
    }
    order: dict[str, int] = {}
    mentions = itertools.count(1)
    boxes = itertools.count(1)

    def name(node: Any) -> Any:
        match node:
            case NoteReference():
                first = node.note not in order
                number = order.setdefault(node.note, len(order) + 1)
                return NoteReference(number, node.note, f"cite-{next(mentions)}", first)
            case CheckBox():
                return replace(node, name=f"box-{next(boxes)}")
            case Quotation():
                return replace(node, id=next(ids), label=f"Quote {next(labels['Quote'])}")
            case Caption():
                kind = node.label.split()[0]
                return replace(node, id=next(ids), label=f"{kind} {next(labels[kind])}")
            case ItemList():
                return replace(node, id=next(ids), items=tuple(_deeper(item) for item in node.items))
            case _:
                return replace(node, id=next(ids)) if hasattr(node, "id") else node

    sections = rewrite(document.sections, name)
    anchors = {node.note: node.anchor for node in walk(sections) if isinstance(node, NoteReference) and node.first}
    notes = tuple(
        Note(note, "", number, anchors[note], tuple(_without_mentions(sources[int(note.removeprefix("source-"))])))
        for note, number in order.items()
    )
    if notes:
        heading = Heading("sources-heading", "", 1, (Text("Sources"),))
        sections = (*sections, Section("sources", "", "sources", heading, (NoteList("notes", notes),)))
    return replace(document, sections=(*sections, *rewrite(annexes, name)))


def _deeper(item: ListItem) -> ListItem:
    """The lists in an item one level further down."""

    def sink(node: Any) -> Any:
        return replace(node, level=node.level + 1) if isinstance(node, ItemList) else node

    return replace(item, blocks=rewrite(item.blocks, sink))


def _without_mentions(children: Sequence[Inline]) -> Iterator[Inline]:
    return (
        (child for child in children if not isinstance(child, Citation))
        if len(children) > 1
        else iter((Text("Source"),))
    )
