"""Many briefs at once: one result each, the same files with any number of processes, and a table at the end."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from pathlib import Path

import pytest

import briefing as package
from briefing import Status
from briefing.cli.progress import progress
from tests.running import SMALL, Run, briefing, small_brief


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".pdf", ".docx")
    }


def several(folder: Path, count: int = 4) -> Path:
    for number in range(count):
        small_brief(folder / f"brief-{number}", SMALL.replace("A small brief", f"Brief number {number}"))
    return folder


def test_any_number_of_processes_gives_the_same_files(tmp_path: Path) -> None:
    several(tmp_path / "briefs")
    found = []
    for jobs in ("1", "3"):
        run = briefing("build", "briefs", "-j", jobs, "-o", f"out-{jobs}", cwd=tmp_path)
        assert run.code == 0, run.err
        found.append(digests(tmp_path / f"out-{jobs}"))
    assert found[0] == found[1]
    assert len(found[0]) == 8
    assert briefing("verify", tmp_path / "out-3").code == 0


def test_one_bad_brief_does_not_stop_the_others(tmp_path: Path) -> None:
    several(tmp_path / "briefs", 3)
    small_brief(tmp_path / "briefs" / "bad", SMALL.replace("summary", "sumary"))
    small_brief(tmp_path / "briefs" / "worse", "title: [")
    run = briefing("build", "briefs", "-f", "docx", "-j", "2", cwd=tmp_path)
    assert run.code == 3
    assert "briefs/bad/brief.yaml:5:1: error: " in run.err
    assert sorted(path.stem for path in tmp_path.rglob("*.docx")) == ["brief-0", "brief-1", "brief-2"]
    heading, *rows, total = run.out.splitlines()
    assert heading.split() == ["brief", "status", "pages", "problems", "where"]
    told = [row.split()[:2] for row in rows]
    assert sorted(told[:3]) == [["brief-0", "built"], ["brief-1", "built"], ["brief-2", "built"]]
    assert sorted(told[3:]) == [["bad", "failed"], ["worse", "failed"]], "those that failed come last"
    assert total == "5 briefs: 3 built, 2 failed"


def test_a_log_tells_how_far_a_run_came(tmp_path: Path) -> None:
    several(tmp_path / "briefs", 2)
    run = briefing("build", "briefs", "-f", "docx", cwd=tmp_path)
    lines = run.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["1 of 2", "2 of 2"]
    assert sorted(line.split(": ")[1:] for line in lines) == [["brief-0", "built"], ["brief-1", "built"]]
    again = briefing("build", "briefs", "-f", "docx", cwd=tmp_path)
    assert again.err == "" and again.out.endswith("2 briefs: 2 unchanged\n")
    assert briefing("build", "briefs", "-f", "docx", "--force", "-q", cwd=tmp_path) == Run(0, "", "")


class Terminal(io.StringIO):
    """The error stream as it is on a terminal. A pseudo-terminal would be nearer to one, and is not there in every container."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_live_bar_with_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    several(tmp_path, 2)
    small_brief(tmp_path / "bad", "title: x\n")
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    with progress(silent=False) as watching:
        for result in package.build_all([tmp_path], formats=["docx"], listener=watching):
            watching.done(result)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", stream.getvalue())
    assert {"0/?", "3/3"} <= set(re.findall(r"\d/[\d?]", shown)), "it is drawn at the start, and once more at the end"
    assert "2 built, 1 failed" in shown
    assert re.search(r"\d\d:\d\d", shown), "the time left"
    assert "of 3: " not in shown


def test_rows_go_to_processes(tmp_path: Path) -> None:
    small_brief(tmp_path / "a", SMALL.replace("A small brief", "About {{ region }}"), "brief.yaml.j2")
    (tmp_path / "params.csv").write_text("region\nNorth\nSouth\nEast\n", encoding="utf-8")
    call = ("build", "a", "-f", "docx", "--params", "params.csv", "--name", "{region}", "-j", "2", "--json")
    run = briefing(*call, cwd=tmp_path)
    assert run.code == 0, run.err
    assert sorted(each["brief"] for each in run.objects) == ["East", "North", "South"]
    (tmp_path / "params.csv").write_text("region\nWest\nNorth\nSouth\nEast\n", encoding="utf-8")
    again = {each["brief"]: each["status"] for each in briefing(*call, cwd=tmp_path).objects}
    assert again == {"East": "unchanged", "North": "unchanged", "South": "unchanged", "West": "built"}


def test_a_collision_is_told_before_anything_is_built(tmp_path: Path) -> None:
    small_brief(tmp_path / "a" / "same")
    small_brief(tmp_path / "b" / "Same")
    run = briefing("build", "a", "b", "-f", "docx", "-o", "out", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "it would be written to the same file as a/same/brief.yaml" in run.err
    assert not (tmp_path / "out").exists()


def test_the_python_interface_gives_results_as_they_are_done(tmp_path: Path) -> None:
    several(tmp_path, 2)
    small_brief(tmp_path / "bad", "title: x\n")
    heard: list[str] = []

    class Heard(package.Listener):
        def found(self, briefs: int) -> None:
            heard.append(f"found {briefs}")

        def stage(self, name: str, stage: str) -> None:
            heard.append(f"{name} {stage}")

    results = package.build_all([tmp_path], formats=["docx"], listener=Heard())
    assert heard == ["found 3"], "nothing is built before a result is asked for"
    assert {result.name: result.status for result in results} == {
        "bad": Status.FAILED,
        "brief-0": Status.BUILT,
        "brief-1": Status.BUILT,
    }
    assert heard[-4:] == ["brief-1 reading", "brief-1 rendering", "brief-1 checking", "brief-1 writing"]
    one = package.build(tmp_path / "brief-0", formats=["docx"])
    assert (one.status, one.outputs[0].format) == (Status.UNCHANGED, "docx")
    assert package.build(tmp_path / "brief-0", formats=["docx"], force=True).status is Status.BUILT
