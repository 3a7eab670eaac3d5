"""`briefing next`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.report import say_json


def command(
    path: Annotated[
        Path, typer.Argument(help="The last issue: a folder with a brief.yaml, or a data file.", show_default=False)
    ],
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="DATE",
            help="The next issue's date; the last one's series.next, or a period on, when left out.",
        ),
    ] = None,
    output_dir: Annotated[
        Path | None,
        typer.Option("--output-dir", "-o", help="The folder to make it in; beside the last issue when left out."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on the output stream.")] = False,
) -> None:
    """Make the next issue's folder from the last one, and say what was carried into it and what was left."""
    from briefing.building import make_next_issue

    made = make_next_issue(path, date=date, output_dir=output_dir)
    if as_json:
        say_json(made.as_json())
    else:
        typer.echo("\n".join(made.lines()))
