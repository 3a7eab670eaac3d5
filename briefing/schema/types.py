"""The kinds of value the data file knows.

A data file's scalars reach the models as the text that was typed; each kind here reads its own text and refuses what it cannot take.
Messages are for people; the second half of each, after `; `, says what would be right.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from briefing.schema.dates import PartialDate

LONGEST_LINE = 500
LONGEST_PROSE = 50_000
LONGEST_WORD = 1_000
LONGEST_LIST = 500
LONGEST_ID = 50

# Characters that print nothing or reorder what is read (Unicode Technical Report 36, section 3.2; Trojan Source, CVE-2021-42574).
_HIDING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\U000e0000-\U000e0fff]"
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_URL = re.compile(r"(?:https?://[^\s/?#@:\\]+\.?[^\s\\]*|mailto:[^\s@\\]+@[^\s@\\]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*")


class Model(BaseModel):
    """What every model of the data file has in common: no unknown keys, no change after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


def refuse(code: str, message: str, hint: str) -> NoReturn:
    """Raise the fault `code` in pydantic's own form, to be turned into a `Problem` where the place is known."""
    raise PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _hidden(value: str) -> str | None:
    for character in value:
        category = unicodedata.category(character)
        if (category in ("Cc", "Cs", "Cn", "Co") and character not in "\n\t") or _HIDING.match(character):
            return character
    return None


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        refuse(
            "wrong-type",
            f"expected text, found {kind_of(value)}",
            "write the text itself, in quotation marks where needed",
        )
    bad = _hidden(value)
    if bad is not None:
        name = unicodedata.name(bad, "a control character")
        refuse("bad-text", f"the character U+{ord(bad):04X} ({name}) cannot be shown on a page", "delete it")
    cleaned = unicodedata.normalize("NFC", value).strip()
    if not cleaned:
        refuse("bad-value", "the text is empty", "write something or leave the key out")
    if len(cleaned) > longest:
        refuse("too-large", f"the text has {len(cleaned)} characters", f"at most {longest} are allowed here")
    if any(len(word) > LONGEST_WORD for word in cleaned.split()):
        refuse("too-large", f"a word is longer than {LONGEST_WORD} letters", "break it up")
    return cleaned


def _line(value: Any) -> str:
    cleaned = _text(value, LONGEST_LINE)
    if "\n" in cleaned:
        refuse("bad-value", "expected one line, found several", "join the lines")
    return " ".join(cleaned.split(" "))


def _identifier(value: Any) -> str:
    cleaned = _line(value)
    if not _ID.fullmatch(cleaned) or len(cleaned) > LONGEST_ID:
        refuse(
            "bad-id",
            f"'{cleaned}' cannot be an id",
            f"start with a letter, then letters, digits, '-' or '_', at most {LONGEST_ID}",
        )
    return cleaned


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.date):
        return PartialDate(value.year, value.month, value.day)
    cleaned = _line(value)
    try:
        return PartialDate.parse(cleaned)
    except ValueError as error:
        refuse("bad-date", str(error), "write 2026, 2026-03 or 2026-03-14")


def _whole_number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    cleaned = _line(value)
    if not re.fullmatch(r"-?(0|[1-9]\d{0,8})", cleaned):
        refuse("bad-value", f"'{cleaned}' is not a whole number", "write digits only, without a leading zero")
    return int(cleaned)


def _number(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    cleaned = _line(value)
    if not re.fullmatch(r"-?(0|[1-9]\d{0,11})(\.\d{1,6})?", cleaned):
        refuse("bad-value", f"'{cleaned}' is not a number", "write digits, with a full stop before decimals")
    return float(cleaned)


def _url(value: Any) -> str:
    cleaned = _line(value)
    if not _URL.fullmatch(cleaned):
        refuse("bad-url", f"'{cleaned}' is not a whole web address", "start with https://, http:// or mailto:")
    return cleaned


def _language(value: Any) -> str:
    cleaned = _line(value)
    if not _LANGUAGE.fullmatch(cleaned):
        refuse("bad-language", f"'{cleaned}' is not a language tag", "write one such as en-GB, fr or sr-Latn (BCP 47)")
    return cleaned


def _path(value: Any) -> str:
    cleaned = _line(value)
    if "\\" in cleaned or cleaned.startswith(("/", "~")) or ":" in cleaned or ".." in cleaned.split("/"):
        refuse(
            "bad-path",
            f"'{cleaned}' leads out of the brief's folder",
            "write a path below the data file, with forward slashes",
        )
    return cleaned


def _path_to_issue(value: Any) -> str:
    cleaned = _line(value)
    if "\\" in cleaned or cleaned.startswith(("/", "~")) or ":" in cleaned:
        refuse(
            "bad-path",
            f"'{cleaned}' is not a relative path",
            "write one such as ../2026-11/brief.yaml, with forward slashes",
        )
    return cleaned


def kind_of(value: Any) -> str:
    """What a value is, in words a data-file author uses."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"'{value}'"


def _string_schema(description: str, **extra: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, **extra})


Line = Annotated[
    str, BeforeValidator(_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_LINE})
]
"""One line of plain text."""

Prose = Annotated[
    str,
    BeforeValidator(lambda value: _text(value, LONGEST_PROSE)),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_PROSE}),
]
"""Text in light Markdown (CommonMark): paragraphs, lists, emphasis, strong, links and citations such as ``[@id, para 6]``."""

Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}$"}),
]
"""A stable name of one item."""

Date = Annotated[
    PartialDate,
    BeforeValidator(_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2026", "2026-03", "2026-03-14"]}
    ),
]
"""A year, a month or a day."""

WholeNumber = Annotated[int, BeforeValidator(_whole_number), Field(ge=0)]
Number = Annotated[float, BeforeValidator(_number)]
Url = Annotated[
    str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^(https?://|mailto:)"})
]
LanguageTag = Annotated[
    str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"})
]
RelativePath = Annotated[
    str, BeforeValidator(_path), WithJsonSchema({"type": "string", "pattern": r"^[^/\\~][^\\:]*$"})
]
IssuePath = Annotated[
    str, BeforeValidator(_path_to_issue), WithJsonSchema({"type": "string", "pattern": r"^[^/\\~][^\\:]*$"})
]
"""The path of another issue's data file, which may lie beside this brief's folder."""
