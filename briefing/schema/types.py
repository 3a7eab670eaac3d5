"""The kinds of value the data file knows.

A data file's scalars reach the models as the text that was typed; each kind here reads its own text and refuses what it cannot take.
Messages are for people; the second half of each, after `; `, says what would be right.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from briefing.errors import shown
from briefing.schema.addresses import is_address, is_email
from briefing.schema.dates import PartialDate

LONGEST_LINE = 500
LONGEST_PROSE = 50_000
LONGEST_WORD = 1_000
LONGEST_LIST = 500
LONGEST_ID = 50
MOST_BRACKETS = 200
"""Opening brackets in one text that begin no citation: each may open a link, so that looking for its end takes long where there are many."""
MOST_CITATIONS = 1_000

# Characters that print nothing or reorder what is read (Unicode Technical Report 36, section 3.2; Trojan Source, CVE-2021-42574), and what is no
# character. Joiners (U+200C, U+200D), direction marks (U+200E, U+200F) and variation selectors belong to how some languages are written. Letters
# that Unicode has not assigned yet are let through: which they are depends on the version of Python.
_HIDING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]"
    "|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
_LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
_LANGUAGE_PATTERN = re.sub(r"\?P<\w+>", "?:", _LANGUAGE.pattern)


@dataclass(frozen=True, slots=True)
class Holds:
    """What a kind of value is called in the reference of the data file."""

    name: str


class Model(BaseModel):
    """What every model of the data file has in common: no unknown keys, no change after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True, use_attribute_docstrings=True
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_nothing(cls, values: Any) -> Any:
        """A known key without a value is as if it were not there."""
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value is not None or key not in cls.model_fields}


def refuse(code: str, message: str, hint: str, offset: int | None = None) -> NoReturn:
    """Raise the fault `code` in pydantic's own form, to be turned into a `Problem` where the place is known."""
    raise PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "offset": offset})


def _hidden(value: str) -> int | None:
    """The index of the first character that does not show what it does."""
    for index, character in enumerate(value):
        control = unicodedata.category(character) in ("Cc", "Cs", "Co") and character not in "\n\t"
        if control or _HIDING.match(character):
            return index
    return None


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        refuse(
            "wrong-type",
            f"expected text, found {kind_of(value)}",
            "write the text itself, in quotation marks where needed",
        )
    cleaned = unicodedata.normalize("NFC", value).strip()
    bad = _hidden(cleaned)
    if bad is not None:
        name = unicodedata.name(cleaned[bad], "a control character")
        what = f"the character U+{ord(cleaned[bad]):04X} ({name}) cannot be shown on a page"
        refuse("bad-text", what, "delete it", bad)
    if not cleaned:
        refuse("bad-value", "the text is empty", "write something or leave the key out")
    if len(cleaned) > longest:
        refuse("too-large", f"the text has {len(cleaned)} characters", f"at most {longest} are allowed here")
    long = re.search(rf"\S{{{LONGEST_WORD + 1},}}", cleaned)
    if long:
        refuse("too-large", f"a word is longer than {LONGEST_WORD} letters", "break it up", long.start())
    return cleaned


def _prose(value: Any) -> str:
    cleaned = _text(value, LONGEST_PROSE)
    for pattern, most, what in ((r"\[(?!@)", MOST_BRACKETS, "opening brackets"), (r"\[@", MOST_CITATIONS, "citations")):
        count = len(re.findall(pattern, cleaned))
        if count > most:
            refuse("too-large", f"the text has {count} {what}", f"at most {most} are allowed in one text")
    return cleaned


def _line(value: Any) -> str:
    cleaned = _text(value, LONGEST_LINE)
    if "\n" in cleaned:
        refuse("bad-value", "expected one line, found several", "join the lines")
    return re.sub(r"[ \t]+", " ", cleaned)


