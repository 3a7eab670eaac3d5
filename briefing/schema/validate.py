"""Values to a Brief, with every fault in words that a person who writes data files understands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from briefing.codes import CODES
from briefing.errors import MOST_FAULTS, DataError, Problem, did_you_mean, shown
from briefing.schema.brief import KINDS, Brief
from briefing.schema.kinds import models_in
from briefing.schema.readers import kind_of

_MAIN = tuple(key for kind in KINDS for key in kind.texts[:1])

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    **{name: (kind.key,) for kind in KINDS for name in kind.also},
    "name": ("title", "speaker", "label"),
    "title": ("name", "caption"),
    "heading": ("title",),
    "lang": ("language",),
    "author": ("authors",),
    "publication_date": ("published",),
    "link": ("url",),
    "file": ("text", "image"),
    "body": ("text", *_MAIN),
    "text": _MAIN,
    "description": _MAIN,
    "who": ("speaker", "name"),
    "when": ("date",),
    "org": ("organisation",),
    "organization": ("organisation",),
    "page": ("locator",),
    "translator": ("translated_by",),
    "classification": ("marking", "handling"),
}
"""What people write for a key, where spelling alone would not lead to it; the first that the mapping has is meant."""

_MEANT: Mapping[str, tuple[str, ...]] = {
    "opposed": (
        "against",
        "anti",
        "con",
        "contra",
        "no",
        "opposes",
        "oppose",
        "opposing",
        "negative",
        "critical",
        "hostile",
    ),
    "supportive": (
        "for",
        "pro",
        "in_favour",
        "in_favor",
        "favour",
        "favourable",
        "yes",
        "supports",
        "support",
        "supporting",
        "positive",
    ),
    "strongly_opposed": ("strongly_against", "very_opposed"),
    "strongly_supportive": ("strongly_for", "strongly_in_favour", "very_supportive"),
    "mixed": ("divided", "split", "ambivalent", "both"),
    "undecided": ("unsure", "open", "wavering", "tbc", "tbd"),
    "unknown": ("not_known", "?", "n/a"),
    "moderate": ("medium", "middling", "fair"),
    "medium": ("moderate", "middling", "some"),
    "high": ("very_high", "strong", "large"),
    "low": ("very_low", "weak", "small", "none"),
    "answered": ("closed", "resolved", "done", "solved", "complete"),
    "dropped": ("withdrawn", "cancelled", "canceled", "moot"),
    "primary": ("first_hand", "original", "official"),
    "secondary": ("press", "media", "news", "newspaper", "second_hand"),
    "hearsay": ("third_hand", "rumour", "rumor"),
}
"""What people write for a word of the data file, where spelling alone would not lead to it."""

Kind = TypeVar("Kind", bound=BaseModel)

_PLAIN_KEY = re.compile(r"[^.\[\]\"]+")


def validate(values: Mapping[str, Any]) -> Brief:
    """The brief that `values` hold. Raises `DataError` with every fault, each with the path of its value."""
    return validate_as(Brief, values)


def validate_as(model: type[Kind], values: Mapping[str, Any]) -> Kind:
    """The `model` that `values` hold. Raises `DataError` with every fault, each with the path of its value."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(detail, model, values) for detail in details[:MOST_FAULTS]]
        if len(details) > MOST_FAULTS:
            what = f"there are {len(details) - MOST_FAULTS} more faults"
            problems.append(Problem("too-large", what, "mend these first", problems[-1].data_path))
        raise DataError(problems) from None


