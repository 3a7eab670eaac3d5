"""What a brief's items say of each other: every id leads somewhere, and what looks like markup is markup."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.errors import Problem
from briefing.schema.references import check_references
from briefing.schema.validate import validate

SOURCES = [{"id": "gazette", "title": "Gazette"}, {"id": "paper", "title": "Paper", "via": "gazette"}]
CHART = {"values": [{"label": "a", "value": "1"}]}


def problems(**values: Any) -> list[Problem]:
    return check_references(validate({"title": "T", "date": "2026", "summary": "S.", "sources": SOURCES} | values))


def test_a_sound_brief_has_none() -> None:
    assert (
        problems(
            summary="So it is [@gazette, p. 2; @paper].",
            timeline=[{"date": "2026", "event": "E [@paper]", "sources": ["gazette"]}],
            quotes=[{"id": "late", "text": "We [sic] are *late* […].", "speaker": "Ann", "source": "paper"}],
            stakeholders=[{"name": "A", "stance": "opposed", "quotes": ["late"], "sources": ["paper"]}],
            open_questions=[{"id": "late", "question": "Why?", "status": "answered", "sources": ["paper"]}],
            sections=[
                {"id": "law", "title": "Law", "body": "B", "after": "background"},
                {"id": "cost", "title": "Cost", "body": "B", "after": "law"},
                {"title": "End", "body": "B", "after": "cost"},
            ],
            figures=[
                {"image": "figures/a.png", "alt": "A map", "caption": "C [@paper]", "after": "law"},
                {"chart": CHART, "caption": "C", "sources": ["gazette"]},
            ],
        )
        == []
    )


@pytest.mark.parametrize(
    ("values", "path", "code", "message", "hint"),
    [
        (
            {"summary": "So [@gazette; @papper, p. 2]."},
            "summary",
            "unknown-id",
            "there is no source 'papper'",
            "did you mean 'paper'?",
        ),
        (
            {"summary": "So [@x].", "sources": []},
            "summary",
            "unknown-id",
            "there is no source 'x'",
            "add it under 'sources:'",
        ),
        (
            {"quotes": [{"text": "W", "speaker": "A", "source": "gazete"}]},
            "quotes[0].source",
            "unknown-id",
            "there is no source 'gazete'",
            "did you mean 'gazette'?",
        ),
        (
            {"timeline": [{"date": "2026", "event": "E", "sources": ["paper", "x1"]}]},
            "timeline[0].sources[1]",
            "unknown-id",
            "there is no source 'x1'",
            "it must be one of 'gazette', 'paper'",
        ),
        (
            {"stakeholders": [{"name": "A", "quotes": ["late"]}]},
            "stakeholders[0].quotes[0]",
            "unknown-id",
            "there is no quote 'late'",
            "add it under 'quotes:'",
        ),
        (
            {"sections": [{"id": "since_last_issue", "title": "A", "body": "B"}]},
            "sections[0].id",
            "duplicate-id",
            "'since_last_issue' is the name of a built-in section",
            "choose another id",
        ),
        (
            {"sources": [{"id": "a", "title": "A", "via": "b"}]},
            "sources[0].via",
            "unknown-id",
            "there is no source 'b'",
            "it must be one of 'a'",
        ),
        (
            {"sections": [{"title": "A", "body": "B", "after": "qotes"}]},
            "sections[0].after",
            "unknown-id",
            "there is no section 'qotes'",
            "did you mean 'quotes'?",
        ),
        (
            {"figures": [{"chart": CHART, "caption": "C", "after": "nowhere"}]},
            "figures[0].after",
            "unknown-id",
            "there is no section 'nowhere'",
            "it must be one of 'summary'",
        ),
        (
            {"sources": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]},
            "sources[1].id",
            "duplicate-id",
            "the id 'a' is that of sources[0], too",
            "give each its own",
        ),
        (
            {"background": "A", "sections": [{"id": "background", "title": "A", "body": "B"}]},
            "sections[0].id",
            "duplicate-id",
            "'background' is the name of a built-in section",
            "choose another id",
        ),
        (
            {"sources": [{"id": "a", "title": "A", "via": "b"}, {"id": "b", "title": "B", "via": "a"}]},
            "sources[0].via",
            "cycle",
            "sources report each other in a circle: a via b via a",
            "leave one 'via' out",
        ),
        (
            {"sources": [{"id": "a", "title": "A", "via": "a"}]},
            "sources[0].via",
            "cycle",
            "sources report each other in a circle: a via a",
            "leave one 'via' out",
        ),
        (
            {
                "sections": [
                    {"title": "Before", "body": "B", "after": "one"},
                    {"id": "one", "title": "A", "body": "B", "after": "two"},
                    {"id": "two", "title": "B", "body": "B", "after": "one"},
                ]
            },
            "sections[1].after",
            "cycle",
            "sections follow each other in a circle: one after two after one",
            "let one follow a built-in section",
        ),
        (
            {"figures": [{"caption": "C"}]},
            "figures[0]",
            "bad-value",
            "the figure has neither an image nor a chart",
            "give it one of the two",
        ),
        (
            {"figures": [{"caption": "C", "image": "a.png", "alt": "A", "chart": CHART}]},
            "figures[0]",
            "bad-value",
            "the figure has both an image and a chart",
            "give it one of the two",
        ),
        (
            {"figures": [{"caption": "C", "image": "a.png"}]},
            "figures[0]",
            "missing-key",
            "'alt' is missing: what must somebody know who cannot see the picture?",
            "add 'alt: ...'",
        ),
        ({"summary": None}, "title", "empty-brief", "the brief has no section", "add a summary"),
        (
            {"series": {"title": "W", "period": {"start": "2026-03-08", "end": "2026-03-07"}}},
            "series.period.end",
            "bad-value",
            "the period ends (2026-03-07) before it begins (2026-03-08)",
            "swap the dates",
        ),
    ],
)
def test_a_fault_is_said(values: dict[str, Any], path: str, code: str, message: str, hint: str) -> None:
    (problem,) = problems(**values)
    assert (problem.data_path, problem.code, problem.message) == (path, code, message)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("period", "sound"),
    [
        ({"start": "2026-03", "end": "2026-03-07"}, True),
        ({"start": "2026-03-31", "end": "2026-03"}, True),
        ({"start": "2026-04-01", "end": "2026-03"}, False),
    ],
)
def test_a_period_is_held_to_what_is_known_of_its_days(period: dict[str, str], sound: bool) -> None:
    assert (problems(series={"title": "W", "period": period}) == []) is sound


def test_citations_are_looked_for_in_every_text() -> None:
    cite = "x [@gone]"
    found = problems(
        proposition=cite,
        summary=cite,
        key_points=["y", cite],
        background=cite,
        timeline=[{"date": "2026", "event": cite}],
        quotes=[{"text": "W", "speaker": "A", "context": cite, "note": cite}],
        stakeholders=[{"name": "A", "position": cite, "interests": cite}],
        open_questions=[{"question": cite, "why": cite, "next_step": cite, "answer": cite}],
        sections=[{"title": "S", "body": cite}],
        figures=[{"chart": CHART, "caption": cite}],
    )
    assert {(problem.code, problem.offset) for problem in found} == {("unknown-id", 3)}
    assert [problem.data_path for problem in found] == [
        "proposition", "summary", "key_points[1]", "background", "timeline[0].event", "quotes[0].context", "quotes[0].note",
        "stakeholders[0].position", "stakeholders[0].interests", "open_questions[0].question", "open_questions[0].why",
        "open_questions[0].next_step", "open_questions[0].answer", "sections[0].body", "figures[0].caption",
    ]  # fmt: skip


def test_faults_of_markup_say_where() -> None:
    (problem,) = problems(background="See [this](report.pdf).")
    assert (problem.data_path, problem.code, problem.offset) == ("background", "bad-url", 11)
    (problem,) = problems(quotes=[{"text": "We are [@paper] late.", "speaker": "A"}])
    assert (problem.data_path, problem.code, problem.offset) == ("quotes[0].text", "bad-value", 7)


def test_all_problems_are_said_at_once() -> None:
    found = problems(
        summary="[@a] [@b] [see @paper]",
        sections=[{"title": "S", "body": "B", "after": "x"}],
        figures=[{"caption": "[x](y)"}],
    )
    assert len(found) == 6
