"""Judgements as marks: a shape and a word for each, told apart without colour."""

from __future__ import annotations

from typing import Final

from briefing.document.inlines import Mark, MarkKind
from briefing.resolve.wording import Wording
from briefing.schema import Confidence, Influence, QuestionStatus, Stance

STANCE_SHAPES: Final[dict[Stance, str]] = {
    Stance.STRONGLY_OPPOSED: "▼▼",
    Stance.OPPOSED: "▼",
    Stance.MIXED: "◆",
    Stance.NEUTRAL: "■",
    Stance.UNDECIDED: "○",
    Stance.SUPPORTIVE: "▲",
    Stance.STRONGLY_SUPPORTIVE: "▲▲",
    Stance.UNKNOWN: "?",
}
LEVEL_SHAPES: Final[dict[str, str]] = {"low": "●○○", "medium": "●●○", "moderate": "●●○", "high": "●●●"}
STATUS_SHAPES: Final[dict[str, str]] = {"open": "○", "overdue": "▲", "answered": "✓", "dropped": "–"}


def stance_mark(stance: Stance, wording: Wording) -> Mark:
    """The mark of a stance."""
    return Mark(MarkKind.STANCE, stance.value, STANCE_SHAPES[stance], wording(stance.value))


def level_mark(level: Influence | Confidence, wording: Wording) -> Mark:
    """The mark of an influence or a confidence."""
    return Mark(MarkKind.LEVEL, level.value, LEVEL_SHAPES[level.value], wording(level.value))


def status_mark(status: QuestionStatus, overdue: bool, wording: Wording) -> Mark:
    """The mark of a question's status; an open one past its date is overdue."""
    value = "overdue" if overdue and status is QuestionStatus.OPEN else status.value
    return Mark(MarkKind.STATUS, value, STATUS_SHAPES[value], wording(value))
