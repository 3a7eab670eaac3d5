"""What two sequences have in common: all of both is told, what stayed is the same, and long ones take no longer than they must."""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing import sequence_edits
from briefing.sequence_edits import edits, likeness

LETTERS = st.lists(st.sampled_from("abcde"), max_size=30)


@given(old=LETTERS, new=LETTERS, few=st.sampled_from([0, 250_000]))
def test_the_parts_are_all_of_both_in_turns(old: list[str], new: list[str], few: int) -> None:
    kept, sequence_edits._FEW = sequence_edits._FEW, few  # type: ignore[misc]
    try:
        found = edits(old, new)
    finally:
        sequence_edits._FEW = kept  # type: ignore[misc]
    assert [each for part in found for each in old[part.low : part.high]] == old
    assert [each for part in found for each in new[part.left : part.right]] == new
    assert all(old[part.low : part.high] == new[part.left : part.right] for part in found if part.stayed)
    assert all(one.stayed != other.stayed for one, other in pairwise(found))


def test_likeness() -> None:
    assert likeness("abcd", "abcd") == 1
    assert likeness("abcd", "abxy") == 0.5
    assert likeness("abcd", "abxy", 0.6) == likeness("abcd", "wxyz") == 0


def test_a_text_as_long_as_may_be_is_aligned_in_few_calls() -> None:
    """12,000 words of which one in ten changed; the standard library's way does not end in minutes."""
    words = [f"w{number}" for number in range(500)]
    old = random.Random(1).choices(words, k=12_000)
    new = [word if place % 10 else "new" for place, word in enumerate(old)]
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        found = edits(old, new)
    finally:
        sys.setprofile(before)
    assert sum(part.high - part.low for part in found if part.stayed) > 10_500
    assert count < 200_000
