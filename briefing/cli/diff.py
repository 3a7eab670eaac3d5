"""`briefing diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.report import say_json


def command(
    old: Annotated[Path, typer.Argument(help="The earlier issue: a folder or a data file.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The later issue: a folder or a data file.", show_default=False)],
    config: Annotated[
        Path | None,
        typer.Option("--config", help="A file of settings; briefing.toml in the later brief's folder when left out."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on the output stream.")] = False,
) -> None:
    """Say what changed between two issues, item by item. The exit code is 0 whether anything changed or not."""
    from briefing.run.difference import what_changed

    difference = what_changed(old, new, config=config)
    if as_json:
        say_json(difference.as_json())
    else:
        typer.echo("\n".join(difference.lines()))
