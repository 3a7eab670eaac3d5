"""`briefing quotes`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def command(
    source: Annotated[Path, typer.Argument(help="A saved article: text, HTML, DOCX or PDF.", show_default=False)],
    source_id: Annotated[
        str | None, typer.Option("--source-id", help="The source's id in the data file; the file's name when left out.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="The article's language, a BCP 47 tag; guessed when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of YAML.")] = False,
) -> None:
    """List every direct quotation of a saved article with the speaker that the text states, ready to paste under 'quotes:'."""
    from briefing.run.quotes import find_quotes

    found = find_quotes(source, source_id=source_id, language=language)
    typer.echo(json.dumps(found.json(), ensure_ascii=False, indent=2) if as_json else found.yaml(), nl=as_json)
