"""Who stands where, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composer, Composing, by_name
from briefing.compose.prose import ProseReader
from briefing.compose.wording import Wording, level_mark, stance_mark
from briefing.document.inlines import CrossReference, Inline, Strong, Text
from briefing.document.tree import Block, Cell, ItemList, Paragraph, ParagraphRole, Row
from briefing.schema import Stakeholder, Stance
from briefing.series.changes import Change, ChangeKind

NAME = "table-stakeholders"


def _blocks(composing: Composing) -> Iterator[Block]:
    """The proposition, and the table of positions on it. Columns that no stakeholder fills are left out."""
    stakeholders, proposition, wording = (
        composing.brief.stakeholders,
        composing.brief.proposition,
        composing.wording,
    )
    if proposition:
        first, *rest = ProseReader("proposition", "proposition", ParagraphRole.PROPOSITION).blocks(proposition)
        lead = Strong((Text(wording("proposition") + wording("colon").rstrip(" ")),))
        if isinstance(first, Paragraph):
            yield Paragraph(first.id, first.origin, first.role, (lead, Text(" "), *first.children))
        else:
            yield Paragraph("proposition.lead", "proposition", ParagraphRole.PROPOSITION, (lead,))
            yield first
        yield from rest
    if not stakeholders:
        return
    wanted = [("name", wording("who"), 19.0)]
    if any(stakeholder.stance for stakeholder in stakeholders):
        wanted.append(("stance", wording("stance"), 16.0))
    wanted.append(("position", wording("position"), 52.0))
    for key in ("influence", "confidence"):
        if any(getattr(stakeholder, key) for stakeholder in stakeholders):
            wanted.append((key, wording(key), 14.0))
    heads = columns(NAME, wanted)
    title = wording("stakeholders_table" if proposition else "stakeholders_table_plain")
    rows = [
        _row(stakeholder, f"stakeholders[{index}]", [column.key for column in heads], wording)
        for index, stakeholder in enumerate(stakeholders)
    ]
    yield table(NAME, "stakeholders", "stakeholders", caption(NAME, [Text(title)], wording("stop")), heads, rows)


def _row(stakeholder: Stakeholder, origin: str, keys: Sequence[str], wording: Wording) -> Row:
    name = f"position-{stakeholder.id}"
    return Row(name, origin, tuple(_cell(stakeholder, name, origin, key, wording) for key in keys))


def _cell(stakeholder: Stakeholder, row: str, origin: str, key: str, wording: Wording) -> Cell:
    blocks: list[Paragraph | ItemList] = []
    place = f"{origin}.{key}"
    match key:
        case "name":
            blocks.append(text(row, key, place, stakeholder.name, role=ParagraphRole.CELL_LEAD))
            if stakeholder.kind:
                blocks.append(text(row, "kind", f"{origin}.kind", stakeholder.kind, role=ParagraphRole.CELL_DETAIL))
        case "stance" if stakeholder.stance:
            blocks.append(text(row, key, place, stance_mark(stakeholder.stance, wording)))
        case "influence" if stakeholder.influence:
            blocks.append(text(row, key, place, level_mark(stakeholder.influence, wording)))
        case "confidence" if stakeholder.confidence:
            blocks.append(text(row, key, place, level_mark(stakeholder.confidence, wording)))
        case "position":
            blocks.extend(_position(stakeholder, row, origin, wording))
    return cell(
        row,
        key,
        blocks or [text(row, key, "", wording("not_stated"), role=ParagraphRole.CELL_DETAIL)],
        header=key == "name",
    )


def _position(stakeholder: Stakeholder, row: str, origin: str, wording: Wording) -> Iterator[Paragraph | ItemList]:
    cites = [(source, "") for source in stakeholder.sources]
    if stakeholder.position:
        yield from ProseReader(f"{row}.position", f"{origin}.position", ParagraphRole.CELL).blocks(
            stakeholder.position, cites
        )
    elif cites:
        yield from ProseReader(f"{row}.position", f"{origin}.sources", ParagraphRole.CELL).blocks(
            wording("not_stated"), cites
        )
    details: list[tuple[str, tuple[Inline, ...]]] = []
    if stakeholder.interests:
        line = ProseReader(f"{row}.interests", f"{origin}.interests").line(stakeholder.interests)
        details.append(
            ("interests", (Strong((Text(wording("interests") + wording("colon").rstrip(" ")),)), Text(" "), *line))
        )
    if stakeholder.quotes:
        mentions: list[Inline] = [Strong((Text(wording("in_their_words") + wording("colon").rstrip(" ")),)), Text(" ")]
        for position, quote in enumerate(stakeholder.quotes):
            if position:
                mentions.append(Text(wording("comma")))
            mentions.append(CrossReference(f"quote-{quote}", ""))
        details.append(("quotes", tuple(mentions)))
    if stakeholder.as_of:
        details.append(("as_of", (Text(wording("position_as_of", date=wording.date(stakeholder.as_of))),)))
    for key, children in details:
        yield Paragraph(f"{row}.{key}", f"{origin}.{key}", ParagraphRole.CELL_DETAIL, children)


def stance(value: str, wording: Wording) -> Inline:
    """The mark of the stance `value`, or words where there is none."""
    return stance_mark(Stance(value), wording) if value else Text(wording("no_stance"))


def _told(change: Change, composing: Composing) -> tuple[Inline, ...]:
    (name,), wording = by_name(change, composing), composing.wording
    if change.kind is ChangeKind.MOVED:
        return (
            name,
            Text(wording("comma")),
            stance(change.before, wording),
            Text(" → "),
            stance(change.after, wording),
        )
    held = change.after if change.kind is ChangeKind.ADDED else change.before
    if held and change.kind is not ChangeKind.REWRITTEN:
        return (name, Text(" ("), stance(held, wording), Text(")"))
    return (name,)


POSITIONS: Final = Composer(
    _blocks,
    _told,
    marked="name",
    marked_by_change={ChangeKind.MOVED: "stance", ChangeKind.REWRITTEN: "position"},
    beside="proposition",
)
