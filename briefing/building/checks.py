"""What the checks said of a brief, in the form in which the ledger keeps it: plain values, with places that move with the folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.errors import Problem


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
    return replace(problem, place=place, path=names.get(problem.path, problem.path))
