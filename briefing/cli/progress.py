"""Progress: a live line on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.building.run import Listener


@contextmanager
def progress(total: int, *, silent: bool) -> Iterator[Listener]:
    """A listener for `briefing.build` that shows the stage of each of `total` briefs on the error stream."""
    if silent or not sys.stderr.isatty():
        yield lambda name, stage: None
        return
    from rich.console import Console  # rich costs 40 ms, which only a terminal needs to pay
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)
        seen: list[str] = []

        def listen(name: str, stage: str) -> None:
            if name not in seen:
                seen.append(name)
                bar.update(task, completed=len(seen) - 1)
            bar.update(task, description=f"{name}: {stage}")

        yield listen
