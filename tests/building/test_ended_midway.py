"""A run that is ended at any step leaves old or new files and a state from which the next goes on; two runs at once do no harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

FEWEST_STEPS = 50


def faults_of(scenario: str, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "tests.building.ended_midway", str(folder / "desk"), scenario]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["steps"] > FEWEST_STEPS
    faults: list[str] = answer["faults"]
    return faults


@pytest.mark.parametrize("scenario", ["first", "again", "edited", "twice", "archive", "at-once"])
def test_nothing_is_lost_and_the_next_run_finishes_the_job(scenario: str, tmp_path: Path) -> None:
    assert faults_of(scenario, tmp_path) == []


def test_it_would_be_seen_if_a_run_did_not_announce_what_it_writes(tmp_path: Path) -> None:
    assert any("keeps ['river.edited-" in fault for fault in faults_of("unannounced", tmp_path))
