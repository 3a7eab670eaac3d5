"""Which characters are compared, and what right-to-left text is held to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.agreement.characters import bare, has_right_to_left, matched, same


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("a b\u00a0c\u2009d\n", "abcd"),
        ("co\u00adop\u200b", "coop"),
        ("e\u0301", "é"),
        ("s\u0323\u0307", "ṩ"),
        ("ﬁnal", "final"),
        ("non\u2011stop", "non-stop"),
        ("\u00b5m", "μm"),
        ("✓\ufe0e", "✓"),
        ("\u202ea\u202c", "a"),
    ],
)
def test_what_is_compared(text: str, compared: str) -> None:
    assert bare(text)[0] == compared


@given(st.text())
def test_every_compared_character_comes_from_its_place(text: str) -> None:
    compared, index = bare(text)
    assert len(compared) == len(index) and index == sorted(index)
    assert all(0 <= place < len(text) for place in index)


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("הסכר מאחר [1]", "הסכרמאחר]1["),
        ("ב-NASA 2024 (ועוד)", ")ועוד(2024NASA-ב"),
        ("March 2022", "2022March"),
    ],
)
def test_an_order_that_an_engine_guessed_is_put_right(wanted: str, there: str) -> None:
    places = matched(wanted, there)
    assert places is not None and sorted(places) == list(range(len(there)))


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("הסכר 2024", "הסכר2042"),
        ("הסכר NASA", "הסכרNSAA"),
        ("הסכר מאחר", "הסכר"),
        ("הסכר", "הסכרר"),
    ],
)
def test_another_text_is_none(wanted: str, there: str) -> None:
    assert matched(wanted, there) is None


def test_each_number_keeps_its_own_place() -> None:
    assert matched("[1; 12, p. 1]", "[1;12,p.1]") == list(range(10))


def test_order_counts_where_nothing_is_read_from_right_to_left() -> None:
    assert not same("ab", "ba", any_order=False)
    assert same("ab", "ba", any_order=True) and not same("abc", "ca", any_order=True)
    assert has_right_to_left("a ש") and not has_right_to_left("aé1")
