"""Progress on the error stream: a live bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from briefing.cli.report import counted
from briefing.errors import visible
from briefing.run.result import Listener

if TYPE_CHECKING:
    from briefing.run.result import BuildResult


class Progress(Listener):
    """What watches a build: a context manager that hears its stages and is told its results. This one shows nothing."""

    def done(self, result: BuildResult) -> None:
        """A brief is done."""

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays."""


def progress(*, silent: bool) -> Progress:
    """What watches a build, as is fit for the error stream."""
    if silent:
        return Progress()
    return _Bar() if sys.stderr.isatty() else _Lines()


class _Lines(Progress):
    """Of several briefs, a line for each that was not left alone, so that a log tells how far a run came."""

    def __init__(self) -> None:
        self.total = 0
        self.count = 0

    def found(self, briefs: int) -> None:
        self.total = briefs

    def done(self, result: BuildResult) -> None:
        self.count += 1
        if self.total > 1 and result.status != "unchanged":
            sys.stderr.write(f"{self.count} of {self.total}: {visible(result.name)}: {result.status}\n")
            sys.stderr.flush()


class _Bar(Progress):
    """A live bar with counts and the time left."""

    def __init__(self) -> None:
        from rich.console import Console  # rich costs 40 ms, which only a terminal needs to pay
        from rich.markup import escape
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._escape = escape
        self._bar: Any = Bar(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=None)
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def found(self, briefs: int) -> None:
        self._bar.update(self._task, total=briefs)

    def stage(self, name: str, stage: str) -> None:
        self._show(f"{name}: {stage}")

    def done(self, result: BuildResult) -> None:
        self._counts[str(result.status)] += 1
        self._bar.advance(self._task)
        self._show("")

    def _show(self, text: str) -> None:
        description = ", ".join(filter(None, [counted(self._counts), text]))
        self._bar.update(self._task, description=self._escape(visible(description)))
