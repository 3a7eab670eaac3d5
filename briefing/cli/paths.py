"""Paths that a call names, on the command line or in a list on the input stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from briefing.errors import Problem, UsageError

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
        raise UsageError(
            Problem("no-such-path", "the list on the input stream is empty", "give a path a line", path="-")
        )
    return found
