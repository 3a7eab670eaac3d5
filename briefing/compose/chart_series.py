"""The series of a chart: how each looks, so that they are told apart in black and white, and where they are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.compose.canvas import Canvas
from briefing.compose.wording import Wording
from briefing.document.drawing import Box, Disc, Ink, Pattern, Shape, Stroke
from briefing.schema import ChartData

_FILLS: Final = (
    (Ink.MARKER, Pattern.SOLID),
    (Ink.MUTED, Pattern.SOLID),
    (Ink.MARKER, Pattern.HATCHED),
    (Ink.MARKER, Pattern.OUTLINED),
    (Ink.MARKER, Pattern.DOTTED),
    (Ink.MARKER, Pattern.STRIPED),
)
_POINT: Final = 2.6
"""Half the width of a point of a line."""


class Series(Struct, frozen=True):
    """A series by its `name`, empty where there is one only, its values, and its `place` among the others, which decides its looks."""

    name: str
    values: tuple[float, ...]
    place: int

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """A bar, or a part of one."""
        return Box(x, y, width, height, *_FILLS[self.place])

    @property
    def is_dark(self) -> bool:
        """Whether words on its bars must be light."""
        return _FILLS[self.place] == (Ink.MARKER, Pattern.SOLID)

    @property
    def is_patterned(self) -> bool:
        """Whether words on its bars need a ground of their own."""
        return _FILLS[self.place][1] not in (Pattern.SOLID, Pattern.OUTLINED)

    def stroke(self, x1: float, y1: float, x2: float, y2: float) -> Stroke:
        """A stretch of a line."""
        return Stroke(x1, y1, x2, y2, 1.5, self._ink, self.place % 2 == 1)

    def point(self, x: float, y: float) -> Shape:
        """The sign of a value on a line: round, round and hollow, square, square and hollow, or smaller ones."""
        half = _POINT if self.place < 4 else _POINT - 0.8
        if self.place in (2, 3):
            pattern = Pattern.OUTLINED if self.place == 3 else Pattern.SOLID
            return Box(x - half, y - half, 2 * half, 2 * half, self._ink, pattern)
        return Disc(x, y, half, self._ink, hollow=self.place % 2 == 1)

    @property
    def _ink(self) -> Ink:
        return Ink.MARKER if self.place in (0, 1, 4) else Ink.AXIS


def series_of(data: ChartData) -> tuple[Series, ...]:
    """The series in their order."""
    return tuple(Series(name, values, place) for place, (name, values) in enumerate(data.series))


class Panel(Struct, frozen=True):
    """The room of one chart, from `left` to `right` and from `top` down, what is drawn there, and all values of its scale."""

    left: float
    right: float
    top: float
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    wording: Wording
    scaled: tuple[float, ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        """All values that its scale must hold."""
        return self.scaled or tuple(value for each in self.series for value in each.values)

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    def below(self, top: float) -> Panel:
        """The same further down."""
        return replace(self, top=top)


def legend(canvas: Canvas, panel: Panel, *, as_lines: bool = False) -> float:
    """Name the series above their chart, each behind a sample of its looks; back comes where that ends."""
    x, top, sample = panel.left, panel.top, 18.0
    for each in panel.series:
        lines = canvas.wrapped(each.name, panel.width - sample - 4)
        width = sample + 4 + max(map(canvas.measure, lines))
        if x > panel.left and x + width > panel.right:
            x, top = panel.left, top + canvas.line + 2
        middle = top + canvas.size * 0.6
        if as_lines:
            canvas.add(each.stroke(x, middle, x + sample, middle), each.point(x + sample / 2, middle))
        else:
            canvas.add(each.box(x, middle - 4, sample, 8))
        end = canvas.lines(x + sample + 4, top, lines)
        if len(lines) > 1:
            x, top = panel.left, end + 2
        else:
            x += width + 12
    return (top if x == panel.left else top + canvas.line) + 4


def columns_of(canvas: Canvas, texts: Sequence[str], width: float, most: int) -> list[list[str]] | None:
    """Each of `texts` in lines of at most `width`, None where one has more than `most` of them or a word that is too long."""
    if any(canvas.measure(word) > width for text in texts for word in text.split(" ")):
        return None
    lines = [canvas.wrapped(text, width) for text in texts]
    return lines if max(map(len, lines)) <= most else None
