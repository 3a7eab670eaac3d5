"""`briefing build`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.progress import progress
from briefing.cli.report import say_json, say_problems, summary_line
from briefing.errors import ExitCode


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Folders with a brief.yaml, or data files (YAML, JSON, TOML, or brief.yaml.j2).", show_default=False
        ),
    ],
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir", "-o", help="Where the files go; a folder 'out' beside the data file when left out."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", help="pdf or docx; give it twice for both. Both when left out.", metavar="FORMAT"
        ),
    ] = None,
    reference_doc: Annotated[
        Path | None,
        typer.Option("--reference-doc", help="A DOCX or DOTX whose styles, headers and page setup the DOCX takes."),
    ] = None,
    theme: Annotated[
        str, typer.Option("--theme", help="A built-in theme's name, or the folder of your own.")
    ] = "policy",
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="Override one field: key=value, for example series.number=4. Repeatable.", metavar="KEY=VALUE"
        ),
    ] = None,
    redline_from: Annotated[
        Path | None,
        typer.Option(
            "--redline-from",
            help="An earlier state of the brief's data: writes NAME.redline.docx, in which every change since then is tracked.",
            metavar="OLD",
        ),
    ] = None,
    params: Annotated[
        Path | None,
        typer.Option(
            "--params",
            help="A file of rows (CSV, YAML, JSON lines): each brief is built once a row, its values put in.",
            metavar="FILE",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="What outputs are called, for example '{series}-{number:03}-{region}'.", metavar="PATTERN"
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="A file of settings; briefing.toml in the brief's folder when left out."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let a warning fail, too (exit code 4).")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a brief on the output stream.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Build briefs: a PDF and a DOCX of each, checked against the data before they take their places."""
    from briefing.building import FORMATS, build_all  # the renderers are not needed for --help

    worst = ExitCode.DONE
    with progress(len(paths), silent=quiet or as_json) as listener:
        results = build_all(
            paths,
            formats=formats or FORMATS,
            output_dir=output_dir,
            theme=theme,
            reference_doc=reference_doc,
            overrides=overrides or (),
            params=params,
            name=name,
            config=config,
            strict=strict,
            redline_from=redline_from,
            listener=listener,
        )
        for result in results:
            worst = max(worst, result.exit_code)
            say_problems(result.problems, quiet=quiet or as_json)
            if as_json:
                say_json(result.as_json())
            elif not quiet:
                typer.echo(summary_line(result))
    raise typer.Exit(worst)
