"""One paragraph out of two states of it, or out of one: its pieces kept, inserted or deleted, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.formats.docx.elements import Element, child, name, w, words
from briefing.formats.docx.redline.pairing import pair_pieces
from briefing.formats.docx.redline.pieces import Bookmark, CutParagraph, Piece, canonical
from briefing.formats.docx.redline.revisions import Change, Revisions
from briefing.formats.docx.writing import TRACE


class Step(Struct, frozen=True):
    """A piece of the redline: what became of it, its state in the old paragraph if it was kept, its places in both."""

    change: Change
    piece: Piece
    before: Piece | None
    old: int | None
    new: int | None


class ContentBuilder(Struct):
    """Builds the content of one paragraph out of `pieces`, with `bookmarks` placed among them."""

    revisions: Revisions
    pieces: Sequence[Step]
    bookmarks: Sequence[Bookmark]
    _numbers: dict[Bookmark, int] = field(default_factory=dict)

    def content(self) -> list[Element]:
        """The content, from end to end."""
        end = len(self.pieces)
        return [*self._marks(0), *self._stretch(0, end), *(self._marks(end) if end else ())]

    def _marks(self, place: int) -> list[Element]:
        """Ends and beginnings of bookmarks before a piece."""
        ended = [each for each in self.bookmarks if each.start < each.stop == place]
        begun = [each for each in self.bookmarks if each.start == place]
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

    def _new_code(self, marked: Step) -> list[Element]:
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


def _recoded(marked: Step) -> bool:
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


_NOTHING: Final = CutParagraph(w("p"), w("pPr"), (), ())


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
    return ContentBuilder(revisions, steps, list(_bookmarks(before, after, steps))).content()


def _says_the_same(old: CutParagraph, new: CutParagraph, steps: Sequence[Step]) -> bool:
    kept = all(step.before is not None and step.before.codes == step.piece.codes for step in steps)
    marks = {(each.name, each.start, each.stop) for each in new.bookmarks}
    return kept and all((each.name, each.start, each.stop) in marks for each in _shared(old.bookmarks))


def _steps(old: CutParagraph, new: CutParagraph) -> Iterator[Step]:
    for before, after in pair_pieces([each.key for each in old.pieces], new.pieces):
        was = None if before is None else old.pieces[before]
        if after is not None:
            yield Step(Change.INSERTED if was is None else Change.KEPT, new.pieces[after], was, before, after)
        elif was is not None:
            yield Step(Change.DELETED, was, None, before, None)


def _cover(numbers: Sequence[int | None], start: int, stop: int) -> tuple[int, int]:
    """The steps that cover the pieces from `start` up to `stop`, of the state whose `numbers` the steps have."""
    places = [place for place, number in enumerate(numbers) if number is not None and start <= number < stop]
    if places:
        return places[0], places[-1] + 1
    here = next((place for place, number in enumerate(numbers) if number is not None and number >= stop), len(numbers))
    return here, here


def _bookmarks(old: CutParagraph, new: CutParagraph, steps: Sequence[Step]) -> Iterator[Bookmark]:
    """The bookmarks, placed among the steps: all of the new state, and those of the old one that lead somewhere.

    One that both have is one when it can hold in each state what it held there; else it stands twice, to be renamed.
    """
    olds, news = [step.old for step in steps], [step.new for step in steps]
    before = {each.name: each for each in _shared(old.bookmarks)}
    for mark in new.bookmarks:
        start, stop = _cover(news, mark.start, mark.stop)
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
