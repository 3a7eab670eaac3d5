"""Judgements as marks: a shape and a word for each, told apart without colour."""

from __future__ import annotations

from typing import Final

from briefing.document.inlines import Mark, MarkKind
from briefing.resolve.wording import Wording
from briefing.schema import Confidence, Influence, QuestionStatus, Stance
from briefing.series.changes import ChangeKind

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
CHANGE_SHAPES: Final[dict[ChangeKind, str]] = {
    ChangeKind.MOVED: "↔",
    ChangeKind.ANSWERED: "✓",
    ChangeKind.DROPPED: "–",
    ChangeKind.OPENED: "+",
    ChangeKind.REOPENED: "□",
    ChangeKind.OVERDUE: "▲",
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "×",
    ChangeKind.REWRITTEN: "≠",
    ChangeKind.STALE: "△",
}


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


def change_mark(kind: ChangeKind, wording: Wording) -> Mark:
    """The mark of what happened to an item since the last issue."""
    return Mark(MarkKind.CHANGE, kind.value, CHANGE_SHAPES[kind], wording(f"change_{kind.value}"))
