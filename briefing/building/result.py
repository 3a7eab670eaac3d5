"""What a build gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefing.errors import ExitCode, Problem


class Status(StrEnum):
    """How a build ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file; `pages` is None for formats that have no pages of their own."""

    format: str
    path: Path
    sha256: str
    size: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """One brief's outcome: its outputs when it was built or unchanged, and its problems (of such a brief, only warnings and notes).

    `waived` holds what a waiver let pass, `quotes` what was found of each quote: plain values, as `--json` prints them. Of an unchanged brief
    they and the problems are those of its last build.
    """

    name: str
    data_file: Path
    status: Status
    exit_code: ExitCode
    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]
    waived: tuple[Mapping[str, Any], ...] = ()
    quotes: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain values, for `--json`."""
        return {
            "brief": self.name,
            "data_file": str(self.data_file),
            "status": str(self.status),
            "exit_code": int(self.exit_code),
            "outputs": [
                {
                    "format": output.format,
                    "path": str(output.path),
                    "sha256": output.sha256,
                    "bytes": output.size,
                    "pages": output.pages,
                }
                for output in self.outputs
            ],
            "problems": [problem.as_json() for problem in self.problems],
            "waived": [dict(each) for each in self.waived],
            "quotes": [dict(each) for each in self.quotes],
        }
