"""What each Word file was built as, kept beside the data file for copies that come back without it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from briefing.files import sweep, write_all
from briefing.regular_files import LARGEST_OUTPUT, is_below, read_regular

BUILDS: Final = Path(".briefing") / "builds"
"""Where, beside the data file, a file for each build is, called by the build's name."""
MOST_KEPT: Final = 50


def keep_build(data_file: Path, build: str, base: bytes) -> None:
    """Keep the base of a build, and no more than the newest `MOST_KEPT`. A folder that cannot be written to keeps none: the Word file has it."""
    folder = data_file.parent / BUILDS
    file = folder / f"{build}.json"
    with contextlib.suppress(OSError):
        if not is_below(folder, data_file.parent) or (file.is_file() and file.read_bytes() == base):
            return
        sweep(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_all({file: base})
        for old in _newest_first(folder)[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def kept_builds(data_file: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the base of each build that is kept, the newest first."""
    for file in _newest_first(data_file.parent / BUILDS):
        with contextlib.suppress(OSError):
            yield file.stem, read_regular(file, LARGEST_OUTPUT)


def _newest_first(folder: Path) -> list[Path]:
    try:
        found = [(-file.stat().st_mtime, file.name, file) for file in folder.glob("*.json")]
    except OSError:
        return []
    return [file for *_, file in sorted(found)]
