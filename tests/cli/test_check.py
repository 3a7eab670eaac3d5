"""`briefing check` from outside: evidence, rules, waivers, settings, SARIF and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import EXAMPLE_BRIEFS, EXAMPLES, briefing, small_brief

BRIEF = """\
title: A brief
date: 2026-03-14
handling: {marking: OFFICIAL}
summary: It is so [@report].
quotes:
  - id: late
    text: We are late, and we know it.
    speaker: Ann Author
    source: report
sources:
  - id: report
    title: Report
    published: 2026-03-01
    text: sources/report.txt
waivers:
  - rule: speaker-with-one-source
    reason: There is only one report.
    until: 2026-04
"""
REPORT = "The report\n\n\u201cWe are late, and we know it,\u201d said Ann Author, who builds the dam.\n"


def brief(folder: Path, text: str = BRIEF, report: str = REPORT) -> Path:
    small_brief(folder, text)
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "report.txt").write_text(report, encoding="utf-8")
    return folder


def test_a_clean_brief_passes_without_a_word(tmp_path: Path) -> None:
    run = briefing("check", brief(tmp_path / "a"))
    assert (run.code, run.err) == (0, "")
    assert "1 of 1 quote verified, 0 problems, 1 waived" in run.out


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        (REPORT.replace("know", "knew"), "quote-altered", "[-knew-]{+know+}"),
        (REPORT.replace("We are", "We are not"), "quote-altered", "not"),
        ("Nothing of the sort.\n", "quote-not-found", "does not hold this quote"),
        (REPORT.replace("said Ann Author", "said Bob Builder"), "quote-speaker-doubtful", "Bob Builder"),
    ],
)
def test_a_quote_that_its_source_does_not_bear_out_is_told(tmp_path: Path, report: str, code: str, said: str) -> None:
    run = briefing("check", brief(tmp_path / "a", report=report))
    line = next(line for line in run.err.splitlines() if line.endswith(f"[{code}]"))
    assert said in line and line.startswith(f"{tmp_path / 'a' / 'brief.yaml'}:")
    assert run.code == 4


def test_a_misquotation_is_not_built(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a", report=REPORT.replace("know", "knew"))
    run = briefing("build", folder)
    assert run.code == 4 and "[quote-altered]" in run.err
    assert not (folder / "out").exists()


def test_strict_lets_a_warning_fail(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a", BRIEF.replace("handling: {marking: OFFICIAL}\n", ""))
    assert briefing("check", folder).code == 0
    assert briefing("check", folder, "--strict").code == 4
    assert briefing("build", folder, "--strict", "-f", "docx").code == 4
    assert briefing("build", folder, "-f", "docx").code == 0


def test_the_offices_settings_set_the_loudness(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a", BRIEF.replace("OFFICIAL", "INTERNAL"))
    assert "[handling-unknown]" in briefing("check", folder).err
    (folder / "briefing.toml").write_text('[rules]\nhandling-unknown = "error"\n', encoding="utf-8")
    assert briefing("check", folder).code == 4
    (folder / "briefing.toml").write_text('[rules]\nhandling-unknown = "off"\n', encoding="utf-8")
    assert briefing("check", folder).err == ""
    office = tmp_path / "office.toml"
    office.write_text('markings = ["INTERNAL"]\n', encoding="utf-8")
    (folder / "briefing.toml").unlink()
    assert briefing("check", folder, "--config", office).err == ""


def test_faults_of_the_settings_have_places(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a")
    (folder / "briefing.toml").write_text('max_page = 3\n[rules]\nhandling-unknwon = "error"\n', encoding="utf-8")
    run = briefing("check", folder)
    assert run.code == 3
    assert f"{folder / 'briefing.toml'}:1:1: error: " in run.err and "did you mean 'max_pages'?" in run.err
    (folder / "briefing.toml").write_text('[rules]\nhandling-unknwon = "error"\n', encoding="utf-8")
    run = briefing("check", folder)
    assert f"{folder / 'briefing.toml'}:2:1: error: " in run.err and "did you mean 'handling-unknown'?" in run.err


def test_waivers_run_out_and_must_be_needed(tmp_path: Path) -> None:
    late = BRIEF.replace("until: 2026-04", "until: 2026-03-13")
    run = briefing("check", brief(tmp_path / "a", late))
    assert "[waiver-expired]" in run.err and "[speaker-with-one-source]" in run.err
    unused = BRIEF.replace("speaker-with-one-source", "unused-source")
    assert "[waiver-unused]" in briefing("check", brief(tmp_path / "b", unused)).err
    wrong = BRIEF.replace("speaker-with-one-source", "speaker-with-one-sauce")
    run = briefing("check", brief(tmp_path / "c", wrong))
    assert run.code == 4 and "did you mean 'speaker-with-one-source'?" in run.err


def test_pages_are_counted_when_there_are_some(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a", BRIEF + "max_pages: 0\n")
    assert briefing("check", folder).code == 0
    run = briefing("build", folder, "-f", "pdf")
    assert run.code == 4 and "[too-many-pages]" in run.err


def test_json_tells_all(tmp_path: Path) -> None:
    (told,) = briefing("check", brief(tmp_path / "a"), "--json").objects
    assert told["status"] == "passed" and told["quotes"][0]["status"] == "verbatim"
    assert told["quotes"][0]["locator"] == "para 2"
    assert told["waived"][0]["waived"]["reason"] == "There is only one report."


def test_sarif_has_rules_places_and_suppressions(tmp_path: Path) -> None:
    folder = brief(tmp_path / "a", report=REPORT.replace("know", "knew"))
    run = briefing("check", "a", "--sarif", "log.sarif", cwd=tmp_path)
    assert run.code == 4 and folder.is_dir()
    log = json.loads((tmp_path / "log.sarif").read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    results = {result["ruleId"]: result for result in one["results"]}
    altered = results["quote-altered"]
    assert altered["level"] == "error"
    location = altered["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "a/brief.yaml"}, "region": {"startLine": 7, "startColumn": 11}}
    assert one["tool"]["driver"]["rules"][altered["ruleIndex"]]["id"] == "quote-altered"
    assert results["speaker-with-one-source"]["suppressions"][0]["kind"] == "inSource"


def test_the_mark_stands_beside_the_quote_in_every_loudness(tmp_path: Path) -> None:
    shown = {
        show: "verbatim in the saved source"
        in briefing("tree", brief(tmp_path / show, BRIEF + f"evidence: {{show: {show}}}\n")).out
        for show in ("mark", "problems", "none")
    }
    assert shown == {"mark": True, "problems": False, "none": False}
    assert "checked word for word against its saved source" in briefing("tree", tmp_path / "problems").out


@pytest.mark.parametrize("name", EXAMPLE_BRIEFS)
def test_the_examples_are_verified_and_say_nothing(name: str) -> None:
    run = briefing("check", EXAMPLES / name, "--strict", "--json")
    (told,) = run.objects
    assert run.code == 0 and told["problems"] == []
    assert {quote["status"] for quote in told["quotes"]} <= {"verbatim", "verbatim with marked changes"}


def test_quotes_of_an_article_are_listed_ready_to_paste(tmp_path: Path) -> None:
    brief(tmp_path / "a")
    run = briefing("quotes", tmp_path / "a" / "sources" / "report.txt", "--source-id", "report")
    assert "speaker: Ann Author" in run.out and "source: report" in run.out
    pasted = (
        BRIEF.split("quotes:")[0]
        + "quotes:\n"
        + "".join(f"  {line}\n" for line in run.out.splitlines())
        + "sources:"
        + BRIEF.split("sources:", 1)[1]
    )
    assert briefing("check", brief(tmp_path / "b", pasted)).code == 0
    report = REPORT.replace("said Ann Author", "she said")
    unstated = briefing("check", brief(tmp_path / "c", pasted.replace("Ann Author", "TBC"), report=report), "--json")
    assert unstated.code == 4
    assert [(one["code"], one["path"]) for one in unstated.objects[0]["problems"]] == [
        ("placeholder-text", "quotes[0].speaker")
    ]
    assert json.loads(briefing("quotes", tmp_path / "a" / "sources" / "report.txt", "--json").out)
    assert briefing("quotes", tmp_path / "nothing.txt").code == 2
