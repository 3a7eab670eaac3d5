"""A data file as read: its values, and where each of them stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence as Series
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import DataError, Place, Problem
from briefing.source.json_reader import read_json
from briefing.source.limits import LARGEST_FILE
from briefing.source.nodes import Entry, Mapping, Node, Scalar, Sequence, plain_values
from briefing.source.toml_reader import read_toml
from briefing.source.yaml_reader import read_yaml

READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json, ".toml": read_toml}

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")

Step = str | int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A data file. `file` is how problems name it, `text` its characters, `root` its values with their spots."""

    file: str
    text: str
    sha256: str
    root: Mapping

    @property
    def values(self) -> dict[str, Any]:
        """The values as dictionaries, lists and text; keys without a value are left out."""
        values = plain_values(self.root)
        assert isinstance(values, dict)
        return values

    def place_of(self, path: str, offset: int = 0, *, key: bool = False) -> Place:
        """Where the value at `path` (``quotes[2].text``) stands, or its key, or else the nearest thing above it that is there.

        `offset` counts characters into a text: the place is then that of the character. A value set on the command line stands in the flag.
        """
        node: Node = self.root
        line, column = self.root.line, self.root.column
        for step in steps(path):
            found = _child(node, step)
            if found is None:
                return Place(self.file, line, column)
            node = found.value if isinstance(found, Entry) else found
            spot = found if key and isinstance(found, Entry) else node
            line, column = spot.line, spot.column
        if isinstance(node, Scalar) and node.origin:
            return Place(node.origin, 0, 0)
        if isinstance(node, Scalar) and offset:
            line, column = self._inside(node, offset)
        return Place(self.file, line, column)

    def _inside(self, node: Scalar, offset: int) -> tuple[int, int]:
        """The spot `offset` characters into a scalar, found by counting what is not white space: folding only moves white space."""
        wanted = len("".join((node.text or "").strip()[:offset].split()))
        lines = self.text.split("\n")
        line, column = node.line - 1, node.column - 1
        if node.block:
            line, column = line + 1, 0
        elif node.quoted:
            opening = re.match(r"[\"']{1,3}", lines[line][column:])
            column += opening.end() if opening else 0
        while line < len(lines):
            while column < len(lines[line]):
                if not lines[line][column].isspace():
                    if wanted == 0:
                        return line + 1, column + 1
                    wanted -= 1
                column += 1
            line, column = line + 1, 0
        return node.line, node.column


def read(path: Path, shown_as: str | None = None) -> SourceFile:
    """Read a YAML, JSON or TOML file; problems call it `shown_as`, else by its path. Raises `DataError` with every fault found."""
    file = shown_as or str(path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise DataError(
            Problem("unreadable", f"the file cannot be read: {error.strerror}", "check it", place=Place(file))
        ) from None
    if size > LARGEST_FILE:
        raise DataError(
            Problem(
                "too-large", f"the file has {size} bytes", f"at most {LARGEST_FILE} are accepted", place=Place(file)
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise DataError(Problem("encoding", "the file is not UTF-8 here", "save it as UTF-8", place=place)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text)
    if bad:
        before = text[: bad.start()]
        place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise DataError(
            Problem("bad-text", f"the control character U+{ord(bad.group()):04X} stands here", "delete it", place=place)
        )
    root = READERS.get(path.suffix.lower(), read_yaml)(text, file)
    if not isinstance(root, Mapping):
        hint = "begin with 'title: ...' and 'date: ...'"
        raise DataError(
            Problem(
                "wrong-type", "the file must hold keys with values", hint, place=Place(file, root.line, root.column)
            )
        )
    return SourceFile(file, text, hashlib.sha256(data).hexdigest(), root)


def steps(path: str | Series[Step]) -> list[Step]:
    """The parts of a path: ``quotes[2].text`` is ``["quotes", 2, "text"]``."""
    if not isinstance(path, str):
        return list(path)
    return [int(number) if number else name for number, name in _STEP.findall(path)]


def _child(node: Node, step: Step) -> Entry | Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return next((entry for entry in node.entries if entry.key == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
