"""Writing outputs so that at every instant the old file or the new one is there, never half of one."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.errors import Problem, RenderError

LONGEST_WAIT = 120.0
"""For how many seconds a run waits for another one that writes to the same folder; writing takes milliseconds."""

_BESIDE = re.compile(r"\.(?P<process>\d+)-(?P<run>[0-9a-f]{8})(?P<locked>-locked)?\.briefing-part")
_RUN = secrets.token_hex(2)
"""Tells this process's parts from those of a dead one that had the same number, as the first process of every container has."""


def beside(target: Path, *, alone: bool = False) -> Path:
    """A new name beside `target`, under which to make what is then renamed to it; `sweep` knows such names.

    `alone` says that it is made and renamed within `alone_in`, so that another run that is alone there knows it for litter.
    """
    return target.with_name(f".{os.getpid()}-{_RUN}{secrets.token_hex(2)}{'-locked' * alone}.briefing-part")


def write_all(files: Mapping[Path, bytes], *, alone: bool = False) -> None:
    """Write every file beside its place, flush all to the disk, then rename each into place; `alone` as for `beside`.

    Either all of the new files are whole on the disk before the first old one goes, or nothing changes. Raises `RenderError`.
    """
    parts: dict[Path, Path] = {}
    target = Path()
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError(errno.EISDIR, "a folder has its name")
            parts[target] = beside(target, alone=alone)
            write_through(parts[target], data)
        for target, part in parts.items():
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
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path, seconds: float = LONGEST_WAIT) -> Iterator[bool]:
    """Within this, no other run writes to `folder`, which must be there. Gives whether the file system can promise that.

    The lock is one on the folder's own descriptor (flock), so that it leaves no file and ends with the process, however that ends. Raises
    `RenderError` when another run keeps the folder for longer than `seconds`, and `OSError` when the folder cannot be opened.
    """
    until = time.monotonic() + seconds
    while True:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            is_locked = _lock(descriptor, folder, until)
            # Somebody may have put another folder in its place while we waited.
            if os.path.samestat(os.fstat(descriptor), folder.stat()):
                yield is_locked
                return
        finally:
            os.close(descriptor)


def _lock(descriptor: int, folder: Path, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                hint = "wait for it, or end it"
                raise RenderError(
                    Problem("write-failed", "another run keeps writing to the folder", hint, path=str(folder))
                ) from None
            time.sleep(0.01)
        except OSError:
            return False
        else:
            return True


def sweep(folder: Path, *, alone: bool = False) -> list[Path]:
    """Remove what a killed run left in `folder`, and give back what was removed.

    Parts of processes that still live are left, except, when the caller is `alone` in the folder, those that were made by one that was
    alone, too: a new process may have got the number of a dead one.
    """
    removed: list[Path] = []
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return removed
    for name in names:
        match = _BESIDE.fullmatch(name)
        if match and ((alone and match["locked"]) or not _is_at_work(int(match["process"]), match["run"])):
            entry = folder / name
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


def _is_at_work(process: int, run: str) -> bool:
    if process == os.getpid():
        return run.startswith(_RUN)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
