"""How each kind of value reads the text that was typed, and what it says of text that it cannot take.

Every reader gives back the value, or raises pydantic's form of a `Problem`: what is wrong in words for people, what would be right, and, where one
character is at fault, its offset in the cleaned text.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NoReturn

from babel import Locale
from pydantic_core import PydanticCustomError

from briefing.errors import Place, shown
from briefing.files import not_below
from briefing.limits import how_to_raise, limits
from briefing.schema.dates import PartialDate
from briefing.text.markup import LONGEST_ID as LONGEST_ID
from briefing.text.markup import is_address, is_email
from briefing.text.markup_faults import line_faults
from briefing.text.prose import Prose, QuotedWords
from briefing.unicode_forms import normalized

LONGEST_LINE = 500
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
_CELL_NUMBER = re.compile(r"[+−-]?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)


def refuse(code: str, message: str, hint: str, offset: int | None = None, place: Place | None = None) -> NoReturn:
    """Raise the fault `code` in pydantic's own form, to be turned into a `Problem`, where its place is known if it is not given."""
    context = {"message": message, "hint": hint, "offset": offset, "place": place}
    raise PydanticCustomError(code, "{message}", context)


def _hidden(value: str) -> int | None:
    """The index of the first character that does not show what it does."""
    if not any(map(_hides, set(value))):
        return None
    return next(index for index, character in enumerate(value) if _hides(character))


@lru_cache(maxsize=4096)
def _hides(character: str) -> bool:
    control = unicodedata.category(character) in ("Cc", "Cs", "Co") and character not in "\n\t"
    return control or _HIDING.match(character) is not None


def read_text(value: Any, longest: int, limit: str = "") -> str:
    """Text in NFC without white space around it, of at most `longest` characters, in which every character shows.

    `limit` names the limit that says how long, where one does.
    """
    if not isinstance(value, str):
        hint = "write the text itself, in quotation marks where needed"
        refuse("wrong-type", f"expected text, found {kind_of(value)}", hint)
    cleaned = normalized(value).strip()
    bad = _hidden(cleaned)
    if bad is not None:
        category = unicodedata.category(cleaned[bad])
        unnamed = {"Cc": "a control character", "Co": "a character for private use", "Cs": "half a character"}
        name = unicodedata.name(cleaned[bad], unnamed.get(category, "no character"))
        what = f"the character U+{ord(cleaned[bad]):04X} ({name}) cannot be shown on a page"
        refuse("bad-text", what, "delete it", bad)
    if not cleaned:
        refuse("bad-value", "the text is empty", "write something or leave the key out")
    if len(cleaned) > longest:
        hint = how_to_raise(limit) if limit else f"at most {longest} are allowed here"
        refuse("too-large", f"the text has {len(cleaned)} characters", hint)
    long = re.search(rf"\S{{{LONGEST_WORD + 1},}}", cleaned)
    if long:
        refuse("too-large", f"a word is longer than {LONGEST_WORD} letters", "break it up", long.start())
    return cleaned


def read_list(value: Any) -> Any:
    """A list with no more items than are accepted, before any of them is looked at."""
    if isinstance(value, (list, tuple)) and len(value) > limits().list_items:
        refuse("too-large", f"the list has {len(value)} items", how_to_raise("list_items"))
    return value


def read_prose(value: Any) -> Prose:
    """Text in light Markdown, with no more brackets than can be read in good time."""
    return Prose(_read_marked(value))


def read_cell(value: Any) -> Prose | None:
    """The text of a cell, None for an empty one."""
    return None if value is None or (isinstance(value, str) and not value.strip()) else read_prose(value)


def read_quoted_words(value: Any) -> QuotedWords:
    """The words of a quote, likewise."""
    return QuotedWords(_read_marked(value))


def _refuse_cut(value: Any) -> None:
    """Refuse text that ends where YAML took what its writer may have meant as text for a comment (YAML 1.2.2, 6.6)."""
    if lost := getattr(value, "lost", ""):
        hint = "put the text between quotation marks, and a comment on a line of its own"
        what = f"' #' begins a comment here, so that the text ends before it, and '{shown(lost)}' is lost"
        refuse("cut-text", what, hint, place=value.lost_at)


