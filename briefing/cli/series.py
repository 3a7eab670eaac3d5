"""`briefing next` and `briefing diff`: the issues of a series."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from briefing.cli.flags import AsJson, Config, LimitList
from briefing.cli.report import print_json, say
from briefing.errors import Problem, UsageError, visible, without_words

_FOR_LOGS: Final = ("data_file", "previous")
"""What is said of an issue that was made where the brief's words are left out."""


def make_next(
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
    as_json: AsJson = False,
    limit: LimitList = None,
) -> None:
    """Make the next issue's folder from the last one, or every issue that is due, and say what was carried and what was left."""
    import briefing

    if date is not None and until is not None:
        what = "--date and --until exclude each other"
        raise UsageError(Problem("bad-option", what, "leave one out", option="--until"))
    outcomes = (
        [briefing.make_next_issue(path, date=date, output_dir=output_dir, limits=limit or ())]
        if until is None
        else briefing.make_issues_until(path, until, output_dir=output_dir, limits=limit or ())
    )
    for outcome in outcomes:
        if not as_json:
            say("\n".join(map(visible, islice(outcome.lines(), 1 if without_words() else None))))
        elif isinstance(outcome, briefing.MadeIssue):
            values = outcome.as_json()
            print_json({key: values[key] for key in _FOR_LOGS} if without_words() else values)


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier issue: a folder or a data file.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The later issue: a folder or a data file.", show_default=False)],
    config: Config = None,
    as_json: AsJson = False,
    limit: LimitList = None,
) -> None:
    """Say what changed between two issues, item by item. The exit code is 0 whether anything changed or not."""
    import briefing

    difference = briefing.what_changed(old, new, config=config, limits=limit or ())
    if as_json:
        print_json(difference.as_json())
    else:
        say("\n".join(map(visible, difference.lines())))
