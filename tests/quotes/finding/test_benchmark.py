"""The measured quality does not fall, and what is printed of it is what the program does today."""

from __future__ import annotations

import pytest

from benchmarks.quote_extraction import measure
from briefing.quotes.read_any import saved_text_of

# In hundredths, at what was reached, less about one quotation: whatever costs more is looked at.
FLOORS = {
    "tuning": {
        "spans precision": 99,
        "spans recall": 99,
        "stated precision": 98,
        "guessed precision": 96,
        "speakers recall": 97,
    },
    "first_round": {
        "spans precision": 98,
        "spans recall": 98,
        "stated precision": 97,
        "guessed precision": 95,
        "speakers recall": 97,
    },
    "second_round": {
        "spans precision": 98,
        "spans recall": 95,
        "stated precision": 97,
        "guessed precision": 93,
        "speakers recall": 95,
    },
    "held_out": {
        "spans precision": 98,
        "spans recall": 98,
        "stated precision": 96,
        "guessed precision": 57,
        "speakers recall": 77,
    },
}


@pytest.fixture(scope="module")
def totals() -> dict[str, measure.Score]:
    return {group: measure.total([measure.score(one) for one in measure.articles_of(group)]) for group in measure.SETS}


@pytest.mark.parametrize(
    ("group", "column"), [(group, column) for group, floors in FLOORS.items() for column in floors]
)
def test_the_results_do_not_fall(totals: dict[str, measure.Score], group: str, column: str) -> None:
    assert 100 * totals[group].ratios[column].value >= FLOORS[group][column]


def test_terms_and_titles_are_told_from_quotations(totals: dict[str, measure.Score]) -> None:
    told = sum((one.terms for one in totals.values()), measure.Ratio())
    assert told.whole >= 25
    assert told.value >= 0.9


def test_the_printed_results_are_those_of_today() -> None:
    assert measure.RESULTS.read_text(encoding="utf-8") == measure.report(), (
        "run `python benchmarks/quote_extraction/measure.py --write` and look at what changed"
    )


@pytest.mark.parametrize(
    "article", [one for group in measure.SETS for one in measure.articles_of(group)], ids=lambda one: one.name
)
def test_the_answers_stand_in_their_article(article: measure.Article) -> None:
    saved = saved_text_of(article.text.encode(), ".txt")
    paragraphs = {paragraph.number: paragraph.text for paragraph in saved.paragraphs}
    for number, text in [*(answer.key for answer in article.answers), *article.terms]:
        for offset, part in enumerate(text.split("\n\n")):
            assert part in paragraphs[number + offset]


def test_a_wrong_answer_costs_points() -> None:
    text = "Anna Bell said it “holds well”.\n\n“It does,” she said."
    right = measure.Answer("holds well", 1, "Anna Bell", "named"), measure.Answer("It does,", 2, "Anna Bell", "pronoun")
    wrong = measure.Answer("holds well", 1, "Tom Reed", "named"), measure.Answer("It does", 2, "Anna Bell", "pronoun")
    good = measure.score(measure.Article("good", "", text, right, frozenset())).ratios
    bad = measure.score(measure.Article("bad", "", text, wrong, frozenset())).ratios
    assert {column: ratio.value for column, ratio in good.items()} == dict.fromkeys(measure.COLUMNS, 1.0)
    assert bad["spans precision"].value == bad["spans recall"].value == 0.5
    assert bad["stated precision"].value == bad["stated recall"].value == bad["speakers recall"].value == 0.0


def test_there_are_articles_of_many_kinds_and_some_that_were_never_tuned_on() -> None:
    groups = {group: measure.articles_of(group) for group in measure.SETS}
    assert len(groups["held_out"]) >= 5
    assert sum(map(len, groups.values())) >= 14
    assert len({article.style for articles in groups.values() for article in articles}) >= 14
