"""Data files written for tests, and texts to write into them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies
from ruamel.yaml import YAML

from briefing.errors import BriefingError
from briefing.source import SourceFile, read

Texts = strategies.text(
    strategies.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\t\n", exclude_characters="\u2028\u2029\ufffe\uffff"
    ).filter(lambda character: not 0xFDD0 <= ord(character) <= 0xFDEF)
)
"""Text that a data file may hold: everything but control characters, line separators of old and what is no character."""


def read_text(folder: Path, text: str, suffix: str) -> SourceFile:
    """The data file that holds `text`."""
    path = folder / f"brief{suffix}"
    path.write_bytes(text.encode())
    return read(path)


def yaml_of(values: dict[str, Any], **manner: Any) -> str:
    """The values as YAML; `manner` sets attributes of ruamel.yaml's writer, such as `default_style`."""
    writer = YAML(typ="safe", pure=True)
    writer.allow_unicode = True
    writer.default_flow_style = False  # ruamel.yaml writes plain words into {...} that it cannot read there, such as ?0
    for name, value in manner.items():
        setattr(writer, name, value)
    stream = io.StringIO()
    writer.dump(values, stream)
    return stream.getvalue()


def json_of(values: dict[str, Any]) -> str:
    """The values as JSON with escapes for all but ASCII."""
    return json.dumps(values, indent=1)


def plain_json_of(values: dict[str, Any]) -> str:
    """The values as JSON in its own letters."""
    return json.dumps(values, ensure_ascii=False)


def _yaml_single(values: dict[str, Any]) -> str:
    return yaml_of(values, default_style="'")


def _yaml_double(values: dict[str, Any]) -> str:
    return yaml_of(values, default_style='"', width=1_000_000)


def _yaml_double_folded(values: dict[str, Any]) -> str:
    return yaml_of(values, default_style='"', width=40)


def _yaml_block(values: dict[str, Any]) -> str:
    return yaml_of(values, default_style="|")


def _yaml_folded(values: dict[str, Any]) -> str:
    return yaml_of(values, default_style=">", width=30)


WRITERS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "yaml": (".yaml", yaml_of),
    "yaml-single": (".yml", _yaml_single),
    "yaml-double": (".yaml", _yaml_double),
    "yaml-block": (".yaml", _yaml_block),
    "json": (".json", json_of),
    "plain-json": (".json", plain_json_of),
}
"""Ways to write the same values: the file's suffix and the writer."""

FOLDING_WRITERS = {
    "yaml-double-folded": (".yaml", _yaml_double_folded),
    "yaml-folded": (".yaml", _yaml_folded),
}
"""Ways that break lines; ruamel.yaml breaks some so that they do not read as the values that it was given (after a backslash, before a tab)."""


def told(error: BriefingError) -> list[str]:
    """Each problem as ``line:column code: what is wrong; what would be right``."""
    return [
        f"{problem.place.line}:{problem.place.column} {problem.code}: {problem.message}; {problem.hint}"
        for problem in error.problems
        if problem.place
    ]
