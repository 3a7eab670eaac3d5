"""Fifty runs that are killed at random moments: old or new files, never half, and the next run finishes the job.

`tests/run/test_ended_midway.py` ends a run before every single line that writes; here whole runs are ended, with all their processes.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.run.ledger import read_manifest
from tests.running import ROOT, SMALL, briefing, small_brief

COUNT = 2
"""Briefs."""


@dataclass(frozen=True)
class Office:
    """A folder of briefs that are built again and again, in one of two states, with a temporary folder of their own."""

    home: Path
    options: tuple[str, ...]

    @property
    def temporary(self) -> Path:
        return self.home.with_name("tmp")

    @property
    def command(self) -> list[str]:
        return ["build", "briefs", "--json", *self.options]

    def write(self, state: str) -> None:
        for number in range(COUNT):
            small_brief(self.home / "briefs" / str(number), SMALL.replace("A small brief", f"Brief {number}, {state}"))

    def files(self) -> dict[str, str]:
        """Every output with its hash."""
        found = [path for path in self.home.rglob("*") if path.suffix in (".pdf", ".docx")]
        return {str(path.relative_to(self.home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def litter(self) -> list[str]:
        # Python tries a temporary folder out with a file of eight letters, and removes it at once.
        left = [path for path in self.temporary.iterdir() if not re.fullmatch("[a-z0-9_]{8}", path.name)]
        parts = [*self.home.rglob("*.briefing-part"), *self.home.rglob("*.edited-*"), *left]
        return sorted(map(str, parts))

    def finish(self, *options: str) -> None:
        run = briefing(*self.command, *options, cwd=self.home, TMPDIR=str(self.temporary))
        assert run.code == 0, run.err

    def kill_after(self, seconds: float, *, all_of_it: bool) -> bool:
        """Start a run and kill it, by itself or with the processes of its group; whether it was still at work."""
        with subprocess.Popen(
            [sys.executable, "-m", "briefing", *self.command],
            cwd=self.home,
            env={**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            time.sleep(seconds)
            os.killpg(process.pid, signal.SIGKILL) if all_of_it else process.kill()
            process.communicate()  # ends when the last of its processes has
        return process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("options", "rounds"),
    [  # most where a round takes least
        (("-j", "2"), 2),
        (("-j", "2", "-f", "docx", "-o", "out"), 6),
        (("-j", "1", "-f", "docx"), 32),
        (("-j", "2", "-f", "docx", "--force"), 6),
        (("-j", "2", "-f", "docx", "--publish", "archive"), 4),
    ],
)
def test_old_files_or_new_ones_and_the_next_run_finishes(tmp_path: Path, options: tuple[str, ...], rounds: int) -> None:
    office = Office(tmp_path / "office", options)
    office.home.mkdir()
    office.temporary.mkdir()
    states: dict[str, dict[str, str]] = {}
    took = 0.0
    for state in ("new", "old"):
        office.write(state)
        begun = time.monotonic()
        office.finish()
        took = time.monotonic() - begun
        states[state] = office.files()
    assert set(states["old"]) == set(states["new"])
    assert not set(states["old"].values()) & set(states["new"].values())
    moments = random.Random(" ".join(options))
    killed = 0
    for number in range(rounds):
        coming, before = ("old", "new") if number % 2 else ("new", "old")
        office.write(coming)
        if office.kill_after(moments.uniform(0.2, 1) * took, all_of_it=moments.random() < 0.5):
            killed += 1
        else:  # it was done before: the machine is less busy than when the time was taken
            took *= 0.7
        for name, digest in office.files().items():
            assert digest in (states[before][name], states[coming][name]), f"{name} is neither old nor new"
        assert set(office.files()) == set(states[coming])
        for manifest in office.home.rglob("manifest.json"):
            read_manifest(manifest.parent)
        office.finish("-j", "1")  # the same files as with any number, and sooner
        assert office.files() == states[coming]
        assert office.litter() == []
        folders = {path.parent for path in office.home.rglob("manifest.json")}
        assert briefing("verify", *folders).code == 0
    assert killed >= rounds // 2
