"""Ids that are made: the same on every build, wherever the item stands."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from briefing.schema import Brief
from briefing.schema.brief import KINDS
from briefing.schema.readers import content_id
from briefing.schema.references import identified
from briefing.schema.types import Identifier
from briefing.schema.validate import validate


def brief(**values: Any) -> Brief:
    return identified(validate({"title": "T", "date": "2026"} | values))


def test_an_id_tells_what_it_names() -> None:
    assert content_id("We are not leaving the station") == "we-are-not-leaving-255f7e"
    assert re.fullmatch(r"i-[0-9a-f]{6}", content_id("Мы не уходим"))
    assert re.fullmatch(r"i-2026-03-14-it-[0-9a-f]{6}", content_id("2026-03-14 It began"))


@given(st.text())
def test_any_text_gives_an_id_that_is_one(text: str) -> None:
    made = content_id(text)
    assert TypeAdapter(Identifier).validate_python(made) == made


def test_every_item_gets_one_and_given_ones_stay() -> None:
    made = brief(
        timeline=[{"date": "2026", "event": "E"}],
        quotes=[{"text": "W", "speaker": "A"}, {"id": "mine", "text": "W", "speaker": "A"}],
        stakeholders=[{"name": "A"}],
        open_questions=[{"question": "Q?"}],
        sections=[{"title": "S", "body": "B"}],
        figures=[{"caption": "C", "chart": {"values": [{"label": "a", "value": "1"}]}}],
    )
    assert all(item.id for kind in KINDS for item in kind.items(made))
    assert made.quotes[1].id == "mine"


def test_the_place_of_an_item_does_not_matter() -> None:
    names = ["Ann", "Ben", "Eve"]
    forward = {item.name: item.id for item in brief(stakeholders=[{"name": name} for name in names]).stakeholders}
    back = {item.name: item.id for item in brief(stakeholders=[{"name": name} for name in names[::-1]]).stakeholders}
    assert forward == back
    assert len(set(forward.values())) == 3


def test_items_of_the_same_content_are_told_apart_in_order() -> None:
    base = content_id("Ann")
    made = brief(stakeholders=[{"name": "Ann"}, {"name": "Ann", "id": f"{base}-2"}, {"name": "Ann"}, {"name": "Ann"}])
    assert [item.id for item in made.stakeholders] == [base, f"{base}-2", f"{base}-3", f"{base}-4"]


def test_what_is_not_the_content_does_not_change_it() -> None:
    (one,) = brief(quotes=[{"text": "We are late.", "speaker": "Ann"}]).quotes
    (two,) = brief(quotes=[{"text": "We  are\nlate.", "speaker": "Ann", "note": "Doubted.", "locator": "p. 3"}]).quotes
    (three,) = brief(quotes=[{"text": "We are late.", "speaker": "Ben"}]).quotes
    assert one.id == two.id != three.id


def test_the_brief_that_is_given_stays_as_it_is() -> None:
    given_brief = validate({"title": "T", "date": "2026", "stakeholders": [{"name": "A"}]})
    identified(given_brief)
    assert given_brief.stakeholders[0].id is None
