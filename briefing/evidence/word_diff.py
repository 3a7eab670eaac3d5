"""What differs between a quote and a passage, word by word, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from briefing.evidence.editorial_marks import Piece, QuotedWord
from briefing.evidence.equality import Tokens
from briefing.evidence.source_index import TokenSpan


@dataclass(frozen=True, slots=True)
class WordDiff:
    """What differs: as one line with ``[-words of the source-]`` and ``{+words of the quote+}``, and the former by themselves."""

    line: str
    removed: tuple[str, ...]


def word_diff(tokens: Tokens, span: TokenSpan, words: Piece) -> WordDiff:
    """What `words` change of the passage at `span`. What the contract treats as equal is shown as the source has it."""
    there = [_of_source(tokens, index) for index in range(span.first, span.last)]
    shown: list[QuotedWord] = []
    taken: list[str] = []
    for code in Levenshtein.opcodes([word.form for word in there], _forms(tokens, span, words)):
        if code.tag == "equal":
            shown += there[code.src_start : code.src_end]
            continue
        removed, added = there[code.src_start : code.src_end], words[code.dest_start : code.dest_end]
        if removed:
            shown.append(_bracketed("[-", removed, "-]"))
            taken.append(_line(removed))
        if added:
            shown.append(_bracketed("{+", added, "+}", follows=bool(removed)))
    return WordDiff(_line(shown), tuple(taken))


def all_new(words: Piece) -> WordDiff:
    """A piece of a quote that nothing in the source is like."""
    return WordDiff(_bracketed("{+", words, "+}").written, ())


def _forms(tokens: Tokens, span: TokenSpan, words: Piece) -> list[str]:
    """The forms of the quote; a word with marked letters counts as the word of the passage that it may stand for."""
    passage = tokens.forms[span.first : span.last]
    return [next((form for form in passage if word.pattern and word.matches(form)), word.form) for word in words]


def _of_source(tokens: Tokens, index: int) -> QuotedWord:
    spaced = index > 0 and tokens.ends[index - 1] < tokens.starts[index]
    return QuotedWord(tokens.forms[index], tokens.written(index, index + 1), spaced)


def _bracketed(opening: str, words: Sequence[QuotedWord], closing: str, *, follows: bool = False) -> QuotedWord:
    return QuotedWord("", f"{opening}{_line(words)}{closing}", words[0].spaced and not follows)


def _line(words: Sequence[QuotedWord]) -> str:
    """The words as they were written, line breaks as spaces."""
    parts = [f" {word.written}" if word.spaced and position else word.written for position, word in enumerate(words)]
    return " ".join("".join(parts).split())
