"""Paragraphs and rows that the built document did not have: a new paragraph of a text, a new item of a list, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from briefing.pull.light_markdown import Grammar, written
from briefing.pull.text_blocks import Insertion
from briefing.pull.value_kinds import item_model, kind_of, required_keys

if TYPE_CHECKING:
    from briefing.pull.document_changes import ChangeReader

TODO: Final = "TODO"
_RUNNING: Final = (
    *("body text", "normal", "list bullet", "list number", "list continue", "list paragraph", "numbered paragraph"),
    *("quote", "box text", "box bullet", "box number", "table text", "table bullet", "table number", "text body"),
    *("bottom line", "default paragraph style", "first paragraph"),
)
"""The styles of running text, by how their names begin."""
_ITEM_END: Final = re.compile(r"^(?P<list>.*)\[(?P<item>\d+)\](?P<key>[^\[\]]*(?:\[\d+\])?)$")
_CITED: Final = re.compile(r"\s*\[@(?P<source>[\w-]+)(?:,\s*(?P<locator>[^\];]*))?\]")


class NewText:
    """Finds what is new in the document that `reader` reads."""

    def __init__(self, reader: ChangeReader) -> None:
        self._reader, self._matching, self._made = reader, reader.matching, reader.made
        self._numbers: dict[tuple[str, int], int] = {}

    def read(self) -> None:
        """Take every paragraph that is new into a text, a new item, or a remark."""
        after = self._matching.after
        free = [number for number, each in enumerate(after) if number not in self._matching.back]
        waiting = [number for number in free if after[number].seen.strip()]
        rows = self._new_rows(waiting)
        done = {number for numbers in rows for number in numbers}
        for numbers in rows:
            self._row(numbers)
        for run in _runs([number for number in waiting if number not in done]):
            self._run(run)

    # -- rows

    def _new_rows(self, waiting: Sequence[int]) -> list[list[int]]:
        """The paragraphs of rows of which none is known."""
        after = self._matching.after
        known = {each.cell[:2] for number, each in enumerate(after) if each.cell and number in self._matching.back}
        found: dict[tuple[int, int], list[int]] = {}
        for number in waiting:
            cell = after[number].cell
            if cell is not None and cell[:2] not in known:
                found.setdefault(cell[:2], []).append(number)
        return list(found.values())

    def _row(self, numbers: Sequence[int]) -> None:
        after, reader = self._matching.after, self._reader
        table, row = (after[numbers[0]].cell or (0, 0, 0))[:2]
        items: list[tuple[int, str, int]] = []
        columns: dict[int, list[tuple[str, str]]] = {}
        for number, each in enumerate(after):
            old = self._matching.back.get(number)
            if old is None or each.cell is None or each.cell[0] != table:
                continue
            found = _ITEM_END.match(reader.paths[old])
            if found is None or found["list"] not in reader.lists or not found["key"]:
                continue
            items.append((each.cell[1], found["list"], int(found["item"])))
            pair = (self._matching.before[old].style.casefold(), found["key"])
            keys = columns.setdefault(each.cell[2], [])
            if pair not in keys and not (found["key"].startswith("[") and keys):
                keys.append(pair)
        if len({path for _, path, _ in items}) != 1:
            for number in numbers:
                self._unplaced(number, "text in a row of a table that is not made from a list of the data")
            return
        path = items[0][1]
        behind = max((each for each in items if each[0] < row), default=(0, path, -1))[2]
        values: dict[str, str] = {}
        for number in numbers:
            cell = after[number].cell
            keys = [each for each in columns.get(cell[2] if cell else 0, ()) if each[1] not in values]
            like = [each for each in keys if each[0] == after[number].style.casefold()]
            self._put(values, path, number, [key for _, key in (like or keys)][:1])
        self._add(path, behind, values)

    # -- running text

    def _run(self, run: Sequence[int]) -> None:
        """Paragraphs that follow each other: the beginning may go on with a text, or each be an item of its list, or they are a new item."""
        place = 0
        while place < len(run):
            number = run[place]
            before, behind = self._neighbours(number, run)
            text = self._field(before)
            items = self._list_of(number, before, behind)
            if items is not None and items[2] == "":
                self._add(items[0], items[1], self._typed(items[0] + "[0]", number))
                place += 1
            elif items is not None and not (text and self._goes_on(number, before)):
                place += self._item(run[place:], items[0], items[1])
            elif text and self._is_running(number):
                self._insert(text[0], text[1], number)
                place += 1
            elif (
                (first := self._field(behind))
                and self._is_running(number)
                and first[1] == 0
                and self._goes_on(number, behind)
            ):
                self._insert(first[0], -1, number)
                place += 1
            else:
                self._unplaced(number, "text that was typed outside of what comes from the data")
                place += 1

    def _neighbours(self, number: int, run: Sequence[int]) -> tuple[int | None, int | None]:
        """The known paragraphs before and behind, in the same cell where there is one."""
        after, back = self._matching.after, self._matching.back
        cell, place = after[number].cell, after[number].place

        def first(numbers: Iterator[int]) -> int | None:
            for each in numbers:
                if after[each].cell != cell or after[each].place != place:
                    return None
                if each in back and after[each].seen.strip():
                    return back[each]
            return None

        return first(iter(range(number - 1, -1, -1))), first(iter(range(number + 1, len(after))))

    def _field(self, old: int | None) -> tuple[str, int] | None:
        """The text that a known paragraph is part of, and its number there."""
        if old is None:
            return None
        found = self._reader.field_of.get(old)
        return found if found is not None and self._reader.blocks[found[0]] else None

    def _goes_on(self, number: int, old: int | None) -> bool:
        """Whether a paragraph has the style of a known one."""
        return old is not None and _style(self._matching.after[number].style) == _style(
            self._matching.before[old].style
        )

    def _is_running(self, number: int) -> bool:
        return self._matching.after[number].style.casefold().startswith(_RUNNING)

    def _list_of(self, number: int, before: int | None, behind: int | None) -> tuple[str, int, str] | None:
        """The list of which a paragraph begins an item, by its style: its path, the item before, and the key of what begins an item."""
        reader, style = self._reader, _style(self._matching.after[number].style)
        for old, step in ((before, 0), (behind, -1)):
            path = reader.paths[old] if old is not None else ""
            for found in reversed(list(re.finditer(r"\[(\d+)\]", path))):
                above, item = path[: found.start()], int(found[1])
                numbers = reader.lists.get(above, {}).get(item)
                if not numbers or any(self._matching.before[each].cell for each in numbers):
                    continue
                first = min(numbers)
                if _style(self._matching.before[first].style) != style:
                    continue
                key = reader.paths[first][len(f"{above}[{item}]") :]
                if not key or item_model(above) is not None:
                    return above, item + step, key
        return None

    def _item(self, run: Sequence[int], path: str, behind: int) -> int:
        """A new item from as many paragraphs as have the styles of one; gives back how many."""
        reader, after = self._reader, self._matching.after
        keys: list[tuple[str, str, int]] = []
        for item, numbers in reader.lists[path].items():
            for old in numbers:
                key = reader.paths[old][len(f"{path}[{item}]") :]
                pair = (_style(self._matching.before[old].style), key, old)
                if all(each[:2] != pair[:2] for each in keys):
                    keys.append(pair)
        values: dict[str, str] = {}
        first_style = _style(after[run[0]].style)
        used = 0
        for number in run:
            style = _style(after[number].style)
            if used and style == first_style and style != "quote":
                break
            fits = [
                each
                for each in keys
                if each[0] == style and (each[1] not in values or kind_of(f"{path}[0]{each[1]}").is_text)
            ]
            if not fits:
                break
            _, key, old = next((each for each in fits if each[1] not in values), fits[0])
            if key in values:
                values[key] += "\n\n" + self._typed(f"{path}[0]{key}", number)
            elif len(values_of := reader._values(old)) > 1 and not kind_of(f"{path}[0]{key}").is_text:
                self._several(values, path, number, [each.path.rpartition(".")[2] for each in values_of])
            else:
                self._put(values, path, number, [key])
            used += 1
        self._add(path, behind, values)
        return max(used, 1)

    def _several(self, values: dict[str, str], path: str, number: int, names: Sequence[str]) -> None:
        """A line of several values, such as speaker, role and body: cut at commas, in the order in which others have them."""
        said = written(self._matching.after[number].spans, Grammar.PROSE)
        cited = _CITED.search(said)
        model = item_model(path)
        if cited and model is not None and "source" in model.model_fields:
            values[".source"] = cited["source"]
            if cited["locator"] and "locator" in model.model_fields:
                values[".locator"] = cited["locator"].strip()
        bare = _CITED.sub("", written(self._matching.after[number].spans, Grammar.LINE) if not cited else said)
        keys = [name for name in names if not kind_of(f"{path}[0].{name}").is_date]
        dates = [name for name in (model.model_fields if model else ()) if kind_of(f"{path}[0].{name}").is_date]
        for part in (each.strip() for each in re.split(r"[,，]\s", bare.strip()) if each.strip()):
            date = kind_of(f"{path}[0].{dates[0]}").typed(part, self._reader.wording) if dates else None
            if date and f".{dates[0]}" not in values:
                values[f".{dates[0]}"] = date
            elif keys:
                values[f".{keys.pop(0)}"] = part
            else:
                last = next((name for name in reversed(names) if f".{name}" in values), names[0])
                values[f".{last}"] = f"{values[f'.{last}']}, {part}" if f".{last}" in values else part

    # -- what becomes of them

    def _typed(self, path: str, number: int) -> str:
        kind = kind_of(path)
        spans = self._matching.after[number].spans
        said = written(spans, kind.grammar).strip()
        if kind.grammar is Grammar.QUOTE:
            return said.strip('“”„«»"').strip()
        if kind.is_date or kind.choice is not None:
            return kind.typed(said, self._reader.wording) or TODO
        return said

    def _put(self, values: dict[str, str], path: str, number: int, keys: Sequence[str]) -> None:
        if not keys:
            self._unplaced(number, "a second text where an item has one")
            return
        values[keys[0]] = self._typed(f"{path}[0]{keys[0]}", number)

    def _add(self, path: str, behind: int, values: Any) -> None:
        from briefing.pull.document_changes import NewItem

        place = self._numbers.get((path, behind), 0)
        self._numbers[path, behind] = place + 1
        if isinstance(values, dict):
            if any(key.startswith("[") for key in values):
                width = 1 + max(int(key[1:-1]) for key in self._widths(path))
                values = [values.get(f"[{column}]", "") for column in range(width)]
            else:
                model = item_model(path)
                values = {key.lstrip("."): value for key, value in values.items()}
                missing = {key: TODO for key in (required_keys(model) if model else ()) if key not in values}
                order = list(model.model_fields) if model else []
                values = dict(
                    sorted(
                        (values | missing).items(), key=lambda each: order.index(each[0]) if each[0] in order else 99
                    )
                )
        self._made.new.append(NewItem(path, behind, place, values))

    def _widths(self, path: str) -> Iterator[str]:
        for name in self._reader.base.values:
            if name.startswith(f"{path}["):
                found = re.fullmatch(r"\[\d+\](\[\d+\])", name[len(path) :])
                if found:
                    yield found[1]

    def _insert(self, key: str, behind: int, number: int) -> None:
        path, blocks = key.partition(" ")[0], self._reader.blocks[key]
        style = _style(self._matching.after[number].style)
        numbers = self._reader.fields[key]
        like = [place for place, old in enumerate(numbers) if _style(self._matching.before[old].style) == style]
        like = [place for place in like if not blocks[place].is_cell and not blocks[place].note]
        nearest = min(like, key=lambda place: abs(place - behind), default=None)
        text = self._typed(path, number)
        done = self._reader.insertions.setdefault(key, [])
        done.append(Insertion(behind, text, nearest))

    def _unplaced(self, number: int, what: str) -> None:
        from briefing.pull.document_changes import Remark

        paragraph = self._matching.after[number]
        message = f"{what}; it stays in the document alone"
        self._made.remarks.append(Remark("no-place", "", message, document=paragraph.seen.strip()))


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
