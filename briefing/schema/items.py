"""The items a brief is made of: events, quotes, positions, open questions, own sections, figures and sources."""

from __future__ import annotations

import re
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import BeforeValidator, Field

from briefing.schema.chart_models import Chart
from briefing.schema.kinds import Column
from briefing.schema.readers import read_prose
from briefing.schema.types import (
    AS_TYPED,
    MANY,
    NOTE_TO_EDITOR,
    Body,
    Choice,
    Date,
    Fingerprint,
    Holds,
    Identifier,
    LanguageTag,
    Line,
    Model,
    Prose,
    QuotedWords,
    RelativePath,
    Url,
)
from briefing.text import prose

Ids = Annotated[tuple[Identifier, ...], MANY]


class Priority(Choice):
    """How much a reader with little time needs an item; an edition may leave out what is needed less."""

    LOW = "low", "A short edition does without it."
    NORMAL = "normal", "As important as what says nothing."
    HIGH = "high", "Stays in the shortest edition."


class Noted(Model):
    """What all items have, and the brief itself."""

    note_to_editor: Line | None = None
    """What the writer tells the editor: a comment in the Word file, printed nowhere."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """The key comes last wherever keys are listed."""
        cls.__pydantic_fields__[NOTE_TO_EDITOR] = cls.__pydantic_fields__.pop(NOTE_TO_EDITOR)


class Item(Noted):
    """What all items have that are known by an id."""

    id: Identifier | None = None
    """A stable id; made from the content when left out."""
    priority: Annotated[Priority | None, Field(strict=False)] = None
    """low, normal or high; an edition may leave out what is lower."""
    marking: Line | None = None
    """Who may see it, as in `handling`; an edition with a lower marking leaves it out."""


class Point(Model):
    """A text of a list that has more to say of itself; a plain string in the data file is the text."""

    text: Prose
    """The text."""
    priority: Annotated[Priority | None, Field(strict=False)] = None
    """low, normal or high; an edition may leave out what is lower."""
    marking: Line | None = None
    """Who may see it, as in `handling`; an edition with a lower marking leaves it out."""


def _point(value: Any) -> prose.Prose:
    if isinstance(value, dict):
        return replace(Point.model_validate(value).text, key="text")
    return read_prose(value)


PointOrText = Annotated[
    prose.Prose,
    BeforeValidator(_point, json_schema_input_type=Prose | Point),
    AS_TYPED,
    Holds("text, or keys of *key_points and lines_to_take*", Point),
]
"""What a list of texts holds: a text, or one with its priority and marking."""


class Event(Item):
    """Something that happened or is planned, on the timeline."""

    date: Date
    """When: a year, a month or a day."""
    event: Prose
    """What happened, in a sentence."""
    sources: Ids = ()
    """Ids of the sources that say so."""


class Quote(Item):
    """Somebody's words, exactly."""

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
    original: QuotedWords | None = None
    """The words in the speaker's language, where `text` is a translation: they are what is held against the source."""
    translated_by: Line | None = None
    """Who put it into the brief's language."""
    language: LanguageTag | None = None
    """The language it was said in, a BCP 47 tag: of `original`, or of `text` where there is none. Programs that read aloud speak it so."""
    note: Prose | None = None
    """What a reader must know before relying on it."""


class Stance(Choice):
    """Where somebody stands on the brief's proposition."""

    STRONGLY_OPPOSED = "strongly_opposed", "Works against the proposition."
    OPPOSED = "opposed", "Is against it."
    MIXED = "mixed", "Is for some of it and against some."
    NEUTRAL = "neutral", "Has chosen to take no side."
    UNDECIDED = "undecided", "Has not made up its mind."
    SUPPORTIVE = "supportive", "Is for it."
    STRONGLY_SUPPORTIVE = "strongly_supportive", "Works for it."
    UNKNOWN = "unknown", "The authors do not know."


class Influence(Choice):
    """How much weight somebody has in the matter."""

    LOW = "low", "Can be heard, but changes little."
    MEDIUM = "medium", "Can help or hinder."
    HIGH = "high", "Can decide the matter, or stop it."


class Confidence(Choice):
    """How sure the authors are (ICD 203, D.6.e(2)(b): low, moderate or high)."""

    LOW = "low", "Scant or fragmentary information, or sources of doubt."
    MODERATE = "moderate", "Credible and plausible, but not well enough corroborated."
    HIGH = "high", "Information of high quality from several sources."


class Stakeholder(Item):
    """Who stands where: one person's or body's position on the brief's proposition."""

    name: Annotated[Line, Column(19, label="who")]
    """The person or body."""
    kind: Line | None = None
    """What sort of party it is, for example 'agency', 'government' or 'company'."""
    position: Annotated[Prose | None, Column(52, empty="not_stated")] = None
    """What the party holds, in a sentence or two."""
    stance: Annotated[Annotated[Stance, Field(strict=False)] | None, Column(16)] = None
    """For or against the `proposition`."""
    influence: Annotated[Annotated[Influence, Field(strict=False)] | None, Column(14)] = None
    """low, medium or high."""
    interests: Prose | None = None
    """What the party wants or fears."""
    confidence: Annotated[Annotated[Confidence, Field(strict=False)] | None, Column(14)] = None
    """How sure the authors are of this reading: low, moderate or high."""
    as_of: Date | None = None
    """The date of the position."""
    quotes: Ids = ()
    """Ids of quotes that show the position."""
    sources: Ids = ()
    """Ids of the sources for the position."""


