"""Waivers: one item, one rule, a reason and a date."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.errors import DataError, Severity
from tests.rules.subjects import report

QUESTIONS = [{"id": "cost", "question": "What does it cost?"}, {"id": "time", "question": "How long?"}]
RULE = "question-without-owner"


def waiver(**values: Any) -> dict[str, Any]:
    return {"rule": RULE, "item": "cost", "reason": "Nobody is free.", "until": "2026-04", **values}


def judged(*waivers: dict[str, Any], **more: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The code and path of what counts, then the path and reason of what is waived."""
    found = report({"open_questions": QUESTIONS, "waivers": list(waivers), **more.pop("values", {})}, **more)
    return [(one.code, one.data_path) for one in found.problems], [
        (one.problem.data_path, one.reason) for one in found.waived
    ]


@pytest.mark.parametrize("item", ["cost", "open_questions[0]"])
def test_a_waiver_lets_one_item_pass_and_tells_why(item: str) -> None:
    assert judged(waiver(item=item)) == ([(RULE, "open_questions[1]")], [("open_questions[0]", "Nobody is free.")])


def test_without_an_item_it_is_for_the_whole_brief() -> None:
    counts, waived = judged(waiver(item=None))
    assert counts == [] and len(waived) == 2


def test_a_path_takes_in_what_is_below_it_and_nothing_beside_it() -> None:
    points = [f"Point {number}{'' if number in (1, 10) else ' [@report]'}." for number in range(11)]
    values = {"key_points": points, "open_questions": []}
    counts, waived = judged({**waiver(item="key_points[1]"), "rule": "uncited-key-point"}, values=values)
    assert [path for path, _ in waived] == ["key_points[1]"]
    assert ("uncited-key-point", "key_points[10]") in counts
    counts, waived = judged({**waiver(item="key_points"), "rule": "uncited-key-point"}, values=values)
    assert counts == [] and len(waived) == 2


@pytest.mark.parametrize(
    ("until", "holds"),
    [("2026-03-14", True), ("2026-03", True), ("2026", True), ("2026-03-13", False), ("2026-02", False)],
)
def test_it_holds_through_its_last_day_by_the_date_of_the_brief(until: str, holds: bool) -> None:
    counts, waived = judged(waiver(until=until))
    assert bool(waived) is holds
    assert (("waiver-expired", "waivers[0].until") in counts) is not holds
    assert ((RULE, "open_questions[0]") in counts) is not holds


def test_one_in_force_holds_beside_one_that_ran_out() -> None:
    counts, waived = judged(waiver(until="2026-01", reason="Old."), waiver(reason="New."))
    assert waived == [("open_questions[0]", "New.")]
    assert counts == [(RULE, "open_questions[1]"), ("waiver-expired", "waivers[0].until")]


def test_the_reason_is_that_of_the_waiver_nearest_to_the_item() -> None:
    counts, waived = judged(waiver(item=None, reason="General."), waiver(reason="Special."))
    assert counts == [] and waived == [("open_questions[0]", "Special."), ("open_questions[1]", "General.")]


def test_one_that_lets_nothing_pass_is_told() -> None:
    values = {"open_questions": [{"id": "cost", "question": "Why?", "owner": "Ann"}]}
    assert judged(waiver(), values=values) == ([("waiver-unused", "waivers[0]")], [])


def test_one_whose_rule_was_not_put_is_not_called_unused() -> None:
    assert judged(waiver(), settings={"rules": {RULE: "off"}}) == ([], [])
    pages = {**waiver(item=None), "rule": "too-many-pages"}
    values = {"open_questions": [], "max_pages": "2"}
    assert judged(pages, values=values) == ([], [])
    assert judged(pages, values=values, pages=3)[1] == [("max_pages", "Nobody is free.")]
    assert judged(pages, values=values, pages=2) == ([("waiver-unused", "waivers[0]")], [])


@pytest.mark.parametrize(
    ("change", "path", "hint"),
    [
        ({"rule": "question-without-ower"}, "waivers[0].rule", "did you mean 'question-without-owner'?"),
        ({"item": "coast"}, "waivers[0].item", "did you mean 'cost'?"),
        ({"item": "open_questions[2]"}, "waivers[0].item", "'time'"),
        ({"item": "[]"}, "waivers[0].item", "'time'"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error(change: dict[str, str], path: str, hint: str) -> None:
    found = report({"open_questions": QUESTIONS, "waivers": [waiver(**change)]}).problems
    (problem,) = (problem for problem in found if problem.data_path == path)
    assert problem.severity is Severity.ERROR and hint in problem.hint


@pytest.mark.parametrize("missing", ["rule", "reason", "until"])
def test_a_waiver_without_a_reason_or_a_date_is_no_waiver(missing: str) -> None:
    incomplete = {key: value for key, value in waiver().items() if key != missing}
    with pytest.raises(DataError, match=f"'{missing}' is missing"):
        judged(incomplete)


def test_what_is_waived_keeps_its_loudness_and_its_reason_in_json() -> None:
    (waived,) = report({"open_questions": QUESTIONS[:1], "waivers": [waiver()]}).waived
    assert waived.as_json()["waived"] == {"reason": "Nobody is free.", "until": "2026-04"}
    assert waived.as_json()["severity"] == "note"
