"""The data file's models: what a brief may hold, with every value typed. See `docs/data-file.md`."""

from briefing.schema.brief import Brief, EvidenceDisplay, EvidenceShown, Handling, Paper, Period, Series
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
from briefing.schema.settings import LikelihoodScale, Loudness, Settings
from briefing.schema.sources import Source, SourceKind
from briefing.schema.waivers import Waiver

__all__ = [
    "Brief",
    "Chart",
    "ChartKind",
    "ChartValue",
    "Confidence",
    "Event",
    "EvidenceDisplay",
    "EvidenceShown",
    "FigureItem",
    "Handling",
    "Influence",
    "LikelihoodScale",
    "Loudness",
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
    "Settings",
    "Source",
    "SourceKind",
    "Stakeholder",
    "Stance",
    "Waiver",
]
