"""Labels, dates and numbers in the brief's language."""

from __future__ import annotations

import string

import pytest

from briefing.compose.wording import Wording, _labels, labelled_languages
from briefing.schema import PartialDate, Period


@pytest.mark.parametrize("language", labelled_languages())
def test_every_language_has_every_label_with_the_same_fields(language: str) -> None:
    english, labels = _labels("en"), _labels(language)
    assert english is not None and labels is not None
    assert labels.keys() == english.keys()
    for key, text in labels.items():
        assert {field for _, field, _, _ in string.Formatter().parse(text) if field} == {
            field for _, field, _, _ in string.Formatter().parse(english[key]) if field
        }, key


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("en-GB", "2022-07-26", "26 July 2022"),
        ("en-US", "2022-07-26", "July 26, 2022"),
        ("en-GB", "2022-07", "July 2022"),
        ("fr", "2022-07-26", "26 juillet 2022"),
        ("de", "2022-07-26", "26. Juli 2022"),
        ("el", "2022", "2022"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(language: str, date: str, words: str) -> None:
    assert Wording.of(language).date(PartialDate.parse(date)) == words


def test_an_unknown_language_falls_back_and_says_so() -> None:
    wording = Wording.of("qaa")
    assert not wording.own and wording("summary") == "Bottom line"


def test_a_period_of_months_is_not_given_days() -> None:
    period = Period.model_validate({"start": "2022-07", "end": "2022-08"})
    assert Wording.of("en-GB").period(period) == "July 2022 – August 2022"
