"""Writing outputs so that at every instant the old file or the new one is there, never half of one."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from briefing.errors import Problem, RenderError

_BESIDE = re.compile(r"\.(?P<process>\d+)-[0-9a-f]{8}\.briefing-part")


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, flush all to the disk, then rename each into place.

    Either all of the new files are whole on the disk before the first old one goes, or nothing changes. Raises `RenderError`.
    """
    beside: dict[Path, Path] = {}
    target = Path()
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.briefing-part")
            beside[target] = part
            write_through(part, data)
        for target, part in beside.items():
            part.replace(target)
        for folder in {target.parent for target in files}:
            flush_folder(folder)
    except OSError as error:
        what = error.strerror or str(error)
        raise RenderError(
            Problem(
                "write-failed",
                f"'{target.name}' cannot be written: {what}",
                "the old files are as they were",
                path=str(target),
            )
        ) from None
    finally:
        for part in beside.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def sweep(folder: Path) -> list[Path]:
    """Remove what a killed run left in `folder`; parts of runs that still go on are left alone. Gives back what was removed."""
    removed: list[Path] = []
    if not folder.is_dir():
        return removed
    for entry in folder.iterdir():
        match = _BESIDE.fullmatch(entry.name)
        if match and not _is_running(int(match["process"])):
            with contextlib.suppress(OSError):
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                removed.append(entry)
    return removed


def write_through(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, down to the disk. Raises `OSError`."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring to the disk what was made or renamed in `folder`. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
