"""`briefing pull`: the edits of a Word document, brought home into the data file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.flags import AsJson, LimitList, Quiet
from briefing.cli.report import count, print_json, print_problems, say
from briefing.errors import visible, without_words
from briefing.formats import REDLINE_FORMAT


class Revisions(StrEnum):
    """What becomes of tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"
    STOP = "stop"


Prefer = StrEnum("Prefer", {"DATA": "data", "DOCUMENT": REDLINE_FORMAT})  # the format has its name from its own room


def pull(
    documents: Annotated[
        list[Path], typer.Argument(metavar="EDITED.docx...", help="The copies that came back.", show_default=False)
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The data file, or its folder; found beside the documents when left out."),
    ] = None,
    revisions: Annotated[
        Revisions, typer.Option("--revisions", help="Read tracked changes as accepted or rejected, or stop at them.")
    ] = Revisions.ACCEPT,
    prefer: Annotated[
        Prefer | None,
        typer.Option("--prefer", help="Whose words are taken where both sides changed the same ones; else neither's."),
    ] = None,
    limits: LimitList = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, as a diff; write nothing.")
    ] = False,
    comments: Annotated[
        bool, typer.Option("--comments", help="Write comments into the data file, too, beside the items they are on.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Bring the edits of Word documents home into the data file, and say of each what became of it.

    The exit code is 0 when all was brought home, 4 when something is left to do or in conflict, 3 when a file cannot be used.
    """
    import briefing

    done = briefing.pull_edits(
        documents,
        into,
        revisions=revisions.value,
        prefer=prefer.value if prefer else None,
        is_dry_run=dry_run,
        comments=comments,
        limits=limits or (),
    )
    print_problems(done.problems, quiet=quiet or as_json)
    if as_json:
        print_json(done.as_json(with_words=not without_words()))
    elif not quiet:
        shows_diff = dry_run and done.after != done.before and not without_words()
        lines = [*done.lines(with_words=not without_words()), *([done.diff()] if shows_diff else [])]
        counts = ", ".join(
            count(number, word)
            for word in ("change", "conflict")
            if (number := done.count("changed" if word == "change" else word))
        )
        left = done.count("todo")
        said = counts or "nothing changed"
        more = f", {left} left to do" if left else ""
        done_what = "would be made in" if dry_run else "in"
        say("\n".join([*map(_line, lines), f"{said} {done_what} {visible(str(done.data_file))}{more}"]))
    raise typer.Exit(done.exit_code)


def _line(text: str) -> str:
    return visible(text, lines=True).rstrip("\n")