class QuestionStatus(Choice):
    """What has become of a question."""

    OPEN = "open", "Nobody has answered it."
    ANSWERED = "answered", "There is an answer; write it under 'answer'."
    DROPPED = "dropped", "It no longer matters."


class Question(Item):
    """Something that is not known, who finds out, and by when."""

    question: Annotated[Prose, Column(48)]
    """The question, as one sentence."""
    why: Prose | None = None
    """Why the answer matters."""
    status: Annotated[QuestionStatus, Field(strict=False), Column(14)] = QuestionStatus.OPEN
    """open, answered or dropped."""
    raised: Date | None = None
    """When it came up."""
    owner: Annotated[Line | None, Column(23, label="owner_and_next_step", empty="no_owner")] = None
    """Who finds out."""
    next_step: Prose | None = None
    """What happens next."""
    due: Annotated[Date | None, Column(14, empty="no_due_date")] = None
    """When an answer is due."""
    answer: Prose | None = None
    """The answer, once there is one."""
    answered: Date | None = None
    """When it was answered."""
    sources: Ids = ()
    """Ids of the sources for the question or its answer."""


class OwnSection(Item):
    """A section of an office's own."""

    title: Line
    """The heading."""
    body: Body
    """The text."""
    after: Identifier | None = None
    """The section it follows: a built-in one by its key, such as `summary` or `open_questions`, or another id; within a section, one beside it."""
    sections: Annotated[tuple[OwnSection, ...], MANY] = ()
    """Sections within it, and within these, with headings of the second and third level."""


class FigureWidth(Choice):
    """How wide a figure is."""

    COLUMN = "column", "As wide as running text."
    HALF = "half", "Half as wide as the page's text."
    FULL = "full", "As wide as the page's text."


class FigureItem(Item):
    """A picture or a chart with its caption."""

    image: RelativePath | None = None
    """Path of a PNG or JPEG below the data file."""
    chart: Chart | None = None
    """Values to draw instead of a picture."""
    caption: Prose
    """What the figure shows."""
    alt: Line | None = None
    """What somebody who cannot see it must know; the values of a chart are told behind it."""
    width: Annotated[FigureWidth | None, Field(strict=False)] = None
    """column, half or full; a chart is full when left out, a picture as wide as it is."""
    credit: Line | None = None
    """Whose picture or data it is; stands under the caption."""
    after: Identifier | None = None
    """The section or annex it stands in, at its end."""
    sources: Ids = ()
    """Ids of the sources."""


class SourceKind(Choice):
    """How near a source stands to what it reports."""

    PRIMARY = "primary", "The document or the person itself."
    SECONDARY = "secondary", "Reports what it has from a primary source."
    HEARSAY = "hearsay", "Reports what another report says."


class Standing(Choice):
    """Why a source does not grow old."""

    IN_FORCE = (
        "in_force",
        "An act, a treaty, a court's decision or a standard, which holds until another takes its place.",
    )
    KEPT_UP = "kept_up", "A data series or a register, which is kept up to date."


_LASTING = re.compile(
    r"\b(?:act|treaty|treaties|convention|protocol|charter|constitution|directive|regulations?|statutes?|statutory|code|decree|ordinance|judgment|"
    r"resolution|standard|iso \d+|census|statistics|statistical|data ?(?:base|set|series)|time series|index|indices|register|registry|yearbook|"
    r"gesetz|verordnung|vertrag|übereinkommen|verfassung|richtlinie|statistik|loi|décret|traité|règlement|constitution|statistiques)\b"
    r"|(?<=[a-zäöü])(?:gesetz|verordnung|vertrag|statistik)\b",
    re.IGNORECASE,
)
"""What acts, treaties and data series have in their titles."""


class Source(Noted):
    """A document, page or conversation that statements rest on."""

    id: Identifier
    """The name used in citations: ``[@id]``."""
    title: Line
    """The title, as published."""
    publisher: Line | None = None
    """Who published it."""
    author: Line | None = None
    """Who wrote it."""
    published: Date | None = None
    """When it came out."""
    accessed: Date | None = None
    """When it was last read."""
    url: Url | None = None
    """Where it is found."""
    kind: Annotated[SourceKind, Field(strict=False)] | None = None
    """primary, secondary or hearsay."""
    via: Identifier | None = None
    """Id of the source that reports it."""
    text: RelativePath | None = None
    """Path of its saved text, relative to the data file."""
    sha256: Fingerprint | None = None
    """The SHA-256 of the saved text when its quotes were last verified."""
    note: Line | None = None
    """What a reader must know of the source."""
    standing: Annotated[Standing, Field(strict=False)] | None = None
    """in_force or kept_up: what does not grow old. Where the title says act, treaty, statistics and the like, it is known without."""
    marking: Line | None = None
    """Who may see it, as in `handling`; an edition with a lower marking leaves it out."""

    @property
    def lasts(self) -> bool:
        """Whether it does not grow old."""
        return self.standing is not None or _LASTING.search(self.title) is not None
