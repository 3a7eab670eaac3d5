"""Themes: a folder of tokens, templates, a style sheet and perhaps a reference document, all of which another theme
may inherit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.document.drawing import Ink
from briefing.document.sheet import Sheet
from briefing.errors import DataError, Place, Problem, UsageError, did_you_mean
from briefing.regular_files import is_file, read_regular, resolved
from briefing.resources import templates_folder, theme_names
from briefing.themes.tokens import Tokens, checked, merged
from briefing.themes.typeface import BUNDLED, Face, FontFile, bundled_files, characters
from briefing.toml_file import TomlFile, read_toml

BASE = "policy"
"""The theme that every other one ends up inheriting from."""
SETTINGS = "theme.toml"
_FONT_FILES = (".ttf", ".otf", ".woff", ".woff2")
STYLE_SHEET = "print.css"
SCREEN_STYLE_SHEET = "screen.css"
FORMS = "forms"
"""The folder of a theme that holds its forms, a file each."""
REFERENCE_DOCUMENT = "reference.docx"
LARGEST_FILE = 20_000_000
"""How many bytes a file of a theme may have; a larger one is as good as missing."""
MOST_FILES = 2_000
MOST_BYTES = 100_000_000
"""How many files and folders a theme's folder may hold, and how many bytes they may have together: a brief is built with each of them in its hash."""
_MOST_PARENTS = 8
WHITE = "#ffffff"
"""The paper."""


