"""Commands of the program, which take texts and paths as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from typer import __version__
from typer.core import TyperCommand, TyperGroup

from briefing.errors import ExitCode

_IS_KNOWN: Final = __version__.startswith("0.29.")
"""Whether the library is of the version whose parts are replaced here; with any other it does all by itself."""
_AS_TYPED: Final[dict[Any, Callable[[Any], Any]]] = {str: str, Path: Path, list[str]: str, list[Path]: Path}


class _TakesAsTyped:
    """What checks only those of its parameters that are given and are not texts or paths.

    The library would load pydantic and make a validator for each parameter, given or not: a third of a call that finds nothing to do.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, with that of help."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for each in parameters:
            if _IS_KNOWN and getattr(each, "_runtime_param", self) is None:
                each._runtime_param = _Given()
        return parameters


class Command(_TakesAsTyped, TyperCommand):
    """A command."""


class Group(_TakesAsTyped, TyperGroup):
    """The program, or a command that has commands."""

    def _main_shell_completion(self, *given: Any, **named: Any) -> None:
        """Complete what a shell asks for; variables that no shell sets are a wrong call, and nothing is said of it in the middle of a line."""
        try:
            super()._main_shell_completion(*given, **named)
        except (KeyError, ValueError):
            raise SystemExit(ExitCode.USAGE) from None
        except SystemExit as ended:
            raise SystemExit(ExitCode.USAGE if ended.code else ExitCode.DONE) from None


class _Given:
    """What makes of a parameter's words its value."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        is_list = param.multiple or param.nargs == -1
        if value is None:
            return () if is_list else None
        kind = _AS_TYPED.get(param.type_descriptor.annotation)
        if kind is None:
            param._runtime_param = None
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        return [kind(each) for each in value] if is_list else kind(value)
