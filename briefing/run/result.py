"""What a build gives back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefing.errors import ExitCode, Problem
from briefing.run.ledger import Output


def recorded_checks(
    folder: Path, problems: Sequence[Problem], waived: Sequence[Mapping[str, Any]], quotes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The checks as the ledger keeps them: files are named from the brief's `folder`, so that a tree can be moved as a whole."""
    return {
        "problems": [_named_from(folder, problem.as_json()) for problem in problems],
        "waived": [_named_from(folder, each) for each in waived],
        "quotes": [dict(each) for each in quotes],
    }


def read_checks(
    folder: Path, checks: Mapping[str, Any]
) -> tuple[tuple[Problem, ...], tuple[Mapping[str, Any], ...], tuple[Mapping[str, Any], ...]]:
    """The problems, what was waived and the quotes' evidence of recorded `checks`, with files named from where we are.

    Raises `KeyError`, `TypeError` or `ValueError` for checks that `recorded_checks` never gives.
    """
    return (
        tuple(Problem.from_json(_named_from_here(folder, each)) for each in checks["problems"]),
        tuple(_named_from_here(folder, each) for each in checks["waived"]),
        tuple(dict(each) for each in checks["quotes"]),
    )


def _named_from(folder: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    file = values["file"]
    if file is None or not Path(file).exists():  # no place, or one in a value of --set
        return dict(values)
    return {**values, "file": Path(os.path.relpath(file, folder)).as_posix()}


def _named_from_here(folder: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    file = values["file"]
    if file is None or not (folder / file).exists():
        return dict(values)
    return {**values, "file": os.path.normpath(folder / file)}


def moved(problems: Iterable[Problem], names: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems with other names for the files in `names`."""
    return tuple(_moved(problem, names) for problem in problems)


def moved_values(values: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    """The same for problems as plain values."""
    return tuple({**each, "file": names.get(each["file"], each["file"])} for each in values)


def _moved(problem: Problem, names: Mapping[str, str]) -> Problem:
    place = problem.place
    if place is not None and place.file in names:
        place = replace(place, file=names[place.file])
    return replace(problem, place=place)


class Listener:
    """What is told how a build gets on. It hears nothing; override what is wanted."""

    def found(self, briefs: int) -> None:
        """So many briefs are to be looked at, those that lead nowhere included."""

    def stage(self, name: str, stage: str) -> None:
        """The brief `name` is reading, rendering, checking or writing; or building, when it is done in another process."""


class Status(StrEnum):
    """How a build ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


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
