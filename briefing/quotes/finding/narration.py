"""The narration around quotations: sentences of tokens in which each quotation is one token."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct

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


class Token(Struct, frozen=True):
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
    lists: Set[str] = frozenset()
    """The word lists that hold it."""
    noun: str = ""
    """What sort of noun it is: 'roles' for a person, 'bodies', 'documents', or empty for any other word."""

    def is_in(self, *names: str) -> bool:
        """Whether it is a word of one of the lists `names`."""
        return not self.lists.isdisjoint(names)


_NOTHING = Token("", 0, 0)


def _token(text: str, start: int, end: int, words: Words) -> Token:
    is_word = text[0].isalnum()
    sorts = words.nouns(text) if is_word else ()
    noun = next((name for name in ("roles", "bodies", "documents") if name in sorts), "")
    capital = is_word and (text[0].isupper() or "_" in text)
    return Token(text, start, end, None, is_word, capital, plain(text), words.lists_of(text), noun)


class Sentence(Struct, frozen=True):
    """A sentence of narration with the quotations in it; `index` is that of its paragraph in the list."""

    index: int
    tokens: tuple[Token, ...]

    @property
    def quoting(self) -> bool:
        """Whether a quotation stands in it."""
        return any(token.quotation is not None for token in self.tokens)

    def token(self, at: int) -> Token:
        """The token `at`; one that is nothing before the first and behind the last."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NOTHING

    def text(self, first: int, last: int) -> str:
        """The words from token `first` to before token `last`, with single spaces."""
        gaps = (at > first and self.tokens[at].start > self.tokens[at - 1].end for at in range(first, last))
        return "".join(" " * gap + token.text for gap, token in zip(gaps, self.tokens[first:last], strict=True))


def sentences_in(paragraphs: Sequence[TextParagraph], spans: Sequence[Span], words: Words) -> tuple[Sentence, ...]:
    """The sentences of a text, in reading order."""
    pieces: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, span in enumerate(spans):
        for piece in span.pieces:
            pieces[piece.index].append((piece.outer_start, piece.outer_end, number))
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(paragraphs):
        dateline = _DATELINE.match(paragraph.text)
        opening = dateline.end() if dateline is not None else 0
        tokens = [one for one in _tokens(paragraph.text, sorted(pieces[index]), words) if one.start >= opening]
        first = 0
        for at in range(len(tokens)):
            if at + 1 == len(tokens) or at - first >= _LONGEST or _ends_here(tokens, at):
                sentences.append(Sentence(index, tuple(tokens[first : at + 1])))
                first = at + 1
    return tuple(sentences)


def _tokens(text: str, quoted: Sequence[tuple[int, int, int]], words: Words) -> Iterator[Token]:
    at = 0
    for start, end, number in (*quoted, (len(text), len(text), -1)):
        yield from (_token(match[0], *match.span(), words) for match in _TOKEN.finditer(text, at, start))
        if number >= 0:
            yield Token(text[start:end], start, end, number, plain=plain(text[start:end]))
        at = end


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    token, after = tokens[at], tokens[at + 1]
    if token.quotation is not None:
        return _quotation_ends_sentence(tokens, at)
    if token.text[0] not in _ENDS or token.end == after.start:
        return False
    if after.quotation is None and not after.capital and not after.text[0].isdigit() and after.text not in "([—–":
        return False
    before = tokens[at - 1] if at else None
    if token.text != "." or before is None or not before.is_word or before.end != token.start:
        return True
    return not before.is_in("abbreviations") and not (len(before.text) == 1 and before.text.isupper())


def _quotation_ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence ends with the quotation's own last mark: not before ', she said', nor where a clause goes on."""
    inside = tokens[at].text.rstrip(CLOSING)
    after = tokens[at + 1]
    if not inside or inside[-1] not in _ENDS or inside.endswith(("...", "…")):
        return False
    if after.quotation is not None or not after.capital:
        return after.quotation is not None
    # An attribution may follow a quotation that ends in a stop: 'Bell said.' right after it, and nothing more.
    for verb in range(at + 2, min(at + 6, len(tokens))):
        if not tokens[verb].is_word:
            return True
        if tokens[verb].is_in("speaking") and not tokens[verb].is_in("nouns_too"):
            alone = verb + 1 == len(tokens) or tokens[verb + 1].text in _ENDS
            return inside[-1] == "." and not alone
    return True
