"""Tables, sub-headings, notes and references of a text in the tree."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from briefing.compose.footnotes import letter
from briefing.document.inlines import CrossReference, FootnoteReference
from briefing.document.reading import PieceKind, inline_text, reading
from briefing.document.tree import Align, FootnoteList, Heading, Paragraph, Quotation, Table
from briefing.document.walk import identifiers, walk
from briefing.schema import Brief
from briefing.schema.references import check_references, identified
from tests.compose.test_compose import SOURCES, composed, text

BODY = """\
Costs are in the table[^a].

## Costs of the sluice

| What | Cost (EUR) | Note |
|------|-----------:|:----:|
| Sluice [@gazette] | 5 | |
| *Bank* | 7 | x \\| y |

### Upkeep

- one[^b]

[^a]: Without *upkeep*, see [#nasa].
[^b]: By day.
"""
ITEMS: dict[str, Any] = {
    "background": BODY,
    "stakeholders": [{"id": "nasa", "name": "NASA", "stance": "opposed"}],
    "open_questions": [{"id": "who", "question": "Who pays?"}, {"id": "when", "question": "When?"}],
    "next_steps": [{"id": "ask", "step": "Ask."}],
    "timeline": [{"id": "storm", "date": "2026-01-02", "event": "The storm."}],
    "quotes": [{"id": "q1", "text": "No.", "speaker": "Ann"}, {"id": "q2", "text": "Yes.", "speaker": "Bob"}],
    "figures": [{"id": "cost", "chart": {"kind": "bar", "values": [{"label": "a", "value": 1}]}, "caption": "Cost"}],
    "sections": [{"id": "law", "title": "The law", "body": "It is law."}],
}


def test_a_body_has_sub_headings_tables_and_notes() -> None:
    document = composed(**ITEMS)
    (section,) = [section for section in document.sections if section.kind == "background"]
    assert [(type(block).__name__, getattr(block, "level", None)) for block in section.blocks] == [
        ("Paragraph", None), ("Heading", 2), ("Table", None), ("Heading", 3), ("ItemList", 1), ("FootnoteList", None),
    ]  # fmt: skip
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.caption is None and [column.align for column in table.columns] == [
        Align.START,
        Align.END,
        Align.CENTRE,
    ]
    assert sum(column.share for column in table.columns) == pytest.approx(1)
    said = [
        [
            " ".join(inline_text(block.children) for block in cell.blocks if isinstance(block, Paragraph))
            for cell in row.cells
        ]
        for row in table.rows
    ]
    assert said == [["Sluice [1]", "5", ""], ["Bank", "7", "x | y"]]
    assert len(list(identifiers(document))) == len(set(identifiers(document)))


def test_notes_are_lettered_through_the_brief_and_stand_behind_their_section() -> None:
    document = composed(**{**ITEMS, "summary": "So[^x].\n\n[^x]: First."}, key_points=["Point[^y].\n\n[^y]: Second."])
    lists = [node for node in walk(document) if isinstance(node, FootnoteList)]
    assert [[note.mark for note in each.footnotes] for each in lists] == [["a"], ["b"], ["c", "d"]]
    mentions = [node for node in walk(document) if isinstance(node, FootnoteReference)]
    assert [(node.mark, node.children) for node in mentions] == [(mark, ()) for mark in "abcd"]
    assert [note.anchor for each in lists for note in each.footnotes] == [node.anchor for node in mentions]
    marks = [piece.text for piece in reading(document) if piece.kind is PieceKind.FOOTNOTE_MARK]
    assert marks == ["a", "b", "c", "d"] and "Without upkeep, see NASA." in text(document)


@pytest.mark.parametrize(("number", "mark"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (53, "aaa")])
def test_letters_go_on_as_word_processors_letter_them(number: int, mark: str) -> None:
    assert letter(number) == mark


@pytest.mark.parametrize(
    ("name", "words", "target"),
    [
        ("nasa", "NASA", "position-nasa"),
        ("who", "question 1", "question-who"),
        ("question-when", "question 2", "question-when"),
        ("ask", "step 1", "next_step-ask"),
        ("storm", "“The storm.”", "figure.timeline"),
        ("q2", "Quote 1", "quote-q2"),
        ("cost", "Figure 2", "figure-cost"),
        ("law", "section “The law”", "section-law"),
        ("timeline", "section “Timeline”", "section-timeline"),
        ("gazette", "source 1", "source-gazette"),
        ("paper", "“A report”", "source-paper"),
    ],
)
def test_a_reference_is_worded_and_leads_to_its_item(name: str, words: str, target: str) -> None:
    document = composed(**ITEMS, summary=f"See [#{name}].")
    found = [node for node in walk(document.sections[0]) if isinstance(node, CrossReference)]
    assert [(node.text, node.target) for node in found] == [(words, target)]
    assert target in set(identifiers(document))


def test_only_a_quote_that_is_referred_to_is_numbered() -> None:
    document = composed(**ITEMS, summary="See [#q2].")
    assert [node.label for node in walk(document) if isinstance(node, Quotation)] == ["", "Quote 1"]
    assert all(piece.text for piece in reading(document))


def problems(**values: Any) -> list[tuple[str, str, int | None]]:
    brief = Brief.model_validate({"title": "A", "date": "2026-03-14", "sources": SOURCES, **values})
    return [(each.code, each.data_path, each.offset) for each in check_references(identified(brief))]


def test_references_that_lead_nowhere_or_to_two_items_are_faults() -> None:
    questions = [{"id": "dam", "question": "Who?"}]
    sections = [{"id": "dam", "title": "The dam", "body": "x"}]
    assert problems(summary="a [#no]") == [("unknown-id", "summary", 2)]
    assert problems(summary="a [#dam]", open_questions=questions, sections=sections) == [("bad-value", "summary", 2)]
    assert problems(summary="a [#section-dam]", open_questions=questions, sections=sections) == []
    assert problems(summary="a [#timeline]") == [("unknown-id", "summary", 2)]


def test_a_source_named_without_brackets_is_a_fault() -> None:
    assert problems(summary="As @gazette says, and @someone.") == [("bad-value", "summary", 3)]


def test_tables_and_sub_headings_stand_in_bodies_only() -> None:
    markup = "x\n\n## y\n\n| a |\n|---|\n| b |"
    assert problems(background=markup, sections=[{"title": "T", "body": markup}]) == []
    assert problems(summary=markup) == [("bad-value", "summary", 3), ("bad-value", "summary", 9)]
    assert problems(key_points=[markup]) == [("bad-value", "key_points[0]", 3), ("bad-value", "key_points[0]", 9)]


@pytest.mark.parametrize(
    "line",
    ["After the *vote*", "x [@a]", "**x**", "See [#a]", "a[^b]", "&amp;", "<b>x</b>", "# x", "[a](https://x.org)"],
)
def test_markup_in_one_line_is_a_fault(line: str) -> None:
    with pytest.raises(ValidationError, match="looks like markup"):
        Brief.model_validate({"title": line, "date": "2026-03-14", "summary": "x"})


@pytest.mark.parametrize(
    "line", ["5*3*2", "R&D & a < b", "#4 of the agenda", "snake_case", "C* [sic] […]", "https://x.org/_a_", "a@b.org"]
)
def test_a_line_may_hold_signs(line: str) -> None:
    assert Brief.model_validate({"title": line, "date": "2026-03-14", "summary": "x"}).title == line


def test_a_list_in_a_line_keeps_its_marks() -> None:
    document = composed(quotes=[{"text": "No.", "speaker": "Ann", "note": "Two:\n\n- one\n- two"}])
    assert "Note: Two:\n• one\n• two" in text(document)


def test_headings_of_the_tree_have_levels() -> None:
    levels = [node.level for node in walk(composed(**ITEMS)) if isinstance(node, Heading)]
    assert set(levels) == {1, 2, 3}
