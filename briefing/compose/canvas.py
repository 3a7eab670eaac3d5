"""A sheet to draw on that knows where its words and lines are, so that no label touches another or stands on a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from briefing.document.drawing import Anchor, Box, Disc, Drawing, Ink, Label, Shape, Stroke
from briefing.document.sheet import LEAST_SIZE, Sheet

_ABOVE, _BELOW = 0.76, 0.24
"""How far letters reach above and below their line, in parts of the type's size."""
LINE: Final = 1.2
"""From one line of words to the next, in parts of the type's size."""
TALLEST: Final = 600.0
"""Points: what is higher does not stand on a page with its caption."""


class Area(Struct, frozen=True):
    """A rectangle; lengths are in points."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area, gap: float = 0.0) -> bool:
        """Whether the two have points in common, or are nearer to each other than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def is_crossed(self, stroke: Stroke) -> bool:
        """Whether a line runs through it (Liang and Barsky's clipping)."""
        low, high = 0.0, 1.0
        half = stroke.width / 2
        for start, end, least, most in (
            (stroke.x1, stroke.x2, self.left - half, self.right + half),
            (stroke.y1, stroke.y2, self.top - half, self.bottom + half),
        ):
            step = end - start
            if not step:
                if not least < start < most:
                    return False
                continue
            first, last = sorted(((least - start) / step, (most - start) / step))
            low, high = max(low, first), min(high, last)
        return low < high


class Canvas(Struct):
    """A drawing in the making, `width` points wide, its words set in `size` points."""

    sheet: Sheet
    width: float
    size: float
    shapes: list[Shape] = field(default_factory=list)
    _words: list[Area] = field(default_factory=list)

    @property
    def line(self) -> float:
        """From one line of words to the next, in points."""
        return self.size * LINE

    def baseline(self, middle: float) -> float:
        """The baseline of words whose letters have their middle at `middle`."""
        return middle + self.size * 0.33

    def measure(self, text: str, *, strong: bool = False) -> float:
        """How wide `text` is on one line."""
        return self.sheet.measure(text, self.size, strong=strong)

    def area(
        self, x: float, baseline: float, text: str, anchor: Anchor = Anchor.START, *, strong: bool = False
    ) -> Area:
        """The room that a label takes."""
        width = self.measure(text, strong=strong)
        left = x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[anchor]
        return Area(left, baseline - _ABOVE * self.size, left + width, baseline + _BELOW * self.size)

    def add(self, *shapes: Shape) -> None:
        """Draw what is no label."""
        self.shapes += shapes

    def label(
        self,
        x: float,
        baseline: float,
        text: str,
        anchor: Anchor = Anchor.START,
        *,
        strong: bool = False,
        ink: Ink = Ink.TEXT,
    ) -> None:
        """Set a label, whatever is there."""
        self._words.append(self.area(x, baseline, text, anchor, strong=strong))
        self.shapes.append(Label(x, baseline, text, self.size, anchor, strong, ink))

    def lines(
        self, x: float, top: float, lines: Sequence[str], anchor: Anchor = Anchor.START, *, strong: bool = False
    ) -> float:
        """Set lines one under another, the first with its letters below `top`; back comes where they end."""
        for number, text in enumerate(lines):
            self.label(x, top + number * self.line + self.size * 0.9, text, anchor, strong=strong)
        return top + len(lines) * self.line

    def is_free(self, area: Area, gap: float = 1.5) -> bool:
        """Whether a label could stand in `area`: on the sheet, beside every other one, on no line and no mark."""
        if area.left < 0 or area.right > self.width or area.top < 0:
            return False
        if any(area.meets(other, gap) for other in self._words):
            return False
        return not any(_touches(area, shape, gap) for shape in self.shapes)

    def wrapped(self, text: str, width: float, *, strong: bool = False) -> list[str]:
        """`text` in lines of at most `width`; a word that is longer is broken."""
        lines: list[str] = []
        for word in filter(None, text.split(" ")):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, strong=strong) <= width:
                lines[-1] = longer
            else:
                lines += self._pieces(word, width, strong=strong)
        return lines or [""]

    def _pieces(self, word: str, width: float, *, strong: bool) -> Iterator[str]:
        while self.measure(word, strong=strong) > width and len(word) > 1:
            most = next(
                (end for end in range(len(word) - 1, 1, -1) if self.measure(word[:end], strong=strong) <= width), 1
            )
            # After a hyphen, where the word has one: `Nord-Ost`.
            cut = max(word.rfind(sign, 1, most) for sign in "-–/") + 1
            yield word[: cut if cut > 1 else most]
            word = word[cut if cut > 1 else most :]
        yield word

    def drawing(self, height: float) -> Drawing:
        """What was drawn, on a sheet of `height` points."""
        return Drawing(self.width, height, tuple(self.shapes))


def _touches(area: Area, shape: Shape, gap: float) -> bool:
    wide = Area(area.left - gap, area.top - gap, area.right + gap, area.bottom + gap)
    match shape:
        case Stroke():
            return wide.is_crossed(shape)
        case Disc(x, y, radius):
            across = max(wide.left - x, 0, x - wide.right)
            down = max(wide.top - y, 0, y - wide.bottom)
            return math.hypot(across, down) < radius
        case Box(x, y, width, height):
            return area.meets(Area(x, y, x + width, y + height), gap)
    return False


def sizes(sheet: Sheet) -> Iterable[float]:
    """Sizes of type to try one after another, where what is drawn would be too high: never below what can be read."""
    return dict.fromkeys(max(LEAST_SIZE, sheet.size * part) for part in (1, 0.9, 0.8, 0.7))


def steps(low: float, high: float, most: int) -> list[float]:
    """Round numbers from one at or below `low` to one at or above `high`, at most about `most` of them."""
    span = (high - low) or abs(high) or 1.0
    raw = span / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(part * power for part in (1, 2, 2.5, 5, 10) if part * power >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 9) for number in range(first, max(last, first + 1) + 1)]
