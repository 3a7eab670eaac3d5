"""One paragraph out of two states of it, or out of one: its pieces kept, inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from briefing.formats.docx.elements import Element, name, w
from briefing.formats.docx.names import TRACE
from briefing.formats.docx.redline.pairing import pair_pieces
from briefing.formats.docx.redline.pieces import Bookmark, CutParagraph, Piece
from briefing.formats.docx.redline.revisions import Change, Revisions
from briefing.formats.docx.redline.runs import ContentBuilder, Marked

_NOTHING: Final = CutParagraph(w("p"), w("pPr"), (), None, (0, 0), ())
_CONTROLLED: Final = 1
"""The number of the zone in the control when both states have one; before and after it lie 0 and 2."""


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the redline: what became of it, its state in the old paragraph if it was kept, its places in both."""

    change: Change
    piece: Piece
    before: Piece | None
    old: int | None
    new: int | None
    zone: int


def steps_between(old: CutParagraph | None, new: CutParagraph | None) -> tuple[Step, ...]:
    """The pieces of both states in one order. A state that is missing has none."""
    return tuple(_steps(old or _NOTHING, new or _NOTHING))


def merged_content(
    old: CutParagraph | None, new: CutParagraph | None, steps: Sequence[Step], revisions: Revisions
) -> list[Element]:
    """The content of the paragraph whose states are `old` and `new`; what says the same in both has no marks at all."""
    before, after = old or _NOTHING, new or _NOTHING
    if old is not None and new is not None and _says_the_same(before, after, steps):
        return [deepcopy(each) for each in new.element if each.tag != name("pPr")]
    extent = _control(before, after, steps)
    marked = [Marked(step.change, step.piece, step.before) for step in steps]
    bookmarks = list(_bookmarks(before, after, steps, extent))
    return ContentBuilder(revisions, marked, bookmarks, after.control, extent).content(inserted=old is None)


def _says_the_same(old: CutParagraph, new: CutParagraph, steps: Sequence[Step]) -> bool:
    kept = all(step.before is not None and step.before.codes == step.piece.codes for step in steps)
    marks = {(each.name, each.start, each.stop) for each in new.bookmarks}
    return kept and all((each.name, each.start, each.stop) in marks for each in _shared(old.bookmarks))


def _steps(old: CutParagraph, new: CutParagraph) -> Iterator[Step]:
    for zone, (low, high, left, right) in enumerate(_zones(old, new)):
        came = new.pieces[left:right]
        for before, after in pair_pieces([each.key for each in old.pieces[low:high]], came):
            first = None if before is None else low + before
            second = None if after is None else left + after
            was = None if first is None else old.pieces[first]
            if second is not None:
                change = Change.INSERTED if was is None else Change.KEPT
                yield Step(change, new.pieces[second], was, first, second, zone)
            elif was is not None:
                yield Step(Change.DELETED, was, None, first, None, zone)


def _zones(old: CutParagraph, new: CutParagraph) -> Iterator[tuple[int, int, int, int]]:
    """What is compared with what: before, in and after the control when both states have one, else everything."""
    lows, lefts = [0, len(old.pieces)], [0, len(new.pieces)]
    if old.control is not None and new.control is not None:
        lows[1:1], lefts[1:1] = old.inside, new.inside
    for place in range(len(lows) - 1):
        yield lows[place], lows[place + 1], lefts[place], lefts[place + 1]


def _control(old: CutParagraph, new: CutParagraph, steps: Sequence[Step]) -> tuple[int, int]:
    """Where the control of the new state begins and ends among the steps, with what was deleted in it."""
    if new.control is None:
        return 0, 0
    if old.control is None:
        return _cover([step.new for step in steps], *new.inside)
    places = [place for place, step in enumerate(steps) if step.zone == _CONTROLLED]
    return (places[0], places[-1] + 1) if places else (0, 0)


def _cover(numbers: Sequence[int | None], start: int, stop: int) -> tuple[int, int]:
    """The steps that cover the pieces from `start` up to `stop`, of the state whose `numbers` the steps have."""
    places = [place for place, number in enumerate(numbers) if number is not None and start <= number < stop]
    if places:
        return places[0], places[-1] + 1
    here = next((place for place, number in enumerate(numbers) if number is not None and number >= stop), len(numbers))
    return here, here


def _bookmarks(
    old: CutParagraph, new: CutParagraph, steps: Sequence[Step], control: tuple[int, int]
) -> Iterator[Bookmark]:
    """The bookmarks, placed among the steps: all of the new state, and those of the old one that lead somewhere.

    One that both have is one when it can hold in each state what it held there; else it stands twice, to be renamed.
    """
    olds, news = [step.old for step in steps], [step.new for step in steps]
    before = {each.name: each for each in _shared(old.bookmarks)}
    for mark in new.bookmarks:
        start, stop = _cover(news, mark.start, mark.stop)
        if mark.outer and (mark.start, mark.stop) == new.inside:
            start, stop = min(start, control[0]), max(stop, control[1])
        other = before.get(mark.name)
        if other is not None:
            low, high = _cover(olds, other.start, other.stop)
            span = min(low, start), max(high, stop)
            if _held(olds, span, other) and _held(news, span, mark):
                start, stop = span
                del before[mark.name]
        yield replace(mark, start=start, stop=stop)
    for mark in before.values():
        start, stop = _cover(olds, mark.start, mark.stop)
        yield replace(mark, start=start, stop=stop)


def _shared(bookmarks: Sequence[Bookmark]) -> list[Bookmark]:
    """Those that mentions lead to; those round traced texts are of the new state only, as the list of traces is."""
    return [each for each in bookmarks if not TRACE.fullmatch(each.name)]


def _held(numbers: Sequence[int | None], span: tuple[int, int], mark: Bookmark) -> bool:
    held = [number for number in numbers[slice(*span)] if number is not None]
    return held == list(range(mark.start, mark.stop))
