"""What is shown beside a quote that its source does not have: the passage most like it, and what differs.
Closeness shows a passage; it never passes one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import accumulate
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from briefing.quotes.editorial_marks import MarkedQuote, Piece, QuotedWord
from briefing.quotes.equality import Tokens, is_word
from briefing.quotes.piecewise import alignments
from briefing.quotes.source_index import SourceIndex, TokenSpan
from briefing.quotes.verdict import Caution, Doubt, NearestPassage


class WordDiff(NamedTuple):
    """What differs: as one line with ``[-words of the source-]`` and ``{+words of the quote+}``, and the former by themselves."""

    line: str
    removed: tuple[str, ...] = ()


def word_diff(tokens: Tokens, span: TokenSpan, words: Piece) -> WordDiff:
    """What `words` change of the passage at `span`. What the contract treats as equal is shown as the source has it."""
    there = [_of_source(tokens, index) for index in range(span.first, span.last)]
    passage = tokens.forms[span.first : span.last]
    # A word with marked letters counts as the word of the passage that it may stand for.
    forms = [next((form for form in passage if word.pattern and word.matches(form)), word.form) for word in words]
    shown: list[QuotedWord] = []
    taken: list[str] = []
    for code in Levenshtein.opcodes(passage, forms):
        removed, added = there[code.src_start : code.src_end], words[code.dest_start : code.dest_end]
        if code.tag == "equal":
            shown += removed
            continue
        if removed:
            shown.append(_bracketed("[-", removed, "-]"))
            taken.append(_line(removed))
        if added:
            shown.append(_bracketed("{+", added, "+}", follows=bool(removed)))
    return WordDiff(_line(shown), tuple(taken))


def _of_source(tokens: Tokens, index: int) -> QuotedWord:
    spaced = index > 0 and tokens.ends[index - 1] < tokens.starts[index]
    return QuotedWord(tokens.forms[index], tokens.written(index, index + 1), spaced)


def _bracketed(opening: str, words: Sequence[QuotedWord], closing: str, *, follows: bool = False) -> QuotedWord:
    return QuotedWord("", f"{opening}{_line(words)}{closing}", words[0].spaced and not follows)


def _line(words: Sequence[QuotedWord]) -> str:
    """The words as they were written, line breaks as spaces."""
    return " ".join("".join(" " * word.spaced + word.written for word in words).split())


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
_FARTHEST_NEXT: Final = 6
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
    scattered = _scattered(index, forms) if 2 < count <= SHORT else None
    if scattered is not None:
        return _whole(index, scattered)
    rated = [(_likeness(index, forms, span), -span.first, span) for span in spans if span.first < span.last]
    if not rated:
        return None
    likeness, _, span = max(rated)
    return _whole(index, span) if likeness >= (ALIKE if count > SHORT else ALIKE_WHEN_SHORT) else None


def _scattered(index: SourceIndex, forms: Sequence[str]) -> TokenSpan | None:
    """The shortest span near which all words of a short quote stand in order, others between them: a bracket, an aside."""
    words = [form for form in forms if is_word(form)]
    found: list[TokenSpan] = []
    for first in index.places.get(words[0], ())[:_MOST_PLACES]:
        at = first
        for word in words[1:]:
            row = index.tokens.forms[at + 1 : at + 2 + _FARTHEST_NEXT]
            at = at + 1 + row.index(word) if word in row else len(index.tokens)
        if at < len(index.tokens):
            behind = len(forms) - 1 - max(place for place, form in enumerate(forms) if is_word(form))
            closed = index.tokens.forms[at + 1 : at + 1 + behind] == forms[len(forms) - behind :]
            found.append(TokenSpan(first, at + 1 + behind * closed))
    return min(found, key=lambda span: (span.last - span.first, span.first), default=None)


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
    for position, form in enumerate(forms):
        if is_word(form) and form not in index.places:
            found = process.extract(
                form.casefold(), index.vocabulary, scorer=fuzz.ratio, score_cutoff=60, limit=_MOST_SPELLINGS
            )
            yield from (place - position for _, _, word in found for place in index.places[word][:_MOST_SPELLINGS])


def _fitted(index: SourceIndex, forms: Sequence[str], start: int) -> TokenSpan:
    """The part of the source around `start` on which the quote fits best."""
    slack = _BUCKET + len(forms) // 2
    low, high = max(0, start - slack), min(len(index.tokens), start + _BUCKET + len(forms) + slack)
    window = index.tokens.forms[low:high]
    ends = list(accumulate(len(form) + 1 for form in window))
    found = fuzz.partial_ratio_alignment(" ".join(forms), " ".join(window))
    if found is None or not window:
        return TokenSpan(low, low)
    first, last = bisect_right(ends, found.dest_start), bisect_left(ends, found.dest_end) + 1
    margin = 4 + len(forms) // 2
    low += max(0, first - margin)
    return _trimmed(forms, window[max(0, first - margin) : last + margin], low) or TokenSpan(
        low + min(first, margin), low + min(first, margin) + min(last, len(window)) - first
    )


def _trimmed(forms: Sequence[str], window: Sequence[str], low: int) -> TokenSpan | None:
    """The span of the window from its first to its last match, and as much beside it as the quote has there.

    A few matching words at an edge do not count when the rest stands far from them.
    """
    matches = [code for code in Levenshtein.opcodes(forms, window) if code.tag == "equal"]
    for edge, step in ((0, 1), (-1, -1)):
        while len(matches) > 1:
            stray, kept = matches[edge], matches[edge + step]
            words = sum(map(is_word, forms[stray.src_start : stray.src_end]))
            far = max(kept.dest_start - stray.dest_end, stray.dest_start - kept.dest_end)
            if words > _STRAY or far <= 4 * words:
                break
            matches.pop(edge)
    if not matches:
        return None
    first = matches[0].dest_start - matches[0].src_start
    last = matches[-1].dest_end + len(forms) - matches[-1].src_end
    return TokenSpan(low + max(0, first), low + min(len(window), last))


def _whole(index: SourceIndex, span: TokenSpan) -> TokenSpan:
    """The span widened to what is bound to its ends."""
    first, last = span.first, span.last
    while first - 1 in index.tokens.joined:
        first -= 1
    while last - 1 in index.tokens.joined and last < len(index.tokens):
        last += 1
    return TokenSpan(first, last)


GAP: Final = " […] "
"""What parts the pieces of a quote where they are shown one by one."""
# A closing mark, words, an opening mark: the clause by which a source interrupts a speaker.
_CLAUSE = re.compile(r"[,.?!…–—\s]*[\"“”„«»'‘’][^\w]*\w.*[\"“”„«»'‘’]\s*", re.DOTALL)


def nearest_passage(index: SourceIndex, quote: MarkedQuote) -> NearestPassage | None:
    """The passage most like `quote`, or None when nothing is alike."""
    if not quote.pieces:
        return None
    misfit = next(alignments(index, quote), None)
    if misfit is not None:
        # All the words are there, but the source does not end as the quote does: the mark or word that follows is shown.
        *before, last = misfit.spans
        ended = TokenSpan(last.first, min(len(index.tokens), max(misfit.last, last.last) + 1))
        return _shown(index, [*before, ended], quote.pieces)
    span = nearest_span(index, quote.words)
    if len(quote.pieces) > 1:
        apart = [nearest_span(index, piece) for piece in quote.pieces]
        lengths = [sum(is_word(word.form) for word in piece) for piece in quote.pieces]
        alike = sum(length for length, there in zip(lengths, apart, strict=True) if there is not None)
        known = [there for there in apart if there is not None]
        within = span is not None and all(span.first <= one.first and one.last <= span.last for one in known)
        if alike * 2 > sum(lengths) and not within:
            return _shown(index, apart, quote.pieces)
    return _shown(index, [span], [quote.words]) if span is not None else None


def _shown(index: SourceIndex, spans: Sequence[TokenSpan | None], pieces: Sequence[Piece]) -> NearestPassage:
    tokens = index.tokens
    known = [span for span in spans if span is not None]
    diffs = [
        WordDiff(_bracketed("{+", piece, "+}").written) if span is None else word_diff(tokens, span, piece)
        for span, piece in zip(spans, pieces, strict=True)
    ]
    return NearestPassage(
        tokens.starts[min(known).first],
        tokens.ends[max(known).last - 1],
        GAP.join(tokens.written(span.first, span.last) for span in known),
        GAP.join(diff.line for diff in diffs),
        tuple(_cautions(known, diffs)),
    )


def _cautions(spans: Sequence[TokenSpan], diffs: Sequence[WordDiff]) -> Iterator[Caution]:
    if list(spans) != sorted(spans):
        yield Caution(Doubt.OTHER_ORDER, "the source has its pieces in another order")
    for removed in (removed for diff in diffs for removed in diff.removed if _CLAUSE.fullmatch(removed)):
        message = "the source breaks the words off here and takes them up again: mark the gap with […]"
        yield Caution(Doubt.INTERRUPTED, message, removed)
