"""Light Markdown to blocks and inlines of the tree, and the key points, which are a list of such texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.document.inlines import (
    Citation,
    CrossReference,
    Emphasis,
    FootnoteReference,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Strong,
    Text,
)
from briefing.document.reading import inline_text
from briefing.document.tree import (
    Align,
    Cell,
    Column,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    ParagraphRole,
    Row,
    Table,
)
from briefing.schema.readers import content_id
from briefing.text.markup import is_address
from briefing.text.markup_faults import SUB_HEADINGS
from briefing.text.prose import Prose, QuotedWords

BULLET = "•"
LOCATOR_MARK = ", "
"""What stands before a locator in a citation."""

ProseBlock = Paragraph | ItemList
BodyBlock = ProseBlock | Heading | Table

_ALIGNS = {"text-align:right": Align.END, "text-align:center": Align.CENTRE}
_NARROWEST, _WIDEST = 4, 40
"""Letters: a column of a table in a text is weighed as wide as its longest cell, within these, and never below its longest word."""


def cited(cites: Sequence[tuple[str, str]], separator: str = "; ") -> Citation:
    """A citation of source ids with locators, still without numbers; `briefing.compose.source_notes` fills them in."""
    children: list[Text | NoteReference] = [Text("[")]
    for position, (source, locator) in enumerate(cites):
        if position:
            children.append(Text(separator))
        children.append(NoteReference(0, f"source-{source}", "", False))
        if locator:
            children.append(Text(f"{LOCATOR_MARK}{locator}"))
    children.append(Text("]"))
    return Citation(tuple(children))


def with_citation(children: Sequence[Inline], cites: Sequence[tuple[str, str]]) -> tuple[Inline, ...]:
    """`children` with a citation of `cites` behind them, held to the last word by a no-break space."""
    return (*children, Text("\u00a0"), cited(cites)) if cites else tuple(children)


class ProseReader(Struct, frozen=True):
    """Reads texts of one item: `id` and `origin` go into every node made, `role` into paragraphs."""

    id: str
    origin: str
    role: ParagraphRole = ParagraphRole.BODY
    level: int = 1
    """That of the heading under which the text stands; its own are below it."""
    notes: Mapping[str, Token] = field(default_factory=dict)
    """What the notes of the text say, by their names; filled in when it is read."""
    list_level: int = 1
    """That of the text's lists: 2 where the text stands in an item of a list."""

    def body(self, text: Prose) -> tuple[BodyBlock, ...]:
        """All that a section's body can hold: paragraphs, lists, sub-headings and tables."""
        pairs = zip(text.tokens, text.tokens[1:], strict=False)
        notes = {token.meta["name"]: inner for token, inner in pairs if token.type == "note_open"}
        return tuple(replace(self, notes=notes)._blocks(iter(text.tokens), self.list_level, self.id))

    def blocks(self, text: Prose, cites: Sequence[tuple[str, str]] = ()) -> tuple[ProseBlock, ...]:
        """Paragraphs and lists of a `text` that is no body; `cites` are cited at the end of the last paragraph."""
        blocks = tuple(block for block in self.body(text) if isinstance(block, (Paragraph, ItemList)))
        return _cite_at_end(blocks, cites) if cites else blocks

    def line(self, text: Prose) -> tuple[Inline, ...]:
        """`text` as one run of inlines: paragraphs and items of lists are joined by line breaks, for places that hold a line."""
        joined: list[Inline] = []
        for marker, paragraph in _paragraphs(self.blocks(text)):
            if joined:
                joined.append(LineBreak())
            joined += [Text(f"{marker} "), *paragraph.children] if marker else paragraph.children
        return _merged(tuple(joined))

    def quote(self, text: QuotedWords, opening: str, closing: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a quote: every one opened, only the last closed (The Chicago Manual of Style, 13.32)."""
        paragraphs = [block for block in self._blocks(iter(text.tokens), 1, self.id) if isinstance(block, Paragraph)]
        last = len(paragraphs) - 1
        return tuple(
            replace(
                paragraph,
                children=_merged((Text(opening), *paragraph.children, *((Text(closing),) if index == last else ()))),
            )
            for index, paragraph in enumerate(paragraphs)
        )

    def _blocks(self, tokens: Iterator[Token], level: int, parent: str) -> Iterator[BodyBlock]:
        count = 0
        for token in tokens:
            match token.type:
                case "inline":
                    count += 1
                    yield Paragraph(f"{parent}.{count}", self.origin, self.role, self._inlines(token))
                case "heading_open":
                    count += 1
                    level_of_heading = SUB_HEADINGS[token.tag] + self.level - 1
                    yield Heading(f"{parent}.{count}", self.origin, level_of_heading, self._inlines(next(tokens)))
                case "table_open":
                    count += 1
                    yield self._table(tokens, f"{parent}.{count}")
                case "note_open":
                    next(tokens)
                case "bullet_list_open" | "ordered_list_open":
                    count += 1
                    ordered = token.type == "ordered_list_open"
                    start = int(token.attrs.get("start", 1)) if ordered else 1
                    name = f"{parent}.{count}"
                    yield ItemList(
                        name,
                        self.origin,
                        ordered,
                        start,
                        level,
                        tuple(self._items(tokens, ordered, start, level, name)),
                    )
                case "bullet_list_close" | "ordered_list_close" | "list_item_close":
                    return

    def _items(self, tokens: Iterator[Token], ordered: bool, start: int, level: int, parent: str) -> Iterator[ListItem]:
        count = 0
        for token in tokens:
            if token.type == "list_item_open":
                count += 1
                name = f"{parent}.{count}"
                blocks: tuple[BodyBlock, ...] = tuple(self._blocks(tokens, level + 1, name)) or (
                    Paragraph(f"{name}.1", self.origin, self.role, (Text("–"),)),
                )
                yield ListItem(name, self.origin, f"{start + count - 1}." if ordered else BULLET, blocks)
            else:
                return

    def _table(self, tokens: Iterator[Token], name: str) -> Table:
        """A table without a caption; its columns are as wide as what stands in them asks for."""
        heads: list[tuple[str, Align]] = []
        rows: list[list[tuple[Inline, ...]]] = []
        for token in tokens:
            match token.type:
                case "th_open":
                    heads.append((_words(next(tokens)), _ALIGNS.get(str(token.attrs.get("style")), Align.START)))
                case "tr_open" if heads:
                    rows.append([])
                case "td_open":
                    rows[-1].append(self._inlines(next(tokens)))
                case "table_close":
                    break
        weights = [weight([head, *(inline_text(row[place]) for row in rows)]) for place, (head, _) in enumerate(heads)]
        columns = tuple(
            Column(f"{name}.column-{place}", f"column-{place}", head, share / sum(weights), align)
            for place, ((head, align), share) in enumerate(zip(heads, weights, strict=True), 1)
        )
        return Table(
            name,
            self.origin,
            "text",
            None,
            columns,
            tuple(
                Row(
                    f"{name}.row-{number}",
                    self.origin,
                    tuple(self._cell(f"{name}.row-{number}.{place}", cell) for place, cell in enumerate(row, 1)),
                )
                for number, row in enumerate(rows, 1)
            ),
        )

    def _cell(self, name: str, children: tuple[Inline, ...]) -> Cell:
        paragraph = Paragraph(f"{name}-text", self.origin, ParagraphRole.CELL, children)
        return Cell(name, False, (paragraph,) if children else ())

    def _inlines(self, token: Token) -> tuple[Inline, ...]:
        return _merged(tuple(self._read(iter(token.children or []))))

    def _read(self, tokens: Iterator[Token]) -> Iterator[Inline]:
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    yield Text(token.content)
                case "softbreak":
                    yield Text(" ")
                case "hardbreak":
                    yield LineBreak()
                case "citation":
                    yield cited(token.meta["cites"])
                case "reference":
                    yield CrossReference(f"#{token.meta['name']}", "")
                case "note_mention":
                    name = f"{self.id}.note-{token.meta['name']}"
                    said = self._inlines(self.notes[token.meta["name"]])
                    yield FootnoteReference("", name, f"{name}.called", self.origin, said)
                case "strong_open":
                    yield Strong(_merged(tuple(self._read(tokens))))
                case "em_open":
                    yield Emphasis(_merged(tuple(self._read(tokens))))
                case "link_open" if is_address(str(token.attrs["href"])):
                    yield Link(str(token.attrs["href"]), _merged(tuple(self._read(tokens))))
                case "strong_close" | "em_close" | "link_close":
                    return
                case kind:
                    raise AssertionError(f"the markup reader gave an unexpected token {kind}")


def _words(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def weight(cells: Sequence[str]) -> int:
    """How wide a column asks to be, in letters, by what stands in it."""
    longest_word = max(len(word) for cell in cells for word in (*cell.split(), ""))
    return max(longest_word, min(max(map(len, cells)), _WIDEST), _NARROWEST)


def _merged(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Neighbouring texts as one, empty ones and empty wrappers dropped."""
    merged: list[Inline] = []
    for child in children:
        if isinstance(child, (Strong, Emphasis, Link)) and not child.children:
            continue
        if isinstance(child, Text) and not child.text:
            continue
        if isinstance(child, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + child.text)
        else:
            merged.append(child)
    return tuple(merged)


def _paragraphs(blocks: Sequence[ProseBlock], marker: str = "") -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph, with the mark of the item that it begins."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield marker, block
        else:
            for item in block.items:
                inner = [inner for inner in item.blocks if isinstance(inner, (Paragraph, ItemList))]
                yield from _paragraphs(inner, item.marker)
        marker = ""


def _cite_at_end(blocks: tuple[ProseBlock, ...], cites: Sequence[tuple[str, str]]) -> tuple[ProseBlock, ...]:
    *before, last = blocks
    if isinstance(last, Paragraph):
        return (*before, replace(last, children=with_citation(last.children, cites)))
    *items, item = last.items
    inner = _cite_at_end(tuple(block for block in item.blocks if isinstance(block, (Paragraph, ItemList))), cites)
    return (*before, replace(last, items=(*items, replace(item, blocks=inner))))


def labelled(
    lead: Sequence[Inline], reader: ProseReader, text: Prose, cites: Sequence[tuple[str, str]] = ()
) -> Iterator[ProseBlock]:
    """The blocks of `text` with `lead` before its first words, or above them where these are those of a list."""
    first, *rest = reader.blocks(text, cites)
    if isinstance(first, Paragraph):
        yield replace(first, children=(*lead, *first.children))
    else:
        yield Paragraph(f"{reader.id}.lead", reader.origin, reader.role, tuple(lead[:-1]))
        yield first
    yield from rest


def point_names(word: str, points: Sequence[Prose]) -> list[str]:
    """The id of each point's item, made from its words; of points with the same words the later ones get ``.2``, ``.3`` and so on."""
    seen: dict[str, int] = {}
    names = []
    for point in points:
        name = f"{word}-{content_id(point.text)}"
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name}.{seen[name]}" if seen[name] > 1 else name)
    return names


def point_list(key: str, word: str, points: Sequence[Prose]) -> ItemList:
    """The list of points that stands under `key`, in the order of the data; `word` is what one is called in ids."""
    items = (
        ListItem(
            name,
            f"{key}[{index}]",
            BULLET,
            ProseReader(f"{name}.text", point.at(f"{key}[{index}]"), list_level=2).blocks(point),
        )
        for index, (name, point) in enumerate(zip(point_names(word, points), points, strict=True))
    )
    return ItemList(key, key, False, 1, 1, tuple(items))
