"""What a build gives back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import CheckError, ExitCode, Problem
from briefing.formats import Artifact
from briefing.run.ledger import Entry, Output


def recorded_checks(
    folder: Path, problems: Sequence[Problem], waived: Sequence[Mapping[str, Any]], quotes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The checks as the ledger keeps them: files are named from the brief's `folder`, so that a tree can be moved as a whole."""

    def named(file: str) -> str:
        is_file = Path(file).exists()  # else it is a value of --set
        return Path(os.path.relpath(file, folder)).as_posix() if is_file else file

    values = [problem.as_json() for problem in problems]
    return {"problems": renamed(values, named), "waived": renamed(waived, named), "quotes": [dict(q) for q in quotes]}


def read_checks(
    folder: Path, checks: Mapping[str, Any]
) -> tuple[tuple[Problem, ...], tuple[Mapping[str, Any], ...], tuple[Mapping[str, Any], ...]]:
    """The problems, what was waived and the quotes' evidence of recorded `checks`, with files named from where we are.

    Raises `KeyError`, `TypeError` or `ValueError` for checks that `recorded_checks` never gives.
    """

    def named(file: str) -> str:
        return os.path.normpath(folder / file) if (folder / file).exists() else file

    problems = tuple(map(Problem.from_json, renamed(checks["problems"], named)))
    return problems, tuple(renamed(checks["waived"], named)), tuple(map(dict, checks["quotes"]))


def renamed(found: Iterable[Mapping[str, Any]], named: Callable[[str], str]) -> list[dict[str, Any]]:
    """Problems as plain values, with what `named` gives in the place of their files' names."""
    return [{**each, "file": None if each["file"] is None else named(each["file"])} for each in found]


def moved(problems: Iterable[Problem], names: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems with other names for the files in `names`."""
    return tuple(
        each.at(replace(each.place, file=names.get(each.place.file, each.place.file))) if each.place else each
        for each in problems
    )


class OverlongError(CheckError):
    """A brief that has more pages than it may have and is otherwise sound: its PDF is a draft to shorten, and `entry` its record."""

    def __init__(self, problems: Problem | Iterable[Problem], draft: Artifact, entry: Entry) -> None:
        super().__init__(problems)
        self.draft, self.entry = draft, entry

    @property
    def file(self) -> str:
        """What the draft is called."""
        return draft_name(self.entry.name, self.draft)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems, self.draft, self.entry))


def draft_name(name: str, draft: Artifact) -> str:
    """What the overlong draft of the brief `name` is called."""
    return f"{name}.overlong{draft.suffix}"


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


class BuildResult(Struct, frozen=True):
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
                {"format": each.format, "path": str(each.path), "sha256": each.sha256}
                | {"bytes": each.size, "pages": each.pages}
                for each in self.outputs
            ],
            "problems": [problem.as_json() for problem in self.problems],
            "waived": [dict(each) for each in self.waived],
            "quotes": [dict(each) for each in self.quotes],
        }
