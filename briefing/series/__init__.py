"""A brief as one issue of a series: what changed since the last, and what the next begins with."""

from briefing.series.changes import Change, ChangeKind, Family, changes
from briefing.series.folder_names import FolderName, next_folder_name
from briefing.series.next_issue import Fate, NextIssue, plan_next

__all__ = [
    "Change",
    "ChangeKind",
    "Family",
    "Fate",
    "FolderName",
    "NextIssue",
    "changes",
    "next_folder_name",
    "plan_next",
]
