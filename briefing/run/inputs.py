"""Finding the data files that a call names, and what their briefs are called."""

from __future__ import annotations

import contextlib
import glob
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from briefing.errors import Place, Problem, UsageError
from briefing.files import not_there
from briefing.regular_files import resolved

if TYPE_CHECKING:
    from briefing.source import Row

DATA_FILE_NAMES = ("brief.yaml", "brief.yml", "brief.json", "brief.yaml.j2")
SUFFIXES = (".yaml", ".yml", ".json", ".yaml.j2")
OUTPUT_FOLDER = "out"
_MOST_SHOWN = 20
_IN_TOML = "brief.toml"
_RIGHT = DATA_FILE_NAMES[0]
_MISNAMED = re.compile(
    r"brief(?: ?\(\d\)| copy|-\d)?\.(?:ya?ml|json)(?:\.(?:txt|yaml|yml|json|rtf|bak))?", re.IGNORECASE
)


class BriefInput(Struct, frozen=True):
    """One brief to build: its data file, what its outputs are called, and where they go unless told otherwise.

    Of several briefs that rows of parameters make of one data file, each has its `row`.
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
        found = data_files(path)
        if len(found) > 1:
            names = " and ".join(entry.name for entry in found)
            raise UsageError(_problem(path, f"the folder holds {names}", "name the one that is meant"))
        if not found and (path / _IN_TOML).is_file():
            path /= _IN_TOML
        elif not found:
            raise UsageError(_without_data_file(path))
        else:
            return BriefInput(found[0], resolved(path).name or "brief")
    if not path.exists():
        if path.name in DATA_FILE_NAMES and any(map(_is_misnamed, _files(path.parent))):
            raise UsageError(_without_data_file(path.parent))
        raise UsageError(_problem(path, "there is no such file or folder", not_there(path), "no-such-path"))
    if _is_misnamed(path.name) and not path.name.lower().endswith(SUFFIXES):
        raise UsageError(_misnamed(path))
    if not path.name.lower().endswith(SUFFIXES):
        from briefing.source import not_a_data_file

        raise UsageError(_problem(path, *not_a_data_file(path.name)))
    own = path.name.removesuffix(".j2").rsplit(".", 1)[0]
    return BriefInput(path, (resolved(path).parent.name if path.name in DATA_FILE_NAMES else own) or "brief")


def _is_misnamed(name: str) -> bool:
    """Whether a data file's name was meant: in other capitals, or with what an editor or a browser adds to it."""
    return name not in DATA_FILE_NAMES and _MISNAMED.fullmatch(name) is not None


def _misnamed(path: Path) -> Problem:
    return _problem(path, f"'{path.name}' is not a data file by its name", f"rename it to {_RIGHT}")


def _files(folder: Path) -> list[str]:
    """The names of the files in `folder`, none when it is not there or must not be looked into; hidden ones are left out."""
    with contextlib.suppress(OSError):
        return sorted(each.name for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))
    return []


def _without_data_file(folder: Path, what: str = "the folder has no data file") -> Problem:
    """What a folder without a data file holds in its place, and what to do about it."""
    names = _files(folder)
    meant = next(filter(_is_misnamed, names), None)
    other = next((name for name in names if name.lower().endswith((".yaml", ".yml"))), None)
    hint = f"put a {_RIGHT} into it"
    if meant is not None:
        return _misnamed(folder / meant)
    if other is not None:
        hint = f"rename it to {_RIGHT}, or name the file itself: {folder / other}"
        return _problem(folder, f"{what}, but '{other}'", hint)
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        what = f"{what}, only {', '.join(map(repr, names[:3]))}{more}"
        hint = f"{hint}, or make a new brief with 'briefing new NAME'"
    return _problem(folder, what, hint)


def _problem(path: Path | str, what: str, hint: str, code: str = "not-a-brief") -> Problem:
    return Problem(code, what, hint, place=Place.of(path))


class FoundInputs(Struct, frozen=True):
    """What the paths of a call lead to: briefs, each once, and for every path that leads to none, why."""

    briefs: tuple[BriefInput, ...]
    faults: tuple[tuple[Path, Problem], ...]


