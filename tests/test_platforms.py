"""What Windows lacks is not needed: the program is run without it. Nothing here runs on Windows itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, briefing

LACKING = """
import os, signal, sys
sys.modules["fcntl"] = sys.modules["resource"] = None
for flag in ("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW"):
    delattr(os, flag)
del signal.pthread_sigmask
"""
IMPORTED = """
import importlib, pkgutil, sys
import briefing
for each in pkgutil.walk_packages(briefing.__path__, "briefing."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
assert sys.modules["fcntl"] is None and sys.modules["resource"] is None
"""


@pytest.fixture
def lacking(tmp_path: Path) -> str:
    """The path on which Python finds neither `fcntl` nor `resource`, in the processes that it starts as well."""
    (tmp_path / "sitecustomize.py").write_text(LACKING, encoding="utf-8")
    return os.pathsep.join((str(tmp_path), str(ROOT)))


def test_every_module_is_imported(lacking: str) -> None:
    environment = {**os.environ, "PYTHONPATH": lacking}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_briefs_are_made_checked_built_by_two_processes_and_verified_and_no_limit_of_memory_is_said_once(
    lacking: str, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def run(*arguments: str | Path) -> str:
        # Where nothing can be locked, another process takes a temporary folder for an abandoned one.
        done = briefing(*arguments, cwd=tmp_path, PYTHONPATH=lacking, TMPDIR=str(temporary))
        assert done.code == 0, done.err
        return done.err

    for name in ("north", "south"):
        run("new", f"briefs/{name}")
    assert "no-memory-limit" not in run("check", "briefs/north")
    said = run("build", "briefs", "--jobs", "2")
    note = "note: this system cannot limit the memory that rendering takes; only its time is limited [no-memory-limit]"
    assert said.splitlines().count(note) == said.count("no-memory-limit") == 1
    assert "Warning" not in said
    for name in ("north", "south"):
        out = tmp_path / "briefs" / name / "out"
        assert sorted(path.name for path in out.iterdir()) == ["manifest.json", f"{name}.docx", f"{name}.pdf"]
        run("verify", out)
    assert not run("build", "briefs/north", "--quiet")
