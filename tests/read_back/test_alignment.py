"""What is said of a text that departs from the tree: which node, what was expected, what is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.document.reading import PieceKind
from briefing.formats.agreement.alignment import Found, align
from briefing.formats.agreement.expected import expect
from briefing.formats.agreement.findings import text_findings
from tests.document.sample import sample

EXPECTED = expect(sample(), frozenset(PieceKind))
WHOLE = " ".join(span.piece.text for span in EXPECTED.spans)
SECTION = "What was said"
NEXT_SECTION = "Who stands where"


def said(text: str) -> list[str]:
    found = Found.of(text)
    alignment = align(EXPECTED, found)
    return [str(problem) for problem in text_findings("PDF", EXPECTED, found, alignment, lambda place: "page 1")]


def cut(start: str, end: str) -> tuple[str, str, str]:
    """The whole text before, from `start` to `end`, and after."""
    first, last = WHOLE.index(start), WHOLE.index(end)
    return WHOLE[:first], WHOLE[first:last], WHOLE[last:]


def test_equal_texts_have_no_differences() -> None:
    assert said(WHOLE) == []


@pytest.mark.parametrize("white", ["", "\n", " \u00a0 ", "\u00ad", "\u200b"])
def test_white_space_says_nothing(white: str) -> None:
    assert said(WHOLE.replace(" ", white)) == []


DEPARTURES: dict[str, tuple[Callable[[], str], str]] = {
    "changed": (
        lambda: WHOLE.replace("March 2022", "March 2023"),
        "error: PDF, page 1: event-start-date-text: the text should read “March 2022” but reads “March 2023” [disagreement]",
    ),
    "left out": (
        lambda: WHOLE.replace("Context: asked in parliament.", ""),
        "error: PDF, page 1: quote-late-context: the text “Context: asked in parliament.” is missing [disagreement]",
    ),
    "put in": (
        lambda: WHOLE.replace("Positions", "Positions (draft)"),
        "error: PDF, page 1: stakeholders-table-caption: after the text “Table 2: Positions” stands “(draft)”, "
        "which the brief does not say [disagreement]",
    ),
    "doubled": (
        lambda: WHOLE.replace("Wants it stopped (Quote 1).", "Wants it stopped (Quote 1). Wants it stopped (Quote 1)."),
        "error: PDF, page 1: position-omega-position-text: after the text “Wants it stopped (Quote 1).” stands "
        "“Wants it stopped (Quote 1).”, which the brief does not say; it repeats position-omega-position-text [disagreement]",
    ),
    "in capitals": (
        lambda: WHOLE.replace("What was said", "WHAT WAS SAID"),
        "error: PDF, page 1: section-quotes-heading: the text should read “What was said” but reads “WHAT WAS SAID”; "
        "the theme changes capitals (text-transform); let the brief decide them [disagreement]",
    ),
    "another number": (
        lambda: WHOLE.replace(" 3. Third", " 2. Third"),
        "key_points[1]: error: PDF, page 1: key-point-2-list-1: the list marker should read “3.” but reads “2.” [disagreement]",
    ),
}


@pytest.mark.parametrize("case", DEPARTURES.values(), ids=DEPARTURES)
def test_a_departure_is_named_once(case: tuple[Callable[[], str], str]) -> None:
    make, problem = case
    assert said(make()) == [problem]


def test_a_section_in_another_place_is_one_departure() -> None:
    before, moved, after = cut(SECTION, NEXT_SECTION)
    assert said(moved + before + after) == [
        "error: PDF, page 1: section-quotes-heading: the text “What was said”, with 6 more pieces of text after it, "
        "stands in another place than in the brief [disagreement]"
    ]


def test_nothing_at_all_is_every_piece_missing() -> None:
    problems = said("")
    assert len(problems) == len(EXPECTED.spans) and all("is missing" in problem for problem in problems)


def test_all_departures_are_named() -> None:
    problems = said(WHOLE.replace("2022", "2021").replace("parliament", "court").replace("Gazette", "Journal"))
    assert {
        node
        for problem in problems
        for node in ("event-start-date-text", "quote-late-context", "source-gazette")
        if node in problem
    } == {
        "event-start-date-text",
        "quote-late-context",
        "source-gazette",
    }
