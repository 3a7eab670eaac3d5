"""What can go wrong, said so that a person can mend it.

A :class:`Problem` is one fault or warning with the place it concerns; a :class:`BriefingError` carries all the problems found at once.
Every exit code of the program is an :class:`ExitCode`.
"""

from __future__ import annotations

import difflib
import errno
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, StrEnum
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.codes import CODES

_PACKAGE: Final = Path(__file__).parent


class ExitCode(IntEnum):
    """The exit codes of the command line; fixed, because schedules and scripts branch on them."""

    DONE = 0
    USAGE = 2
    DATA = 3
    CHECK = 4
    RENDER = 5


class Severity(StrEnum):
    """How bad a problem is: an error stops the brief, a warning does not unless asked to, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Struct, frozen=True, order=True):
    """A spot in a text file. `line` and `column` count from 1; `column` counts characters, not bytes. A line of 0 means the whole of `file`."""

    file: str
    line: int = 1
    column: int = 1

    @classmethod
    def of(cls, file: str | PathLike[str]) -> Place:
        """The whole of `file`, which may be a folder."""
        return cls(fspath(file), 0, 0)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(Struct, frozen=True):
    """One fault: what is wrong, what would be right, and where.

    `code` is a stable name from `briefing.codes.CODES`. Where it is, is said in one way or several: `data_path` is the way to a value of the data
    (``quotes[2].text``) and `offset` counts characters into it, None for the whole; `place` is a spot in a file, or a file, and of a value of the
    data filled in by whoever knows the file; `option` is a flag or a variable of the environment. Raises `ValueError` for an unknown code.
    """

    code: str
    message: str
    hint: str = ""
    data_path: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR
    offset: int | None = None
    option: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code!r}: add it to briefing/codes.py")

    def at(self, place: Place | None) -> Problem:
        """The same problem, standing at `place`."""
        return replace(self, place=place)

    def __str__(self) -> str:
        where = str(self.place) if self.place else self.option or self.data_path
        content = f"{self.message}; {self.hint}" if self.hint else self.message
        return visible(f"{where}: {self.severity}: {content} [{self.code}]".removeprefix(": "))

    def without_words(self) -> Problem:
        """The same with what its code means in the place of its message, which may quote the brief."""
        place = replace(self.place, file=self.place.file.partition("=")[0]) if self.place else None
        option = self.option.partition("=")[0]
        return Problem(self.code, CODES[self.code], place=place, severity=self.severity, option=option)

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, for `--json`."""
        at = self.place
        content = {"code": self.code, "severity": str(self.severity), "message": self.message, "hint": self.hint}
        place = {"file": at and at.file, "line": at and at.line, "column": at and at.column}
        return {**content, "path": self.data_path, **place, "option": self.option}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Problem:
        """The problem that `as_json` gave `values` for, without its offset. Raises `KeyError` or `ValueError` for values that it never gives."""
        is_placed = values["file"] is not None
        place = Place(values["file"], int(values["line"]), int(values["column"])) if is_placed else None
        content = (values["code"], values["message"], values["hint"], values["path"])
        return cls(*content, place, Severity(values["severity"]), option=values["option"])


class BriefingError(Exception):
    """Something that stops a brief, with every problem that was found. `exit_code` says how the program ends."""

    exit_code: ExitCode = ExitCode.RENDER

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))


class UsageError(BriefingError):
    """The call itself is wrong: a path that is not there, a flag that does not fit."""

    exit_code = ExitCode.USAGE


class DataError(BriefingError):
    """The data file, or a file it names, is at fault."""

    exit_code = ExitCode.DATA


class CheckError(BriefingError):
    """A check of content or of the finished files failed."""

    exit_code = ExitCode.CHECK


class RenderError(BriefingError):
    """Rendering or writing failed."""

    exit_code = ExitCode.RENDER


VERBOSE_VARIABLE: Final = "BRIEFING_VERBOSE"
"""The environment variable that shows where an internal fault happened."""
WITHOUT_WORDS_VARIABLE: Final = "BRIEFING_WITHOUT_WORDS"
"""The environment variable that keeps the words of briefs out of what is said of them."""


