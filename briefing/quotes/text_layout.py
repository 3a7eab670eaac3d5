"""Where the paragraphs of plain text are, and what in a text is layout and no words: marks of pages, time stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from statistics import median_high
from typing import Final

_LINE = re.compile(r"[^\n\f]+")
_BLOCK = re.compile(r"[^\n\f]+(?:\n(?![ \t]*(?:\n|$))[^\n\f]+)*")
LONGEST_WRAPPED_LINE = 200
"""Characters: nobody wraps lines by hand at more."""

_NUMBER: Final = r"[A-Z]{0,2}\d+(?:[-–/]\d+)?"
# What may be blank is said once in each place, so that a long row of blanks is tried in one way alone.
_BLANK: Final = r"[^\S\n]"
_BLANKS: Final = rf"{_BLANK}*"
CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
# The time before a message of a chat: '10:01, 3/2/2026', '02.03.26, 10:01:22 AM'.
_DAY: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_MESSAGE: Final = rf"(?:{_DAY},?[ ])?{CLOCK}(?:\s?[ap]\.?m\.?)?(?:,[ ]{_DAY})?"
# Marks of pages and times that transcripts and records set between or before the words.
_MARKS = re.compile(
    rf"""
    \[\[ \s* (?:(?:page|pages|p\.|pg\.?|seite|s\.|col(?:umn)?\.?) \s*)? {_NUMBER} \s* \]\] [ \t]*
  | ^[ \t]* (?:\[ {_BLANKS})? (?:page|seite|pg\.|p\.) {_BLANKS} {_NUMBER} (?:{_BLANK}+(?:of|von|de|/){_BLANK}+\d+)? (?:{_BLANKS} \])? [ \t]*$
  | ^[ \t]* [-–—]+ {_BLANKS} \d{{1,4}} {_BLANKS} [-–—]+ [ \t]*$
  | \[ {CLOCK} (?: \s*(?:-->|[-–—])\s* {CLOCK} )? \] [ \t]*
  | ^[\u200e \t]* \[ {_MESSAGE} \] [ \t]* (?=\S)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
# Times without square brackets: before a line's words, alone, or behind a name alone on its line.
_STAMPS = re.compile(
    rf"""
    ^[ \t]* {_DAY},? [ ] {CLOCK} (?:\s?[APap]\.?[Mm]\.?)? [ ][-–—][ ] (?=[^\n:]{{1,60}}:[ ])
  | ^[ \t]* (?: \({CLOCK}\) | \d{{1,2}}:\d\d:\d\d (?:[.,]\d{{1,3}})? (?:\s*(?:-->|[-–—])\s*{CLOCK})? ) [ \t]+ (?=\S)
  | ^[ \t]* \(?{CLOCK}\)? (?:\s*(?:-->|[-–—])\s*{CLOCK})? [ \t]*$
  | ^[ \t]* \d[\d:.,]{{2,15}} [ ]*-->[ ]* \d[\d:.,]{{2,15}} [ \t]*$
  | (?<=\w) [ \t]+ \(?{CLOCK}(?:\s?[APap]\.?[Mm]\.?)?\)? [ \t]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_NAME_ALONE = re.compile(r"[^\W\d_][\w.'’-]*(?:[ \t]+[^\W\d_][\w.'’-]*){,4}[ \t]*")
_FEWEST_STAMPS: Final = 3


def without_marks(text: str) -> str:
    """`text` without marks of pages and times in square brackets."""
    return _MARKS.sub("", text)


def without_layout(text: str) -> str:
    """`text` without page marks, and without time stamps where there are several."""
    text = without_marks(text)
    stamps = [match for match in _STAMPS.finditer(text) if _is_stamp(text, match)]
    if len(stamps) >= _FEWEST_STAMPS:
        kept = pairwise([0, *(edge for match in stamps for edge in match.span()), len(text)])
        text = "".join(text[start:end] for start, end in islice(kept, 0, None, 2))
    return text


def _is_stamp(text: str, match: re.Match[str]) -> bool:
    """A time at the end of a line is a stamp behind a name, and else one of the words."""
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    named = _NAME_ALONE.fullmatch(before.strip()) is not None and all(word[0].isupper() for word in before.split())
    return not before.strip() or named


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph of a plain text."""
    for match in (_LINE if _one_line_a_paragraph(text) else _BLOCK).finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words[0])
            yield start, start + len(words)


def _one_line_a_paragraph(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if not re.search(r"\n[ \t]*\n", text.strip()):
        # Most lines end a sentence, as paragraphs do and wrapped lines do not.
        ending = sum(line.rstrip()[-1] in '.!?:”"’»“' for line in lines)
        return not lines or median_high(len(line) for line in lines) > 100 or ending * 2 > len(lines)
    return any(len(line) > LONGEST_WRAPPED_LINE and line.count(" ") > LONGEST_WRAPPED_LINE // 15 for line in lines)
