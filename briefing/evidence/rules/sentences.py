"""Sentences of an English text, without a model: enough to count words in, and to tell what stands together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "st", "no", "nos", "vol", "p", "pp", "para", "paras", "art", "ch", "sec", "fig", "cf", "e.g", "i.e", "etc", "vs", "al", "ca", "approx", "est", "gen", "col", "lt", "sgt", "capt", "rev", "hon", "gov", "sen", "rep", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "inc", "ltd", "co", "corp", "dept", "u.s", "u.k", "u.n", "e.u"]
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it begins in its text, in characters."""

    text: str
    start: int

    @property
    def words(self) -> list[str]:
        """The sentence's words and numbers."""
        return re.findall(r"[^\W_]+(?:[’'.,-][^\W_]+)*", self.text)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`; a line feed ends one, an abbreviation or an initial does not."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            last = re.search(r"[\w.]+$", text[start : end.start()])
            word = last.group().casefold() if last else ""
            following = text[end.end() :].lstrip()[:1]
            initial = len(word) == 1 and word.isalpha()
            if end.group()[0] == "." and (word in _ABBREVIATIONS or initial or following.islower()):
                continue
            yield from _one(text, start, end.end())
            start = end.end()
        yield from _one(text, start, line.end())


def _one(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    if piece.strip():
        yield Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()))
