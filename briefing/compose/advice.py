"""What a paper asks for and helps to say: the decision, the recommendations with boxes to tick, risks, sectors, questions with answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.compose.composing import Composer, Composing, by_name
from briefing.compose.prose_blocks import ProseReader, labelled, with_citation
from briefing.compose.record_table import NOT_STATED, CellBlock, Record, RecordTable
from briefing.compose.wording import PARTED, Wording, joined, judgement
from briefing.document.inlines import CheckBox, Inline, Strong, Text
from briefing.document.tree import Block, Heading, ItemList, ListItem, Paragraph, ParagraphRole
from briefing.schema.advice_items import Recommendation, Verb
from briefing.schema.brief import KIND_OF

_BETWEEN_BOXES: Final = Text("\u2003")


def _decision(composing: Composing) -> Iterator[Block]:
    decision, wording = composing.brief.decision, composing.wording
    if decision is None:
        return
    yield from ProseReader("decision.ask", "decision.ask", ParagraphRole.DECISION).blocks(decision.ask)
    by = (*wording.label("by"), Text(wording.date(decision.by))) if decision.by else ()
    urgency = (judgement(decision.urgency, wording),) if decision.urgency else ()
    if when := joined([by, urgency], Text(PARTED)):
        origin = "decision.by" if decision.by else "decision.urgency"
        yield Paragraph("decision.when", origin, ParagraphRole.DECISION_DETAIL, when)
    if decision.reason:
        reader = ProseReader("decision.reason", "decision.reason", ParagraphRole.DECISION_DETAIL)
        yield from labelled(wording.label("why_then"), reader, decision.reason)


def _recommendations(composing: Composing) -> Iterator[Block]:
    items = (
        ListItem(
            f"recommendation-{item.id}",
            f"recommendations[{index}]",
            f"{index + 1}.",
            tuple(_recommendation(item, f"recommendation-{item.id}", f"recommendations[{index}]", composing.wording)),
        )
        for index, item in enumerate(composing.brief.recommendations)
    )
    yield ItemList("recommendations", "recommendations", True, 1, 1, tuple(items))


def _recommendation(item: Recommendation, name: str, origin: str, wording: Wording) -> Iterator[Block]:
    reader = ProseReader(f"{name}.text", f"{origin}.text", list_level=2)
    if item.verb:
        yield from labelled(_asked(item.verb, wording), reader, item.text)
    else:
        yield from reader.blocks(item.text)
    to = (*wording.label("recommended_to"), Text(item.to)) if item.to else ()
    by = (*wording.label("by"), Text(wording.date(item.by))) if item.by else ()
    if said := joined([to, by], Text(PARTED)):
        yield Paragraph(f"{name}.to", f"{origin}.{'to' if item.to else 'by'}", ParagraphRole.RESPONSE, said)
    if item.verb:
        answers = ("noted", "discuss") if item.verb is Verb.NOTE else ("agree", "disagree", "discuss")
        boxes = [(CheckBox(f"{name}.{answer}", wording(f"answer_{answer}")),) for answer in answers]
        yield Paragraph(f"{name}.answer", "", ParagraphRole.RESPONSE, joined(boxes, _BETWEEN_BOXES))


def _asked(verb: Verb, wording: Wording) -> tuple[Inline, ...]:
    """What a recommendation begins with: ``That you agree``, the verb, which stands between asterisks in the labels, strong."""
    before, strong, after = wording(f"recommended_{verb.value}").split("*")
    said: tuple[Inline, ...] = (Text(before), Strong((Text(strong),)), Text(after))
    return (*(part for part in said if part != Text("")), Text(" "))


def _level(record: Record) -> Iterator[CellBlock]:
    """The risk's level, and the likelihood and impact that it is made of."""
    if record.item.level:
        yield record.words("level", judgement(record.item.level, record.wording))
    for key in ("likelihood", "impact"):
        if value := getattr(record.item, key):
            said = (*record.wording.label(key), judgement(value, record.wording))
            yield record.words(key, *said, role=ParagraphRole.CELL_DETAIL)


def _sectors(composing: Composing) -> Iterator[Block]:
    wording = composing.wording
    for index, sector in enumerate(composing.brief.sectors):
        name, origin = f"sector-{sector.id}", f"sectors[{index}]"
        yield Heading(name, f"{origin}.name", 2, (Text(sector.name),))
        cites = [(source, "") for source in sector.sources]
        if sector.lead:
            said = (*wording.label("lead"), Text(sector.lead))
            yield Paragraph(f"{name}.lead", f"{origin}.lead", ParagraphRole.INTRODUCTION, said)
        keys = [key for key in ("needs", "response", "gaps") if getattr(sector, key)]
        for key in keys:
            reader = ProseReader(f"{name}.{key}", f"{origin}.{key}")
            yield from labelled(wording.label(key), reader, getattr(sector, key), cites if key == keys[-1] else ())
        if not keys:
            nothing = with_citation([Text(wording(NOT_STATED))], cites)
            yield Paragraph(f"{name}.nothing", "", ParagraphRole.BODY, nothing)


def _answers(composing: Composing) -> Iterator[Block]:
    for index, item in enumerate(composing.brief.questions_and_answers):
        name, origin = f"answer-{item.id}", f"questions_and_answers[{index}]"
        number = Text(composing.wording("reference_answer", number=index + 1) + ". ")
        question = ProseReader(f"{name}.question", f"{origin}.question").line(item.question)
        yield Paragraph(name, f"{origin}.question", ParagraphRole.QUESTION, (number, *question))
        yield from ProseReader(f"{name}.answer", f"{origin}.answer").blocks(item.answer)


DECISION: Final = Composer(_decision)
RECOMMENDATIONS: Final = Composer(_recommendations)
SECTORS: Final = Composer(_sectors)
ANSWERS: Final = Composer(_answers)
RISKS: Final = Composer(RecordTable(KIND_OF["risk"], {"likelihood": _level}), by_name, marked="risk")
