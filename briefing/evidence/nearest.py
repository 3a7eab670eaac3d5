"""The passage of a source that is most like a quote which is not in it. Closeness shows a passage; it never passes one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import accumulate
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein, Opcode

from briefing.evidence.editorial_marks import Piece
from briefing.evidence.equality import is_word
from briefing.evidence.source_index import SourceIndex, TokenSpan

ALIKE: Final = 0.5
"""How alike, from 0 to 1, a passage must be to count as the one that was altered."""
ALIKE_WHEN_SHORT: Final = 0.7
"""The same for short quotes, which are compared letter by letter."""
SHORT: Final = 4
"""Quotes of at most this many words are short."""

_MOST_PLACES: Final = 2_000
_MOST_WINDOWS: Final = 6
_BUCKET: Final = 8
_MOST_SPELLINGS: Final = 5
_STRAY: Final = 2
"""A match of at most this many words at an edge is dropped when the rest is far from it."""


def nearest_span(index: SourceIndex, words: Piece) -> TokenSpan | None:
    """The span of the source that is most like `words`, or None when nothing is alike."""
    forms = [word.form for word in words]
    count = sum(map(is_word, forms))
    if not count:
        return None
    spans = [_fitted(index, forms, start) for start in _beginnings(index, forms)]
    if count <= SHORT:
        spans += [TokenSpan(span.first, span.last + 1) for span in spans if span.last < len(index.tokens)]
    rated = [(_likeness(index, forms, span), -span.first, span) for span in spans if span.first < span.last]
    if not rated:
        return None
    likeness, _, span = max(rated)
    return _whole(index, span) if likeness >= (ALIKE if count > SHORT else ALIKE_WHEN_SHORT) else None


def _likeness(index: SourceIndex, forms: Sequence[str], span: TokenSpan) -> float:
    there = index.tokens.forms[span.first : span.last]
    by_word = Levenshtein.normalized_similarity(forms, there)
    quoted, written = " ".join(forms).casefold(), " ".join(there).casefold()
    by_letter = fuzz.ratio(quoted, written) / 100
    if sum(map(is_word, forms)) <= SHORT:
        by_letter = max(by_letter, fuzz.token_sort_ratio(quoted, written) / 100)
        return max(by_letter, ALIKE_WHEN_SHORT if by_word > ALIKE else 0.0)
    return max(by_word, by_letter if by_letter >= ALIKE_WHEN_SHORT else 0.0)


def _beginnings(index: SourceIndex, forms: Sequence[str]) -> Iterator[int]:
    """Where the quote would begin, likeliest first: each of its rarer words votes for the beginnings its places suggest."""
    votes: defaultdict[int, float] = defaultdict(float)
    looked_at = 0
    for count, position in sorted((len(index.places.get(form, ())), position) for position, form in enumerate(forms)):
        if looked_at and looked_at + count > _MOST_PLACES:
            break
        looked_at += count
        for place in index.places.get(forms[position], ())[:_MOST_PLACES]:
            votes[(place - position) // _BUCKET] += (1.0 if is_word(forms[position]) else 0.1) / (1 + count) ** 0.5
    if sum(map(is_word, forms)) <= SHORT:
        for place in _by_spelling(index, forms):
            votes[place // _BUCKET] += 1.0
    ranked = nlargest(_MOST_WINDOWS, ((weight, -bucket) for bucket, weight in votes.items()))
    return (-bucket * _BUCKET for _, bucket in ranked)


def _by_spelling(index: SourceIndex, forms: Sequence[str]) -> Iterator[int]:
    """Beginnings suggested by words of the source that are spelled much like those of a short quote."""
    known = index.vocabulary
    for position, form in enumerate(forms):
        if is_word(form) and form not in index.places:
            alike = process.extract(form.casefold(), known, scorer=fuzz.ratio, score_cutoff=60, limit=_MOST_SPELLINGS)
            for _, _, spelled in alike:
                yield from (place - position for place in index.places[spelled][:_MOST_SPELLINGS])


def _fitted(index: SourceIndex, forms: Sequence[str], start: int) -> TokenSpan:
    """The part of the source around `start` on which the quote fits best."""
    slack = _BUCKET + len(forms) // 2
    low, high = max(0, start - slack), min(len(index.tokens), start + _BUCKET + len(forms) + slack)
    window = index.tokens.forms[low:high]
    ends = list(accumulate(len(form) + 1 for form in window))
    found = fuzz.partial_ratio_alignment(" ".join(forms), " ".join(window))
    if found is None or not window:
        return TokenSpan(low, low)
    first = bisect_right(ends, found.dest_start)
    last = bisect_left(ends, found.dest_end) + 1
    margin = 4 + len(forms) // 2
    widened = window[max(0, first - margin) : last + margin]
    return _trimmed(forms, widened, low + max(0, first - margin)) or TokenSpan(
        low + first, low + min(last, len(window))
    )


def _trimmed(forms: Sequence[str], window: Sequence[str], low: int) -> TokenSpan | None:
    """The span of the window from its first to its last match, and as much beside it as the quote has there."""
    codes = [code for code in Levenshtein.opcodes(forms, window) if code.tag == "equal"]
    matches = _without_strays([(code, sum(map(is_word, forms[code.src_start : code.src_end]))) for code in codes])
    if not matches:
        return None
    first = matches[0].dest_start - matches[0].src_start
    last = matches[-1].dest_end + len(forms) - matches[-1].src_end
    return TokenSpan(low + max(0, first), low + min(len(window), last))


def _without_strays(matches: list[tuple[Opcode, int]]) -> list[Opcode]:
    """The matches, each given with its number of words, without the few words at the edges that the rest stands far from."""
    while len(matches) > 1 and _is_stray(matches[0][1], matches[1][0].dest_start - matches[0][0].dest_end):
        matches = matches[1:]
    while len(matches) > 1 and _is_stray(matches[-1][1], matches[-1][0].dest_start - matches[-2][0].dest_end):
        matches = matches[:-1]
    return [match for match, _ in matches]


def _is_stray(words: int, distance: int) -> bool:
    return words <= _STRAY and distance > 4 * words


def _whole(index: SourceIndex, span: TokenSpan) -> TokenSpan:
    """The span widened to what is bound to its ends."""
    first, last = span.first, span.last
    while first - 1 in index.tokens.joined:
        first -= 1
    while last - 1 in index.tokens.joined and last < len(index.tokens):
        last += 1
    return TokenSpan(first, last)
