"""Finding where quotations begin and end: a small state machine over the marks of each paragraph.

Two conventions decide most cases. A quotation that runs over several paragraphs is opened again at the head of each and closed only in
the last. A mark of the other family inside a quotation opens a quotation within it. Where a mark is missing the quotation is still
reported, as far as a sentence or an attribution lets its end be seen, and said to be unmatched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from briefing.quotes.finding.quotation_marks import CLOSERS, Mark, Use, marks_in
from briefing.quotes.finding.words import Words
from briefing.quotes.saved_text import TextParagraph

_FAR = 3
"""How many paragraphs a quotation may run on without being opened again."""
_AHEAD = 200
"""How many marks of a paragraph are looked at to see whether one opens a quotation inside another."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_AFTER_COMMA = re.compile(r"[,!?…][ \t\n]+")
_LONGEST_SUBJECT = 5
_FAR_ON = 2_000
"""How many characters of a quotation without a closing mark are searched for its end."""
_SENTENCE_START = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»]))\s+(?=\S)")


class Piece(Struct, frozen=True, order=True):
    """Part of a quotation inside one paragraph: `index` of the paragraph in the list, offsets into its text.

    `start` to `end` are the words; `outer_start` to `outer_end` take in the marks.
    """

    index: int
    start: int
    end: int
    outer_start: int
    outer_end: int


class Span(Struct, frozen=True):
    """A quotation: one piece a paragraph. `matched` is false when its opening or its closing mark is missing."""

    pieces: tuple[Piece, ...]
    matched: bool = True
    nested: tuple[tuple[int, int, int], ...] = ()
    """Quotations inside it: index of the paragraph, start and end of the words."""


class _Open(Struct, frozen=True):
    """A quotation that has been opened and not yet closed."""

    mark: Mark
    start: int
    outer_start: int
    pieces: tuple[Piece, ...] = ()


def spans_in(paragraphs: Sequence[TextParagraph], words: Words) -> tuple[Span, ...]:
    """Every outermost quotation of a text, in reading order."""
    return _Reader([paragraph.text for paragraph in paragraphs], words).spans()


