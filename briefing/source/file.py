"""A data file as read: its values, and where each of them stands."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefing.errors import DataError, Place, Problem
from briefing.source.json_reader import read_json
from briefing.source.limits import LARGEST_FILE
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, is_nothing, plain_values, typed_texts
from briefing.source.paths import Step, steps
from briefing.source.spots import line_and_column, spot_inside
from briefing.source.toml_reader import read_toml
from briefing.source.yaml_reader import read_yaml


class Format(StrEnum):
    """The languages a data file may be written in."""

    YAML = "YAML"
    JSON = "JSON"
    TOML = "TOML"


FORMATS = {".yaml": Format.YAML, ".yml": Format.YAML, ".json": Format.JSON, ".toml": Format.TOML}
"""What a file is, by the ending of its name."""

_READERS = {Format.YAML: read_yaml, Format.JSON: read_json, Format.TOML: read_toml}

# Control characters but tab and line feed, the line separators that YAML 1.1 knew, lone surrogates, and what is no character at all.
_NEVER_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A data file. `file` is how problems name it, `text` its characters with line feeds only, `root` its values with their spots.

    `sha256` is taken of the bytes as they stand on disk.
    """

    path: Path
    file: str
    format: Format
    text: str
    sha256: str
    root: Mapping

    @property
    def values(self) -> dict[str, Any]:
        """The values as dictionaries, lists and text; a key without a value holds None."""
        values = plain_values(self.root)
        assert isinstance(values, dict)
        return values

    def place_of(self, path: str, offset: int | None = None, *, key: bool = False) -> Place:
        """Where the value at `path` (``quotes[2].text``) stands, or its key, or else the nearest thing above it that is there.

        `offset` counts characters into a text, from 0: the place is then that of the character. A key without a value stands for it. A value set
        on the command line has the flag for a place, with line 0.
        """
        found: Node | Entry = self.root
        node: Node = self.root
        for step in steps(path):
            child = _child(node, step)
            if child is None:
                found = node
                break
            found, node = child, child.value if isinstance(child, Entry) else child
        spot = found if key or is_nothing(node) else node
        if spot.origin:
            return Place(spot.origin, 0, 0)
        if isinstance(spot, Scalar) and offset is not None:
            return Place(self.file, *spot_inside(self.text, spot, offset))
        return Place(self.file, spot.line, spot.column)


def read(path: Path, shown_as: str | None = None) -> SourceFile:
    """Read a YAML, JSON or TOML file; problems call it `shown_as`, else by its path. Raises `DataError` with every fault found."""
    file = shown_as or str(path)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        hint = f"its name must end in one of {', '.join(FORMATS)}"
        raise DataError(Problem("not-a-brief", f"'{path.name}' is not a data file", hint, place=Place(file)))
    data = _bytes(path, file)
    text = _characters(data, file)
    root = _READERS[form](text, file)
    if not isinstance(root, Mapping):
        hint = "begin with 'title: ...' and 'date: ...', with a space after the colon"
        place = Place(file, root.line, root.column)
        raise DataError(Problem("wrong-type", "the file must hold keys with values", hint, place=place))
    faults = [
        _not_text(found.group(), Place(file, line, column), "leave it out; an escape does not make it printable")
        for typed, line, column in typed_texts(root)
        for found in [_NEVER_TEXT.search(typed)]
        if found
    ]
    if faults:
        raise DataError(faults[:_MOST_TOLD])
    return SourceFile(path, file, form, text, hashlib.sha256(data).hexdigest(), root)


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        hint = "check its name, and that you may read it"
        raise DataError(Problem("unreadable", f"the file cannot be read: {said}", hint, place=Place(file))) from None
    if len(data) > LARGEST_FILE:
        what, hint = f"the file has more than {LARGEST_FILE:,} bytes", "split it into several briefs"
        raise DataError(Problem("too-large", what, hint, place=Place(file)))
    return data


def _characters(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, with any line ends."""
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


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _controls(text: str, file: str) -> Iterator[Problem]:
    for number, found in enumerate(_NEVER_TEXT.finditer(text)):
        if number == _MOST_TOLD:
            return
        yield _not_text(found.group(), Place(file, *line_and_column(text, found.start())), "delete it")


def _not_text(character: str, place: Place, hint: str) -> Problem:
    return Problem("bad-text", f"the character U+{ord(character):04X} cannot be printed", hint, place=place)


def _child(node: Node, step: Step) -> Entry | Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.entry(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
