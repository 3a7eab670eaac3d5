"""Running the program as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
APART = ROOT / "tests" / "document" / "apart"
"""A brief with tables, boxes, annexes, sections within sections and numbered paragraphs."""
EXAMPLES = ROOT / "examples"
ISSUES = tuple(f"iss-weekly/{date}" for date in ("2022-07-22", "2022-07-29", "2022-08-05"))
"""The issues of the series that ships, in order."""
EXAMPLE_BRIEFS = ("iss-withdrawal", "veska-flood-storage", *ISSUES)
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


def briefing(*arguments: str | Path, cwd: Path = ROOT, stdin: str = "", **environment: str) -> Run:
    """Run `briefing` with `arguments` in `cwd`, with `environment` added."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **environment},
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


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
