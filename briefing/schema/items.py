"""The items a brief is made of: events, quotes, positions, open questions, own sections and figures."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from briefing.schema.types import LONGEST_LIST, Date, Identifier, Line, Model, Number, Prose, QuotedWords, RelativePath

Ids = Annotated[tuple[Identifier, ...], Field(max_length=LONGEST_LIST, strict=False)]


class Event(Model):
    """Something that happened or is planned, on the timeline."""

    id: Identifier | None = None
    """A stable id; made from the content when left out."""
    date: Date
    """When: a year, a month or a day."""
    event: Prose
    """What happened, in a sentence."""
    sources: Ids = ()
    """Ids of the sources that say so."""


class Quote(Model):
    """Somebody's words, exactly."""

    id: Identifier | None = None
    """A stable id; made from the content when left out."""
    text: QuotedWords
    """The words, without outer quotation marks; changes are marked […], [word], [sic], [emphasis added]."""
    speaker: Line
    """Who said it."""
    role: Line | None = None
    """The speaker's office when it was said."""
    organisation: Line | None = None
    """The body the speaker spoke for."""
    date: Date | None = None
    """When it was said."""
    source: Identifier | None = None
    """Id of the source that quotes it."""
    locator: Line | None = None
    """Where in the source, for example 'para 6' or 'p. 3'."""
    context: Prose | None = None
    """What it was said about, and where."""
    translated_by: Line | None = None
    """Who put it into the brief's language."""
    note: Prose | None = None
    """What a reader must know before relying on it."""


class Stance(StrEnum):
    """Where somebody stands on the brief's proposition."""

    STRONGLY_OPPOSED = "strongly_opposed"
    OPPOSED = "opposed"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    UNDECIDED = "undecided"
    SUPPORTIVE = "supportive"
    STRONGLY_SUPPORTIVE = "strongly_supportive"
    UNKNOWN = "unknown"


class Influence(StrEnum):
    """How much weight somebody has in the matter."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Confidence(StrEnum):
    """How sure the authors are (ICD 203, D.6.e(2)(b): low, moderate or high)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Stakeholder(Model):
    """Who stands where: one person's or body's position on the brief's proposition."""

    id: Identifier | None = None
    """A stable id; made from the name when left out."""
    name: Line
    """The person or body."""
    kind: Line | None = None
    """What sort of party it is, for example 'agency', 'government' or 'company'."""
    position: Prose | None = None
    """What the party holds, in a sentence or two."""
    stance: Annotated[Stance, Field(strict=False)] | None = None
    """For or against the `proposition`."""
    influence: Annotated[Influence, Field(strict=False)] | None = None
    """low, medium or high."""
    interests: Prose | None = None
    """What the party wants or fears."""
    confidence: Annotated[Confidence, Field(strict=False)] | None = None
    """How sure the authors are of this reading: low, moderate or high."""
    as_of: Date | None = None
    """The date of the position."""
    quotes: Ids = ()
    """Ids of quotes that show the position."""
    sources: Ids = ()
    """Ids of the sources for the position."""


class QuestionStatus(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"


class Question(Model):
    """Something that is not known, who finds out, and by when."""

    id: Identifier | None = None
    """A stable id; made from the question when left out."""
    question: Prose
    """The question, as one sentence."""
    why: Prose | None = None
    """Why the answer matters."""
    status: Annotated[QuestionStatus, Field(strict=False)] = QuestionStatus.OPEN
    """open, answered or dropped."""
    raised: Date | None = None
    """When it came up."""
    owner: Line | None = None
    """Who finds out."""
    next_step: Prose | None = None
    """What happens next."""
    due: Date | None = None
    """When an answer is due."""
    answer: Prose | None = None
    """The answer, once there is one."""
    answered: Date | None = None
    """When it was answered."""
    sources: Ids = ()
    """Ids of the sources for the question or its answer."""


class OwnSection(Model):
    """A section of an office's own."""

    id: Identifier | None = None
    """A stable id; made from the title when left out."""
    title: Line
    """The heading."""
    body: Prose
    """The text."""
    after: Identifier | None = None
    """The section it follows: a built-in one (summary, key_points, background, timeline, quotes, stakeholders, open_questions) or another id."""


class ChartKind(StrEnum):
    """How values are drawn."""

    BAR = "bar"
    LINE = "line"


class ChartValue(Model):
    """One bar or point of a chart."""

    label: Line
    """What is measured."""
    value: Number
    """How much."""


class Chart(Model):
    """A drawn figure made from values; the values are printed too."""

    kind: Annotated[ChartKind, Field(strict=False)] = ChartKind.BAR
    """bar or line."""
    unit: Line | None = None
    """What the values count, for example 'million m³'."""
    values: Annotated[tuple[ChartValue, ...], Field(min_length=1, max_length=24, strict=False)]
    """The values, in the order they are drawn."""


class FigureItem(Model):
    """A picture or a chart with its caption."""

    id: Identifier | None = None
    """A stable id; made from the caption when left out."""
    image: RelativePath | None = None
    """Path of a PNG or JPEG below the data file."""
    chart: Chart | None = None
    """Values to draw instead of a picture."""
    caption: Prose
    """What the figure shows."""
    alt: Line | None = None
    """What somebody who cannot see it must know."""
    after: Identifier | None = None
    """The section it stands in, at its end."""
    sources: Ids = ()
    """Ids of the sources."""
