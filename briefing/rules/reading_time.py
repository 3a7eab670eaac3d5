"""How long a brief takes to read, and the rule that holds it to what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

WORDS_A_MINUTE: Final = 238
"""What adults read silently of English prose that is no fiction, on average (Brysbaert 2019, a review of 190 studies)."""


@dataclass(frozen=True, slots=True)
class ReadingTime:
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

    def longest(self, most: int = 3) -> str:
        """The sections that take longest, for a hint."""
        ordered: Sequence[tuple[str, int]] = sorted(self.sections, key=lambda each: -each[1])
        return ", ".join(f"{heading} {words / WORDS_A_MINUTE:.1f}" for heading, words in ordered[:most])

    def as_json(self) -> dict[str, Any]:
        """The weight of the brief and of each section as plain values; minutes to a tenth."""
        sections = [
            {"section": heading, "words": words, "minutes": round(words / WORDS_A_MINUTE, 1)}
            for heading, words in self.sections
        ]
        return {"minutes": self.minutes, "words": self.words, "promised": self.promised, "sections": sections}
