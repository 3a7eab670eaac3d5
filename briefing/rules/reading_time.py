"""How long a brief takes to read, and how it fills its pages, for the rules that hold it to what it promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct

WORDS_A_MINUTE: Final = 238
"""What adults read silently of English prose that is no fiction, on average (Brysbaert 2019, a review of 190 studies)."""


class ReadingTime(Struct, frozen=True):
    """How many words each section has, by its heading, and how many minutes were promised."""

    sections: tuple[tuple[str, int], ...]
    promised: int | None

    @property
    def words(self) -> int:
        """How many words there are in all."""
        return sum(words for _, words in self.sections)

    @property
    def minutes(self) -> int:
        """Whole minutes, one at least."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def longest(self) -> str:
        """The sections that take longest, for a hint."""
        return _heaviest(self.sections, lambda words: f"{words / WORDS_A_MINUTE:.1f}")

    def as_json(self) -> dict[str, Any]:
        """The weight of the brief and of each section as plain values; minutes to a tenth."""
        sections = [
            {"section": heading, "words": words, "minutes": round(words / WORDS_A_MINUTE, 1)}
            for heading, words in self.sections
        ]
        return {"minutes": self.minutes, "words": self.words, "promised": self.promised, "sections": sections}


class PageUse(Struct, frozen=True):
    """How a brief fills its pages, in lines of running text: each page, and each section by its heading.

    `draft` is what the file is called that a brief over its limit leaves, and `advice` what would shorten it.
    """

    pages: tuple[float, ...]
    sections: tuple[tuple[str, float], ...]
    draft: str = ""
    advice: str = ""

    def over(self, most: int) -> int:
        """How many lines stand on pages after the `most` that are allowed; one at least."""
        return max(1, round(sum(self.pages[most:])))

    def longest(self) -> str:
        """The sections that take most room, for a hint."""
        return _heaviest(self.sections, lambda lines: f"{lines:.0f}")


def _heaviest(sections: Sequence[tuple[str, float]], said: Callable[[float], str], most: int = 3) -> str:
    ordered = sorted(sections, key=lambda each: -each[1])
    return ", ".join(f"{heading} {said(weight)}" for heading, weight in ordered[:most])
