"""The passage shown beside a quote that is not in its source, and what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quotes.asking import asked, status

SOURCE = (
    "The council met on Tuesday. It was agreed that the old bridge should be closed to lorries before the winter, and that a new "
    "one would not be built until the money had been found. Nobody spoke against it.\n\nThe old bridge will be closed to lorries "
    "in the spring, a clerk wrote later. “It was a well-meant plan,” she wrote, “and a costly one.”"
)

DIFFS = [
    (
        "the old bridge should be open to lorries before the winter",
        "the old bridge should be [-closed-]{+open+} to lorries before the winter",
    ),
    (
        "a new one would be built until the money had been found",
        "a new one would [-not-] be built until the money had been found",
    ),
    (
        "the old bridge should be closed before the winter",
        "the old bridge should be closed [-to lorries-] before the winter",
    ),
    ("The old bridge will never be closed to lorries", "The old bridge will {+never+} be closed to lorries"),
    ("Nobody spoke for it.", "Nobody spoke [-against-]{+for+} it."),
    ("the Old bridge should be closed to lorries", "the [-old-]{+Old+} bridge should be closed to lorries"),
    (
        "It was agreed that the old bridge should be closed.",
        "It was agreed that the old bridge should be closed[- to-]{+.+}",
    ),
    ("a well meant plan", "a well[---]meant plan"),
    ("meant plan", "[-well--]meant plan"),
    ("It was a well-meant plan and a costly one", "It was a well-meant plan[-,” she wrote, “-]and a costly one"),
]


@pytest.mark.parametrize(("quote", "diff"), DIFFS, ids=[row[0] for row in DIFFS])
def test_the_nearest_passage_is_shown_with_what_differs(quote: str, diff: str) -> None:
    finding = asked(quote, SOURCE)
    assert finding.status == "altered"
    assert finding.nearest is not None
    assert finding.nearest.diff.replace(" ", "") == diff.replace(" ", "")
    assert SOURCE[finding.nearest.start : finding.nearest.end] == finding.nearest.passage


PIECES = [
    (
        "The council met on Monday. […] Nobody spoke for it.",
        "The council met on [-Tuesday-]{+Monday+}. […] Nobody spoke [-against-]{+for+} it.",
    ),
    (
        "The council met on Tuesday. […] a new one would be built until […] Nobody spoke against it.",
        "The council met on Tuesday. […] a new one would [-not-] be built until […] Nobody spoke against it.",
    ),
    ("It was agreed […] before the winter.", "It was agreed […] before the winter[-,-]{+.+}"),
    ("It was agreed […] before the winter, they say", "It was agreed […] before the winter, [-and that-]{+they say+}"),
    (
        "It was agreed that the old bridge should be closed to lorries […] with a zigzag",
        "It was agreed that the old bridge should be closed to lorries [-before the winter-]{+with a zigzag+}",
    ),
]


@pytest.mark.parametrize(("quote", "diff"), PIECES, ids=[row[0] for row in PIECES])
def test_pieces_that_stand_apart_are_shown_apart(quote: str, diff: str) -> None:
    finding = asked(quote, SOURCE)
    assert finding.status == "altered"
    assert finding.nearest is not None
    assert finding.nearest.diff == diff


@pytest.mark.parametrize(
    "quote",
    [
        "Fish are sold at the quay each morning by men in boots",
        "Lorries lorries lorries",
        "of the to a",
        "Zebra",
        "the council of the winter bridge",
    ],
)
def test_what_is_not_alike_is_not_found(quote: str) -> None:
    assert status(quote, SOURCE) == "not found"


READABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80)


@given(READABLE, READABLE)
def test_any_quote_and_any_source_have_an_outcome(quote: str, source: str) -> None:
    finding = asked(quote, source + " and so on")
    text = finding.nearest
    assert (finding.status in ("verbatim", "verbatim with marked changes")) is bool(finding.places)
    assert (finding.status == "altered") is (text is not None)


@given(
    st.lists(
        st.sampled_from(
            ["[…]", "[sic]", "[T]he", "[the]", "...", "[", "]", "the", "old", "bridge", ".", "“", "’", "[]", "a[n]"]
        ),
        max_size=12,
    )
)
def test_any_run_of_marks_has_an_outcome(parts: list[str]) -> None:
    assert asked(" ".join(parts), SOURCE).status in ("verbatim", "verbatim with marked changes", "altered", "not found")
    assert asked("".join(parts), SOURCE).status in ("verbatim", "verbatim with marked changes", "altered", "not found")
