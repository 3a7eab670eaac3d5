"""Finding a quote in a source piece by piece: every piece word for word, in order, the marked gaps within their bounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec import Struct

from briefing.quotes.editorial_marks import Gap, MarkedQuote, MarkKind, Piece
from briefing.quotes.equality import MARK, is_word
from briefing.quotes.sense import swaps
from briefing.quotes.source_index import SourceIndex, TokenSpan

# The marks that may stand for each other, or for none, where a quotation closes.
_CLOSING: Final = frozenset({",", "."})
_MAY_CLOSE: Final = _CLOSING | {MARK}
_TURNING: Final = frozenset({"?", "!", "؟", "？", "！"})
_CLOSES_SENTENCE: Final = frozenset({".", "?", "!", "…", ":", MARK, "("})
_SINGLE: Final = "'‘’‚‛‹›＇`´"
_OPENING_SINGLE = re.compile(r"(?<![^\W_])['‘‚‛‹](?=\w)")
_FARTHEST_OPENING: Final = 3_000
_LONGEST_CLAUSE: Final = 12


class Ending(NamedTuple):
    """How a quote's end fits the source. `last` is the token behind what the quote has of it, closing marks included."""

    fits: bool
    last: int
    cuts_question: bool = False
    goes_on: bool = False


def split_closing(piece: Piece) -> tuple[Piece, Piece]:
    """A piece, and the closing marks at its end: quotation marks, commas and full stops."""
    end = len(piece)
    while end and piece[end - 1].form in _MAY_CLOSE and piece[end - 1].pattern is None:
        end -= 1
    return piece[:end], piece[end:]


def ending(index: SourceIndex, span: TokenSpan, closing: Piece) -> Ending:
    """Whether a quote may end as it does where its words stand at `span`; `closing` is what it has behind its last word."""
    forms, starts = index.tokens.forms, index.tokens.starts
    behind = last = span.last
    while (
        behind < min(last + 4, len(forms))
        and forms[behind] in _MAY_CLOSE
        and (forms[behind] != MARK or closes_quotation(index.tokens.text, starts[behind]))
    ):
        behind += 1
    there = forms[last:behind]
    written = [word.form for word in closing]
    if written == there[: len(written)]:
        last += len(written)
        if not written and last < len(forms) and forms[last] in _TURNING:
            # A whole question without its mark is a statement; a fragment of one may stand without.
            return Ending(not _begins_sentence(index, span.first), last, cuts_question=forms[last] in "?؟？")
        return Ending(True, last)
    marks, closes = written.count(MARK), there.count(MARK)
    stops, stops_there = ([form for form in row if form != MARK] for row in (written, there))
    if len(stops) > 1 or len(stops_there) > 1 or marks > closes:
        return Ending(False, last)
    if marks and (not stops or stops == stops_there):
        return Ending(True, behind)
    return Ending(closes > marks, last, goes_on=closes > marks and _goes_on(index, behind))


def closes_quotation(text: str, position: int) -> bool:
    """Whether the quotation mark at `position` closes, by what stands around it; a single one needs an opening one."""
    mark, before = text[position], text[position - 1 : position]
    if not before:
        return False
    if mark not in _SINGLE:
        return not before.isspace() or (mark == "»" and not text[position + 1 : position + 2].isalnum())
    if before.isspace():
        return False
    beginning = max(text.rfind("\n\n", 0, position), position - _FARTHEST_OPENING, 0)
    return _OPENING_SINGLE.search(text, beginning, position) is not None


def _begins_sentence(index: SourceIndex, token: int) -> bool:
    return index.begins_paragraph(token) or index.tokens.forms[token - 1] in _CLOSES_SENTENCE


def _goes_on(index: SourceIndex, token: int) -> bool:
    """Whether the sentence goes on behind a clause such as 'she said': a comma, an opening mark and a small letter."""
    forms = index.tokens.forms
    for position in range(token, min(token + _LONGEST_CLAUSE, len(forms) - 2)):
        if forms[position] in _TURNING or forms[position] == "." or index.begins_paragraph(position):
            return False
        if forms[position] == MARK:
            return forms[position - 1] == "," and forms[position + 1][:1].islower()
    return False


