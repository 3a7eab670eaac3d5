"""Brief to Document: order, numbers, words."""

from __future__ import annotations

from typing import Any

import pytest

import briefing
from briefing.compose import resolve
from briefing.document.inlines import CrossReference, Mark, NoteReference
from briefing.document.reading import inline_text, reading
from briefing.document.tree import Caption, Document, Figure, NoteList, Quotation, Table
from briefing.document.walk import identifiers, walk
from briefing.schema import Brief
from briefing.schema.references import identified
from tests.running import EXAMPLE_BRIEFS, EXAMPLES

SOURCES = [
    {"id": "gazette", "title": "Gazette", "publisher": "State Printer", "published": "2026-03-01", "kind": "primary"},
    {
        "id": "paper",
        "title": "A report",
        "publisher": "The Paper",
        "kind": "secondary",
        "url": "https://example.org/r",
        "accessed": "2026-03-02",
    },
    {"id": "rumour", "title": "What was heard", "kind": "hearsay", "via": "paper"},
]


def composed(**values: Any) -> Document:
    brief = Brief.model_validate(
        {"title": "A brief", "date": "2026-03-14", "summary": "It is so.", "sources": SOURCES, **values}
    )
    return resolve(identified(brief), {})


def text(document: Document) -> str:
    """What the document says, a piece a line; spaces at which no line may end are shown as others."""
    return "\n".join(piece.text for piece in reading(document)).replace("\u00a0", " ")


def notes(document: Document) -> dict[str, tuple[int, str]]:
    return {
        note.id: (note.number, inline_text(note.children))
        for node in walk(document.sections)
        if isinstance(node, NoteList)
        for note in node.notes
    }


def test_sections_stand_in_order_with_the_offices_own_where_they_belong() -> None:
    document = composed(
        key_points=["One."],
        background="It began.",
        timeline=[{"date": "2026", "event": "It began."}],
        quotes=[{"text": "Words", "speaker": "Ann"}],
        stakeholders=[{"name": "Office"}],
        open_questions=[{"question": "Why?"}],
        sections=[
            {"id": "last", "title": "Last", "body": "x"},
            {"id": "costs", "title": "Costs", "body": "x", "after": "background"},
            {"id": "more-costs", "title": "More costs", "body": "x", "after": "costs"},
            {"id": "law", "title": "Law", "body": "x", "after": "background"},
        ],
        figures=[{"caption": "Rain", "chart": {"values": [{"label": "May", "value": "3"}]}}],
    )
    assert [section.id.removeprefix("section-") for section in document.sections] == [
        "summary", "key_points", "background", "costs", "more-costs", "law", "timeline", "quotes", "stakeholders", "open_questions",
        "last", "figures", "consulted",
    ]  # fmt: skip


def test_a_section_may_follow_one_that_is_not_there() -> None:
    document = composed(sections=[{"id": "law", "title": "Law", "body": "x", "after": "timeline"}])
    assert [section.id for section in document.sections][:2] == ["section-summary", "section-law"]


def test_citations_are_numbered_by_source_where_first_read() -> None:
    document = composed(
        summary="First [@paper, p. 3], then [@gazette; @paper, p. 9].", key_points=["Again [@gazette, § 2]."]
    )
    references = [node for node in walk(document.sections) if isinstance(node, NoteReference)]
    assert [(node.number, node.first) for node in references] == [(1, True), (2, True), (1, False), (2, False)]
    assert len({node.anchor for node in references}) == 4
    assert "First [1, p. 3], then [2; 1, p. 9]." in text(document) and "Again [2, § 2]." in text(document)
    assert {name: number for name, (number, _) in notes(document).items()} == {"source-paper": 1, "source-gazette": 2}


def test_a_source_is_told_whole_and_hearsay_by_who_reports_it() -> None:
    first = notes(composed(summary="So [@rumour] [@gazette]."))
    assert first["source-gazette"][1] == "“Gazette”, State Printer, 1\u00a0March 2026."
    assert (
        first["source-rumour"][1]
        == "“What was heard”, undated. Hearsay, as reported by “A report”, The Paper, undated."
    )
    both = notes(composed(summary="So [@paper] [@rumour]."))
    assert (
        both["source-paper"][1]
        == "“A report”, The Paper, undated. Secondary source. https://example.org/r (accessed 2\u00a0March 2026)."
    )
    assert both["source-rumour"][1].endswith("as reported by source 1.")


