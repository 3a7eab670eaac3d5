"""Units of length, so that no bare number ever has to be guessed at."""

from __future__ import annotations

from msgspec import Struct

POINTS_PER_INCH = 72.0
MILLIMETRES_PER_INCH = 25.4
EMU_PER_POINT = 12700
TWIPS_PER_POINT = 20


class Length(Struct, frozen=True, order=True):
    """A length, held in points (1/72 inch). Never negative by convention, not by check."""

    points: float

    @classmethod
    def from_millimetres(cls, value: float) -> Length:
        """A length given in millimetres."""
        return cls(value / MILLIMETRES_PER_INCH * POINTS_PER_INCH)

    @property
    def twips(self) -> int:
        """Twentieths of a point, the unit of WordprocessingML (ECMA-376 17.18.105), rounded."""
        return round(self.points * TWIPS_PER_POINT)


class PaperSize(Struct, frozen=True):
    """A sheet of paper, upright."""

    name: str
    width: Length
    height: Length


A4 = PaperSize("A4", Length.from_millimetres(210), Length.from_millimetres(297))
LETTER = PaperSize("Letter", Length(612), Length(792))
PAPER_SIZES = {paper.name: paper for paper in (A4, LETTER)}
