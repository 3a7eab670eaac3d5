"""`briefing themes list`, `new` and `check`: the looks that there are, one of an office's own, and what is wrong with it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.flags import AsJson, LimitList, Quiet, Strict
from briefing.cli.report import print_json, print_problems, say
from briefing.errors import visible

themes = typer.Typer(
    name="themes", no_args_is_help=True, help="List the looks of briefs, make one of your own, examine it."
)


@themes.callback()
def _themes() -> None:
    """List the looks of briefs, make one of your own, examine it."""


@themes.command(name="list")
def list_(
    folder: Annotated[
        Path | None, typer.Argument(help="A theme's folder, or one that holds themes.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the built-in themes, and those in a folder, with what each is for."""
    from briefing.run.office_themes import list_themes

    found = list_themes(folder)
    width = max(len(each.name) for each in found)
    for each in found:
        if as_json:
            print_json(each.as_json())
        else:
            say(f"{each.name:{width}}  {each.description}".rstrip())


@themes.command()
def new(
    name: Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)],
    parent: Annotated[
        str, typer.Option("--from", help="The theme to inherit from: its name, or its folder.")
    ] = "policy",
    colour: Annotated[
        str | None, typer.Option("--colour", help="The office's colour, as '#7a1f3d'; the palette is made from it.")
    ] = None,
    logo: Annotated[
        Path | None, typer.Option("--logo", help="The office's logo (SVG, PNG or JPEG); it is copied.")
    ] = None,
    office: Annotated[str, typer.Option("--office", help="The office's name.", show_default=False)] = "",
    unit: Annotated[str, typer.Option("--unit", help="Its directorate, division or team.", show_default=False)] = "",
    address: Annotated[str, typer.Option("--address", help="Where it is, on one line.", show_default=False)] = "",
    web: Annotated[str, typer.Option("--web", help="Its page on the web.", show_default=False)] = "",
) -> None:
    """Make a folder with a theme of your own that builds as it is, from a colour, a logo and a name. Nothing is overwritten."""
    from briefing.run.office_themes import make_theme

    held = {"name": office, "unit": unit, "address": address, "web": web}
    made = make_theme(name, parent=parent, colour=colour, logo=logo, office=held)
    say(f"made {visible(str(made.folder))}")
    if made.name:
        say(f"the office is called {visible(made.name)} after the folder: write its name into theme.toml")
    if made.accent and made.accent != (colour or "").lower():
        say(f"{colour} is too light for headings: {made.accent} is the nearest that can be read")
    say(f"next: {visible(shlex.join(['briefing', 'themes', 'check', str(name), '-o', 'sheet.png']))}")


@themes.command()
def check(
    name: Annotated[str, typer.Argument(help="A theme's folder, or a built-in theme's name.", show_default=False)],
    languages: Annotated[
        str, typer.Option("--language", help="Languages whose letters its fonts must have, as 'de,fr'.", metavar="LIST")
    ] = "en",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write a PNG there with a sample of every block.")
    ] = None,
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    limit: LimitList = None,
) -> None:
    """Examine a theme: contrast, fonts, letters, licence bits, templates, and a sample of every block in every format.

    The exit code is 0 when it can be used, 2 when there is none or its settings are at fault, 4 when something was found.
    """
    from briefing.run.office_themes import check_theme
    from briefing.run.options import limited_by_call

    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    with limited_by_call(limit or ()):
        found = check_theme(name, languages=tags, sheet=output, strict=strict)
    print_problems(found.problems, quiet=quiet or as_json)
    if as_json:
        print_json(found.as_json())
    elif not quiet:
        say(visible(found.line(), lines=True))
    raise typer.Exit(found.exit_code)
