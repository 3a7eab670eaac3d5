"""A data file as read: its values, and where each of them stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.apart import read_apart
from briefing.errors import DataError, Place, Problem
from briefing.limits import how_to_raise, limits
from briefing.source.encoding import characters, read_bytes, refuse_escaped
from briefing.source.json_reader import read_json
from briefing.source.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Step,
    is_nothing,
    place_inside,
    plain_values,
    steps,
    without,
)
from briefing.source.recovery import Reading, read_past_faults
from briefing.source.rows import Row

if TYPE_CHECKING:
    from briefing.source.fill_in import Template


class Format(StrEnum):
    """The languages a data file may be written in."""

    YAML = "YAML"
    JSON = "JSON"
    TEMPLATE = "YAML to be filled in"


FORMATS = {".yaml": Format.YAML, ".yml": Format.YAML, ".json": Format.JSON, ".yaml.j2": Format.TEMPLATE}
"""What a file is, by the ending of its name."""


def _bytes(path: Path, file: str) -> bytes:
    hint = f"split it into several briefs: {how_to_raise('data_file_bytes')}"
    return read_bytes(path, file, limits().data_file_bytes, hint)


class SourceFile(Struct, frozen=True):
    """A data file. `file` is how problems name it, `text` its characters with line feeds only, `root` its values with their spots.

    `sha256` is taken of the bytes as they stand on disk. `columns` are those that a template was filled in from.
    """

    path: Path
    file: str
    format: Format
    text: str
    sha256: str
    root: Mapping
    columns: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, Any]:
        """The values as dictionaries, lists and text; a key without a value holds None."""
        values = plain_values(self.root)
        assert isinstance(values, dict)
        return values

    def without(self, gone: Set[tuple[Step, ...]]) -> SourceFile:
        """The file without the items of lists that stand at these paths; what stays keeps its place in the file."""
        root = without(self.root, gone)
        assert isinstance(root, Mapping)
        return replace(self, root=root) if gone else self

    def place_of(self, path: str, offset: int | None = None, *, key: bool = False, as_lines: bool = False) -> Place:
        """Where the value at `path` (``quotes[2].text``) stands, or its key, or else the nearest thing above it that is there.

        `offset` counts characters into a text, from 0 (of a folded block, `as_lines`, into its lines): the place is that of the character. A key
        without a value stands for it. A value put in from outside has the place that it came from: the flag, with line 0, or its cell in a file of
        parameters.
        """
        found: Node | Entry = self.root
        node: Node = self.root
        for step in steps(path):
            child = node.child(step) if not isinstance(node, Scalar) else None
            if child is None:
                found = node
                break
            found, node = child, child.value if isinstance(child, Entry) else child
        spot = found if key or is_nothing(node) else node
        if spot.origin is not None:
            return spot.origin
        if isinstance(spot, Scalar) and offset is not None:
            return place_inside(self.text, self.file, spot, offset, as_lines=as_lines)
        return Place(self.file, spot.line, spot.column)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with the places of their values filled in, where they have none yet, in the order of the file."""
        found = []
        for each in problems:
            is_key = each.code == "unknown-key"
            found.append(each.at(each.place or self.place_of(each.data_path, each.offset, key=is_key, as_lines=True)))
        return sorted(found, key=lambda each: (each.place.line, each.place.column) if each.place else (0, 0))


class FaultyFileError(DataError):
    """A file that is at fault; `source` is what was meant as far as it can be told, for faults of the values to be told in the same breath.

    `is_whole` says whether all of the file is in it.
    """

    def __init__(self, problems: Iterable[Problem], source: SourceFile, is_whole: bool) -> None:
        super().__init__(problems)
        self.source = source
        self.is_whole = is_whole

    def __reduce__(self) -> tuple[Any, ...]:
        return (DataError, (self.problems,))


def not_a_data_file(name: str) -> tuple[str, str]:
    """What is wrong with a data file of this name, and what would be right."""
    if name.lower().endswith(".toml"):
        return "a brief is not written in TOML", "write it in YAML or JSON, as brief.yaml or brief.json"
    return f"'{name}' is not a data file", f"its name must end in one of {', '.join(FORMATS)}"


def format_of(name: str) -> Format | None:
    """What a file of this name is, None when it is no data file."""
    return next((form for ending, form in FORMATS.items() if name.lower().endswith(ending)), None)


def read(path: Path, shown_as: str | None = None, row: Row | None = None) -> SourceFile:
    """Read a YAML or JSON file, or a template, which is filled in from `row`; problems call it `shown_as`, else by its path.

    Raises `DataError` with every fault found.
    """
    file = shown_as or str(path)
    form = format_of(path.name)
    if form is None:
        raise DataError(Problem("not-a-brief", *not_a_data_file(path.name), place=Place(file)))
    data = _bytes(path, file)
    text = characters(data, file)
    columns: frozenset[str] = frozenset()
    if form is Format.TEMPLATE:
        root, columns = read_apart("briefing.source.fill_in:filled", text, file, row, name=f"'{file}'")
        reading = Reading(root)
    else:
        reading = read_past_faults(text, file) if form is Format.YAML else Reading(read_json(text, file))
    root = reading.root
    if not isinstance(root, Mapping):
        hint = "begin with 'title: ...' and 'date: ...', with a space after the colon"
        place = Place(file, root.line, root.column)
        what = "the file must hold keys with values"
        raise DataError(reading.problems or Problem("wrong-type", what, hint, place=place))
    refuse_escaped(root, text, file)
    source = SourceFile(path, file, form, text, hashlib.sha256(data).hexdigest(), root, columns)
    if reading.problems:
        raise FaultyFileError(reading.problems, source, reading.is_whole)
    return source


def template_of(path: Path) -> Template | None:
    """The data file at `path` when it is one to be filled in. Raises `DataError`."""
    if format_of(path.name) is not Format.TEMPLATE:
        return None
    from briefing.source.fill_in import read_template

    file = str(path)
    return read_template(characters(_bytes(path, file), file), file)
