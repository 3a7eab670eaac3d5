"""Finding where quotations begin and end: a small state machine over the marks of each paragraph.

Two conventions decide most cases. A quotation that runs over several paragraphs is opened again at the head of each and closed only in
the last. A mark of the other family inside a quotation opens a quotation within it. Where a mark is missing the quotation is still
reported, as far as a sentence or an attribution lets its end be seen, and said to be unmatched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a quotation inside one paragraph: `index` of the paragraph in the list, offsets into its text.

    `start` to `end` are the words; `outer_start` to `outer_end` take in the marks.
    """

    index: int
    start: int
    end: int
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation: one piece a paragraph. `matched` is false when its opening or its closing mark is missing."""

    pieces: tuple[Piece, ...]
    matched: bool = True
    nested: tuple[tuple[int, int, int], ...] = ()
    """Quotations inside it: index of the paragraph, start and end of the words."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation that has been opened and not yet closed."""

    mark: Mark
    pieces: tuple[Piece, ...]
    start: int
    outer_start: int


def spans_in(paragraphs: Sequence[TextParagraph], words: Words) -> tuple[Span, ...]:
    """Every outermost quotation of a text, in reading order."""
    marks = [marks_in(paragraph.text, words) for paragraph in paragraphs]
    found: list[Span] = []
    carried: _Open | None = None
    for index, paragraph in enumerate(paragraphs):
        following = marks[index + 1] if index + 1 < len(paragraphs) else ()
        opens_next = (
            following[0] if following and not paragraphs[index + 1].text[: following[0].start].strip() else None
        )
        reader = _Reader(paragraph.text, index, marks[index], words, carried, opens_next)
        found += reader.read()
        carried = None
        if reader.open_at_end is not None:
            still_open = reader.open_at_end
            if _runs_on(still_open, paragraph.text, index, marks, paragraphs, words):
                piece = _trimmed(
                    paragraph.text,
                    Piece(index, still_open.start, len(paragraph.text), still_open.outer_start, len(paragraph.text)),
                )
                carried = replace(still_open, pieces=(*still_open.pieces, piece))
            else:
                found.append(_unclosed(still_open, paragraph.text, index, len(paragraph.text), words))
    kept = (_with_words(span, paragraphs) for span in found)
    return tuple(
        sorted(
            (span for span in kept if span is not None), key=lambda span: (span.pieces[0].index, span.pieces[0].start)
        )
    )


def _runs_on(
    still_open: _Open,
    text: str,
    index: int,
    marks: Sequence[Sequence[Mark]],
    paragraphs: Sequence[TextParagraph],
    words: Words,
) -> bool:
    """Whether what stands open at the end of a paragraph goes on in the next."""
    if _attribution_after_comma(text, still_open.start, len(text), words) is not None:
        return False
    if index + 1 < len(paragraphs) and _reopens(still_open.mark, marks[index + 1], paragraphs[index + 1].text):
        return True
    if still_open.mark.single:
        return False
    for later in range(index + 1, min(index + 1 + _FAR, len(paragraphs))):
        doubles = [mark for mark in marks[later] if not mark.single]
        if doubles:
            first = doubles[0]
            return first.use is Use.CLOSES and not first.measure and first.glyph in CLOSERS[still_open.mark.glyph]
    return False


def _reopens(opened: Mark, marks: Sequence[Mark], text: str) -> bool:
    if not marks or text[: marks[0].start].strip() or marks[0].single != opened.single:
        return False
    return marks[0].use is not Use.CLOSES or marks[0].glyph == "»"


