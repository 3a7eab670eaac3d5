"""The weekly run as docs/weekly.md tells it: the script, and every block of code on the page, run for real."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.running import ROOT

PAGE = (ROOT / "docs" / "weekly.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
HOME = "/srv/briefing"
BUSY = 75

ISSUE = """\
title: The river
date: {date}
language: en-GB
handling: {{marking: OFFICIAL}}
series: {{title: River Weekly, number: 1, next: {next}}}
summary: It rises [@gauge].
sources: [{{id: gauge, title: Gauge, published: {date}}}]
"""


def block(language: str, index: int = 0) -> str:
    return str([text for kind, text in BLOCKS if kind == language][index])


@dataclass(frozen=True)
class Office:
    """A folder as the page tells of: the script, the series with its first issue, the archive, and programs on the PATH."""

    home: Path

    @property
    def issues(self) -> Path:
        return self.home / "issues"

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    def environment(self, **values: str) -> dict[str, str]:
        return {"PATH": f"{self.home}/bin:{os.environ['PATH']}", "HOME": str(self.home), **values}

    def run(self, *call: str | Path, **values: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, call)),
            cwd=self.home,
            env=self.environment(**values),
            capture_output=True,
            text=True,
            check=False,
        )

    def week(self, until: str, **values: str) -> int:
        """The exit code of a run; what it said is in the report and the log."""
        return self.run(self.home / "run-week", "issues", "archive", until, **values).returncode

    @property
    def report(self) -> list[dict[str, Any]]:
        text = (self.issues / ".run-week" / "last-run.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    @property
    def built(self) -> dict[str, str]:
        """What became of each issue that was ready, by the last run's report."""
        return {each["brief"]: each["status"] for each in self.report if "brief" in each}

    @property
    def drafts(self) -> list[str]:
        """The issues that the last run made, in order, each with the one it was made from."""
        return [
            f"{Path(each['previous']).parent.name} > {Path(each['data_file']).parent.name}"
            for each in self.report
            if "previous" in each
        ]

    def release(self, issue: str, old: str = "It rises", new: str = "") -> None:
        """Edit an issue and let it go out."""
        data_file = self.issues / issue / "brief.yaml"
        text = data_file.read_text(encoding="utf-8")
        assert old in text
        data_file.write_text(text.replace(old, new or f"It rises, we wrote for {issue}"), encoding="utf-8")
        (self.issues / issue / "ready").touch()

    def latest(self) -> str:
        """The issue that `latest` leads to."""
        (link,) = self.archive.rglob("latest")
        assert link.is_symlink()
        return link.resolve().name

    def snapshot(self) -> dict[str, tuple[bytes | str, int]]:
        """Every file and link of the series and the archive, with what it holds and when it was written; the script's own folder left out."""
        return {
            str(path.relative_to(self.home)): (
                str(path.readlink()) if path.is_symlink() else path.read_bytes(),
                path.lstat().st_mtime_ns,
            )
            for top in (self.issues, self.archive)
            for path in sorted(top.rglob("*"))
            if (path.is_symlink() or path.is_file()) and ".run-week" not in path.parts
        }


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def office_at(home: Path, first: str) -> Office:
    """An office whose first issue is of the day `first`, and ready."""
    python = shlex.join(["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "briefing"])
    program(home / "bin" / "briefing", f'#!/bin/sh\nexec {python} "$@"\n')
    program(home / "bin" / "mail", f'#!/bin/sh\n{{ echo "$3 $2"; cat; }} >>{shlex.quote(str(home))}/mail\n')
    program(home / "notify", block("sh", 1))
    shutil.copy(ROOT / "docs" / "weekly" / "run-week", home / "run-week")
    folder = home / "issues" / first
    folder.mkdir(parents=True)
    following = datetime.date.fromisoformat(first) + datetime.timedelta(days=7)
    (folder / "brief.yaml").write_text(ISSUE.format(date=first, next=following), encoding="utf-8")
    (folder / "ready").touch()
    return Office(home)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_at(tmp_path, "2026-03-13")


def test_every_block_of_the_page_is_tried_here() -> None:
    assert [kind for kind, _ in BLOCKS] == ["sh", "text", "sh", "crontab", "ini", "ini", "yaml"]


def test_three_weeks(office: Office) -> None:
    """Built, left alone, caught up in order, a broken issue stopped; a draft that nobody released never goes out."""
    assert office.week("2026-03-20") == 0
    assert office.drafts == ["2026-03-13 > 2026-03-20"]
    assert office.built == {"2026-03-13": "built"} and office.latest() == "2026-03-13"

    before = office.snapshot()
    assert office.week("2026-03-20") == 0
    assert (office.drafts, office.built) == ([], {"2026-03-13": "unchanged"})
    assert office.snapshot() == before

    office.release("2026-03-20")
    assert office.week("2026-04-03") == 0
    assert office.drafts == ["2026-03-20 > 2026-03-27", "2026-03-27 > 2026-04-03"]
    assert office.built == {"2026-03-13": "unchanged", "2026-03-20": "built"} and office.latest() == "2026-03-20"
    assert "It rises, we wrote for 2026-03-20" in (office.issues / "2026-04-03" / "brief.yaml").read_text()

    office.release("2026-03-27", "It rises, we wrote for 2026-03-20", "It falls")
    office.release("2026-04-03", "summary:", "sumary:")
    before = office.snapshot()
    assert office.week("2026-04-03", NOTIFY=str(office.home / "notify")) == 3
    assert office.built["2026-03-27"] == "built" and office.built["2026-04-03"] == "failed"
    assert office.latest() == "2026-03-27"
    assert {name: held for name, held in office.snapshot().items() if name in before and "latest" not in name} == {
        name: held for name, held in before.items() if "latest" not in name
    }
    assert (office.home / "mail").read_text().startswith("editors@office.example Weekly: an issue cannot go out\n")

    office.release("2026-04-03", "sumary:", "summary:")
    assert office.week("2026-04-03") == 0
    assert office.built["2026-04-03"] == "built" and office.latest() == "2026-04-03"


def test_a_rule_that_is_broken_keeps_the_issue_and_latest_back(office: Office) -> None:
    assert office.week("2026-03-20") == 0
    office.release("2026-03-20", "It rises [@gauge].", "TBC [@gauge].")
    assert office.week("2026-03-20") == 4
    assert office.built == {"2026-03-13": "unchanged", "2026-03-20": "failed"} and office.latest() == "2026-03-13"


def test_somebody_who_touches_the_archive_is_found_out(office: Office) -> None:
    assert office.week("2026-03-13") == 0
    (pdf,) = office.archive.rglob("2026-03-13/*.pdf")
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert office.week("2026-03-13") == 4
    assert "verify ended with 4" in (office.issues / ".run-week" / "run-week.log").read_text()


def test_a_series_that_a_program_fills_needs_no_release(office: Office) -> None:
    (office.issues / "2026-03-13" / "ready").unlink()
    assert office.week("2026-03-20") == 0
    assert office.built == {} and not list(office.archive.rglob("*.pdf"))
    assert office.week("2026-03-20", READY="all") == 0
    assert office.built == {"2026-03-13": "built", "2026-03-20": "built"}


def test_two_runs_do_not_meet(office: Office) -> None:
    (office.issues / ".run-week").mkdir()
    with (office.issues / ".run-week" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = office.snapshot()
        assert office.week("2026-03-20") == BUSY
        assert office.snapshot() == before
    assert office.week("2026-03-13") == 0


def test_a_notice_that_cannot_be_sent_is_no_success(office: Office) -> None:
    assert office.week("2026-03-13", NOTIFY="/bin/false") == 1
    assert office.built == {"2026-03-13": "built"}


@pytest.mark.parametrize("call", [[], ["issues"], ["nowhere", "archive"], ["issues", "archive", "soon"]])
def test_a_wrong_call_ends_with_2(office: Office, call: list[str]) -> None:
    (office.issues / "2026-03-13" / "ready").unlink()
    assert office.run(office.home / "run-week", *call).returncode == 2


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        (0, "built", "readers@office.example Weekly: a new issue is out"),
        (0, "unchanged", ""),
        (4, "failed", "editors@office.example Weekly: an issue cannot go out"),
        (5, "failed", "operators@office.example Weekly: the weekly run failed with 5"),
    ],
)
def test_the_notice_goes_to_whom_it_concerns(office: Office, code: int, status: str, told: str) -> None:
    report = office.home / "report"
    report.write_text(json.dumps({"brief": "a", "status": status}) + "\n")
    assert office.run(office.home / "notify", str(code), report).returncode == 0
    sent = office.home / "mail"
    assert (sent.read_text() if sent.exists() else "") == (f"{told}\n{report.read_text()}" if told else "")


def current(home: Path) -> Office:
    """An office that is two weeks behind, by the clock that the blocks themselves go by."""
    return office_at(home, str(datetime.date.today() - datetime.timedelta(days=14)))


def test_the_command_that_releases_an_issue_is_right(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-03-13")
    assert office.week("2026-03-20") == 0
    assert office.run("sh", "-e", "-c", block("sh").replace("2022-07-29", "2026-03-20")).returncode == 0
    assert office.week("2026-03-20") == 0 and office.built["2026-03-20"] == "built"


def test_the_crontab(tmp_path: Path) -> None:
    office = current(tmp_path)
    settings: dict[str, str] = {}
    commands: list[str] = []
    for line in block("crontab").splitlines():
        if setting := re.fullmatch(r"(\w+)=(.*)", line):
            settings[setting[1]] = setting[2].replace(HOME, str(office.home))
        elif not line.startswith("#"):
            *fields, command = line.split(None, 5)
            limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
            for field, (least, most) in zip(fields, limits, strict=True):
                assert field == "*" or least <= int(field) <= most
            # cron makes a new line of each percent sign that is not escaped (crontab(5)).
            assert "%" not in command
            commands.append(command.replace(HOME, str(office.home)))
    (command,) = commands
    assert settings["PATH"].startswith("/usr/local/bin:")
    settings["PATH"] = settings["PATH"].replace("/usr/local/bin", f"{office.home}/bin")
    done = office.run("sh", "-c", command, **settings)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(office.drafts) == 3 and list(office.built.values()) == ["built"]


def test_the_units(tmp_path: Path) -> None:
    office = current(tmp_path)
    for index, kind in enumerate(("service", "timer")):
        text = block("ini", index).replace(HOME, str(office.home))
        (tmp_path / f"briefing-weekly.{kind}").write_text(text, encoding="utf-8")
        said = office.run("systemd-analyze", "verify", "--man=no", f"./briefing-weekly.{kind}")
        assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    timer = block("ini", 1)
    assert "Persistent=true" in timer
    (when,) = re.findall(r"OnCalendar=(.*)", timer)
    assert "Next elapse: Fri" in office.run("systemd-analyze", "calendar", when).stdout
    (command,) = re.findall(r"ExecStart=(.*)", block("ini"))
    assert office.run(*shlex.split(command.replace(HOME, str(office.home)))).returncode == 0
    assert len(office.drafts) == 3


class Runner:
    """A CI runner: checks the repository out and runs a job's steps as they stand, each in `bash -e`."""

    def __init__(self, office: Office, origin: Path) -> None:
        self.office, self.origin = office, origin
        self.workflow = YAML(typ="safe").load(block("yaml"))

    def job(self, name: str, **values: str) -> int:
        """The exit code of a job: that of its first step that failed."""
        work = self.office.home / "work"
        shutil.rmtree(work, ignore_errors=True)
        failed = 0
        for step in self.workflow["jobs"][name]["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                self.git("clone", "--quiet", str(self.origin), str(work))
            elif not failed or step.get("if") == "always()":
                done = subprocess.run(
                    ["bash", "-e", "-c", step["run"]],
                    cwd=work,
                    env=self.office.environment(GITHUB_STEP_SUMMARY=str(self.office.home / "summary"), **values),
                    capture_output=True,
                    text=True,
                    check=False,
                )
                failed = failed or done.returncode
        return failed

    def git(self, *call: str, cwd: Path | None = None) -> str:
        names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for role in ("AUTHOR", "COMMITTER"):
            names |= {f"GIT_{role}_NAME": "Editor", f"GIT_{role}_EMAIL": "editor@office.example"}
        done = subprocess.run(
            ["git", *call],
            cwd=cwd or self.origin,
            env={**os.environ, **names},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    @property
    def commits(self) -> list[str]:
        return self.git("log", "--format=%s", "main").splitlines()

    @property
    def checked_out(self) -> Office:
        return Office(self.office.home / "work")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    office, origin = current(tmp_path / "office"), tmp_path / "origin.git"
    found = Runner(office, origin)
    found.git("init", "--quiet", "--bare", "--initial-branch=main", str(origin), cwd=tmp_path)
    desk = tmp_path / "desk"
    found.git("clone", "--quiet", str(origin), str(desk), cwd=tmp_path)
    for name in ("issues", "run-week"):
        (office.home / name).rename(desk / name)
    found.git("add", ".", cwd=desk)
    found.git("commit", "--quiet", "-m", "Begin", cwd=desk)
    found.git("push", "--quiet", "origin", "HEAD:main", cwd=desk)
    yield found


def test_the_workflow_is_well_formed(runner: Runner) -> None:
    workflow = runner.workflow
    assert {"schedule", "workflow_dispatch", "pull_request"} == set(workflow["on"])
    assert [re.fullmatch(r"\d+ \d+ \* \* [0-6]", each["cron"]) is not None for each in workflow["on"]["schedule"]] == [
        True
    ]
    for job in workflow["jobs"].values():
        assert job["runs-on"] and all(("uses" in step) != ("run" in step) for step in job["steps"])


def test_the_workflow_for_three_weeks(runner: Runner, tmp_path: Path) -> None:
    today = datetime.date.today()
    first, second, third, *_ = (str(today + datetime.timedelta(days=days)) for days in (-14, -7, 0))
    desk = Office(tmp_path / "desk")

    def commit(message: str) -> None:
        runner.git("add", ".", cwd=desk.home)
        runner.git("commit", "--quiet", "-m", message, cwd=desk.home)
        runner.git("push", "--quiet", "origin", "HEAD:main", cwd=desk.home)

    assert (runner.job("check"), runner.job("run")) == (0, 0)
    office = runner.checked_out
    assert office.drafts[:2] == [f"{first} > {second}", f"{second} > {third}"]
    assert office.built == {first: "built"} and office.latest() == first
    assert runner.commits == ["Weekly run", "Begin"]
    assert '"status": "built"' in (runner.office.home / "summary").read_text()

    assert runner.job("run") == 0
    assert office.built == {first: "unchanged"} and runner.commits == ["Weekly run", "Begin"]

    runner.git("pull", "--quiet", "origin", "main", cwd=desk.home)
    desk.release(second)
    commit("Release the second")
    assert (runner.job("check"), runner.job("run")) == (0, 0)
    assert office.built == {first: "unchanged", second: "built"} and office.latest() == second
    assert runner.commits[0] == "Weekly run"

    runner.git("pull", "--quiet", "origin", "main", cwd=desk.home)
    desk.release(third, "It rises [@gauge].", "TBC [@gauge].")
    commit("Release the third")
    assert (runner.job("check"), runner.job("run")) == (4, 4)
    assert office.built[third] == "failed" and office.latest() == second
    assert runner.commits[0] == "Release the third"
