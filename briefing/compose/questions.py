"""What is not known, with status, owner and date, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.compose.composing import Composer, Composing, by_name, shortened
from briefing.compose.record_table import CellBlock, Record, RecordTable
from briefing.compose.wording import status_mark
from briefing.document.inlines import Inline, Text
from briefing.document.tree import ParagraphRole
from briefing.schema.brief import KIND_OF
from briefing.series.changes import Change, ChangeKind


def _question(record: Record) -> Iterator[CellBlock]:
    question, wording = record.item, record.wording
    yield from record.value("question", ParagraphRole.CELL_LEAD, record.cites)
    if question.why:
        yield record.detail("why", *wording.label("why"), *record.line("why"))
    if question.answer:
        said = f" ({wording.date(question.answered)})" if question.answered else ""
        yield record.detail("answer", *wording.label("answer", said), *record.line("answer"))
    if question.raised and question.raised != record.today:
        yield record.detail("raised", Text(wording("raised", date=wording.date(question.raised))))


def _status(record: Record) -> Iterator[CellBlock]:
    question, wording = record.item, record.wording
    is_overdue = question.due is not None and question.due.is_before(record.today)
    yield record.words("status", status_mark(question.status, is_overdue, wording))
    if question.answered and not question.answer:
        said = wording("answered_on", date=wording.date(question.answered))
        yield record.words("answered", said, role=ParagraphRole.CELL_DETAIL)


def _owner(record: Record) -> Iterator[CellBlock]:
    yield record.words("owner", record.item.owner or record.wording("no_owner"))
    yield from record.value("next_step", ParagraphRole.CELL_DETAIL)


def _described(change: Change, composing: Composing) -> tuple[Inline, ...]:
    told, wording = by_name(change, composing), composing.wording
    if change.kind is ChangeKind.ANSWERED and change.after:
        return (*told, Text(f" {shortened(change.after)}"))
    if change.kind is ChangeKind.OVERDUE:
        due = wording.date(composing.item(change).due)
        return (*told, Text(f" ({wording('due')}{wording('colon')}{due})"))
    return told


QUESTIONS: Final = Composer(
    RecordTable(KIND_OF["question"], {"question": _question, "status": _status, "owner": _owner}),
    _described,
    marked="status",
    marked_by_change={ChangeKind.REWRITTEN: "question"},
)
