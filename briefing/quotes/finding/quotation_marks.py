"""Quotation marks in a paragraph, and what the letters around each allow it to be.

The marks and their uses are those of Unicode's chapter 6.2 ('Quotation marks') and of CLDR's delimiters: English “…” and ‘…’,
German „…“ and »…«, French « … », Russian and Greek «…» with „…“ inside, Polish „…”, Swedish ”…”, and the straight marks of keyboards.
"""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from briefing.quotes.finding.words import Words

DOUBLE = '“”„‟"«»＂″'
SINGLE = "‘’‚‛'‹›"
_MARK = re.compile(r"''|``|[“”„‟\"«»＂″‘’‚‛'‹›`´]")
_BREAKS_BEFORE = "([{—–-/…¿¡" + DOUBLE + SINGLE
_BREAKS_AFTER = ")]}—–-/…,.;:!?" + DOUBLE + SINGLE
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_DECADE = re.compile(r"\d\d(?:s\b|(?!\d))")

# Which marks can close a quotation that each mark opened. Straight and curly marks stand in for each other: pages mix them.
CLOSERS = {
    **dict.fromkeys('“”‟"＂„', '”"“‟″＂'),
    **{"«": "»", "»": "«»", "‘": "’'", "’": "’'", "'": "'’", "‚": "‘'’", "‛": "’'", "‹": "›", "›": "‹"},
}


class Use(Enum):
    """What a mark can be, going by its neighbours."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


# What a mark is where its neighbours allow both.
_LEANING = dict.fromkeys("„“«‘", Use.OPENS) | dict.fromkeys("”»’", Use.CLOSES)


class Mark(Struct, frozen=True):
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
    found = (_mark(text, match, words) for match in _MARK.finditer(text))
    return tuple(mark for mark in found if mark is not None)


def _mark(text: str, match: re.Match[str], words: Words) -> Mark | None:
    start, end = match.span()
    before = text[start - 1] if start else ""
    after = "…" if text.startswith("..", end) else text[end : end + 1]
    if len(match[0]) == 2:
        return Mark(start, end, '"', _use('"', before, after))
    glyph = '"' if match[0] == "″" else "'" if match[0] in "`´" else match[0]
    use = _use(glyph, before, after)
    if match[0] in DOUBLE:
        return Mark(start, end, glyph, use, before.isdigit())
    apostrophe = (before.isalnum() and after.isalnum()) or _elision(text, start, words)
    if apostrophe or (glyph == "‚" and use is not Use.OPENS) or (use is Use.EITHER and before.isspace()):
        return None
    return Mark(start, end, glyph, use, before.isdigit())


def _use(glyph: str, before: str, after: str) -> Use:
    # French sets a space inside its marks: « mot ». Only a letter straight after makes » open, as in German »Wort«.
    if glyph == "„" or (glyph == "»" and before == "\N{NO-BREAK SPACE}"):
        return _LEANING[glyph]
    begins = bool(after) and not after.isspace() and after not in ")]},.;:!?"
    can_open = (not before or before.isspace() or before in _BREAKS_BEFORE) and begins
    can_close = bool(before) and not before.isspace() and (not after or after.isspace() or after in _BREAKS_AFTER)
    if can_open == can_close:
        return _LEANING.get(glyph, Use.EITHER)
    return Use.OPENS if can_open else Use.CLOSES


def _elision(text: str, start: int, words: Words) -> bool:
    """An apostrophe that stands for the start of a word ('tis, '90s), or the second one of 'n'."""
    if start >= 2 and text[start - 1] in "nN" and text[start - 2] in "'’‘" and (start < 3 or text[start - 3].isspace()):
        return True
    if start and text[start - 1].isalnum():
        return False
    word = _FIRST_WORD.match(text, start + 1)
    if word is None:
        return _DECADE.match(text, start + 1) is not None
    clipped = words.has("clipped", word[0]) and (text[start] == "’" or word[0][0].islower())
    return clipped or words.has("elisions", word[0])
