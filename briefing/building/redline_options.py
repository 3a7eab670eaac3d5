"""What a call may ask for together with a redline, and what that is called. Nothing that renders is imported here."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.building.inputs import BriefInput
from briefing.errors import Problem, UsageError

FLAG = "--redline-from"
FORMAT = "docx"


def redline_formats(formats: Sequence[str], default: Sequence[str]) -> tuple[str, ...]:
    """The one format of a redline, when the call asks for the `default` formats or for that one.

    Raises `UsageError` when it asks for another.
    """
    others = () if formats is default else tuple(name for name in formats if name != FORMAT)
    if others:
        raise UsageError(
            Problem(
                "bad-option",
                f"a redline cannot be made as {others[0]}: only Word can accept and reject changes",
                f"use '--format {FORMAT}', or leave {FLAG} out",
                path="--format",
            )
        )
    return (FORMAT,)


def refuse_several(briefs: Sequence[BriefInput]) -> None:
    """Raise `UsageError` when one earlier state is to go with several briefs."""
    if len(briefs) > 1:
        what = f"one earlier state cannot go with {len(briefs)} briefs"
        raise UsageError(Problem("bad-option", what, "build one brief at a time", path=FLAG))


def redline_name(name: str) -> str:
    """What the redline of the brief `name` is called, without suffix; never what the brief's own Word file is called."""
    return f"{name}.redline"
