"""What each Word file was built as, kept beside the data file for copies that come back without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from briefing.files import keep_newest, newest_first
from briefing.regular_files import is_below, read_regular

BUILDS: Final = Path(".briefing") / "builds"
"""Where, beside the data file, a file for each build is, called by the build's name."""
_SUFFIX: Final = ".json"
MOST_KEPT: Final = 50
LARGEST_BASE: Final = 20_000_000
"""Bytes; the largest brief that is allowed has a tenth."""


def keep_build(data_file: Path, build: str, base: bytes) -> None:
    """Keep the base of a build, and no more than the newest `MOST_KEPT`. A folder that cannot be written to keeps none: the Word file has it."""
    file = data_file.parent / BUILDS / f"{build}{_SUFFIX}"
    if len(base) > LARGEST_BASE or not is_below(file, data_file.parent):
        return
    with suppress(OSError):
        if read_regular(file, LARGEST_BASE) == base:
            return
    keep_newest(file, base, MOST_KEPT)


def kept_builds(data_file: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the base of each build that is kept, the newest first."""
    for file in _files(data_file):
        with suppress(OSError):
            yield file.stem, read_regular(file, LARGEST_BASE)


def names_kept(data_file: Path) -> frozenset[str]:
    """The names of the builds that are kept, whatever is in their files."""
    return frozenset(file.stem for file in _files(data_file))


def _files(data_file: Path) -> Iterator[Path]:
    found = newest_first(data_file.parent / BUILDS, _SUFFIX)
    return (file for file in found if is_below(file, data_file.parent))
