"""`briefing reference check`: what an office's Word document has, lacks and does oddly; `finalise`: the clean copy of one, to send out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.flags import AsJson, LimitList, Quiet
from briefing.cli.pull import Revisions
from briefing.cli.report import print_json, print_problems, say
from briefing.errors import visible

reference = typer.Typer(
    name="reference", no_args_is_help=True, help="Try an office's Word document before briefs are built with it."
)


@reference.callback()
def _reference() -> None:
    """Try an office's Word document before briefs are built with it."""


@reference.command()
def check(
    file: Annotated[Path, typer.Argument(help="A Word file (DOCX, DOTX, DOCM, DOTM).", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write a DOCX there that shows one of every block in its styles."),
    ] = None,
    theme: Annotated[
        str, typer.Option("--theme", help="A built-in theme's name, or the folder of your own.")
    ] = "policy",
    as_json: AsJson = False,
    limit: LimitList = None,
    quiet: Quiet = False,
) -> None:
    """List the styles that a Word document has and lacks and what is odd about it, and show every block of a brief in its styles.

    The exit code is 0 when it can be used, 2 when it cannot be read, 4 when a brief in its styles would not say what it should.
    """
    from briefing.run.checks import check_reference

    found = check_reference(file, output, theme, limit or ())
    print_problems(found.problems, quiet=quiet or as_json)
    if as_json:
        print_json(found.as_json())
    elif not quiet:
        say("\n".join(map(visible, found.lines())))
    raise typer.Exit(found.exit_code)


def finalise(
    file: Annotated[Path, typer.Argument(help="A Word file (DOCX), ours or another.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where the copy goes; NAME.final.docx beside it when left out."),
    ] = None,
    revisions: Annotated[
        Revisions, typer.Option("--revisions", help="What becomes of tracked changes that nobody settled.")
    ] = Revisions.STOP,
    force: Annotated[bool, typer.Option("--force", help="Write over a copy that is there.")] = False,
    limit: LimitList = None,
) -> None:
    """Write the clean copy of a Word file, to send out: no comments, tracked changes, marks, hidden data or names of those who worked on it.

    The exit code is 4 when it holds what only a person can decide on: tracked changes, a prompt, hidden text, an embedded object.
    """
    from briefing.run.options import limited_by_call
    from briefing.run.word_files.finalising import finalise as finalised

    with limited_by_call(limit or ()):
        say(f"wrote {visible(str(finalised(file, output, revisions=revisions.value, force=force)))}")
