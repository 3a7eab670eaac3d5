"""Whom 'he', 'she', 'it', 'they' and 'the agency' are taken to mean; always as a guess, whatever it rests on."""

from __future__ import annotations

import pytest

from briefing.quotes.finding.referents import Basis
from tests.quotes.finding.said import found

GUESSES = [
    ("Anna Bell came. “It holds,” she said.", "Anna Bell", Basis.PRONOUN),
    ("Anna Bell came. She said: “It holds.”", "Anna Bell", Basis.PRONOUN),
    ("Anna Bell came.\n\n“It holds,” she said.", "Anna Bell", Basis.PRONOUN),
    ("Anna Bell met Tom Reed. “It holds,” she said.", "Anna Bell", Basis.PRONOUN),
    ("Ms Bell met Mr Reed. “It holds,” he said.", "Reed", Basis.PRONOUN),
    ("Anna Bell came. She sat down. She waited. “It holds,” she said.", "Anna Bell", Basis.PRONOUN),
    (
        "This was confirmed by the minister, Anna Bell, after talks with President Tom Reed. “It holds,” she said.",
        "Anna Bell",
        Basis.PRONOUN,
    ),
    ("“It holds,” said Anna Bell. “It does.”", "Anna Bell", Basis.CONTEXT),
    ("Anna Bell was calm. “It holds.”", "Anna Bell", Basis.CONTEXT),
    ("Anna Bell was calm: “It holds.”", "Anna Bell", Basis.CONTEXT),
    ("“It holds,” said Anna Bell.\n\n“It does.”", "Anna Bell", Basis.CONTEXT),
    ("NASA issued a statement. It said it “strongly rebukes” the crew.", "NASA", Basis.PRONOUN),
    ("NASA saw pictures released by Roscosmos. They said it was “a day of joy for all of us”.", "NASA", Basis.PRONOUN),
    (
        "NASA spoke.\n\nThis answered pictures released by Roscosmos of flags of the Luhansk Republic.\n\nThey said it was “a day of joy”.",
        "Roscosmos",
        Basis.PRONOUN,
    ),
    ("The divers came up. They said it was “a day of joy for all of us”.", "the divers", Basis.PRONOUN),
    ("The Southern Space Agency met. “It holds,” the agency said.", "Southern Space Agency", Basis.DESCRIPTION),
    ("Judge Anna Bell came. “It holds,” the judge said.", "Anna Bell", Basis.DESCRIPTION),
    ("The Harbour Board met. In a letter it said the wall was “a heap of sand”.", "Harbour Board", Basis.PRONOUN),
]


@pytest.mark.parametrize(("text", "speaker", "basis"), GUESSES)
def test_what_points_back_is_resolved_as_a_guess(text: str, speaker: str, basis: Basis) -> None:
    quotation = found(text)[-1]
    assert (quotation.speaker, quotation.basis, quotation.guess) == (speaker, basis, True)
    assert quotation.reason


NOBODY = [
    "“It holds,” she said.",
    "The sky was grey. “It holds well enough for now.”",
    "“It holds,” I said.",
    "The Harbour Board met. “It holds,” she said.",
    "Mr Reed came. “It holds,” she said.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_guessed_where_nobody_fits(text: str) -> None:
    (quotation,) = found(text)
    assert (quotation.speaker, quotation.basis, quotation.guess) == (None, Basis.UNKNOWN, True)
    assert quotation.reason


def test_a_speaker_far_above_is_not_taken_for_words_without_any() -> None:
    between = "\n\n".join(["The sky was grey."] * 6)
    (_, quotation) = found(f"“It holds,” said Anna Bell.\n\n{between}\n\n“It does not hold at all.”")
    assert quotation.speaker is None
