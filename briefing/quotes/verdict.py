"""What comes out when a quote is held against its source, and what is known of it afterwards."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct, to_builtins

from briefing.quotes.saved_text import SavedText


class QuoteStatus(StrEnum):
    """What is known of a quote after looking for it."""

    VERBATIM = "verbatim"
    """It stands in the saved text, word for word."""
    MARKED = "verbatim with marked changes"
    """It stands there but for changes that it marks itself."""
    ALTERED = "altered"
    """Something like it stands there, with other words, marks or letter case."""
    NOT_FOUND = "not found"
    """Nothing like it stands there."""
    NO_SAVED_TEXT = "no saved text"
    """There is no saved text to look in."""
    TRANSLATED = "translated, not checked"
    """It is a translation, and the words in the speaker's language are not given."""
    SOURCE_CHANGED = "source changed"
    """The saved text is not the one against which the quote was last verified."""


class Doubt(StrEnum):
    """What a reader of a quote may be misled by although its words stand in the source. The values are stable names."""

    FAR_APART = "far-apart"
    """Its pieces are joined from passages that stand far apart."""
    NEGATION_LEFT_OUT = "negation-left-out"
    """An omission inside one sentence leaves out a negation."""
    NEGATION_PUT_IN = "negation-put-in"
    """A bracket puts a negation in."""
    NAME_CHANGED = "name-changed"
    """A bracket sets one name for another."""
    NEGATION_CUT_OFF = "negation-cut-off"
    """A word that negates, or says as much ('few', 'far from'), governs it and is cut off before it."""
    CONDITION_CUT_OFF = "condition-cut-off"
    """Its sentence has a condition ('unless', 'if') that is left out."""
    NUMBER_CUT_OFF = "number-cut-off"
    """It begins or ends at a number whose sign, unit or multiplier stands outside."""
    QUESTION_CUT_OFF = "question-cut-off"
    """It is part of a question and does not show it."""
    SENTENCE_GOES_ON = "sentence-goes-on"
    """It ends where the speaker's sentence goes on behind 'she said'."""
    INTERRUPTED = "interrupted"
    """It runs over a 'she said' of the source without marking it."""
    OTHER_ORDER = "other-order"
    """Its pieces stand in the source in another order."""
    EMPHASIS_NOT_NOTED = "emphasis-not-noted"
    """It has emphasis and does not say whose."""
    OUTSIDE_MARKS = "outside-quotation-marks"
    """It stands outside the quotation marks that its source uses, so that it may be the writer's paraphrase."""
    SPEAKER_NOT_NAMED = "speaker-not-named"
    """Its speaker is not named near the passage."""
    OTHER_SPEAKER = "other-speaker"
    """The source states that somebody else said the words."""
    SECOND_HAND = "second-hand"
    """It stands in a quotation inside a quotation: its speaker hands on what somebody else said."""
    NOT_SAID = "not-said"
    """The source does not say that the words were said: 'never said', 'denied saying', 'if she says'."""
    OTHER_PLACE = "other-place"
    """It stands elsewhere in the source than its locator says."""


class Caution(Struct, frozen=True):
    """One doubt about a quote, in a sentence for people; `passage` is the text of the source that it rests on."""

    doubt: Doubt
    message: str
    passage: str = ""


class MarkedChange(Struct, frozen=True):
    """A change that a quote marks: the mark as typed, and what stands in the source in its place (empty: nothing)."""

    mark: str
    source: str


class Found(Struct, frozen=True):
    """One place where a quote stands: offsets of the passage in the source's text, in characters, with what it changes and risks."""

    start: int
    end: int
    passage: str
    pieces: tuple[tuple[int, int], ...]
    """Start and end of each run of words that is unbroken."""
    changes: tuple[MarkedChange, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def status(self) -> QuoteStatus:
        """What the quote is if this is the place that it was taken from."""
        return QuoteStatus.MARKED if self.changes else QuoteStatus.VERBATIM


class NearestPassage(Struct, frozen=True):
    """The passage most like a quote that was not found: where it stands, and what differs, as ``[-source-]{+quote+}``."""

    start: int
    end: int
    passage: str
    diff: str
    cautions: tuple[Caution, ...] = ()


class Finding(Struct, frozen=True):
    """A quote's status, with every place where it stands (the tightest first) or else the passage nearest to it."""

    status: QuoteStatus
    places: tuple[Found, ...] = ()
    nearest: NearestPassage | None = None


class Location(Struct, frozen=True):
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


class QuoteEvidence(Struct, frozen=True):
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
    elsewhere: str | None = None
    """Another source of the brief in whose saved text the words stand, where their own does not have them."""
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
        return {
            "quote": self.quote_id,
            "status": str(self.status),
            "comparison": str(self.comparison),
            "source": self.source_id,
            "source_sha256": self.source_sha256,
            "passage": self.passage,
            "nearest": self.nearest,
            "diff": self.diff,
            "location": None if self.location is None else to_builtins(self.location),
            "locator": self.default_locator,
            "changes": [to_builtins(change) for change in self.changes],
            "warnings": [
                {"code": str(warning.doubt), "message": warning.message, "passage": warning.passage}
                for warning in self.warnings
            ],
            "as_reported_by": self.as_reported_by,
            "elsewhere": self.elsewhere,
            "fault": self.fault,
        }
