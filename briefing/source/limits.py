"""How much a data file may hold; far above any brief, far below what would hurt."""

from __future__ import annotations

from briefing.errors import Place, Problem, shown

LARGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 40
"""Levels of lists and mappings, each alias counted as what it stands for."""
MOST_NODES = 200_000
"""Values in a YAML file in all, each alias counted as what it stands for; JSON and TOML cannot hold more than their size allows."""


def too_deep(file: str, line: int, column: int) -> Problem:
    """The fault of a value that stands more than `DEEPEST` levels down, at its place."""
    return Problem(
        "too-deep", "values are nested too deeply", f"at most {DEEPEST} levels", place=Place(file, line, column)
    )


def duplicate_key(file: str, name: str, line: int, column: int, first_line: int) -> Problem:
    """The fault of a key that stands in its mapping already, on `first_line`, at its place."""
    return Problem(
        "duplicate-key",
        f"'{shown(name)}' stands here a second time",
        f"the first is on line {first_line}; keep one",
        place=Place(file, line, column),
    )
