"""Saying what happened: problems on the error stream, results on the output stream."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from briefing.errors import Problem, Severity

if TYPE_CHECKING:
    from briefing.building import BuildResult


def say_problems(problems: Iterable[Problem], *, quiet: bool = False) -> None:
    """Print problems to the error stream, one a line; `quiet` leaves out all but errors."""
    for problem in problems:
        if not quiet or problem.severity is Severity.ERROR:
            sys.stderr.write(f"{problem}\n")
    sys.stderr.flush()


def say_json(value: dict[str, Any]) -> None:
    """Print one JSON object on one line of the output stream, at once, so that a reader of the stream sees it."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def summary_line(result: BuildResult) -> str:
    """One plain line that says how a brief ended and where its files are."""
    if not result.outputs:
        count = sum(problem.severity is Severity.ERROR for problem in result.problems)
        return f"{result.name}: {result.status}, {count} {'error' if count == 1 else 'errors'} in {result.data_file}"
    files = ", ".join(
        f"{output.path}" + (f" ({output.pages} {'page' if output.pages == 1 else 'pages'})" if output.pages else "")
        for output in result.outputs
    )
    return f"{result.name}: {result.status} {files}"
