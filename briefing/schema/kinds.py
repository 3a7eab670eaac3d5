"""What a kind of section is: where its items stand in the data file, which of their keys say what, and what becomes of them.

A kind stands in the annotation of its key in `briefing.schema.brief.Brief` and nowhere else. Whatever treats kinds alike goes over
`briefing.schema.brief.KINDS`; how a kind is composed is attached in `briefing.compose.composers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.schema.types import BODY, Choice, Holds
from briefing.text.prose import Prose, QuotedWords

OF_ALL = ("id", "priority", "marking")
"""The keys that items of all kinds have; they say nothing that is printed."""
_KEY = re.compile(r"\{(\w+)\}")


class Column(Struct, frozen=True):
    """How a key of an item is printed where a kind is a table; stands in the key's annotation."""

    share: float
    """Its part of the width, against those of the other columns."""
    label: str = ""
    """The label at its head, where that is not the one of the key's name."""
    empty: str = ""
    """The label that stands where an item has no value. A column without it is left out when no item fills it."""
    key: str = ""
    """The key it prints; filled in from the item's model."""


class Detail(Struct, frozen=True):
    """How a key of an item is printed below another one, in that one's cell; stands in the key's annotation.

    With a `label`, which names one, it is a line in small type that the label leads; without, a text is set as the cell's own text is.
    """

    under: str
    """The key of the column that it stands in."""
    label: str = ""
    key: str = ""
    """The key it prints; filled in from the item's model."""


class SectionKind(Struct, frozen=True):
    """One kind of section: a text, a list of texts, or a list of items.

    A kind whose items' keys have a `Column` is printed as a table of these columns, and needs no more than its declaration and its labels: the
    heading (the kind's `key`), the caption (`<key>_table`), the heads of its columns, and `changed_<word>` over its changes.
    """

    word: str
    """What one item is called: in ids (``question-dam``), in JSON and in messages."""
    plural: str = ""
    """What its items are called in English messages, where that is not the key."""
    main: str = ""
    """The key of the text that an item is known by; the first one after `id` when left out."""
    named: str = ""
    """The key of what an item is called, where that is not `main`."""
    made_from: str = ""
    """What an id is made from, with ``{keys}``; `main` when left out."""
    moves: str = ""
    """The key of a judgement, whose change is told as a move from one value to the other."""
    until: str = ""
    """The key of the date after which an item does not go into the next issue."""
    once: bool = False
    """Whether it belongs to one issue alone, so that nothing of it goes into the next."""
    opening: bool = False
    """Whether it stands before what changed since the last issue."""
    numbered: bool = False
    """Whether a table says of each item which it is, as references to it do: ``Option 2``."""
    rank: int = 3
    """Where its changes are told among those of other kinds, from 1; 0 for a single text, which is told of with the title."""
    fixed: bool = True
    """Whether the section has a place of its own, which others may follow with `after`."""
    also: tuple[str, ...] = ()
    """What people write for the key."""
    offered: tuple[str, ...] = ()
    """The keys that an editor fills in when an item is begun; those of the columns when left out."""
    key: str = ""
    """The key in the data file; this and what follows is filled in from the models."""
    item: type[BaseModel] | None = None
    """The model of one item; None where the section is a text or a list of texts."""
    texts: tuple[str, ...] = ()
    """The keys of an item that hold text in light Markdown."""
    columns: tuple[Column, ...] = ()
    """The columns of its table; none for a kind that is composed in another way."""
    details: tuple[Detail, ...] = ()
    """What is printed below the columns' own values."""

    @property
    def heading(self) -> str:
        """What its items are called, in English, as a heading."""
        return (self.plural or self.key).replace("_", " ").capitalize()

    def has(self, key: str) -> bool:
        """Whether an item has the key `key`."""
        return self.item is not None and key in self.item.model_fields

    def choice(self, key: str) -> type[Choice] | None:
        """The words that an item's `key` takes, None where it takes others."""
        parts = _parts(self.item.model_fields[key].annotation) if self.item else ()
        return next((part for part in parts if isinstance(part, type) and issubclass(part, Choice)), None)

    def items(self, brief: BaseModel) -> tuple[Any, ...]:
        """The items of `brief`; none where the section is a text or a list of texts."""
        return getattr(brief, self.key) if self.item else ()

    def placed(self, brief: BaseModel) -> Iterator[tuple[str, Any]]:
        """Every item with its path, one that holds others of its kind before these: ``sections[0]``, ``sections[0].sections[1]``."""
        yield from self._placed(self.items(brief), self.key)

    def _placed(self, items: tuple[Any, ...], above: str) -> Iterator[tuple[str, Any]]:
        for index, item in enumerate(items):
            path = f"{above}[{index}]"
            yield path, item
            if self.has(self.key):
                yield from self._placed(getattr(item, self.key), f"{path}.{self.key}")

    def shown_in(self, column: Column, item: BaseModel) -> bool:
        """Whether `item` has anything to print in that column."""
        keys = (column.key, *(detail.key for detail in self.details if detail.under == column.key))
        return any(getattr(item, key) for key in keys)

    def id_words(self, item: BaseModel) -> str:
        """The words that the id of an item without one is made from, as typed."""
        return _KEY.sub(lambda key: str(getattr(item, key[1])), self.made_from or f"{{{self.main}}}")

    def name_of(self, item: BaseModel) -> str:
        """What `item` is called."""
        value = getattr(item, self.named or self.main)
        return "" if value is None else value.plain if isinstance(value, (Prose, QuotedWords)) else str(value)


