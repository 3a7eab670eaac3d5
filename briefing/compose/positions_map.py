"""The map of positions: who stands where, by how much weight each party has, with every name in its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Final

from msgspec import Struct

from briefing.compose.canvas import TALLEST, Canvas, sizes
from briefing.compose.wording import Wording
from briefing.document.drawing import Anchor, Disc, Drawing, Ink, Stroke
from briefing.document.sheet import Sheet
from briefing.schema import Influence, Stakeholder, Stance

FEWEST: Final = 4
"""With fewer parties a table says it sooner."""
_ORDER: Final = (
    Stance.STRONGLY_OPPOSED,
    Stance.OPPOSED,
    Stance.MIXED,
    Stance.NEUTRAL,
    Stance.UNDECIDED,
    Stance.SUPPORTIVE,
    Stance.STRONGLY_SUPPORTIVE,
)
_LEVELS: Final = (Influence.HIGH, Influence.MEDIUM, Influence.LOW)
_DOT: Final = 2.2
_INDENT: Final = 7.0
_PAD: Final = 4.0


class PositionsMap(Struct, frozen=True):
    """The drawing, what it shows in words, and the names of those whose place is not known."""

    drawing: Drawing
    alt: str
    unplaced: tuple[str, ...]


def map_positions(stakeholders: Sequence[Stakeholder], sheet: Sheet, wording: Wording) -> PositionsMap | None:
    """The map of those whose stance and influence are known; None where they are fewer than four, or too many to stand on a page."""
    is_placed = [each.stance in _ORDER and each.influence is not None for each in stakeholders]
    placed = list(compress(stakeholders, is_placed))
    if len(placed) < FEWEST:
        return None
    unplaced = tuple(each.name for each, there in zip(stakeholders, is_placed, strict=True) if not there)
    drawing = None
    for size in sizes(sheet):
        drawing, is_whole = _drawn(Canvas(sheet, sheet.width, size), placed, wording)
        if is_whole and drawing.height <= TALLEST:
            break
    if drawing is None or drawing.height > TALLEST:
        return None
    return PositionsMap(drawing, _alternative(placed, wording), unplaced)


def _stances(placed: Sequence[Stakeholder]) -> list[Stance]:
    """The columns: both sides, as far as one of them goes, and what stands between where somebody does."""
    held = {each.stance for each in placed}
    ends = (Stance.STRONGLY_OPPOSED, Stance.STRONGLY_SUPPORTIVE)
    sides = (Stance.OPPOSED, Stance.SUPPORTIVE)
    return [each for each in _ORDER if each in held or each in sides or (each in ends and held.intersection(ends))]


def _drawn(canvas: Canvas, placed: Sequence[Stakeholder], wording: Wording) -> tuple[Drawing, bool]:
    """The drawing, and whether no word in it had to be broken."""
    stances = _stances(placed)
    heads = [wording(each.value) for each in stances]
    levels = [wording(each.value) for each in _LEVELS]
    first = max(canvas.measure(each, strong=True) for each in (*levels, wording("influence"))) + 8
    needs = [_need(canvas, head, [each.name for each in placed if each.stance is stance])
             for head, stance in zip(heads, stances, strict=True)]  # fmt: skip
    room = canvas.width - first
    spare = room - sum(needs)
    weights = [1 + sum(len(each.name) for each in placed if each.stance is stance) / 12 for stance in stances]
    if spare >= 0:
        widths = [need + spare * weight / sum(weights) for need, weight in zip(needs, weights, strict=True)]
    else:
        widths = [room * need / sum(needs) for need in needs]
    wrapped = [canvas.wrapped(head, width - 2 * _PAD, strong=True) for head, width in zip(heads, widths, strict=True)]
    edges = [first + sum(widths[:number]) for number in range(len(widths) + 1)]
    top = max(map(len, wrapped)) * canvas.line + 6
    for lines, left, width in zip(wrapped, edges, widths, strict=False):
        canvas.lines(left + width / 2, top - 4 - len(lines) * canvas.line, lines, Anchor.MIDDLE, strong=True)
    canvas.lines(0, top - 4 - canvas.line, [wording("influence")])
    rules = [top]
    for level, label in zip(_LEVELS, levels, strict=True):
        low = top + canvas.line + 2 * _PAD
        for stance, left, width in zip(stances, edges, widths, strict=False):
            names = [each.name for each in placed if each.stance is stance and each.influence is level]
            low = max(low, _names(canvas, names, left + _PAD, top + _PAD, width - 2 * _PAD) + _PAD)
        canvas.lines(0, top + _PAD, [label], strong=True)
        top = low
        rules.append(top)
    canvas.add(*(Stroke(0, y, canvas.width - 0.5, y, 0.6, Ink.MUTED) for y in rules))
    canvas.add(*(Stroke(x, rules[0], x, rules[-1], 0.6, Ink.MUTED) for x in edges[:-1]))
    return canvas.drawing(rules[-1] + 1), spare >= 0


def _need(canvas: Canvas, head: str, names: Sequence[str]) -> float:
    """How wide a column must be for its longest word."""
    words = [canvas.measure(word, strong=True) for word in head.split(" ")]
    words += [canvas.measure(word) + _INDENT for name in names for word in name.split(" ")]
    return max(words) + 2 * _PAD + 1


def _names(canvas: Canvas, names: Sequence[str], left: float, top: float, width: float) -> float:
    """Set the names of a field one under another, each behind a dot; back comes where they end."""
    for name in names:
        canvas.add(Disc(left + _DOT, top + canvas.size * 0.62, _DOT, Ink.MARKER))
        top = canvas.lines(left + _INDENT, top, canvas.wrapped(name, width - _INDENT)) + 1.5
    return top


def _alternative(placed: Sequence[Stakeholder], wording: Wording) -> str:
    """Who stands where, in words, those of most influence first."""
    parts = []
    for level in _LEVELS:
        fields = []
        for stance in _ORDER:
            names = [each.name for each in placed if each.stance is stance and each.influence is level]
            if names:
                fields.append(f"{wording(stance.value)}{wording('colon')}{wording('comma').join(names)}")
        if fields:
            head = f"{wording('influence')}{wording('colon')}{wording(level.value)}"
            parts.append(f"{head}{wording('stop')}{wording('semicolon').join(fields)}.")
    return " ".join(parts)
