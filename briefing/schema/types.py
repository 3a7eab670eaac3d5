"""The kinds of value the data file knows: how each is read, what editors are told of it, and what the reference calls it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Self

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import core_schema

from briefing.limits import Limits
from briefing.schema import readers
from briefing.schema.dates import PartialDate
from briefing.schema.readers import IDENTIFIER, LANGUAGE, LONGEST_LINE, NUMBER
from briefing.text import prose

LONGEST_LIST = Limits().list_items

_LANGUAGE_PATTERN = re.sub(r"\?P<\w+>", "?:", LANGUAGE.pattern)


class Holds(Struct, frozen=True):
    """What a kind of value is called in the reference of the data file."""

    name: str
    keys_of: type[BaseModel] | None = None
    """The model of the keys that may be typed in its place, where the value read is none of that model."""


TEXT = Holds("text")
"""Marks a value that is light Markdown."""


class Choice(StrEnum):
    """One of a few words, each with what it means."""

    _value_: str
    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """A member from its word and what it means."""
        member = str.__new__(cls, value)
        member._value_, member.meaning = value, meaning
        return member


class ListOfMany:
    """Marks a list that may have as many items as the limit says, which is asked for when it is read."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Whatever the list holds, after it was counted."""
        held: Any = handler(source)
        return core_schema.no_info_before_validator_function(readers.read_list, {**held, "strict": False})

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors are told the built-in limit."""
        return {**handler(schema), "maxItems": LONGEST_LIST}


MANY = ListOfMany()


class Model(BaseModel):
    """What every model of the data file has in common: no unknown keys, no change after reading."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        defer_build=True,  # what is never asked need not be made ready
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_nothing(cls, values: Any) -> Any:
        """A known key without a value is as if it were not there."""
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value is not None or key not in cls.model_fields}


NOTE_TO_EDITOR = "note_to_editor"
"""The key of what the writer tells the editor. It is printed nowhere, and so it is no change of the brief's."""


# The JSON Schemas take what an editor's YAML reader makes a number or a truth value of, where the program reads the text that was typed: an editor
# must not mark `title: 2022` as wrong.
_ANY_SCALAR = ["string", "number", "boolean"]


def _string(**keywords: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **keywords})


Line = Annotated[
    str,
    BeforeValidator(readers.read_plain_line),
    WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1, "maxLength": LONGEST_LINE}),
    Holds("one line"),
]
"""One line of plain text."""

AS_TYPED = PlainSerializer(str, return_type=str)
LONGEST_PROSE = Limits().text_characters
_TEXT_SCHEMA = WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1, "maxLength": LONGEST_PROSE})

Prose = Annotated[prose.Prose, BeforeValidator(readers.read_prose), AS_TYPED, _TEXT_SCHEMA, TEXT]
"""Text in light Markdown (CommonMark): paragraphs, lists, emphasis, strong, links and citations such as ``[@id, para 6]``."""

BODY = "body"
"""Marks a text that may have sub-headings and tables."""
Body = Annotated[Prose, BODY]
"""What stands under a heading of its own: text in light Markdown that may have sub-headings (``##``, ``###``) and tables, too."""

CellText = Annotated[
    prose.Prose | None,
    BeforeValidator(readers.read_cell),
    PlainSerializer(lambda text: "" if text is None else str(text), return_type=str),
    WithJsonSchema({"type": [*_ANY_SCALAR, "null"], "maxLength": LONGEST_PROSE}),
    TEXT,
]
"""What stands in a cell of a table: text in light Markdown, or nothing."""

QuotedWords = Annotated[prose.QuotedWords, BeforeValidator(readers.read_quoted_words), AS_TYPED, _TEXT_SCHEMA, TEXT]
"""Somebody's words: paragraphs, emphasis and strong."""

Identifier = Annotated[
    str, BeforeValidator(readers.read_identifier), _string(pattern=f"^{IDENTIFIER.pattern}$"), Holds("id")
]
"""A stable name of one item."""

Date = Annotated[
    PartialDate,
    BeforeValidator(readers.read_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            "minimum": 1,
            "maximum": 9999,
            "examples": ["2026", "2026-03", "2026-03-14"],
        }
    ),
    Holds("date"),
]
"""A year, a month or a day."""

WholeNumber = Annotated[
    int,
    BeforeValidator(readers.read_whole_number),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": "^(0|[1-9][0-9]{0,8})$"}),
    Holds("whole number"),
]
"""Zero or more."""

Number = Annotated[
    float,
    BeforeValidator(readers.read_number),
    WithJsonSchema({"type": ["number", "string"], "pattern": rf"^{NUMBER.pattern}$"}),
    Holds("number"),
]
YesOrNo = Annotated[
    bool,
    BeforeValidator(readers.read_yes_or_no),
    WithJsonSchema({"type": ["boolean", "string"], "enum": [True, False, "true", "false", "yes", "no"]}),
    Holds("`true` or `false`"),
]
Amount = Annotated[
    str,
    BeforeValidator(readers.read_plain_line),
    WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1, "maxLength": LONGEST_LINE}),
    Holds("number or one line"),
]
Url = Annotated[
    str,
    BeforeValidator(readers.read_url),
    _string(format="uri", pattern="^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"),
    Holds("address"),
]
Email = Annotated[
    str, BeforeValidator(readers.read_email), _string(pattern=r"^[^\s@]+@[^\s@]+$"), Holds("e-mail address")
]
LanguageTag = Annotated[
    str,
    BeforeValidator(readers.read_language),
    _string(pattern=f"^{_LANGUAGE_PATTERN}$", examples=["en-GB", "fr", "sr-Latn"]),
    Holds("language tag"),
]
RelativePath = Annotated[str, BeforeValidator(readers.read_path), _string(pattern=r"^[^/\\~:][^\\:]*$"), Holds("path")]
IssuePath = Annotated[
    str, BeforeValidator(readers.read_path_to_issue), _string(pattern=r"^[^/\\~:][^\\:]*$"), Holds("path")
]
"""The path of another issue's data file, which may lie beside this brief's folder."""

Fingerprint = Annotated[
    str,
    BeforeValidator(readers.read_fingerprint),
    AfterValidator(str.lower),
    _string(pattern="^[0-9a-f]{64}$"),
    Holds("64 hexadecimal digits"),
]
"""A SHA-256."""
