"""Quotation marks in a paragraph, and what the letters around each allow it to be.

The marks and their uses are those of Unicode's chapter 6.2 ('Quotation marks') and of CLDR's delimiters: English “…” and ‘…’,
German „…“ and »…«, French « … », Russian and Greek «…» with „…“ inside, Polish „…”, Swedish ”…”, and the straight marks of keyboards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from briefing.quotes.finding.words import Words

DOUBLE = '“”„‟"«»＂″'
SINGLE = "‘’‚‛'‹›"
_MARK = re.compile(r"''|``|[“”„‟\"«»＂″‘’‚‛'‹›`´]")
_BREAKS_BEFORE = "([{—–-/…¿¡" + DOUBLE + SINGLE
_BREAKS_AFTER = ")]}—–-/…,.;:!?" + DOUBLE + SINGLE
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_DECADE = re.compile(r"\d\d(?:s\b|(?!\d))")

# Which marks can close a quotation that each mark opened. Straight and curly marks stand in for each other: pages mix them.
_CURLY_CLOSERS = '”"“‟″＂'
CLOSERS = {
    "“": _CURLY_CLOSERS,
    "”": _CURLY_CLOSERS,
    "‟": _CURLY_CLOSERS,
    '"': _CURLY_CLOSERS,
    "＂": _CURLY_CLOSERS,
    "„": _CURLY_CLOSERS,
    "«": "»",
    "»": "«»",
    "‘": "’'",
    "’": "’'",
    "'": "'’",
    "‚": "‘'’",
    "‛": "’'",
    "‹": "›",
    "›": "‹",
}


class Use(Enum):
    """What a mark can be, going by its neighbours."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark at `start` to `end` of its paragraph; `glyph` is its one-character form."""

    start: int
    end: int
    glyph: str
    use: Use
    measure: bool = False
    """It follows a digit, so it may stand for inches or feet."""

    @property
    def single(self) -> bool:
        """Whether it is a single mark, which may also be an apostrophe."""
        return self.glyph in SINGLE


def marks_in(text: str, words: Words) -> tuple[Mark, ...]:
    """The quotation marks of a paragraph, apostrophes inside and before words left out."""
    found = (_mark(text, match.start(), match.end(), words) for match in _MARK.finditer(text))
    return tuple(mark for mark in found if mark is not None)


def _mark(text: str, start: int, end: int, words: Words) -> Mark | None:
    written = text[start:end]
    before = text[start - 1] if start else ""
    after = "…" if text.startswith("..", end) else text[end : end + 1]
    if written in ("''", "``"):
        return Mark(start, end, '"', _use(before, after))
    if written in "`´":
        return _single(text, start, "‘" if written == "`" else "’", before, after, words)
    if written in SINGLE:
        return _single(text, start, written, before, after, words)
    return Mark(start, end, '"' if written == "″" else written, _double_use(written, before, after), before.isdigit())


def _use(before: str, after: str) -> Use:
    can_open = (not before or before.isspace() or before in _BREAKS_BEFORE) and _can_begin(after)
    can_close = bool(before) and not before.isspace() and (not after or after.isspace() or after in _BREAKS_AFTER)
    if can_open == can_close:
        return Use.EITHER
    return Use.OPENS if can_open else Use.CLOSES


def _can_begin(after: str) -> bool:
    """Whether a quotation can begin with this character."""
    return bool(after) and not after.isspace() and after not in ")]},.;:!?"


def _double_use(glyph: str, before: str, after: str) -> Use:
    use = _use(before, after)
    if glyph == "„":
        return Use.OPENS
    if glyph == "“":
        return Use.CLOSES if use is Use.CLOSES else Use.OPENS
    if glyph == "”":
        return Use.OPENS if use is Use.OPENS else Use.CLOSES
    if glyph == "«":
        return Use.CLOSES if use is Use.CLOSES else Use.OPENS
    if glyph == "»":
        # French sets a space inside its marks: « mot ». Only a letter straight after makes it open, as in German »Wort«.
        return Use.OPENS if use is Use.OPENS and before != "\N{NO-BREAK SPACE}" else Use.CLOSES
    return use


def _single(text: str, start: int, glyph: str, before: str, after: str, words: Words) -> Mark | None:
    if before.isalnum() and after.isalnum():
        return None
    if _elision(text, start, words):
        return None
    use = _use(before, after)
    if glyph == "‚" and use is not Use.OPENS:
        return None
    if glyph == "‘" and use is Use.EITHER:
        use = Use.OPENS
    if glyph == "’" and use is Use.EITHER:
        use = Use.CLOSES
    if use is Use.EITHER and before.isspace():
        return None
    return Mark(start, start + 1, glyph, use, before.isdigit())


def _elision(text: str, start: int, words: Words) -> bool:
    """An apostrophe that stands for the start of a word ('tis, '90s), or the second one of 'n'."""
    if start >= 2 and text[start - 1] in "nN" and text[start - 2] in "'’‘" and (start < 3 or text[start - 3].isspace()):
        return True
    if start and text[start - 1].isalnum():
        return False
    if _DECADE.match(text, start + 1):
        return True
    word = _FIRST_WORD.match(text, start + 1)
    if word is None:
        return False
    clipped = words.has("clipped", word[0]) and (text[start] == "’" or word[0][0].islower())
    return clipped or words.has("elisions", word[0])
