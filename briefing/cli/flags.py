"""The arguments and flags that several commands share, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DATA_FILES = "data files (YAML, JSON, brief.yaml.j2)"

Brief = Annotated[Path, typer.Argument(help="A folder with a brief.yaml, or a data file.", show_default=False)]
Config = Annotated[
    Path | None, typer.Option("--config", help="A file of settings; briefing.toml in the brief's folder when left out.")
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Override one field: key=value, for example series.number=4. Repeatable.", metavar="KEY=VALUE"
    ),
]
LimitList = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        help="Raise what may be read or rendered: name=number, for example rendering_seconds=600; docs/security.md lists the names. Repeatable.",
        metavar="NAME=NUMBER",
    ),
]
Params = Annotated[
    Path | None,
    typer.Option(
        "--params",
        help="A file of rows (CSV, YAML, JSON lines): each brief is taken once a row, its values put in.",
        metavar="FILE",
    ),
]
EditionName = Annotated[
    str | None,
    typer.Option(
        "--edition",
        help="Leave out what is not for the readers of this edition: 'short', or one of briefing.toml.",
        metavar="NAME",
    ),
]
ThemeName = Annotated[
    str | None,
    typer.Option(
        "--theme", help="A built-in theme's name, or the folder of your own; that of each brief's form when left out."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let a warning fail, too (exit code 4).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on the output stream: one object a line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