def path_of(location: Sequence[str | int]) -> str:
    """Where a value stands, as a path: ``quotes[2].text``; a key that would be misread in it stands in ``["..."]``, as in JSON."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            path += f".{step}" if path else step
        else:
            path += f"[{json.dumps(step, ensure_ascii=False)}]"
    return path


def _problem(detail: Any, root: type[BaseModel], values: Mapping[str, Any]) -> Problem:
    location = tuple(detail["loc"])
    path, value, context = path_of(location), detail["input"], detail.get("ctx", {})
    name = shown(str(location[-1])) if location else ""
    match detail["type"]:
        case "extra_forbidden":
            hint = _known_key(location, root)
            return Problem("unknown-key", f"'{name}' is not a known key{_where(location)}", hint, path)
        case "missing":
            what = "has no value" if _is_there(location, values) else "is missing"
            return Problem("missing-key", f"'{name}' {what}{_where(location)}", f"write '{name}: ...'", path)
        case "enum":
            known = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            what = f"{kind_of(value)} is not one of the values of '{_named(location)}'"
            simplified = str(value).strip("“”„«»‘’ ").casefold().replace(" ", "_").replace("-", "_")
            meant = [word for word, names in _MEANT.items() if simplified in names and word in known]
            hint = f"did you mean '{meant[0]}'?" if meant else did_you_mean(simplified, known, 8)
            return Problem("bad-value", what, hint, path)
        case "model_type" | "model_attributes_type" | "dict_type":
            what, hint = f"expected keys with values, found {kind_of(value)}", _keys_hint(location, root)
            if isinstance(value, str) and (glued := re.match(r"([a-z_]+):\S", value)):
                hint = f"put a space after the colon: '{glued[1]}: ...'"
            return Problem("wrong-type", what, hint, path)
        case "tuple_type" | "list_type" | "iterable_type":
            hint = "write a list, even of one: in YAML '- ' before each item, else [ ] around them"
            if isinstance(value, str) and re.match(r"[–—•]\s", value):
                hint = f"begin each item of the list with a hyphen and a space, '- ', not with '{value[0]}'"
            return Problem("wrong-type", f"expected a list, found {kind_of(value)}", hint, path)
        case "too_long":
            what = f"the list has {context['actual_length']} items"
            return Problem("too-large", what, f"at most {context['max_length']} are allowed", path)
        case "too_short":
            return Problem("bad-value", "the list is empty", "add an item or leave the key out", path)
        case code if code in CODES:
            place = context["place"]
            return Problem(code, context["message"], context["hint"], path, place, offset=context["offset"])
    return Problem("wrong-type", f"{kind_of(value)} does not fit here", "see docs/data-file.md", path)


def _is_there(location: Sequence[str | int], values: Any) -> bool:
    """Whether the key at `location` is in the data, although without a value."""
    for step in location[:-1]:
        inside = isinstance(values, Mapping) and step in values
        if not inside and not (isinstance(values, list | tuple) and isinstance(step, int) and step < len(values)):
            return False
        values = values[step]
    return isinstance(values, Mapping) and location[-1] in values


def _named(location: Sequence[str | int]) -> str:
    return next((step for step in reversed(location) if isinstance(step, str)), "")


def _where(location: Sequence[str | int]) -> str:
    parent = path_of(location[:-1])
    return f" in {parent}" if parent else ""


def _known_key(location: tuple[str | int, ...], root: type[BaseModel]) -> str:
    model = _model_at(location[:-1], root)
    known = list(model.model_fields) if model else []
    name = str(location[-1])
    for synonym in SYNONYMS.get(name.casefold().replace("-", "_"), ()):
        if synonym in known:
            return f"did you mean '{synonym}'?"
    return did_you_mean(name, known)


def _keys_hint(location: tuple[str | int, ...], root: type[BaseModel]) -> str:
    model = _model_at(location, root)
    required = [name for name, field in model.model_fields.items() if field.is_required()] if model else []
    keys = ", ".join(f"'{name}: ...'" for name in required) or "'key: value'"
    return f"write {keys} under it"


def _model_at(location: tuple[str | int, ...], root: type[BaseModel]) -> type[BaseModel] | None:
    model: type[BaseModel] | None = root
    for step in location:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = next(models_in(field.annotation), None) if field else None
    return model
