"""How each kind of value reads the text that was typed, and what it says of text that it cannot take.

Every reader gives back the value, or raises pydantic's form of a `Problem`: what is wrong in words for people, what would be right, and, where one
character is at fault, its offset in the cleaned text.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NoReturn

from pydantic_core import PydanticCustomError

from briefing.errors import shown
from briefing.files import not_below
from briefing.schema.dates import PartialDate
from briefing.text.markup import LONGEST_ID as LONGEST_ID
from briefing.text.markup import is_address, is_email
from briefing.text.markup_faults import line_faults
from briefing.text.prose import Prose, QuotedWords

LONGEST_LINE = 500
LONGEST_PROSE = 50_000
LONGEST_WORD = 1_000
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
IDENTIFIER = re.compile(rf"[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}")
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)


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


def read_text(value: Any, longest: int) -> str:
    """Text in NFC without white space around it, of at most `longest` characters, in which every character shows."""
    if not isinstance(value, str):
        hint = "write the text itself, in quotation marks where needed"
        refuse("wrong-type", f"expected text, found {kind_of(value)}", hint)
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


def read_prose(value: Any) -> Prose:
    """Text in light Markdown, with no more brackets than can be read in good time."""
    return Prose(_read_marked(value))


def read_quoted_words(value: Any) -> QuotedWords:
    """The words of a quote, likewise."""
    return QuotedWords(_read_marked(value))


def _read_marked(value: Any) -> str:
    cleaned = read_text(value, LONGEST_PROSE)
    for pattern, most, what in ((r"\[(?!@)", MOST_BRACKETS, "opening brackets"), (r"\[@", MOST_CITATIONS, "citations")):
        count = len(re.findall(pattern, cleaned))
        if count > most:
            refuse("too-large", f"the text has {count} {what}", f"at most {most} are allowed in one text")
    return cleaned


def read_line(value: Any) -> str:
    """One line of text, its white space run together."""
    cleaned = read_text(value, LONGEST_LINE)
    if "\n" in cleaned:
        refuse("bad-value", "expected one line, found several", "join the lines")
    return re.sub(r"[ \t]+", " ", cleaned)


def read_plain_line(value: Any) -> str:
    """One line of text in which nothing looks like markup, since it is printed as it is."""
    cleaned = read_line(value)
    for fault in line_faults(cleaned):
        refuse(fault.code, fault.message, fault.hint, fault.offset)
    return cleaned


def _line_that(fits: Callable[[str], object], code: str, what: str, hint: str) -> Callable[[Any], str]:
    """A reader of one line that `fits` must say yes to."""

    def read(value: Any) -> str:
        cleaned = read_line(value)
        if not fits(cleaned):
            refuse(code, f"{kind_of(cleaned)} {what}", hint)
        return cleaned

    return read


read_identifier = _line_that(
    IDENTIFIER.fullmatch,
    "bad-id",
    "cannot be an id",
    f"start with a letter, then letters, digits, '-' or '_', at most {LONGEST_ID}",
)
"""A stable name of one item."""


def read_date(value: Any) -> PartialDate:
    """A year, a month or a day."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.date):
        return PartialDate(value.year, value.month, value.day)
    cleaned = read_line(value)
    try:
        return PartialDate.parse(cleaned)
    except ValueError as error:
        refuse("bad-date", str(error), "write 2026, 2026-03 or 2026-03-14")


_read_digits = _line_that(
    WHOLE_NUMBER.fullmatch, "bad-value", "is not a whole number", "write digits only, without a leading zero"
)
_read_decimal = _line_that(
    NUMBER.fullmatch, "bad-value", "is not a number", "write digits, with a full stop before decimals"
)


def read_whole_number(value: Any) -> int:
    """A number of at most nine digits, zero or more."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    digits = _read_digits(value)
    if digits.startswith("-"):
        refuse("bad-value", f"'{digits}' is too small", "at least 0 is allowed")
    return int(digits)


def read_number(value: Any) -> float:
    """A number of at most twelve digits and six decimals."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return float(_read_decimal(value))


read_url = _line_that(
    is_address,
    "bad-url",
    "is not a whole address",
    "write one that starts with https://, http:// or mailto:, without spaces or a password",
)
"""A whole http, https or mailto address."""
read_email = _line_that(is_email, "bad-url", "is not an e-mail address", "write it like name@example.org")


def read_language(value: Any) -> str:
    """A language tag, in the case that BCP 47 recommends."""
    cleaned = read_line(value)
    match = LANGUAGE.fullmatch(cleaned)
    if match is None:
        hint = "write one such as en-GB, fr or sr-Latn (BCP 47)"
        refuse("bad-language", f"{kind_of(cleaned)} is not a language tag", hint)
    # RFC 5646, 2.1.1: letters of either case mean the same; this is how they are written.
    parts = (match["language"].lower(), (match["script"] or "").title(), (match["region"] or "").upper())
    return "-".join(filter(None, parts)) + match["variants"].lower()


def read_path(value: Any, *, may_climb: bool = False) -> str:
    """A path that stays below the data file's folder, or that `may_climb` out of it."""
    cleaned = read_line(value)
    fault = not_below(cleaned, may_climb=may_climb)
    if fault is not None:
        refuse("bad-path", f"{kind_of(cleaned)} {fault[0]}", fault[1])
    return cleaned


def read_path_to_issue(value: Any) -> str:
    """The relative path of another issue's data file, which may lie beside the folder, such as ``../2026-11/brief.yaml``."""
    return read_path(value, may_climb=True)


read_fingerprint = _line_that(
    re.compile("[0-9a-fA-F]{64}").fullmatch,
    "bad-value",
    "is not a SHA-256 of 64 hexadecimal digits",
    "write what sha256sum prints of the file, or leave the key out",
)


def kind_of(value: Any) -> str:
    """What a value is, in words a data-file author uses."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"'{shown(str(value))}'"
