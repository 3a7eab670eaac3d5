"""Which paragraph of an edited document is which of the built one: by their marks, else by what they say between neighbours that are known, else
by their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from briefing.formats.docx.edited.edited_document import Base, EditedParagraph, Trace
from briefing.pull.word_merge import likeness

_LIKE: Final = 0.5
"""How much two paragraphs between the same neighbours must have in common to be one."""
_MARKED_LIKE: Final = 0.15
"""The same where a mark says so, and another paragraph says more of it."""


class Matching(Struct):
    """Both documents, and which paragraph became which: `to` from those of the base, `back` to them, by their numbers."""

    base: Base
    before: Sequence[EditedParagraph]
    after: Sequence[EditedParagraph]
    to: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    marked: int = 0
    """How many paragraphs of the text were known by a mark."""

    def pair(self, old: int, new: int) -> None:
        """Take the two for one."""
        self.to[old], self.back[new] = new, old

    def part(self, old: int, new: int) -> None:
        """Take the two for one no longer."""
        del self.to[old], self.back[new]

    def trace(self, old: int) -> Trace | None:
        """Where a paragraph of the base came from."""
        each = self.before[old]
        codes = (code for code in (each.code, *each.marks) if code in self.base.traces)
        return next((self.base.traces[code] for code in codes), None)


def matched(base: Base, after: Sequence[EditedParagraph]) -> Matching:
    """The paragraphs of the text and the notes of a document, matched with those of its base."""
    places = ("body", "endnote", "footnote")
    before, now = ([each for each in one if each.place in places] for one in (base.paragraphs, after))
    made = Matching(base, before, now)
    _by_marks(made)
    made.marked = sum(made.before[number].place == "body" for number in made.to)
    _by_text(made)
    _within_rows(made)
    _by_alignment(made)
    _by_row(made)
    _own_words(made)
    return made


def _by_marks(made: Matching) -> None:
    """By the paragraph's id or the bookmark in it; of several that carry the same mark, the one that says most of what stood there."""
    number_of = {code: number for number, each in enumerate(made.before) for code in (each.code, *each.marks) if code}
    claims: dict[int, list[tuple[float, int]]] = {}
    for number, each in enumerate(made.after):
        if not each.seen.strip() and not each.objects:
            continue
        for code in dict.fromkeys((each.code, *each.marks)):
            if (old := number_of.get(code)) is not None and made.before[old].place == each.place:
                bonus = 0.05 * (each.code == made.before[old].code and bool(each.code))
                claims.setdefault(old, []).append((likeness(made.before[old].seen, each.seen) + bonus, number))
    wanted = sorted((-like, old, new) for old, found in claims.items() for like, new in found)
    for unlike, old, new in wanted:
        if old in made.to or new in made.back:
            continue
        if -unlike < _MARKED_LIKE and _stands_elsewhere(made, old, new):
            continue
        made.pair(old, new)


def _stands_elsewhere(made: Matching, old: int, new: int) -> bool:
    """Whether another paragraph says what this one said, so that its mark was left on words of another."""
    text = made.before[old].seen.strip()
    return bool(text) and any(
        each.seen.strip() == text for number, each in enumerate(made.after) if number != new and number not in made.back
    )


def _by_text(made: Matching) -> None:
    """By the same words, where these stand once among what is left on each side."""
    lines: list[dict[tuple[str, str, bool], list[int]]] = [{}, {}]
    for found, paragraphs, known in ((lines[0], made.before, made.to), (lines[1], made.after, made.back)):
        for number, each in enumerate(paragraphs):
            if number not in known and each.seen.strip():
                found.setdefault((each.place, each.seen.strip(), each.cell is None), []).append(number)
    for text, old in lines[0].items():
        new = lines[1].get(text, [])
        if len(old) == len(new) == 1:
            made.pair(old[0], new[0])


def _own_words(made: Matching) -> None:
    """What the program itself says many times over, such as the label of a quote, in the order in which it is left on both sides."""
    left: dict[tuple[str, str], list[int]] = {}
    for number, each in enumerate(made.before):
        if number not in made.to and each.place == "body" and made.trace(number) is None:
            left.setdefault((each.style, each.seen.strip()), []).append(number)
    for number, each in enumerate(made.after):
        if number not in made.back and (old := left.get((each.style, each.seen.strip()))) and each.seen.strip():
            made.pair(old.pop(0), number)


