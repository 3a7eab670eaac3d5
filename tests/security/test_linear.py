"""Twice as much takes twice as long and no longer, counted in calls, so that no clock is asked; what is more than that is refused by its setting."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing import build
from briefing.run.checks import check_all
from briefing.source.nodes import Scalar, Writing, place_inside
from tests.running import small_brief

HEAD: dict[str, Any] = {"title": "Large", "date": "2026-03-14", "handling": "none", "summary": "It is large."}


def sections(number: int) -> dict[str, Any]:
    made = [{"id": f"part-{each}", "title": f"Part {each}", "body": "It is so."} for each in range(number)]
    return {"sections": [{**each, "after": f"part-{place - 1}"} if place else each for place, each in enumerate(made)]}


def cells(rows: int) -> dict[str, Any]:
    heads = [{"label": f"C{each}"} for each in range(9)]
    table = {"id": "t", "caption": "A table", "columns": heads, "rows": [[f"a{row}"] * 9 for row in range(rows)]}
    return {"tables": [table]}


LARGE: dict[str, Callable[[int], dict[str, Any]]] = {
    "list items": lambda number: {"background": "\n".join(["- a"] * 20 * number)},
    "sections": sections,
    "positions": lambda number: {
        "proposition": "Do it.",
        "stakeholders": [{"name": f"Party {each}", "stance": "mixed", "influence": "low"} for each in range(number)],
    },
    "unknown sources": lambda number: {"annexes": [{"title": "A", "body": " ".join(["[@nobody]"] * number)}] * 4},
    "cells of a table": cells,
    "letters of another script": lambda number: {"background": "w\u0430rd " * 25 * number},
}


def calls(folder: Path, values: dict[str, Any], **built: Any) -> int:
    """How many calls checking a brief takes, or building it as `built` says, those into C among them."""
    small_brief(folder, json.dumps({**HEAD, **values}), "brief.json")
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        result = build(folder, **built) if built else next(iter(check_all([folder])))
    finally:
        sys.setprofile(before)
    assert not any(problem.code == "internal" for problem in result.problems)
    return count


@pytest.mark.parametrize("what", LARGE)
def test_checking_twice_as_much_takes_twice_the_calls(what: str, tmp_path: Path) -> None:
    calls(tmp_path / "first", LARGE[what](5))  # what is read once
    small, large = (calls(tmp_path / str(number), LARGE[what](number)) for number in (40, 80))
    assert large < 2.2 * small


@pytest.mark.parametrize("what", ["cells of a table", "positions"])
def test_writing_twice_as_much_takes_twice_the_calls(what: str, tmp_path: Path) -> None:
    calls(tmp_path / "first", LARGE[what](5), formats=["docx"])
    small, large = (calls(tmp_path / str(number), LARGE[what](number), formats=["docx"]) for number in (30, 60))
    assert large < 2.2 * small


def test_each_letter_of_a_text_is_looked_at_once_however_many_problems_are_placed_in_it() -> None:
    text = '"' + "word " * 4_000 + '"'
    scalar = Scalar(text[1:-1], 1, 1, Writing.ESCAPED)
    read = 0

    class Counted(str):
        def __getitem__(self, index: Any) -> str:
            nonlocal read
            read += 1
            return str.__getitem__(self, index)

    held = Counted(text)
    found = [place_inside(held, "brief.json", scalar, offset).column for offset in range(0, 20_000, 5)]
    assert found == [offset + 2 for offset in range(0, 20_000, 5)]
    assert read < 3 * len(text)


@pytest.mark.parametrize(
    ("limit", "values"),
    [
        (
            "brief_characters",
            {"annexes": [{"title": f"Annex {each}", "body": "It is so. " * 4_900} for each in range(9)]},
        ),
        (
            "brief_values",
            {"key_points": ["- a"] * 500, "sources": [{"id": f"s{each}", "title": "a"} for each in range(500)]},
        ),
        ("brief_values", {"background": "- a\n" * 1_000}),
    ],
)
def test_a_brief_that_would_take_too_long_is_refused_and_the_limit_named(
    limit: str, values: dict[str, Any], tmp_path: Path
) -> None:
    folder = small_brief(tmp_path / "brief", json.dumps({**HEAD, **values}), "brief.json")
    (folder / "briefing.toml").write_text("[limits]\nbrief_values = 1_000\n", encoding="utf-8")
    (result,) = check_all([folder])
    (problem,) = result.problems
    assert result.exit_code == 3 and problem.code == "too-large" and problem.place
    assert f"unless 'limits.{limit}' in briefing.toml" in problem.hint
    (folder / "briefing.toml").write_text(
        "[limits]\nbrief_values = 9_000\nbrief_characters = 900_000\n", encoding="utf-8"
    )
    (result,) = check_all([folder])
    assert "too-large" not in {problem.code for problem in result.problems}
