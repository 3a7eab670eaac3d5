"""Running the program as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parent.parent
APART = ROOT / "tests" / "document" / "apart"
"""A brief with tables, boxes, annexes, sections within sections and numbered paragraphs."""
EXAMPLES = ROOT / "examples"
ISSUES = tuple(f"iss-weekly/{date}" for date in ("2022-07-22", "2022-07-29", "2022-08-05"))
"""The issues of the series that ships, in order."""
EXAMPLE_BRIEFS = ("iss-withdrawal", "veska-flood-storage", "deposit-scheme", "basin-sitrep", *ISSUES)
"""Every brief that ships, by its folder below `EXAMPLES`."""


@dataclass(frozen=True)
class Run:
    """What a run of the program said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects on the output stream, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC", "BRIEFING", "DASK")
"""What variables begin with that a process reads as it starts."""


def briefing(*arguments: str | Path, cwd: Path = ROOT, stdin: str = "", **environment: str) -> Run:
    """Run `briefing` with `arguments` in `cwd`, with `environment` added: in a process of its own, forked from one that has imported the program.

    That spares each run the time of starting up. A run whose environment matters at the start is started anew.
    """
    command = [*map(str, arguments)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **environment}
    if any(name.startswith(AT_START) for name in environment):
        run = _started(command, cwd, stdin, variables)
    else:
        run = _forked(command, cwd, stdin, variables)
    assert "Traceback" not in run.err, run.err
    return run


def _started(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *command],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=variables,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def _forked(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> Run:
    with tempfile.TemporaryDirectory(prefix="briefing-run-") as folder:
        streams = [Path(folder, name) for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(stdin, encoding="utf-8", newline="")
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps([command, str(cwd), variables, [*map(str, streams)]]) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Run(code, *(stream.read_text(encoding="utf-8") for stream in streams[1:]))


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process of tests; it ends when its standard input does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fork_server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that one process of a run of the tests fills by `make`, and all of them read."""
    from filelock import FileLock

    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made-once" / name
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if not (folder / ".made").exists():
            make(folder)
            (folder / ".made").touch()
    return folder


SMALL = """\
title: A small brief
date: 2026-03-14
language: en-GB
handling: {marking: OFFICIAL}
summary: It is small, and it cites a source [@gazette, p. 2].
sources:
  - id: gazette
    title: Gazette
    published: 2026-03-01
"""


def small_brief(folder: Path, text: str = SMALL, name: str = "brief.yaml") -> Path:
    """A folder with a small data file in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder
