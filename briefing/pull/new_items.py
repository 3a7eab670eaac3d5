"""Paragraphs and rows that the built document did not have: a new paragraph of a text, a new item of a list, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from briefing.formats.docx.edited.edited_document import Span
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_notes import NewNotes
from briefing.pull.new_rows import NewRows
from briefing.pull.new_values import NewValues
from briefing.pull.text_blocks import Insertion, sign_of
from briefing.pull.value_kinds import kind_of

_RUNNING: Final = (
    *("body text", "normal", "list bullet", "list number", "list continue", "list paragraph", "numbered paragraph"),
    *("quote", "box text", "box bullet", "box number", "table text", "table bullet", "table number", "text body"),
    *("bottom line", "default paragraph style", "first paragraph"),
)
"""The styles of running text, by how their names begin."""
_BESIDE: Final = ("response", "quote label")
"""The styles of what the program sets beside an item."""
_CITED: Final = re.compile(r"\[@[^\]]*\]")
_PLACE: Final = re.compile(r"\[\d+\]")


class NewText:
    """Finds what is new in `document`, with the `notes` that it calls."""

    def __init__(self, document: MatchedDocument, notes: NewNotes) -> None:
        self._document, self._notes, self._matching = document, notes, document.matching
        self._made = NewValues(document, notes)

    def read(self) -> None:
        """Take every paragraph that is new into a text, a new item, or a remark."""
        after = self._matching.after
        free = [number for number, each in enumerate(after) if number not in self._matching.back]
        called = {note.removeprefix("?") for each in after for note in self._notes.called_by(each.spans)}
        before = (each for number, each in enumerate(self._matching.before) if not self._document.paths[number])
        own = {(each.style, each.seen.strip()) for each in before if each.style.casefold() in _BESIDE}
        waiting = [
            number
            for number in free
            if (words := after[number].seen.strip())
            and not self._is_note_of(number, called)
            and (after[number].style, words) not in own  # a copy of what the program sets beside an item
        ]
        rows = NewRows(self._document, self._made)
        found = rows.found(waiting)
        done = {number for numbers in found for number in numbers}
        for numbers in found:
            rows.take(numbers)
        for run in _runs([number for number in waiting if number not in done]):
            self._run(run)

    def _is_note_of(self, number: int, called: set[str]) -> bool:
        """Whether a paragraph is of a new note, which is read where it is called."""
        paragraph = self._matching.after[number]
        return bool(paragraph.note) and f"{paragraph.place} {paragraph.note}" in called

    # -- running text

    def _run(self, run: Sequence[int]) -> None:
        """Paragraphs that follow each other: the beginning may go on with a text, or each be an item of its list, or they are a new item."""
        place = 0
        while place < len(run):
            number = run[place]
            before, behind = self._neighbours(number, run)
            text = self._document.text_of(before)
            items = self._list_of(number, before, behind)
            if items is not None and items[2] == "":
                like = before if before is not None and self._goes_on(number, before) else behind
                self._made.add(items[0], items[1], self._made.typed(items[0] + "[0]", number, like=like))
                place += 1
            elif items is not None and not (
                text and self._goes_on(number, before) and not self._is_item(number, text[0])
            ):
                place += self._item(run[place:], items[0], items[1])
            elif text and (self._is_running(number) or self._heads(number, text[0])):
                self._insert(text[0], text[1], number)
                place += 1
            elif (
                (first := self._document.text_of(behind))
                and self._is_running(number)
                and first[1] == 0
                and self._goes_on(number, behind)
            ):
                self._insert(first[0], -1, number)
                place += 1
            else:
                self._made.unplaced(number, "text that was typed outside of what comes from the data")
                place += 1

    def _neighbours(self, number: int, run: Sequence[int]) -> tuple[int | None, int | None]:
        """The known paragraphs before and behind, in the same cell where there is one."""
        return self._nearest[0][number], self._nearest[1][number]

    @cached_property
    def _nearest(self) -> tuple[list[int | None], list[int | None]]:
        """For each paragraph the known one before and behind, found from that of the paragraph beside it."""
        after, back = self._matching.after, self._matching.back

        def found(numbers: Sequence[int]) -> list[int | None]:
            nearest: list[int | None] = [None] * len(after)
            for beside, number in pairwise(numbers):
                if (after[beside].cell, after[beside].place) == (after[number].cell, after[number].place):
                    is_known = beside in back and after[beside].seen.strip() and not self._stands_beside(back[beside])
                    nearest[number] = back[beside] if is_known else nearest[beside]
            return nearest

        return found(range(len(after))), found(range(len(after) - 1, -1, -1))

    def _stands_beside(self, old: int) -> bool:
        """Whether a paragraph is of the program's own and beside an item, such as the boxes to tick below a recommendation."""
        return self._matching.before[old].style.casefold() in _BESIDE and not self._document.paths[old]

    def _goes_on(self, number: int, old: int | None) -> bool:
        """Whether a paragraph has the style of a known one."""
        return old is not None and _style(self._matching.after[number].style) == _style(
            self._matching.before[old].style
        )

    def _is_running(self, number: int) -> bool:
        return self._matching.after[number].style.casefold().startswith(_RUNNING)

    def _is_item(self, number: int, key: str) -> bool:
        """Whether a paragraph is an item by its style where the text is one, too, and not a list in itself."""
        is_list = self._matching.after[number].style.casefold().startswith(("list ", "question"))
        return is_list and not self._document.blocks[key][0].sign

    def _heads(self, number: int, key: str) -> bool:
        """Whether a paragraph is a sub-heading that the text can have."""
        is_prose = kind_of(key.partition(" ")[0]).grammar is Grammar.PROSE
        return is_prose and (sign_of(self._matching.after[number].style) or "").startswith("#")

    def _list_of(self, number: int, before: int | None, behind: int | None) -> tuple[str, int, str] | None:
        """The list of which a paragraph begins an item, by its style: its path, the item before, and the key of what begins an item."""
        document, style = self._document, _style(self._matching.after[number].style)
        for old, step in ((before, 0), (behind, -1)):
            path = document.paths[old] if old is not None else ""
            for found in reversed(list(re.finditer(r"\[(\d+)\]", path))):
                above, item = path[: found.start()], int(found[1])
                numbers = document.lists.get(above, {}).get(item)
                if not numbers or any(self._matching.before[each].cell for each in numbers):
                    continue
                first = min(numbers)
                if _style(self._matching.before[first].style) != style:
                    continue
                key = document.paths[first][len(f"{above}[{item}]") :]
                if not key or (key.startswith(".") and kind_of(f"{above}[0]{key}").is_known):
                    return above, item + step, key
        return None

    def _item(self, run: Sequence[int], path: str, behind: int) -> int:
        """A new item from as many paragraphs as have the styles of one; gives back how many."""
        document, after = self._document, self._matching.after
        keys: list[tuple[str, str, int]] = []
        for item, numbers in document.lists[path].items():
            for old in numbers:
                key = document.paths[old][len(f"{path}[{item}]") :]
                if "." in key[1:] or "[" in key:
                    continue  # of an item within
                pair = (_style(self._matching.before[old].style), key, old)
                if all(each[:2] != pair[:2] for each in keys):
                    keys.append(pair)
        values: dict[str, str] = {}
        last = first_style = _style(after[run[0]].style)
        used = 0
        for number in run:
            style = _style(after[number].style)
            if used and style == first_style and (style != "quote" or last != "quote"):
                break  # a quote may have several paragraphs, which follow each other
            last = style
            fits = [
                each
                for each in keys
                if each[0] == style and (each[1] not in values or kind_of(f"{path}[0]{each[1]}").is_text)
            ]
            if not fits:
                break
            _, key, old = next((each for each in fits if each[1] not in values), fits[0])
            old = self._copied(number, old)
            if key in values:
                values[key] += "\n\n" + self._made.typed(f"{path}[0]{key}", number)
            elif len(values_of := document.values(old)) > 1 and not kind_of(f"{path}[0]{key}").is_text:
                self._made.several(values, path, number, [each.path.rpartition(".")[2] for each in values_of], old)
            else:
                values[key] = self._made.typed(f"{path}[0]{key}", number, like=old)
            used += 1
        self._made.add(path, behind, values)
        return max(used, 1)

    def _copied(self, number: int, old: int) -> int:
        """The paragraph of which one is a copy, as its marks say; else one like `old` with as many commas, which part the values of a line."""
        before, paths, new = self._matching.before, self._document.paths, self._matching.after[number]
        marks = {new.code, *new.marks} - {""}
        alike = [
            at
            for at, each in enumerate(before)
            if each.style == before[old].style and _PLACE.sub("", paths[at]) == _PLACE.sub("", paths[old])
        ]
        copied = (at for at in alike if marks & {before[at].code, *before[at].marks})
        as_long = (at for at in [old, *alike] if _commas(before[at].spans) == _commas(new.spans))
        return next(copied, next(as_long, old))

    def _insert(self, key: str, behind: int, number: int) -> None:
        path, blocks = key.partition(" ")[0], self._document.blocks[key]
        style = _style(self._matching.after[number].style)
        numbers = self._document.fields[key]
        like = [place for place, old in enumerate(numbers) if _style(self._matching.before[old].style) == style]
        like = [place for place in like if not blocks[place].is_cell and not blocks[place].note]
        nearest = min(like, key=lambda place: abs(place - behind), default=None)
        text = self._made.typed(path, number, is_within=True)
        done = self._document.insertions.setdefault(key, [])
        done.append(Insertion(behind, text, nearest, sign_of(style) or ""))


def _commas(spans: Sequence[Span]) -> int:
    return _CITED.sub("", written(tuple(spans), Grammar.LINE)).count(",")


def _style(style: str) -> str:
    return style.casefold()


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
