"""Finding the data files that a call names, and what their briefs are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import Problem, UsageError

if TYPE_CHECKING:
    from briefing.source import Row

DATA_FILE_NAMES = ("brief.yaml", "brief.yml", "brief.json", "brief.toml", "brief.yaml.j2")
SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".yaml.j2")
OUTPUT_FOLDER = "out"
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class BriefInput:
    """One brief to build: its data file, what its outputs are called, and where they go unless told otherwise.

    Of several editions of one data file, each has its `row` of parameters.
    """

    data_file: Path
    name: str
    row: Row | None = None

    @property
    def folder(self) -> Path:
        """The brief's folder: nothing outside it is read for the brief."""
        return self.data_file.parent

    @property
    def output_folder(self) -> Path:
        """Where outputs go by default."""
        return self.folder / OUTPUT_FOLDER


def find_input(path: Path) -> BriefInput:
    """The brief at `path`, a folder with a data file or the data file itself. Raises `UsageError` when there is none."""
    if path.is_dir():
        found = [path / name for name in DATA_FILE_NAMES if (path / name).is_file()]
        if len(found) > 1:
            names = " and ".join(entry.name for entry in found)
            raise UsageError(
                Problem(
                    "not-a-brief", f"the folder holds {names}", "name the one that is meant", place=None, path=str(path)
                )
            )
        if not found:
            raise UsageError(
                Problem(
                    "not-a-brief", "the folder has no data file", f"put a {DATA_FILE_NAMES[0]} into it", path=str(path)
                )
            )
        return BriefInput(found[0], path.resolve().name or "brief")
    if not path.exists():
        raise UsageError(
            Problem("no-such-path", "there is no such file or folder", "check the spelling", path=str(path))
        )
    if not path.name.lower().endswith(SUFFIXES):
        known = ", ".join(SUFFIXES)
        raise UsageError(
            Problem(
                "not-a-brief",
                f"'{path.name}' is not a data file",
                f"its name must end in one of {known}",
                path=str(path),
            )
        )
    name = (
        path.resolve().parent.name if path.name in DATA_FILE_NAMES else path.name.removesuffix(".j2").rsplit(".", 1)[0]
    )
    return BriefInput(path, name or "brief")


def find_inputs(paths: Sequence[Path]) -> list[BriefInput]:
    """The briefs at `paths`, each once. Raises `UsageError` with every path that leads to none."""
    problems: list[Problem] = []
    found: dict[Path, BriefInput] = {}
    for path in paths:
        try:
            brief = find_input(path)
        except UsageError as error:
            problems += error.problems
        else:
            found.setdefault(brief.data_file.resolve(), brief)
    if problems:
        raise UsageError(problems)
    return list(found.values())


def refuse_collisions(briefs: Sequence[BriefInput], output_folder: Path | None) -> None:
    """Raise `UsageError` when two briefs would write the same file.

    Names are the same here that only differ in case or in the way of writing a letter, as on Windows and macOS.
    """
    problems: list[Problem] = []
    targets: dict[tuple[Path, str], BriefInput] = {}
    folders = {brief.output_folder: (output_folder or brief.output_folder).resolve() for brief in briefs}
    for brief in briefs:
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", brief.name).casefold())
        other = targets.setdefault((folders[brief.output_folder], name), brief)
        if other is not brief:
            problems.append(_collision(brief, other))
    if problems:
        raise UsageError(problems[:_MOST_TOLD])


def _collision(brief: BriefInput, other: BriefInput) -> Problem:
    if brief.row is None:
        what = f"it would be written to the same file as {other.row.place if other.row else other.data_file}"
        hint = "use another --output-dir, or rename the folder"
        return Problem("name-collision", what, hint, path=str(brief.data_file))
    if other.row is None or other.data_file != brief.data_file:
        what = f"its files would be called '{brief.name}', as those of {other.data_file}"
    else:
        what = f"its files would be called '{brief.name}', as those of row {other.row.number} on line {other.row.place.line}"
    hint = "put into --name what tells them apart, such as {name} or {row}"
    return Problem("name-collision", what, hint, place=brief.row.place)
