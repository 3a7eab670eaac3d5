"""A run that is ended at any step leaves old or new files and a state from which the next goes on; two runs at once do no harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

FEWEST_STEPS = 50


def looked(scenario: str, folder: Path) -> tuple[int, list[str]]:
    """How many steps a run was ended at, and what was wrong after them."""
    command = [sys.executable, "-m", "tests.run.ended_midway", str(folder / "desk"), scenario]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["steps"], answer["faults"]


@pytest.mark.parametrize("scenario", ["first", "again", "edited", "twice", "archive", "at-once"])
def test_nothing_is_lost_and_the_next_run_finishes_the_job(scenario: str, tmp_path: Path) -> None:
    steps, faults = looked(scenario, tmp_path)
    assert steps > FEWEST_STEPS
    assert faults == []


def test_it_would_be_seen_if_a_run_did_not_announce_what_it_writes(tmp_path: Path) -> None:
    assert any("keeps ['river.edited-" in fault for fault in looked("unannounced", tmp_path)[1])
