"""Likelihood, confidence and reading level: what is found, and where."""

from __future__ import annotations

import pytest

from briefing.rules.language import reading_grade, scale_of, words_of_confidence, words_of_likelihood
from briefing.schema import LikelihoodScale
from briefing.text.sentences import Sentence
from tests.rules.subjects import report


def off_scale(text: str, scale: str) -> list[str]:
    found = report({"summary": text}, settings={"likelihood_scale": scale}).problems
    return [problem.message.split("'")[1] for problem in found if problem.code == "likelihood-off-scale"]


@pytest.mark.parametrize("scale", list(LikelihoodScale))
def test_every_word_of_a_scale_is_on_it(scale: LikelihoodScale) -> None:
    for band in scale_of(scale).bands:
        for word in (*band.words, *band.also):
            assert off_scale(f"We think this {word}.", scale.value) == []
            assert words_of_likelihood().findall(f"A {word} b") == [word]


def test_the_scales_are_those_of_their_houses() -> None:
    assert [len(scale_of(scale).bands) for scale in LikelihoodScale] == [7, 7]
    assert scale_of(LikelihoodScale.ICD_203).bands[3].chance == "45–55 %"
    assert scale_of(LikelihoodScale.PHIA).bands[3].words == ("realistic possibility",)


@pytest.mark.parametrize(
    ("text", "phia", "icd"),
    [
        ("It is very likely.", ["very likely"], []),
        ("It is highly likely.", [], ["highly likely"]),
        ("It is highly  unlikely.", [], ["highly unlikely"]),
        ("There is a roughly even chance.", ["roughly even chance"], []),
        ("There is an even chance.", ["even chance"], ["even chance"]),
        ("A remote village has a remote chance.", ["remote"], []),
        ("It may well be so. It may leave the room.", ["may well"], ["may well"]),
        ("It is **very** likely.", ["very likely"], []),
        ("The like is not unlikeliest.", [], []),
    ],
)
def test_only_words_of_the_chosen_scale_pass(text: str, phia: list[str], icd: list[str]) -> None:
    assert off_scale(text, "icd-203") == icd
    assert off_scale(text, "phia") == phia


def test_the_place_is_that_of_the_word() -> None:
    text = "It is likely [@a]. It is *very* likely to rain; then, very likely, not."
    found = report({"summary": text, "sources": [{"id": "a", "title": "A", "published": "2026"}]}).problems
    assert [(text[problem.offset :][:12], "1 more: summary" in problem.message) for problem in found] == [
        ("very* likely", True)
    ]


@pytest.mark.parametrize(
    ("text", "is_the_writers"),
    [
        ("with low confidence", True),
        ("we are confident that", True),
        ("our confidence in this is moderate", True),
        ("a vote of no confidence", False),
        ("consumer confidence fell", False),
        ("he lost the confidence of the house", False),
        ("confidence-building measures", False),
    ],
)
def test_confidence_is_the_writers_own(text: str, is_the_writers: bool) -> None:
    assert bool(words_of_confidence().search(text)) is is_the_writers


def test_the_reading_grade_is_the_automated_readability_index() -> None:
    ten_words_of_five_letters = Sentence(" ".join(["abcde"] * 10) + ".", 0)
    assert reading_grade([ten_words_of_five_letters] * 10) == pytest.approx(4.71 * 5 + 0.5 * 10 - 21.43)
    assert reading_grade([ten_words_of_five_letters] * 9) is None
