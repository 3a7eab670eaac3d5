"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median_high

from markdown_it import MarkdownIt

from briefing.evidence.decoding import decoded
from briefing.evidence.read_html import blocks_of_html
from briefing.evidence.saved_text import Block, SavedText, from_spans

_LINE = re.compile(r"[^\n\f]+")
_BLOCK = re.compile(r"[^\n\f]+(?:\n(?![ \t]*(?:\n|$))[^\n\f]+)*")
LONGEST_WRAPPED_LINE = 200
"""Characters: nobody wraps lines by hand at more."""


def read_plain(data: bytes, sha256: str) -> SavedText:
    """Plain text, kept as it is.

    A blank line or a form feed ends a paragraph; so does every line end where lines are not wrapped by hand. That is
    so where a line is longer than 200 characters, and, without any blank line, where most lines end a sentence or are
    longer than 100.
    """
    text = decoded(data)
    return from_spans(text, _spans(text), sha256)


def blocks_of_markdown(data: bytes) -> Iterator[Block]:
    """Markdown (CommonMark), read as the page it makes, so that its signs do not stand between words."""
    yield from blocks_of_html(MarkdownIt("commonmark").render(decoded(data)).encode(), "utf-8")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    pattern = _LINE if _one_line_a_paragraph(text) else _BLOCK
    for match in pattern.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words[0])
            yield start, start + len(words)


def _one_line_a_paragraph(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if not re.search(r"\n[ \t]*\n", text.strip()):
        return not lines or median_high(len(line) for line in lines) > 100 or _ends_sentences(lines)
    return any(len(line) > LONGEST_WRAPPED_LINE and line.count(" ") > LONGEST_WRAPPED_LINE // 15 for line in lines)


def _ends_sentences(lines: list[str]) -> bool:
    """Whether most lines end a sentence, as paragraphs do and wrapped lines do not."""
    return sum(line.rstrip()[-1] in '.!?:”"’»“' for line in lines) * 2 > len(lines)
