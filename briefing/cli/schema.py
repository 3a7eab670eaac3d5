"""`briefing schema`."""

from __future__ import annotations

import json

import typer


def command() -> None:
    """Print the JSON Schema of the data file, for editors that complete and check while you type."""
    from briefing.run.checking import data_file_schema

    typer.echo(json.dumps(data_file_schema(), ensure_ascii=False, indent=2))
