"""A redline accepts to the new brief and rejects to the old one, whatever changed, and marks nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from msgspec.structs import replace

from briefing import compose_brief
from briefing.document.tree import Document
from tests.document.sample import sample
from tests.document.strategies import documents
from tests.docx import houses
from tests.docx.opened import written
from tests.docx.redline.pairs import BRIEF, Data, document, pairs
from tests.docx.redline.trips import ONE_COLUMN, changes, check_round_trip, made
from tests.running import EXAMPLE_BRIEFS, EXAMPLES


@given(pairs)
@settings(max_examples=6)
def test_edited_briefs(pair: tuple[Data, Data]) -> None:
    check_round_trip(document(pair[0]), document(pair[1]))


@given(documents(), documents())
@settings(max_examples=5)
def test_documents_that_have_nothing_in_common(old: Document, new: Document) -> None:
    check_round_trip(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("iss-withdrawal", "veska-flood-storage"),
        ("iss-weekly/2022-07-22", "iss-weekly/2022-07-29"),
        ("veska-flood-storage", "deposit-scheme"),
        ("basin-sitrep/previous", "basin-sitrep"),
        ("basin-sitrep", "deposit-scheme"),
    ],
)
def test_examples_against_one_another(old: str, new: str) -> None:
    check_round_trip(compose_brief(EXAMPLES / old), compose_brief(EXAMPLES / new))


@pytest.mark.parametrize("name", EXAMPLE_BRIEFS)
def test_nothing_is_marked_when_nothing_changed(name: str) -> None:
    brief = compose_brief(EXAMPLES / name)
    assert made(brief, brief) == written(brief, theme=ONE_COLUMN).data


def test_the_same_inputs_give_the_same_bytes() -> None:
    old, new = document(BRIEF), document({**BRIEF, "summary": "Nothing is known [@radio]."})
    assert made(old, new) == made(old, new)


@pytest.mark.parametrize("house", [houses.plain, houses.letterhead])
def test_in_the_style_of_a_house(house: Callable[[], WordDocument]) -> None:
    old = document(BRIEF)
    new = document({**BRIEF, "handling": {"marking": "SECRET"}, "background": "Little is known.", "authors": []})
    check_round_trip(old, new, houses.data(house()))
    check_round_trip(new, old, houses.data(house()))


def test_headers_that_come_and_go() -> None:
    old = sample()
    new = replace(old, header=(), footer=old.footer[-1:])
    for one, other in ((old, new), (new, old)):
        went, came = changes(check_round_trip(one, other))
        assert (went if one is old else came) and not (came if one is old else went)
