"""What comes out when a quote is looked for in a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    NEGATION_CUT_OFF = "negation-cut-off"
    """The word right before it negates."""
    NUMBER_CUT_OFF = "number-cut-off"
    """It begins or ends at a number whose unit or multiplier stands outside."""
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
    """The source gives the words to somebody else, or names somebody else nearer."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One doubt about a quote, in a sentence for people; `passage` is the text of the source that it rests on."""

    doubt: Doubt
    message: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class MarkedChange:
    """A change that a quote marks: the mark as typed, and what stands in the source in its place (empty: nothing)."""

    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Found:
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


@dataclass(frozen=True, slots=True)
class NearestPassage:
    """The passage most like a quote that was not found: where it stands, and what differs, as ``[-source-]{+quote+}``."""

    start: int
    end: int
    passage: str
    diff: str
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A quote's status, with every place where it stands (the tightest first) or else the passage nearest to it."""

    status: QuoteStatus
    places: tuple[Found, ...] = ()
    nearest: NearestPassage | None = None
