"""`briefing new`, `quotes`, `tree` and `schema`: what helps to write a data file."""

from __future__ import annotations

import datetime
import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.flags import Brief, LimitList, Overrides
from briefing.cli.report import say
from briefing.errors import visible
from briefing.formats import EDITED_FORMAT


def new(
    name: Annotated[Path, typer.Argument(help="The folder to make; its name becomes the brief's.", show_default=False)],
    date: Annotated[
        datetime.datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The brief's date; today when left out."),
    ] = None,
    series: Annotated[
        bool, typer.Option("--series", help="Make it an issue of a weekly, which `briefing next` can follow.")
    ] = False,
    form: Annotated[
        str, typer.Option("--form", help="What kind of document it is: brief, submission or situation-report.")
    ] = "brief",
    docx: Annotated[
        bool,
        typer.Option("--docx", help="Make a Word form of it, too, to be filled in there and brought home with pull."),
    ] = False,
) -> None:
    """Make a folder with a data file that builds as it is, ready to be filled."""
    import briefing

    if docx and name.suffix.lower() == f".{EDITED_FORMAT}":
        name = name.with_suffix("")  # who asks for a form may name the file
    data_file = briefing.new(name, date.date() if date else datetime.date.today(), series=series, form=form)
    made, following = [str(data_file)], ["build", str(name)]
    if docx:
        made += [str(output.path) for output in briefing.build(name, formats=[EDITED_FORMAT]).outputs]
        following = ["pull", made[-1]]
    lines = [*(f"made {each}" for each in made), f"next: {shlex.join(['briefing', *following])}"]
    say("\n".join(map(visible, lines)))


def quotes(
    source: Annotated[Path, typer.Argument(help="A saved article: text, HTML, DOCX or PDF.", show_default=False)],
    source_id: Annotated[
        str | None, typer.Option("--source-id", help="The source's id in the data file; the file's name when left out.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="The article's language, a BCP 47 tag; guessed when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of YAML.")] = False,
    limit: LimitList = None,
) -> None:
    """List every direct quotation of a saved article with the speaker that the text states, ready to paste under 'quotes:'."""
    import briefing
    from briefing.run.options import limited_by_call

    with limited_by_call(limit or ()):
        found = briefing.find_quotes(source, source_id=source_id, language=language)
    say(json.dumps(found.json(), ensure_ascii=False, indent=2) if as_json else found.yaml(), ends=as_json)


def tree(path: Brief, overrides: Overrides = None, limit: LimitList = None) -> None:
    """Print the document tree of a brief: what every format says, in order, with numbers and ids."""
    from briefing.run.checks import compose_brief, dump_document

    say(dump_document(compose_brief(path, overrides=overrides or (), limits=limit or ())), ends=False)


def schema() -> None:
    """Print the JSON Schema of the data file, for editors that complete and check while you type."""
    import briefing

    say(json.dumps(briefing.data_file_schema(), ensure_ascii=False, indent=2))
