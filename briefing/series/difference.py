"""What changed between two issues of a series, in words and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from briefing.schema.brief import RANKED
from briefing.series.changes import TEXT, Change, ChangeKind

_HEADINGS = {**{kind.word: kind.heading for kind in RANKED}, TEXT: "Texts"}


class Difference(Struct, frozen=True):
    """The changes from the data file `old` to the data file `new`."""

    old: Path
    new: Path
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values, for `--json`."""
        described = [to_builtins(change) for change in self.changes]
        for change in described:
            if not change["details"]:
                del change["details"]
        return {"old": str(self.old), "new": str(self.new), "changes": described}

    def lines(self) -> Iterator[str]:
        """The difference for a person, family by family."""
        if not self.changes:
            yield f"nothing changed from {self.old} to {self.new}"
        for family, found in groupby(self.changes, key=lambda change: change.family):
            yield _HEADINGS[family]
            for change in found:
                yield from _lines(change)


def _lines(change: Change) -> Iterator[str]:
    called = f"{change.item}: {change.name}" if change.item and change.item != change.name else change.name
    line = f"  {change.kind} {' '.join(called.split())}"
    match change.kind:
        case ChangeKind.MOVED:
            yield f"{line} (from {change.before or 'no stance'} to {change.after or 'no stance'})"
        case ChangeKind.STALE:
            yield f"{line} (published {change.after})"
        case _:
            yield line
    if change.kind is ChangeKind.ANSWERED and change.after:
        yield f"    answer: {change.after}"
    elif change.kind is ChangeKind.REWRITTEN and not change.details:
        yield f"    was: {change.before}"
        yield f"    now: {change.after}"
    for detail in change.details:
        yield f"    {detail.key} was: {detail.before or 'nothing'}"
        yield f"    {detail.key} now: {detail.after or 'nothing'}"
