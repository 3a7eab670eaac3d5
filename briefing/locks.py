"""Locks on folders: one process holds a lock, and it ends with the process, however that ends."""

from __future__ import annotations

import os
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

LOCK_FILE: Final = ".briefing-lock"
"""The file in a folder that is locked on Windows, which opens no folders; elsewhere a lock leaves no file."""
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_FILE: Final = os.O_RDWR | os.O_CREAT


def open_to_lock(folder: Path, *, follow: bool = True) -> int:
    """A descriptor that stands for `folder`; without `follow`, a link in its place is refused. Raises `OSError`."""
    if os.name == "nt":
        return os.open(folder / LOCK_FILE, _FILE)
    return os.open(folder, _FOLDER | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))


def stands_for(descriptor: int, folder: Path) -> bool:
    """Whether what was opened is still what stands at `folder`, and nothing was put in its place. Raises `OSError`."""
    return os.path.samestat(os.fstat(descriptor), (folder / LOCK_FILE if os.name == "nt" else folder).stat())


def is_locked_by_us(descriptor: int) -> bool:
    """Lock what was opened, without waiting. False when somebody else holds it; the lock ends when it is closed.

    Raises `OSError` where the system or the file system has no locks.
    """
    return bool(_library().lock_descriptor(descriptor, blocking=False))


@cache
def _library() -> ModuleType:
    """filelock, imported late: that costs 15 ms, which a run that writes nothing need not pay."""
    with warnings.catch_warnings(action="ignore"):  # it warns where it has no native locks, which is an `OSError` to us
        import filelock

    return filelock
