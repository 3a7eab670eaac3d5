"""What each value of each enumeration means, for editors that show it and for the reference page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from briefing.schema.brief import EvidenceShown, Paper
from briefing.schema.items import ChartKind, Confidence, Influence, QuestionStatus, Stance
from briefing.schema.sources import SourceKind

MEANINGS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Paper: {Paper.A4: "210 mm by 297 mm.", Paper.LETTER: "8.5 in by 11 in."},
    EvidenceShown: {
        EvidenceShown.MARK: "A mark and words beside each quote.",
        EvidenceShown.FULL: "The mark, the words and the place in the source.",
        EvidenceShown.PROBLEMS: "Only beside quotes that are not verified.",
        EvidenceShown.NONE: "Nothing is printed.",
    },
    ChartKind: {
        ChartKind.BAR: "One bar for each value.",
        ChartKind.LINE: "Points joined by a line, for values in time.",
    },
    Confidence: {
        Confidence.LOW: "Scant or fragmentary information, or sources of doubt.",
        Confidence.MODERATE: "Credible and plausible, but not well enough corroborated.",
        Confidence.HIGH: "Information of high quality from several sources.",
    },
    Influence: {
        Influence.LOW: "Can be heard, but changes little.",
        Influence.MEDIUM: "Can help or hinder.",
        Influence.HIGH: "Can decide the matter, or stop it.",
    },
    QuestionStatus: {
        QuestionStatus.OPEN: "Nobody has answered it.",
        QuestionStatus.ANSWERED: "There is an answer; write it under 'answer'.",
        QuestionStatus.DROPPED: "It no longer matters.",
    },
    Stance: {
        Stance.STRONGLY_OPPOSED: "Works against the proposition.",
        Stance.OPPOSED: "Is against it.",
        Stance.MIXED: "Is for some of it and against some.",
        Stance.NEUTRAL: "Has chosen to take no side.",
        Stance.UNDECIDED: "Has not made up its mind.",
        Stance.SUPPORTIVE: "Is for it.",
        Stance.STRONGLY_SUPPORTIVE: "Works for it.",
        Stance.UNKNOWN: "The authors do not know.",
    },
    SourceKind: {
        SourceKind.PRIMARY: "The document or the person itself.",
        SourceKind.SECONDARY: "Reports what it has from a primary source.",
        SourceKind.HEARSAY: "Reports what another report says.",
    },
}
