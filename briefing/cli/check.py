"""`briefing check` and `briefing verify`: what holds, of data files and of finished files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from briefing.cli.flags import (
    DATA_FILES,
    AsJson,
    Config,
    EditionName,
    LimitList,
    Overrides,
    Params,
    Quiet,
    Strict,
    ThemeName,
)
from briefing.cli.report import count, listed, print_json, print_problems, say, told
from briefing.errors import BriefingError, ExitCode, Problem, UsageError, visible, without_words


def check(
    paths: Annotated[
        list[Path], typer.Argument(help=f"Folders with a brief.yaml, or {DATA_FILES}.", show_default=False)
    ],
    config: Config = None,
    strict: Strict = False,
    overrides: Overrides = None,
    limits: LimitList = None,
    params: Params = None,
    theme: ThemeName = None,
    edition: EditionName = None,
    as_json: AsJson = False,
    sarif: Annotated[
        Path | None,
        typer.Option("--sarif", help="Write a SARIF 2.1.0 log there, which code hosts show as annotations."),
    ] = None,
    into_docx: Annotated[
        Path | None,
        typer.Option(
            "--into-docx",
            help="Write what is found into this Word file of the brief as comments, on the words it concerns.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check briefs without rendering them: the data, the quotes against their sources, the release rules."""
    from briefing.run.checks import check_all

    results = []
    for result in check_all(
        listed(paths),
        config=config,
        strict=strict,
        overrides=overrides or (),
        limits=limits or (),
        params=params,
        theme=theme,
        edition=edition,
    ):
        shown = result
        if without_words():
            shown = replace(result, problems=told(result.problems), waived=(), evidence=(), reading=None)
        results.append(shown)
        print_problems(result.problems, quiet=quiet or as_json)
        if as_json:
            print_json(shown.as_json())
        elif not quiet:
            verdict = "failed" if result.exit_code else "passed"
            verified = sum(item.is_verified for item in result.evidence)
            translated = sum(str(item.status) == "translated, not checked" for item in result.evidence)
            unchecked = f"{translated} translated, not checked, " if translated else ""
            say(
                f"{visible(result.name)}: {verdict}, {verified} of {count(len(result.evidence), 'quote')} verified, {unchecked}"
                f"{count(len(result.problems), 'problem')}, {len(result.waived)} waived"
            )
    if sarif is not None:
        from briefing.run.sarif import write_sarif

        write_sarif(results, sarif)
    if into_docx is not None:
        from briefing.run.word_files.commenting import comment_into

        if len(results) != 1:
            hint = "check one brief at a time"
            what = f"one Word file cannot go with {len(results)} briefs"
            raise UsageError(Problem("bad-option", what, hint, option="--into-docx"))
        new = comment_into(into_docx, results[0], config=config, limits=limits or ())
        if not (quiet or as_json):
            say(f"{visible(str(into_docx))}: {count(new, 'new comment')}")
    raise typer.Exit(max((result.exit_code for result in results), default=ExitCode.DONE))


def verify(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders that briefing wrote to.", show_default=False)
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hold output folders against their manifest.json and say what was touched since: outputs and inputs.

    The exit code is 0 when nothing was, 4 when something was, 2 when there is no manifest, 3 when it cannot be read.
    """
    from briefing.run.verification import verify_folder

    worst = ExitCode.DONE
    for folder in folders:
        try:
            found = verify_folder(folder)
        except BriefingError as error:
            worst = max(worst, error.exit_code)
            print_problems(error.problems)
            if as_json:
                problems = [problem.as_json() for problem in told(error.problems)]
                code = int(error.exit_code)
                print_json({"folder": str(folder), "exit_code": code, "briefs": [], "extra": [], "problems": problems})
            continue
        worst = max(worst, found.exit_code)
        if as_json:
            print_json(found.as_json())
        elif not quiet:
            say("\n".join(map(visible, found.lines())))
    raise typer.Exit(worst)
