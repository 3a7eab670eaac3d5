"""`briefing check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.report import say_json, say_problems
from briefing.errors import ExitCode


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Folders with a brief.yaml, or data files (YAML, JSON, or brief.yaml.j2).", show_default=False
        ),
    ],
    config: Annotated[
        Path | None,
        typer.Option("--config", help="A file of settings; briefing.toml in the brief's folder when left out."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let a warning fail, too (exit code 4).")] = False,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", help="Override one field: key=value.", metavar="KEY=VALUE")
    ] = None,
    params: Annotated[
        Path | None,
        typer.Option(
            "--params", help="A file of rows (CSV, YAML, JSON lines): each brief is checked once a row.", metavar="FILE"
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a brief on the output stream.")
    ] = False,
    sarif: Annotated[
        Path | None,
        typer.Option("--sarif", help="Write a SARIF 2.1.0 log there, which code hosts show as annotations."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Check briefs without rendering them: the data, the quotes against their sources, the release rules."""
    from briefing.cli.report import listed
    from briefing.run.checking import check_all
    from briefing.run.sarif import write_sarif

    results = []
    for result in check_all(listed(paths), config=config, strict=strict, overrides=overrides or (), params=params):
        results.append(result)
        say_problems(result.problems, quiet=quiet or as_json)
        if as_json:
            say_json(result.as_json())
        elif not quiet:
            verdict = "failed" if result.exit_code else "passed"
            verified = sum(item.is_verified for item in result.evidence)
            typer.echo(
                f"{result.name}: {verdict}, {verified} of {len(result.evidence)} quotes verified, "
                f"{len(result.problems)} problems, {len(result.waived)} waived"
            )
    if sarif is not None:
        write_sarif(results, sarif)
    raise typer.Exit(max((result.exit_code for result in results), default=ExitCode.DONE))
