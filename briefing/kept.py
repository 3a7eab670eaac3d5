"""What was read from files of others, kept by their hashes in this user's cache folder, so that an unchanged file costs nothing.

Nothing is kept beside the data file: whoever sends a brief could send along what is then taken for read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from briefing.files import keep_newest
from briefing.limits import limits
from briefing.regular_files import read_regular
from briefing.versions import versions_of_readers

LARGEST: Final = 20_000_000
"""Bytes of what is kept of one file. What is larger is read again each time: a thousand of them would fill a disk."""
_OF_OTHERS: Final = 0o022
"""The permissions of a folder that others than its owner can write to."""

T = TypeVar("T")


class Keeping(Struct, Generic[T], frozen=True):
    """How what is read from one kind of file is kept, and how many of them."""

    folder: str
    """Its own, below this user's cache folder for the program."""
    most: int
    """So many, the newest."""
    stored: Callable[[T], Any]
    """What was read, as values that JSON has."""
    restored: Callable[[Any], T]
    """The other way."""


def kept(how: Keeping[T], data: bytes, read: Callable[[], T], *details: str) -> T:
    """What `read` gives for a file with the bytes `data`, or gave when it was last asked by this version within these limits; `details` are
    whatever else decides. Raises what it raises, which is not kept.
    """
    folder = _cache_folder(how.folder)
    if folder is None:
        return read()
    decides = json.dumps([hashlib.sha256(data).hexdigest(), details, repr(limits()), dict(versions_of_readers())])
    file = folder / f"{hashlib.sha256(decides.encode()).hexdigest()}.json"
    with contextlib.suppress(OSError):
        digest, _, held = read_regular(file, LARGEST).partition(b"\n")
        if digest == _digest(held):
            return how.restored(json.loads(held))
    found = read()
    held = json.dumps(how.stored(found)).encode()
    held = _digest(held) + b"\n" + held
    if len(held) <= LARGEST:
        keep_newest(file, held, how.most)
    return found


def _digest(held: bytes) -> bytes:
    """By which what is kept is known to be whole."""
    return hashlib.sha256(held).hexdigest().encode()


def _cache_folder(name: str) -> Path | None:
    """This user's folder of that name (XDG Base Directory Specification, and what Windows and macOS have in its place); None when there is
    none to trust. It is made when it is not there.
    """
    with contextlib.suppress(OSError, RuntimeError):
        own = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
        set_to = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(set_to) if Path(set_to).is_absolute() else Path.home() / own) / "briefing" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & _OF_OTHERS):
            return folder
    return None
