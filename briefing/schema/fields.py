"""The keys of the data file as paths: which there are, and which of them hold text in light Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from briefing.schema.brief import Brief
from briefing.text.prose import Prose

_PLACE_IN_LIST = re.compile(r"\[[^\]]*\]")


def is_field(path: str) -> bool:
    """Whether the data file has a key at `path`, such as ``series.number`` or ``quotes[0].speaker``; places in lists are not looked at."""
    models: list[type[BaseModel]] = [Brief]
    names = _PLACE_IN_LIST.sub("", path).split(".")
    for name in names[:-1]:
        models = [inner for model in models for inner in _inside(model, name)]
    return any(names[-1] in model.model_fields for model in models)


@cache
def single_fields() -> tuple[str, ...]:
    """The paths of keys outside lists: ``title``, ``series.number``, ``series.period.start``."""
    return tuple(_paths(Brief, ""))


def _paths(model: type[BaseModel], above: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = _models(field.annotation)
        if not inner:
            yield f"{above}{name}"
        elif not _is_list(field.annotation):
            for each in inner:
                yield from _paths(each, f"{above}{name}.")


def _inside(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    field = model.model_fields.get(name)
    return _models(field.annotation) if field else []


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for each in get_args(annotation) for model in _models(each)]


def _is_list(annotation: Any) -> bool:
    return annotation is not None and "tuple[" in str(annotation)


@dataclass(frozen=True, slots=True)
class BriefText:
    """One text of a brief with the path of its value. `cites` are sources that the item names beside the text."""

    path: str
    prose: Prose
    cites: tuple[str, ...] = ()


def texts(brief: Brief) -> Iterator[BriefText]:
    """Every text in light Markdown, in the order of the data file's sections; the words of quotes are not among them."""
    for name in ("proposition", "summary", "background"):
        value = getattr(brief, name)
        if value:
            yield BriefText(name, value)
    for index, point in enumerate(brief.key_points):
        yield BriefText(f"key_points[{index}]", point)
    for family, fields in _FIELDS.items():
        for index, item in enumerate(getattr(brief, family)):
            for field in fields:
                value = getattr(item, field)
                if value:
                    cites = getattr(item, "sources", ()) if field == fields[0] else ()
                    yield BriefText(f"{family}[{index}].{field}", value, tuple(cites))


_FIELDS = {
    "timeline": ("event",),
    "quotes": ("context", "note"),
    "stakeholders": ("position", "interests"),
    "open_questions": ("question", "why", "next_step", "answer"),
    "sections": ("body",),
    "figures": ("caption",),
}
