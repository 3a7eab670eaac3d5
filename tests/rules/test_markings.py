"""Handling markings: TLP 2.0, the UK's classifications with additional markings, and the office's own."""

from __future__ import annotations

import pytest

from briefing.rules.keeping import hint_for, is_known, known_markings


@pytest.mark.parametrize(
    "marking",
    [
        *known_markings(),
        "UK OFFICIAL",
        "OFFICIAL – SENSITIVE",
        "OFFICIAL: SENSITIVE",
        "OFFICIAL SENSITIVE",
        "OFFICIAL-SENSITIVE COMMERCIAL",
        "OFFICIAL-SENSITIVE – HMG USE ONLY – MARKET SENSITIVE",
        "OFFICIAL-SENSITIVE: PERSONAL DATA",
        "OFFICIAL-SENSITIVE - CABINET OFFICE USE ONLY",
        "UK TOP SECRET – UK/US EYES ONLY",
        "SECRET // EMBARGOED",
    ],
)
def test_known_forms_pass(marking: str) -> None:
    assert is_known(marking)


@pytest.mark.parametrize(
    ("marking", "hint"),
    [
        ("TLP: AMBER", "did you mean 'TLP:AMBER'?"),
        ("TLP:AMBER STRICT", "did you mean 'TLP:AMBER+STRICT'?"),
        ("tlp:red", "did you mean 'TLP:RED'?"),
        ("TLP:WHITE", "TLP 2.0 calls it TLP:CLEAR"),
        ("Official", "did you mean 'OFFICIAL'?"),
        ("OFFICAL-SENSITIVE", "did you mean 'OFFICIAL-SENSITIVE'?"),
        ("RESTRICTED", "since April 2014 the UK classifications are OFFICIAL"),
        ("SECRET-", "did you mean 'SECRET'?"),
        ("SECRET SQUIRREL", "list your own under 'markings'"),
        ("OFFICIAL – for your eyes", "list your own under 'markings'"),
        ("For the minister", "list your own under 'markings'"),
    ],
)
def test_an_unknown_form_gets_a_hint(marking: str, hint: str) -> None:
    assert not is_known(marking)
    assert hint in hint_for(marking)


def test_the_offices_own_markings_pass_and_are_hinted_at() -> None:
    assert is_known("INTERN", ["INTERN"])
    assert hint_for("INTRN", ["INTERN"]) == "did you mean 'INTERN'?"


def test_a_long_marking_costs_no_more_than_its_length() -> None:
    """Capitals and spaces can be read in many ways; a pattern that tries them all would not come back."""
    assert not is_known("OFFICIAL -" + " A" * 240 + " a")
