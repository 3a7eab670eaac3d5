"""The one mark that closes a quotation."""

from __future__ import annotations

import pytest

from tests.quotes.asking import doubts, status

MAY_END = [
    ("We will go.", "“We will go,” she said."),
    ("We will go", "“We will go,” she said."),
    ("We will go,", "“We will go,” she said."),
    ("We will go", "“We will go.”"),
    ("We will go.", "She said: “We will go”."),
    ("We will go.", "'We will go,' she said."),
    ("We will go.", "‘We will go,’ she said."),
    ("Wir gehen.", "„Wir gehen“, sagte sie."),
    ("Nous irons.", "« Nous irons », dit-elle."),
    ("Wir gehen.", "»Wir gehen«, sagte sie."),
    ("strongly rebukes.", "NASA said it “strongly rebukes” Russia."),
    ("it was ‘madness’.", "“In all it was ‘madness’,” she said."),
    ("it was ‘madness.’", "“In all it was ‘madness’,” she said."),
    ("it was ‘madness’", "“In all it was ‘madness.’”"),
    ("it was ‘madness’.", "She wrote that it was ‘madness.’"),
    ("Will we go?", "“Will we go?” she asked."),
    ("We will go!", "“We will go!” she cried."),
    ("the war", "“Who began the war?” she asked."),
]
MAY_NOT_END = [
    ("We will go.", "We will go, but not now."),
    ("We will go.", "“We will go, but not now,” she said."),
    ("We will go.", "We will go because we must."),
    ("We will go.", "We will go; they will not."),
    ("We will go.", "“We will go?” she asked."),
    ("We will go", "“We will go?” she asked."),
    ("We will go", "“We will go!” she cried."),
    ("We will go?", "“We will go,” she said."),
    ("We will go!", "“We will go.”"),
    ("We will go;", "“We will go,” she said."),
    ("the ministers.", "It is the ministers' plan."),
    ("of the ministers.", "It is the plan of the ministers’ friends."),
    ("it was ‘madness’.", "She wrote that it was ‘madness’ again."),
    ("We will go.", "»Wait« We will go »now«"),
]


@pytest.mark.parametrize(("quote", "source"), MAY_END)
def test_the_closing_mark_may_differ(quote: str, source: str) -> None:
    assert status(quote, source) == "verbatim"


@pytest.mark.parametrize(("quote", "source"), MAY_NOT_END)
def test_the_words_must_end_where_the_quote_says_so(quote: str, source: str) -> None:
    assert status(quote, source) == "altered"


def test_an_ending_in_the_middle_of_a_sentence_is_doubted() -> None:
    assert doubts("We will pay.", "“We will pay,” she said, “if the law passes.”") == ["sentence-goes-on"]
    assert doubts("We will pay.", "“We will pay,” she said. “If the law passes, we pay more.”") == []
    assert doubts("We will pay.", "“We will pay,” she said.") == []


def test_a_part_of_a_question_is_doubted() -> None:
    assert doubts("the war", "“Who began the war?” she asked.") == ["question-cut-off"]


def test_a_clause_that_interrupts_the_words_must_be_marked() -> None:
    source = "“I will,” he said, “go home today.”"
    assert status("I will […] go home today.", source) == "verbatim with marked changes"
    assert status("I will go home today.", source) == "altered"
    assert doubts("I will go home today.", source) == ["interrupted"]
