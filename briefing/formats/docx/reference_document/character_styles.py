"""The character styles of the policy theme's reference document, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.formats.docx.reference_document import look


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; `size` is in points, `box` the colour of a fine line round the text.

    `on_line` says that it is not raised, which programs think of note numbers by themselves.
    """

    name: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    underline: bool = False
    size: float | None = None
    on_line: bool = False
    box: str | None = None
    own: bool = False
    quick: bool = True
    priority: int = 1
    based_on: str | None = "Default Paragraph Font"


_SHAPES: Final = {
    "Stance": {
        "Strongly Opposed": look.RED,
        "Opposed": look.RED,
        "Mixed": look.OCHRE,
        "Neutral": look.GREY,
        "Undecided": look.GREY,
        "Supportive": look.GREEN,
        "Strongly Supportive": look.GREEN,
        "Unknown": look.GREY,
    },
    "Verification": {"Verbatim": look.GREEN},
    "Level": dict.fromkeys(("Low", "Medium", "Moderate", "High"), look.REFERENCE),
    "Status": {"Open": look.GREY, "Overdue": look.RED, "Answered": look.GREEN, "Dropped": look.GREY},
}

_CITED: Final = 8.5
"""The size of what stands beside the words that it vouches for."""

# fmt: off
CHARACTER_STYLES: Final = (
    CharacterStyle("Default Paragraph Font", based_on=None, quick=False),
    CharacterStyle("Strong", bold=True, priority=22),
    CharacterStyle("Emphasis", italic=True, priority=20),
    CharacterStyle("Hyperlink", colour=look.LINK, underline=True, quick=False, priority=99),
    CharacterStyle("FollowedHyperlink", colour=look.REFERENCE, underline=True, quick=False, priority=99),
    CharacterStyle("endnote reference", size=_CITED, colour=look.REFERENCE, on_line=True, quick=False, priority=99),
    CharacterStyle("footnote reference", size=_CITED, colour=look.REFERENCE, on_line=True, quick=False, priority=99),
    CharacterStyle("annotation reference", size=8, quick=False, priority=99),
    CharacterStyle("Citation", size=_CITED, colour=look.REFERENCE, own=True),
    CharacterStyle("Cross-Reference", colour=look.REFERENCE, own=True),
    CharacterStyle("Source Number", bold=True, colour=look.ACCENT, on_line=True, own=True),
    CharacterStyle("Fact Label", bold=True, colour=look.SLATE, own=True),
    CharacterStyle("Caption Label", bold=True, colour=look.INK, own=True),
    CharacterStyle("Lead", bold=True, own=True),
    CharacterStyle("Stance", bold=True, own=True),
    CharacterStyle("Level", own=True),
    CharacterStyle("Status", bold=True, own=True),
    CharacterStyle("Verification", size=_CITED, colour=look.SLATE, own=True),
    CharacterStyle("Change", bold=True, size=_CITED, colour=look.REFERENCE, box=look.QUOTE_RULE, own=True),
    *(
        CharacterStyle(f"{kind} {value}", colour=colour, own=True)
        for kind, values in _SHAPES.items() for value, colour in values.items()
    ),
)
# fmt: on
