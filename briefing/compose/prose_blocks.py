"""Light Markdown to blocks and inlines of the tree, and the key points, which are a list of such texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from briefing.document.inlines import Citation, Emphasis, Inline, LineBreak, Link, NoteReference, Strong, Text
from briefing.document.tree import ItemList, ListItem, Paragraph, ParagraphRole
from briefing.schema.references import content_id
from briefing.text.markup import is_address
from briefing.text.prose import Prose, QuotedWords

BULLET = "•"
LOCATOR_MARK = ", "
"""What stands before a locator in a citation."""

ProseBlock = Paragraph | ItemList


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


@dataclass(frozen=True, slots=True)
class ProseReader:
    """Reads texts of one item: `id` and `origin` go into every node made, `role` into paragraphs."""

    id: str
    origin: str
    role: ParagraphRole = ParagraphRole.BODY

    def blocks(self, text: Prose, cites: Sequence[tuple[str, str]] = ()) -> tuple[ProseBlock, ...]:
        """Paragraphs and lists of `text`; `cites` are cited at the end of the last paragraph."""
        blocks = tuple(self._blocks(iter(text.tokens), 1, self.id))
        return _cite_at_end(blocks, cites) if cites else blocks

    def line(self, text: Prose) -> tuple[Inline, ...]:
        """`text` as one run of inlines: paragraphs are joined by line breaks, for places that hold a line."""
        joined: list[Inline] = []
        for paragraph in _paragraphs(self.blocks(text)):
            if joined:
                joined.append(LineBreak())
            joined.extend(paragraph.children)
        return tuple(joined)

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

    def _blocks(self, tokens: Iterator[Token], level: int, parent: str) -> Iterator[ProseBlock]:
        count = 0
        for token in tokens:
            match token.type:
                case "inline":
                    count += 1
                    yield Paragraph(f"{parent}.{count}", self.origin, self.role, _inlines(token.children or []))
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
                blocks = tuple(self._blocks(tokens, level + 1, name)) or (
                    Paragraph(f"{name}.1", self.origin, self.role, (Text("–"),)),
                )
                yield ListItem(name, self.origin, f"{start + count - 1}." if ordered else BULLET, blocks)
            else:
                return


def _inlines(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    return _merged(tuple(_read(iter(tokens))))


def _read(tokens: Iterator[Token]) -> Iterator[Inline]:
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
            case "strong_open":
                yield Strong(_merged(tuple(_read(tokens))))
            case "em_open":
                yield Emphasis(_merged(tuple(_read(tokens))))
            case "link_open" if is_address(str(token.attrs["href"])):
                yield Link(str(token.attrs["href"]), _merged(tuple(_read(tokens))))
            case "strong_close" | "em_close" | "link_close":
                return
            case kind:
                raise AssertionError(f"the markup reader gave an unexpected token {kind}")


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


def _paragraphs(blocks: Sequence[ProseBlock]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from _paragraphs([inner for inner in item.blocks if isinstance(inner, (Paragraph, ItemList))])


def _cite_at_end(blocks: tuple[ProseBlock, ...], cites: Sequence[tuple[str, str]]) -> tuple[ProseBlock, ...]:
    *before, last = blocks
    if isinstance(last, Paragraph):
        return (*before, replace(last, children=with_citation(last.children, cites)))
    *items, item = last.items
    inner = _cite_at_end(tuple(block for block in item.blocks if isinstance(block, (Paragraph, ItemList))), cites)
    return (*before, replace(last, items=(*items, replace(item, blocks=inner))))


def key_point_names(points: Sequence[Prose]) -> list[str]:
    """The id of each point's item, made from its words; of points with the same words the later ones get ``.2``, ``.3`` and so on."""
    seen: dict[str, int] = {}
    names = []
    for point in points:
        name = f"key_point-{content_id(point.text)}"
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name}.{seen[name]}" if seen[name] > 1 else name)
    return names


def key_point_list(points: Sequence[Prose]) -> ItemList:
    """The list of points, in the order of the data."""
    items = (
        ListItem(name, origin, BULLET, ProseReader(f"{name}.text", origin).blocks(point))
        for name, origin, point in zip(
            key_point_names(points), (f"key_points[{index}]" for index in range(len(points))), points, strict=True
        )
    )
    return ItemList("key_points", "key_points", False, 1, 1, tuple(items))
