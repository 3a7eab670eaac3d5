"""The reference page of the data file, made from the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.schema.brief import Brief, EvidenceDisplay, Handling, Period, Person, Series, Source, Waiver
from briefing.schema.items import Chart, ChartValue, Event, FigureItem, OwnSection, Question, Quote, Stakeholder
from briefing.schema.json_schema import MEANINGS
from briefing.schema.types import Holds

MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The brief", Brief),
    ("series", Series),
    ("series.period", Period),
    ("authors and audience", Person),
    ("handling", Handling),
    ("timeline", Event),
    ("quotes", Quote),
    ("stakeholders", Stakeholder),
    ("open_questions", Question),
    ("sections", OwnSection),
    ("figures", FigureItem),
    ("figures: chart", Chart),
    ("figures: chart values", ChartValue),
    ("sources", Source),
    ("evidence", EvidenceDisplay),
    ("waivers", Waiver),
)


def data_file_page() -> str:
    """The whole page, in Markdown."""
    introduction = (Path(__file__).parent / "data_file_introduction.md").read_text(encoding="utf-8")
    return introduction + "\n".join(_table(title, model) for title, model in MODELS)


def _table(title: str, model: type[BaseModel]) -> str:
    lines = [f"\n## {title}\n", "| key | holds | what it is |", "| --- | --- | --- |"]
    for name, field in model.model_fields.items():
        star = " **\\***" if field.is_required() else ""
        lines.append(f"| `{name}`{star} | {_holds(field)} | {field.description or ''} |")
    for name, field in model.model_fields.items():
        for meanings in (MEANINGS[kind] for kind in _enumerations(field.annotation)):
            lines.append(f"\n`{name}` is one of:\n")
            lines.extend(f"- `{value}`: {meaning}" for value, meaning in meanings.items())
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
        yield f"keys of *{next(title for title, model in MODELS if model is annotation)}*"
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


def _enumerations(annotation: Any) -> Iterator[type[StrEnum]]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield annotation
    for inner in get_args(annotation):
        yield from _enumerations(inner)
