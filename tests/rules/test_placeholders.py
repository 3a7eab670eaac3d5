"""Text that was to be replaced, and text that only looks so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.subjects import SOURCE, report, told

CODE = "placeholder-text"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The cost is TBC.", "TBC"),
        ("TODO: say more", "TODO"),
        ("XXX million crowns", "XXX"),
        ("Lorem ipsum dolor sit amet", "Lorem ipsum"),
        ("It costs ??? crowns", "???"),
        ("Dear [name], it is so", "[name]"),
        ("Dear [Name of the minister]", "[Name of the minister]"),
        ("It was [insert date] then", "[insert date]"),
        ("It was <date> then", "<date>"),
        ("It was {{ date }} then", "{{ date }}"),
        ("To be confirmed.", "To be confirmed."),
        ("tbc", "tbc"),
        ("…", "…"),
    ],
)
def test_what_is_still_to_come_is_found(text: str, said: str) -> None:
    found = [problem for problem in report({"summary": text}).problems if problem.code == CODE]
    assert [problem.message.split("'")[1] for problem in found][:1] == [said]
    assert text[found[0].offset :].startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "The date is to be confirmed by the Council.",
        "Article XXX of the treaty, Chapter XXX and XXXI of it",
        "The todo list and the tbc patients",
        "What is this? And this??",
        "[Name](https://example.org) and <b>bold</b>",
        "It goes on … and on ...",
        "TODOR and STBC",
    ],
)
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    assert told({"summary": text}, CODE) == []


def test_in_quotes_square_brackets_are_the_editors() -> None:
    quote = {"text": "We met [name] on [date] […].", "speaker": "Ann", "source": "report"}
    values: dict[str, Any] = {"quotes": [quote], "sources": [SOURCE]}
    assert told(values, CODE) == []
    assert told({**values, "quotes": [{**quote, "text": "The cost is TBC."}]}, CODE) == ["quotes[0].text"]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"title": "A brief on TBC"}, "title"),
        ({"handling": {"marking": "OFFICIAL", "caveat": "TBC"}}, "handling.caveat"),
        ({"authors": ["TBC"]}, "authors[0].name"),
        ({"series": {"title": "TBC"}}, "series.title"),
        ({"key_points": ["One.", "TBC"]}, "key_points[1]"),
        ({"open_questions": [{"question": "Why?", "owner": "TBC"}]}, "open_questions[0].owner"),
        ({"stakeholders": [{"name": "TBC"}]}, "stakeholders[0].name"),
        (
            {"figures": [{"caption": "It.", "chart": {"unit": "TBC", "values": [{"label": "a", "value": "1"}]}}]},
            "figures[0].chart.unit",
        ),
        ({"sources": [{"id": "a", "title": "A", "publisher": "TBC"}]}, "sources[0].publisher"),
    ],
)
def test_every_text_of_the_brief_is_read(values: dict[str, Any], path: str) -> None:
    assert told(values, CODE) == [path]


def test_names_that_are_not_text_are_not_read() -> None:
    assert (
        told(
            {
                "summary": "So [@TBC].",
                "sources": [{"id": "TBC", "title": "A", "url": "https://example.org/TODO", "text": "TBC"}],
            },
            CODE,
        )
        == []
    )
