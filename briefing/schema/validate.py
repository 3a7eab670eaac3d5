"""Values to a Brief, with every fault in words that a person who writes data files understands."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from briefing.codes import CODES
from briefing.errors import DataError, Problem, did_you_mean
from briefing.schema.brief import Brief
from briefing.schema.types import kind_of

SYNONYMS: Mapping[str, str] = {
    "name": "title",
    "heading": "title",
    "lang": "language",
    "questions": "open_questions",
    "positions": "stakeholders",
    "actors": "stakeholders",
    "events": "timeline",
    "bottom_line": "summary",
    "author": "authors",
    "quotations": "quotes",
    "references": "sources",
    "bibliography": "sources",
    "publication_date": "published",
    "link": "url",
}
"""What people write for a key, where spelling alone would not lead to it."""


Kind = TypeVar("Kind", bound=BaseModel)


def validate(values: Mapping[str, Any]) -> Brief:
    """The brief that `values` hold. Raises `DataError` with every fault, each with the path of its value."""
    return validate_as(Brief, values)


def validate_as(model: type[Kind], values: Mapping[str, Any]) -> Kind:
    """The `model` that `values` hold. Raises `DataError` with every fault, each with the path of its value."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise DataError([_problem(detail, model) for detail in error.errors(include_url=False)]) from None


def path_of(location: tuple[str | int, ...]) -> str:
    """A pydantic location as a path: ``quotes[2].text``."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def _problem(detail: Any, root: type[BaseModel]) -> Problem:
    location = tuple(
        step for step in detail["loc"] if isinstance(step, int) or step.isidentifier() or step == detail["loc"][-1]
    )
    path, value, context = path_of(location), detail["input"], detail.get("ctx", {})
    name = str(location[-1]) if location else ""
    match detail["type"]:
        case "extra_forbidden":
            return Problem(
                "unknown-key", f"'{name}' is not a known key{_where(location)}", _known_key(location, root), path
            )
        case "missing":
            return Problem(
                "missing-key", f"'{name}' is missing{_where(location)}", f"add '{name}: ...'", path_of(location[:-1])
            )
        case "enum":
            known = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return Problem(
                "bad-value",
                f"{kind_of(value)} is not one of the values of '{_named(location)}'",
                did_you_mean(str(value), known, 8),
                path,
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            return Problem(
                "wrong-type", f"expected keys with values, found {kind_of(value)}", _keys_hint(location, root), path
            )
        case "tuple_type" | "list_type" | "iterable_type":
            return Problem("wrong-type", f"expected a list, found {kind_of(value)}", "put '- ' before each item", path)
        case "too_long":
            return Problem(
                "too-large",
                f"the list has {context['actual_length']} items",
                f"at most {context['max_length']} are allowed",
                path,
            )
        case "too_short":
            return Problem("bad-value", "the list is empty", "add an item or leave the key out", path)
        case "greater_than_equal":
            return Problem("bad-value", f"{kind_of(value)} is too small", f"at least {context['ge']} is allowed", path)
        case "string_pattern_mismatch":
            return Problem(
                "bad-value", f"{kind_of(value)} has not the right form", f"it must match {context['pattern']}", path
            )
        case code if code in CODES:
            return Problem(code, context["message"], context["hint"], path)
    return Problem("wrong-type", f"{kind_of(value)} does not fit here", "see docs/data-file.md", path)


def _named(location: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(location) if isinstance(step, str)), "")


def _where(location: tuple[str | int, ...]) -> str:
    parent = path_of(location[:-1])
    return f" in {parent}" if parent else ""


def _known_key(location: tuple[str | int, ...], root: type[BaseModel]) -> str:
    model = _model_at(location[:-1], root)
    known = list(model.model_fields) if model else []
    name = str(location[-1])
    synonym = SYNONYMS.get(name.casefold().replace("-", "_"))
    if synonym in known:
        return f"did you mean '{synonym}'?"
    return did_you_mean(name, known)


def _keys_hint(location: tuple[str | int, ...], root: type[BaseModel]) -> str:
    model = _model_at(location, root)
    required = [name for name, field in model.model_fields.items() if field.is_required()] if model else []
    return (
        "write " + ", ".join(f"'{name}: ...'" for name in required) + " under it"
        if required
        else "write 'key: value' under it"
    )


def _model_at(location: tuple[str | int, ...], root: type[BaseModel]) -> type[BaseModel] | None:
    model: type[BaseModel] | None = root
    for step in location:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if inspect.isclass(annotation) and typing.get_origin(annotation) is None and issubclass(annotation, BaseModel):
        return annotation
    for inner in typing.get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
