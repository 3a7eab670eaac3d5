"""Writing files so that at every instant the old one or the new one is there, never half of one, and temporary folders
that do not outlive their process for long.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath
from typing import Final

from briefing.errors import DataError, Place, Problem, RenderError, cause_of, nearest
from briefing.locks import is_locked_by_us, open_to_lock, stands_for
from briefing.regular_files import is_below, is_file, kind_in_place, kind_of_path, resolved

PREFIX: Final = "briefing-render-"
SUFFIX: Final = ".briefing-part"
_MOST_LOOKED_AT: Final = 10_000
"""Files among which one that is misspelled is looked for."""
_OURS = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}" + re.escape(SUFFIX))


class TemporaryFolder:
    """A fresh folder below the system's temporary one, until `remove`. Making one removes those whose processes were killed.

    Its process holds a lock on it, which ends with the process. A process number would not do: containers that share a temporary folder do not see
    each other's processes, and numbers come round again.
    """

    def __init__(self) -> None:
        remove_abandoned()
        self.path = Path()
        self._descriptor = -1
        while not self._is_made():
            pass

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        _remove(self.path, self._descriptor)

    def _is_made(self) -> bool:
        """Make the folder. False when another process found it before we had locked it, and took it for an abandoned one."""
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX))
        try:
            self._descriptor = open_to_lock(self.path, follow=False)
        except FileNotFoundError:
            return False
        try:
            is_ours = is_locked_by_us(self._descriptor) and self.path.exists()
        except OSError:  # a file system without locks; there `remove_abandoned` removes nothing
            return True
        if not is_ours:
            os.close(self._descriptor)
        return is_ours


def remove_abandoned() -> None:
    """Remove this user's temporary folders of processes that are no more."""
    with os.scandir(tempfile.gettempdir()) as entries:
        found = [entry.path for entry in entries if _OURS.fullmatch(entry.name)]
    for path in found:
        with contextlib.suppress(OSError):
            descriptor = open_to_lock(Path(path), follow=False)
            try:
                is_abandoned = _is_this_users(descriptor) and is_locked_by_us(descriptor)
            except OSError:
                is_abandoned = False
            if is_abandoned:
                _remove(Path(path), descriptor)
            else:
                os.close(descriptor)


def inside(folder: Path, name: str, path: str) -> Path:
    """The file `name` below `folder`, which the data names at `path`. Raises `DataError` when it is not there or, links followed, lies outside."""
    file = resolved(folder / name)
    kind = kind_of_path(file)
    if not is_below(file, folder):
        what, hint = f"'{name}' leads out of the brief's folder", "copy the file into the folder"
    elif kind is not None:
        what, hint = f"'{name}' is {kind}, not a file", "name a file"
        raise DataError(Problem("not-a-file", what, hint, path))
    elif not is_file(file):
        what, hint = f"there is no file '{name}' in the brief's folder", "check the spelling"
        close = _nearest_below(folder, name)
        if close:
            hint = f"did you mean '{close}'?"
    else:
        return file
    raise DataError(Problem("bad-path", what, hint, path))


def _nearest_below(folder: Path, name: str) -> str | None:
    """The file below `folder` that is most likely meant by `name`: with other capitals, in another folder, or spelled nearly so."""
    there: list[str] = []
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "out")
        there += [(Path(base) / each).relative_to(folder).as_posix() for each in sorted(files)]
        if len(there) > _MOST_LOOKED_AT:
            break
    wanted = unicodedata.normalize("NFC", Path(name).name).casefold()
    folded = {each: unicodedata.normalize("NFC", Path(each).name).casefold() for each in there}
    stems = {each: Path(folded[each]).stem for each in there}
    close = nearest(Path(wanted).stem, stems.values())
    called = [each for each in there if folded[each] == wanted] or [each for each in there if stems[each] == close]
    return nearest(name, called) or next(iter(called), None)


_DRIVE: Final = re.compile(r"[A-Za-z]:|\\\\")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/|www\.", re.IGNORECASE)


def not_below(name: str, *, may_climb: bool = False) -> tuple[str, str] | None:
    """What is wrong with a path in the data that cannot lie below the data file, and what would be right; None when it can.

    One that `may_climb` can begin in the folders above.
    """
    own = PureWindowsPath(name)
    if _ADDRESS.match(name):
        hint = "save what is there below the data file, and write that path; a source's address stands under 'url'"
        return "is an address, and nothing is fetched", hint
    if _DRIVE.match(name):
        hint = f"copy the file to the data file's folder, and write its path from there, such as '{own.name}'"
        return "is a path of one computer", hint
    if name.startswith(("/", "~")) or (".." in own.parts and not may_climb):
        return "leads out of the brief's folder", "write a path below the data file, with forward slashes"
    if ":" in name:
        return "has a colon, which Windows does not allow", "rename the file"
    return ("has backslashes", f"write '{own.as_posix()}'") if "\\" in name else None


def path_from(folder: Path, file: Path) -> str:
    """The way from `folder` to `file`, with links followed: a relative POSIX path."""
    return Path(os.path.relpath(resolved(file), resolved(folder))).as_posix()


def not_there(path: Path) -> str:
    """What to do about a path of the call that is not there."""
    text = str(path)
    if os.path.lexists(path):
        return f"what stands there is {kind_of_path(path) or 'a file'}"
    if _ADDRESS.match(text):
        return "save it first: only files are read, and nothing is fetched"
    if os.name != "nt" and _DRIVE.match(text):
        return "this is a path of Windows: put it between quotation marks, with forward slashes; WSL has C: as /mnt/c"
    if "\\" in text and Path(text.replace("\\", "/")).exists():
        return f"did you mean '{text.replace(chr(92), '/')}'?"
    with contextlib.suppress(OSError):
        close = nearest(path.name, [each.name for each in path.parent.iterdir() if not each.name.startswith(".")])
        if close:
            return f"did you mean '{path.with_name(close)}'?"
    return "check the spelling"


