"""The program `briefing` and its commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated, Final, NoReturn

import typer

from briefing import __version__
from briefing.cli import authoring, build, check, office_documents, series
from briefing.cli.report import print_problems
from briefing.errors import DEBUG_VARIABLE, BriefingError, ExitCode, internal_fault

INTERRUPTED = 130

app = typer.Typer(
    name="briefing",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "build": build.build,
    "check": check.check,
    "quotes": authoring.quotes,
    "new": authoring.new,
    "next": series.make_next,
    "diff": series.diff,
    "verify": check.verify,
    "schema": authoring.schema,
    "tree": authoring.tree,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(office_documents.reference)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Turn one data file into a policy brief: a PDF for readers and a DOCX for editors.

    Exit codes: 0 done, 2 usage, 3 the data is at fault, 4 a check failed, 5 rendering or writing failed.
    """


def main() -> NoReturn:
    """Run the program on the process's own arguments and end the process with the right exit code.

    No traceback reaches the user; set the environment variable BRIEFING_DEBUG to see the one of an internal fault.
    """
    try:
        app(standalone_mode=True)
    except BriefingError as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: nothing was left half done\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.RENDER)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        print_problems([internal_fault(error)])
        sys.exit(ExitCode.RENDER)
    sys.exit(ExitCode.DONE)