class Theme(Struct, frozen=True):
    """A theme: its name, which says nothing of where it is, its folders, and its tokens.

    Its own folder is the first, then come those it inherits from.
    """

    name: str
    folders: tuple[Path, ...]
    tokens: Tokens

    @classmethod
    def load(cls, name: str | Path = BASE) -> Theme:
        """The built-in theme `name`, or the one in the folder `name`.

        Raises `UsageError` when there is none, when it inherits from itself, or with every fault of its settings.
        """
        folders = _folders(name)
        settings: dict[str, Any] = {}
        of_font, tokens = TomlFile("", "", {}), None
        for folder in reversed(folders):
            own = _settings(folder)
            of_font = own if "font" in own.values else of_font
            settings.pop("description", None)
            settings = merged(settings, {name: value for name, value in own.values.items() if name != "inherits"})
            tokens = checked(settings, own)
        assert tokens is not None
        theme = cls(folders[0].name, tuple(folders), tokens)
        theme._check_font(of_font)
        return theme

    @property
    def is_built_in(self) -> bool:
        """Whether all of it came with the program, so that nobody else wrote its templates."""
        return all(folder.is_relative_to(resolved(templates_folder())) for folder in self.folders)

    def read(self, name: str) -> bytes:
        """The file `name` of the theme, or of the nearest it inherits from.

        Raises `KeyError` when none has it, when it is too large, or when it leads out of the theme's folders.
        """
        for folder in self.folders:
            file = _inside(folder, name)
            if file is not None:
                return read_regular(file, LARGEST_FILE)
        raise KeyError(name)

    def place_of(self, *names: str) -> Place:
        """Where the token that `names` lead to (``"colour", "ink"``) is set: in the theme, or in the nearest it inherits from."""
        for folder in self.folders:
            own = _settings(folder)
            held: Any = own.values
            for name in names:
                held = held.get(name) if isinstance(held, dict) else None
            if held is not None:
                return own.place_of(*names)
        return Place.of(self.folders[0] / SETTINGS)

    def style_sheets(self, name: str = STYLE_SHEET) -> list[bytes]:
        """The sheet `name` of every folder, the inherited ones first, so that a theme's own rules win."""
        found = (_inside(folder, name) for folder in reversed(self.folders))
        return [read_regular(file, LARGEST_FILE) for file in found if file is not None]

    def has(self, name: str) -> bool:
        """Whether it, or one it inherits from, has the file `name`."""
        return any(_inside(folder, name) for folder in self.folders)

    def own_files(self) -> dict[str, Path]:
        """The files of its own folder by their names, also those that cannot be used; as the user sees them from here."""
        folder, here = self.folders[0], Path.cwd()
        named = {path.relative_to(folder).as_posix(): path for path in _below(folder)}
        return {name: path.relative_to(here) if path.is_relative_to(here) else path for name, path in named.items()}

    def form_files(self) -> dict[str, Path]:
        """The files of its forms by their names; its own go before those that it inherits."""
        return {
            Path(name).stem: file
            for folder in reversed(self.folders)
            for name, file in _files(folder)
            if Path(name).parent == Path(FORMS) and name.endswith(".toml")
        }

    def reference_document(self) -> bytes | None:
        """The DOCX that the theme brings for the styles of the Word document, if any; it goes before the tokens."""
        try:
            return self.read(REFERENCE_DOCUMENT)
        except KeyError:
            return None

    def inks(self) -> dict[Ink, str]:
        """The colour of each ink of drawings, as ``#1b3a5c``."""
        colour = self.tokens.colour
        return {
            Ink.AXIS: colour.label,
            Ink.MARKER: colour.accent,
            Ink.MUTED: colour.edge,
            Ink.PAPER: WHITE,
            Ink.TEXT: colour.ink,
        }

    def in_density(self, name: str) -> Theme:
        """The theme in one of its densities; as it is where the name is empty."""
        return replace(self, tokens=self.tokens.in_density(name)) if name else self

    def css_variables(self) -> str:
        """The tokens as custom properties of CSS, to stand before any style sheet."""
        return self.tokens.css_variables()

    def font_paths(self) -> dict[Face, str]:
        """The files that the theme brings for its family, by their names in its folder; none for a bundled family."""
        paths = {face: str(getattr(self.tokens.font, face)) for face in Face}
        return {face: path for face, path in paths.items() if path}

    def fonts(self) -> dict[Face, FontFile]:
        """The faces of its family. Raises `KeyError` when a file is gone."""
        paths = self.font_paths()
        if not paths:
            return bundled_files(self.tokens.font.family)
        return {face: FontFile(Path(path).name, self.read(path)) for face, path in paths.items()}

    def sheet(self) -> Sheet:
        """What drawings are made for: the room between the margins, which Letter pages have, too, and the theme's type."""
        fonts, tokens = self.fonts(), self.tokens
        regular, bold = fonts[Face.REGULAR], fonts.get(Face.BOLD, fonts[Face.REGULAR])
        columns = tokens.layout.columns
        return Sheet(tokens.text_width, tokens.size.drawing, regular.data, bold.data, tokens.measure, columns)

    def characters(self) -> frozenset[str]:
        """Every letter that one of its fonts, or a bundled one, has a glyph for."""
        found = {
            number for family in BUNDLED for file in bundled_files(family).values() for number in characters(file.data)
        }
        for folder in self.folders:
            for name, path in _files(folder):
                with contextlib.suppress(ValueError):
                    if name.lower().endswith(_FONT_FILES):
                        found |= characters(read_regular(path, LARGEST_FILE))
        return frozenset(map(chr, found))

    def _check_font(self, file: TomlFile) -> None:
        """Raise `UsageError` when the family, which `file` names, has no font file that can be used."""
        font, paths, problems = self.tokens.font, self.font_paths(), []

        def fault(token: str, message: str, hint: str) -> None:
            problems.append(Problem("theme", message, hint, place=file.place_of("font", token)))

        if Face.REGULAR not in paths and (paths or font.family not in BUNDLED):
            bundled = " or ".join(f"'{family}'" for family in BUNDLED)
            hint = f'bring it (regular = "fonts/name.ttf"), or use {bundled}'
            fault("family", f"there is no file for the family '{font.family}'", hint)
        for face, path in paths.items():
            try:
                FontFile(path, self.read(path)).refuse_broken()
            except KeyError:
                fault(face, f"the theme has no file '{path}'", "add it to its folder")
            except ValueError as error:
                fault(face, f"'{path}' cannot be used: {error}", "name a .ttf or .otf file")
        if problems:
            raise UsageError(problems)

    def packed(self) -> tuple[str | dict[str, bytes], ...]:
        """Its folders as they can be sent to another machine: a built-in one by its name, another one as its files by
        their names.
        """
        built_in = {resolved(templates_folder() / name): name for name in theme_names()}
        return tuple(
            built_in.get(folder) or {name: read_regular(file, LARGEST_FILE) for name, file in _files(folder)}
            for folder in self.folders
        )

    def digest(self) -> str:
        """A SHA-256 over every file of the theme and what it inherits, wherever it is: it tells whether it changed."""
        return _digest(self.folders)


