"""`briefing next`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.report import say_json
from briefing.errors import Problem, UsageError


def command(
    path: Annotated[
        Path,
        typer.Argument(
            help="The last issue: a folder with a brief.yaml, or a data file; or a folder of issues, then the newest.",
            show_default=False,
        ),
    ],
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="DATE",
            help="The next issue's date; the last one's series.next, or a period on, when left out.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="Make every issue that is due by then, each from the one before; what is there already stays.",
        ),
    ] = None,
    output_dir: Annotated[
        Path | None,
        typer.Option("--output-dir", "-o", help="The folder to make it in; beside the last issue when left out."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object an issue on the output stream.")
    ] = False,
) -> None:
    """Make the next issue's folder from the last one, or every issue that is due, and say what was carried and what was left."""
    from briefing.run.catching_up import make_issues_until
    from briefing.run.next_folder import MadeIssue, make_next_issue

    if date is not None and until is not None:
        raise UsageError(
            Problem("bad-option", "--date and --until exclude each other", "leave one out", path="--until")
        )
    outcomes = (
        [make_next_issue(path, date=date, output_dir=output_dir)]
        if until is None
        else make_issues_until(path, until, output_dir=output_dir)
    )
    for outcome in outcomes:
        if not as_json:
            typer.echo("\n".join(outcome.lines()))
        elif isinstance(outcome, MadeIssue):
            say_json(outcome.as_json())
