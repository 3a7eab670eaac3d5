"""The series that ships: each issue is what `briefing next` makes of the one before, then edited, and changes of every kind are in it."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.schema import Brief
from briefing.schema.references import identified
from briefing.schema.validate import validate
from briefing.source import read
from tests.running import EXAMPLES, ISSUES, briefing

PAIRS = tuple(pairwise(ISSUES))
NOTES = Path("sources", "article-notes.txt")


def brief_in(folder: Path) -> Brief:
    return identified(validate(read(folder / "brief.yaml").values))


@pytest.mark.parametrize(("last", "this"), PAIRS)
def test_each_issue_was_made_from_the_last(last: str, this: str, tmp_path: Path) -> None:
    name = Path(last).name
    shutil.copytree(EXAMPLES / last, tmp_path / name, ignore=shutil.ignore_patterns("out"))
    assert briefing("next", name, cwd=tmp_path).code == 0
    made = tmp_path / Path(this).name
    began, became = brief_in(made), brief_in(EXAMPLES / this)
    assert (became.date, became.series) == (began.date, began.series)
    raised = {question.id: question.raised for question in became.open_questions}
    assert {question.id: question.raised for question in began.open_questions}.items() <= raised.items()
    for file in (NOTES, Path("briefing.toml")):
        assert (EXAMPLES / this / file).read_bytes() == (made / file).read_bytes()


def test_changes_of_every_kind_are_in_it() -> None:
    told = [
        (change["family"], change["kind"])
        for last, this in PAIRS
        for change in briefing("diff", EXAMPLES / last, EXAMPLES / this, "--json").objects[0]["changes"]
    ]
    assert set(told) >= {
        ("position", "moved"),
        ("position", "added"),
        ("question", "answered"),
        ("question", "opened"),
        ("question", "overdue"),
        ("question", "dropped"),
        ("quote", "added"),
        ("event", "added"),
        ("source", "added"),
        ("source", "stale"),
        ("position", "rewritten"),
        ("section", "rewritten"),
        ("text", "rewritten"),
    }


@pytest.mark.parametrize("name", ISSUES)
def test_nothing_is_said_that_the_first_example_does_not_say(name: str) -> None:
    """The article is the only source: same notes, and no statement, event's source or speaker beside those of the first example."""
    first, issue = EXAMPLES / "iss-withdrawal", EXAMPLES / name
    assert (issue / NOTES).read_bytes() == (first / NOTES).read_bytes()
    known = {quote.id: quote for quote in brief_in(first).quotes}
    for quote in brief_in(issue).quotes:
        assert (quote.text, quote.speaker, quote.date, quote.locator) == (
            known[quote.id].text,
            known[quote.id].speaker,
            known[quote.id].date,
            known[quote.id].locator,
        )
    assert all(source.id == "article" or source.via == "article" for source in brief_in(issue).sources)
