"""What a brief takes from the theme that it is made with, beside its look."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from briefing.document.drawing import Picture
from briefing.document.sheet import Sheet
from briefing.lengths import A4, PaperSize
from briefing.schema import Office
from briefing.schema.forms import PLAIN, Form


class House(Struct, frozen=True):
    """The paper of a brief that names none, the office of one that names none, the logo of whoever issues it, its form, what is drawn on,
    and what stands behind every page.
    """

    paper: PaperSize = A4
    office: Office | None = None
    logo: Picture | None = None
    form: Form = PLAIN
    watermark: str = ""
    sheet: Sheet = field(default_factory=Sheet.plain)


PLAIN_HOUSE: Final = House()
"""What a brief has for which no theme is at hand."""
