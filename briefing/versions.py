"""The versions of all that decides what is read from a file and what an output looks like.

Nothing that reads or renders is imported here. A run that finds every brief unchanged pays for this module and little more.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from briefing import __version__
from briefing.resources import assets_folder

_NAMES: Final = (
    "babel brotli charset-normalizer cssselect2 deflate fonttools jinja2 lxml markdown-it-py markupsafe pikepdf "
    "pillow pydantic pydyf pyphen pypdfium2 python-docx rapidfuzz ruamel-yaml tinycss2 tinyhtml5 weasyprint "
    "webencodings"
)
ENGINES: Final = tuple(_NAMES.split())
"""The packages that decide what is read from a data file or what an output looks like, by their normalised names (PEP 503)."""
NONE: Final = "none"
"""The version of what is not installed."""

_CODE_SUFFIXES = (".py", ".toml", ".yaml", ".txt", ".json")


@cache
def versions() -> Mapping[str, str]:
    """The version of everything that decides what an output looks like, by name. Found once a process, in about 0.03 s.

    briefing's own version comes with a digest of its code, so that a changed checkout counts, and the bundled fonts with one of theirs.
    """
    found = {**versions_of_readers(), "fonts": _digest(assets_folder() / "fonts", lambda name: True), **_libraries()}
    return MappingProxyType(dict(sorted(found.items())))


@cache
def versions_of_readers() -> Mapping[str, str]:
    """Those of them that decide what is read from a file: neither fonts nor what lays out pages."""
    installed = _installed()
    found = {
        "briefing": f"{__version__}+{_digest(Path(__file__).resolve().parent, _is_code)}",
        sys.implementation.name: ".".join(map(str, sys.version_info[:3])),
        **{name: installed.get(name, NONE) for name in ENGINES},
    }
    return MappingProxyType(dict(sorted(found.items())))


def _digest(folder: Path, wanted: Callable[[str], bool]) -> str:
    """The first 16 hexadecimal digits of a SHA-256 over the names and contents of the wanted files below `folder`."""
    whole = hashlib.sha256()
    for base, folders, files in os.walk(folder):
        # An installed wheel keeps the themes and the fonts in `_data`; they are hashed on their own.
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "_data"))
        within = Path(base).relative_to(folder).as_posix()
        for name in sorted(files):
            if wanted(name):
                whole.update(f"{within}/{name}\0".removeprefix("./").encode())
                with open(f"{base}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  a path for each takes half as long again
                    whole.update(hashlib.sha256(file.read()).digest())
    return whole.hexdigest()[:16]


def _is_code(name: str) -> bool:
    return name.endswith(_CODE_SUFFIXES)


def _installed() -> dict[str, str]:
    """The versions of the installed packages by their normalised names, the first on the path counting.

    They are taken from the names of the folders that installers leave (``weasyprint-70.0.dist-info``, as PyPA's "Recording installed projects"
    lays down), since importing `importlib.metadata` takes longer than all else here.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [entry.name for entry in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").partition("-")
                found.setdefault(re.sub(r"[-_.]+", "-", package).lower(), version)
    return found


def _libraries() -> dict[str, str]:
    """The versions of the libraries behind the PDF, from themselves. They are looked for by file name, as the engine ends up doing."""
    return {
        "fontconfig": _version("fontconfig", 1, "FcGetVersion"),
        "harfbuzz": _version("harfbuzz", 0, "hb_version_string"),
        "harfbuzz-subset": _version("harfbuzz-subset", 0, "hb_version_string"),
        "pango": _version("pango-1.0", 0, "pango_version_string"),
    }


def _version(library: str, number: int, function: str) -> str:
    """What `function` of the library, of Linux or of macOS, gives: text, or a number of the form 10203 for 1.2.3."""
    for name in (f"lib{library}.so.{number}", f"lib{library}.{number}.dylib"):
        with contextlib.suppress(OSError, AttributeError):
            call = getattr(ctypes.CDLL(name), function)
            if function == "FcGetVersion":
                version = int(call())
                return f"{version // 10000}.{version // 100 % 100}.{version % 100}"
            call.restype = ctypes.c_char_p
            return str(call().decode())
    return NONE
