"""`briefing build`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from briefing.cli.report import (
    enumerated,
    listed,
    print_json,
    print_problems,
    say,
    summary_line,
    table,
    told,
    total_line,
)
from briefing.errors import Problem, UsageError, without_words
from briefing.formats import DEFAULT_FORMATS, FORMATS

if TYPE_CHECKING:
    from briefing.run.options import BuildArguments
    from briefing.run.result import BuildResult, Listener


def build(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help=f"Folders of briefs, which are searched; {DATA_FILES}; patterns such as "
            "'briefs/2026-*'; or - for a list of these on the input stream, a path a line.",
            show_default=False,
        ),
    ],
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir", "-o", help="Where the files go; a folder 'out' beside the data file when left out."
        ),
    ] = None,
    publish: Annotated[
        Path | None,
        typer.Option(
            "--publish",
            help="An archive: each brief's files go into a folder of its name, and 'latest' leads to the newest issue.",
            metavar="ARCHIVE",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help=f"{enumerated(FORMATS, 'or')}; repeatable. {enumerated(DEFAULT_FORMATS, 'and')} when left out.",
            metavar="FORMAT",
        ),
    ] = None,
    reference_doc: Annotated[
        Path | None,
        typer.Option(
            "--reference-doc",
            help="A Word file (DOCX, DOTX, DOCM, DOTM) whose styles, headers and page setup the DOCX takes.",
        ),
    ] = None,
    plain_docx: Annotated[
        bool,
        typer.Option(
            "--plain-docx", help="A DOCX without the hidden marks that lead its texts back to the data, to copy from."
        ),
    ] = False,
    theme: ThemeName = None,
    edition: EditionName = None,
    overrides: Overrides = None,
    limits: LimitList = None,
    redline_from: Annotated[
        Path | None,
        typer.Option(
            "--redline-from",
            help="An earlier state of the brief's data: writes NAME.redline.docx, in which every change since then is "
            "tracked, and beside it only what --format names.",
            metavar="OLD",
        ),
    ] = None,
    params: Params = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="What outputs are called, for example '{series}-{number:03}-{region}'.", metavar="PATTERN"
        ),
    ] = None,
    config: Config = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", help="How many processes build; as many as there are cores when left out.", min=1),
    ] = None,
    executor: Annotated[
        str | None,
        typer.Option(
            "--executor",
            help="Build elsewhere: dask=ADDRESS, the scheduler of a Dask cluster (needs the extra 'dask').",
            metavar="KIND=ADDRESS",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Build what is unchanged, too.")] = False,
    replace_edited: Annotated[
        bool,
        typer.Option(
            "--replace-edited",
            help="Let the new DOCX take the place of one whose edits were not pulled, which is kept under another name.",
        ),
    ] = False,
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh",
            help="Bring a Word file that was edited and pulled up to date in place: only what the data changed is rewritten.",
        ),
    ] = False,
    track: Annotated[bool, typer.Option("--track", help="With --refresh: as tracked changes.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Build briefs: a PDF and a DOCX of each, or HTML, checked against the data before they take their places."""
    from briefing.run.building import available_cores, build_all, missing_limits

    silent, found = quiet or as_json, listed(paths)
    if track and not refresh:
        raise UsageError(Problem("bad-option", "it goes with --refresh alone", "add --refresh", option="--track"))
    if refresh and (params or name or executor or redline_from or plain_docx or len(found) > 1):
        hint = "name one brief, and leave --params, --name, --executor, --redline-from and --plain-docx out"
        raise UsageError(
            Problem("bad-option", "it brings one brief's own Word file up to date", hint, option="--refresh")
        )
    results: list[BuildResult] = []
    print_problems(missing_limits(), quiet=silent)
    asked: BuildArguments = {
        "formats": formats or (),
        "output_dir": output_dir,
        "publish": publish,
        "theme": theme,
        "edition": edition,
        "reference_doc": reference_doc,
        "plain_docx": plain_docx,
        "overrides": overrides or (),
        "limits": limits or (),
        "config": config,
        "strict": strict,
        "redline_from": redline_from,
        "force": force,
        "replace_edited": replace_edited,
    }
    from briefing.cli.progress import progress

    with progress(silent=silent) as watching:
        cores = jobs or available_cores()
        for result in (
            _refreshed(found[0], track, watching, asked)
            if refresh
            else build_all(found, params=params, name=name, jobs=cores, executor=executor, listener=watching, **asked)
        ):
            results.append(result)
            print_problems(result.problems, quiet=silent)
            watching.done(result)
            if as_json:
                shown = (
                    replace(result, problems=told(result.problems), waived=(), quotes=()) if without_words() else result
                )
                print_json(shown.as_json())
    if not silent:
        one = len(results) == 1
        say(summary_line(results[0]) if one else f"{table(results)}\n{total_line(results)}")
    raise typer.Exit(max(result.exit_code for result in results))


def _refreshed(path: Path, track: bool, listener: Listener, asked: BuildArguments) -> Iterator[BuildResult]:
    from briefing.pull.document_refresh import refresh

    yield refresh(path, track=track, listener=listener, **asked)
