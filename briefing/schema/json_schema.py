"""The data file's JSON Schema, for editors that complete and check while one types, and what each value means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from briefing.schema.attribute_docstrings import key_docstrings
from briefing.schema.brief import KINDS, Brief
from briefing.schema.items import FigureItem
from briefing.schema.types import Choice, Model

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain values.

    It is a little wider than the program: ids that lead nowhere, for example, are not its business. `enumDescriptions` and `defaultSnippets` are
    keywords of VS Code and of its YAML extension; other readers pass over them.
    """
    made = Brief.model_json_schema(mode="validation")
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "title": "A policy brief",
        "description": "The data file of one brief: brief.yaml or brief.json.",
    }
    schema |= {key: value for key, value in made.items() if key not in ("title", "description")}
    models = {each.__name__: each for each in _models(Model) if each.__module__.startswith("briefing.")}
    for name, definition in {Brief.__name__: schema, **schema["$defs"]}.items():
        said = key_docstrings(models[name]) if name in models else {}
        properties = definition.get("properties", {})
        for key, value in properties.items():
            described = {"description": said[key]} if key in said else {}
            properties[key] = dict(sorted((value | described).items()))
            _simplify(properties[key])
    for name, definition in schema["$defs"].items():
        definition.pop("title", None)
        definition |= dict(_additions(name))
    schema["$defs"][FigureItem.__name__]["dependentRequired"] = {"image": ["alt"]}
    return schema


def _models(base: type[Model]) -> Iterator[type[Model]]:
    for each in base.__subclasses__():
        yield from (each, *_models(each))


def _simplify(value: dict[str, Any]) -> None:
    """Take away what would only confuse where completion offers it: generated titles, ``null``, empty defaults."""
    value.pop("title", None)
    if isinstance(value.get("default"), list | dict | None):
        value.pop("default", None)
    choices = [choice for choice in value.pop("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        for key, inner in choices[0].items():
            value.setdefault(key, inner)
    elif choices:
        value["anyOf"] = choices


def _additions(name: str) -> Iterator[tuple[str, Any]]:
    """What a definition gets besides: the meanings of an enumeration's values, the keys to fill in of an item."""
    for choice in Choice.__subclasses__():
        if choice.__name__ == name:
            yield "enumDescriptions", [member.meaning for member in choice]
            yield "description", " ".join((choice.__doc__ or "").split())
    for kind in KINDS:
        if kind.item is not None and kind.item.__name__ == name:
            body = {key: f"${number}" for number, key in enumerate(kind.offered, 1)}
            yield "defaultSnippets", [{"label": f"new {kind.word.replace('_', ' ')}", "body": body}]
