"""Waivers: a rule that one item may break, why, and until when."""

from __future__ import annotations

from briefing.schema.types import Date, Line, Model, Prose


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
