"""The measured quality does not fall, and what is printed of it is what the program does today."""

from __future__ import annotations

import pytest

from benchmarks.quote_extraction import measure
from briefing.quotes.read_any import saved_text_of

# In hundredths, at what was reached, less about one quotation: whatever costs more is looked at. A wrong speaker is never allowed.
FLOORS = {
    "tuning": {"spans precision": 99, "spans recall": 99, "speakers precision": 100, "speakers recall": 92},
    "first_round": {"spans precision": 98, "spans recall": 98, "speakers precision": 100, "speakers recall": 91},
    "second_round": {"spans precision": 98, "spans recall": 95, "speakers precision": 100, "speakers recall": 84},
    "held_out": {"spans precision": 98, "spans recall": 98, "speakers precision": 100, "speakers recall": 87},
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
    text = "Anna Bell said it “holds well”.\n\n“It does,” said Tom Reed."
    right = measure.Answer("holds well", 1, "Anna Bell", "named"), measure.Answer("It does,", 2, "Tom Reed", "named")
    wrong = measure.Answer("holds well", 1, "Tom Reed", "named"), measure.Answer("It does", 2, "Tom Reed", "named")
    good = measure.score(measure.Article("good", "", text, right, frozenset())).ratios
    bad = measure.score(measure.Article("bad", "", text, wrong, frozenset())).ratios
    assert {column: ratio.value for column, ratio in good.items()} == dict.fromkeys(measure.COLUMNS, 1.0)
    assert bad["spans precision"].value == bad["spans recall"].value == 0.5
    assert bad["speakers precision"].value == bad["speakers recall"].value == 0.0
    assert bad["speakers given"].value == 0.5


def test_there_are_articles_of_many_kinds_and_some_that_were_never_tuned_on() -> None:
    groups = {group: measure.articles_of(group) for group in measure.SETS}
    assert len(groups["held_out"]) >= 5
    assert sum(map(len, groups.values())) >= 14
    assert len({article.style for articles in groups.values() for article in articles}) >= 14


def test_the_documentation_has_the_figures_of_the_articles_that_were_not_tuned_on(
    totals: dict[str, measure.Score],
) -> None:
    page = " ".join((measure.HERE.parents[1] / "docs" / "quotes.md").read_text(encoding="utf-8").split())
    told = totals["held_out"].ratios
    for column in ("spans recall", "speakers precision"):
        assert f"({told[column].part} of {told[column].whole})" in page
    recall, given = (f"{100 * told[column].value:.0f} %" for column in ("speakers recall", "speakers given"))
    assert f"names the speaker, {recall} got one; of all quotations, {given}: the others say `TBC`" in page
