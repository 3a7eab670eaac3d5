"""The whole data file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from briefing.schema.items import Event, FigureItem, OwnSection, Question, Quote, Stakeholder
from briefing.schema.types import (
    LONGEST_LIST,
    Date,
    Email,
    Fingerprint,
    Holds,
    Identifier,
    IssuePath,
    LanguageTag,
    Line,
    Model,
    Prose,
    RelativePath,
    Url,
    WholeNumber,
)


class Person(Model):
    """Somebody who wrote the brief or for whom it was written; a plain string in the data file is a name."""

    name: Line
    """The name, as it is printed."""
    role: Line | None = None
    """What the person does, for example 'Head of Space Policy'."""
    organisation: Line | None = None
    """The body the person works for."""
    email: Email | None = None
    """The address for questions."""


def _person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


PersonOrName = Annotated[
    Person,
    BeforeValidator(_person, json_schema_input_type=Line | Person),
    Holds("name, or keys of *authors and audience*"),
]


class SourceKind(StrEnum):
    """How near a source stands to what it reports."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    HEARSAY = "hearsay"


class Source(Model):
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


class Waiver(Model):
    """Lets one item break one rule for a time."""

    rule: Line
    """The rule's code, for example 'one-sided-quotes'."""
    item: Line | None = None
    """The id of the item, or a path such as 'key_points[2]'; the whole brief when left out."""
    reason: Prose
    """Why the rule does not fit here."""
    until: Date
    """The last day, month or year on which it holds, by the brief's date."""


Many = Field(max_length=LONGEST_LIST, strict=False)


class Period(Model):
    """The days an issue of a series covers."""

    start: Date
    """The first day."""
    end: Date
    """The last day."""


class Series(Model):
    """The series a brief belongs to."""

    title: Line
    """The series' name."""
    number: WholeNumber | None = None
    """The issue's number."""
    period: Period | None = None
    """The days this issue covers."""
    next: Date | None = None
    """When the next issue is due."""
    previous: IssuePath | None = None
    """Path of the last issue's data file; the brief then opens with what changed since."""


class Handling(Model):
    """Who may see the brief."""

    marking: Line
    """For example 'OFFICIAL' or 'TLP:AMBER'; printed top and bottom of every page."""
    caveat: Line | None = None
    """A limit that goes with the marking."""


class Paper(StrEnum):
    """The sheet the brief is laid out for."""

    A4 = "A4"
    LETTER = "Letter"


class EvidenceShown(StrEnum):
    """How much a reader sees of whether quotes were verified."""

    MARK = "mark"
    FULL = "full"
    PROBLEMS = "problems"
    NONE = "none"


class EvidenceDisplay(Model):
    """How the verification of quotes is printed."""

    show: Annotated[EvidenceShown, Field(strict=False)] = EvidenceShown.MARK
    """mark (a mark and words), full (with the place in the source), problems (only of quotes that are not verified) or none."""


class Brief(Model):
    """One policy brief, as typed in its data file."""

    title: Line
    """The brief's title, one line."""
    subtitle: Line | None = None
    """A second line under the title."""
    date: Date
    """The date the brief states the situation as of."""
    language: LanguageTag = "en-GB"
    """The language the brief is written in, a BCP 47 tag."""
    reference: Line | None = None
    """The office's own number."""
    series: Series | None = None
    """The series it belongs to."""
    authors: Annotated[tuple[PersonOrName, ...], Many] = ()
    """Who wrote it."""
    audience: Annotated[tuple[PersonOrName, ...], Many] = ()
    """Who it is for."""
    handling: Handling | None = None
    """Who may see it."""
    paper: Annotated[Paper | None, Field(strict=False)] = None
    """A4 or Letter; the theme's when left out."""
    proposition: Prose | None = None
    """The one proposal that every stance is for or against."""
    summary: Prose | None = None
    """The bottom line, first thing read."""
    key_points: Annotated[tuple[Prose, ...], Many] = ()
    """What a reader must take away."""
    background: Prose | None = None
    """What led here."""
    timeline: Annotated[tuple[Event, ...], Many] = ()
    """What happened when."""
    quotes: Annotated[tuple[Quote, ...], Many] = ()
    """Who said what."""
    stakeholders: Annotated[tuple[Stakeholder, ...], Many] = ()
    """Who stands where."""
    open_questions: Annotated[tuple[Question, ...], Many] = ()
    """What is not known."""
    sections: Annotated[tuple[OwnSection, ...], Many] = ()
    """Sections of the office's own."""
    figures: Annotated[tuple[FigureItem, ...], Many] = ()
    """Pictures and charts."""
    sources: Annotated[tuple[Source, ...], Many] = ()
    """What the brief rests on."""
    evidence: EvidenceDisplay = EvidenceDisplay()
    """How the verification of quotes is printed."""
    max_pages: WholeNumber | None = None
    """How many pages the PDF may have."""
    waivers: Annotated[tuple[Waiver, ...], Many] = ()
    """Rules that single items may break, why, and until when."""
