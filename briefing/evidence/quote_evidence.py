"""What is known of one quote of a brief after holding it against its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.evidence.finding import Caution, MarkedChange, QuoteStatus
from briefing.evidence.saved_text import SavedText


@dataclass(frozen=True, slots=True)
class Location:
    """Where a passage stands in a saved text.

    Paragraphs and pages count from 1; pages are None where the source has none. `start` and `end` are offsets into the whole
    text, in characters, the end exclusive.
    """

    paragraph: int
    last_paragraph: int
    page: int | None
    last_page: int | None
    start: int
    end: int

    @classmethod
    def of(cls, saved: SavedText, start: int, end: int) -> Location:
        """The location of the characters from `start` to `end`."""
        first, last = saved.paragraph_at(start), saved.paragraph_at(max(start, end - 1))
        return cls(first.number, last.number, first.page, last.page, start, end)

    @property
    def default_locator(self) -> str:
        """The locator for a quote that has none: 'para 6', 'paras 6–8', or 'p. 3', 'pp. 3–4' where the source has pages."""
        if self.page is not None:
            return f"p. {self.page}" if self.page == self.last_page else f"pp. {self.page}–{self.last_page}"
        if self.paragraph == self.last_paragraph:
            return f"para {self.paragraph}"
        return f"paras {self.paragraph}–{self.last_paragraph}"


@dataclass(frozen=True, slots=True)
class QuoteEvidence:
    """A quote and what its source says of it."""

    quote_id: str
    status: QuoteStatus
    comparison: QuoteStatus
    """The outcome against the text as it is now; the same as `status` but where the source changed."""
    source_id: str | None = None
    """The source whose saved text was looked in: the quote's own, or the one that reports it."""
    source_sha256: str | None = None
    """The SHA-256 of that saved text, in hexadecimal."""
    passage: str | None = None
    """The words of the source that the quote gives, as they stand there."""
    nearest: str | None = None
    """For an altered quote the passage most like it."""
    diff: str | None = None
    """What differs from that passage, as ``[-words of the source-]{+words of the quote+}``."""
    location: Location | None = None
    """Where the passage, or else the nearest one, stands."""
    changes: tuple[MarkedChange, ...] = ()
    """The changes that the quote marks, with what the source has in their place."""
    warnings: tuple[Caution, ...] = ()
    """What may mislead although the words stand there."""
    as_reported_by: str | None = None
    """Who reports the words, where the quote's source only came by them: publisher, author or title of that source."""
    fault: str | None = None
    """Why a saved text that is named could not be read."""

    @property
    def is_verified(self) -> bool:
        """Whether the words stand in the saved text that was last verified."""
        return self.status in (QuoteStatus.VERBATIM, QuoteStatus.MARKED)

    @property
    def default_locator(self) -> str | None:
        """The locator to print when the brief gives none; None for a quote that is not verified."""
        return self.location.default_locator if self.location is not None and self.is_verified else None

    def as_json(self) -> dict[str, Any]:
        """The evidence as plain values, for `--json`."""
        location = self.location
        return {
            "quote": self.quote_id,
            "status": str(self.status),
            "comparison": str(self.comparison),
            "source": self.source_id,
            "source_sha256": self.source_sha256,
            "passage": self.passage,
            "nearest": self.nearest,
            "diff": self.diff,
            "location": None
            if location is None
            else {
                "paragraph": location.paragraph,
                "last_paragraph": location.last_paragraph,
                "page": location.page,
                "last_page": location.last_page,
                "start": location.start,
                "end": location.end,
            },
            "locator": self.default_locator,
            "changes": [{"mark": change.mark, "source": change.source} for change in self.changes],
            "warnings": [
                {"code": str(warning.doubt), "message": warning.message, "passage": warning.passage}
                for warning in self.warnings
            ],
            "as_reported_by": self.as_reported_by,
            "fault": self.fault,
        }
