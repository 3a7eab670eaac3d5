"""Themes: a folder of templates, a style sheet and a reference document, each of which another theme may inherit."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import Problem, UsageError, did_you_mean
from briefing.resources import templates_folder, theme_names

BASE = "policy"
"""The theme that every other one ends up inheriting from."""
LARGEST_FILE = 20_000_000
_MOST_PARENTS = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's name and its folders, its own first, then those it inherits from."""

    name: str
    folders: tuple[Path, ...]

    @classmethod
    def load(cls, name: str | Path = BASE) -> Theme:
        """The built-in theme `name`, or the one in the folder `name`. Raises `UsageError` when there is none or it inherits from none."""
        folders: list[Path] = []
        step: str | Path | None = name
        while step is not None:
            if len(folders) >= _MOST_PARENTS:
                raise UsageError(
                    Problem(
                        "theme",
                        "themes inherit from each other in a circle",
                        "leave one 'inherits' out",
                        path=str(name),
                    )
                )
            folder = _folder(step, beside=folders[-1].parent if folders else None)
            folders.append(folder)
            step = _parent(folder)
        return cls(str(name), tuple(folders))

    def read(self, name: str) -> bytes:
        """The file `name` of the theme, or of the nearest it inherits from. Raises `KeyError` when none has it, or it leads out of the theme."""
        for folder in self.folders:
            file = (folder / name).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file() and file.stat().st_size <= LARGEST_FILE:
                return file.read_bytes()
        raise KeyError(name)

    def style_sheets(self) -> list[bytes]:
        """`print.css` of every folder, the inherited ones first, so that a theme's own rules win."""
        return [
            (folder / "print.css").read_bytes() for folder in reversed(self.folders) if (folder / "print.css").is_file()
        ]

    def reference_document(self) -> bytes:
        """The DOCX whose styles the Word document takes. Raises `UsageError` when the theme has none."""
        try:
            return self.read("reference.docx")
        except KeyError:
            raise UsageError(
                Problem("theme", "the theme has no reference.docx", "add one or inherit from 'policy'", path=self.name)
            ) from None

    def digest(self) -> str:
        """A SHA-256 over every file of the theme, for telling whether it changed."""
        whole = hashlib.sha256()
        for folder in self.folders:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                whole.update(
                    f"{file.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest()
                )
        return whole.hexdigest()


def _folder(name: str | Path, beside: Path | None) -> Path:
    built_in = templates_folder() / str(name)
    if isinstance(name, str) and name in theme_names():
        return built_in
    for folder in (Path(name), beside / name if beside else Path(name)):
        if folder.is_dir():
            return folder
    known = theme_names()
    raise UsageError(
        Problem(
            "theme",
            f"there is no theme '{name}'",
            f"{did_you_mean(str(name), known)}, or name a folder",
            path="--theme",
        )
    )


def _parent(folder: Path) -> str | None:
    settings = folder / "theme.toml"
    if settings.is_file():
        try:
            values = tomllib.loads(settings.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(
                Problem("theme", f"theme.toml is not TOML: {error}", "check it", path=str(settings))
            ) from None
        unknown = [key for key in values if key != "inherits"]
        if unknown:
            hint = did_you_mean(unknown[0], ["inherits"])
            raise UsageError(Problem("theme", f"'{unknown[0]}' is not a setting of a theme", hint, path=str(settings)))
        if "inherits" in values:
            return str(values["inherits"])
    return None if folder == templates_folder() / BASE else BASE
