"""Themes: a folder of templates, a style sheet and a reference document, each of which another theme may inherit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.document.drawing import Ink
from briefing.errors import DataError, Place, Problem, UsageError, did_you_mean
from briefing.resources import templates_folder, theme_names
from briefing.toml_file import read_toml

BASE = "policy"
"""The theme that every other one ends up inheriting from."""
SETTINGS = "theme.toml"
STYLE_SHEET = "print.css"
SCREEN_STYLE_SHEET = "screen.css"
REFERENCE_DOCUMENT = "reference.docx"
LARGEST_FILE = 20_000_000
"""How many bytes a file of a theme may have; a larger one is as good as missing."""
_MOST_PARENTS = 8
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, which says nothing of where it is, and its folders, its own first, then those it inherits from."""

    name: str
    folders: tuple[Path, ...]

    @classmethod
    def load(cls, name: str | Path = BASE) -> Theme:
        """The built-in theme `name`, or the one in the folder `name`.

        Raises `UsageError` when there is none, when its settings are at fault, or when it inherits from none.
        """
        folders = [_named(name)]
        while (parent := _parent(folders[-1])) is not None:
            if len(folders) >= _MOST_PARENTS or parent in folders:
                raise UsageError(
                    Problem(
                        "theme",
                        "themes inherit from each other in a circle",
                        "leave one 'inherits' out",
                        place=Place.of(name),
                    )
                )
            folders.append(parent)
        return cls(folders[0].name, tuple(folders))

    def read(self, name: str) -> bytes:
        """The file `name` of the theme, or of the nearest it inherits from.

        Raises `KeyError` when none has it, when it is too large, or when it leads out of the theme's folders.
        """
        for folder in self.folders:
            file = _inside(folder, name)
            if file is not None:
                return file.read_bytes()
        raise KeyError(name)

    def style_sheets(self, name: str = STYLE_SHEET) -> list[bytes]:
        """The sheet `name` of every folder, the inherited ones first, so that a theme's own rules win."""
        found = (_inside(folder, name) for folder in reversed(self.folders))
        return [file.read_bytes() for file in found if file is not None]

    def reference_document(self) -> bytes:
        """The DOCX whose styles the Word document takes. Raises `UsageError` when the theme has none."""
        try:
            return self.read(REFERENCE_DOCUMENT)
        except KeyError:
            hint = f"add one or inherit from '{BASE}'"
            raise UsageError(
                Problem("theme", f"the theme has no {REFERENCE_DOCUMENT}", hint, place=Place.of(self.folders[0]))
            ) from None

    def inks(self) -> dict[Ink, str]:
        """The colour of each ink of drawings, as ``#1b3a5c``."""
        found: dict[Ink, str] = {}
        for folder in reversed(self.folders):
            settings = _inside(folder, SETTINGS)
            own = _settings(settings).get("inks", {}) if settings is not None else {}
            found.update({Ink(ink): colour for ink, colour in own.items()})
        return found

    def packed(self) -> tuple[str | dict[str, bytes], ...]:
        """Its folders as they can be sent to another machine: a built-in one by its name, another one as its files by their names."""
        built_in = {(templates_folder() / name).resolve(): name for name in theme_names()}
        return tuple(
            built_in.get(folder) or {name: file.read_bytes() for name, file in _files(folder)}
            for folder in self.folders
        )

    def digest(self) -> str:
        """A SHA-256 over every file of the theme and what it inherits, wherever it is; for telling whether it changed."""
        whole = hashlib.sha256()
        for folder in self.folders:
            for name, file in _files(folder):
                whole.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
            whole.update(b"\0")
        return whole.hexdigest()


def _inside(folder: Path, name: str) -> Path | None:
    """The file `name` of `folder`, unless it is none, is too large or stands outside, be it by a symbolic link."""
    try:
        file = (folder / name).resolve()
        sound = file.is_relative_to(folder) and file.is_file() and file.stat().st_size <= LARGEST_FILE
    except (OSError, ValueError):
        return None
    return file if sound else None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a theme's folder by their names, sorted; hidden ones are none of the theme's."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        file = _inside(folder, name)
        if file is not None and not any(part.startswith(".") for part in Path(name).parts):
            yield name, file


def _named(name: str | Path, beside: Path | None = None) -> Path:
    """The folder of the theme `name`: a built-in one, or a folder, which another theme's settings name from where it is."""
    if isinstance(name, str) and name in theme_names():
        return (templates_folder() / name).resolve()
    folder = Path(name) if beside is None else beside / name
    if folder.is_dir():
        return folder.resolve()
    hint = f"{did_you_mean(str(name), theme_names())}, or name a folder"
    if beside is None:
        raise UsageError(Problem("theme", f"there is no theme '{name}'", hint, option="--theme"))
    raise UsageError(Problem("theme", f"there is no theme '{name}'", hint, place=Place.of(beside / SETTINGS)))


def _parent(folder: Path) -> Path | None:
    """The folder that the theme in `folder` inherits from; None for the last."""
    settings = _inside(folder, SETTINGS)
    values = _settings(settings) if settings is not None else {}
    if "inherits" in values:
        return _named(values["inherits"], beside=folder)
    base = _named(BASE)
    return None if folder == base else base


def _settings(file: Path) -> dict[str, Any]:
    """What `theme.toml` says. Raises `UsageError` for a setting that does not exist or has a value that does not fit."""
    try:
        read = read_toml(file)
    except DataError as error:
        raise UsageError(error.problems) from None
    problems = [
        Problem("theme", message, hint, place=read.place_of(*names)) for names, message, hint in _faults(read.values)
    ]
    if problems:
        raise UsageError(problems)
    return read.values


def _faults(values: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What is wrong with a theme's settings: the key, in words, and what would be right."""
    for name in values:
        if name not in ("inherits", "inks"):
            yield (name,), f"'{name}' is not a setting of a theme", did_you_mean(name, ["inherits", "inks"])
    if not isinstance(values.get("inherits", ""), str):
        yield ("inherits",), "'inherits' is not text", "name a theme or a folder"
    inks = values.get("inks", {})
    if not isinstance(inks, dict):
        yield ("inks",), "'inks' is not a table", 'write [inks] and below it marker = "#1b3a5c"'
        return
    for ink, colour in inks.items():
        if ink not in list(Ink):
            yield ("inks", ink), f"'{ink}' is not an ink", did_you_mean(ink, list(Ink))
        elif not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
            yield ("inks", ink), f"the colour of '{ink}' is not one", 'write it as "#1b3a5c"'
