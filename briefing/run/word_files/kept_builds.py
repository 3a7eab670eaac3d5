"""What each Word file was built as, kept beside the data file for copies that come back without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from briefing.errors import RenderError
from briefing.files import sweep, write_all
from briefing.regular_files import is_below, read_regular

BUILDS: Final = Path(".briefing") / "builds"
"""Where, beside the data file, a file for each build is, called by the build's name."""
MOST_KEPT: Final = 50
LARGEST_BASE: Final = 20_000_000
"""Bytes; the largest brief that is allowed has a tenth."""


def keep_build(data_file: Path, build: str, base: bytes) -> None:
    """Keep the base of a build, and no more than the newest `MOST_KEPT`. A folder that cannot be written to keeps none: the Word file has it."""
    folder = data_file.parent / BUILDS
    file = folder / f"{build}.json"
    if len(base) > LARGEST_BASE or not is_below(file, data_file.parent):
        return
    with suppress(OSError):
        if read_regular(file, LARGEST_BASE) == base:
            return
    with suppress(OSError, RenderError):
        sweep(folder)
        write_all({file: base})
        for old in _newest_first(folder)[MOST_KEPT:]:
            with suppress(OSError):
                old.unlink()


def kept_builds(data_file: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the base of each build that is kept, the newest first."""
    for file in _newest_first(data_file.parent / BUILDS):
        if is_below(file, data_file.parent):
            with suppress(OSError):
                yield file.stem, read_regular(file, LARGEST_BASE)


def _newest_first(folder: Path) -> list[Path]:
    found = []
    with suppress(OSError):
        for file in folder.glob("*.json"):
            with suppress(OSError):  # a link that leads nowhere, or what another run took away
                found.append((-file.stat().st_mtime, file.name, file))
    return [file for *_, file in sorted(found)]
