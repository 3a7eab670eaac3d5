"""What changed between two issues of a series, read from their data files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError, DataError, Problem
from briefing.run.inputs import BriefInput, find_input
from briefing.run.load import LoadedBrief, load
from briefing.run.settings import read_settings
from briefing.series.changes import RANKED, TEXT, Change, ChangeKind, changes

_HEADINGS = {**{kind.word: kind.heading for kind in RANKED}, TEXT: "Texts"}


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes from the data file `old` to the data file `new`."""

    old: Path
    new: Path
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values, for `--json`."""
        return {
            "old": str(self.old),
            "new": str(self.new),
            "changes": [
                {
                    "family": change.family,
                    "kind": change.kind.value,
                    "item": change.item,
                    "path": change.path,
                    "name": change.name,
                    "before": change.before,
                    "after": change.after,
                }
                for change in self.changes
            ],
        }

    def lines(self) -> Iterator[str]:
        """The difference for a person, family by family."""
        if not self.changes:
            yield f"nothing changed from {self.old} to {self.new}"
        for family, found in groupby(self.changes, key=lambda change: change.family):
            yield _HEADINGS[family]
            for change in found:
                yield from _told(change)


def _told(change: Change) -> Iterator[str]:
    called = f"{change.item}: {change.name}" if change.item and change.item != change.name else change.name
    line = f"  {change.kind} {' '.join(called.split())}"
    match change.kind:
        case ChangeKind.REWRITTEN:
            yield line
            yield f"    was: {' '.join(change.before.split())}"
            yield f"    now: {' '.join(change.after.split())}"
        case ChangeKind.MOVED:
            yield f"{line} (from {change.before or 'no stance'} to {change.after or 'no stance'})"
        case ChangeKind.ANSWERED if change.after:
            yield line
            yield f"    answer: {' '.join(change.after.split())}"
        case ChangeKind.STALE:
            yield f"{line} (published {change.after})"
        case _:
            yield line


def what_changed(old: str | Path, new: str | Path, *, config: str | Path | None = None) -> Difference:
    """Every change from the issue at `old` to the one at `new`. The newer one's settings, or the file `config`, say when a source is stale.

    Raises `UsageError` when the call is wrong, `DataError` with every problem of both when one of them is at fault.
    """
    before, after = find_input(Path(old)), find_input(Path(new))
    settings = read_settings(after.folder, Path(config) if config is not None else None)
    first, second = _both(before, after)
    found = changes(first.brief, second.brief, stale_after_days=settings.source_age_days)
    return Difference(first.data_file, second.data_file, found)


def _both(before: BriefInput, after: BriefInput) -> Sequence[LoadedBrief]:
    loaded: list[LoadedBrief] = []
    problems: list[Problem] = []
    for brief in (before, after):
        try:
            loaded.append(load(brief.data_file))
        except BriefingError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return loaded