class _Reader:
    """One pass over the marks of a text, paragraph by paragraph."""

    def __init__(self, texts: Sequence[str], words: Words) -> None:
        self._texts = texts
        self._words = words
        self._all_marks = [marks_in(text, words) for text in texts]
        self._found: list[Span] = []
        self._at_paragraph(0)

    def _at_paragraph(self, index: int) -> None:
        self._index = index
        self._text, self._marks = (self._texts[index], self._all_marks[index]) if self._texts else ("", ())
        self._stack: list[_Open] = []
        self._nested: list[tuple[int, int, int]] = []
        closers = [(mark.glyph, at) for at, mark in enumerate(self._marks) if mark.single and mark.use is not Use.OPENS]
        self._last_closer = dict(closers)

    def spans(self) -> tuple[Span, ...]:
        """The quotations; those in whose pieces no letter or digit stands are none."""
        opened: _Open | None = None
        for index, text in enumerate(self._texts):
            self._at_paragraph(index)
            opened = self._read(opened)
            if opened is not None and self._runs_on(opened):
                opened = replace(opened, pieces=(*opened.pieces, self._piece(opened, len(text))))
            elif opened is not None:
                self._unclosed(opened, len(text))
                opened = None
        worded = (
            replace(span, pieces=tuple(one for one in span.pieces if self._has_words(one))) for span in self._found
        )
        return tuple(sorted((span for span in worded if span.pieces), key=lambda span: span.pieces[0]))

    def _has_words(self, piece: Piece) -> bool:
        return any(map(str.isalnum, self._texts[piece.index][piece.start : piece.end]))

    def _read(self, carried: _Open | None) -> _Open | None:
        """Reads one paragraph, in which the quotation `carried` goes on; gives what is still open at its end."""
        first = 0
        if carried is not None:
            head = self._reopened(carried.mark, self._index)
            first = 1 if head else 0
            start, outer_start = (head.end, head.start) if head else (0, 0)
            self._stack = [replace(carried, start=start, outer_start=outer_start)]
        for at in range(first, len(self._marks)):
            mark = self._marks[at]
            opened = self._opened_by(mark)
            if opened is not None and mark.use is not Use.OPENS and not self._stays_open(at):
                self._close(opened, mark)
            elif mark.use is Use.OPENS or (mark.use is Use.EITHER and opened is None):
                self._open(at)
            elif mark.use is Use.CLOSES and not self._stack:
                self._lone_closer(mark)
        return self._stack[0] if self._stack else None

    def _head(self, index: int) -> Mark | None:
        """The mark with which paragraph `index` begins."""
        marks = self._all_marks[index] if index < len(self._texts) else ()
        return marks[0] if marks and not self._texts[index][: marks[0].start].strip() else None

    def _reopened(self, opened: Mark, index: int) -> Mark | None:
        """The mark at the head of paragraph `index` that opens again what `opened` did."""
        head = self._head(index)
        same = head is not None and head.single == opened.single
        return head if head and same and (head.use is not Use.CLOSES or head.glyph == "»") else None

    def _runs_on(self, opened: _Open) -> bool:
        """Whether what stands open at the end of a paragraph goes on in the next."""
        if self._attribution_after_comma(opened.start, len(self._text)) is not None:
            return False
        reopened = self._reopened(opened.mark, self._index + 1)
        if reopened or opened.mark.single:
            return reopened is not None
        following = self._all_marks[self._index + 1 : self._index + 1 + _FAR]
        first = next((mark for marks in following for mark in marks if not mark.single), None)
        closes = first is not None and first.use is Use.CLOSES and not first.measure
        return first is not None and closes and first.glyph in CLOSERS[opened.mark.glyph]

    def _opened_by(self, mark: Mark) -> int | None:
        """Which open quotation `mark` would close: its place in the stack."""
        for at in range(len(self._stack) - 1, -1, -1):
            if mark.glyph in CLOSERS[self._stack[at].mark.glyph]:
                return at
            if mark.single:
                return None
        return None

    def _stays_open(self, at: int) -> bool:
        """Whether a mark that could close is a plural's apostrophe (the workers' day) or inches, because the true closer follows."""
        mark = self._marks[at]
        if not (self._text[mark.start - 1 : mark.start] in tuple("sS") if mark.single else mark.measure):
            return False
        after = self._text[mark.end : mark.end + 2]
        goes_on = after[:1] == " " and after[1:].isalpha()
        if not goes_on or _begins_attribution(self._text, mark.end, self._words):
            return False
        ahead = self._marks[at + 1 : at + 1 + _AHEAD]
        later = next((other for other in ahead if other.single == mark.single), None)
        if later is None or later.use is Use.OPENS:
            return False
        return not mark.single or self._text[later.start - 1] not in "sS"

    def _open(self, at: int) -> None:
        mark = self._marks[at]
        if mark.single and not self._closes_later(at):
            return
        if self._stack and self._stack[-1].mark.single == mark.single and not self._may_nest(at):
            unclosed = self._stack.pop()
            if not self._stack:
                self._unclosed(unclosed, mark.start)
        self._stack.append(_Open(mark, mark.end, mark.start))

    def _may_nest(self, at: int) -> bool:
        """Whether a mark of the family that is already open opens a quotation inside it: enough closers must follow for both."""
        mark = self._marks[at]
        if CLOSERS[mark.glyph] != CLOSERS[self._stack[-1].mark.glyph]:
            return True
        ahead = (other for other in self._marks[at + 1 : at + 1 + _AHEAD] if other.single == mark.single)
        return 2 in accumulate(-1 if other.use is Use.OPENS else 1 for other in ahead)

    def _closes_later(self, at: int) -> bool:
        """Whether a single mark finds its partner in this paragraph, or opens one that is opened again in the next."""
        mark = self._marks[at]
        if any(self._last_closer.get(glyph, -1) > at for glyph in CLOSERS[mark.glyph]):
            return True
        following = self._head(self._index + 1)
        again = mark.glyph == "‘" or (following is not None and following.glyph == mark.glyph)
        return again and at == 0 and not self._stack and self._head(self._index) is not None

    def _close(self, at: int, mark: Mark) -> None:
        opened = self._stack[at]
        del self._stack[at:]
        if self._stack:
            self._nested.append((self._index, opened.start, mark.start))
            return
        pieces = (*opened.pieces, self._piece(opened, mark.start, mark.end))
        self._found.append(Span(pieces, True, tuple(self._nested)))
        self._nested = []

    def _lone_closer(self, mark: Mark) -> None:
        """A closing mark that nothing opened: its quotation is taken to begin with the sentence."""
        last = len(self._text[: mark.start].rstrip()) - 1
        if mark.measure or mark.single or last <= 0:
            return
        if self._text[last] not in ".,!?…" and not _begins_attribution(self._text, mark.end, self._words):
            return
        before = self._found[-1].pieces[-1] if self._found else None
        start = before.outer_end if before is not None and before.index == self._index else 0
        for sentence in _SENTENCE_START.finditer(self._text, start, last):
            start = sentence.end()
        self._found.append(Span((self._piece(_Open(mark, start, start), mark.start, mark.end),), False))

    def _unclosed(self, opened: _Open, limit: int) -> None:
        """A quotation whose closing mark is missing: it ends before ', she said', else where the next one opens or the paragraph ends."""
        end = self._attribution_after_comma(opened.start, limit)
        piece = self._piece(opened, limit if end is None else end)
        self._found.append(Span((*opened.pieces, piece), False))

    def _piece(self, opened: _Open, end: int, outer_end: int | None = None) -> Piece:
        words = self._text[opened.start : end]
        start = opened.start + len(words) - len(words.lstrip())
        last = max(start, opened.start + len(words.rstrip()))
        return Piece(self._index, start, last, opened.outer_start, end if outer_end is None else outer_end)

    def _attribution_after_comma(self, start: int, limit: int) -> int | None:
        """Where a quotation without a closing mark that begins at `start` ends: after the comma before an attribution.

        None when there is none before `limit`, or none near.
        """
        commas = _AFTER_COMMA.finditer(self._text, start, min(limit, start + _FAR_ON))
        ends = (one.start() + 1 for one in commas if _begins_attribution(self._text, one.end(), self._words))
        return next(ends, None)


def _begins_attribution(text: str, at: int, words: Words) -> bool:
    """Whether `text` from `at` opens with a subject and a verb of speaking, in either order: 'she said', 'said Ms Bell'."""
    tokens = _TOKEN.findall(text[at : at + 80])
    if len(tokens) < 2 or text[at : at + 80].lstrip(" \t\n,")[:1] in ".;:!?":
        return False
    first, second = tokens[0], tokens[1]
    if words.has("speaking", first):
        return (
            second[0].isupper()
            or bool(words.lists_of(second) & {"pronouns", "writer", "determiners", "titles"})
            or "roles" in words.nouns(second)
        )
    if words.lists_of(first) & {"pronouns", "writer"}:
        return words.has("speaking", second)
    if not first[0].isupper() and not words.has("determiners", first):
        return False
    subject = tokens[1 : _LONGEST_SUBJECT + 1]
    return any(words.has("speaking", verb) and not words.has("nouns_too", verb) for verb in subject)
