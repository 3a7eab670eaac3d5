"""The keys of the data file as paths: which there are, and which of them hold text in light Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from msgspec import Struct
from pydantic import BaseModel

from briefing.schema.brief import KINDS, Brief
from briefing.schema.kinds import SectionKind, holds_body, holds_text, is_list, models_in
from briefing.schema.types import NOTE_TO_EDITOR
from briefing.text.prose import Prose

_PLACE_IN_LIST = re.compile(r"\[[^\]]*\]")


def is_field(path: str) -> bool:
    """Whether the data file has a key at `path`, such as ``series.number`` or ``quotes[0].speaker``; places in lists are not looked at."""
    models: list[type[BaseModel]] = [Brief]
    *above, last = _PLACE_IN_LIST.sub("", path).split(".")
    for name in above:
        models = [
            inner
            for model in models
            if name in model.model_fields
            for inner in models_in(model.model_fields[name].annotation)
        ]
    return any(last in model.model_fields for model in models)


@cache
def single_fields() -> tuple[str, ...]:
    """The paths of keys outside lists: ``title``, ``series.number``, ``series.period.start``."""
    return tuple(_paths(Brief, ""))


def _paths(model: type[BaseModel], above: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = tuple(models_in(field.annotation))
        if not inner:
            yield f"{above}{name}"
        elif not is_list(field):
            for each in inner:
                yield from _paths(each, f"{above}{name}.")


SINGLE_TEXTS: Final = tuple(
    name for name, field in Brief.model_fields.items() if holds_text(field) and not is_list(field)
)
"""The keys of the brief that hold one text in light Markdown."""


class BriefText(Struct, frozen=True):
    """One text of a brief with the path of its value."""

    path: str
    prose: Prose
    body: bool = False
    """Whether it may have sub-headings and tables."""


def texts(brief: Brief) -> Iterator[BriefText]:
    """Every text in light Markdown, in the order of the data file's sections; the words of quotes are not among them."""
    for name in Brief.model_fields:
        yield from _texts_at(name, brief)


def _texts_at(name: str, brief: Brief) -> Iterator[BriefText]:
    value, kind = getattr(brief, name), _KINDS.get(name)
    if name in SINGLE_TEXTS:
        if value:
            yield BriefText(name, value, holds_body(Brief.model_fields[name]))
    elif isinstance(value, BaseModel):
        for key, field in type(value).model_fields.items():
            if holds_text(field) and (text := getattr(value, key)):
                yield BriefText(f"{name}.{key}", text, holds_body(field))
    elif kind is not None:
        if kind.item is None:
            yield from (BriefText(path, text) for path, text in _each(name, value))
            return
        bodies = {key: holds_body(kind.item.model_fields[key]) for key in kind.texts} if value else {}
        for path, item in kind.placed(brief):
            for key, is_body in bodies.items():
                yield from (
                    BriefText(place, text, is_body) for place, text in _each(f"{path}.{key}", getattr(item, key))
                )


def notes_to_editor(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What the writer tells the editor of each item, and of the brief, with the item's path."""
    if isinstance(value, BaseModel):
        if note := getattr(value, NOTE_TO_EDITOR, None):
            yield path, note
        for key, inner in value:
            yield from notes_to_editor(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from notes_to_editor(inner, f"{path}[{index}]")


def _each(path: str, value: Any) -> Iterator[tuple[str, Prose]]:
    """A text, or every text of a list, however deep, with its path; what is left out is none."""
    if isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _each(f"{path}[{index}]", inner)
    elif value is not None:
        yield value.at(path), value


class Mention(Struct, frozen=True):
    """A place that names a source: `offset` counts characters into a text, None where an item names it beside its texts."""

    source: str
    path: str
    offset: int | None = None


def mentions(brief: Brief) -> Iterator[Mention]:
    """Every place that names a source, section by section."""
    for name in Brief.model_fields:
        for text in _texts_at(name, brief):
            for citation in text.prose.citations:
                yield Mention(citation.id, text.path, citation.offset)
        kind = _KINDS.get(name)
        if kind is not None and kind.has("sources"):
            for path, item in kind.placed(brief):
                for number, source in enumerate(item.sources):
                    yield Mention(source, f"{path}.sources[{number}]")
        if kind is not None and kind.has("source"):
            for path, item in kind.placed(brief):
                if item.source:
                    yield Mention(item.source, f"{path}.source")


def referable(brief: Brief) -> dict[str, tuple[SectionKind, int, Any]]:
    """Every item that a text can refer to, by the id of its node: its kind, its place among its like, counted from 1, and itself."""
    return {
        f"{kind.word}-{item.id}": (kind, number, item)
        for kind in KINDS
        for number, (_, item) in enumerate(kind.placed(brief), 1)
    }


def targets(brief: Brief) -> dict[str, list[str]]:
    """For every name that ``[#name]`` can hold, the nodes it may mean: an item by its id, alone or behind the word for its kind, or a section."""
    found: dict[str, list[str]] = {}
    for node, (_, _, item) in referable(brief).items():
        found.setdefault(str(item.id), []).append(node)
        found.setdefault(node, []).append(node)
    for kind in KINDS:
        if kind.fixed and getattr(brief, kind.key):
            found.setdefault(kind.key, []).append(f"section-{kind.key}")
    return {name: list(dict.fromkeys(nodes)) for name, nodes in found.items()}


def way(brief: Brief, source: str) -> list[str]:
    """A source, the one that reports it, the one that reports that, and so on, each once."""
    reporter = {entry.id: entry.via for entry in brief.sources}
    steps = [source]
    while (step := reporter.get(steps[-1])) is not None and step not in steps:
        steps.append(step)
    return steps


_KINDS: Final = {kind.key: kind for kind in KINDS}
