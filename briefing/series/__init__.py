"""A brief as one issue of a series: what changed since the last."""

from briefing.series.changes import Change, ChangeKind, Family, changes

__all__ = ["Change", "ChangeKind", "Family", "changes"]
