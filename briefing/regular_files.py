"""The one door through which the program opens what somebody else named: regular files alone, and of no more than so many bytes.

A pipe would be waited for without end, a device read without end, and a file full of holes looks as large as it says it is.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final

from briefing.errors import Problem

_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY"))
LARGEST_INPUT: Final = 1_000_000_000
"""Bytes of a file that is hashed or copied as an input; whatever reads one takes less."""
LARGEST_OUTPUT: Final = 2_000_000_000
"""Bytes of an output that is hashed."""
_KINDS: Final = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    stat.S_IFLNK: "a link that leads nowhere",
}


class NotAFileError(OSError):
    """What stands there is no regular file; `strerror` says what it is."""


class TooLargeError(OSError):
    """The file has `size` bytes, which is more than was asked for."""

    def __init__(self, path: Path, size: int, most: int) -> None:
        super().__init__(errno.EFBIG, f"it has {size:,} bytes, and at most {most:,} are accepted", str(path))
        self.size = size


def kind_of_path(path: Path) -> str | None:
    """What stands at `path`, links followed, when it is there and no regular file: 'a folder', 'a pipe'; else None. Raises nothing."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        try:
            mode = path.lstat().st_mode  # a link that leads nowhere, or to itself
        except (OSError, ValueError):
            return None
    return None if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "no file")


def kind_in_place(path: Path) -> str | None:
    """What stands at `path` itself, links not followed, when it is there and no regular file; else None. Raises nothing."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return None
    return None if stat.S_ISREG(mode) else "a link" if stat.S_ISLNK(mode) else _KINDS.get(stat.S_IFMT(mode), "no file")


def is_file(path: Path) -> bool:
    """Whether a regular file stands at `path`, links followed. Unlike `Path.is_file`, it raises nothing, whatever the path is."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def resolved(path: Path) -> Path:
    """The whole path, with its links followed as far as they lead; unlike `Path.resolve`, links in a circle raise nothing."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):  # a name that no system has
        return Path(os.path.abspath(os.fspath(path).replace("\0", "")))  # noqa: PTH100  nothing is looked up


def is_below(file: Path, folder: Path) -> bool:
    """Whether `file`, links followed, lies in `folder` or below it."""
    return resolved(file).is_relative_to(resolved(folder))


def open_regular(path: Path) -> BufferedReader:
    """The file at `path`, to be read; links are followed. Raises `OSError`: `NotAFileError` for what is none, without waiting for it."""
    try:
        _refuse_others(path.stat().st_mode, path)
        descriptor = os.open(path, _FLAGS)
    except ValueError:  # a null character, or half a pair of surrogates
        raise OSError(errno.EINVAL, "no file can have that name", ascii(os.fspath(path))) from None
    try:
        _refuse_others(os.fstat(descriptor).st_mode, path)  # it may have been replaced meanwhile
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of the file at `path`. Raises `OSError`, such as `TooLargeError` for more than `most` and `NotAFileError`."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size + 1) if size <= most else b""  # memory is asked for all that may come
        if len(data) > size:  # it grows, or is one of the system's that tell no size
            data += stream.read(most + 1 - len(data))
        if max(size, len(data)) > most:
            raise TooLargeError(path, max(size, len(data)), most)
        return data


def hash_regular(path: Path, most: int) -> tuple[str, int]:
    """The SHA-256 of the file at `path`, in hexadecimal digits, and how many bytes it has. Raises `OSError` as `read_regular` does."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > most:
            raise TooLargeError(path, size, most)
        return hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()


def unreadable(
    error: OSError | ValueError, name: str = "the file", hint: str = "check its name, and that you may read it"
) -> Problem:
    """Why a file could not be read, without its place: `not-a-file`, `too-large` or `unreadable`; `name` says which one."""
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if isinstance(error, NotAFileError):
        return Problem(
            "not-a-file", f"{name} cannot be read: {said}", "put a copy of what it should hold there, as a file"
        )
    if isinstance(error, TooLargeError):
        return Problem("too-large", f"{name} is too large: {said}", "check whether it is the right one")
    return Problem("unreadable", f"{name} cannot be read: {said}", hint)


def _refuse_others(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        raise NotAFileError(errno.EINVAL, f"it is {_KINDS.get(stat.S_IFMT(mode), 'no file')}, not a file", str(path))
