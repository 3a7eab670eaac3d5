"""The character styles of the policy theme's reference document, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.render.docx.reference_document import look


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style. `on_line` says that it is not raised, which programs think of note numbers by themselves."""

    name: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    underline: bool = False
    size: float | None = None
    on_line: bool = False
    own: bool = False
    quick: bool = True
    priority: int = 1
    based_on: str | None = "Default Paragraph Font"


_STANCES: Final = {
    "Strongly Opposed": look.RED,
    "Opposed": look.RED,
    "Mixed": look.PURPLE,
    "Neutral": look.MUTED,
    "Undecided": look.AMBER,
    "Supportive": look.GREEN,
    "Strongly Supportive": look.GREEN,
    "Unknown": look.MUTED,
}
_LEVELS: Final = ("Low", "Medium", "Moderate", "High")
_STATUSES: Final = {"Open": look.AMBER, "Overdue": look.RED, "Answered": look.GREEN, "Dropped": look.MUTED}
_KINDS: Final = ("Stance", "Level", "Status", "Verification", "Change")

CHARACTER_STYLES: Final = (
    CharacterStyle("Default Paragraph Font", based_on=None, quick=False),
    CharacterStyle("Strong", bold=True, priority=22),
    CharacterStyle("Emphasis", italic=True, priority=20),
    CharacterStyle("Hyperlink", colour=look.LINK, underline=True, quick=False, priority=99),
    CharacterStyle("FollowedHyperlink", colour=look.PURPLE, underline=True, quick=False, priority=99),
    CharacterStyle("endnote reference", colour=look.LINK, on_line=True, quick=False, priority=99),
    CharacterStyle("footnote reference", colour=look.LINK, on_line=True, quick=False, priority=99),
    CharacterStyle("annotation reference", size=8, quick=False, priority=99),
    CharacterStyle("Field Mark", size=1, quick=False, own=True, priority=99),
    CharacterStyle("Fact Label", bold=True, colour=look.MUTED, own=True),
    CharacterStyle("Caption Label", bold=True, colour=look.ACCENT, own=True),
    *(CharacterStyle(kind, own=True) for kind in _KINDS),
    *(
        CharacterStyle(f"Stance {value}", bold=True, colour=colour, own=True, based_on="Stance")
        for value, colour in _STANCES.items()
    ),
    *(CharacterStyle(f"Level {value}", own=True, based_on="Level") for value in _LEVELS),
    *(
        CharacterStyle(f"Status {value}", bold=True, colour=colour, own=True, based_on="Status")
        for value, colour in _STATUSES.items()
    ),
)
