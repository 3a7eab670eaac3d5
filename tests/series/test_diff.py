"""`briefing diff`, on real folders."""

from __future__ import annotations

from pathlib import Path

from tests.running import EXAMPLES, briefing, small_brief

OLD = """\
title: The river
date: 2026-03-13
summary: It rises [@gauge].
key_points: [It will flood., Nobody is ready.]
stakeholders: [{id: city, name: The City, stance: opposed}]
open_questions:
  - {id: dam, question: Does the dam hold?}
  - {id: peak, question: When is the peak?, due: 2026-03-14}
sources: [{id: gauge, title: Gauge, published: 2026-03-01}]
"""

NEW = """\
title: The river
date: 2026-03-20
summary: |
  It *falls* [@gauge].
key_points: [Nobody is ready., It will flood soon.]
quotes: [{id: dry, text: We are dry., speaker: The Mayor}]
stakeholders: [{id: city, name: The City, stance: mixed}]
open_questions:
  - {id: dam, question: Does the dam hold?, status: answered, answer: "It does [@gauge]."}
  - {id: peak, question: When is the peak?, due: 2026-03-14}
  - {id: cost, question: What does it cost?}
sources: [{id: gauge, title: Gauge, published: 2026-03-01}]
"""


def test_what_changed_is_told_by_family(tmp_path: Path) -> None:
    small_brief(tmp_path / "old", OLD)
    small_brief(tmp_path / "new", NEW)
    run = briefing("diff", "old", "new/brief.yaml", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == [
        "Positions",
        "  moved city: The City (from opposed to mixed)",
        "Open questions",
        "  answered dam: Does the dam hold?",
        "    answer: It does.",
        "  overdue peak: When is the peak?",
        "  opened cost: What does it cost?",
        "Quotes",
        "  added dry: The Mayor",
        "Key points",
        "  rewritten It will flood soon.",
        "    was: It will flood.",
        "    now: It will flood soon.",
        "Texts",
        "  rewritten summary",
        "    was: It rises.",
        "    now: It falls.",
    ]


def test_json_tells_each_change(tmp_path: Path) -> None:
    small_brief(tmp_path / "old", OLD)
    small_brief(tmp_path / "new", NEW)
    (told,) = briefing("diff", "old", "new", "--json", cwd=tmp_path).objects
    assert (told["old"], told["new"]) == ("old/brief.yaml", "new/brief.yaml")
    assert told["changes"][0] == {
        "family": "position",
        "kind": "moved",
        "item": "city",
        "path": "stakeholders[0]",
        "name": "The City",
        "before": "opposed",
        "after": "mixed",
    }
    assert len(told["changes"]) == 7


def test_no_change_is_told_too() -> None:
    example = EXAMPLES / "veska-flood-storage"
    run = briefing("diff", example, example)
    assert run.code == 0 and run.out.startswith("nothing changed from ")
    assert briefing("diff", example, example, "--json").objects[0]["changes"] == []


def test_settings_say_when_a_source_is_stale(tmp_path: Path) -> None:
    small_brief(tmp_path / "old", OLD)
    small_brief(tmp_path / "new", OLD.replace("2026-03-13", "2026-03-20"))
    assert "stale" not in briefing("diff", "old", "new", cwd=tmp_path).out
    (tmp_path / "office.toml").write_text("source_age_days = 14\n")
    named = briefing("diff", "old", "new", "--config", "office.toml", cwd=tmp_path)
    (tmp_path / "office.toml").rename(tmp_path / "new" / "briefing.toml")
    beside = briefing("diff", "old", "new", cwd=tmp_path)
    assert "  stale gauge: Gauge (published 2026-03-01)" in named.out
    assert beside.out == named.out


def test_faults_of_both_issues_are_told(tmp_path: Path) -> None:
    small_brief(tmp_path / "old", OLD.replace("summary", "sumary"))
    small_brief(tmp_path / "new", NEW.replace("2026-03-20", "2026-03-40"))
    run = briefing("diff", "old", "new", cwd=tmp_path)
    assert (run.code, run.out) == (3, "")
    assert "old/brief.yaml:3:1: error" in run.err and "new/brief.yaml:2:7: error" in run.err


def test_a_path_that_leads_nowhere_is_a_usage_error(tmp_path: Path) -> None:
    small_brief(tmp_path / "old", OLD)
    run = briefing("diff", "old", "elsewhere", cwd=tmp_path)
    assert run.code == 2 and "[no-such-path]" in run.err