class _Reader:
    """One pass over the marks of one paragraph; `open_at_end` is what is left open."""

    def __init__(
        self, text: str, index: int, marks: Sequence[Mark], words: Words, carried: _Open | None, opens_next: Mark | None
    ) -> None:
        self._text = text
        self._index = index
        self._marks = marks
        self._words = words
        self._opens_next = opens_next
        self._found: list[Span] = []
        self._stack: list[_Open] = []
        self._nested: list[tuple[int, int, int]] = []
        self._last_closer = {
            mark.glyph: at for at, mark in enumerate(marks) if mark.single and mark.use is not Use.OPENS
        }
        self._first = 0
        self.open_at_end: _Open | None = None
        if carried is not None:
            reopened = _reopens(carried.mark, marks, text)
            self._first = 1 if reopened else 0
            head = marks[0] if reopened else None
            self._stack = [replace(carried, start=head.end if head else 0, outer_start=head.start if head else 0)]

    def read(self) -> list[Span]:
        """The quotations that end in this paragraph."""
        for at in range(self._first, len(self._marks)):
            mark = self._marks[at]
            opened = self._opened_by(mark)
            if opened is not None and mark.use is not Use.OPENS and not self._stays_open(at):
                self._close(opened, mark)
            elif mark.use is Use.OPENS or (mark.use is Use.EITHER and opened is None):
                self._open(at)
            elif mark.use is Use.CLOSES and not self._stack:
                self._lone_closer(mark)
        if self._stack:
            self.open_at_end = self._stack[0]
        return self._found

    def _opened_by(self, mark: Mark) -> int | None:
        """Which open quotation `mark` would close: its place in the stack."""
        for at in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[at].mark
            if mark.glyph in CLOSERS[opened.glyph]:
                return at
            if mark.single:
                return None
        return None

    def _stays_open(self, at: int) -> bool:
        """Whether a mark that could close is a plural's apostrophe (the workers' day) or inches, because the true closer follows."""
        mark = self._marks[at]
        before = self._text[mark.start - 1] if mark.start else ""
        after = self._text[mark.end : mark.end + 2]
        if not (mark.measure and not mark.single) and not (mark.single and before in "sS"):
            return False
        if (
            len(after) < 2
            or after[0] != " "
            or not after[1].isalpha()
            or _begins_attribution(self._text, mark.end, self._words)
        ):
            return False
        ahead = self._marks[at + 1 : at + 1 + _AHEAD]
        later = next((other for other in ahead if other.single == mark.single), None)
        if later is None or later.use is Use.OPENS:
            return False
        return not mark.single or self._text[later.start - 1] in ".,!?…" or self._text[later.start - 1] not in "sS"

    def _open(self, at: int) -> None:
        mark = self._marks[at]
        if mark.single and not self._closes_later(at):
            return
        if self._stack and self._stack[-1].mark.single == mark.single and not self._may_nest(at):
            unclosed = self._stack.pop()
            if self._stack:
                return self._push(mark)
            self._found.append(_unclosed(unclosed, self._text, self._index, mark.start, self._words))
        return self._push(mark)

    def _push(self, mark: Mark) -> None:
        self._stack.append(_Open(mark, (), mark.end, mark.start))

    def _may_nest(self, at: int) -> bool:
        """Whether a mark of the family that is already open opens a quotation inside it: enough closers must follow for both."""
        mark = self._marks[at]
        if CLOSERS[mark.glyph] != CLOSERS[self._stack[-1].mark.glyph]:
            return True
        balance = 0
        for other in self._marks[at + 1 : at + 1 + _AHEAD]:
            if other.single == mark.single:
                balance += -1 if other.use is Use.OPENS else 1
                if balance == 2:
                    return True
        return False

    def _closes_later(self, at: int) -> bool:
        """Whether a single mark finds its partner in this paragraph, or opens one that is opened again in the next."""
        mark = self._marks[at]
        if any(self._last_closer.get(glyph, -1) > at for glyph in CLOSERS[mark.glyph]):
            return True
        heads = at == 0 and not self._stack and not self._text[: mark.start].strip()
        return heads and (mark.glyph == "‘" or (self._opens_next is not None and self._opens_next.glyph == mark.glyph))

    def _close(self, at: int, mark: Mark) -> None:
        opened = self._stack[at]
        del self._stack[at:]
        if self._stack:
            self._nested.append((self._index, opened.start, mark.start))
            return
        piece = _trimmed(self._text, Piece(self._index, opened.start, mark.start, opened.outer_start, mark.end))
        self._found.append(Span((*opened.pieces, piece), True, tuple(self._nested)))
        self._nested = []

    def _lone_closer(self, mark: Mark) -> None:
        """A closing mark that nothing opened: its quotation is taken to begin with the sentence."""
        if mark.measure or mark.single:
            return
        last = mark.start - 1
        while last > 0 and self._text[last].isspace():
            last -= 1
        if last <= 0:
            return
        if self._text[last] not in ".,!?…" and not _begins_attribution(self._text, mark.end, self._words):
            return
        start = (
            self._found[-1].pieces[-1].outer_end
            if self._found and self._found[-1].pieces[-1].index == self._index
            else 0
        )
        for sentence in _SENTENCE_START.finditer(self._text, start, last):
            start = sentence.end()
        piece = _trimmed(self._text, Piece(self._index, start, mark.start, start, mark.end))
        self._found.append(Span((piece,), False))


def _unclosed(opened: _Open, text: str, index: int, limit: int, words: Words) -> Span:
    """A quotation whose closing mark is missing: it ends before ', she said', else where the next one opens or the paragraph ends."""
    end = _attribution_after_comma(text, opened.start, limit, words)
    stop = limit if end is None else end
    piece = _trimmed(text, Piece(index, opened.start, stop, opened.outer_start, stop))
    return Span((*opened.pieces, piece), False)


def _trimmed(text: str, piece: Piece) -> Piece:
    words = text[piece.start : piece.end]
    start = piece.start + len(words) - len(words.lstrip())
    return replace(piece, start=start, end=max(start, piece.start + len(words.rstrip())))


def _with_words(span: Span, paragraphs: Sequence[TextParagraph]) -> Span | None:
    """The span without pieces that hold no letter or digit; None when nothing is left."""
    pieces = tuple(
        piece for piece in span.pieces if any(map(str.isalnum, paragraphs[piece.index].text[piece.start : piece.end]))
    )
    return replace(span, pieces=pieces) if pieces else None


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


def _attribution_after_comma(text: str, start: int, limit: int, words: Words) -> int | None:
    """Where a quotation without a closing mark that begins at `start` ends: after the comma before an attribution.

    None when there is none before `limit`, or none near.
    """
    for comma in _AFTER_COMMA.finditer(text, start, min(limit, start + _FAR_ON)):
        if _begins_attribution(text, comma.end(), words):
            return comma.start() + 1
    return None
