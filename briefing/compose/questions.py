"""What is not known, with status, owner and date, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.compose.captions import caption, cell, columns, table, text
from briefing.compose.composing import Composer, Composing, by_name, shortened
from briefing.compose.prose import ProseReader
from briefing.compose.wording import Wording, status_mark
from briefing.document.inlines import Inline, Strong, Text
from briefing.document.tree import Block, ItemList, Paragraph, ParagraphRole, Row
from briefing.schema import PartialDate, Question
from briefing.series.changes import Change, ChangeKind

NAME = "table-open_questions"


def _blocks(composing: Composing) -> Iterator[Block]:
    """The table of questions; against the brief's own date one is overdue."""
    questions, today, wording = composing.brief.open_questions, composing.brief.date, composing.wording
    heads = columns(
        NAME,
        [
            ("question", wording("question"), 48.0),
            ("status", wording("status"), 14.0),
            ("owner", wording("owner_and_next_step"), 23.0),
            ("due", wording("due"), 14.0),
        ],
    )
    rows = [_row(question, f"open_questions[{index}]", today, wording) for index, question in enumerate(questions)]
    yield table(
        NAME,
        "open_questions",
        "open_questions",
        caption(NAME, [Text(wording("questions_table"))], wording("stop")),
        heads,
        rows,
    )


def is_overdue(question: Question, today: PartialDate) -> bool:
    """Whether the whole of the due day, month or year lies before the brief's date."""
    return question.due is not None and question.due.is_before(today)


def _row(question: Question, origin: str, today: PartialDate, wording: Wording) -> Row:
    name = f"question-{question.id}"
    status = [
        text(name, "status", f"{origin}.status", status_mark(question.status, is_overdue(question, today), wording))
    ]
    if question.answered and not question.answer:
        said = wording("answered_on", date=wording.date(question.answered))
        status.append(text(name, "answered", f"{origin}.answered", said, role=ParagraphRole.CELL_DETAIL))
    owner: list[Paragraph | ItemList] = [text(name, "owner", f"{origin}.owner", question.owner or wording("no_owner"))]
    if question.next_step:
        owner += ProseReader(f"{name}.next_step", f"{origin}.next_step", ParagraphRole.CELL_DETAIL).blocks(
            question.next_step
        )
    due = text(name, "due", f"{origin}.due", wording.date(question.due) if question.due else wording("no_due_date"))
    return Row(
        name,
        origin,
        (
            cell(name, "question", tuple(_question(question, name, origin, wording)), header=True),
            cell(name, "status", status),
            cell(name, "owner", owner),
            cell(name, "due", [due]),
        ),
    )


def _question(question: Question, name: str, origin: str, wording: Wording) -> Iterator[Paragraph | ItemList]:
    cites = [(source, "") for source in question.sources]
    yield from ProseReader(f"{name}.question", f"{origin}.question", ParagraphRole.CELL_LEAD).blocks(
        question.question, cites
    )
    for key, label, body in (("why", "why", question.why), ("answer", "answer", question.answer)):
        if body:
            said = wording(label)
            if key == "answer" and question.answered:
                said = f"{said} ({wording.date(question.answered)})"
            lead = Strong((Text(said + wording("colon").rstrip(" ")),))
            line = ProseReader(f"{name}.{key}", f"{origin}.{key}").line(body)
            yield Paragraph(f"{name}.{key}", f"{origin}.{key}", ParagraphRole.CELL_DETAIL, (lead, Text(" "), *line))
    if question.raised:
        said = wording("raised", date=wording.date(question.raised))
        yield Paragraph(f"{name}.raised", f"{origin}.raised", ParagraphRole.CELL_DETAIL, (Text(said),))


def _told(change: Change, composing: Composing) -> tuple[Inline, ...]:
    told, wording = by_name(change, composing), composing.wording
    if change.kind is ChangeKind.ANSWERED and change.after:
        return (*told, Text(f" {shortened(change.after)}"))
    if change.kind is ChangeKind.OVERDUE:
        due = wording.date(composing.item(change).due)
        return (*told, Text(f" ({wording('due')}{wording('colon')}{due})"))
    return told


QUESTIONS: Final = Composer(_blocks, _told, marked="status", marked_by_change={ChangeKind.REWRITTEN: "question"})