def _identifier(value: Any) -> str:
    cleaned = _line(value)
    if not _ID.fullmatch(cleaned) or len(cleaned) > LONGEST_ID:
        refuse(
            "bad-id",
            f"{kind_of(cleaned)} cannot be an id",
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
    if _WHOLE_NUMBER.fullmatch(cleaned) and cleaned.startswith("-"):
        refuse("bad-value", f"{kind_of(cleaned)} is too small", "at least 0 is allowed")
    if not _WHOLE_NUMBER.fullmatch(cleaned):
        refuse("bad-value", f"{kind_of(cleaned)} is not a whole number", "write digits only, without a leading zero")
    return int(cleaned)


def _number(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    cleaned = _line(value)
    if not _NUMBER.fullmatch(cleaned):
        refuse("bad-value", f"{kind_of(cleaned)} is not a number", "write digits, with a full stop before decimals")
    return float(cleaned)


def _url(value: Any) -> str:
    cleaned = _line(value)
    if not is_address(cleaned):
        hint = "write one that starts with https://, http:// or mailto:, without spaces or a password"
        refuse("bad-url", f"{kind_of(cleaned)} is not a whole address", hint)
    return cleaned


def _email(value: Any) -> str:
    cleaned = _line(value)
    if not is_email(cleaned):
        refuse("bad-url", f"{kind_of(cleaned)} is not an e-mail address", "write it like name@example.org")
    return cleaned


def _language(value: Any) -> str:
    cleaned = _line(value)
    match = _LANGUAGE.fullmatch(cleaned)
    if match is None:
        hint = "write one such as en-GB, fr or sr-Latn (BCP 47)"
        refuse("bad-language", f"{kind_of(cleaned)} is not a language tag", hint)
    # RFC 5646, 2.1.1: letters of either case mean the same; this is how they are written.
    parts = (match["language"].lower(), (match["script"] or "").title(), (match["region"] or "").upper())
    return "-".join(filter(None, parts)) + match["variants"].lower()


def _path(value: Any) -> str:
    cleaned = _line(value)
    if "\\" in cleaned or cleaned.startswith(("/", "~")) or ":" in cleaned or ".." in cleaned.split("/"):
        refuse(
            "bad-path",
            f"{kind_of(cleaned)} leads out of the brief's folder",
            "write a path below the data file, with forward slashes",
        )
    return cleaned


def _path_to_issue(value: Any) -> str:
    cleaned = _line(value)
    if "\\" in cleaned or cleaned.startswith(("/", "~")) or ":" in cleaned:
        refuse(
            "bad-path",
            f"{kind_of(cleaned)} is not a relative path",
            "write one such as ../2026-11/brief.yaml, with forward slashes",
        )
    return cleaned


def _fingerprint(value: Any) -> str:
    cleaned = _line(value).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", cleaned):
        hint = "write what sha256sum prints of the file, or leave the key out"
        refuse("bad-value", f"{kind_of(cleaned)} is not a SHA-256 of 64 hexadecimal digits", hint)
    return cleaned


def kind_of(value: Any) -> str:
    """What a value is, in words a data-file author uses."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"'{shown(str(value))}'"


# The JSON Schemas take what an editor's YAML reader makes a number or a truth value of, where the program reads the text that was typed: an editor
# must not mark `title: 2022` as wrong.
_ANY_SCALAR = ["string", "number", "boolean"]


def _string(**keywords: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **keywords})


Line = Annotated[
    str,
    BeforeValidator(_line),
    WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1, "maxLength": LONGEST_LINE}),
    Holds("one line"),
]
"""One line of plain text."""

Prose = Annotated[
    str,
    BeforeValidator(_prose),
    WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1, "maxLength": LONGEST_PROSE}),
    Holds("text"),
]
"""Text in light Markdown (CommonMark): paragraphs, lists, emphasis, strong, links and citations such as ``[@id, para 6]``."""

Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    _string(pattern=f"^[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}$"),
    Holds("id"),
]
"""A stable name of one item."""

Date = Annotated[
    PartialDate,
    BeforeValidator(_date),
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
    BeforeValidator(_whole_number),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": "^(0|[1-9][0-9]{0,8})$"}),
    Holds("whole number"),
]
"""Zero or more."""

Number = Annotated[
    float,
    BeforeValidator(_number),
    WithJsonSchema({"type": ["number", "string"], "pattern": rf"^{_NUMBER.pattern}$"}),
    Holds("number"),
]
Url = Annotated[
    str,
    BeforeValidator(_url),
    _string(format="uri", pattern="^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"),
    Holds("address"),
]
Email = Annotated[str, BeforeValidator(_email), _string(pattern=r"^[^\s@]+@[^\s@]+$"), Holds("e-mail address")]
LanguageTag = Annotated[
    str,
    BeforeValidator(_language),
    _string(pattern=f"^{_LANGUAGE_PATTERN}$", examples=["en-GB", "fr", "sr-Latn"]),
    Holds("language tag"),
]
RelativePath = Annotated[str, BeforeValidator(_path), _string(pattern=r"^[^/\\~:][^\\:]*$"), Holds("path")]
IssuePath = Annotated[str, BeforeValidator(_path_to_issue), _string(pattern=r"^[^/\\~:][^\\:]*$"), Holds("path")]
"""The path of another issue's data file, which may lie beside this brief's folder."""

Fingerprint = Annotated[
    str, BeforeValidator(_fingerprint), _string(pattern="^[0-9a-f]{64}$"), Holds("64 hexadecimal digits")
]
"""A SHA-256."""
