"""`--set key=value`: what it puts in, what it takes away, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing.errors import DataError, Place, UsageError
from briefing.source import Setting, SourceFile, override, put
from tests.source.written import read_text

TEXT = """\
title: A brief
series: {title: Weekly}
subtitle:
key_points: [one, two]
quotes:
  - {id: early, text: First}
  - {id: late, text: Second}
"""


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    return read_text(tmp_path, TEXT, ".yaml")


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("title=Another: one = two", "title", "Another: one = two"),
        (" title = spaced", "title", " spaced"),
        ("title=", "title", None),
        ("subtitle=New", "subtitle", "New"),
        ("language=no", "language", "no"),
        ("series.number=4", "series", {"title": "Weekly", "number": "4"}),
        ("handling.marking=OFFICIAL", "handling", {"marking": "OFFICIAL"}),
        ("series.period.start=2026", "series", {"title": "Weekly", "period": {"start": "2026"}}),
        ("key_points[1]=2", "key_points", ["one", "2"]),
        ("key_points[+]=three", "key_points", ["one", "two", "three"]),
        ("authors[+].name=Ann", "authors", [{"name": "Ann"}]),
        (
            "quotes[0].note=N",
            "quotes",
            [{"id": "early", "text": "First", "note": "N"}, {"id": "late", "text": "Second"}],
        ),
        ("quotes[id=late].text=3=3", "quotes", [{"id": "early", "text": "First"}, {"id": "late", "text": "3=3"}]),
        ("title=two\nlines", "title", "two\nlines"),
    ],
)
def test_a_value_is_put_in(source: SourceFile, setting: str, key: str, value: Any) -> None:
    changed = override(source, [setting])
    assert changed.values == source.values | {key: value}
    assert source.values["title"] == "A brief", "the file as read is not changed"


def test_settings_are_put_in_one_after_the_other(source: SourceFile) -> None:
    changed = override(source, ["authors[+]=Ann", "authors[+]=Ben", "authors[0]=Eve", "title=1", "title=2"])
    assert changed.values["authors"] == ["Eve", "Ben"]
    assert changed.values["title"] == "2"


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("title", "this is not KEY=VALUE", "write --set title='A title', or --set quotes[0].speaker=Name"),
        ("=x", "this is not KEY=VALUE", "write --set title='A title', or --set quotes[0].speaker=Name"),
        ("a..b=x", "this is not KEY=VALUE", "write --set title='A title', or --set quotes[0].speaker=Name"),
        ("quotes[2].text=x", "there is no item [2]", "the list has 2, counted from 0; [+] adds one"),
        ("quotes[id=lat].text=x", "no item has the id 'lat'", "did you mean 'late'?"),
        ("qotes[0].text=x", "there is no list 'qotes'", "did you mean 'quotes'?"),
        ("quotes.text=x", "'text' stands in the items of a list", "name one of them, as in [0].text"),
        ("title.text=x", "there is single text where 'text' is looked for", "shorten the key"),
        ("title[0]=x", "there is no list here to take an item of", "leave the brackets out"),
    ],
)
def test_what_cannot_be_put_in_is_said(source: SourceFile, setting: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        override(source, [setting])
    (problem,) = caught.value.problems
    assert (problem.code, problem.option, problem.message, problem.hint) == (
        "bad-override",
        f"--set {setting}",
        message,
        hint,
    )


def test_all_faults_are_said_at_once(source: SourceFile) -> None:
    with pytest.raises(UsageError) as caught:
        override(source, ["title", "language=fr", "quotes[9]=x"])
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("setting", "path", "key"),
    [
        ("title=T", "title", False),
        ("titel=T", "titel", True),
        ("hand.marking=x", "hand", True),
        ("handling.caveat=x", "handling.marking", False),
        ("title=", "title", False),
        ("quotes[1].spaeker=x", "quotes[1].spaeker", True),
        ("authors[+].role=x", "authors[0].name", False),
    ],
)
def test_the_place_of_what_was_put_in_is_the_flag(source: SourceFile, setting: str, path: str, key: bool) -> None:
    assert override(source, [setting]).place_of(path, 0, key=key) == Place(f"--set {setting}", 0, 0)


def test_places_of_the_rest_stay(source: SourceFile) -> None:
    changed = override(source, ["quotes[1].note=x", "series.number=4"])
    for path in ("title", "series.title", "quotes[1]", "quotes[1].text"):
        assert changed.place_of(path) == source.place_of(path)
        assert changed.place_of(path, key=True) == source.place_of(path, key=True)


def test_an_argument_that_is_no_text_can_be_named(source: SourceFile) -> None:
    changed = override(source, ["title=\udcff"])
    assert changed.place_of("title").file == "--set title=\\udcff"


def test_a_value_of_a_row_has_its_cell_for_a_place(source: SourceFile) -> None:
    changed = put(source, [Setting("series.number", "4", Place("params.csv", 3, 14))])
    assert changed.values["series"] == {"title": "Weekly", "number": "4"}
    assert changed.place_of("series.number", 0) == Place("params.csv", 3, 14)
    assert changed.place_of("series.title") == source.place_of("series.title")


def test_what_a_row_cannot_put_in_is_said_at_its_cell(source: SourceFile) -> None:
    cells = [Setting(key, "x", Place("params.csv", 3, 14)) for key in ("quotes[9].text", "no key")]
    with pytest.raises(DataError) as caught:
        put(source, cells)
    assert [str(problem) for problem in caught.value.problems] == [
        "params.csv:3:14: error: there is no item [9]; the list has 2, counted from 0; [+] adds one [bad-override]",
        "params.csv:3:14: error: 'no key' is not the key of a value; write a path such as series.number or quotes[0].speaker [bad-override]",
    ]
