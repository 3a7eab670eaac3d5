"""When two names may mean the same, and where a text names somebody."""

from __future__ import annotations

import pytest

from briefing.quotes.parties import is_name, mentions, same_party, same_script, words_of

SAME = [
    ("Yuri Borisov", "Borisov"),
    ("Yuri Borisov", "Yurif Borisov"),
    ("Mr Borisov", "Yuri Borisov"),
    ("Mayor Żółkwina", "Łucja Zolkwina"),
    ("NASA", "NASA"),
    ("European Space Agency", "ESA"),
    ("the European Space Agency", "European Space Agency"),
    ("Roscosmos or its three cosmonauts", "Roscosmos"),
    ("Roscosmos under Yuri Borisov", "Borisov"),
    ("Delta Board", "Delta Board of Vestrand"),
    ("Дарина Речновска", "Кметът Дарина Речновска"),
    ("Hervé Quénouille", "Herve Quenouille"),
]
DIFFERENT = [
    ("Yuri Borisov", "Dmitry Rogozin"),
    ("Anna Smith", "John Smith"),
    ("European Space Agency", "Russian Space Agency"),
    ("Ministry for Water", "Ministry for Roads"),
    ("Agency", "European Space Agency"),
    ("NASA", "ESA"),
    ("Delta Board", "Delta Council"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_may_mean_the_same(one: str, other: str) -> None:
    assert same_party(one, other) and same_party(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_do_not(one: str, other: str) -> None:
    assert not same_party(one, other) and not same_party(other, one)


def named(text: str, name: str) -> list[str]:
    return sorted({text[start:end] for start, end in mentions(words_of(text), name)})


def test_a_text_names_somebody_in_full_or_in_short() -> None:
    assert named("Yuri Borisov came. Borisov’s car stood outside.", "Yuri Borisov") == [
        "Borisov",
        "Borisov’s",
        "Yuri Borisov",
    ]
    assert named("The young man left.", "Ann Young") == []
    assert named("The Institute said so; the ESA did not.", "European Space Agency") == ["ESA"]
    assert named("The Institute said so.", "Institute of Hydrology") == ["Institute"]
    assert named("Said Quenouille: no.", "Hervé Quénouille") == ["Quenouille"]


def test_descriptions_are_no_names_and_scripts_are_told_apart() -> None:
    assert is_name("Ada Quill") and is_name("NASA")
    assert not is_name("the Minister") and not is_name("one resident") and not is_name("villagers")
    assert same_script("Ada", "Łucja") and not same_script("Darina", "Дарина")