def _within_rows(made: Matching) -> None:
    """Let a cell be in the row and the column in which most of its own are: where words changed places between cells, the cells did not."""
    votes: dict[tuple[int, ...], Counter[tuple[int, ...]]] = {}
    for old, new in made.to.items():
        one, other = made.before[old].cell, made.after[new].cell
        if one and other:
            votes.setdefault(one[:2], Counter())[other[:2]] += 1
            votes.setdefault((one[0], -1, one[2]), Counter())[other[0], -1, other[2]] += 1
    most = {key: max(found, key=lambda place: (found[place], place == key)) for key, found in votes.items()}
    strays = list[int]()
    for old, new in list(made.to.items()):
        one, other = made.before[old].cell, made.after[new].cell
        if one and other:
            row, column = most[one[:2]], most[one[0], -1, one[2]]
            if other[:2] != row or (other[0] == column[0] and other[2] != column[2]):
                made.part(old, new)
                strays.append(old)
    numbers = _in_cells(made.before), _in_cells(made.after)
    for old in strays:
        cell = made.before[old].cell or (0, 0, 0)
        theirs = numbers[0][cell]
        there = numbers[1].get((*most[cell[:2]], most[cell[0], -1, cell[2]][2]), [])
        if len(theirs) == len(there) and there[place := theirs.index(old)] not in made.back:
            made.pair(old, there[place])


def _in_cells(paragraphs: Sequence[EditedParagraph]) -> dict[tuple[int, ...], list[int]]:
    found: dict[tuple[int, ...], list[int]] = {}
    for number, each in enumerate(paragraphs):
        if each.cell:
            found.setdefault(each.cell, []).append(number)
    return found


def _gaps(made: Matching) -> Iterator[tuple[list[int], list[int]]]:
    """What is left on both sides between neighbours that are known."""
    old: list[int] = []
    start = 0
    for number in range(len(made.before) + 1):
        if number < len(made.before) and number not in made.to:
            old.append(number)
            continue
        end = made.to[number] if number < len(made.before) else len(made.after)
        if old and end >= start:
            new = [each for each in range(start, end) if each not in made.back]
            yield old, new
        old = []
        start = max(start, end + 1) if end >= start else start


def _by_alignment(made: Matching) -> None:
    """By likeness between the same neighbours, in order; then, where as many of the same style are left on both sides, by place."""
    for old, new in list(_gaps(made)):
        for one, other in _aligned(made, old, new):
            made.pair(one, other)
    for old, new in list(_gaps(made)):
        kinds = [[_kind(made.before[number]) for number in old], [_kind(made.after[number]) for number in new]]
        if len(old) == len(new) and kinds[0] == kinds[1]:
            for one, other in zip(old, new, strict=True):
                if made.before[one].seen.strip() or not made.after[other].seen.strip():
                    made.pair(one, other)


def _kind(paragraph: EditedParagraph) -> tuple[str, str, int | None]:
    return paragraph.place, paragraph.style.casefold(), paragraph.cell[2] if paragraph.cell else None


def _aligned(made: Matching, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs in order that have most in common (Needleman and Wunsch, 1970)."""
    if not old or not new or len(old) * len(new) > 40_000:
        return []
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like: dict[tuple[int, int], float] = {}
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            one, other = made.before[old[row]], made.after[new[column]]
            same = one.place == other.place and (one.cell is None) == (other.cell is None)
            empty = not one.seen.strip() and not other.seen.strip()
            value = (0.01 if empty else likeness(one.seen, other.seen)) if same else 0.0
            value *= 1.0 if _kind(one) == _kind(other) else 0.8
            like[row, column] = value if empty or value >= _LIKE else -1.0
            score[row][column] = max(
                score[row + 1][column], score[row][column + 1], score[row + 1][column + 1] + like[row, column]
            )
    pairs, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        if like[row, column] > 0 and score[row][column] == score[row + 1][column + 1] + like[row, column]:
            pairs.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif score[row][column] == score[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _by_row(made: Matching) -> None:
    """By its column, where other cells of the same row are known and the cell holds one paragraph on both sides."""
    rows: dict[tuple[int, int], tuple[int, int]] = {}
    for old, new in made.to.items():
        one, other = made.before[old].cell, made.after[new].cell
        if one and other:
            rows.setdefault(one[:2], other[:2])
    left = {each.cell: number for number, each in enumerate(made.after) if each.cell and number not in made.back}
    for old, each in enumerate(made.before):
        if old in made.to or each.cell is None or each.cell[:2] not in rows:
            continue
        place = left.get((*rows[each.cell[:2]], each.cell[2]))
        alone = sum(other.cell == each.cell for other in made.before) == 1
        if place is not None and place not in made.back and alone and made.after[place].seen.strip():
            made.pair(old, place)