def test_sources_that_nothing_cites_are_listed_apart() -> None:
    document = composed(summary="So [@gazette].")
    consulted = next(section for section in document.sections if section.kind == "consulted")
    assert [item.id for item in consulted.blocks[0].items] == ["source-paper", "source-rumour"]  # type: ignore[union-attr]


def test_quotes_have_marks_numbers_and_full_attribution() -> None:
    document = composed(
        quotes=[
            {"id": "a", "text": "We [the office] go […]\n\nwe stay", "speaker": "Ann", "role": "Minister", "organisation": "Office",
             "date": "2026-03", "source": "gazette", "locator": "p. 4", "context": "In parliament.", "translated_by": "B. C.", "note": "Careful."},
            {"id": "b", "text": "Heard", "speaker": "NASA", "organisation": "NASA", "source": "rumour"},
        ],
        stakeholders=[{"name": "Office", "quotes": ["a", "b"]}],
    )  # fmt: skip
    first, second = (node for node in walk(document.sections) if isinstance(node, Quotation))
    assert [inline_text(paragraph.children) for paragraph in first.words] == ["“We [the office] go […]", "“we stay”"]
    assert inline_text(first.attribution.children) == "Ann, Minister, Office, March 2026\u00a0[1, p.\u00a04]"
    assert [inline_text(paragraph.children) for paragraph in first.details] == [
        "Context: In parliament.",
        "Note: Careful.",
        "Translated by B.\u00a0C.",
    ]
    assert inline_text(second.attribution.children) == "NASA, as reported by The Paper\u00a0[2]"
    mentions = [
        (node.target, node.text)
        for node in walk(document.sections)
        if isinstance(node, CrossReference) and node.target[:6] == "quote-"
    ]
    assert mentions == [("quote-a", "Quote 1"), ("quote-b", "Quote 2")]


@pytest.mark.parametrize(
    ("language", "opened", "closed"), [("en-GB", "“", "”"), ("de", "„", "“"), ("fr", "«\u00a0", "\u00a0»")]
)
def test_quotation_marks_are_the_languages(language: str, opened: str, closed: str) -> None:
    document = composed(language=language, quotes=[{"text": "Ja", "speaker": "A"}])
    (quotation,) = (node for node in walk(document.sections) if isinstance(node, Quotation))
    assert inline_text(quotation.words[0].children) == f"{opened}Ja{closed}"


def test_tables_figures_and_quotes_are_numbered_in_reading_order() -> None:
    document = composed(
        timeline=[{"date": "2026", "event": "x " * 200}],
        stakeholders=[{"name": "A"}],
        figures=[
            {
                "id": "f",
                "caption": "C",
                "after": "summary",
                "chart": {"kind": "line", "values": [{"label": "a", "value": "1"}], "show_values": "table"},
            }
        ],
    )
    labels = [node.label for node in walk(document.sections) if isinstance(node, Caption)]
    assert labels == ["Figure 1", "Table 1", "Figure 2", "Table 2", "Table 3"]
    assert "The values drawn in Figure 1" in text(document)


def test_events_stand_by_date_whatever_the_order_of_the_file() -> None:
    document = composed(
        timeline=[
            {"date": "2026-03-02", "event": "second"},
            {"date": "2025", "event": "first"},
            {"date": "2026-03", "event": "month"},
        ]
    )
    (figure,) = (node for node in walk(document.sections) if isinstance(node, Figure))
    assert figure.data is not None
    assert [row.origin for row in figure.data.rows] == ["timeline[1]", "timeline[2]", "timeline[0]"]
    assert not [node for node in walk(document.sections) if isinstance(node, Table)]


def test_columns_that_nobody_fills_are_left_out_and_cells_are_never_empty() -> None:
    document = composed(stakeholders=[{"name": "A"}, {"name": "B", "influence": "high"}])
    (table,) = (node for node in walk(document.sections) if isinstance(node, Table))
    assert [column.key for column in table.columns] == ["name", "position", "influence"]
    assert sum(column.share for column in table.columns) == pytest.approx(1)
    assert "not stated" in text(document)


def test_stances_differ_without_colour() -> None:
    stances = [
        "strongly_opposed",
        "opposed",
        "mixed",
        "neutral",
        "undecided",
        "supportive",
        "strongly_supportive",
        "unknown",
    ]
    document = composed(proposition="Go.", stakeholders=[{"name": stance, "stance": stance} for stance in stances])
    marks = [node for node in walk(document.sections) if isinstance(node, Mark)]
    assert [mark.value for mark in marks] == stances
    assert len({mark.shape for mark in marks}) == len({mark.word for mark in marks}) == 8


