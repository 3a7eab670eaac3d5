"""Whatever is read, it is read, or refused at its line: never an internal fault, never without an end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT
from tests.security.fuzzing.fuzzer import accompany, in_time
from tests.security.fuzzing.targets import TARGETS, outcome

CRASHERS = Path(__file__).parent / "crashers"
"""Inputs that once went wrong, by the kind of what they are: see `tests.security.fuzzing.targets.TARGETS`."""
INPUTS = 2_000


@pytest.mark.parametrize("crasher", sorted(str(path.relative_to(CRASHERS)) for path in CRASHERS.glob("*/*")))
def test_what_once_went_wrong_goes_right(crasher: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(CRASHERS / crasher, tmp_path))
    accompany(tmp_path)
    with in_time():
        end, faults = outcome(TARGETS[Path(crasher).parent.name], path)
    assert (end in ("read", "refused"), faults) == (True, [])


def test_any_input_is_read_or_refused_at_its_line() -> None:
    command = [sys.executable, "-m", "tests.security.fuzzing", "--inputs", str(INPUTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert sum(sum(kind.get(end, 0) for end in ("read", "refused")) for kind in told["kinds"].values()) == INPUTS