def find_inputs(paths: Sequence[Path]) -> FoundInputs:
    """The briefs at `paths`, in their order, then by name: data files, folders of briefs, and patterns with ``*``, ``?``, ``[]`` or ``**``.

    A folder with a data file is one brief; any other is searched with all below it, except for hidden folders, output folders and links. A
    pattern takes data files called as a brief's and folders with a brief in them, and passes over the rest; when its last part ends as a data
    file's name, it takes every file that fits. Raises nothing for what it finds.
    """
    found: dict[Path, BriefInput] = {}
    faults: list[tuple[Path, Problem]] = []
    for path in paths:
        try:
            for step in _found(path):
                if isinstance(step, BriefInput):
                    found.setdefault(resolved(step.data_file), step)
                else:
                    faults.append(step)
        except OSError as error:  # a folder on the way that must not be looked into, or a name that is too long
            hint = "check the path and who may read it"
            faults.append((path, _problem(path, f"it cannot be looked at: {error.strerror}", hint, "unreadable")))
    return FoundInputs(tuple(found.values()), tuple(faults))


def _found(path: Path) -> Iterator[BriefInput | tuple[Path, Problem]]:
    if not path.exists() and glob.has_magic(str(path)):
        yield from _matching(path)
    elif path.is_dir() and not data_files(path):
        yield from _below(path, is_fault=True)
    else:
        yield from _one(path)


def _one(path: Path) -> Iterator[BriefInput | tuple[Path, Problem]]:
    try:
        yield find_input(path)
    except UsageError as error:
        for problem in error.problems:
            yield path, problem


def _below(path: Path, *, is_fault: bool) -> Iterator[BriefInput | tuple[Path, Problem]]:
    """The briefs in the folders of `path`. One that cannot be looked into is a fault, and having none is when `is_fault`."""
    unreadable: list[OSError] = []
    is_empty = True
    for base, folders, files in os.walk(path, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if name != OUTPUT_FOLDER and not name.startswith("."))
        # A brief that was kept in TOML, or whose file is misnamed, is told, not passed over.
        if any(name in DATA_FILE_NAMES or name == _IN_TOML or _is_misnamed(name) for name in files):
            folders.clear()
            is_empty = False
            yield from _one(Path(base))
    for error in unreadable:
        what = f"the folder cannot be searched: {error.strerror}"
        yield path, _problem(error.filename, what, "let the run look into it", "unreadable")
    if is_empty and is_fault and not unreadable:
        yield path, _without_data_file(path, "no data file is in the folder or below it")


def _matching(path: Path) -> Iterator[BriefInput | tuple[Path, Problem]]:
    """The briefs that the pattern `path` matches."""
    takes_any_file = path.name.lower().endswith(SUFFIXES)
    is_empty = True
    for name in sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207  a whole pattern, absolute or not
        match = Path(name)
        if match.is_dir():
            found = _one(match) if data_files(match) else _below(match, is_fault=False)
        elif takes_any_file or match.name in (*DATA_FILE_NAMES, _IN_TOML):
            found = _one(match)
        else:
            continue
        for each in found:
            is_empty = False
            yield each
    if is_empty:
        yield path, _problem(path, "the pattern matches no brief", "check the spelling", "no-such-path")


def data_files(folder: Path) -> list[Path]:
    """The data files that stand in `folder` under a name that marks it as a brief's."""
    return [folder / name for name in DATA_FILE_NAMES if (folder / name).is_file()]


def refuse_collisions(briefs: Sequence[BriefInput], folder_of: Callable[[BriefInput], Path]) -> None:
    """Raise `UsageError` when two briefs would write the same file; `folder_of` gives where each one's files go.

    Names are the same here that only differ in case or in the way of writing a letter, as on Windows and macOS.
    """
    problems: list[Problem] = []
    targets: dict[tuple[Path, str], BriefInput] = {}
    folders: dict[Path, Path] = {}
    for brief in briefs:
        folder = folder_of(brief)
        if folder not in folders:
            folders[folder] = resolved(folder)
        other = targets.setdefault((folders[folder], _folded(brief.name)), brief)
        problems += [_collision(brief, other)] if other is not brief else []
    if problems:
        raise UsageError(problems[:_MOST_SHOWN])


def _folded(name: str) -> str:
    if name.isascii() and name.islower():
        return name
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _collision(brief: BriefInput, other: BriefInput) -> Problem:
    if brief.row is None:
        what = f"it would be written to the same file as {other.row.place if other.row else other.data_file}"
        return _problem(brief.data_file, what, "use another --output-dir, or rename the folder", "name-collision")
    whose = str(other.data_file)
    if other.row is not None and other.data_file == brief.data_file:
        whose = f"row {other.row.number} on line {other.row.place.line}"
    what = f"its files would be called '{brief.name}', as those of {whose}"
    hint = "put into --name what tells them apart, such as {name} or {row}"
    return Problem("name-collision", what, hint, place=brief.row.place)
