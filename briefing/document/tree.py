"""The whole brief, composed: what every format is a walk over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.document.blocks import Block
from briefing.document.inlines import Inline
from briefing.lengths import PaperSize


class SectionKind(StrEnum):
    """What a section holds, for themes and for what follows from it."""

    SINCE_LAST_ISSUE = "since_last_issue"
    SUMMARY = "summary"
    KEY_POINTS = "key_points"
    BACKGROUND = "background"
    TIMELINE = "timeline"
    QUOTES = "quotes"
    STAKEHOLDERS = "stakeholders"
    OPEN_QUESTIONS = "open_questions"
    OWN = "own"
    FIGURES = "figures"
    CONSULTED = "consulted"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading; `level` is 1 for a section, the document's title standing above them all."""

    id: str
    origin: str
    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    origin: str
    kind: SectionKind
    heading: Heading
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the masthead: what it is, and its value (``Reference``, ``SP/2022/41``); `separator` stands between them."""

    id: str
    origin: str
    key: str
    label: str
    separator: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of the first page, in this order: series line, title, subtitle, facts."""

    id: str
    series_id: str
    series: tuple[Inline, ...]
    title_id: str
    title: tuple[Inline, ...]
    subtitle_id: str
    subtitle: tuple[Inline, ...]
    facts: tuple[Fact, ...]


class RunningRole(StrEnum):
    """What a running line says."""

    MARKING = "marking"
    CAVEAT = "caveat"
    IDENTITY = "identity"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line at the head or foot of every page."""

    id: str
    origin: str
    role: RunningRole
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. `created` is ISO 8601 UTC and comes from the brief, never from the clock."""

    title: str
    author: str
    subject: str
    keywords: str
    created: str
    build: str


class Direction(StrEnum):
    """Which way the script runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Document:
    """A composed brief: order, numbers, labels and dates are settled, only looks are open.

    `header` and `footer` are the running lines of every page, top to bottom.
    """

    language: str
    direction: Direction
    paper: PaperSize
    properties: Properties
    header: tuple[RunningLine, ...]
    footer: tuple[RunningLine, ...]
    masthead: Masthead
    sections: tuple[Section, ...]
