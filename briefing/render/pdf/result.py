"""What rendering gives back. Apart from the engine, so that naming it does not load the engine."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.errors import Problem


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A finished PDF: its bytes, how many pages it has, and what was met on the way."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]