NEAR: Final = 100
"""Words of the source that an omission may leave out before it counts as a join of two passages."""
MOST_REPLACED: Final = 10
"""Words of the source that one bracket may stand for."""
SHORT_PIECE: Final = 3
"""A piece with fewer words than this is only looked for near the next one."""


class Alignment(Struct, frozen=True):
    """Where each piece of a quote stands in the source, and how the last one ends."""

    spans: tuple[TokenSpan, ...]
    ending: Ending

    @property
    def first(self) -> int:
        """The first token of the passage."""
        return self.spans[0].first

    @property
    def last(self) -> int:
        """The token behind the passage."""
        return self.ending.last

    @property
    def looseness(self) -> tuple[int, int]:
        """How much of the source the pieces lie scattered over, in tokens; then how late they begin."""
        return (self.spans[-1].last - self.first, self.first)

    def skipped(self) -> tuple[TokenSpan, ...]:
        """What of the source stands between the pieces."""
        return tuple(TokenSpan(before.last, after.first) for before, after in pairwise(self.spans))


def alignments(index: SourceIndex, quote: MarkedQuote) -> Iterator[Alignment]:
    """Every way in which the pieces stand in the source in order, the tightest first. The last piece may end in any way.

    Whether its end fits is said by the alignment's `ending`; the ones that fit come first.
    """
    if not quote.pieces:
        return
    *pieces, last = quote.pieces
    core, closing = split_closing(last)
    found = [list(index.occurrences(piece)) for piece in (*pieces, core)]
    if not all(found):
        return
    endings = {span: ending(index, span, closing) for span in found[-1]}
    fitting = [span for span in found[-1] if endings[span].fits]
    chains = _chains(index, quote, [*found[:-1], fitting]) or _chains(index, quote, found)
    yield from sorted((Alignment(chain, endings[chain[-1]]) for chain in chains), key=lambda one: one.looseness)


def _chains(
    index: SourceIndex, quote: MarkedQuote, found: Sequence[Sequence[TokenSpan]]
) -> list[tuple[TokenSpan, ...]]:
    """For each place of the first piece, the tightest chain of places of the others that follow it within bounds."""
    following: dict[TokenSpan, tuple[TokenSpan, ...]] = {span: (span,) for span in found[-1]}
    lengths = [sum(is_word(word.form) for word in piece) for piece in quote.pieces]
    for position in range(len(found) - 2, -1, -1):
        nexts = sorted(following)
        gap, short = quote.gaps[position + 1], min(lengths[position : position + 2]) < SHORT_PIECE
        chains: dict[TokenSpan, tuple[TokenSpan, ...]] = {}
        for span in found[position]:
            at = bisect_left(nexts, span.last, key=lambda one: one.first)
            if at < len(nexts) and is_bridged(index, gap, TokenSpan(span.last, nexts[at].first), short):
                chains[span] = (span, *following[nexts[at]])
        following = chains
    return list(following.values())


def is_bridged(index: SourceIndex, gap: Gap, skipped: TokenSpan, short: bool) -> bool:
    """Whether the marks of `gap` can stand for what is skipped; `short` says that a piece beside them is short."""
    if stands_there(index, gap, skipped):
        return True
    words = index.words_before[skipped.last] - index.words_before[skipped.first]
    if any(mark.kind is MarkKind.OMISSION for mark in gap):
        return not short or words <= NEAR
    insertions = sum(mark.kind is MarkKind.INSERTION for mark in gap)
    if not insertions:
        return skipped.first == skipped.last
    # A bracket explains; one that takes the place of a 'not', a number or a verb would change the sense unseen.
    return words <= MOST_REPLACED * insertions and not swaps(index, gap, skipped)


def stands_there(index: SourceIndex, gap: Gap, skipped: TokenSpan) -> bool:
    """Whether what is skipped is the marks themselves: an ellipsis or a bracket of the source's own."""
    forms = tuple(form for mark in gap for form in mark.forms)
    return bool(forms) and tuple(index.tokens.forms[skipped.first : skipped.last]) == forms
