"""Every value, key and character of a data file is found again at its line and column."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import Place
from briefing.source import SourceFile
from tests.source.written import FOLDING_WRITERS, WRITERS, read_text

YAML = """\
# a comment
title: Plain
series: {title: "Flow", number: 4}
quotes:
  - text: 'Single'
    speaker: Ann
  -
    text: &words |
      Block
    speaker:
key points: [one, "two"]
"a.b": dotted
"c\\"[0]": quoted
again: *words
"""

JSON = """{
  "title": "Plain", "series": {"title": "Flow",
    "number": 4},
  "quotes": [{"text": "Single"}, {
    "text": "é\\u00e9", "speaker": null}],
  "a.b": [[], {}, [1, 2]]
}"""

PLACES = [
    (".yaml", YAML, "", "2:1", "2:1"),
    (".yaml", YAML, "title", "2:8", "2:1"),
    (".yaml", YAML, "series", "3:9", "3:1"),
    (".yaml", YAML, "series.title", "3:17", "3:10"),
    (".yaml", YAML, "series.number", "3:33", "3:25"),
    (".yaml", YAML, "series.period.start", "3:9", "3:9"),
    (".yaml", YAML, "quotes", "5:3", "4:1"),
    (".yaml", YAML, "quotes[0]", "5:5", "5:5"),
    (".yaml", YAML, "quotes[0].text", "5:11", "5:5"),
    (".yaml", YAML, "quotes[1]", "8:5", "8:5"),
    (".yaml", YAML, "quotes[1].text", "8:18", "8:5"),
    (".yaml", YAML, "quotes[1].speaker", "10:5", "10:5"),
    (".yaml", YAML, "quotes[1].role", "8:5", "8:5"),
    (".yaml", YAML, "quotes[7].text", "5:3", "5:3"),
    (".yaml", YAML, "key points[1]", "11:19", "11:19"),
    (".yaml", YAML, '["a.b"]', "12:8", "12:1"),
    (".yaml", YAML, '["c\\"[0]"]', "13:11", "13:1"),
    (".yaml", YAML, "again", "8:18", "14:1"),
    (".json", JSON, "title", "2:12", "2:3"),
    (".json", JSON, "series.number", "3:15", "3:5"),
    (".json", JSON, "quotes[1]", "4:34", "4:34"),
    (".json", JSON, "quotes[1].speaker", "5:24", "5:24"),
    (".json", JSON, '["a.b"][2][1]', "6:23", "6:23"),
    (".json", JSON, "nothing", "1:1", "1:1"),
]


@pytest.mark.parametrize(("suffix", "text", "path", "value", "key"), PLACES, ids=lambda each: str(each)[:20])
def test_values_and_keys_have_places(tmp_path: Path, suffix: str, text: str, path: str, value: str, key: str) -> None:
    source = read_text(tmp_path, text, suffix)
    assert _spot(source.place_of(path)) == value
    assert _spot(source.place_of(path, key=True)) == key


def test_places_count_characters(tmp_path: Path) -> None:
    for suffix, text in ((".yaml", "{𐀀é: x, b: y}"), (".json", '{"𐀀é":"x", "b":"y"}')):
        source = read_text(tmp_path, text, suffix)
        place = source.place_of("b", key=True)
        line = text.split("\n")[place.line - 1]
        assert line[place.column - 1 :].strip('"').startswith("b"), suffix


INSIDE = [
    (".yaml", "a: plain W", "plain W", "1:10"),
    (".yaml", "a: plain\n  that W", "plain that W", "2:8"),
    (".yaml", "a:\n  plain\n\n  W", "plain\nW", "4:3"),
    (".yaml", "a: 'it''s W'", "it's W", "1:11"),
    (".yaml", "a: '''W'", "'W", "1:7"),
    (".yaml", 'a: "\\u00e9\\x41\\"\\\n  \\  W"', 'éA"  W', "2:6"),
    (".yaml", 'a: "\\tone\\n\n\n  W"', "\tone\n\nW", "3:3"),
    (".yaml", "a: |\n  one\n   W\n", "one\n W\n", "3:4"),
    (".yaml", "a: >-\n\n  one\n  W\n", "\none W", "4:3"),
    (".yaml", "a: |2\n     W\n", "   W\n", "2:6"),
    (".yaml", "a: &name\n  'W'", "W", "2:4"),
    (".yaml", "a: &name W", "W", "1:10"),
    (".yaml", "a: e\u0301 W", "e\u0301 W", "1:7"),
    (".json", '{"a": "\\ud83d\\ude00\\/W"}', "\U0001f600/W", "1:22"),
    (".json", '{"a": "\\n\\" W"}', '\n" W', "1:13"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "text", "value", "spot"), INSIDE, ids=lambda each: repr(each)[:24])
def test_a_character_of_a_value_has_a_place(tmp_path: Path, suffix: str, text: str, value: str, spot: str) -> None:
    source = _source(tmp_path, text, suffix, value)
    assert _spot(source.place_of("a", unicodedata.normalize("NFC", value).strip().index("W"))) == spot


ALL_WRITERS = {**WRITERS, **FOLDING_WRITERS}
Words = st.lists(st.text("abcé'\"\\W \n", min_size=1, max_size=8), min_size=1, max_size=6).map("".join)


@pytest.mark.parametrize("name", ALL_WRITERS)
@settings(max_examples=40)
@given(before=Words, after=Words)
def test_any_character_is_found_in_any_writing(
    tmp_path_factory: pytest.TempPathFactory, name: str, before: str, after: str
) -> None:
    """A sign that stands nowhere else is found where it stands, although lines are folded and signs are escaped."""
    suffix, write = ALL_WRITERS[name]
    text = write({"z": ["x", {"a": f"{before}%{after}"}]})
    source = read_text(tmp_path_factory.getbasetemp(), text, suffix)
    place = source.place_of("z[1].a", source.values["z"][1]["a"].strip().index("%"))
    assert text.split("\n")[place.line - 1][place.column - 1] == "%"


def _source(folder: Path, text: str, suffix: str, value: Any) -> SourceFile:
    source = read_text(folder, text, suffix)
    assert source.values["a"] == value
    return source


def _spot(place: Place) -> str:
    return f"{place.line}:{place.column}"
