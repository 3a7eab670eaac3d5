"""The program `briefing` and its commands."""

from __future__ import annotations

import atexit
import codecs
import contextlib
import errno
import io
import json
import os
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any, Final, NoReturn, TextIO, cast

import typer

from briefing import __version__
from briefing.cli import authoring, build, check, office_documents, pull, series, theme_commands
from briefing.cli.command import Command, Group
from briefing.cli.logging_flags import with_logging_flags
from briefing.cli.report import print_problems
from briefing.errors import BriefingError, ExitCode, Problem, stopped_by, visible

INTERRUPTED = 130
_STREAM_CLOSED: Final = 1
_OF_STREAMS: Final = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF)

app = typer.Typer(
    name="briefing",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode=None,  # to draw boxes costs as much as all else of `--help`, and they break what a log is searched for
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "build": build.build,
    "check": check.check,
    "pull": pull.pull,
    "quotes": authoring.quotes,
    "new": authoring.new,
    "next": series.make_next,
    "diff": series.diff,
    "verify": check.verify,
    "finalise": office_documents.finalise,
    "schema": authoring.schema,
    "tree": authoring.tree,
}


def _first_line(command: Callable[..., Any]) -> str:
    return (command.__doc__ or "").split("\n")[0]


for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Command, short_help=_first_line(_command))(with_logging_flags(_command))
for _group in (office_documents.reference, theme_commands.themes):
    for _below in _group.registered_commands:
        if _below.callback is not None:
            _below.cls, _below.short_help = Command, _first_line(_below.callback)
            _below.callback = with_logging_flags(_below.callback)
    app.add_typer(_group)


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


class _Visible(io.TextIOBase):
    """A stream without colours, on which nothing steers the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(visible(text, lines=True))

    def flush(self) -> None:
        self._stream.flush()


def main() -> NoReturn:
    """Run the program on the process's own arguments and end the process with the right exit code.

    No traceback reaches the user but that of an internal fault, with `--verbose`.
    """
    _without_plugins()
    # A stream that is closed from the beginning is meant to be.
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    codecs.register_error(_ESCAPES, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPES)
    if any(visible(argument) != argument for argument in sys.argv):
        sys.stderr = cast(TextIO, _Visible(sys.stderr))  # for what is said of a wrong call, which repeats it
    try:
        code = _ended()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:  # nobody listens any more, or the disk is full
        code = ExitCode.RENDER
        sys.stdout = _nowhere()
        with contextlib.suppress(OSError):
            if error.errno != errno.EPIPE:
                what = f"what was to be said, or a temporary file, cannot be written: {error.strerror}"
                print_problems([Problem("write-failed", what, "check the disk")])
                sys.stderr.flush()
        sys.stderr = _nowhere()
    _leave(code)


def _without_plugins() -> None:
    """Keep pydantic from looking for plug-ins in all that is installed, for which it loads what reads e-mails and opens sockets."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # for the processes that are started
    finder = ModuleType("pydantic.plugin._loader")
    vars(finder)["get_plugins"] = tuple
    sys.modules[finder.__name__] = finder


def _leave(code: int) -> NoReturn:
    """End the process: at once after the last finaliser, since taking the interpreter apart frees nothing that the end of the process does not."""
    if threading.active_count() == 1:  # threads end before finalisers run
        atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(code)


_ESCAPES: Final = "briefing-escapes"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What a stream gets for letters that its encoding lacks: their escapes as in JSON, which stays JSON so."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  as long as the process


def _ended() -> int:
    """Run the program and give its exit code. Raises `OSError` for a stream that cannot be written to."""
    try:
        app(standalone_mode=True)
    except SystemExit as ended:
        # The library under the commands ends with 1 when a stream is closed, a code that is in no table.
        code = ended.code if isinstance(ended.code, int) else ExitCode.DONE
        if code == _STREAM_CLOSED:
            sys.stdout = sys.stderr = _nowhere()
        return ExitCode.RENDER if code == _STREAM_CLOSED else code
    except BriefingError as error:
        print_problems(error.problems)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: nothing was left half done\n")
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _OF_STREAMS:
            raise
        print_problems(stopped_by(error).problems)
        return ExitCode.RENDER
    return ExitCode.DONE
