"""What kind of value stands at a path of the data, from the models of the schema: so that a new key needs no line here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.compose.wording import Wording
from briefing.pull.light_markdown import Grammar
from briefing.schema import PartialDate
from briefing.schema.brief import Brief
from briefing.schema.kinds import is_list, item_of, models_in
from briefing.schema.readers import dates_meant, is_plain_number
from briefing.schema.types import Amount, Choice, Holds
from briefing.text.prose import Prose, QuotedWords

_AMOUNT = next(each for each in get_args(Amount) if isinstance(each, Holds))
_PLACE = re.compile(r"\[\d+\]")


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


class ValueKind(Struct, frozen=True):
    """How the value at a path is written: its grammar; whether it is a date or one of the words of `choice`; whether it may be left out."""

    grammar: Grammar = Grammar.LINE
    is_date: bool = False
    choice: type[Choice] | None = None
    is_optional: bool = False
    is_known: bool = True
    is_line: bool = False
    """Whether it is one line of text, a date or a word, and no list, number or truth value."""
    is_amount: bool = False
    """Whether it is a line that is printed as readers write numbers, where it is one."""

    @property
    def is_text(self) -> bool:
        """Whether it may have several paragraphs."""
        return self.grammar is not Grammar.LINE

    @property
    def is_typed(self) -> bool:
        """Whether it is typed as one text, and not a list, a number, a truth value or what the program works out."""
        return self.is_line or self.is_text

    def shown(self, typed: str, wording: Wording) -> str:
        """The value as it is printed."""
        if self.is_date:
            try:
                return wording.date(PartialDate.parse(typed))
            except ValueError:
                return typed
        if self.is_amount and is_plain_number(typed):
            return wording.figure(typed)
        if self.choice is not None and typed in {each.value for each in self.choice}:
            return wording.labels.get(typed, typed)
        return typed

    def typed(self, shown: str, wording: Wording) -> str | None:
        """The value that is printed so; None where none is."""
        printed = " ".join(shown.split()).strip()
        if self.is_date:
            found = [date for date in dates_meant(printed) if " ".join(wording.date(date).split()) == printed]
            found = found or list(dates_meant(printed))
            return str(found[0]) if len(set(map(str, found))) == 1 else None
        if self.choice is not None:
            words = {wording.labels.get(each.value, each.value).casefold(): each.value for each in self.choice}
            bare = re.sub(r"^[^\w]+", "", printed).casefold()
            return words.get(bare) or next((each.value for each in self.choice if each.value == bare), None)
        return (self.is_amount and wording.figure_typed(printed)) or printed


@lru_cache(maxsize=4_000)
def kind_of(path: str) -> ValueKind:
    """The kind of the value at a path; that of a line for one that the schema does not know."""
    return _kind(_PLACE.sub("[]", path))


@lru_cache(maxsize=1_000)
def _kind(path: str) -> ValueKind:
    fields = list(_fields(path))
    if not fields:
        return ValueKind(is_known=False)
    parts = [part for field in fields for part in (*field.metadata, *_parts(field.annotation))]
    grammar = Grammar.PROSE if Prose in parts else Grammar.QUOTE if QuotedWords in parts else Grammar.LINE
    choice = next((part for part in parts if isinstance(part, type) and issubclass(part, Choice)), None)
    optional = not path.endswith("]") and not any(field.is_required() for field in fields)
    is_line = (
        (str in parts and not any(each in parts for each in (bool, float, int)))
        or PartialDate in parts
        or choice is not None
    )
    is_line = is_line and grammar is Grammar.LINE and not any(map(is_list, fields))
    is_date, is_amount = PartialDate in parts and grammar is Grammar.LINE, _AMOUNT in parts
    return ValueKind(grammar, is_date, choice, optional, is_line=is_line, is_amount=is_amount)


def _fields(path: str) -> Iterator[FieldInfo]:
    """The fields of the models that the last key of the path may be."""
    models: list[type[BaseModel]] = [Brief]
    *above, last = ["", *(step for step in path.replace("[]", "").split(".") if step)]
    above = above[1:]
    if not last:
        return
    for name in above:
        fields = [model.model_fields[name] for model in models if name in model.model_fields]
        models = [inner for field in fields for inner in models_in(field.annotation)]
    for model in models:
        if last in model.model_fields:
            yield model.model_fields[last]


@lru_cache(maxsize=200)
def item_model(path: str) -> type[BaseModel] | None:
    """The model of the items of the list at `path`; None where they are texts or lines."""
    fields = list(_fields(_PLACE.sub("", path)))
    return next((model for field in fields if (model := item_of(field)) is not None), None)


def required_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that an item must have."""
    return tuple(name for name, field in model.model_fields.items() if field.is_required())
