"""Titles, nicknames and words at arm's length are listed, and said to be unlikely; words that somebody spoke are not."""

from __future__ import annotations

import pytest

from briefing.quotes.finding.extraction import Likelihood
from tests.quotes.finding.said import found

UNLIKELY = [
    "They built a so-called “smart kerb” there.",
    "The film “The Last Winter” opens on Friday.",
    "His novel, “Five Tons of Tin”, sold well.",
    "The word “frictionless” was everywhere.",
    "First came “regeneration”, then the flood.",
    "The bill, known as the “Mud Tax”, fell.",
    "We keep calling it “smart” parking.",
    "The forum “Residents' Voice” meets on Thursday.",
    "Die Zeitung „Der Bote“ erscheint täglich.",
    "Le roman « Les Quais de brume » est paru.",
    "Строительство вела компания «Мостострой».",
]
LIKELY = [
    "Bell said “no”.",
    "“No,” said Bell.",
    "Bell called it “a disgrace”.",
    "Bell described the plan as “sand”.",
    "Bell said it was “Very Important”.",
    "NASA said it “strongly rebukes” the crew.",
    "The services, “without which modern life cannot be imagined”, go on.",
    "“Shame!”",
    "Ministers were accused of “taxing the tide”.",
]


@pytest.mark.parametrize("text", UNLIKELY)
def test_what_is_no_quotation_is_flagged_with_a_reason(text: str) -> None:
    (item,) = found(text, None)
    assert item.likelihood is Likelihood.LOW
    assert item.doubt


@pytest.mark.parametrize("text", LIKELY)
def test_quotations_are_not_flagged(text: str) -> None:
    (item,) = found(text)
    assert (item.likelihood, item.doubt) == (Likelihood.LIKELY, "")


FRAGMENTS = [
    ("NASA said it “strongly rebukes” the crew.", True),
    ("Bell said: “The dam holds.”", False),
    ("“The dam holds,” said Bell.", False),
    ("“The dam holds,” said Bell, “and it will hold.”", True),
    ("Bell hoped that “God and the Harbour Board” would help.", True),
    ("Bell said “The dam holds.”", False),
]


@pytest.mark.parametrize(("text", "expected"), FRAGMENTS)
def test_parts_of_a_sentence_are_fragments(text: str, expected: bool) -> None:
    assert found(text)[-1].fragment is expected