def without_words() -> bool:
    """Whether problems are told without the brief's words."""
    return bool(os.environ.get(WITHOUT_WORDS_VARIABLE))


MOST_FAULTS: Final = 200
"""Of one check of a data file: to find the nearest name for each of thousands would take minutes."""


def first_of(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first problems of a check, and one that says that there are more."""
    for number, problem in enumerate(problems):
        if number == MOST_FAULTS:
            yield replace(
                problem, code="too-large", message="there are more faults like those before", hint="mend these first"
            )
            return
        yield problem


def located(problems: Iterable[Problem], file: PathLike[str]) -> tuple[Problem, ...]:
    """The problems with `file` as the place of those that have none."""
    return tuple(each if each.place or each.option else each.at(Place.of(file)) for each in problems)


def cause_of(error: Exception) -> str:
    """What the system says of an error, else what Python says."""
    return getattr(error, "strerror", None) or str(error)


_SCARCE: Final = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)
_NO_THREAD: Final = "can't start new thread"


def internal_fault(error: Exception) -> Problem:
    """A fault that nobody foresaw, as a problem: of the machine where it says so, else of the program itself, for a person to report.

    What Python says of it may quote the brief, and is left out.
    """
    if isinstance(error, MemoryError):
        return Problem("memory-limit", "there is not enough memory", "build fewer briefs at a time, or split the brief")
    if (isinstance(error, OSError) and error.errno in _SCARCE) or str(error) == _NO_THREAD:
        hint = "let other programs end, or raise what 'ulimit -a' says of open files and processes"
        return Problem("system-limit", f"the system gives no more: {cause_of(error)}", hint)
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        hint = "check what stands there, and who may read and write it"
        return Problem("unreadable", f"the system says: {error.strerror}", hint, place=Place.of(str(error.filename)))
    if isinstance(error, FileNotFoundError):  # without a name, as `os.getcwd` raises it
        return Problem("unreadable", "the folder from which the program was called is gone", "call it from another one")
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(frame.filename).parents]
    where = f" at {Path(own[-1].filename).relative_to(_PACKAGE.parent).as_posix()}:{own[-1].lineno}" if own else ""
    hint = "please report this line, as SECURITY.md or the README says; --verbose shows the way to it"
    return Problem("internal", f"a fault of the program itself: {type(error).__name__}{where}", hint)


def stopped_by(error: Exception) -> BriefingError:
    """What stops one brief, and no other: `error` itself where it has its problems, else what is told of a fault of the program. With
    BRIEFING_VERBOSE its traceback is printed; without words, not what it says.
    """
    if isinstance(error, BriefingError):
        return error
    if os.environ.get(VERBOSE_VARIABLE):
        lines = traceback.format_tb(error.__traceback__) if without_words() else traceback.format_exception(error)
        sys.stderr.write(visible("".join(lines), lines=True))
    return RenderError(internal_fault(error))


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def visible(text: str, *, lines: bool = False) -> str:
    """`text` as a terminal or a log may get it: what would steer it, end a line or turn the direction is shown escaped; with `lines`, line
    ends stay.
    """

    def escaped(found: re.Match[str]) -> str:
        letter = found[0]
        return letter if lines and letter in "\n\t" else _NAMED.get(letter) or f"\\u{ord(letter):04x}"

    return _UNSEEN.sub(escaped, text)


def shown(text: str, most: int = 60) -> str:
    """`text` as a message may repeat it: on one line, at most `most` characters, and what does not print as its code point."""
    line = " ".join(text.split())
    cut = line if len(line) <= most else line[: most - 1].rstrip() + "…"
    return "".join(each if each == " " or each.isprintable() else f"<U+{ord(each):04X}>" for each in cut)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` is most likely a slip for, or None when none is close."""
    names = list(known)
    by_case = {name.casefold(): name for name in names}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Sequence[str], most: int = 12) -> str:
    """The hint for an unknown name: the nearest known one, else the list of them (at most `most`)."""
    close = nearest(word, known)
    if close is not None:
        return f"did you mean '{close}'?"
    if not known:
        return "there is none to choose from"
    listed = ", ".join(f"'{name}'" for name in known[:most])
    return f"it must be one of {listed}{', ...' if len(known) > most else ''}"