def test_a_question_is_overdue_by_the_briefs_date_not_by_the_clock() -> None:
    questions = [
        {"question": "Late?", "due": "2026-03-13"},
        {"question": "Today?", "due": "2026-03-14"},
        {"question": "This month?", "due": "2026-03"},
        {"question": "Done?", "due": "2026-01", "status": "answered", "answer": "Yes.", "answered": "2026-02-01"},
    ]
    marks = [node.value for node in walk(composed(open_questions=questions).sections) if isinstance(node, Mark)]
    assert marks == ["overdue", "open", "open", "answered"]


def test_a_proposition_is_printed_even_when_nobody_stands_on_it() -> None:
    assert "Proposition: Go." in text(composed(proposition="Go."))


def test_handling_stands_at_head_and_foot() -> None:
    document = composed(handling={"marking": "TLP:AMBER", "caveat": "Not yet"})
    assert [inline_text(line.children) for line in document.header] == ["TLP:AMBER", "Not yet"]
    assert [inline_text(line.children, "2", "9") for line in document.footer] == [
        "A brief",
        "Page 2 of 9",
        "TLP:AMBER",
        "Not yet",
    ]


def test_ids_are_unique_and_do_not_depend_on_the_order() -> None:
    events = [{"date": "2026", "event": "one"}, {"date": "2027", "event": "two"}, {"date": "2027", "event": "two"}]
    document = composed(timeline=events, key_points=["Same.", "Same.", "Other."])
    ids = list(identifiers(document))
    assert len(ids) == len(set(ids))
    turned = composed(timeline=events[::-1], key_points=["Other.", "Same.", "Same."])
    assert set(ids) == set(identifiers(turned))


def test_raw_markup_is_text() -> None:
    assert "<b>{{ x }}</b> # no heading" in text(composed(summary="\\<b>{{ x }}\\</b> # no heading"))


@pytest.mark.parametrize(
    ("language", "citation"),
    [("en-GB", "[1, paras 6–8; 2, p. 3]"), ("de-AT", "[1, Abs. 6–8; 2, S. 3]"), ("fr", "[1, al. 6–8; 2, p. 3]")],
)
def test_a_locator_is_in_the_language_of_the_brief(language: str, citation: str) -> None:
    cited = "It is so [@gazette, paras 6–8; @paper, p. 3], and so [@gazette, para graph]."
    document = composed(language=language, summary=cited)
    assert f"It is so {citation}, and so [1, para graph]." in text(document)


def speaking_of_the_page(document: Document) -> int:
    """How many words of `document` tell of how it was made or how to read it, and not of its matter."""
    said = [
        *(mark.word for mark in walk(document) if isinstance(mark, Mark) and mark.kind == "verification"),
        *(piece.text for piece in reading(document) if piece.node == "quotes.checked"),
        *(
            piece.text.partition("in time.")[2].partition("Sources:")[0]
            for piece in reading(document)
            if piece.node == "figure.timeline.caption"
        ),
    ]
    return sum(len(words.split()) for words in said)


@pytest.mark.parametrize("example", EXAMPLE_BRIEFS)
def test_the_page_says_little_of_itself(example: str) -> None:
    document = briefing.compose_brief(EXAMPLES / example)
    words = sum(len(piece.text.split()) for piece in reading(document))
    assert speaking_of_the_page(document) <= 0.02 * words, (speaking_of_the_page(document), words)


def test_quotes_that_were_all_checked_are_told_of_in_one_sentence() -> None:
    document = briefing.compose_brief(EXAMPLES / "iss-withdrawal")
    said = [piece.text for piece in reading(document) if piece.node == "quotes.checked"]
    assert said == ["All seven quotes were checked word for word against the saved sources."]
    assert not [mark for mark in walk(document) if isinstance(mark, Mark) and mark.kind == "verification"]


def test_dates_that_repeat_the_brief_s_own_are_left_out() -> None:
    on, before = "2026-03-14", "2026-03-01"
    questions = [{"question": "Who?", "raised": on}, {"question": "When?", "raised": before}]
    parties = [{"name": "Ann", "stance": "mixed", "as_of": on}, {"name": "Bob", "stance": "mixed", "as_of": before}]
    said = text(composed(open_questions=questions, stakeholders=parties))
    assert said.count("Raised") == 1 and said.count("As of") == 1 and "Primary source" not in said
