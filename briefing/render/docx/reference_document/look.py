"""The colours, fonts and sizes of the policy theme, the same as in its style sheet for the PDF."""

from __future__ import annotations

from typing import Final

FAMILY: Final = "Noto Sans"
FALLBACKS: Final = "Segoe UI,Open Sans,Arial,Helvetica"
PANOSE: Final = "020B0502040504020204"

INK: Final = "1A1A1A"
ACCENT: Final = "1F3A5F"
MUTED: Final = "55606E"
RULE: Final = "B8C0CA"
PALE: Final = "EEF2F6"
LINK: Final = "1F4E8C"
RED: Final = "9B1C1C"
AMBER: Final = "8A5A00"
GREEN: Final = "1B6B3A"
PURPLE: Final = "5B3A8C"

TEXT_SIZE: Final = 10.0
SMALL_SIZE: Final = 8.5
LINE: Final = 1.2
