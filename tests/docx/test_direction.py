"""Text is cut where its direction changes, and nothing of it is lost."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.docx.elements import mostly_right_to_left, runs_of_one_direction

TEXTS = st.text(st.sampled_from("abΩд1 2.,()[]–“”אבعربي٣\u200f"), max_size=24)


@given(TEXTS, st.booleans())
def test_the_pieces_are_the_text(text: str, right_to_left: bool) -> None:
    assert "".join(piece for piece, _ in runs_of_one_direction(text, right_to_left)) == text


@given(TEXTS, st.booleans())
def test_letters_of_a_piece_run_one_way(text: str, right_to_left: bool) -> None:
    for piece, way in runs_of_one_direction(text, right_to_left):
        kinds = {unicodedata.bidirectional(character) for character in piece}
        assert kinds.isdisjoint({"L"} if way else {"R", "AL"}), (piece, way)


@given(TEXTS, st.booleans())
def test_neighbours_differ(text: str, right_to_left: bool) -> None:
    ways = [way for _, way in runs_of_one_direction(text, right_to_left)]
    assert all(before != after for before, after in pairwise(ways))


@pytest.mark.parametrize(
    ("text", "otherwise", "expected"),
    [
        ("", True, True),
        ("2024 (3)", True, True),
        ("2024 (3)", False, False),
        ("NASA قالت إن", False, True),
        ("Said by عمر", False, False),
        ("Said by عمر", True, False),
    ],
)
def test_a_paragraph_runs_as_most_of_its_letters_do(text: str, otherwise: bool, expected: bool) -> None:
    assert mostly_right_to_left(text, otherwise) is expected