def _read_marked(value: Any) -> str:
    """Text as it was typed: a folded block with its lines, so that lists and paragraphs in it are what they look like."""
    _refuse_cut(value)
    cleaned = read_text(getattr(value, "lines", "") or value, limits().text_characters, "text_characters")
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
    _refuse_cut(value)
    cleaned = read_line(value)
    for fault in line_faults(cleaned):
        refuse(fault.code, fault.message, fault.hint, fault.offset)
    return cleaned


def _line_that(fits: Callable[[str], object], code: str, what: str, hint: str) -> Callable[[Any], str]:
    """A reader of one line that `fits` must say yes to."""

    def read(value: Any) -> str:
        cleaned = read_line(value)
        if not fits(cleaned):
            bare = cleaned.strip("“”„«»‘’")
            meant = next((each for each in (bare, f"https://{cleaned}") if "." in each and fits(each)), "") or bare
            refuse(code, f"{kind_of(cleaned)} {what}", f"write {meant}" if meant != cleaned and fits(meant) else hint)
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
        meant = " or ".join(dict.fromkeys(map(str, dates_meant(cleaned))))
        refuse("bad-date", str(error), f"write {meant or '2026, 2026-03 or 2026-03-14'}")


_MONTHS = (
    "jan(?:uary|uar|vier)?|jänner",
    "feb(?:ruary|ruar)?|févr(?:ier)?",
    "mar(?:ch|s)?|märz",
    "apr(?:il)?|avr(?:il)?",
    "may|mai",
    "jun[ei]?|juin",
    "jul[yi]?|juil(?:let)?",
    "aug(?:ust)?|août",
    "sept?(?:ember|embre)?",
    "o[ck]t(?:ober|obre)?",
    "nov(?:ember|embre)?",
    "de[cz](?:ember)?|déc(?:embre)?",
)
_IN_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)? )?([^\W\d]+)\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})")
_IN_FIGURES = re.compile(r"(\d{1,4})[./-](\d{1,2})(?:[./-](\d{1,4}))?")


def dates_meant(text: str) -> Iterator[PartialDate]:
    """The dates that `text` can mean, written in words (English, German, French) or in figures, the day before the month first."""
    cleaned = " ".join(text.strip("“”\"'").casefold().split())
    parts: list[tuple[Any, Any, Any]] = []
    if match := _IN_WORDS.fullmatch(cleaned):
        month = next((number for number, names in enumerate(_MONTHS, 1) if re.fullmatch(names, match[2])), 13)
        parts = [(match[4], month, match[1] or match[3])]
    elif match := _IN_FIGURES.fullmatch(cleaned):
        first, second, third = match.groups()
        day_first = [(third, second, first), (third, first, second)] if third else [(second, first, None)]
        parts = [(first, second, third)] if len(first) == 4 else day_first
    for year, month, day in parts:
        written = "-".join(str(part).zfill(2) for part in (year, month, day) if part)
        with contextlib.suppress(ValueError):
            yield PartialDate.parse(written)


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


def is_plain_number(text: str) -> bool:
    """Whether a cell of a table holds a number alone, written in digits: its sign, and separators, are set in the brief's language."""
    return _CELL_NUMBER.fullmatch(text) is not None


def read_yes_or_no(value: Any) -> bool:
    """True or false; yes and no mean the same."""
    if isinstance(value, bool):
        return value
    said = read_line(value).casefold()
    if said not in ("true", "yes", "false", "no"):
        refuse("bad-value", f"{kind_of(said)} is neither true nor false", "write true or false")
    return said in ("true", "yes")


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
        names = {name.casefold(): tag for tag, name in Locale("en").languages.items()}
        named = names.get(cleaned.casefold())
        hint = f"did you mean '{named}'?" if named else "write one such as en-GB, fr or sr-Latn (BCP 47)"
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


def content_id(text: str) -> str:
    """An id made from `text`: its first words in plain letters, and six hexadecimal digits of its SHA-256."""
    folded = normalized(text.casefold(), "NFKD").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", folded)[:4]
    digits = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]
    slug = "-".join(words)[: LONGEST_ID - 10].strip("-")
    return f"{slug}-{digits}" if slug[:1].isalpha() else f"i-{slug}-{digits}".replace("--", "-")
