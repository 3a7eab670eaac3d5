"""`briefing tree`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    path: Annotated[Path, typer.Argument(help="A folder with a brief.yaml, or a data file.", show_default=False)],
    overrides: Annotated[
        list[str] | None, typer.Option("--set", help="Override one field: key=value.", metavar="KEY=VALUE")
    ] = None,
) -> None:
    """Print the document tree of a brief: what every format says, in order, with numbers and ids."""
    from briefing.run.checking import compose_brief
    from briefing.run.checking import dump_document as dump

    typer.echo(dump(compose_brief(path, overrides=overrides or ())), nl=False)
