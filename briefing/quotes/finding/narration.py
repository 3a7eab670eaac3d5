"""The narration around quotations: sentences of tokens in which each quotation is one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.quotes.finding.quotation_spans import Span
from briefing.quotes.finding.words import Words, plain
from briefing.quotes.saved_text import TextParagraph

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?|['’]s\b|[^\W_]+(?:[_'’.&\-‑](?!s\b)[^\W_]+)*|[^\w\s]|_")
_LONGEST = 400
"""Tokens after which a sentence is cut, so that a text without full stops takes no longer than another."""
_ENDS = ".!?…"
CLOSING = "\"'“”’‘«»‹›„ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}`"
"""Marks and spaces that may stand behind the last of the quoted words."""
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]+(?:, [^—–\n“\"]{0,40}?)?(?: \([^)\n]{1,40}\))? [—–-] ")
"""'HALDEN, 3 March (Northwire) - ', as wire reports begin: it names nobody."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark of punctuation or a whole quotation; `start` and `end` are offsets in its paragraph's text.

    `quotation` is the index of the quotation in the list of spans, None for the rest.
    """

    text: str
    start: int
    end: int
    quotation: int | None = None
    is_word: bool = False
    """Whether it is a word or a number of the narration."""
    capital: bool = False
    """Whether it is a word with a capital letter at its head, or a screen name (kettle_witch)."""
    plain: str = ""
    """The word as it is looked up."""


def _token(text: str, start: int, end: int) -> Token:
    word = text[0].isalnum()
    return Token(text, start, end, None, word, word and (text[0].isupper() or "_" in text), plain(text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of narration with the quotations in it; `index` is that of its paragraph in the list."""

    index: int
    tokens: tuple[Token, ...]

    @property
    def quoting(self) -> bool:
        """Whether a quotation stands in it."""
        return any(token.quotation is not None for token in self.tokens)

    def text(self, first: int, last: int) -> str:
        """The words from token `first` to before token `last`, with single spaces."""
        said = ""
        for at in range(first, last):
            token = self.tokens[at]
            gap = at > first and token.start > self.tokens[at - 1].end
            said += (" " if gap else "") + token.text
        return said


def sentences_in(paragraphs: Sequence[TextParagraph], spans: Sequence[Span], words: Words) -> tuple[Sentence, ...]:
    """The sentences of a text, in reading order."""
    pieces: dict[int, list[tuple[int, int, int]]] = {}
    for number, span in enumerate(spans):
        for piece in span.pieces:
            pieces.setdefault(piece.index, []).append((piece.outer_start, piece.outer_end, number))
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(paragraphs):
        tokens = _tokens(paragraph.text, sorted(pieces.get(index, [])))
        dateline = _DATELINE.match(paragraph.text)
        if dateline is not None:
            tokens = [token for token in tokens if token.start >= dateline.end()]
        sentences += [Sentence(index, part) for part in _split(paragraph.text, tokens, words)]
    return tuple(sentences)


def _tokens(text: str, quoted: Sequence[tuple[int, int, int]]) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    for start, end, number in (*quoted, (len(text), len(text), -1)):
        tokens += [_token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text, at, start)]
        if number >= 0:
            tokens.append(Token(text[start:end], start, end, number, plain=plain(text[start:end])))
        at = end
    return tokens


def _split(text: str, tokens: Sequence[Token], words: Words) -> list[tuple[Token, ...]]:
    sentences: list[tuple[Token, ...]] = []
    first = 0
    for at in range(len(tokens)):
        if at + 1 < len(tokens) and at - first < _LONGEST and not _ends_here(text, tokens, at, words):
            continue
        if at + 1 > first:
            sentences.append(tuple(tokens[first : at + 1]))
        first = at + 1
    return sentences


def _ends_here(text: str, tokens: Sequence[Token], at: int, words: Words) -> bool:
    token, after = tokens[at], tokens[at + 1]
    if token.quotation is not None:
        return _quotation_ends_sentence(text, tokens, at, words)
    if token.text[0] not in _ENDS or token.end == after.start:
        return False
    if after.quotation is None and not after.capital and not after.text[0].isdigit() and after.text not in "([—–":
        return False
    if token.text != ".":
        return True
    before = tokens[at - 1] if at else None
    if before is None or not before.is_word or before.end != token.start:
        return True
    abbreviated = words.has("abbreviations", before.text) or (len(before.text) == 1 and before.text.isupper())
    return not abbreviated


def _quotation_ends_sentence(text: str, tokens: Sequence[Token], at: int, words: Words) -> bool:
    """Whether the sentence ends with the quotation's own last mark: not before ', she said', nor where a clause goes on."""
    inside = tokens[at].text.rstrip(CLOSING)
    after = tokens[at + 1]
    if not inside or inside[-1] not in _ENDS or inside.endswith(("...", "…")):
        return False
    if after.quotation is not None:
        return True
    if not after.capital:
        return False
    return not _subject_and_verb(tokens, at + 1, words, closed_by_stop=inside[-1] == ".")


def _subject_and_verb(tokens: Sequence[Token], at: int, words: Words, *, closed_by_stop: bool) -> bool:
    """Whether an attribution follows a quotation that ends in a stop: 'Bell said.' right after it, and nothing more."""
    for verb in range(at + 1, min(at + 5, len(tokens))):
        token = tokens[verb]
        if not token.is_word:
            return False
        if words.has("speaking", token.text) and not words.has("nouns_too", token.text):
            return not closed_by_stop or verb + 1 == len(tokens) or tokens[verb + 1].text in _ENDS
    return False
