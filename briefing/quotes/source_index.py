"""A saved text made ready for looking many quotes up in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from briefing.quotes.editorial_marks import Piece, QuotedWord
from briefing.quotes.equality import Tokens, is_word, tokens_of
from briefing.quotes.saved_text import SavedText

MOST_OCCURRENCES = 5_000
"""Of one piece of a quote; more are not looked at."""


@dataclass(frozen=True, order=True, slots=True)
class TokenSpan:
    """A run of words and marks of a source, from `first` to the one before `last`."""

    first: int
    last: int


@dataclass(frozen=True)
class SourceIndex:
    """The words of a saved text, and where each stands."""

    saved: SavedText
    tokens: Tokens
    places: Mapping[str, Sequence[int]]
    """For each form, the indexes of the words that have it, alone or as part of a word broken at a line end."""

    @classmethod
    def of(cls, saved: SavedText) -> SourceIndex:
        """The index of a saved text."""
        tokens = tokens_of(saved.text, (paragraph.start for paragraph in saved.paragraphs))
        places: dict[str, list[int]] = {}
        for index, form in enumerate(tokens.forms):
            found = places.get(form)
            if found is None:
                places[form] = [index]
            else:
                found.append(index)
        for index, parts in tokens.broken.items():
            for part in set(parts):
                places[part] = sorted({*places.get(part, ()), index})
        return cls(saved, tokens, places)

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Every word of the text once, with the same in small letters."""
        return {form: form.casefold() for form in self.places if is_word(form)}

    @cached_property
    def words_before(self) -> Sequence[int]:
        """How many words, punctuation not counted, stand before each token; one entry more than there are tokens."""
        return [0, *accumulate(is_word(form) for form in self.tokens.forms)]

    @cached_property
    def paragraph_firsts(self) -> Sequence[int]:
        """The index of the first token of each paragraph."""
        firsts: list[int] = []
        starts = self.tokens.starts
        index = 0
        for paragraph in self.saved.paragraphs:
            while index < len(starts) and starts[index] < paragraph.start:
                index += 1
            firsts.append(index)
        return firsts

    def begins_paragraph(self, token: int) -> bool:
        """Whether a token is the first of its paragraph."""
        position = bisect_right(self.paragraph_firsts, token) - 1
        return position >= 0 and self.paragraph_firsts[position] == token

    def occurrences(self, piece: Piece) -> Iterator[TokenSpan]:
        """Where `piece` stands word by word, in order; words bound to it from outside ('non-' of 'non-profit') rule a place out."""
        spans = (span for span in self._aligned(piece) if self.is_whole(span))
        return islice(spans, MOST_OCCURRENCES)

    def is_whole(self, span: TokenSpan) -> bool:
        """Whether a span begins and ends between words, not inside what is bound together."""
        return span.first - 1 not in self.tokens.joined and span.last - 1 not in self.tokens.joined

    def _aligned(self, piece: Piece) -> Iterator[TokenSpan]:
        if not piece:
            return
        # Words with changed letters are found by going through every word of the text, so others are tried first.
        exact = [index for index, word in enumerate(piece) if word.pattern is None]
        known = ((index, self._places_of(piece[index])) for index in exact or range(len(piece)))
        anchor, places = min(known, key=lambda candidate: len(candidate[1]))
        last_seen = -1
        for place in places:
            for span in self._around(piece, anchor, place):
                if span.first > last_seen:
                    last_seen = span.first
                    yield span

    def _places_of(self, word: QuotedWord) -> Sequence[int]:
        if word.pattern is None:
            return self.places.get(word.form, ())
        return sorted({place for form in self.places if word.matches(form) for place in self.places[form]})

    def _around(self, piece: Piece, anchor: int, place: int) -> Iterator[TokenSpan]:
        """The spans in which the word `anchor` of `piece` is the token at `place`, or a part of it where a line end broke it."""
        if piece[anchor].matches(self.tokens.forms[place]):
            first, last = self._back(piece, anchor, place), self._forth(piece, anchor + 1, place + 1)
            if first is not None and last is not None:
                yield TokenSpan(first, last)
        parts = self.tokens.broken.get(place, ())
        for offset, part in enumerate(parts):
            start = anchor - offset
            if part == piece[anchor].form and start >= 0 and _is_written(piece, start, parts):
                first, last = self._back(piece, start, place), self._forth(piece, start + len(parts), place + 1)
                if first is not None and last is not None:
                    yield TokenSpan(first, last)

    def _forth(self, piece: Piece, word: int, token: int) -> int | None:
        """The token behind the last one of `piece`, when its words from `word` on stand from `token` on."""
        forms, broken = self.tokens.forms, self.tokens.broken
        while word < len(piece):
            if token >= len(forms):
                return None
            if piece[word].matches(forms[token]):
                word += 1
            elif token in broken and _is_written(piece, word, broken[token]):
                word += len(broken[token])
            else:
                return None
            token += 1
        return token

    def _back(self, piece: Piece, word: int, token: int) -> int | None:
        """The first token of `piece`, when its words before `word` stand before `token`."""
        forms, broken = self.tokens.forms, self.tokens.broken
        while word > 0:
            token -= 1
            if token < 0:
                return None
            if piece[word - 1].matches(forms[token]):
                word -= 1
            elif (
                token in broken
                and word >= len(broken[token])
                and _is_written(piece, word - len(broken[token]), broken[token])
            ):
                word -= len(broken[token])
            else:
                return None
        return token


def _is_written(piece: Piece, start: int, parts: Sequence[str]) -> bool:
    """Whether the parts of a broken word stand in `piece` from `start` on, the hyphen kept."""
    return tuple(word.form for word in piece[start : start + len(parts)]) == tuple(parts)
