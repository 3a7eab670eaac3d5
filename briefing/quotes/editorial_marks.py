"""The marks by which editors show what they changed in a quotation: ``[…]``, ``[word]``, ``[T]he``, ``want[ed]``, ``[sic]``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct

from briefing.quotes.equality import is_word, tokens_of, word_form
from briefing.resources import read_table

_TABLE: Final = read_table("briefing.quotes", "sense.toml")
_NUMBER_WORDS: Final = frozenset(_TABLE["grown_numbers"].split())
_NEGATIONS: Final = frozenset(word for words in _TABLE["negations"].values() for word in words.split())


def negations_in(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms that negate, in order: English, German, French, Russian and the commonest of some others."""
    return tuple(form for form in forms if negates(form))


@lru_cache(maxsize=1 << 15)
def negates(form: str) -> bool:
    """Whether a form negates."""
    folded = form.casefold()
    return folded in _NEGATIONS or folded.endswith("n't") or folded.startswith("n'")


class MarkKind(StrEnum):
    """What an editorial mark does."""

    OMISSION = "omission"
    """Words are left out: ``[…]``, ``[...]``, ``…``, ``...``."""
    INSERTION = "insertion"
    """Words are put in, or stand for others: ``[the Ministry]``."""
    SIC = "sic"
    """A fault is the source's own: ``[sic]``."""
    NOTE = "note"
    """A remark on the setting: ``[emphasis added]``."""


class EditorialMark(Struct, frozen=True):
    """One mark as it was typed, and the forms it would have if it stood in the source itself."""

    kind: MarkKind
    written: str
    forms: tuple[str, ...]


class QuotedWord(Struct, frozen=True):
    """A word or punctuation mark of a quote: its form as it reads, and as it was typed.

    `pattern` says which forms of the source it may stand for where letters of it are marked as changed.
    """

    form: str
    written: str
    spaced: bool
    pattern: re.Pattern[str] | None = None

    def matches(self, form: str) -> bool:
        """Whether a word of the source may stand here. Changed letters may not take a negation away: ``can[]`` is no *can’t*."""
        if self.pattern is None:
            return self.form == form
        same_number = form == self.form or form.casefold() not in _NUMBER_WORDS
        return self.pattern.fullmatch(form) is not None and same_number and (not negates(form) or negates(self.form))


Piece = tuple[QuotedWord, ...]
Gap = tuple[EditorialMark, ...]


class MarkedQuote(Struct, frozen=True):
    """A quote taken apart: its pieces, each to be found word by word, and the marks before, between and behind them.

    There is one more of `gaps` than of `pieces`: the first and the last stand at the ends and may be empty.
    """

    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    @property
    def words(self) -> Piece:
        """All of the words, the marks left out."""
        return tuple(word for piece in self.pieces for word in piece)


