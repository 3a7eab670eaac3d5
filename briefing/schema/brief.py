"""The whole data file."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from briefing.schema.advice_items import (
    Clearance,
    Consideration,
    Decision,
    KeyFigure,
    Option,
    QuestionAndAnswer,
    Recommendation,
    Risk,
    Sector,
)
from briefing.schema.front_matter import (
    Abbreviation,
    ContactOrName,
    Embargo,
    HandlingOrMarking,
    Imprint,
    Office,
    Paper,
    PaperStatus,
    PersonOrName,
)
from briefing.schema.items import (
    Event,
    FigureItem,
    Item,
    Noted,
    OwnSection,
    PointOrText,
    Question,
    Quote,
    Source,
    Stakeholder,
)
from briefing.schema.kinds import Column, SectionKind, kinds_in
from briefing.schema.placed_items import Annex, BoxItem, OwnTable
from briefing.schema.readers import content_id
from briefing.schema.types import (
    MANY,
    Body,
    Choice,
    Date,
    Holds,
    Identifier,
    IssuePath,
    LanguageTag,
    Line,
    Model,
    Prose,
    WholeNumber,
    YesOrNo,
)
from briefing.text.markup import is_address

DEFAULT_FORM: Final = "brief"
"""The form of a brief that names none."""


def _source(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    named = {"id": content_id(value), "title": value}
    return {**named, "url": value} if is_address(value.strip()) else named


SourceOrTitle = Annotated[
    Source,
    BeforeValidator(_source, json_schema_input_type=Line | Source),
    Holds("title or address, or keys of *sources*"),
]


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


MostAnnexes = Field(max_length=26, strict=False)
"""One for each letter."""


class NextStep(Item):
    """Something to be done, by whom and by when."""

    step: Annotated[Prose, Column(55)]
    """What is to be done, in a sentence."""
    owner: Annotated[Line | None, Column(25, empty="no_owner")] = None
    """Who does it."""
    due: Annotated[Date | None, Column(20, empty="no_due_date")] = None
    """When it is to be done."""


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


class EvidenceShown(Choice):
    """How much a reader sees of whether quotes were verified."""

    PROBLEMS = "problems", "One sentence for all, and a mark and words beside each quote that is not verified."
    MARK = "mark", "A mark and words beside each quote."
    NONE = "none", "Nothing is printed."


class EvidenceDisplay(Model):
    """How the verification of quotes is printed."""

    show: Annotated[EvidenceShown, Field(strict=False)] = EvidenceShown.PROBLEMS
    """problems (a sentence for all, marks only at quotes that are not verified), mark (a mark at each quote) or none."""


class Brief(Noted):
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
    form: Identifier = DEFAULT_FORM
    """What kind of document it is: brief, submission, situation_report, or a form of the theme's own."""
    order: Annotated[tuple[Identifier, ...], MANY] = ()
    """The names of sections, and ids of the office's own, that stand in another order than the form's."""
    series: Series | None = None
    """The series it belongs to."""
    status: Annotated[PaperStatus | None, Field(strict=False)] = None
    """draft, for_clearance or final; every page of what is not final says so."""
    version: Line | None = None
    """The version, as it is printed."""
    updated: Date | None = None
    """When it was last changed."""
    office: Office | None = None
    """Who issues it; the theme's office when left out."""
    authors: Annotated[tuple[PersonOrName, ...], MANY] = ()
    """Who wrote it."""
    audience: Annotated[tuple[PersonOrName, ...], MANY] = ()
    """Who it is for."""
    copy_to: Annotated[tuple[PersonOrName, ...], MANY] = ()
    """Who gets a copy."""
    contacts: Annotated[tuple[ContactOrName, ...], MANY] = ()
    """Who answers questions."""
    handling: HandlingOrMarking | None = None
    """Who may see it."""
    embargo: Embargo | None = None
    """Until when it must not be passed on."""
    paper: Annotated[Paper | None, Field(strict=False)] = None
    """A4 or Letter; the theme's when left out."""
    proposition: Prose | None = None
    """The one proposal that every stance is for or against."""
    summary: Annotated[Prose | None, SectionKind("text", rank=0, opening=True, also=("bottom_line", "bluf"))] = None
    """The bottom line, first thing read."""
    decision: Annotated[Decision | None, SectionKind("text", rank=0, once=True, opening=True)] = None
    """What is to be decided, by when, and why then."""
    recommendations: Annotated[
        tuple[Recommendation, ...],
        MANY,
        SectionKind(
            "recommendation", main="text", rank=1, once=True, opening=True, offered=("id", "verb", "text", "to", "by")
        ),
    ] = ()
    """What the brief recommends."""
    key_figures: Annotated[
        tuple[KeyFigure, ...],
        MANY,
        SectionKind(
            "key_figure",
            main="label",
            moves="value",
            rank=1,
            also=("indicators", "headline_figures"),
            offered=("id", "value", "unit", "label", "as_of", "sources"),
        ),
    ] = ()
    """The numbers that matter most, in large type."""
    key_points: Annotated[tuple[PointOrText, ...], MANY, SectionKind("key_point", rank=7)] = ()
    """What a reader must take away."""
    background: Annotated[Body | None, SectionKind("text", rank=0)] = None
    """What led here."""
    sectors: Annotated[
        tuple[Sector, ...],
        MANY,
        SectionKind(
            "sector", also=("clusters",), offered=("id", "name", "lead", "needs", "response", "gaps", "sources")
        ),
    ] = ()
    """Needs, response and gaps, sector by sector."""
    timeline: Annotated[
        tuple[Event, ...],
        MANY,
        SectionKind(
            "event",
            plural="events",
            main="event",
            made_from="{date} {event}",
            rank=5,
            also=("events",),
            offered=("date", "event", "sources"),
        ),
    ] = ()
    """What happened when."""
    quotes: Annotated[
        tuple[Quote, ...],
        MANY,
        SectionKind(
            "quote",
            named="speaker",
            made_from="{speaker} {text}",
            rank=4,
            also=("quotations",),
            offered=("id", "text", "speaker", "role", "organisation", "date", "source", "locator"),
        ),
    ] = ()
    """Who said what."""
    stakeholders: Annotated[
        tuple[Stakeholder, ...],
        MANY,
        SectionKind(
            "position",
            plural="positions",
            moves="stance",
            rank=1,
            also=("positions", "actors"),
            offered=("id", "name", "kind", "position", "stance", "influence", "sources"),
        ),
    ] = ()
    """Who stands where."""
    open_questions: Annotated[
        tuple[Question, ...],
        MANY,
        SectionKind(
            "question",
            rank=2,
            also=("questions",),
            offered=("id", "question", "why", "owner", "due"),
        ),
    ] = ()
    """What is not known."""
    options: Annotated[tuple[Option, ...], MANY, SectionKind("option", numbered=True, rank=2, also=("choices",))] = ()
    """The ways to go, side by side."""
    considerations: Annotated[tuple[Consideration, ...], MANY, SectionKind("consideration", main="text")] = ()
    """What has to be weighed."""
    risks: Annotated[
        tuple[Risk, ...],
        MANY,
        SectionKind(
            "risk", numbered=True, rank=2, offered=("id", "risk", "likelihood", "impact", "mitigation", "owner")
        ),
    ] = ()
    """What may go wrong."""
    next_steps: Annotated[tuple[NextStep, ...], MANY, SectionKind("next_step", until="due", also=("actions",))] = ()
    """What is to be done."""
    questions_and_answers: Annotated[
        tuple[QuestionAndAnswer, ...],
        MANY,
        SectionKind("answer", also=("questions_answers", "faq", "q_and_a"), offered=("id", "question", "answer")),
    ] = ()
    """What will be asked, and what can be said."""
    lines_to_take: Annotated[
        tuple[PointOrText, ...], MANY, SectionKind("line", rank=7, also=("talking_points", "lines"))
    ] = ()
    """What can be said in public."""
    clearance: Annotated[
        tuple[Clearance, ...],
        MANY,
        SectionKind("clearance", moves="status", once=True, offered=("team", "name", "date", "status")),
    ] = ()
    """Who has agreed to the paper."""
    sections: Annotated[
        tuple[OwnSection, ...],
        MANY,
        SectionKind("section", rank=9, fixed=False, offered=("title", "body", "after")),
    ] = ()
    """Sections of the office's own."""
    figures: Annotated[
        tuple[FigureItem, ...],
        MANY,
        SectionKind("figure", main="caption", rank=8, fixed=False, offered=("image", "caption", "alt")),
    ] = ()
    """Pictures and charts."""
    tables: Annotated[
        tuple[OwnTable, ...],
        MANY,
        SectionKind("table", main="caption", rank=8, fixed=False, offered=("caption", "columns", "rows", "after")),
    ] = ()
    """Tables of the office's own."""
    boxes: Annotated[
        tuple[BoxItem, ...],
        MANY,
        SectionKind("box", rank=9, fixed=False, offered=("title", "body", "after")),
    ] = ()
    """Texts in a frame."""
    annexes: Annotated[
        tuple[Annex, ...],
        MostAnnexes,
        SectionKind("annex", rank=9, fixed=False, also=("appendices",), offered=("id", "title", "body")),
    ] = ()
    """What stands behind everything else, lettered."""
    sources: Annotated[
        tuple[SourceOrTitle, ...],
        MANY,
        SectionKind(
            "source",
            rank=6,
            fixed=False,
            also=("references", "bibliography"),
            offered=("id", "title", "publisher", "published", "url", "kind", "text"),
        ),
    ] = ()
    """What the brief rests on."""
    abbreviations: Annotated[tuple[Abbreviation, ...], MANY] = ()
    """Short forms; each is spelled out where the text first uses it."""
    abbreviations_list: YesOrNo = False
    """Whether they are listed at the end, too."""
    imprint: Imprint | None = None
    """The small print at the end."""
    evidence: EvidenceDisplay = EvidenceDisplay()
    """How the verification of quotes is printed."""
    numbered_paragraphs: YesOrNo | None = None
    """Whether the paragraphs of the running text are numbered, from the first to the last."""
    max_pages: WholeNumber | None = None
    """How many pages the PDF may have."""
    fit: YesOrNo = False
    """Whether it is set closer, in a density of the theme, where that keeps it to `max_pages` or spares a last page with next to nothing on it."""
    reading_minutes: WholeNumber | None = None
    """How many minutes it promises to take to read."""
    waivers: Annotated[tuple[Waiver, ...], MANY] = ()
    """Rules that single items may break, why, and until when."""


KINDS: Final = kinds_in(Brief)
"""Every kind of section, in the order in which they stand: bottom line first."""
FIXED: Final = tuple(kind for kind in KINDS if kind.fixed)
"""The kinds whose section has a place of its own, which others may follow."""
RANKED: Final = tuple(sorted((kind for kind in KINDS if kind.rank), key=lambda kind: kind.rank))
"""The kinds that are lists, in the order in which their changes are told."""
KIND_OF: Final = {kind.word: kind for kind in RANKED}
"""The kinds by the word for one of their items."""
