"""The whole data file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from briefing.schema.items import Event, FigureItem, OwnSection, Question, Quote, Stakeholder
from briefing.schema.people import PersonOrName
from briefing.schema.sources import Source
from briefing.schema.types import LONGEST_LIST, Date, IssuePath, LanguageTag, Line, Model, Prose, WholeNumber
from briefing.schema.waivers import Waiver

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
    paper: Annotated[Paper, Field(strict=False)] = Paper.A4
    """A4 or Letter."""
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
