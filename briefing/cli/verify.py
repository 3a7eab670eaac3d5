"""`briefing verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.report import say_json, say_problems
from briefing.errors import BriefingError, ExitCode


def command(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders that briefing wrote to.", show_default=False)
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a folder on the output stream.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Hold output folders against their manifest.json and say what was touched since: outputs and inputs.

    The exit code is 0 when nothing was, 4 when something was, 2 when there is no manifest, 3 when it cannot be read.
    """
    from briefing.run.verification import verify_folder

    worst = ExitCode.DONE
    for folder in folders:
        try:
            found = verify_folder(folder)
        except BriefingError as error:
            worst = max(worst, error.exit_code)
            say_problems(error.problems)
            if as_json:
                problems = [problem.as_json() for problem in error.problems]
                code = int(error.exit_code)
                say_json({"folder": str(folder), "exit_code": code, "briefs": [], "extra": [], "problems": problems})
            continue
        worst = max(worst, found.exit_code)
        if as_json:
            say_json(found.as_json())
        elif not quiet:
            typer.echo("\n".join(found.lines()))
    raise typer.Exit(worst)