def digest_of_built_in() -> str:
    """A SHA-256 over all built-in themes, of which a brief's form names one."""
    digests = "".join(_digest(_folders(name)) for name in theme_names())
    return hashlib.sha256(digests.encode()).hexdigest()


def _digest(folders: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for folder in folders:
        for name, file in _files(folder):
            whole.update(f"{name}\0".encode() + hashlib.sha256(read_regular(file, LARGEST_FILE)).digest())
        whole.update(b"\0")
    return whole.hexdigest()


def _folders(name: str | Path) -> list[Path]:
    """The folder of the theme `name`, then those it inherits from. Raises `UsageError` when there is none, or a circle."""
    folders = [_named(name)]
    while (parent := _parent(folders[-1])) is not None:
        if len(folders) >= _MOST_PARENTS or parent in folders:
            what, hint = "themes inherit from each other in a circle", "leave one 'inherits' out"
            raise UsageError(Problem("theme", what, hint, place=Place.of(name)))
        folders.append(parent)
    return folders


def _inside(folder: Path, name: str) -> Path | None:
    """The file `name` of `folder`, unless it is none, is too large or stands outside, be it by a symbolic link."""
    try:
        file = resolved(folder / name)
        sound = file.is_relative_to(folder) and is_file(file) and file.stat().st_size <= LARGEST_FILE
    except (OSError, ValueError):
        return None
    return file if sound else None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a theme's folder by their names, sorted; hidden ones are none of the theme's."""
    size = 0
    for path in _below(folder):
        name = path.relative_to(folder).as_posix()
        file = _inside(folder, name)
        if file is not None:
            size += file.stat().st_size
            if size > MOST_BYTES:
                raise _no_theme(folder, f"its files have more than {MOST_BYTES:,} bytes")
            yield name, file


def _below(folder: Path) -> list[Path]:
    """What stands in a theme's folder and is no folder, sorted, hidden files and folders left out. Raises `UsageError` for what is too much."""
    found: list[Path] = []
    looked_at = 0
    for base, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        looked_at += len(folders) + len(files)
        if looked_at > MOST_FILES:
            raise _no_theme(folder, f"it holds more than {MOST_FILES:,} files and folders")
        links = (each for each in folders if Path(base, each).is_symlink())
        found += [Path(base, each) for each in (*files, *links) if not each.startswith(".")]
    return sorted(found)


def _no_theme(folder: Path, what: str) -> UsageError:
    return UsageError(Problem("theme", what, "name the folder of the theme alone", place=Place.of(folder)))


def _named(name: str | Path, beside: Path | None = None) -> Path:
    """The folder of the theme `name`: a built-in one, or a folder, seen from the folder `beside` if there is one."""
    if isinstance(name, str) and name in theme_names():
        return resolved(templates_folder() / name)
    folder = Path(name) if beside is None else beside / name
    if folder.is_dir():
        return resolved(folder)
    hint = f"{did_you_mean(str(name), theme_names())}, or name a folder"
    if beside is None:
        raise UsageError(Problem("theme", f"there is no theme '{name}'", hint, option="--theme"))
    raise UsageError(Problem("theme", f"there is no theme '{name}'", hint, place=Place.of(beside / SETTINGS)))


def _parent(folder: Path) -> Path | None:
    """The folder that the theme in `folder` inherits from; None for the last."""
    settings = _settings(folder)
    if "inherits" in settings.values:
        named = settings.values["inherits"]
        if not isinstance(named, str):
            place = settings.place_of("inherits")
            raise UsageError(Problem("theme", "'inherits' is not text", "name a theme or a folder", place=place))
        return _named(named, beside=folder)
    base = _named(BASE)
    return None if folder == base else base


def _settings(folder: Path) -> TomlFile:
    """The `theme.toml` of a theme's folder. Raises `UsageError` when it is not TOML."""
    file = _inside(folder, SETTINGS)
    if file is None:
        return TomlFile("", "", {})
    try:
        return read_toml(file, str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else "")
    except DataError as error:
        raise UsageError(error.problems) from None
