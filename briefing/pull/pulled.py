"""What came of bringing the edits of documents home: the report for people, for programs and for logs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from briefing.errors import ExitCode, Place, Problem, Severity, shown
from briefing.pull.outcomes import Outcome
from briefing.source import SourceFile
from briefing.source.nodes import flat_values

_FOR_LOGS: Final = ("status", "kind", "path", "file", "line")
"""What is said of a change without the brief's words."""

MOST_CHARACTERS: Final = 600
"""Of a line that the report for people shows of a text that has no other to be compared with; JSON has it whole."""


class Pulled(Struct, frozen=True, dict=True):
    """What came of pulling: the data file and its bytes before and after, every outcome, and the problems met or that the new data has."""

    data_file: Path
    source: SourceFile
    before: bytes
    after: bytes
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
    is_written: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """Done when all was brought home and the data is sound, else that something is left to do."""
        left = any(each.status in ("conflict", "todo") for each in self.outcomes)
        at_fault = any(each.severity is Severity.ERROR for each in self.problems)
        return ExitCode.CHECK if left or at_fault else ExitCode.DONE

    def count(self, status: str) -> int:
        """How many outcomes have that status."""
        return sum(each.status == status for each in self.outcomes)

    def diff(self) -> str:
        """The change of the data file as a unified diff; empty where nothing changes."""
        old, new = (each.decode(errors="replace").splitlines(keepends=True) for each in (self.before, self.after))
        name = self.source.file
        return "".join(
            line if line.endswith("\n") else f"{line}\n"
            for line in difflib.unified_diff(old, new, name, f"{name} (pulled)", n=2)
        )

    def place(self, outcome: Outcome) -> Place:
        """Where what an outcome is of stands in the data as it was."""
        return self.source.place_of(outcome.path) if outcome.path else Place.of(self.source.file)

    @cached_property
    def _values(self) -> Mapping[str, str]:
        """The values as they were, by their paths."""
        return dict(flat_values(self.source.root))

    def named(self, path: str) -> str:
        """A path with the ids of items in place of their numbers, where they have one: ``risks[id=r2].mitigation``."""
        made, reached = "", 0
        for step in re.finditer(r"\[\d+\]", path):
            identifier = self._values.get(f"{path[: step.end()]}.id")
            made += path[reached : step.start()] + (f"[id={identifier}]" if identifier else step.group())
            reached = step.end()
        return made + path[reached:]

    def lines(self, *, with_words: bool = True) -> Iterator[str]:
        """The report for people: what was done first, then what is left; for logs that are kept below the brief's marking without its words."""
        order = ("changed", "note", "todo", "conflict")
        for each in sorted(self.outcomes, key=lambda each: order.index(each.status)):
            if not with_words:
                yield f"{self.place(each)}: {each.status}: {each.kind}"
                continue
            where = f" {self.named(each.path)}:" if each.path else ""
            who = f" [{', '.join(each.who)}]" if each.who else ""
            yield f"{self.place(each)}: {each.status}:{where} {each.message}{who}"
            yield from _differing(each.before, each.after)

    def as_json(self, *, with_words: bool = True) -> dict[str, Any]:
        """All of it as plain values, for `--json`; for logs that are kept below the brief's marking without its words."""
        changes = []
        for each in self.outcomes:
            place = self.place(each)
            found = re.findall(r"\[id=([^\]]+)\]", self.named(each.path))
            change = {
                "status": each.status,
                "kind": each.kind,
                "path": each.path,
                "file": place.file,
                "line": place.line or None,
                "id": found[-1] if found else None,
                "message": each.message,
                "before": each.before,
                "after": each.after,
                "documents": list(each.who),
            }
            changes.append(change if with_words else {key: change[key] for key in _FOR_LOGS})
        return {
            "data_file": str(self.data_file),
            "exit_code": int(self.exit_code),
            "written": self.is_written,
            "changes": changes,
            "problems": [(each if with_words else each.without_words()).as_json() for each in self.problems],
        }


def _differing(before: str, after: str) -> Iterator[str]:
    """The lines that differ, those of the one text before those of the other; of a text that has no other, no more than the beginning of each."""
    old, new = ([line for line in text.strip("\n").split("\n") if line.strip()] for text in (before, after))
    most = MOST_CHARACTERS if not old or not new else None
    for sign, lines, others in (("-", old, new), ("+", new, old)):
        known = set(others)
        yield from (
            f"    {sign} {line if most is None or len(line) <= most else shown(line, most)}"
            for line in lines
            if line not in known
        )
