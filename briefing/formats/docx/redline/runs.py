"""Putting the content of a paragraph together again: runs, links, the content control and bookmarks, with marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby

from briefing.formats.docx.elements import Element, child, w, words
from briefing.formats.docx.redline.pieces import Bookmark, Piece, canonical
from briefing.formats.docx.redline.revisions import Change, Revisions


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece, what became of it, and its old state if it was kept."""

    change: Change
    piece: Piece
    before: Piece | None


@dataclass(slots=True)
class ContentBuilder:
    """Builds the content of one paragraph out of `pieces`, with `bookmarks` placed among them.

    The pieces from `extent[0]` up to `extent[1]` stand in the content control that has the properties `control`, if any.
    """

    revisions: Revisions
    pieces: Sequence[Marked]
    bookmarks: Sequence[Bookmark]
    control: Element | None
    extent: tuple[int, int]
    _numbers: dict[Bookmark, int] = field(default_factory=dict)

    def content(self, *, inserted: bool) -> list[Element]:
        """The content; the control's two tags are marked when the paragraph was `inserted`."""
        end = len(self.pieces)
        start, stop = self.extent
        if self.control is None or start == stop:
            return [*self._marks(0), *self._stretch(0, end), *(self._marks(end) if end else ())]
        held = [*self._marks(start, inside=True), *self._stretch(start, stop), *self._marks(stop, inside=True)]
        control = w("sdt", deepcopy(self.control), w("sdtContent", *held))
        return [
            *(self._marks(0) if start else ()),
            *self._stretch(0, start),
            *self._marks(start, inside=False),
            *(self.revisions.inserted_control(control) if inserted else [control]),
            *self._marks(stop, inside=False),
            *self._stretch(stop, end),
            *(self._marks(end) if stop < end else ()),
        ]

    def _marks(self, place: int, *, inside: bool | None = None) -> list[Element]:
        """The ends and beginnings of bookmarks before the piece at `place`; where the control begins or ends, those
        `inside` or outside it.
        """
        ended = [each for each in self.bookmarks if each.start < each.stop == place]
        begun = [each for each in self.bookmarks if each.start == place]
        if inside is not None:
            at_start = place == self.extent[0]
            ended = [each for each in ended if (not at_start and not each.outer) == inside]
            begun = [each for each in begun if (at_start and not each.outer) == inside]
        ends = [self._end(each) for each in sorted(ended, key=lambda each: (-each.start, each.name))]
        for each in sorted(begun, key=lambda each: (-each.stop, each.name)):
            ends.append(w("bookmarkStart", id=self._number(each), name=each.name))
            ends += [self._end(each)] if each.start == each.stop else []
        return ends

    def _end(self, mark: Bookmark) -> Element:
        return w("bookmarkEnd", id=self._number(mark))

    def _number(self, mark: Bookmark) -> int:
        if mark not in self._numbers:
            self._numbers[mark] = self.revisions.number()
        return self._numbers[mark]

    def _stretch(self, start: int, stop: int) -> Iterator[Element]:
        """The pieces from `start` up to `stop`, those of one link together; bookmarks at the two ends are left out."""
        for _, found in groupby(range(start, stop), key=lambda place: canonical(self.pieces[place].piece.link)):
            places = list(found)
            link = self.pieces[places[0]].piece.link
            if places[0] > start:
                yield from self._marks(places[0])
            content = list(self._runs(places))
            if link is not None:
                shell = deepcopy(link)
                shell.extend(content)
                content = [shell]
            yield from content

    def _runs(self, places: Sequence[int]) -> Iterator[Element]:
        """The runs of the pieces at `places`, what changed in one way in one mark."""
        together: list[int] = []
        for place in places:
            marks = self._marks(place) if place != places[0] else []
            if together and (marks or self._apart(together[-1], place)):
                yield from self._marked(together)
                together = []
            yield from marks
            together.append(place)
        yield from self._marked(together)

    def _apart(self, place: int, following: int) -> bool:
        one, two = self.pieces[place], self.pieces[following]
        return one.change is not two.change or _recoded(one) or _recoded(two)

    def _marked(self, places: Sequence[int]) -> list[Element]:
        marked = [self.pieces[place] for place in places]
        if not marked:
            return []
        if _recoded(marked[0]):
            return self._new_code(marked[0])
        return self.revisions.around(marked[0].change, list(_joined([each.piece for each in marked])))

    def _new_code(self, marked: Marked) -> list[Element]:
        """A field that shows what it showed, of which only the code changed."""
        old = next(run for run in marked.before.runs if _is_code(run)) if marked.before else None
        runs: list[Element] = []
        for run in marked.piece.runs:
            if _is_code(run) and old is not None:
                runs += self.revisions.around(Change.DELETED, [old])
                runs += self.revisions.around(Change.INSERTED, [run])
            else:
                runs.append(deepcopy(run))
        return runs


def _recoded(marked: Marked) -> bool:
    return marked.before is not None and marked.before.codes != marked.piece.codes


def _is_code(run: Element) -> bool:
    return child(run, "instrText") is not None


def _joined(pieces: Sequence[Piece]) -> Iterator[Element]:
    """The runs of `pieces`; words in one look become one run again."""
    look: bytes | None = None
    text: Element | None = None
    for run in (run for piece in pieces for run in piece.runs):
        found = child(run, "t")
        if found is None or len(run) > 2 or (len(run) == 2 and child(run, "rPr") is None):
            look, text = None, None
            yield run
            continue
        own = canonical(child(run, "rPr"))
        if text is not None and own == look:
            text.text = (text.text or "") + (found.text or "")
            continue
        look, text = own, words(found.text or "")
        yield w("r", deepcopy(child(run, "rPr")), text)
