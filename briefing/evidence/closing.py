"""The one mark that closes a quotation: ``“We will go,” she said`` may be quoted as *We will go.*"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from briefing.evidence.editorial_marks import Piece
from briefing.evidence.equality import MARK
from briefing.evidence.source_index import SourceIndex, TokenSpan

# The marks that may stand for each other, or for none, where a quotation closes.
_CLOSING: Final = frozenset({",", "."})
_TURNING: Final = frozenset({"?", "!"})
_ENDS_SENTENCE: Final = frozenset({".", "?", "!", "…", ":", MARK, "("})
_SINGLE: Final = "'‘’‚‛‹›＇`´"
_OPENING_SINGLE = re.compile(r"(?<![^\W_])['‘‚‛‹](?=\w)")
_FARTHEST_OPENING: Final = 3_000
_LONGEST_CLAUSE: Final = 12


@dataclass(frozen=True, slots=True)
class Ending:
    """How a quote's end fits the source. `last` is the token behind what the quote has of it, closing marks included."""

    fits: bool
    last: int
    cuts_question: bool = False
    goes_on: bool = False


def split_closing(piece: Piece) -> tuple[Piece, Piece]:
    """A piece, and the closing marks at its end: quotation marks, commas and full stops."""
    end = len(piece)
    while end and (piece[end - 1].form in _CLOSING or piece[end - 1].form == MARK) and piece[end - 1].pattern is None:
        end -= 1
    return piece[:end], piece[end:]


def ending(index: SourceIndex, span: TokenSpan, closing: Piece) -> Ending:
    """Whether a quote may end as it does where its words stand at `span`; `closing` is what it has behind its last word."""
    forms = index.tokens.forms
    there: list[int] = []
    while len(there) < 4 and span.last + len(there) < len(forms) and _may_close(index, span.last + len(there)):
        there.append(span.last + len(there))
    written = [word.form for word in closing]
    if written == [forms[token] for token in there[: len(written)]]:
        last = span.last + len(written)
        if not written and last < len(forms) and forms[last] in _TURNING:
            # A whole question without its mark is a statement; a fragment of one may stand without.
            return Ending(not _begins_sentence(index, span.first), last, cuts_question=forms[last] == "?")
        return Ending(True, last)
    marks = written.count(MARK)
    stops = [form for form in written if form != MARK]
    closes = sum(forms[token] == MARK for token in there)
    stops_there = [forms[token] for token in there if forms[token] != MARK]
    if len(stops) > 1 or len(stops_there) > 1 or marks > closes:
        return Ending(False, span.last)
    if marks and (not stops or stops == stops_there):
        return Ending(True, there[-1] + 1)
    if closes > marks:
        return Ending(True, span.last, goes_on=_goes_on(index, there[-1] + 1))
    return Ending(False, span.last)


def _may_close(index: SourceIndex, token: int) -> bool:
    form = index.tokens.forms[token]
    if form in _CLOSING:
        return True
    return form == MARK and closes_quotation(index.tokens.text, index.tokens.starts[token])


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
    return token == 0 or index.begins_paragraph(token) or index.tokens.forms[token - 1] in _ENDS_SENTENCE


def _goes_on(index: SourceIndex, token: int) -> bool:
    """Whether the sentence goes on behind a clause such as 'she said': a comma, an opening mark and a small letter."""
    forms = index.tokens.forms
    for position in range(token, min(token + _LONGEST_CLAUSE, len(forms) - 2)):
        if forms[position] in _TURNING or forms[position] == "." or index.begins_paragraph(position):
            return False
        if forms[position] == MARK:
            return forms[position - 1] == "," and forms[position + 1][:1].islower()
    return False
