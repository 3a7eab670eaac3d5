"""A disk that is full, broken or may not be written to leaves old or new files, and is told with the place; the next run goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT")


@pytest.mark.parametrize(("what", "every", "fewest"), [("placing", 1, 50), ("program", 11, 10)])
def test_every_call_that_fails_leaves_old_or_new_files(what: str, every: int, fewest: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.run.disk_faults", str(tmp_path / "disk"), what, str(every), *ERRORS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["faults"] > fewest
