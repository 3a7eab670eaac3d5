"""The data file's models: what a brief may hold, with every value typed. See `docs/data-file.md`."""

from briefing.schema.brief import Brief, Handling, Paper, Period, Series
from briefing.schema.dates import PartialDate, Precision
from briefing.schema.items import (
    Chart,
    ChartKind,
    ChartValue,
    Confidence,
    Event,
    FigureItem,
    Influence,
    OwnSection,
    Question,
    QuestionStatus,
    Quote,
    Stakeholder,
    Stance,
)
from briefing.schema.people import Person
from briefing.schema.sources import Source, SourceKind

__all__ = [
    "Brief",
    "Chart",
    "ChartKind",
    "ChartValue",
    "Confidence",
    "Event",
    "FigureItem",
    "Handling",
    "Influence",
    "OwnSection",
    "Paper",
    "PartialDate",
    "Period",
    "Person",
    "Precision",
    "Question",
    "QuestionStatus",
    "Quote",
    "Series",
    "Source",
    "SourceKind",
    "Stakeholder",
    "Stance",
]
