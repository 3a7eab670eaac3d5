"""The reference page of the data file, made from the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.schema.attribute_docstrings import key_docstrings
from briefing.schema.brief import KINDS, Brief
from briefing.schema.front_matter import Person
from briefing.schema.items import Point
from briefing.schema.kinds import OF_ALL, models_in
from briefing.schema.types import Choice, Holds

_SHARED: Final = {Person: "authors, audience and copy_to", Point: "key_points and lines_to_take"}
"""Whose keys stand under several keys of the brief."""


def models(model: type[BaseModel] = Brief, above: str = "") -> dict[type[BaseModel], str]:
    """Every model of the data file with the path of its key, in the order of keys, each once."""
    found = {} if above else {model: "The brief"}
    for name, field in model.model_fields.items():
        for inner in (each for each in models_in(field.annotation) if each is not model):
            path = _SHARED.get(inner, f"{above}{name}")
            found |= {inner: path, **models(inner, f"{path}.")}
    return found


MODELS: Final = models()


def data_file_page() -> str:
    """The whole page, in Markdown."""
    introduction = (Path(__file__).parent / "data_file_introduction.md").read_text(encoding="utf-8")
    return introduction + "\n".join(_table(title, model) for model, title in MODELS.items())


def _is_told(name: str, title: str) -> bool:
    """Whether the values of a key stand elsewhere on the page: those that items of all kinds have stand at the first."""
    first = next(kind.key for kind in KINDS if kind.item is not None)
    return name in OF_ALL and title != first


def _table(title: str, model: type[BaseModel]) -> str:
    said = key_docstrings(model)
    lines = [f"\n## {title}\n", "| key | holds | what it is |", "| --- | --- | --- |"]
    for name, field in model.model_fields.items():
        star = " **\\***" if field.is_required() else ""
        lines.append(f"| `{name}`{star} | {_holds(field)} | {said.get(name, '')} |")
    for name, field in model.model_fields.items():
        for choice in _enumerations(field.annotation) if not _is_told(name, title) else ():
            lines.append(f"\n`{name}` is one of:\n")
            lines.extend(f"- `{member}`: {member.meaning}" for member in choice)
    return "\n".join(lines) + "\n"


def _holds(field: FieldInfo) -> str:
    return " or ".join(dict.fromkeys(_kinds(field.annotation, field.metadata)))


def _kinds(annotation: Any, metadata: Iterable[Any] = ()) -> Iterator[str]:
    """What a field may hold, in the words of its kinds of value."""
    named = [extra.name for extra in metadata if isinstance(extra, Holds)]
    if named:
        yield named[0]
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        yield "one of the values below"
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield f"keys of *{MODELS[annotation]}*"
    elif get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        yield from _kinds(inner, extras)
    elif get_origin(annotation) is tuple:
        words = list(_kinds(get_args(annotation)[0]))
        yield f"list of {' or '.join(words)}"
    else:
        for inner in get_args(annotation):
            if inner is not type(None):
                yield from _kinds(inner)


def _enumerations(annotation: Any) -> Iterator[type[Choice]]:
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        yield annotation
    for inner in get_args(annotation):
        yield from _enumerations(inner)
