"""The pass that marks, in the body, what is new or changed since the last issue: by shape and word, where the item stands.

A mark stands in the cell, paragraph or line that it speaks of, never in a heading: headings are the outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from briefing.compose.composers import COMPOSERS
from briefing.compose.composing import Composer, moved
from briefing.compose.key_figures import short_unit
from briefing.compose.wording import PARTED, Wording, change_mark
from briefing.document.inlines import Inline, Mark, Text
from briefing.document.tree import (
    Block,
    BoxedText,
    Caption,
    Cell,
    DrawnData,
    Figure,
    Heading,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    ParagraphRole,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing.document.walk import rewrite
from briefing.schema.brief import KIND_OF, RANKED
from briefing.series.changes import Change, ChangeKind

_LISTS: Final = frozenset({kind.key for kind in RANKED if kind.item is None} | {"consulted", "recommendations"})
"""The lists whose items are marked."""
_UNCHANGED: Final = frozenset({ChangeKind.ADDED, ChangeKind.MOVED})
"""What happens to a key figure whose value was another one, or none, in the last issue."""


def mark_changes(sections: tuple[Section, ...], changes: Iterable[Change], wording: Wording) -> tuple[Section, ...]:
    """The sections with a mark on everything that `changes` tell of and that still stands in the brief."""
    changes = tuple(changes)
    by_path = {change.path: change for change in changes if change.path}
    by_section: dict[str, Change] = {}
    for path, change in by_path.items():
        by_section.setdefault(path.partition(".")[0] if "." in path else "", change)
    by_node = {f"{change.family}-{change.item}": change for change in changes if change.path and change.item}

    def marked(node: Any) -> Any:
        change = by_path.get(getattr(node, "origin", ""))
        match node:
            case Row() if change is not None:
                return _row(node, change, wording)
            case Quotation() if change is not None:
                return replace(node, attribution=_at_end(node.attribution, _mark(change, wording), PARTED))
            case Table(key="own", caption=Caption() as title) if change is not None:
                children = (*title.children, Text(" "), _mark(change, wording))
                return replace(node, caption=replace(title, children=children))
            case BoxedText() if change is not None:
                return replace(node, blocks=(_change_line(node.id, change, wording), *node.blocks))
            case Note() if change is not None:
                return replace(node, children=(*node.children, Text(" "), _mark(change, wording)))
            case Figure(data=DrawnData() as data):
                return _figure(node, data, by_path, wording)
            case ItemList() if node.id in _LISTS:
                return replace(node, items=tuple(_item(item, by_path, wording) for item in node.items))
            case Cell(id=name) if name.startswith("key_figure-"):
                return _key_figure(node, by_node.get(name.removesuffix(".cell")), wording)
            case Paragraph(role=ParagraphRole.QUESTION) if node.id in by_node:
                return _at_end(node, _mark(by_node[node.id], wording))
            case Section():
                return _section(_headings_marked(node, by_node, wording), by_path, by_section, wording)
        return node

    return rewrite(sections, marked)


def _mark(change: Change, wording: Wording) -> Mark:
    return change_mark(change.kind, wording)


def _item(item: ListItem, by_path: Mapping[str, Change], wording: Wording) -> ListItem:
    change = by_path.get(item.origin)
    return item if change is None else replace(item, blocks=_last_marked(item.blocks, _mark(change, wording)))


def _figure(figure: Figure, data: DrawnData, by_path: Mapping[str, Change], wording: Wording) -> Figure:
    """A drawing that alone tells of its items, with what changed of them in its caption."""
    named: dict[Mark, list[str]] = {}
    for row in data.rows:
        if (change := by_path.get(row.origin)) is not None:
            named.setdefault(_mark(change, wording), []).append(row.cells[0].text)
    said = [
        each for mark, names in named.items() for each in (Text(" "), mark, Text(f" {wording('comma').join(names)}"))
    ]
    children = (*figure.caption.children, *said)
    return replace(figure, caption=replace(figure.caption, children=children)) if said else figure


def _at_end(paragraph: Paragraph, mark: Mark, gap: str = " ") -> Paragraph:
    return replace(paragraph, children=(*paragraph.children, Text(gap), mark))


def _last_marked(blocks: tuple[Block, ...], mark: Mark) -> tuple[Block, ...]:
    """The blocks with the mark behind the last word of them; what asks for an answer stays last."""
    *before, last = blocks
    if isinstance(last, Paragraph) and last.role is ParagraphRole.RESPONSE:
        return (*_last_marked(tuple(before), mark), last)
    match last:
        case Paragraph():
            return (*before, _at_end(last, mark))
        case ItemList():
            *items, item = last.items
            return (*before, replace(last, items=(*items, replace(item, blocks=_last_marked(item.blocks, mark)))))
    return blocks


def _row(row: Row, change: Change, wording: Wording) -> Row:
    composer = COMPOSERS[KIND_OF[change.family].key]
    keys = {cell.id.rpartition(".")[2] for cell in row.cells}
    wanted = composer.marked_by_change.get(change.kind, "")
    key = wanted if wanted in keys else composer.marked
    return replace(
        row,
        cells=tuple(
            replace(cell, blocks=_cell_blocks(cell.blocks, row.id, change, composer, wording))
            if cell.id == f"{row.id}.{key}"
            else cell
            for cell in row.cells
        ),
    )


def _cell_blocks(
    blocks: tuple[Paragraph | ItemList, ...], row: str, change: Change, composer: Composer, wording: Wording
) -> tuple[Paragraph | ItemList, ...]:
    """The cell with the mark behind its text, or in a line of its own where the cell is narrow."""
    mark = _mark(change, wording)
    if composer.mark_in_line and isinstance(blocks[-1], Paragraph):
        return (*blocks[:-1], _at_end(blocks[-1], mark))
    return (*blocks, Paragraph(f"{row}.change", "", ParagraphRole.CELL_DETAIL, (mark, *_from(change, wording))))


def _from(change: Change, wording: Wording) -> tuple[Inline, ...]:
    """Where a judgement moved from."""
    if change.kind is not ChangeKind.MOVED:
        return ()
    return Text(wording("changed_from")), moved(change.before, KIND_OF[change.family], wording)


def _key_figure(cell: Cell, change: Change | None, wording: Wording) -> Cell:
    """The cell with a line on what the figure was, in the unit that it had, or that it is as it was; and the mark of any other change."""
    lines: list[tuple[Inline, ...]] = []
    if change is None or change.kind not in _UNCHANGED:
        if change is None or all(detail.key != "unit" for detail in change.details):
            lines.append((Text(wording("figure_unchanged")),))
    elif change.kind is ChangeKind.MOVED:
        unit = next((detail.before for detail in change.details if detail.key == "unit"), "")
        said = wording.amount(change.before, short_unit(unit)) + (f" {unit}" if unit and not short_unit(unit) else "")
        lines.append((Text(wording("figure_was", value=said)),))
    if change is not None and (change.kind is not ChangeKind.MOVED or change.details):
        kind = ChangeKind.REWRITTEN if change.kind is ChangeKind.MOVED else change.kind
        lines.append((change_mark(kind, wording),))
    name = cell.id.removesuffix(".cell")
    made = tuple(
        Paragraph(f"{name}.change-{place}", "", ParagraphRole.CELL_DETAIL, line) for place, line in enumerate(lines, 1)
    )
    first = [block for block in cell.blocks if getattr(block, "id", "") in (f"{name}.value", f"{name}.unit")]
    return replace(cell, blocks=(*first, *made, *cell.blocks[len(first) :]))


def _headings_marked(section: Section, by_node: Mapping[str, Change], wording: Wording) -> Section:
    """The section with a line below each heading of an item that changed."""
    blocks: list[Block] = []
    for block in section.blocks:
        blocks.append(block)
        if isinstance(block, Heading) and block.id in by_node:
            blocks.append(_change_line(block.id, by_node[block.id], wording))
    return replace(section, blocks=tuple(blocks)) if len(blocks) != len(section.blocks) else section


def _section(
    section: Section, by_path: Mapping[str, Change], by_section: Mapping[str, Change], wording: Wording
) -> Section:
    """A text is marked in a line above it, the proposition behind it; `by_section` has the first change within each section that is one item."""
    change = by_path.get(section.origin) or by_section.get(section.kind)
    if change is not None:
        return replace(section, blocks=(_change_line(section.id, change, wording), *section.blocks))
    first = section.blocks[0]
    change = by_path.get(COMPOSERS[section.kind].beside) if section.kind in COMPOSERS else None
    if change is not None and isinstance(first, Paragraph):
        return replace(section, blocks=(_at_end(first, _mark(change, wording)), *section.blocks[1:]))
    return section


def _change_line(node: str, change: Change, wording: Wording) -> Paragraph:
    said = (_mark(change, wording), Text(wording("change_since")))
    return Paragraph(f"{node}.change", "", ParagraphRole.INTRODUCTION, said)
