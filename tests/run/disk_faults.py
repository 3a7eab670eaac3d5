"""Letting every single call that a build makes to the disk fail, and looking what it left.

`python -m tests.run.disk_faults FOLDER WHAT EVERY ERROR...`
WHAT is `program` for whole runs, or `placing` for what puts finished files in place; EVERY is 1 for each call, 7 for every seventh; ERROR is a
name such as ENOSPC. It runs in a process of its own, because it forks once a call. What it finds is printed as JSON.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final, NoReturn

from briefing.errors import BriefingError
from briefing.run.archive import move_latest
from briefing.run.place import put_in_place
from tests.fork_server import load, run
from tests.run.ended_midway import Desk
from tests.running import SMALL, small_brief

WITH_SOURCE: Final = SMALL.replace("    published: 2026-03-01\n", "    published: 2026-03-01\n    text: gazette.txt\n")
ARGUMENTS: Final = ("build", "brief", "-f", "docx", "-j", "1", "--publish", "archive")
CODES: Final = (2, 3, 4, 5)
PATHS: Final = (
    "open",
    "replace",
    "rename",
    "mkdir",
    "unlink",
    "symlink",
    "rmdir",
    "scandir",
    "listdir",
    "stat",
    "lstat",
)
"""The functions of `os` whose first argument is a path."""
WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """A disk on which the call of number `at` fails with `error`, and if it is `lasting` every one that writes after it, too.

    Calls on what is not below `folder` are not counted. A write that fails has written half.
    """

    def __init__(self, folder: Path, at: int, error: int, lasting: bool) -> None:
        self.folder = str(folder.resolve())
        self.at, self.error, self.lasting = at, error, lasting
        self.count = 0
        self.failed = ""

    def step(self, name: str, path: Any, *, writes: bool = True) -> None:
        """Count a call, and fail it when it is its turn."""
        where = self._path(path)
        if not where.startswith(self.folder):
            return
        self.count += 1
        if self.count == self.at or (self.failed and self.lasting and writes):
            self.failed = self.failed or f"{name} {where.removeprefix(self.folder)}"
            raise OSError(self.error, os.strerror(self.error), where)

    def _path(self, path: Any) -> str:
        if isinstance(path, int):
            try:
                return os.readlink(f"/proc/self/fd/{path}")  # noqa: PTH115  pathlib stands on what is watched
            except OSError:
                return ""
        return os.path.abspath(os.fsdecode(path))  # noqa: PTH100

    def put_in(self) -> None:
        """Stand between this process and its disk."""
        for name in PATHS:
            setattr(os, name, self._watched(name, getattr(os, name)))
        os.fsync = self._watched("fsync", os.fsync)
        opened = io.open

        def open_file(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            self.step(f"open {mode}", file, writes=mode[0] != "r")
            found = opened(file, mode, *arguments, **named)
            return _Half(found, self, file) if mode[0] in "xwa" else found

        io.open = open_file

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        reads = name in ("scandir", "listdir", "stat", "lstat")

        def watched(path: Any = ".", *arguments: Any, **named: Any) -> Any:
            self.step(name, path, writes=not (reads or (name == "open" and not arguments[0] & WRITING)))
            return function(path, *arguments, **named)

        return watched


class _Half:
    """A file that is written to, of whose writing the disk may do half."""

    def __init__(self, file: Any, disk: Disk, path: Any) -> None:
        self._file, self._disk, self._path = file, disk, path

    def write(self, data: bytes) -> int:
        try:
            self._disk.step("write", self._path)
        except OSError:
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            raise
        return int(self._file.write(data))

    def __enter__(self) -> _Half:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Office:
    """A brief that is published into an archive by the program, with and without faults of the disk."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.streams = [str(home.with_name(name)) for name in ("stdin", "stdout", "stderr")]

    def write(self, state: str) -> None:
        """Have the brief in one of two states."""
        folder = small_brief(self.home / "brief", WITH_SOURCE.replace("A small brief", f"A {state} brief"))
        (folder / "gazette.txt").write_text("The dam will hold.")

    def outputs(self) -> dict[str, str]:
        """Every output, wherever it is, with its hash."""
        found = sorted(path for path in self.home.rglob("*") if path.suffix in (".docx", ".pdf"))
        return {str(path.relative_to(self.home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def build(self, disk: Disk | None = None) -> tuple[int, str, str]:
        """How a build in a process of its own ended, what it said, and the call that failed."""
        told = self.home.with_name("told")
        for name in self.streams:
            Path(name).write_text("")
        opened, write, closed, ended = os.open, os.write, os.close, os._exit

        def leave(code: int) -> NoReturn:
            file = opened(told, os.O_CREAT | os.O_WRONLY)
            write(file, (disk.failed if disk else "").encode())
            closed(file)
            ended(code)

        child = os.fork()
        if not child:
            code, os._exit = 1, leave  # type: ignore[assignment]  # the program ends its process itself
            try:
                if disk:
                    disk.put_in()
                code = self.run()
            finally:
                leave(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        failed = told.read_text()
        told.unlink()
        return code, "".join(Path(name).read_text() for name in self.streams[1:]), failed

    def run(self) -> int:
        """Build it, in this process; the code that it ends with."""
        return run([*ARGUMENTS], str(self.home), {**os.environ, "NO_COLOR": "1"}, self.streams)

    def faults_of_end(self) -> Iterator[str]:
        """What is wrong after a run that came to its end."""
        if litter := [str(path) for path in self.home.rglob("*.briefing-part")]:
            yield f"there is {litter}"
        (placed,) = {path.resolve().parent for path in self.home.rglob("*.docx")}
        if (placed.parent / "latest").resolve() != placed:
            yield "latest leads elsewhere"


class PlacingOffice(Office):
    """The same of what puts finished files in place, without making them."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.desk = Desk(home)
        self.text = ""

    def write(self, state: str) -> None:
        """Have the files in one of two states."""
        self.text = state
        self.home.mkdir(exist_ok=True)
        self.desk.data_file.write_text(state)

    def run(self) -> int:
        """Put them in place; the code that a run would end with."""
        code, said = 0, ""
        try:
            entry = self.desk.entry()
            put_in_place(self.desk.out, self.desk.files(self.text), entry)
            move_latest(self.home, entry)
        except BriefingError as error:
            code, said = error.exit_code, str(error)
        Path(self.streams[2]).write_text(said)
        return code


def faults(office: Office, errors: Sequence[str], every: int) -> Iterator[list[str]]:
    """For each call in turn, what was wrong after it failed: with one error after the other, once alone and once with all that write after it."""
    states: dict[str, dict[str, str]] = {}
    for state in ("new", "old"):
        office.write(state)
        code, said, _ = office.build()
        assert code == 0, said
        states[state] = office.outputs()
    before = "old"
    for number, at in enumerate(count(1, every)):
        coming = "new" if before == "old" else "old"
        office.write(coming)
        error, lasting = errors[number % len(errors)], bool(number // len(errors) % 2)
        code, said, failed = office.build(Disk(office.home, at, getattr(errno, error), lasting))
        if not failed:
            return
        found = []
        if "Traceback" in said or "[internal]" in said or code not in (0, *CODES):
            found.append("it ended so")
        if code and "brief" not in said and "archive" not in said and str(office.home) not in said:
            found.append("no path is named")
        now = office.outputs()
        if set(now) != set(states[before]):
            found.append(f"there is {now}")
        allowed = [states[coming]] if code == 0 else [states[before], states[coming]]
        found += [f"{name} is neither old nor new" for name in now if now[name] not in [each[name] for each in allowed]]
        after, again, _ = office.build()
        if after or office.outputs() != states[coming]:
            found.append(f"the next run ends with {after}: {again}")
        found += office.faults_of_end()
        yield [f"{error}{' from then on' * lasting} at call {at}, {failed}, {code}: {said}: {fault}" for fault in found]
        before = coming


def main() -> None:
    """Let every so many calls fail, and print the number of faults put in and what was wrong."""
    folder, what, every, *errors = sys.argv[1:]
    home = Path(folder) / "home"
    home.mkdir(parents=True)
    if what == "program":
        load()
    os.fsync = lambda fd: None  # no plug is pulled here, so nothing is lost by not waiting for the disk
    office = Office(home) if what == "program" else PlacingOffice(home)
    found = list(faults(office, errors, int(every)))
    print(json.dumps({"faults": len(found), "wrong": [wrong for each in found for wrong in each]}))


if __name__ == "__main__":
    main()
