"""The data file's JSON Schema, for editors that complete and check while one types."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from typing import Any

from briefing.schema import items, sources
from briefing.schema.brief import Brief, Paper

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_ENUMS: dict[str, type[Enum]] = {
    name: kind
    for module in (items, sources)
    for name, kind in vars(module).items()
    if inspect.isclass(kind) and issubclass(kind, Enum)
} | {"Paper": Paper}


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain values.

    It takes what an editor's YAML reader takes for numbers and truth values where the program reads text, so that ``title: 2022`` is not marked.
    """
    made = Brief.model_json_schema(mode="validation")
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "title": "A policy brief",
        "description": "The data file of one brief: brief.yaml, brief.json or brief.toml.",
    }
    schema |= {key: value for key, value in made.items() if key not in ("title", "description")}
    for name, definition in [("Brief", schema), *schema["$defs"].items()]:
        _loosen(definition, name)
    return schema


def _loosen(node: Any, name: str = "") -> None:
    """Take titles away, let a scalar be typed without quotation marks, and tell what enumerations hold."""
    if isinstance(node, list):
        for inner in node:
            _loosen(inner)
        return
    if not isinstance(node, dict):
        return
    if name in _ENUMS and "enum" in node:
        node["description"] = " ".join((_ENUMS[name].__doc__ or "").split())
        node.pop("title", None)
        return
    if node.get("type") == "string" and "enum" not in node and "pattern" not in node:
        node["type"] = ["string", "number", "boolean"]
    elif node.get("type") == "string" and re.match(r"\^\\d\{4\}\(", node.get("pattern", "")):
        node["type"] = ["string", "integer"]
    elif node.get("type") in ("integer", "number"):
        node["type"] = [node["type"], "string"]
    for key, value in node.items():
        if key in ("properties", "$defs"):
            for inner in value.values():
                if key == "properties":
                    inner.pop("title", None)
                    _leave_out_null(inner)
                _loosen(inner)
        elif key in ("items", "anyOf", "oneOf", "allOf"):
            _loosen(value)
    if name and "properties" in node and name != "Brief":
        node.pop("title", None)


def _leave_out_null(node: dict[str, Any]) -> None:
    """An optional value is left out or empty; offering ``null`` would only confuse."""
    choices = node.get("anyOf")
    if not isinstance(choices, list):
        return
    rest = [choice for choice in choices if choice != {"type": "null"}]
    if len(rest) == len(choices):
        return
    node.pop("default", None)
    if len(rest) == 1:
        del node["anyOf"]
        only = rest[0]
        for key, value in only.items():
            node.setdefault(key, value)
        if "type" in node and isinstance(node["type"], str):
            node["type"] = node["type"]
    else:
        node["anyOf"] = rest
