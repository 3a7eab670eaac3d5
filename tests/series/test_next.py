"""`briefing next`, on real folders."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import EXAMPLES, Run, briefing
from tests.series.issue_files import ISSUE, NEXT, files, issue


def made(run: Run, folder: Path, name: str = "brief.yaml") -> str:
    """The data file of the issue that a run made."""
    assert (run.code, run.err) == (0, "")
    return (folder / name).read_bytes().decode()


def test_only_what_must_change_does(tmp_path: Path) -> None:
    last = issue(tmp_path / "river-012")
    before = files(last)
    assert made(briefing("next", last), tmp_path / "river-013") == NEXT
    assert files(last) == before


def test_cited_sources_come_with_their_texts_and_nothing_else_does(tmp_path: Path) -> None:
    last = issue(tmp_path / "river-012")
    (last / "out").mkdir()
    (last / "out" / "river-012.pdf").write_bytes(b"old")
    (last / "briefing.toml").write_text("source_age_days = 30\n")
    assert briefing("next", last).code == 0
    found = files(tmp_path / "river-013")
    assert sorted(found) == ["brief.yaml", "briefing.toml", "sources/2026/ledger.txt", "sources/gauge.txt"]
    assert found["sources/gauge.txt"] == b"Saved: gauge.txt\n"


def test_it_says_what_it_carried_and_what_it_left(tmp_path: Path) -> None:
    issue(tmp_path / "river-012")
    run = briefing("next", "river-012", cwd=tmp_path)
    assert run.out.splitlines() == [
        "made river-013/brief.yaml after river-012/brief.yaml",
        "name: river-013 (its number 012 became 013)",
        "number: 12 -> 13",
        "date: 2026-03-13 -> 2026-03-20 (the last issue's series.next)",
        "period: 2026-03-07 to 2026-03-13 -> 2026-03-14 to 2026-03-20",
        "next: 2026-03-20 -> 2026-03-27",
        "carried question dam: Does the dam hold? (open since 2026-03-13, in 1 issue)",
        "carried question cost: What does it cost? (open since 2026-02-27, in 3 issues)",
        "carried source gauge: The gauge's readings (cited in summary)",
        "carried source office: The office (reports gauge)",
        "carried source ledger: Ledger (cited in open_questions)",
        "left question peak: When is the peak? (answered)",
        "left question boats: Are there boats, and whose? (dropped)",
        "left source bulletin: Bulletin (nothing that stays cites it)",
        "left source rumour: A rumour (nothing that stays cites it)",
        "carried file sources/gauge.txt",
        "carried file sources/2026/ledger.txt",
    ]


def test_json_says_the_same(tmp_path: Path) -> None:
    issue(tmp_path / "river-012")
    (told,) = briefing("next", "river-012", "--json", cwd=tmp_path).objects
    assert told["data_file"] == "river-013/brief.yaml"
    assert told["number"] == {"from": 12, "to": 13}
    assert [(item["kind"], item["id"], item.get("issues")) for item in told["carried"]] == [
        ("question", "dam", 1),
        ("question", "cost", 3),
        ("source", "gauge", None),
        ("source", "office", None),
        ("source", "ledger", None),
    ]
    assert [item["path"] for item in told["left"]] == [
        "open_questions[0]",
        "open_questions[2]",
        "sources[0]",
        "sources[2]",
    ]


def test_one_issue_follows_the_other(tmp_path: Path) -> None:
    issue(tmp_path / "river-012")
    for last in ("river-012", "river-013", "river-014"):
        assert briefing("next", last, cwd=tmp_path).code == 0
    text = (tmp_path / "river-015" / "brief.yaml").read_text()
    assert re.findall(r"(?:date|previous|next|raised): \S+", text) == [
        "date: '2026-04-03'",
        "next: 2026-04-10",
        "previous: ../river-014/brief.yaml",
        "raised: 2026-03-13",
        "raised: 2026-02-27",
    ]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, line_end: str) -> None:
    last = issue(tmp_path / "river-012")
    (last / "brief.yaml").write_bytes(b"\xef\xbb\xbf" + ISSUE.replace("\n", line_end).encode())
    assert briefing("next", last).code == 0
    expected = b"\xef\xbb\xbf" + NEXT.replace("\n", line_end).encode()
    assert (tmp_path / "river-013" / "brief.yaml").read_bytes() == expected


FLOW = """\
{title: A, date: 2026-03-13, series: {title: W, number: 3,}, summary: "S [@b]",
 open_questions: [{question: Q?, status: answered}, {question: "R?"}, {question: T?, status: dropped}],
 sources: [{id: a, title: A}, {id: b, title: B}] }
