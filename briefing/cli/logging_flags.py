"""The flags that every command has, on how much is said of a fault: `--verbose` and `--without-words`."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from briefing.errors import VERBOSE_VARIABLE, WITHOUT_WORDS_VARIABLE

_WITHOUT_WORDS: Final = "Say of each problem its kind and its place, and none of the brief's words: for logs that are kept below its marking."


def _heed(variable: str) -> Callable[[bool], None]:
    """What sets a variable of the environment, so that processes that are started heed the flag, too."""

    def heed(wanted: bool) -> None:
        if wanted:
            os.environ[variable] = "1"

    return heed


_FLAGS: Final[dict[str, Any]] = {
    "verbose": Annotated[
        bool,
        typer.Option(
            "--verbose",
            callback=_heed(VERBOSE_VARIABLE),
            help="Show where in the program an internal fault happened, with its traceback.",
        ),
    ],
    "without_words": Annotated[
        bool, typer.Option("--without-words", callback=_heed(WITHOUT_WORDS_VARIABLE), help=_WITHOUT_WORDS)
    ],
}


def with_logging_flags(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these flags behind its own; it is told nothing of them."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        command(**{name: value for name, value in given.items() if name not in _FLAGS})

    own = inspect.signature(command, eval_str=True)
    flags = (
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
        for name, annotation in _FLAGS.items()
    )
    parameters = [*own.parameters.values(), *flags]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    del run.__wrapped__
    return run
