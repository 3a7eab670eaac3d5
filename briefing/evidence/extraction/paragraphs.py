"""What quotations are looked for in: the paragraphs of a saved text, each knowing where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")


class Paragraph(Protocol):
    """A paragraph of a saved text.

    `number` counts from 1; `start` is the offset of its first character in the whole text, so that
    `whole[start : start + len(text)] == text`; `page` counts from 1 and is None where the source has no pages.
    """

    @property
    def text(self) -> str:
        """The words as saved, line breaks and all."""

    @property
    def number(self) -> int:
        """Which paragraph of the text this is, from 1."""

    @property
    def start(self) -> int:
        """Offset of the first character in the whole text."""

    @property
    def page(self) -> int | None:
        """The page it begins on, from 1; None where there are none."""


@dataclass(frozen=True, slots=True)
class PlainParagraph:
    """A paragraph of a plain text."""

    text: str
    number: int
    start: int
    page: int | None = None


def paragraphs_in(text: str) -> tuple[PlainParagraph, ...]:
    """The paragraphs of a plain text: blocks of lines with blank lines between them."""
    blocks = enumerate(_BLOCK.finditer(text), start=1)
    return tuple(PlainParagraph(block[0].rstrip(), number, block.start()) for number, block in blocks)
