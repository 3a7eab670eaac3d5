"""Reading an office's settings."""

from __future__ import annotations

from pathlib import Path

from briefing.errors import DataError, Problem, UsageError, did_you_mean
from briefing.evidence.rules import rule_codes
from briefing.schema import Settings
from briefing.schema.validate import validate_as
from briefing.source import read

FILE_NAME = "briefing.toml"


def read_settings(folder: Path, named: Path | None = None) -> Settings:
    """The settings in the file `named`, else in `briefing.toml` of the brief's own folder, else the built-in ones.

    Raises `UsageError` when the named file is not there, `DataError` with every fault of a file at its place.
    """
    if named is not None and not named.is_file():
        raise UsageError(
            Problem("no-such-path", "there is no such file", "name a TOML file of settings", path=str(named))
        )
    file = named or folder / FILE_NAME
    if not file.is_file():
        return Settings()
    source = read(file)
    try:
        settings = validate_as(Settings, source.values)
        known = rule_codes()
        unknown = [
            Problem("unknown-key", f"there is no rule '{code}'", did_you_mean(code, known), f"rules.{code}")
            for code in settings.rules
            if code not in known
        ]
        if unknown:
            raise DataError(unknown)
    except DataError as error:
        raise DataError(
            problem.at(source.place_of(problem.path, key=problem.code == "unknown-key")) for problem in error.problems
        ) from None
    return settings
