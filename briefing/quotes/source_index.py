"""A saved text made ready for looking many quotes up in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice

from msgspec import Struct

from briefing.quotes.editorial_marks import Piece, QuotedWord
from briefing.quotes.equality import Tokens, is_word, tokens_of
from briefing.quotes.saved_text import SavedText

MOST_OCCURRENCES = 5_000
"""Of one piece of a quote; more are not looked at."""


class TokenSpan(Struct, frozen=True, order=True):
    """A run of words and marks of a source, from `first` to the one before `last`."""

    first: int
    last: int


class SourceIndex(Struct, frozen=True, dict=True):
    """The words of a saved text, and where each stands."""

    saved: SavedText
    tokens: Tokens
    places: Mapping[str, Sequence[int]]
    """For each form, the indexes of the words that have it, alone or as part of a word broken at a line end."""

    @classmethod
    def of(cls, saved: SavedText) -> SourceIndex:
        """The index of a saved text."""
        tokens = tokens_of(saved.text, (paragraph.start for paragraph in saved.paragraphs))
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, form in enumerate(tokens.forms):
            places[form].append(index)
        for index, parts in tokens.broken.items():
            for part in set(parts):
                insort(places[part], index)
        return cls(saved, tokens, dict(places))

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
        return [bisect_left(self.tokens.starts, paragraph.start) for paragraph in self.saved.paragraphs]

    def begins_paragraph(self, token: int) -> bool:
        """Whether a token is the first of its paragraph."""
        position = bisect_right(self.paragraph_firsts, token) - 1
        return position >= 0 and self.paragraph_firsts[position] == token

    def occurrences(self, piece: Piece) -> Iterator[TokenSpan]:
        """Where `piece` stands word by word, in order; words bound to it from outside ('non-' of 'non-profit') rule a place out."""
        joined = self.tokens.joined
        whole = (one for one in self._aligned(piece) if one.first - 1 not in joined and one.last - 1 not in joined)
        return islice(whole, MOST_OCCURRENCES)

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
        parts = self.tokens.broken.get(place, ())
        readings = [(anchor, 1)] if piece[anchor].matches(self.tokens.forms[place]) else []
        starts = range(anchor, anchor - len(parts), -1)
        readings += [(start, len(parts)) for start in starts if _is_written(piece, start, parts)]
        for start, count in readings:
            first, last = self._reach(piece, start, place, -1), self._reach(piece, start + count, place + 1, 1)
            if first is not None and last is not None:
                yield TokenSpan(first, last)

    def _reach(self, piece: Piece, word: int, token: int, step: int) -> int | None:
        """How far `piece` reaches from the gap before `word` and before `token`: on to its end (`step` 1) or back (-1)."""
        forms, broken = self.tokens.forms, self.tokens.broken
        back = step < 0
        while word != (0 if back else len(piece)):
            here = token - back
            if not 0 <= here < len(forms):
                return None
            parts = broken.get(here, ())
            if piece[word - back].matches(forms[here]):
                word += step
            elif parts and _is_written(piece, word - back * len(parts), parts):
                word += step * len(parts)
            else:
                return None
            token += step
        return token


def _is_written(piece: Piece, start: int, parts: Sequence[str]) -> bool:
    """Whether the parts of a broken word stand in `piece` from `start` on, the hyphen kept."""
    return start >= 0 and tuple(word.form for word in piece[start : start + len(parts)]) == tuple(parts)
