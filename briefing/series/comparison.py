"""What is known of the changes since the last issue: the changes themselves, or why they are not known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.schema import PartialDate
from briefing.series.changes import Change


@dataclass(frozen=True, slots=True)
class Compared:
    """The last issue was read. `number` (None where issues have none) and `date` name it; `changes` are in the order in which they are told."""

    number: int | None
    date: PartialDate
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no file at `path`, which is as the data file names it."""

    path: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file at `path` is there but is no sound brief; `why` says what is wrong with it."""

    path: str
    why: str


class Mismatch(StrEnum):
    """Why a sound brief cannot be the last issue."""

    ITSELF = "itself"
    OTHER_SERIES = "other_series"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class NotTheLast:
    """The file at `path` is a sound brief, but not an earlier issue of this series."""

    path: str
    why: Mismatch


NotCompared = Missing | Unreadable | NotTheLast
Comparison = Compared | NotCompared
