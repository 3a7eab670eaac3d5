"""Saying what happened: problems on the error stream, results on the output stream."""

from __future__ import annotations

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from briefing.errors import Problem, Severity, UsageError, visible, without_words

if TYPE_CHECKING:
    from briefing.run.ledger import Output
    from briefing.run.result import BuildResult


LIST = Path("-")
"""Stands for a list on the input stream."""


def listed(paths: Iterable[Path]) -> list[Path]:
    """The paths, with those of the list on the input stream in the place of ``-``: a path a line, or each ended by a NUL as `find -print0` does.

    Raises `UsageError` for a list without paths.
    """
    return [each for path in paths for each in (_read() if path == LIST else [path])]


def _read() -> list[Path]:
    data = sys.stdin.buffer.read()
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    found = [Path(os.fsdecode(line)) for line in lines if line.strip()]
    if not found:
        what, hint = "the list on the input stream is empty", "give a path a line"
        raise UsageError(Problem("no-such-path", what, hint, option="-"))
    return found


MOST_TOLD: Final = 50
"""How many problems of one kind are printed of a brief, before only their number is."""
_ORDER: Final = ("unchanged", "built", "failed")
_WIDE: Final = 10_000
"""Columns: wider than any line."""


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems as logs may have them: without the brief's words where that is asked for."""
    return tuple(each.without_words() if without_words() else each for each in problems)


def print_problems(problems: Iterable[Problem], *, quiet: bool = False) -> None:
    """Print problems to the error stream, one a line; `quiet` leaves out all but errors."""
    counts: Counter[tuple[str, Severity]] = Counter()
    for problem in told(problems):
        if not quiet or problem.severity is Severity.ERROR:
            kind = (problem.code, problem.severity)
            counts[kind] += 1
            if counts[kind] <= MOST_TOLD:
                sys.stderr.write(f"{problem}\n")
    for (code, severity), number in counts.items():
        if number > MOST_TOLD:
            sys.stderr.write(f"{severity}: there are {number - MOST_TOLD} more like it [{code}]\n")
    sys.stderr.flush()


def say(text: str, *, ends: bool = True) -> None:
    """Print lines to the output stream, with whatever would steer a terminal escaped; without `ends`, no line end follows."""
    sys.stdout.write(visible(text, lines=True) + "\n" * ends)
    sys.stdout.flush()


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on one line of the output stream, at once, so that a reader of the stream sees it."""
    sys.stdout.write(visible(json.dumps(value, ensure_ascii=False)) + "\n")
    sys.stdout.flush()


def summary_line(result: BuildResult) -> str:
    """One plain line that says how a brief ended and where its files are."""
    if _is_without_files(result):
        return visible(f"{result.name}: {result.status}, {_errors(result.problems)} in {result.data_file}")
    return visible(f"{result.name}: {result.status} {', '.join(map(_file, result.outputs))}")


def _is_without_files(result: BuildResult) -> bool:
    return str(result.status) == _ORDER[-1] or not result.outputs


def total_line(results: Sequence[BuildResult]) -> str:
    """One plain line that says how several briefs ended."""
    counts = Counter(str(result.status) for result in results)
    return f"{len(results)} briefs: {counted(counts)}"


def counted(counts: Mapping[str, int]) -> str:
    """How many briefs ended how, such as '3 built, 1 failed'."""
    return ", ".join(f"{counts[status]} {status}" for status in _ORDER if counts.get(status))


def enumerated(names: Iterable[str], word: str) -> str:
    """The names in a sentence, such as 'pdf, docx or html' with `word` 'or'."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def table(results: Iterable[BuildResult]) -> str:
    """Several briefs as a table, those that failed last; the width of the terminal, or as wide as it needs elsewhere."""
    from rich.console import Console  # costs 40 ms, which one brief need not pay
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=io.StringIO(), width=None if sys.stdout.isatty() else _WIDE, color_system=None)
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("brief", "status", "pages", "problems", "where"):
        made.add_column(heading, justify="right" if heading == "pages" else "left", overflow="fold")
    for result in sorted(results, key=lambda result: _ORDER.index(str(result.status))):
        pages = next((str(output.pages) for output in result.outputs if output.pages), "")
        where = str(result.data_file if _is_without_files(result) else result.outputs[0].path.parent)
        row = (result.name, str(result.status), pages, _problems(result.problems), where)
        made.add_row(*(escape(visible(each)) for each in row))
    console.print(made)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def _file(output: Output) -> str:
    pages = f" ({count(output.pages, 'page')})" if output.pages else ""
    return f"{output.path}{pages}"


def _errors(problems: Iterable[Problem]) -> str:
    return count(sum(problem.severity is Severity.ERROR for problem in problems), "error")


def _problems(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(count(counts[severity], str(severity)) for severity in Severity if counts[severity])


def count(number: int, name: str) -> str:
    """So many of what `name` says, with its plural."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
