"""Each rule both ways: a brief that breaks it, and the nearest one that keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.codes import CODES
from briefing.errors import Severity
from briefing.quotes.checking import MissingPlace
from briefing.quotes.verdict import Caution, Doubt, QuoteEvidence, QuoteStatus
from briefing.rules import RULES, rule_codes
from briefing.schema import RuleLevel
from briefing.schema.forms import Form
from tests.rules.subjects import BARE, SOURCE, report, subject, told

VERBATIM = QuoteStatus.VERBATIM
QUOTE = {"id": "late", "text": "We are late.", "speaker": "Ann Author", "source": "report"}
BOTH_SIDES = [
    {"name": "Ann Author", "stance": "supportive", "quotes": ["late"]},
    {"name": "Bob Builder", "stance": "opposed", "quotes": ["soon"], "sources": ["report"]},
]


def sourced(**values: Any) -> dict[str, Any]:
    return {"summary": "It is so [@report].", "sources": [SOURCE], **values}


def found(status: QuoteStatus = VERBATIM, **more: Any) -> dict[str, Any]:
    return {"evidence": {"late": QuoteEvidence("late", status, status, **{"source_id": "report", **more})}}


def doubted(doubt: Doubt) -> dict[str, Any]:
    return found(warnings=(Caution(doubt, "it is doubtful", "the passage"),))


def long(words: int) -> str:
    return " ".join(["word"] * words) + "."


STRICT = Form(required=("reference",), required_sections=("access",))
QUOTED = sourced(quotes=[QUOTE])
TWO_SOURCES = [SOURCE, {**SOURCE, "id": "letter", "title": "A letter"}]
HARD = " ".join(
    ["Interdepartmental intergovernmental responsibilities necessitate comprehensive reconsideration."] * 20
)
EASY = " ".join(["The dam is old. It leaks. We must mend it now."] * 20)

BREACHES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "quote-altered",
        "quotes[0].text",
        QUOTED,
        found(QuoteStatus.ALTERED, nearest="We were late.", diff="We [-were-]{+are+} late."),
    ),
    ("quote-not-found", "quotes[0].text", QUOTED, found(QuoteStatus.NOT_FOUND)),
    ("quote-source-changed", "quotes[0].source", QUOTED, found(QuoteStatus.SOURCE_CHANGED, source_sha256="0" * 64)),
    (
        "saved-text-unreadable",
        "sources[0].text",
        QUOTED,
        found(QuoteStatus.NO_SAVED_TEXT, fault="it is encrypted; save it again"),
    ),
    (
        "saved-text-unreadable",
        "quotes[0].source",
        QUOTED,
        found(QuoteStatus.NO_SAVED_TEXT, fault="it is encrypted", source_id="gone"),
    ),
    ("quote-unverified", "quotes[0].source", QUOTED, found(QuoteStatus.NO_SAVED_TEXT)),
    ("quote-unverified", "quotes[0].text", {"quotes": [{**QUOTE, "source": None}]}, found(QuoteStatus.NO_SAVED_TEXT)),
    ("quote-speaker-doubtful", "quotes[0].speaker", QUOTED, doubted(Doubt.OTHER_SPEAKER)),
    ("quote-speaker-doubtful", "quotes[0].speaker", QUOTED, doubted(Doubt.SPEAKER_NOT_NAMED)),
    ("quote-misleading", "quotes[0].text", QUOTED, doubted(Doubt.NEGATION_CUT_OFF)),
    ("quote-misleading", "quotes[0].locator", QUOTED, doubted(Doubt.OTHER_PLACE)),
    ("place-not-in-source", "summary", sourced(), {"missing_places": (MissingPlace("summary", 10, "no para 9"),)}),
    ("uncited-key-point", "key_points[1]", sourced(key_points=["So [@report].", "Not so."]), {}),
    ("uncited-position", "stakeholders[0].position", {"stakeholders": [{"name": "Ann", "position": "Is for it."}]}, {}),
    (
        "uncited-position",
        "stakeholders[0].stance",
        {"proposition": "Do it.", "stakeholders": [{"name": "Ann", "stance": "mixed"}]},
        {},
    ),
    (
        "stance-without-proposition",
        "stakeholders[0].stance",
        {"stakeholders": [{"name": "Ann", "stance": "opposed"}]},
        {},
    ),
    ("speaker-with-one-source", "quotes[0].speaker", QUOTED, {}),
    (
        "speaker-with-one-source",  # what the second source knows, it knows from the first
        "quotes[0].speaker",
        sourced(
            quotes=[QUOTE, {**QUOTE, "id": "soon", "source": "echo"}],
            sources=[SOURCE, {**SOURCE, "id": "echo", "via": "report"}],
        ),
        {},
    ),
    (
        "one-sided-quotes",
        "quotes",
        sourced(quotes=[QUOTE], stakeholders=[BOTH_SIDES[0], {**BOTH_SIDES[1], "quotes": []}]),
        {},
    ),
    ("undated-source", "sources[0].id", sourced(sources=[{"id": "report", "title": "The report"}]), {}),
    ("old-source", "sources[0].published", sourced(sources=[{**SOURCE, "published": "2025-03-13"}]), {}),
    ("old-source", "sources[0].published", sourced(sources=[SOURCE]), {"settings": {"source_age_days": "12"}}),
    (
        "party-twice",
        "stakeholders[1].name",
        {
            "proposition": "Go.",
            "stakeholders": [{"name": "City", "stance": "mixed"}, {"name": "city", "stance": "opposed"}],
        },
        {},
    ),
    (
        "starter-text",
        "key_points[0]",
        {"key_points": ["The first thing to take away, with what it rests on [@report, p. 3]."]},
        {},
    ),
    ("dates-out-of-order", "sources[0].published", {"sources": [{**SOURCE, "published": "2026-03-15"}]}, {}),
    ("unused-source", "sources[1].id", sourced(sources=TWO_SOURCES), {}),
    ("question-without-owner", "open_questions[0]", {"open_questions": [{"question": "Why?"}]}, {}),
    (
        "question-past-due",
        "open_questions[0].due",
        {"open_questions": [{"question": "Why?", "owner": "Ann", "due": "2026-03-13"}]},
        {},
    ),
    (
        "question-without-answer",
        "open_questions[0].status",
        {"open_questions": [{"question": "Why?", "status": "answered"}]},
        {},
    ),
    ("likelihood-with-confidence", "summary", {"summary": "It is likely, and we say so with high confidence."}, {}),
    ("likelihood-off-scale", "summary", {"summary": "It is extremely unlikely."}, {}),
    (
        "likelihood-off-scale",
        "summary",
        {"summary": "It is highly likely."},
        {"settings": {"likelihood_scale": "icd-203"}},
    ),
    ("form-incomplete", "title", {}, {"form": STRICT}),
    ("form-incomplete", "form", {"form": "brief", "reference": "W 7"}, {"form": STRICT}),
    ("reading-time", "reading_minutes", {"reading_minutes": "4"}, {"words": 1100}),
    ("too-many-pages", "max_pages", {"max_pages": "2"}, {"pages": 3}),
    ("too-many-pages", "title", {}, {"settings": {"max_pages": "2"}, "pages": 3}),
    ("long-sentence", "summary", {"summary": long(46)}, {}),
    ("long-sentence", "summary", {"summary": long(46), "language": "de"}, {}),
    ("hard-to-read", "title", {"summary": HARD}, {}),
    ("placeholder-text", "summary", {"summary": "The cost is TBC."}, {}),
    ("mixed-scripts", "summary", {"summary": "The p\u0430yment is late."}, {}),
    ("mixed-scripts", "title", {"title": "\u039dew dams"}, {}),
    ("mixed-scripts", "quotes[0].text", {"quotes": [{"text": "\u041d\u0435t", "speaker": "Ann"}]}, {}),
    ("starter-text", "summary", {"summary": "Say the bottom line here, in two or three sentences,"}, {}),
    (
        "figure-without-alt",
        "figures[0]",
        {"figures": [{"caption": "Cost.", "chart": {"values": [{"label": "a", "value": "1"}]}}]},
        {},
    ),
    ("handling-missing", "title", {"handling": None}, {}),
    ("handling-unknown", "handling.marking", {"handling": {"marking": "RESTRICTED"}}, {}),
]
"""Rule, the path it must tell, the brief, and what else is known."""

KEEPS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("quote-altered", QUOTED, found(QuoteStatus.MARKED)),
    ("quote-not-found", QUOTED, found(QuoteStatus.MARKED)),
    ("quote-source-changed", QUOTED, found(source_sha256="0" * 64)),
    ("saved-text-unreadable", QUOTED, found()),
    ("quote-unverified", QUOTED, found()),
    ("quote-speaker-doubtful", QUOTED, doubted(Doubt.NEGATION_CUT_OFF)),
    ("quote-misleading", QUOTED, doubted(Doubt.OTHER_SPEAKER)),
    ("place-not-in-source", sourced(), {}),
    ("uncited-key-point", sourced(key_points=["So [@report, p. 3]."]), {}),
    ("uncited-position", sourced(stakeholders=[{"name": "Ann", "position": "Is for it.", "sources": ["report"]}]), {}),
    ("uncited-position", sourced(stakeholders=[{"name": "Ann", "position": "Is for it [@report]."}]), {}),
    (
        "uncited-position",
        sourced(quotes=[QUOTE], stakeholders=[{"name": "Ann", "position": "Is for it.", "quotes": ["late"]}]),
        {},
    ),
    ("uncited-position", {"stakeholders": [{"name": "Ann", "stance": "unknown"}]}, {}),
    (
        "stance-without-proposition",
        {"proposition": "Do it.", "stakeholders": [{"name": "Ann", "stance": "opposed"}]},
        {},
    ),
    (
        "speaker-with-one-source",
        sourced(quotes=[QUOTE, {**QUOTE, "id": "soon", "source": "letter"}], sources=TWO_SOURCES),
        {},
    ),
    ("one-sided-quotes", sourced(quotes=[QUOTE, {**QUOTE, "id": "soon"}], stakeholders=BOTH_SIDES), {}),
    (
        "one-sided-quotes",  # the other side is quoted by name, though its entry does not list the quote
        sourced(
            quotes=[QUOTE, {**QUOTE, "id": "soon", "speaker": "Bob Builder"}],
            stakeholders=[BOTH_SIDES[0], {**BOTH_SIDES[1], "quotes": []}],
        ),
        {},
    ),
    ("one-sided-quotes", sourced(quotes=[QUOTE], stakeholders=[BOTH_SIDES[0]]), {}),
    (
        "party-twice",
        {"proposition": "Go.", "stakeholders": [{"name": "City", "stance": "mixed"}, {"name": "City"}]},
        {},
    ),
    ("starter-text", {"key_points": ["It costs 3 million."]}, {}),
    ("dates-out-of-order", {"sources": [{**SOURCE, "published": "2026-03", "accessed": "2026-03-14"}]}, {}),
    ("undated-source", sourced(sources=[{**SOURCE, "published": "2026"}]), {}),
    ("old-source", sourced(sources=[{**SOURCE, "published": "2025-03-14"}]), {}),
    ("old-source", sourced(sources=[{**SOURCE, "published": "2025"}]), {}),
    ("unused-source", sourced(key_points=["So [@letter]."], sources=TWO_SOURCES), {}),
    (
        "unused-source",
        sourced(timeline=[{"date": "2026", "event": "It was so.", "sources": ["letter"]}], sources=TWO_SOURCES),
        {},
    ),
    (
        "unused-source",  # a source is used by what came by it, however long the way
        sourced(
            sources=[{**SOURCE, "via": "paper"}, {**SOURCE, "id": "paper", "via": "agency"}, {**SOURCE, "id": "agency"}]
        ),
        {},
    ),
    (
        "question-without-owner",
        {"open_questions": [{"question": "Why?", "owner": "Ann"}, {"question": "How?", "status": "dropped"}]},
        {},
    ),
    ("question-past-due", {"open_questions": [{"question": "Why?", "owner": "Ann", "due": "2026-03-14"}]}, {}),
    ("question-past-due", {"open_questions": [{"question": "Why?", "due": "2026-03-01", "status": "dropped"}]}, {}),
    ("question-past-due", {"open_questions": [{"question": "Why?", "owner": "Ann", "due": "2026-03"}]}, {}),
    ("question-without-answer", {"open_questions": [{"question": "Why?", "status": "answered", "answer": "So."}]}, {}),
    ("likelihood-with-confidence", {"summary": "It is likely. We say so with high confidence."}, {}),
    (
        "likelihood-with-confidence",
        {"summary": "A vote of no confidence is likely, and consumer confidence is low."},
        {},
    ),
    ("likelihood-with-confidence", {"summary": "It is likely, and “we have high confidence” is what they say."}, {}),
    ("likelihood-off-scale", {"summary": "It is highly likely, and there is a realistic possibility of more."}, {}),
    (
        "likelihood-off-scale",
        {"summary": "It is very likely; there is a remote chance."},
        {"settings": {"likelihood_scale": "icd-203"}},
    ),
    ("likelihood-off-scale", {"summary": "She calls it ‘very likely’, and he “extremely unlikely”."}, {}),
    ("likelihood-off-scale", {"summary": "Das ist very likely.", "language": "de"}, {}),
    (
        "form-incomplete",
        {"reference": "W 7", "sections": [{"id": "access", "title": "A", "body": "B."}]},
        {"form": STRICT},
    ),
    ("reading-time", {"reading_minutes": "4"}, {"words": 1000}),
    ("reading-time", {}, {"words": 100_000}),
    ("too-many-pages", {"max_pages": "3"}, {"pages": 3}),
    ("too-many-pages", {"max_pages": "0"}, {}),
    ("too-many-pages", {"max_pages": "3"}, {"settings": {"max_pages": "2"}, "pages": 3}),
    ("long-sentence", {"summary": long(45)}, {}),
    ("long-sentence", {"summary": long(30) + " " + long(30).capitalize()}, {}),
    ("hard-to-read", {"summary": EASY}, {}),
    ("hard-to-read", {"summary": "Interdepartmental responsibilities necessitate reconsideration."}, {}),
    ("hard-to-read", {"summary": HARD, "language": "fr"}, {}),
    ("placeholder-text", {"summary": "The cost is 3."}, {}),
    (
        "mixed-scripts",
        {"summary": "5 μm, 2 kΩ, ΔT, λmax, α-particles, CO₂, SMS-ка, в Нью-Йорке, Ёлка, naïve: Ελλάδα, 東京Tower."},
        {},
    ),
    ("starter-text", {"summary": "Say the bottom line."}, {}),
    (
        "figure-without-alt",
        {"figures": [{"caption": "Cost.", "alt": "It rises.", "chart": {"values": [{"label": "a", "value": "1"}]}}]},
        {},
    ),
    ("handling-missing", {}, {}),
    ("handling-unknown", {"handling": {"marking": "RESTRICTED"}}, {"settings": {"markings": ["RESTRICTED"]}}),
]


def test_the_bare_brief_breaks_no_rule() -> None:
    assert report(BARE).problems == ()


@pytest.mark.parametrize(
    ("code", "path", "values", "more"), BREACHES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_breach_is_told_at_its_place(code: str, path: str, values: dict[str, Any], more: dict[str, Any]) -> None:
    assert told(values, code, **more) == [path]


@pytest.mark.parametrize(("code", "values", "more"), KEEPS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_brief_that_keeps_a_rule_is_left_alone(code: str, values: dict[str, Any], more: dict[str, Any]) -> None:
    assert told(values, code, **more) == []


def test_every_rule_is_tried_both_ways() -> None:
    assert {code for code, *_ in BREACHES} == {code for code, *_ in KEEPS} == set(rule_codes())


@pytest.mark.parametrize(
    ("code", "path", "values", "more"), BREACHES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_rule_is_as_loud_as_it_is_set(code: str, path: str, values: dict[str, Any], more: dict[str, Any]) -> None:
    for level in RuleLevel:
        settings = {**more.get("settings", {}), "rules": {code: level.value}}
        said = {
            problem.severity
            for problem in report(values, **{**more, "settings": settings}).problems
            if problem.code == code
        }
        assert said == ({Severity(level.value)} if level is not RuleLevel.OFF else set())


def test_the_table_of_codes_says_what_each_rule_asks() -> None:
    assert {code: CODES[code] for code in rule_codes()} == {
        rule.code: f"A rule is broken: {rule.asks}" for rule in RULES
    }


def test_a_quote_that_nobody_looked_for_is_not_passed_over() -> None:
    given = subject(QUOTED)
    bare = type(given)(given.brief, {}, given.settings)
    (rule,) = (rule for rule in RULES if rule.code == "quote-unverified")
    assert [breach.path for breach in rule.breaches(bare)] == ["quotes[0].source"]


def test_what_is_wrong_and_what_would_be_right_are_said() -> None:
    for code, _, values, more in BREACHES:
        for problem in report(values, **more).problems:
            assert problem.message and problem.hint, code


def test_an_altered_quote_shows_the_difference_and_the_place() -> None:
    code, _, values, more = BREACHES[0]
    (problem,) = (problem for problem in report(values, **more).problems if problem.code == code)
    assert "We [-were-]{+are+} late." in problem.message
