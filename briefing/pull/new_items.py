"""Paragraphs and rows that the built document did not have: a new paragraph of a text, a new item of a list, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from briefing.formats.docx.edited.edited_document import Span, joined
from briefing.pull.found_changes import NewItem, Remark
from briefing.pull.item_places import values_of_items
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_notes import NewNotes
from briefing.pull.text_blocks import ROW, Insertion, sign_of
from briefing.pull.value_kinds import item_model, kind_of, required_keys

TODO: Final = "TODO"
_RUNNING: Final = (
    *("body text", "normal", "list bullet", "list number", "list continue", "list paragraph", "numbered paragraph"),
    *("quote", "box text", "box bullet", "box number", "table text", "table bullet", "table number", "text body"),
    *("bottom line", "default paragraph style", "first paragraph"),
)
"""The styles of running text, by how their names begin."""
_BESIDE: Final = ("response", "quote label")
"""The styles of what the program sets beside an item."""
_ITEM_KEY: Final = re.compile(r"(?:\.[^.\[\]]+)?(?:\[\d+\])?")
_CITED: Final = re.compile(r"\s*\[@(?P<source>[\w-]+)(?:,\s*(?P<locator>[^\];]*))?\]")


class NewText:
    """Finds what is new in `document`, with the `notes` that it calls."""

    def __init__(self, document: MatchedDocument, notes: NewNotes) -> None:
        self._document, self._notes = document, notes
        self._matching, self._changes = document.matching, document.changes
        self._numbers: dict[tuple[str, int], int] = {}

    def read(self) -> None:
        """Take every paragraph that is new into a text, a new item, or a remark."""
        after = self._matching.after
        free = [number for number, each in enumerate(after) if number not in self._matching.back]
        called = {note.removeprefix("?") for each in after for note in self._notes.called_by(each.spans)}
        waiting = [number for number in free if after[number].seen.strip() and not self._is_note_of(number, called)]
        rows = self._new_rows(waiting)
        done = {number for numbers in rows for number in numbers}
        for numbers in rows:
            self._row(numbers)
        for run in _runs([number for number in waiting if number not in done]):
            self._run(run)

    def _is_note_of(self, number: int, called: set[str]) -> bool:
        """Whether a paragraph is of a new note, which is read where it is called."""
        paragraph = self._matching.after[number]
        return bool(paragraph.note) and f"{paragraph.place} {paragraph.note}" in called

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
        after, document = self._matching.after, self._document
        table, row = (after[numbers[0]].cell or (0, 0, 0))[:2]
        items: list[tuple[int, str, int]] = []
        columns: dict[int, list[tuple[str, str]]] = {}
        above: tuple[int, tuple[str, int]] = -1, ("", -1)
        for number, each in enumerate(after):
            old = self._matching.back.get(number)
            if old is None or each.cell is None or each.cell[0] != table:
                continue
            text = self._field(old)
            if text is not None and document.blocks[text[0]][text[1]].is_cell:
                above = max(above, (each.cell[1], text)) if each.cell[1] < row else above
                continue
            found = self._item_of(document.paths[old])
            if found is None:
                continue
            items.append((each.cell[1], found[0], found[1]))
            pair = (self._matching.before[old].style.casefold(), found[2])
            keys = columns.setdefault(each.cell[2], [])
            if pair not in keys and not (found[2].startswith("[") and keys):
                keys.append(pair)
        if above[0] >= 0 and not items:
            self._row_of_text(above[1], numbers)
            return
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
            cells.setdefault(cell[2] if cell else 0, []).append(self._typed(path, number, is_within=True))
        words = (" ".join(cells.get(column, ())).replace("|", "\\|") for column in range(max(cells) + 1))
        insertions = self._document.insertions.setdefault(key, [])
        insertions.append(Insertion(place, " | ".join(words), None, ROW))

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
            elif items is not None and not (
                text and self._goes_on(number, before) and not self._is_item(number, text[0])
            ):
                place += self._item(run[place:], items[0], items[1])
            elif text and (self._is_running(number) or self._heads(number, text[0])):
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
                if each in back and after[each].seen.strip() and not self._stands_beside(back[each]):
                    return back[each]
            return None

        return first(iter(range(number - 1, -1, -1))), first(iter(range(number + 1, len(after))))

    def _stands_beside(self, old: int) -> bool:
        """Whether a paragraph is of the program's own and beside an item, such as the boxes to tick below a recommendation."""
        return self._matching.before[old].style.casefold() in _BESIDE and not self._document.paths[old]

    def _field(self, old: int | None) -> tuple[str, int] | None:
        """The text that a known paragraph is part of, and its number there."""
        if old is None:
            return None
        found = self._document.field_of.get(old)
        return found if found is not None and self._document.blocks[found[0]] else None

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
                values[key] += "\n\n" + self._typed(f"{path}[0]{key}", number)
            elif len(values_of := document.values(old)) > 1 and not kind_of(f"{path}[0]{key}").is_text:
                self._several(values, path, number, [each.path.rpartition(".")[2] for each in values_of])
            else:
                values[key] = self._typed(f"{path}[0]{key}", number, like=old)
            used += 1
        self._add(path, behind, values)
        return max(used, 1)

    def _copied(self, number: int, old: int) -> int:
        """The paragraph of which one is a copy, as its marks say; else `old`."""
        marks = {self._matching.after[number].code, *self._matching.after[number].marks} - {""}
        style = self._matching.before[old].style
        every = enumerate(self._matching.before)
        return next((at for at, each in every if each.style == style and marks & {each.code, *each.marks}), old)

    def _without_label(self, spans: Sequence[Span], like: int) -> tuple[Span, ...]:
        """The spans without the words that the program sets before the value in the paragraph that they are `like`, such as ``Q1.``"""
        paths, before = self._document.paths, self._matching.before[like]
        value = kind_of(paths[like]).shown(self._document.base.values.get(paths[like], ""), self._document.wording)
        first = " ".join(value.split()[:2])
        label, found, _ = before.seen.replace("\xa0", " ").partition(first)
        beside = values_of_items(self._document.base.values, paths[like].rpartition("[")[0]).values()
        is_said = any(held.casefold() in label.casefold() for item in beside for held in item.values() if held)
        pattern = re.sub(r"\d+", r"\\d+", re.escape(label.strip())) if found and first and not is_said else ""
        start = re.match(rf"\s*{pattern}\s*", "".join(each.text for each in spans)) if pattern else None
        cut, made = start.end() if start else 0, list[Span]()
        for each in spans:
            made.append(replace(each, text=each.text[cut:]))
            cut = max(cut - len(each.text), 0)
        return joined(made)

    def _several(self, values: dict[str, str], path: str, number: int, names: Sequence[str]) -> None:
        """A line of several values, such as speaker, role and body: cut at commas, in the order in which others have them."""
        text = written(self._matching.after[number].spans, Grammar.PROSE)
        cited = _CITED.search(text)
        model = item_model(path)
        if cited and model is not None and "source" in model.model_fields:
            values[".source"] = cited["source"]
            if cited["locator"] and "locator" in model.model_fields:
                values[".locator"] = cited["locator"].strip()
        bare = _CITED.sub("", written(self._matching.after[number].spans, Grammar.LINE) if not cited else text)
        keys = [name for name in names if not kind_of(f"{path}[0].{name}").is_date]
        dates = [name for name in (model.model_fields if model else ()) if kind_of(f"{path}[0].{name}").is_date]
        for part in (each.strip() for each in re.split(r"[,，]\s", bare.strip()) if each.strip()):
            date = kind_of(f"{path}[0].{dates[0]}").typed(part, self._document.wording) if dates else None
            if date and f".{dates[0]}" not in values:
                values[f".{dates[0]}"] = date
            elif keys:
                values[f".{keys.pop(0)}"] = part
            else:
                last = next((name for name in reversed(names) if f".{name}" in values), names[0])
                values[f".{last}"] = f"{values[f'.{last}']}, {part}" if f".{last}" in values else part

    # -- what becomes of them

    def _typed(self, path: str, number: int, *, is_within: bool = False, like: int | None = None) -> str:
        """What is typed for a paragraph in a value like that at `path`, or `is_within` it, where its notes stand at the end of the whole.

        `like` is a paragraph that prints such a value.
        """
        kind = kind_of(path)
        spans = self._notes.named(path, self._matching.after[number].spans, kind.grammar)
        if like is not None:
            spans = self._without_label(spans, like)
        text = written(spans, kind.grammar).strip()
        if not is_within:
            text = self._notes.with_notes(path, text)
        if kind.grammar is Grammar.QUOTE:
            return text.strip('“”„«»"').strip()
        if kind.is_date or kind.choice is not None:
            typed = kind.typed(text, self._document.wording)
            if typed is None and text:
                self._changes.remarks.append(_not_written(path, text))
            return typed or TODO
        return text

    def _put(self, values: dict[str, str], path: str, number: int, keys: Sequence[str]) -> None:
        if not keys:
            self._unplaced(number, "a second text where an item has one")
            return
        values[keys[0]] = self._typed(f"{path}[0]{keys[0]}", number)

    def _add(self, path: str, behind: int, values: Any) -> None:
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
        self._changes.new.append(NewItem(path, behind, place, values))

    def _widths(self, path: str) -> Iterator[str]:
        for name in self._document.base.values:
            if name.startswith(f"{path}["):
                found = re.fullmatch(r"\[\d+\](\[\d+\])", name[len(path) :])
                if found:
                    yield found[1]

    def _insert(self, key: str, behind: int, number: int) -> None:
        path, blocks = key.partition(" ")[0], self._document.blocks[key]
        style = _style(self._matching.after[number].style)
        numbers = self._document.fields[key]
        like = [place for place, old in enumerate(numbers) if _style(self._matching.before[old].style) == style]
        like = [place for place in like if not blocks[place].is_cell and not blocks[place].note]
        nearest = min(like, key=lambda place: abs(place - behind), default=None)
        text = self._typed(path, number, is_within=True)
        done = self._document.insertions.setdefault(key, [])
        done.append(Insertion(behind, text, nearest, sign_of(style) or ""))

    def _unplaced(self, number: int, what: str) -> None:
        paragraph = self._matching.after[number]
        message = f"{what}; it stays in the document alone"
        self._changes.remarks.append(Remark("no-place", "", message, document=paragraph.seen.strip()))


def _not_written(path: str, text: str) -> Remark:
    above, _, key = path.rpartition(".")
    message = f"'{text}' cannot be written as the {key} of a new item"
    return Remark("not-written", above.rpartition("[")[0], message, document=text)


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