_LETTER: Final = r"[^\W\d_]"
_SPACE: Final = r"[ \u00a0\u2009\u202f]"
_DOTS: Final = rf"(?:…|\.(?:{_SPACE}?\.){{2}}(?!{_SPACE}?\.))"
_ITEM = re.compile(
    rf"""
    (?P<letters> (?<![^\W_]) (?:{_LETTER}|['’])* (?: \[(?!sic\])(?:{_LETTER}|['’]){{0,20}}\] (?:{_LETTER}|['’])* )+ )
  | (?P<bracket> \[ [^\[\]]{{0,300}} \] )
  | (?P<dots> {_DOTS} )
    """,
    re.VERBOSE,
)
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_OMISSION = re.compile(rf"\s*(?:{_DOTS}\s*)?")
_SIC = re.compile(r"\s*sic[.!:]?\s*", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*(?:(?:emphas[ie]s|italics?|bold|underlining|capitals) (?:(?:is |are )?(?:added|mine|ours|removed|supplied|in (?:the )?original)|"
    r"(?:of|by) the (?:editors?|authors?))|(?:my|our) (?:emphasis|italics)|(?:author|editor|translator)['’]s (?:emphasis|note))[.]?\s*",
    re.IGNORECASE,
)
FEWEST_KEPT_LETTERS: Final = 3
"""A word with changed letters keeps at least this many, unless only the case of its first letter changes."""


def take_apart(text: str) -> MarkedQuote:
    """The pieces and the editorial marks of a quote's text."""
    pieces: list[list[QuotedWord]] = [[]]
    gaps: list[list[EditorialMark]] = [[]]
    position = 0
    for match in _ITEM.finditer(text):
        pieces[-1] += _plain_words(text, position, match.start())
        position = match.end()
        if match.lastgroup == "letters" and _BRACKETED.sub("", match[0]):
            pieces[-1].append(_changed_word(text, match))
            continue
        gaps.append([_mark(match[0])])
        pieces.append([])
    pieces[-1] += _plain_words(text, position, len(text))
    return _with_words(pieces, gaps)


def as_written(text: str) -> Piece:
    """The quote's text with its marks taken for words of the source."""
    return tuple(_plain_words(text, 0, len(text)))


def _plain_words(text: str, start: int, end: int) -> list[QuotedWord]:
    part = text[start:end]
    paragraphs = [0, *(match.end() for match in re.finditer(r"\n\s*\n\s*", part))]
    tokens = tokens_of(part, paragraphs, within_quotation=True)
    words: list[QuotedWord] = []
    for index, form in enumerate(tokens.forms):
        spaced = _is_spaced(text, start + tokens.starts[index])
        for read in tokens.broken.get(index, (form,)):
            words.append(QuotedWord(read, read if index in tokens.broken else tokens.written(index, index + 1), spaced))
            spaced = False
    return words


def _is_spaced(text: str, position: int) -> bool:
    return text[position - 1 : position].isspace()


def _changed_word(text: str, match: re.Match[str]) -> QuotedWord:
    """A word with marked letters: another case of its first letter, other letters behind those that stay, or both."""
    read = word_form(_BRACKETED.sub(r"\1", match[0]))
    kept = [re.escape(word_form(part)) for part in _BRACKETED.split(match[0])[::2]]
    first = _BRACKETED.match(match[0])
    if first is not None:
        cases = dict.fromkeys((first[1].lower(), first[1].upper()) if len(first[1]) == 1 else (first[1],))
        kept[:2] = [f"(?:{'|'.join(map(re.escape, cases))}){kept[1]}"]
    enough = sum(map(str.isalnum, _BRACKETED.sub("", match[0]))) >= FEWEST_KEPT_LETTERS
    pattern = r"[\w'-]{0,12}".join(kept) if len(kept) == 1 or enough else re.escape(read)
    return QuotedWord(read, match[0], _is_spaced(text, match.start()), re.compile(pattern))


def _mark(written: str) -> EditorialMark:
    inside = written[1:-1] if written.startswith("[") else written
    kinds = ((_OMISSION, MarkKind.OMISSION), (_SIC, MarkKind.SIC), (_NOTE, MarkKind.NOTE))
    kind = next((kind for pattern, kind in kinds if pattern.fullmatch(inside)), MarkKind.INSERTION)
    return EditorialMark(kind, written, tuple(tokens_of(written).forms))


def _with_words(pieces: list[list[QuotedWord]], gaps: list[list[EditorialMark]]) -> MarkedQuote:
    """The pieces that have words, each with all the marks before it; what is left of the others is punctuation of the marks."""
    kept: list[Piece] = []
    between: list[list[EditorialMark]] = [[]]
    for piece, gap in zip(pieces, gaps, strict=True):
        between[-1] += gap
        if any(is_word(word.form) for word in piece):
            kept.append(tuple(piece))
            between.append([])
    return MarkedQuote(tuple(kept), tuple(tuple(gap) for gap in between))
