"""What a paper asks for and reports: every key of it is told when it changes and marked where it stands, and `next` takes along what lasts."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from briefing.compose import resolve
from briefing.document.inlines import CheckBox, CrossReference, Mark, MarkKind
from briefing.document.reading import inline_text, reading
from briefing.document.tree import Document, Paragraph, Table
from briefing.document.walk import walk
from briefing.schema.brief import KINDS
from briefing.series.changes import changes
from briefing.series.last_issue import Compared
from tests.running import briefing
from tests.series.test_every_leaf import FULL, LEAVES, at, brief, changed, other

NEW = re.compile(
    r"(?:decision|recommendations|key_figures|sectors|options|considerations|risks|questions_and_answers|lines_to_take|clearance)\b"
)
VALUES: dict[str, Any] = {**copy.deepcopy(FULL), "figures": [FULL["figures"][0]], "order": []}
"""The full brief in the usual order, without the picture, of which there is no file."""


def composed(values: dict[str, Any], old: dict[str, Any] | None = None, **more: Any) -> Document:
    """The tree of a brief, compared with an `old` one where there is one."""
    new = brief({**values, **more})
    if old is None:
        return resolve(new, {})
    before = brief({**old, **more})
    return resolve(new, {}, since=Compared(1, before.date, changes(before, new, stale_after_days=9999)))


def said(node: Any) -> str:
    return " ".join(inline_text(each.children) for each in walk(node) if isinstance(each, Paragraph))


@pytest.mark.parametrize("path", [path for path in LEAVES if NEW.match(path)])
def test_every_key_is_told_and_marked(path: str) -> None:
    new = {**changed(path, "b" if ".sources" in path else other(at(path))), "figures": VALUES["figures"]}
    document = composed(new, VALUES)
    since = next(section for section in document.sections if section.kind == "since_last_issue")
    key = re.split(r"[.\[]", path)[0]
    heading = next(inline_text(each.heading.children) for each in document.sections if each.kind == key)
    assert heading in said(since)
    body = next(section for section in document.sections if section.kind == key)
    marks = [node for node in walk(body) if isinstance(node, Mark) and node.kind is MarkKind.CHANGE]
    assert len(marks) == (0 if path.endswith(".value") else 1)
    assert ("was 344,000" in said(body)) == path.endswith(".value")


def test_a_key_figure_says_what_it_was_in_the_unit_that_it_had() -> None:
    new = {**VALUES, "key_figures": [{**VALUES["key_figures"][0], "value": "344.50", "unit": "%"}]}
    document = composed(new, VALUES)
    assert "344.50% was 344,000 ships a year" in said(document.sections)
    assert "344,50\u00a0% zuvor 344.000 ships a year" in said(composed(new, VALUES, language="de-DE").sections)
    assert "344,000 ships a year unchanged" in said(composed(VALUES, VALUES, title="Another").sections)
    assert "unchanged" not in said(composed(VALUES).sections), "without an earlier issue nothing is compared"


def test_verbs_boxes_and_the_order_of_the_first_page() -> None:
    items = [
        {"id": verb or "none", "text": "to go.", **({"verb": verb} if verb else {})} for verb in ("agree", "note", "")
    ]
    document = composed({**VALUES, "recommendations": items})
    assert [section.kind for section in document.sections][:4] == [
        "summary",
        "decision",
        "recommendations",
        "key_figures",
    ]
    section = document.sections[2]
    assert "That you agree to go." in said(section) and "That you note to go." in said(section)
    boxes = [node for node in walk(section) if isinstance(node, CheckBox)]
    assert [(box.name.removeprefix("recommendation-"), box.word) for box in boxes] == [
        ("agree.agree", "Agree"),
        ("agree.disagree", "Disagree"),
        ("agree.discuss", "Discuss"),
        ("note.noted", "Noted"),
        ("note.discuss", "Discuss"),
    ]
    assert "\n☐\u00a0Agree" in "\n".join(piece.text for piece in reading(document))


def test_references_say_what_stands_on_the_page() -> None:
    names = "[#wide], [#do], [#silt], [#answer-why], [#trade] and [#ships]"
    document = composed({**VALUES, "background": f"See {names}."})
    background = next(section for section in document.sections if section.kind == "background")
    said_there = background.blocks[0]
    assert isinstance(said_there, Paragraph)
    assert inline_text(said_there.children) == "See option 1, recommendation 1, risk 1, Q1, Trade and Ships."
    there = {getattr(node, "id", "") for node in walk(document.sections)}
    assert {node.target for node in walk(background) if isinstance(node, CrossReference)} <= there
    rows = {row.id: said(row) for table in walk(document.sections) if isinstance(table, Table) for row in table.rows}
    assert rows["option-wide"].startswith("Option 1 A wide gate") and "✓\u00a0Recommended" in rows["option-wide"]


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [("low", "medium", "●○○\u00a0Low"), ("medium", "medium", "●●○\u00a0Medium"), ("high", "low", "●●○\u00a0Medium"),
     ("high", "medium", "●●●\u00a0High"), ("high", None, None)],
)  # fmt: skip
def test_a_risk_has_the_level_of_likelihood_times_impact(
    likelihood: str, impact: str | None, level: str | None
) -> None:
    risk = {"id": "a", "risk": "So.", "likelihood": likelihood, **({"impact": impact} if impact else {})}
    document = composed({**VALUES, "risks": [risk]})
    levels = [
        node for node in walk(document.sections) if isinstance(node, Paragraph) and node.id == "risk-a.level-text"
    ]
    assert [inline_text(each.children) for each in levels] == ([level] if level else [])


YAML = """\
title: The gate
date: 2026-03-13
series: {title: Gate Weekly, number: 1}
decision:   # asked on Friday
  ask: Whether to widen it [@memo].
  by: 2026-03-20
