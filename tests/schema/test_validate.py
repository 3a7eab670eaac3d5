"""Faults of a brief's values: all at once, in plain words, each with the path of its value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import DataError, Problem
from briefing.schema import Brief, Handling, Settings, Stance
from briefing.schema.validate import path_of, validate, validate_as

GOOD: dict[str, Any] = {"title": "A brief", "date": "2026-03-14"}


def faults(**values: Any) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        validate(GOOD | values)
    return list(caught.value.problems)


def fault(**values: Any) -> Problem:
    (problem,) = faults(**values)
    return problem


def test_a_brief_is_read() -> None:
    brief = validate(
        GOOD
        | {
            "authors": ["Ann", {"name": "Ben", "email": "b@example.org"}],
            "stakeholders": [{"name": "Office", "stance": "strongly_opposed"}],
            "series": {"title": "Weekly", "number": "8"},
        }
    )
    assert [author.name for author in brief.authors] == ["Ann", "Ben"]
    assert brief.stakeholders[0].stance is Stance.STRONGLY_OPPOSED
    assert brief.series is not None and brief.series.number == 8
    assert brief.language == "en-GB"


def test_a_known_key_without_a_value_is_left_out() -> None:
    brief = validate(GOOD | {"subtitle": None, "quotes": None, "handling": {"marking": "X", "caveat": None}})
    assert brief == validate(GOOD | {"handling": {"marking": "X"}})


@pytest.mark.parametrize(
    ("values", "path", "code", "message", "hint"),
    [
        ({"sumary": "x"}, "sumary", "unknown-key", "'sumary' is not a known key", "did you mean 'summary'?"),
        ({"bluf": "x"}, "bluf", "unknown-key", "'bluf' is not a known key", "did you mean 'summary'?"),
        ({"Title": "x"}, "Title", "unknown-key", "'Title' is not a known key", "did you mean 'title'?"),
        ({"sumary": None}, "sumary", "unknown-key", "'sumary' is not a known key", "did you mean 'summary'?"),
        ({"a.b": "x"}, '["a.b"]', "unknown-key", "'a.b' is not a known key", "it must be one of 'title', 'subtitle'"),
        (
            {"\u202e" + "x" * 99: "x"},
            "\u202e" + "x" * 99,
            "unknown-key",
            f"'<U+202E>{'x' * 58}…' is not a known key",
            "it must be",
        ),
        (
            {"quotes": [{"text": "W", "speaker": "A"}, {"text": "W", "who": "A", "speaker": "B"}]},
            "quotes[1].who",
            "unknown-key",
            "'who' is not a known key in quotes[1]",
            "did you mean 'speaker'?",
        ),
        (
            {"stakeholders": [{"name": "A", "stanse": "x"}]},
            "stakeholders[0].stanse",
            "unknown-key",
            "'stanse' is not a known key in stakeholders[0]",
            "did you mean 'stance'?",
        ),
        ({"title": None}, "title", "missing-key", "'title' has no value", "write 'title: ...'"),
        (
            {"quotes": [{"text": "W"}]},
            "quotes[0].speaker",
            "missing-key",
            "'speaker' is missing in quotes[0]",
            "write 'speaker: ...'",
        ),
        (
            {"quotes": [{"text": "W", "speaker": None}]},
            "quotes[0].speaker",
            "missing-key",
            "'speaker' has no value in quotes[0]",
            "write",
        ),
        ({"series": {"number": "1"}}, "series.title", "missing-key", "'title' is missing in series", "write"),
        (
            {"stakeholders": [{"name": "A", "stance": "oppsed"}]},
            "stakeholders[0].stance",
            "bad-value",
            "'oppsed' is not one of the values of 'stance'",
            "did you mean 'opposed'?",
        ),
        (
            {"stakeholders": [{"name": "A", "stance": "sideways"}]},
            "stakeholders[0].stance",
            "bad-value",
            "'sideways' is not one of the values of 'stance'",
            "it must be one of 'strongly_opposed', 'opposed', 'mixed', 'neutral', 'undecided', 'supportive', 'strongly_supportive', 'unknown'",
        ),
        ({"paper": "a4"}, "paper", "bad-value", "'a4' is not one of the values of 'paper'", "did you mean 'A4'?"),
        (
            {"paper": ["A4"]},
            "paper",
            "bad-value",
            "a list is not one of the values of 'paper'",
            "it must be one of 'A4', 'Letter'",
        ),
        (
            {"key_points": "One"},
            "key_points",
            "wrong-type",
            "expected a list, found 'One'",
            "write a list, even of one",
        ),
        ({"key_points": {"a": "b"}}, "key_points", "wrong-type", "expected a list, found a mapping", "write a list"),
        (
            {"key_points": [None]},
            "key_points[0]",
            "wrong-type",
            "expected text, found nothing",
            "write the text itself",
        ),
        ({"summary": ["x"]}, "summary", "wrong-type", "expected text, found a list", "write the text itself"),
        ({"summary": {"x": "y"}}, "summary", "wrong-type", "expected text, found a mapping", "write the text itself"),
        (
            {"evidence": "mark"},
            "evidence",
            "wrong-type",
            "expected keys with values, found 'mark'",
            "write ",
        ),
        (
            {"quotes": ["x" * 99]},
            "quotes[0]",
            "wrong-type",
            f"expected keys with values, found '{'x' * 59}…'",
            "write 'text: ...', 'speaker: ...' under it",
        ),
        (
            {"quotes": [None]},
            "quotes[0]",
            "wrong-type",
            "expected keys with values, found nothing",
            "write 'text: ...'",
        ),
        (
            {"authors": [["x"]]},
            "authors[0]",
            "wrong-type",
            "expected keys with values, found a list",
            "write 'name: ...' under it",
        ),
        ({"key_points": ["x"] * 501}, "key_points", "too-large", "the list has 501 items", "at most 500 are accepted"),
        (
            {"figures": [{"caption": "C", "chart": {"values": []}}]},
            "figures[0].chart.values",
            "bad-value",
            "the list is empty",
            "add an item or leave the key out",
        ),
        (
            {"series": {"title": "W", "number": "-1"}},
            "series.number",
            "bad-value",
            "'-1' is too small",
            "at least 0 is allowed",
        ),
        (
            {"series": {"title": "W", "number": "1:30"}},
            "series.number",
            "bad-value",
            "'1:30' is not a whole number",
            "write digits only",
        ),
        (
            {"date": "2026-02-30"},
            "date",
            "bad-date",
            "there is no day 30 in 2026-02",
            "write 2026, 2026-03 or 2026-03-14",
        ),
        (
            {"authors": [{"name": "A", "email": "x"}]},
            "authors[0].email",
            "bad-url",
            "'x' is not an e-mail address",
            "write it like",
        ),
        ({"authors": ["a\nb"]}, "authors[0].name", "bad-value", "expected one line, found several", "join the lines"),
    ],
    ids=lambda each: each[:30] if isinstance(each, str) else "",
)
def test_a_fault_is_said(values: dict[str, Any], path: str, code: str, message: str, hint: str) -> None:
    problem = fault(**values)
    assert (problem.data_path, problem.code, problem.message) == (path, code, message)
    assert problem.hint.startswith(hint)


def test_all_faults_are_said_at_once() -> None:
    found = faults(
        date="never",
        titel="x",
        quotes=[{"text": ""}, {"speaker": "\x00"}],
        stakeholders=[{"name": "A", "stance": "x", "as_of": "y"}],
    )
    assert sorted((problem.data_path, problem.code) for problem in found) == [
        ("date", "bad-date"),
        ("quotes[0].speaker", "missing-key"),
        ("quotes[0].text", "bad-value"),
        ("quotes[1].speaker", "bad-text"),
        ("quotes[1].text", "missing-key"),
        ("stakeholders[0].as_of", "bad-date"),
        ("stakeholders[0].stance", "bad-value"),
        ("titel", "unknown-key"),
    ]


def test_of_a_great_many_faults_the_first_are_said() -> None:
    found = faults(**{f"x{number}": "y" for number in range(1000)})
    assert len(found) == 201
    assert found[-1].message == "there are 800 more faults"


def test_a_fault_within_a_text_says_where() -> None:
    assert fault(summary="Pay \u202e100").offset == 4
    assert fault(summary="").offset is None


def test_an_offices_settings_are_validated_the_same_way() -> None:
    with pytest.raises(DataError) as caught:
        validate_as(Settings, {"rules": {"one-sided-quotes": "loud", "x.y": "off"}, "max_page": "4"})
    assert sorted((problem.data_path, problem.code) for problem in caught.value.problems) == [
        ("max_page", "unknown-key"),
        ("rules.one-sided-quotes", "bad-value"),
    ]


@pytest.mark.parametrize(
    ("location", "path"),
    [((), ""), (("a",), "a"), (("a", 2, "b"), "a[2].b"), (("a.b", 0), '["a.b"][0]'), (("a", 'b"]'), 'a["b\\"]"]')],
)
def test_paths(location: tuple[str | int, ...], path: str) -> None:
    assert path_of(location) == path


def test_a_brief_cannot_be_changed() -> None:
    brief = validate(GOOD | {"handling": {"marking": "X"}})
    with pytest.raises(ValueError, match="frozen"):
        brief.title = "Y"
    assert isinstance(brief.handling, Handling)
    with pytest.raises(ValueError, match="frozen"):
        brief.handling.marking = "Y"


Keys = st.sampled_from([*Brief.model_fields, "id", "text", "speaker", "name", "x"])
Values = st.recursive(
    st.none() | st.text(max_size=8) | st.sampled_from(["2026", "a", "open", "high"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(Keys, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(Keys, Values, max_size=8))
def test_any_values_give_a_brief_or_faults_in_words(values: dict[str, Any]) -> None:
    try:
        validate(values)
    except DataError as error:
        for problem in error.problems:
            assert problem.message and problem.hint and problem.data_path
            assert "does not fit here" not in problem.message, "a fault that pydantic names and we do not"
            str(problem).encode()
