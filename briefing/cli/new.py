"""`briefing new`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer


def command(
    name: Annotated[Path, typer.Argument(help="The folder to make; its name becomes the brief's.", show_default=False)],
    date: Annotated[
        datetime.datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The brief's date; today when left out."),
    ] = None,
) -> None:
    """Make a folder with a data file that builds as it is, ready to be filled."""
    from briefing.run.new_brief import new

    data_file = new(name, date.date() if date else datetime.date.today())
    typer.echo(f"made {data_file}\nnext: briefing build {name}")