"""


def test_flow_collections_are_cut_where_they_stand(tmp_path: Path) -> None:
    last = issue(tmp_path / "w 3", FLOW)
    assert made(briefing("next", last), tmp_path / "w 4") == (
        '{title: A, date: 2026-03-20, series: {title: W, number: 4, previous: "../w 3/brief.yaml",}, summary: "S [@b]",\n'
        ' open_questions: [{question: "R?", raised: 2026-03-13}],\n'
        " sources: [{id: b, title: B}] }\n"
    )


JSON = """\
{
\t"title": "A",
\t"date": "2026-03-31",
\t"series": {
\t\t"title": "W",
\t\t"number": 3,
\t\t"period": {"start": "2026-03-01", "end": "2026-03-31"}
\t},
\t"summary": "S [@b] \\u00e9 \\/",
\t"figures": [{"caption": "C", "chart": {"values": [{"label": "x", "value": 1.50}]}}],
\t"open_questions": [
\t\t{"question": "Q?", "status": "answered"},
\t\t{
\t\t\t"question": "R?",
\t\t\t"raised": null
\t\t},
\t\t{"question": "T?", "status": "dropped"}
\t],
\t"sources": [{"id": "a", "title": "A"},
\t\t{"id": "b", "title": "B"}]
}
"""


def test_json_keeps_its_indents_and_its_numbers(tmp_path: Path) -> None:
    last = issue(tmp_path / "issue-2026-03", JSON, "brief.json")
    assert made(briefing("next", last), tmp_path / "issue-2026-04", "brief.json") == (
        '{\n\t"title": "A",\n\t"date": "2026-04-30",\n\t"series": {\n\t\t"title": "W",\n\t\t"number": 4,\n'
        '\t\t"period": {"start": "2026-04-01", "end": "2026-04-30"},\n'
        '\t\t"previous": "../issue-2026-03/brief.json"\n\t},\n\t"summary": "S [@b] \\u00e9 \\/",\n'
        '\t"figures": [{"caption": "C", "chart": {"values": [{"label": "x", "value": 1.50}]}}],\n'
        '\t"open_questions": [\n\t\t{\n\t\t\t"question": "R?",\n\t\t\t"raised": "2026-03-31"\n\t\t}\n\t],\n'
        '\t"sources": [{"id": "b", "title": "B"}]\n}\n'
    )


SMALL = """\
title: A
date: 2026-03-13
series: {title: W, number: 3}
summary: S
"""


def test_a_list_of_which_nothing_stays_stays_as_an_empty_list(tmp_path: Path) -> None:
    text = SMALL + (
        "# Unknown.\nopen_questions:   # all of them\n\n  - question: Q?\n    status: answered\n\n\n"
        "  - question: R?\n    status: dropped\n\n# Sources.\nsources:\n- {id: a, title: A}\n- id: b\n  title: |+\n    B\n\n"
    )
    data = made(briefing("next", issue(tmp_path / "w", text)), tmp_path / "w-4")
    assert data.endswith("# Unknown.\nopen_questions: []   # all of them\n\n# Sources.\nsources: []\n\n")


def test_keys_without_a_value_are_filled(tmp_path: Path) -> None:
    text = (
        "title: A\ndate: 2026-03-13\nsummary: S\nseries:\n  previous:\n  title: W\n  next: ~\n"
        "open_questions:\n- raised:   # when?\n  question: Q?"
    )
    data = made(briefing("next", issue(tmp_path / "w", text)), tmp_path / "w-2")
    assert data == (
        "title: A\ndate: 2026-03-20\nsummary: S\nseries:\n  previous: ../w/brief.yaml\n  title: W\n  next: ~\n"
        "open_questions:\n- raised: 2026-03-13   # when?\n  question: Q?"
    )


def test_a_key_is_added_behind_a_value_that_ends_the_file(tmp_path: Path) -> None:
    text = (
        "title: A\ndate: 2026-03-13\nsummary: S\nopen_questions:\n- question: >\n    Q?\n  id: q\n"
        "series:\n  title: W\n  period:\n    start: 2026-03\n    end: 2026-03"
    )
    data = made(briefing("next", issue(tmp_path / "w", text)), tmp_path / "w-2")
    assert data.endswith(
        "- question: >\n    Q?\n  raised: 2026-03-13\n  id: q\nseries:\n  title: W\n"
        "  period:\n    start: 2026-04\n    end: 2026-04\n  previous: ../w/brief.yaml"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL.replace("2026-03-13", "&d 2026-03-13") + "timeline: [{date: *d, event: E}]\n", "anchor (&d)"),
        (SMALL + "timeline: [{date: &d 2026-03-13, event: E}]\n", ""),
        (
            "title: A\ntimeline: [{date: &d 2026-03-13, event: E}]\ndate: *d\nseries: {title: W, number: 3}\n",
            "alias (*d)",
        ),
        (
            SMALL + "open_questions:\n- {question: &q Q?, status: dropped}\n- question: R?\n  why: *q\n",
            "*q stands for nothing",
        ),
        (SMALL + "open_questions:\n- {question: &q Q?, raised: 2026}\n- question: R?\n  why: *q\nsources: []\n", ""),
        (SMALL + "open_questions:\n- &q {question: Q?, status: dropped}\n- *q\n", "alias"),
        (
            SMALL + "open_questions:\n- &q\n  question: Q?\n  status: answered\n- question: R?\n  why: see above\n",
            "",
        ),
        (
            "title: A\ndate: 2026-03-13\nsummary: S\nseries:\n  title: W\n  period: &p {start: 2026-03-07, end: 2026-03-13}\n",
            "",
        ),
    ],
)
def test_anchors_are_left_alone_or_refused(tmp_path: Path, text: str, said: str) -> None:
    run = briefing("next", issue(tmp_path / "w", text))
    if said:
        assert run.code == 3 and said in run.err and "[not-editable]" in run.err
        assert [entry.name for entry in tmp_path.iterdir()] == ["w"]
    else:
        assert (run.code, run.err) == (0, "")


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    last = issue(tmp_path / "river-012")
    for place in ("a folder", "a file", "a dangling link"):
        target = tmp_path / place / "river-013"
        target.parent.mkdir()
        if place == "a folder":
            target.mkdir()
        elif place == "a file":
            target.write_text("mine")
        else:
            target.symlink_to(tmp_path / "nowhere")
        run = briefing("next", last, "-o", target.parent)
        assert run.code == 2 and "[already-exists]" in run.err
        assert [entry.name for entry in target.parent.iterdir()] == ["river-013"]
    assert (tmp_path / "a file" / "river-013").read_text() == "mine"
    assert briefing("next", last).code == 0
    before = files(tmp_path / "river-013")
    assert briefing("next", last).code == 2
    assert files(tmp_path / "river-013") == before


def test_output_dir_says_where_and_previous_leads_back(tmp_path: Path) -> None:
    last = issue(tmp_path / "river-012")
    assert briefing("next", last, "--output-dir", tmp_path / "2026" / "spring").code == 0
    folder = tmp_path / "2026" / "spring" / "river-013"
    found = re.search(r"previous: (\S+)", (folder / "brief.yaml").read_text())
    assert found and (folder / found[1]).resolve() == last / "brief.yaml"


def test_the_folder_may_be_named_in_any_way(tmp_path: Path) -> None:
    last = issue(tmp_path / "river-012")
    (tmp_path / "latest").symlink_to(last)
    for number, (path, cwd) in enumerate(((".", last), ("latest", tmp_path), ("river-012/brief.yaml", tmp_path))):
        target = tmp_path / f"moved-{number}"
        assert briefing("next", path, cwd=cwd).code == 0
        (tmp_path / "river-013").rename(target)
        assert (target / "brief.yaml").read_bytes().decode() == NEXT


@pytest.mark.parametrize(
    ("call", "text", "said"),
    [
        (["--date", "2026-03-13"], SMALL, "not after the last issue"),
        (["--date", "March"], SMALL, "--date: error: 'March' is not a date; write 2026"),
        (["--date", "2026-02-30"], SMALL, "there is no day 30"),
    ],
)
def test_a_date_that_does_not_fit_is_a_usage_error(tmp_path: Path, call: list[str], text: str, said: str) -> None:
    run = briefing("next", issue(tmp_path / "w", text), *call)
    assert run.code == 2 and said in run.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL.replace("series: {title: W, number: 3}\n", ""), "belongs to no series; add 'series:"),
        (SMALL.replace("number: 3", "next: 2026-03-13"), "brief.yaml:3:26: error: the next issue (2026-03-13)"),
        (SMALL.replace("2026-03-13", "9999-12-31"), "brief.yaml:2:7: error: the next issue would lie after"),
        (SMALL.replace("summary: S", "open_questions: [{question: Q?, status: dropped}]"), "would not be sound"),
        (SMALL.replace("summary: S", "sumary: S"), "did you mean 'summary'?"),
    ],
)
def test_a_last_issue_at_fault_is_told_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    run = briefing("next", issue(tmp_path / "w", text))
    assert run.code == 3 and said in run.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["w"]


def test_waivers_follow_the_items_that_they_name(tmp_path: Path) -> None:
    waiver = "- {{rule: question-without-owner, item: '{}', reason: R, until: 2027}}\n"
    named = ["", "gone", "open_questions[0]", "open_questions[1].question", "stays", "key_points[0]"]
    text = SMALL + (
        "open_questions:\n- {id: gone, question: Q?, status: dropped}\n- {id: stays, question: R?, raised: 2026-03}\n"
        "waivers:\n" + "".join(waiver.format(name) for name in named).replace("item: '', ", "")
    )
    data = made(briefing("next", issue(tmp_path / "w", text)), tmp_path / "w-4")
    kept = ["", "open_questions[0].question", "stays", "key_points[0]"]
    assert data.endswith("waivers:\n" + "".join(waiver.format(name) for name in kept).replace("item: '', ", ""))


def test_a_read_only_place_is_told(tmp_path: Path) -> None:
    last = issue(tmp_path / "w", SMALL)
    (tmp_path / "full").write_text("no folder")
    run = briefing("next", last, "-o", tmp_path / "full" / "deeper")
    assert run.code in (2, 5) and "full" in run.err


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    last = issue(tmp_path / "w", SMALL)
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    for process, kept in ((int(dead.stdout), False), (os.getpid(), True)):
        litter = tmp_path / f".{process}-0123abcd.briefing-part"
        litter.mkdir()
        (litter / "brief.yaml").write_text("half")
        assert briefing("next", last, "--date", "2026-04-01").code == 0
        assert litter.exists() is kept
        for file in (tmp_path / "w-4").iterdir():
            file.unlink()
        (tmp_path / "w-4").rmdir()


def test_the_example_goes_on_and_checks(tmp_path: Path) -> None:
    example = EXAMPLES / "veska-flood-storage"
    run = briefing("next", example, "-o", tmp_path, "--json")
    (told,) = run.objects
    assert [item["id"] for item in told["left"]] == ["assessment", "quarry"]
    assert briefing("check", tmp_path / "veska-flood-storage-13", "--strict").code == 0
    old = (example / "brief.yaml").read_text(encoding="utf-8").splitlines()
    new = (tmp_path / "veska-flood-storage-13" / "brief.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in old if "#" in line] == [line for line in new if "#" in line]
    assert json.dumps(told)
