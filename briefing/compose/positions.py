"""Who stands where: the proposition, and the table of positions on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.compose.captions import caption
from briefing.compose.composing import Composer, Composing, by_judgement
from briefing.compose.positions_map import map_positions
from briefing.compose.prose_blocks import ProseReader, labelled, with_citation
from briefing.compose.record_table import NOT_STATED, CellBlock, Record, RecordTable
from briefing.compose.wording import joined
from briefing.document.inlines import CrossReference, Text
from briefing.document.tree import Block, Figure, Paragraph, ParagraphRole
from briefing.schema.brief import KIND_OF
from briefing.series.changes import ChangeKind


def _blocks(composing: Composing) -> Iterator[Block]:
    proposition, wording = composing.brief.proposition, composing.wording
    if proposition:
        reader = ProseReader("proposition", "proposition", ParagraphRole.PROPOSITION)
        yield from labelled(wording.label("proposition"), reader, proposition)
    yield from _map(composing)
    title = "stakeholders_table" if proposition else "stakeholders_table_plain"
    order = ("name", "stance", "position", "influence", "confidence")
    yield from RecordTable(KIND_OF["position"], {"name": _name, "position": _position}, title, order)(composing)


def _map(composing: Composing) -> Iterator[Block]:
    """The drawn map, where there are parties enough for one."""
    wording, name = composing.wording, "figure.positions"
    drawn = map_positions(composing.brief.stakeholders, composing.sheet, wording)
    if drawn is not None:
        said = wording("positions_map")
        if drawn.unplaced:
            said += " " + wording("positions_unplaced", names=wording("comma").join(drawn.unplaced))
        title = caption(name, [Text(said)], wording("stop"))
        yield Figure(name, "stakeholders", "positions", title, drawn.alt, drawn.drawing)


def _name(record: Record) -> Iterator[CellBlock]:
    yield record.words("name", record.item.name, role=ParagraphRole.CELL_LEAD)
    if record.item.kind:
        yield record.words("kind", record.item.kind, role=ParagraphRole.CELL_DETAIL)


def _position(record: Record) -> Iterator[CellBlock]:
    stakeholder, wording = record.item, record.wording
    if stakeholder.position:
        yield from record.value("position", cites=record.cites)
    elif stakeholder.sources:
        said = with_citation([Text(wording(NOT_STATED))], record.cites)
        yield Paragraph(f"{record.row}.position.1", f"{record.origin}.sources", ParagraphRole.CELL, said)
    if stakeholder.interests:
        yield record.detail("interests", *wording.label("interests"), *record.line("interests"))
    if stakeholder.quotes:
        quotes = joined(
            [[CrossReference(f"quote-{quote}", "")] for quote in stakeholder.quotes], Text(wording("comma"))
        )
        mentions = (*wording.label("in_their_words"), *quotes)
        yield record.detail("quotes", *mentions)
    if stakeholder.as_of and stakeholder.as_of != record.today:
        yield record.detail("as_of", Text(wording("position_as_of", date=wording.date(stakeholder.as_of))))


POSITIONS: Final = Composer(
    _blocks,
    by_judgement,
    marked="name",
    marked_by_change={ChangeKind.MOVED: "stance", ChangeKind.REWRITTEN: "position"},
    beside="proposition",
)