def kinds_in(model: type[BaseModel]) -> tuple[SectionKind, ...]:
    """The kinds that stand in the annotations of `model`, in the order of its keys, each with what its item's model says."""
    return tuple(
        _filled(kind, name, item_of(field))
        for name, field in model.model_fields.items()
        for kind in field.metadata
        if isinstance(kind, SectionKind)
    )


def _filled(kind: SectionKind, key: str, item: type[BaseModel] | None) -> SectionKind:
    if item is None:
        return replace(kind, key=key)
    marked = [(name, mark) for name, field in item.model_fields.items() for mark in field.metadata]
    columns = tuple(
        replace(mark, key=name, label=mark.label or name) for name, mark in marked if isinstance(mark, Column)
    )
    return replace(
        kind,
        key=key,
        item=item,
        main=kind.main or next(name for name in item.model_fields if name not in OF_ALL),
        texts=tuple(name for name, field in item.model_fields.items() if holds_text(field)),
        columns=columns,
        details=tuple(replace(mark, key=name) for name, mark in marked if isinstance(mark, Detail)),
        offered=kind.offered or tuple(column.key for column in columns),
    )


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that `annotation` names, alone, in a list or as one of several, and those of keys that may stand for a text."""
    for part in _parts(annotation):
        if isinstance(part, type) and get_origin(part) is None and issubclass(part, BaseModel):
            yield part
        elif isinstance(part, Holds) and part.keys_of is not None:
            yield part.keys_of


def item_of(field: FieldInfo) -> type[BaseModel] | None:
    """The model of the items of the list that the key holds; None where it holds no list, or one of texts or lines."""
    return next(models_in(field.annotation), None) if is_list(field) and not holds_text(field) else None


def is_list(field: FieldInfo) -> bool:
    """Whether the key holds a list."""
    return get_origin(field.annotation) is tuple


def holds_text(field: FieldInfo) -> bool:
    """Whether the key holds text in light Markdown, or a list of such; the words of a quote are none."""
    return Prose in _parts(field.annotation)


def holds_body(field: FieldInfo) -> bool:
    """Whether the key holds text that may have sub-headings and tables."""
    return BODY in (*field.metadata, *_parts(field.annotation))


def _parts(annotation: Any) -> Iterator[Any]:
    """The types in an annotation and what stands beside them, however deep."""
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
