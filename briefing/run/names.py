"""What a brief's outputs are called: a pattern's fields filled in, and the result made safe for every file system."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.errors import Problem, UsageError, did_you_mean, shown

OPTION = "--name"
LONGEST_NAME = 120
"""Bytes of UTF-8; with an ending and what is written beside it, it stays below the 255 that file systems allow."""

_SPECIFICATION = re.compile(r"0(?P<digits>[0-9]{1,2})d?|\.(?P<most>[0-9]{1,2})")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending, too.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)


class FieldError(Exception):
    """A field of the pattern that has no fitting value: its name, what is wrong and what would be right."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Part:
    """Literal characters, and the field behind them, unless they end the pattern."""

    literal: str
    field: str | None
    digits: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern such as ``{series}-{number:03}-{region}``, read and found to be well-formed."""

    text: str
    parts: tuple[_Part, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(part.field for part in self.parts if part.field is not None)

    def filled(self, values: Mapping[str, str | None]) -> str:
        """A file's name without its ending, the fields replaced by `values`. Raises `FieldError` when one of them does not fit."""
        made = "".join(part.literal + (_filled(part, values[part.field]) if part.field else "") for part in self.parts)
        name = safe_name(made)
        if not name:
            raise FieldError("", f"nothing is left of the name '{shown(made)}'", "use letters or digits in it")
        return name


def read_pattern(text: str, known: Sequence[str]) -> NamePattern:
    """The pattern, whose fields must be `known`. There is no way from a field to anything else. Raises `UsageError` with everything wrong with it."""
    problems: list[Problem] = []
    parts: list[_Part] = []
    try:
        for literal, field, specification, conversion in string.Formatter().parse(text):
            if field is None:
                parts.append(_Part(literal, None))
                continue
            match = _SPECIFICATION.fullmatch(specification or "")
            if field not in known:
                what = f"there is no field '{shown(field)}'" if field else "{} names no field"
                problems.append(_problem(what, did_you_mean(field, known) if field else "write {name}"))
            elif conversion is not None or (specification and match is None):
                what = f"the field '{shown(field)}' has a format that names cannot have"
                hint = "write {number:03} for at least three digits, {title:.20} for at most twenty characters"
                problems.append(_problem(what, hint))
            parts.append(_Part(literal, field, *_sizes(match)))
    except ValueError as error:
        problems.append(_problem(f"this is not a pattern: {error}", "write {{ and }} for braces"))
    if problems:
        raise UsageError(problems)
    return NamePattern(text, tuple(parts))


def _problem(message: str, hint: str) -> Problem:
    return Problem("bad-option", message, hint, path=OPTION)


def _sizes(match: re.Match[str] | None) -> tuple[int, int | None]:
    if match is None:
        return 0, None
    return int(match["digits"] or 0), int(match["most"]) if match["most"] else None


def _filled(part: _Part, value: str | None) -> str:
    assert part.field is not None
    if value is None or not value.strip():
        raise FieldError(part.field, f"{OPTION} needs a value for {{{part.field}}}, and there is none", "give it one")
    text = value.strip()
    if not part.digits:
        return text[: part.most]
    if not re.fullmatch("[0-9]+", text):
        what = f"'{shown(text)}' is not a whole number, which {{{part.field}:0{part.digits}}} needs"
        raise FieldError(part.field, what, f"write {{{part.field}}}")
    return text.zfill(part.digits)


def safe_name(text: str) -> str:
    """`text` as a file may be called anywhere: letters and digits of any script, ``-``, ``_`` and ``.``; anything else becomes a hyphen.

    In NFC, at most `LONGEST_NAME` bytes, not hidden, not a device of Windows; empty when nothing is left.
    """
    # What is invisible would make names that look the same.
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    plain = "".join(each if unicodedata.category(each)[0] in "LMN" or each in "-_." else "-" for each in seen)
    tidy = re.sub(r"\.{2,}", ".", re.sub("-{2,}", "-", plain)).lstrip("-.")
    name = tidy.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip("-.")
    return f"_{name}"[:LONGEST_NAME] if _DEVICE.match(name) else name
