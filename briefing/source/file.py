"""A data file as read: its values, and where each of them stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import DataError, Place, Problem
from briefing.source.characters import LARGEST_FILE, characters, read_bytes, refuse_escaped
from briefing.source.json_reader import read_json
from briefing.source.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Step,
    is_nothing,
    plain_values,
    spot_inside,
    steps,
    typed_texts,
)
from briefing.source.rendered import Rendered
from briefing.source.rows import Row
from briefing.source.toml_reader import read_toml
from briefing.source.yaml_reader import read_yaml

if TYPE_CHECKING:
    from briefing.source.template import Spoken


class Format(StrEnum):
    """The languages a data file may be written in."""

    YAML = "YAML"
    JSON = "JSON"
    TOML = "TOML"
    TEMPLATE = "YAML with Jinja"


FORMATS = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".json": Format.JSON,
    ".toml": Format.TOML,
    ".yaml.j2": Format.TEMPLATE,
}
"""What a file is, by the ending of its name."""


@lru_cache(maxsize=4)
def _yaml(text: str, file: str) -> Node:
    """As `read_yaml`: the editions of a brief mostly have one text, and reading it takes longer than anything else that is done with it."""
    return read_yaml(text, file)


_SPLIT = "split it into several briefs"
_READERS: dict[Format, Callable[[str, str], Node]] = {
    Format.YAML: _yaml,
    Format.JSON: read_json,
    Format.TOML: read_toml,
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A data file. `file` is how problems name it, `text` its characters with line feeds only, `root` its values with their spots.

    `sha256` is taken of the bytes as they stand on disk. What a template gave has `rendered`, and that one's text.
    """

    path: Path
    file: str
    format: Format
    text: str
    sha256: str
    root: Mapping
    rendered: Rendered | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The values as dictionaries, lists and text; a key without a value holds None."""
        values = plain_values(self.root)
        assert isinstance(values, dict)
        return values

    def place_of(self, path: str, offset: int | None = None, *, key: bool = False) -> Place:
        """Where the value at `path` (``quotes[2].text``) stands, or its key, or else the nearest thing above it that is there.

        `offset` counts characters into a text, from 0: the place is then that of the character. A key without a value stands for it. A value put in
        from outside has the place that it came from: the flag, with line 0, or its cell in a file of parameters.
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
        if spot.origin is not None:
            return spot.origin
        if isinstance(spot, Scalar) and offset is not None:
            if self.rendered is not None:
                return self.rendered.place_inside(spot, offset)
            return Place(self.file, *spot_inside(self.text, spot, offset))
        return self._place(spot.line, spot.column)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with the places of their values filled in, where they have none yet, in the order of the file."""
        found = [
            problem
            if problem.place
            else problem.at(self.place_of(problem.data_path, problem.offset, key=problem.code == "unknown-key"))
            for problem in problems
        ]
        return sorted(
            found, key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0)
        )

    def _place(self, line: int, column: int) -> Place:
        return self.rendered.place(line, column) if self.rendered is not None else Place(self.file, line, column)


def format_of(name: str) -> Format | None:
    """What a file of this name is, None when it is no data file."""
    return next((form for ending, form in FORMATS.items() if name.lower().endswith(ending)), None)


def read(path: Path, shown_as: str | None = None, row: Row | None = None) -> SourceFile:
    """Read a YAML, JSON or TOML file, or a template of YAML, which takes its names from `row`; problems call it `shown_as`, else by its path.

    Raises `DataError` with every fault found.
    """
    file = shown_as or str(path)
    form = format_of(path.name)
    if form is None:
        hint = f"its name must end in one of {', '.join(FORMATS)}"
        raise DataError(Problem("not-a-brief", f"'{path.name}' is not a data file", hint, place=Place(file)))
    data = read_bytes(path, file, LARGEST_FILE, _SPLIT)
    text = characters(data, file)
    rendered = _rendered(text, file, row) if form is Format.TEMPLATE else None
    place_at = rendered.place if rendered else partial(Place, file)
    root = _yaml_of(rendered) if rendered else _READERS[form](text, file)
    if not isinstance(root, Mapping):
        hint = "begin with 'title: ...' and 'date: ...', with a space after the colon"
        place = place_at(root.line, root.column)
        raise DataError(Problem("wrong-type", "the file must hold keys with values", hint, place=place))
    if rendered:
        root = rendered.filled(root)
        text = rendered.text
    refuse_escaped(typed_texts(root), place_at)
    return SourceFile(path, file, form, text, hashlib.sha256(data).hexdigest(), root, rendered)


def spoken(path: Path, columns: Collection[str]) -> Spoken:
    """What the data file at `path` speaks of when there are these `columns` of parameters: nothing, unless it is a template. Raises `DataError`."""
    from briefing.source.template import Spoken, read_template

    if format_of(path.name) is not Format.TEMPLATE:
        return Spoken((), frozenset(), ())
    file = str(path)
    text = characters(read_bytes(path, file, LARGEST_FILE, _SPLIT), file)
    return read_template(text, file).spoken(columns)


def _rendered(text: str, file: str, row: Row | None) -> Rendered:
    from briefing.source.template import read_template

    return read_template(text, file).render(row)


def _yaml_of(rendered: Rendered) -> Node:
    try:
        return _yaml(rendered.text, rendered.file)
    except DataError:
        pass  # it is read again to be told by the template's lines
    try:
        return read_yaml(rendered.text, rendered.file, lambda line, column: rendered.place(line, column).line)
    except DataError as error:
        raise rendered.explained(error) from None


def _child(node: Node, step: Step) -> Entry | Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.entry(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
