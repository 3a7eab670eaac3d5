"""The characters of a text file: UTF-8, nothing that cannot be printed, line feeds only, and no more than a brief holds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from briefing.errors import DataError, Place, Problem, shown
from briefing.regular_files import TooLargeError, read_regular, unreadable
from briefing.source.nodes import Node, line_and_column, spot_of_escape, typed_texts

LARGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 40
"""Levels of lists and mappings, each alias counted as what it stands for."""
MOST_NODES = 200_000
"""Values in a data file in all, each alias counted as what it stands for."""


def too_deep(file: str, line: int, column: int) -> Problem:
    """The fault of a value that stands more than `DEEPEST` levels down, at its place."""
    return Problem(
        "too-deep", "values are nested too deeply", f"at most {DEEPEST} levels", place=Place(file, line, column)
    )


def duplicate_key(file: str, name: str, line: int, column: int, first_line: int) -> Problem:
    """The fault of a key that stands in its mapping already, on `first_line`, at its place."""
    return Problem(
        "duplicate-key",
        f"'{shown(name)}' stands here a second time",
        f"the first is on line {first_line}; keep one",
        place=Place(file, line, column),
    )


# Control characters but tab and line feed, the line separators that YAML 1.1 knew, lone surrogates, and what is no character at all.
_NEVER_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
MOST_REPORTED: Final = 20
"""Faults of one file that is not read any further."""


def read_bytes(path: Path, file: str, largest: int, instead: str) -> bytes:
    """The bytes of a file of at most `largest`; `instead` is what to do with a larger one. Raises `DataError` for `file` when it cannot be read."""
    try:
        return read_regular(path, largest)
    except TooLargeError:
        what = f"the file has more than {largest:,} bytes"
        raise DataError(Problem("too-large", what, instead, place=Place(file))) from None
    except OSError as error:
        raise DataError(unreadable(error).at(Place(file))) from None


def characters(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, with any line ends. Raises `DataError` with what is no text, located."""
    bare = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = bare.decode()
    except UnicodeDecodeError as error:
        before = _with_line_feeds(bare[: error.start].decode())
        place = Place(file, *line_and_column(before, len(before)))
        raise DataError(Problem("encoding", "the file is not UTF-8 here", "save it as UTF-8", place=place)) from None
    text = _with_line_feeds(text)
    faults = list(_controls(text, file))
    if faults:
        raise DataError(faults)
    return text


def refuse_escaped(root: Node, text: str, file: str) -> None:
    """Raise `DataError` for what is under `root`, read from `text`, and holds by way of an escape what a file may not hold."""
    hint = "leave it out; an escape does not make it printable"
    faults = (
        _not_text(found[0], Place(file, *spot_of_escape(text, line, column, found[0])), hint)
        for typed, line, column in typed_texts(root)
        for found in [_NEVER_TEXT.search(typed)]
        if found
    )
    if told := list(islice(faults, MOST_REPORTED)):
        raise DataError(told)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _controls(text: str, file: str) -> Iterator[Problem]:
    for number, found in enumerate(_NEVER_TEXT.finditer(text)):
        if number == MOST_REPORTED:
            return
        yield _not_text(found.group(), Place(file, *line_and_column(text, found.start())), "delete it")


def _not_text(character: str, place: Place, hint: str) -> Problem:
    return Problem("bad-text", f"the character U+{ord(character):04X} cannot be printed", hint, place=place)
