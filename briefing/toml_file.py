"""Settings in TOML, `briefing.toml` and `theme.toml`: their values, and the lines of their keys."""

from __future__ import annotations

import codecs
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from briefing.errors import DataError, Place, Problem
from briefing.regular_files import read_regular, unreadable

LARGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 40
"""Names of one key: ``a.b.c`` has three."""
_WHERE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_NAME = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_NAMES = rf"(?P<names>{_NAME}(?:\s*\.\s*{_NAME})*)"
_HEAD = re.compile(rf"\s*(?:(?P<table>\[\[?)\s*{_NAMES}\s*\]|{_NAMES.replace('names', 'keys')}\s*=)")


class _Key(Struct):
    """Where a key is first named, and the keys in it by their names."""

    line: int = 1
    column: int = 1
    below: dict[str, _Key] = field(default_factory=dict)


class TomlFile(Struct, frozen=True, dict=True):
    """A file of settings: `file` is how problems name it, `text` its characters, `values` what it holds."""

    file: str
    text: str
    values: dict[str, Any]

    def place_of(self, *names: str) -> Place:
        """Where the key stands that `names` lead to, or the nearest above it that has a line of its own."""
        key = self._keys
        for name in names:
            if name not in key.below:
                break
            key = key.below[name]
        return Place(self.file, key.line, key.column)

    @cached_property
    def _keys(self) -> _Key:
        """The file's keys, read once however many places are asked for."""
        table = whole = _Key()
        for number, line in enumerate(self.text.split("\n"), 1):
            head = _HEAD.match(line)
            if head is None:
                continue
            key = whole if head["table"] else table
            column = head.start("names" if head["table"] else "keys") + 1
            for name in re.findall(_NAME, head["names"] or head["keys"]):
                key = key.below.setdefault(name.strip("\"'"), _Key(number, column))
            if head["table"]:
                table = key
        return whole


def read_toml(path: Path, shown: str = "") -> TomlFile:
    """The file at `path`, which problems name `shown`, or else by its path.

    Raises `DataError`, at its place, when it cannot be read or is not TOML 1.0.
    """
    file, text = shown or str(path), ""
    try:
        text = read_regular(path, LARGEST_FILE).decode("utf-8-sig").replace("\r\n", "\n")
        _refuse_deep(text, file)
        return TomlFile(file, text, tomllib.loads(text))
    except OSError as error:
        problem = unreadable(error).at(Place(file))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].rpartition(b"\n")[2].removeprefix(codecs.BOM_UTF8)
        place = Place(file, error.object.count(b"\n", 0, error.start) + 1, len(line.decode()) + 1)
        problem = Problem("encoding", "the file is not UTF-8 here", "save it as UTF-8", place=place)
    except (ValueError, RecursionError) as error:  # of tomllib, and of numbers and lists that Python does not take
        problem = _syntax_fault(str(error), text, file)
    raise DataError(problem)


def _refuse_deep(text: str, file: str) -> None:
    """Raise `DataError` for a line with more dots outside quotation marks than a key may have, which would take memory with their square."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > DEEPEST and line.partition("=")[0].count(".") > DEEPEST:
            hint = f"at most {DEEPEST} names are read"
            raise DataError(Problem("too-deep", "a key has too many names", hint, place=Place(file, number)))


def _syntax_fault(message: str, text: str, file: str) -> Problem:
    found = _WHERE.fullmatch(message)
    lines = text.split("\n")
    place = Place(file)
    if found:
        place = Place(file, int(found["line"] or len(lines)), int(found["column"] or len(lines[-1]) + 1))
    what = f"this is not TOML: {found['what'] if found else message}"
    return Problem("syntax", what, "put text between quotation marks, and check brackets and keys", place=place)
