"""Rows that the built document did not have: a new item of a list, a row of a table in a text, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_values import NewValues
from briefing.pull.text_blocks import ROW, Insertion
from briefing.pull.value_kinds import kind_of

_ITEM_KEY: Final = re.compile(r"(?:\.[^.\[\]]+)?(?:\[\d+\])?")
_HEAD: Final = "table heading"
_DIGITS: Final = re.compile(r"\d+")


class NewRows:
    """Finds those of `document`; values are `made` of what they say."""

    def __init__(self, document: MatchedDocument, made: NewValues) -> None:
        self._document, self._made, self._matching = document, made, document.matching

    def found(self, waiting: Sequence[int]) -> list[list[int]]:
        """Those of the `waiting` paragraphs that stand in rows of which none is known, row by row."""
        after = self._matching.after
        known = {each.cell[:2] for number, each in enumerate(after) if each.cell and number in self._matching.back}
        found: dict[tuple[int, int], list[int]] = {}
        for number in waiting:
            cell = after[number].cell
            if cell is not None and cell[:2] not in known:
                found.setdefault(cell[:2], []).append(number)
        return list(found.values())

    def take(self, numbers: Sequence[int]) -> None:
        """Take the paragraphs of a row into a new item, a row of a text, or remarks."""
        document, before, after = self._document, self._matching.before, self._matching.after
        table, row = (after[numbers[0]].cell or (0, 0, 0))[:2]
        items: list[tuple[int, str, int]] = []
        columns: dict[int, list[tuple[str, str, int]]] = {}
        own, computed = set[tuple[int, str]](), set[tuple[int, str]]()
        above: tuple[int, tuple[str, int]] = -1, ("", -1)
        for number, each in enumerate(after):
            old = self._matching.back.get(number)
            if old is None or each.cell is None or each.cell[0] != table:
                continue
            text = document.text_of(old)
            if text is not None and document.blocks[text[0]][text[1]].is_cell:
                above = max(above, (each.cell[1], text)) if each.cell[1] < row else above
                continue
            found, column, style = self._item_of(document.paths[old]), each.cell[2], before[old].style.casefold()
            kind = None if found is None else kind_of(f"{found[0]}[0]{found[2]}")
            if style != _HEAD and (found is None or (kind is not None and not kind.is_known)):
                own.add((column, _DIGITS.sub("#", before[old].seen.strip())))
            if found is None or kind is None:
                continue
            items.append((each.cell[1], found[0], found[1]))
            if not found[2].startswith("[") and not kind.is_typed:
                computed.add((column, style))
                continue
            keys = columns.setdefault(column, [])
            if all(key[:2] != (style, found[2]) for key in keys) and not (found[2].startswith("[") and keys):
                keys.append((style, found[2], old))
        if above[0] >= 0 and not items:
            self._row_of_text(above[1], numbers)
            return
        if not columns or len({path for _, path, _ in items}) != 1:
            for number in numbers:
                self._made.unplaced(number, "text in a row of a table that is not made from a list of the data")
            return
        path = items[0][1]
        behind = max((each for each in items if each[0] < row), default=(0, path, -1))[2]
        values: dict[str, str] = {}
        for number in sorted(numbers, key=lambda number: self._fits(number, columns) == []):  # by their styles first
            column, style = (after[number].cell or (0, 0, 0))[2], after[number].style.casefold()
            if (column, _DIGITS.sub("#", after[number].seen.strip())) in own:
                continue  # a copy of what the program writes, such as "Option 3"
            fits = self._fits(number, columns)
            if not fits and (column, style) not in computed:
                fits = columns.get(column, [])
            key = next((each for each in fits if each[1] not in values), None)
            if key is None:
                self._made.unplaced(number, "a second text where an item has one, or one that the program works out")
            else:
                values[key[1]] = self._made.typed(f"{path}[0]{key[1]}", number, like=key[2])
        if values:
            self._made.add(path, behind, values)

    def _fits(self, number: int, columns: Mapping[int, Sequence[tuple[str, str, int]]]) -> list[tuple[str, str, int]]:
        """The keys that have the style of a paragraph in its column."""
        paragraph = self._matching.after[number]
        keys = columns.get(paragraph.cell[2] if paragraph.cell else 0, ())
        return [each for each in keys if each[0] == paragraph.style.casefold()]

    def _item_of(self, path: str) -> tuple[str, int, str] | None:
        """The list, the item and the key in it that a cell prints."""
        for step in reversed(list(re.finditer(r"\[(\d+)\]", path))):
            above, key = path[: step.start()], path[step.end() :]
            if above in self._document.lists and key and _ITEM_KEY.fullmatch(key):
                return above, int(step[1]), key
        return None

    def _row_of_text(self, behind: tuple[str, int], numbers: Sequence[int]) -> None:
        """A row of a table in a text, as one of light Markdown; what closes the row above closes it."""
        key, place = behind
        path = key.partition(" ")[0]
        cells: dict[int, list[str]] = {}
        for number in numbers:
            cell = self._matching.after[number].cell
            cells.setdefault(cell[2] if cell else 0, []).append(self._made.typed(path, number, is_within=True))
        words = (" ".join(cells.get(column, ())).replace("|", "\\|") for column in range(max(cells) + 1))
        insertions = self._document.insertions.setdefault(key, [])
        insertions.append(Insertion(place, " | ".join(words), None, ROW))
