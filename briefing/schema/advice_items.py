"""The items of a paper that asks for a decision or reports on a situation: what is asked, the ways to go, numbers, risks, who agreed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from briefing.schema.items import Ids, Item
from briefing.schema.kinds import Column, Detail
from briefing.schema.types import Amount, Choice, Date, Line, Model, Prose, YesOrNo


class Urgency(Choice):
    """How soon somebody must act."""

    ROUTINE = "routine", "In the usual time."
    URGENT = "urgent", "Sooner than usual; say why under 'reason'."
    IMMEDIATE = "immediate", "At once; say why under 'reason'."


class Decision(Model):
    """The one decision that the brief asks for."""

    ask: Prose
    """What is to be decided, in a sentence."""
    by: Date | None = None
    """The last day on which it helps."""
    urgency: Annotated[Urgency, Field(strict=False)] | None = None
    """routine, urgent or immediate."""
    reason: Prose | None = None
    """Why by then."""


class Verb(Choice):
    """What a recommendation asks its reader to do."""

    AGREE = "agree", "That you agree to it, or that it is so."
    APPROVE = "approve", "That you approve it."
    NOTE = "note", "That you note it; nothing is decided."
    DECIDE = "decide", "That you decide between ways to go."
    DISCUSS = "discuss", "That you discuss it with others first."


class Recommendation(Item):
    """One thing that the brief recommends, with boxes to tick where a verb asks for an answer."""

    text: Prose
    """What is recommended. With a verb it goes on after 'That you agree'; without one it is a sentence of its own."""
    verb: Annotated[Verb, Field(strict=False)] | None = None
    """agree, approve, note, decide or discuss; without one, nobody is asked to tick a box."""
    to: Line | None = None
    """Who is asked."""
    by: Date | None = None
    """When an answer is needed."""


class Option(Item):
    """One of the ways to go, with what speaks for and against it."""

    title: Annotated[Line, Column(28, label="option")]
    """What it is called."""
    summary: Annotated[Prose | None, Detail("title")] = None
    """What it comes to, in a sentence or two."""
    cost: Annotated[Prose | None, Column(22)] = None
    """What it costs, and whom."""
    benefits: Annotated[Prose | None, Column(25)] = None
    """What speaks for it."""
    risks: Annotated[Prose | None, Column(25)] = None
    """What speaks against it, and may go wrong."""
    recommended: Annotated[YesOrNo, Detail("title")] = False
    """Whether it is the one that the brief recommends."""
    sources: Ids = ()
    """Ids of the sources for it."""


class ConsiderationKind(Choice):
    """What has to be weighed."""

    FINANCIAL = "financial", "Money: what it costs, and out of which budget."
    LEGAL = "legal", "Powers, duties, and the risk of a challenge."
    EQUALITY = "equality", "Who gains and who loses."
    ENVIRONMENT = "environment", "Nature and climate."
    PARLIAMENTARY = "parliamentary", "Debates, questions, and what must be laid before members."
    DEVOLVED = "devolved", "Regions and other levels of government."
    COMMUNICATIONS = "communications", "How it is announced, and how it will be taken."
    OTHER = "other", "Anything else."


class Consideration(Item):
    """Something that has to be weighed, and who has looked at it."""

    kind: Annotated[ConsiderationKind, Field(strict=False), Column(20, label="consideration")] = ConsiderationKind.OTHER
    """financial, legal, equality, environment, parliamentary, devolved, communications or other."""
    text: Annotated[Prose, Column(80, label="what_to_weigh")]
    """What has to be weighed, in a sentence or two."""
    cleared_by: Annotated[Line | None, Detail("text", label="cleared_by")] = None
    """Who has looked at it and agreed."""


class Level(Choice):
    """How likely something is, or how much it matters."""

    LOW = "low", "Unlikely, or easily borne."
    MEDIUM = "medium", "It may well happen, or hurts."
    HIGH = "high", "More likely than not, or hard to bear."


class Risk(Item):
    """Something that may go wrong, how likely, how bad, and what is done about it."""

    risk: Annotated[Prose, Column(33)]
    """What may go wrong, in a sentence."""
    likelihood: Annotated[Annotated[Level, Field(strict=False)] | None, Column(27, label="risk_level")] = None
    """low, medium or high."""
    impact: Annotated[Annotated[Level, Field(strict=False)] | None, Detail("likelihood", label="impact")] = None
    """low, medium or high: how much it would matter."""
    mitigation: Annotated[Prose | None, Column(40, empty="no_mitigation")] = None
    """What is done about it."""
    owner: Annotated[Line | None, Detail("mitigation", label="owner")] = None
    """Who watches it."""

    @property
    def level(self) -> Level | None:
        """Likelihood times impact, on three steps each: 1 and 2 are low, 3 and 4 medium, 6 and 9 high; None while one is not known."""
        if self.likelihood is None or self.impact is None:
            return None
        steps = list(Level)
        product = (steps.index(self.likelihood) + 1) * (steps.index(self.impact) + 1)
        return Level.LOW if product < 3 else Level.MEDIUM if product < 6 else Level.HIGH


class QuestionAndAnswer(Item):
    """A question that somebody will be asked, and the answer."""

    question: Prose
    """The question, as it may be put."""
    answer: Prose
    """The answer, as it can be given."""


class ClearanceStatus(Choice):
    """Whether somebody has agreed to the paper."""

    CLEARED = "cleared", "They have agreed."
    PENDING = "pending", "They have not answered yet."
    NOT_NEEDED = "not_needed", "They need not be asked."


class Clearance(Item):
    """A team that has to agree to the paper."""

    team: Annotated[Line, Column(65)]
    """Which team."""
    name: Annotated[Line | None, Detail("team")] = None
    """Who spoke for it."""
    status: Annotated[ClearanceStatus, Field(strict=False), Column(35)] = ClearanceStatus.PENDING
    """cleared, pending or not_needed."""
    date: Annotated[Date | None, Detail("status")] = None
    """When."""


class Sector(Item):
    """One field of work in a situation report."""

    name: Line
    """The sector's name, a heading."""
    lead: Line | None = None
    """Who leads the work."""
    needs: Prose | None = None
    """What is needed."""
    response: Prose | None = None
    """What is done."""
    gaps: Prose | None = None
    """What is missing."""
    sources: Ids = ()
    """Ids of the sources."""


class KeyFigure(Item):
    """A number that the reader must take away; in a series, what it was in the last issue is printed beside it."""

    value: Amount
    """The number, or a few words. A number is set as readers of the brief's language write it."""
    unit: Line | None = None
    """What it counts, for example 'people' or '%'."""
    label: Line
    """What it tells, for example 'Displaced since 1 September'."""
    as_of: Date | None = None
    """The date of the number, where it is not that of the brief."""
    note: Prose | None = None
    """What a reader must know of it."""
    sources: Ids = ()
    """Ids of the sources."""
