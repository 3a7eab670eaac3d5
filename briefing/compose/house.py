"""What a brief takes from the theme that it is made with, beside its look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.document.drawing import Picture
from briefing.lengths import A4, PaperSize
from briefing.schema import Office
from briefing.schema.forms import PLAIN, Form


@dataclass(frozen=True, slots=True)
class House:
    """The sheet of a brief that names none, the office of one that names none, the logo of whoever issues it, and its form."""

    paper: PaperSize = A4
    office: Office | None = None
    logo: Picture | None = None
    form: Form = PLAIN


PLAIN_HOUSE: Final = House()
"""What a brief has for which no theme is at hand."""