recommendations:
  - {id: do, verb: agree, text: to widen it.}
key_figures:
  - {id: ships, value: 344000, label: Ships}
clearance:
  - {team: Legal, status: cleared}
risks: [{id: silt, risk: It silts up.}]
waivers: [{rule: unused-source, reason: Kept., until: 2026-12}]
sources: [{id: memo, title: Memo}]
"""
JSON = (
    '{"title": "The gate", "date": "2026-03-13", "series": {"title": "Gate Weekly", "number": 1}, "decision": {"ask": "Whether?"}, '
    '"clearance": [{"team": "Legal"}], "risks": [{"id": "silt", "risk": "It silts up."}]}'
)


@pytest.mark.parametrize(("name", "text"), [("brief.yaml", YAML), ("brief.json", JSON)])
def test_the_next_issue_begins_without_what_was_asked_and_cleared_in_the_last(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "gate-1").mkdir()
    (tmp_path / "gate-1" / name).write_text(text, encoding="utf-8")
    run = briefing("next", "gate-1", cwd=tmp_path)
    assert run.code == 0, run.err
    assert "left decision Whether" in run.out and "left clearance" in run.out and "(of that issue alone)" in run.out
    made = (tmp_path / "gate-2" / name).read_text(encoding="utf-8")
    assert "silt" in made and "Whether" not in made and "Legal" not in made
    assert briefing("check", "gate-2", cwd=tmp_path).code == 0
    if name == "brief.yaml":
        assert "decision: null" in made and "recommendations: []" in made and "344000" in made
        assert "rule: unused-source" in made and "memo" not in made


def test_every_kind_has_its_words_in_every_language() -> None:
    for language in ("en-GB", "de-DE", "fr-FR"):
        document = composed(VALUES, language=language)
        assert {kind.key for kind in KINDS if NEW.match(kind.key)} <= {section.kind for section in document.sections}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("verb: agree", "verb: agreed", "did you mean 'agree'?"),
        ("status: cleared", "status: done", "'cleared', 'pending', 'not_needed'"),
        ("value: 344000", "value: '**344**'", "[bad-value]"),
        ("[@memo]", "[@mem]", "there is no source 'mem'; did you mean 'memo'?"),
        ("by: 2026-03-20", "due: 2026-03-20", "[unknown-key]"),
    ],
)
def test_faults_in_them_are_found_at_their_places(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "brief.yaml").write_text(YAML.replace(old, new), encoding="utf-8")
    run = briefing("check", tmp_path)
    assert run.code == 3 and fault in run.err, run.err