def _is_this_users(descriptor: int) -> bool:
    """Whether a folder is ours. On Windows every user has a temporary folder of their own."""
    return os.name == "nt" or os.fstat(descriptor).st_uid == os.getuid()


def _remove(folder: Path, descriptor: int) -> None:
    """Remove a folder while we hold the lock on it, then close it."""
    shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)
    if folder.exists():  # Windows removes no file that is open
        shutil.rmtree(folder, ignore_errors=True)


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


def write_all(files: Mapping[Path, bytes], *, alone: bool = False, follow: bool = False) -> None:
    """Write every file beside its place, flush all to the disk, then rename each into place; `alone` as for `beside`.

    A file keeps the permissions of the one that it replaces. A link is replaced by a file; to `follow` it, which is for what somebody else
    owns, such as a data file, changes the file to which it leads. Either all of the new files are whole on the disk before the first old one
    goes, or nothing changes. Raises `RenderError`.
    """
    parts: dict[Path, Path] = {}
    target = Path()
    files = {resolved(file) if follow else file: data for file, data in files.items()}
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            kind = None if target.is_symlink() else kind_in_place(target)
            if kind is not None:
                raise FileExistsError(errno.EEXIST, f"{kind} has its name")
            if follow and target.is_symlink():
                raise OSError(errno.ELOOP, "it is a link to itself")
            parts[target] = beside(target, alone=alone)
            write_through(parts[target], data, _permissions(target))
        for target, part in parts.items():
            part.replace(target)
        for folder in {target.parent for target in files}:
            flush_folder(folder)
    except OSError as error:
        what, hint = f"'{target.name}' cannot be written: {cause_of(error)}", "the old files are as they were"
        raise RenderError(Problem("write-failed", what, hint, place=Place.of(target))) from None
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path, seconds: float = LONGEST_WAIT) -> Iterator[bool]:
    """Within this, no other run writes to `folder`, which must be there. Gives whether the file system can promise that.

    Raises `RenderError` when another run keeps the folder for longer than `seconds`, and `OSError` when the folder cannot be opened.
    """
    until = time.monotonic() + seconds
    while True:
        descriptor = open_to_lock(folder)
        try:
            is_locked = _lock(descriptor, folder, until)
            # Somebody may have put another folder in its place while we waited.
            if stands_for(descriptor, folder):
                yield is_locked
                return
        finally:
            os.close(descriptor)


def _lock(descriptor: int, folder: Path, until: float) -> bool:
    try:
        while not is_locked_by_us(descriptor):
            if time.monotonic() > until:
                what, hint = "another run keeps writing to the folder", "wait for it, or end it"
                raise RenderError(Problem("write-failed", what, hint, place=Place.of(folder)))
            time.sleep(0.01)
    except OSError:
        return False
    return True


def sweep(folder: Path, *, alone: bool = False) -> list[Path]:
    """Remove what a killed run left in `folder`, and give back what was removed.

    Parts of processes that still live are left, except, when the caller is `alone` in the folder, those that were made by one that was
    alone, too: a new process may have got the number of a dead one.
    """
    removed: list[Path] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _BESIDE.fullmatch(entry.name)
        if match and ((alone and match["locked"]) or not _is_at_work(int(match["process"]), match["run"])):
            with contextlib.suppress(OSError):
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                removed.append(entry)
    return removed


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder that is filled under another name beside `target`, and is `target` afterwards: whole, or, after an error, not at all.

    Renaming onto a folder with anything in it fails, should somebody have made it meanwhile. Raises `OSError`.
    """
    made = beside(target)
    try:
        sweep(target.parent)
        made.mkdir(parents=True)
        yield made
        made.rename(target)
        flush_folder(target.parent)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def keep_newest(file: Path, data: bytes, most: int) -> None:
    """Write `file` into the folder that it shares with others of its kind, and keep no more than the `most` newest of them.

    What is kept so can be done without: a folder that cannot be written to, or a full disk, keeps none, and nothing is raised.
    """
    with contextlib.suppress(OSError, RenderError):
        sweep(file.parent)
        write_all({file: data})
        for old in newest_first(file.parent, file.suffix)[most:]:
            with contextlib.suppress(OSError):
                old.unlink()


def newest_first(folder: Path, suffix: str) -> list[Path]:
    """The files of `folder` whose names end in `suffix`, the newest first; none of a folder that is not there."""
    found = []
    with contextlib.suppress(OSError):
        for file in folder.glob(f"*{suffix}"):
            with contextlib.suppress(OSError):  # a link that leads nowhere, or what another run took away
                found.append((-file.stat().st_mtime, file.name, file))
    return [file for *_, file in sorted(found)]


def write_through(path: Path, data: bytes, permissions: int | None = None) -> None:
    """Write a file that is not there yet, down to the disk, never with more `permissions` than those, if they are given. Raises `OSError`."""
    mode = 0o666 if permissions is None else permissions
    with io.open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:  # noqa: UP020  what pathlib calls
        if permissions is not None:
            with contextlib.suppress(OSError):  # a file system without any
                path.chmod(permissions)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _permissions(file: Path) -> int | None:
    """Those of a file that is there; None where none is."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    return stat.S_IMODE(mode) & 0o777 if stat.S_ISREG(mode) else None


def flush_folder(folder: Path) -> None:
    """Bring to the disk what was made or renamed in `folder`. Raises `OSError`."""
    if os.name == "nt":  # which opens no folders, and writes their entries through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_at_work(process: int, run: str) -> bool:
    if process == os.getpid():
        return run.startswith(_RUN)
    if os.name == "nt":  # where asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
