"""Finding the theme templates, the bundled assets and our own tables, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """The folder that holds one folder a built-in theme."""
    return _folder("templates")


def assets_folder() -> Path:
    """The folder that holds the bundled fonts and their licences."""
    return _folder("assets")


def theme_names() -> list[str]:
    """The names of the built-in themes, sorted."""
    return sorted(entry.name for entry in templates_folder().iterdir() if (entry / "theme.toml").is_file())


@cache
def read_table(package: str, name: str) -> dict[str, Any]:
    """What the TOML file `name` holds that stands beside the code of `package`, such as ``briefing.rules``."""
    return tomllib.loads(_PACKAGE.parent.joinpath(*package.split("."), name).read_text(encoding="utf-8"))
