"""Sentences of a text, by rule and without a model: enough to count words in, and to tell what stands together.

The abbreviations are English ones; in other languages a sentence may come out shorter than it is, never longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_TITLES: Final = "mr mrs ms mx dr prof sir st messrs gen col lt maj sgt capt cdr rev hon gov sen rep amb"
_LATIN: Final = "e.g i.e cf vs viz ca approx al esp incl"
_BODIES: Final = "inc ltd co corp plc dept est univ assn bros"
_MONTHS: Final = "jan feb mar apr jun jul aug sep sept oct nov dec"
_ABBREVIATIONS: Final = frozenset(f"{_TITLES} {_LATIN} {_BODIES}".split())
"""After these a full stop never ends a sentence."""
_BEFORE_A_NUMBER: Final = frozenset(
    f"no nos vol vols p pp para paras art arts ch sec secs fig figs cl reg {_MONTHS}".split()
)
"""After these it does not when a number follows."""
_LONGEST_ABBREVIATION: Final = 12
_END: Final = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'.,‑-][^\W_]+)*")

QUOTED: Final = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”]*[“”]|(?<!\w)‘[^‘]*?’(?!\w)|(?<!\w)'[^']*?'(?!\w)")
"""Words between quotation marks."""


class Sentence(Struct, frozen=True):
    """A sentence and where it begins in its text, in characters."""

    text: str
    start: int

    @property
    def words(self) -> list[str]:
        """The sentence's words and numbers."""
        return _WORD.findall(self.text)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`; a line feed ends one, an abbreviation, an initial or a small letter behind the stop does not."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _goes_on(text, end, line.end()):
                yield from _one(text, start, end.end())
                start = end.end()
        yield from _one(text, start, line.end())


def _goes_on(text: str, end: re.Match[str], line_end: int) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    following = text[end.end() : min(end.end() + 2, line_end)].strip()[:1]
    if following.islower():
        return True
    if end.group() != ".":
        return False
    word = _word_before(text, end.start())
    if word.casefold() in _BEFORE_A_NUMBER:
        return following.isdigit()
    initials = all(len(letter) == 1 and letter.isalpha() for letter in word.split("."))
    return word.casefold() in _ABBREVIATIONS or (initials and word[:1].isupper() and bool(following))


def _word_before(text: str, end: int) -> str:
    """The letters and full stops right before `end`; no more of them than an abbreviation has, so that a long text costs no more."""
    start = end
    while start > 0 and end - start <= _LONGEST_ABBREVIATION and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:end]


def _one(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    if piece.strip():
        yield Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()))
