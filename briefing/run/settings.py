"""Reading an office's settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.errors import DataError, Place, Problem, UsageError, did_you_mean
from briefing.rules import rule_codes
from briefing.run.fingerprint import hash_input
from briefing.run.ledger import InputFile
from briefing.schema import Settings
from briefing.schema.validate import validate_as
from briefing.source.nodes import steps
from briefing.toml_file import read_toml

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
    if named is None and not file.resolve().is_relative_to(folder.resolve()):
        hint = f"copy the file here, or name it with --config {FILE_NAME}"
        raise DataError(Problem("bad-path", "it leads out of the brief's folder", hint, place=Place(str(file), 0, 0)))
    read = read_toml(file)
    values = _as_text(read.values)
    problems = _unknown_rules(values)
    settings = Settings()
    try:
        settings = validate_as(Settings, values)
    except DataError as error:
        problems += error.problems
    if problems:
        spots = [read.place_of(*(str(step) for step in steps(problem.path))) for problem in problems]
        by_place = sorted(zip(spots, problems, strict=True), key=lambda pair: pair[0])
        raise DataError(problem.at(place) for place, problem in by_place)
    return settings


def _as_text(value: Any) -> Any:
    """The value with its numbers and the like as text, from which the models read them."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings_input(folder: Path, named: Path | None = None) -> InputFile:
    """The file that `read_settings` reads, as an input of the brief in `folder`; also when it is not there. Raises `DataError`."""
    path = Path(os.path.relpath(named.resolve(), folder.resolve())).as_posix() if named is not None else FILE_NAME
    return hash_input("settings", folder.resolve(), path)


def _unknown_rules(values: Mapping[str, Any]) -> list[Problem]:
    """A fault for every code under 'rules' that no rule has."""
    rules = values.get("rules")
    return [
        Problem("unknown-key", f"there is no rule '{code}'", did_you_mean(code, rule_codes()), f"rules.{code}")
        for code in (rules if isinstance(rules, dict) else ())
        if code not in rule_codes()
    ]
