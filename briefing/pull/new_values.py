"""What new paragraphs say as values of the data, and the new items that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from briefing.compose.wording import change_mark
from briefing.errors import shown
from briefing.formats.docx.edited.edited_document import Span, joined
from briefing.pull.found_changes import NewItem, Remark, not_plain
from briefing.pull.item_places import values_of_items
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_notes import NewNotes
from briefing.pull.plain_values import loses, plain_spans
from briefing.pull.value_kinds import item_model, kind_of, required_keys
from briefing.series.changes import ChangeKind

TODO: Final = "TODO"
_CITED: Final = re.compile(r"\s*\[@(?P<source>[\w-]+)(?:,\s*(?P<locator>[^\];]*))?\]")
_CELL: Final = re.compile(r"\]\[\d+\]$")
_SIGNS: Final = re.compile(r"[^\w:.)]+$")
"""What a label ends in that belongs to the value, such as the dots of a level."""


class NewValues:
    """Takes them from `document`, with the `notes` that they call."""

    def __init__(self, document: MatchedDocument, notes: NewNotes) -> None:
        self._document, self._notes = document, notes
        self._matching, self._changes = document.matching, document.changes
        self._numbers: dict[tuple[str, int], int] = {}
        marks = (change_mark(kind, document.wording) for kind in ChangeKind)
        signs = "|".join(
            rf"{re.escape(written((Span(each.shape),), Grammar.PROSE))}\s+{re.escape(each.word)}\b" for each in marks
        )
        self._change_mark = re.compile(rf"\s*(?:{signs})")
        """What the program sets behind what changed since the last issue."""

    def typed(self, path: str, number: int, *, is_within: bool = False, like: int | None = None) -> str:
        """What is typed for a paragraph in a value like that at `path`, or `is_within` it, where its notes stand at the end of the whole.

        `like` is a paragraph that prints such a value.
        """
        kind = kind_of(path)
        paragraph, known = self._matching.after[number], tuple[Span, ...]()
        spans = self._notes.named(path, paragraph.spans, kind.grammar)
        if like is not None:
            known = tuple(each for each in self._matching.before[like].spans if not each.note)
            spans, known = (self._without_label(each, like) for each in (spans, known))
        if loses(spans, kind.grammar, known):
            self._changes.remarks.append(not_plain(path.partition("[0]")[0], paragraph))
        text = written(plain_spans(spans, kind.grammar), kind.grammar).strip()
        text = self._change_mark.sub("", text)
        if not is_within:
            text = self._notes.with_notes(path, text)
        if kind.grammar is Grammar.QUOTE:
            return text.strip('“”„«»"').strip()
        if kind.is_date or kind.choice is not None:
            typed = kind.typed(text, self._document.wording)
            if typed is None and text:
                self._changes.remarks.append(_not_written(path, text))
            return typed or TODO
        return (self._document.wording.figure_typed(text) or text) if _CELL.search(path) else text

    def several(self, values: dict[str, str], path: str, number: int, names: Sequence[str], like: int) -> None:
        """A line of several values, such as speaker, role and body: cut at commas, in the order in which others have them."""
        paragraph = self._matching.after[number]
        text = written(paragraph.spans, Grammar.LINE)
        cited = _CITED.search(text)
        model, said = item_model(path), paragraph.spans
        if cited and model is not None and "source" in model.model_fields:
            said = tuple(each for each in said if not each.note)
            values[".source"] = cited["source"]
            if cited["locator"] and "locator" in model.model_fields:
                values[".locator"] = cited["locator"].strip()
        if loses(said, Grammar.LINE, self._matching.before[like].spans):
            self._changes.remarks.append(not_plain(path, paragraph))
        bare = _CITED.sub("", text)
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

    def _without_label(self, spans: Sequence[Span], like: int) -> tuple[Span, ...]:
        """The spans without the words that the program sets before the value in the paragraph that they are `like`, such as ``Q1.``"""
        paths, before = self._document.paths, self._matching.before[like]
        value = kind_of(paths[like]).shown(self._document.base.values.get(paths[like], ""), self._document.wording)
        first = " ".join(value.split()[:2])
        label, found, _ = before.seen.replace("\xa0", " ").partition(first or "\n")
        beside = values_of_items(self._document.base.values, paths[like].rpartition("[")[0]).values()
        is_said = any(held.casefold() in label.casefold() for item in beside for held in item.values() if held)
        pattern = re.sub(r"\d+", r"\\d+", re.escape(_SIGNS.sub("", label))) if found and first and not is_said else ""
        start = re.match(rf"\s*{pattern}\s*", "".join(each.text for each in spans)) if pattern else None
        cut, made = start.end() if start else 0, list[Span]()
        for each in spans:
            made.append(replace(each, text=each.text[cut:]))
            cut = max(cut - len(each.text), 0)
        return joined(made)

    def add(self, path: str, behind: int, values: Any) -> None:
        """Note a new item of the list at `path` behind that item, -1 for none; of keys it gets those that it must have, with `TODO`."""
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

    def unplaced(self, number: int, what: str) -> None:
        """Tell of a paragraph that has no place in the data."""
        paragraph = self._matching.after[number]
        message = f"{what}; it stays in the document alone"
        self._changes.remarks.append(Remark("no-place", "", message, document=paragraph.seen.strip()))


def _not_written(path: str, text: str) -> Remark:
    above, _, key = path.rpartition(".")
    message = f"'{shown(text)}' cannot be written as the {key} of a new item"
    return Remark("not-written", above.rpartition("[")[0], message, document=text)
