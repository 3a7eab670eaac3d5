"""The reference page of the data file, made from the models."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from importlib.resources import files
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.schema.brief import Brief, EvidenceDisplay, Handling, Period, Series
from briefing.schema.dates import PartialDate
from briefing.schema.items import Chart, ChartValue, Event, FigureItem, OwnSection, Question, Quote, Stakeholder
from briefing.schema.people import Person
from briefing.schema.sources import Source
from briefing.schema.types import Prose
from briefing.schema.waivers import Waiver

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
    introduction = (files("briefing.schema") / "data_file_introduction.md").read_text(encoding="utf-8")
    return introduction + "\n".join(_table(title, model) for title, model in MODELS)


def _table(title: str, model: type[BaseModel]) -> str:
    lines = [f"\n## {title}\n", "| key | holds | what it is |", "| --- | --- | --- |"]
    for name, field in model.model_fields.items():
        star = " **\\***" if field.is_required() else ""
        lines.append(f"| `{name}`{star} | {_holds(field)} | {field.description or ''} |")
    return "\n".join(lines) + "\n"


def _holds(field: FieldInfo) -> str:
    words = list(dict.fromkeys(_kinds(field.annotation, field.metadata)))
    return " or ".join(words)


def _kinds(annotation: Any, metadata: Any = ()) -> Iterator[str]:
    if any(extra in get_args(Prose) for extra in metadata):
        yield "text"
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        yield ", ".join(f"`{member.value}`" for member in annotation)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield f"keys of *{next((title for title, model in MODELS if model is annotation), annotation.__name__)}*"
    elif annotation is PartialDate:
        yield "date"
    elif annotation is str:
        yield _string_kind(metadata)
    elif annotation in (int, float):
        yield "number"
    elif hasattr(annotation, "__metadata__"):
        yield from _kinds(annotation.__origin__, annotation.__metadata__)
    elif getattr(annotation, "__origin__", None) is tuple:
        yield "list of " + " or ".join(_kinds(get_args(annotation)[0]))
    else:
        for inner in get_args(annotation):
            if inner is not type(None):
                yield from _kinds(inner, metadata)


def _string_kind(metadata: Any) -> str:
    schemas = [extra.json_schema for extra in metadata if hasattr(extra, "json_schema") and extra.json_schema]
    if not schemas:
        return "one line"
    schema = schemas[0]
    pattern = schema.get("pattern", "")
    if schema.get("format") == "uri":
        return "address"
    if pattern.startswith("^[A-Za-z]"):
        return "id"
    if pattern.startswith("^[^/"):
        return "path"
    if pattern.startswith("^[a-z]"):
        return "language tag"
    return "text" if schema.get("maxLength", 0) > 1000 else "one line"
