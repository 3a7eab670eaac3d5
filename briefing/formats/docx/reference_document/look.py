"""The colours, fonts and sizes of the policy theme, as in its style sheet for the PDF
(`templates/policy/print.css`).
"""

from __future__ import annotations

from typing import Final

FAMILY: Final = "Source Sans 3"
FALLBACKS: Final = "Source Sans Pro,Segoe UI,Calibri,Arial"
PANOSE: Final = "020B0503030403020204"
FACES: Final = {
    "embedRegular": "SourceSans3-Regular.ttf",
    "embedBold": "SourceSans3-Bold.ttf",
    "embedItalic": "SourceSans3-It.ttf",
    "embedBoldItalic": "SourceSans3-BoldIt.ttf",
}
FOLDER: Final = "fonts/source-sans-3"

INK: Final = "1D242B"
ACCENT: Final = "1B3A5C"
SLATE: Final = "3B4650"
GREY: Final = "4A5560"
RULE: Final = "B9C4CE"
QUOTE_RULE: Final = "8FA3B5"
PALE: Final = "EEF2F6"
LINK: Final = "1B4F8A"
REFERENCE: Final = "33506E"
RED: Final = "9B2C1F"
OCHRE: Final = "7A5200"
GREEN: Final = "1E6B3C"

TEXT_SIZE: Final = 10.5
NATURAL_LINE: Final = 1.326
"""The family's own line height, in parts of the type size: what Word calls single spacing."""

MARGINS: Final = (24, 19, 28, 20)
"""Top, right, bottom and left, in millimetres."""
HEADER: Final = 10
FOOTER: Final = 8
"""Between the edge of the paper and the running lines, in millimetres."""
