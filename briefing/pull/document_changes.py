"""What somebody changed in one document, in terms of the data: texts, items that are gone, new or moved, and all that has no place there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from briefing.compose.wording import Wording
from briefing.formats.docx.edited.edited_document import Base, EditedDocument, EditedParagraph, Span
from briefing.pull.light_markdown import Grammar, lost, written
from briefing.pull.line_pieces import pieces, values_in
from briefing.pull.matching import Matching, matched
from briefing.pull.text_blocks import Block, Insertion, blocks_of, reassembled
from briefing.pull.value_kinds import kind_of
from briefing.pull.word_merge import Piece, alike, likeness, merged, sentences_of, transferred

_LEAST_FOUND: Final = 0.6
"""What part of the texts must be found for what is missing to count as deleted."""
_ROOT: Final = re.compile(r"(?:\.(?:\d+|row-\d+)(?:-text)?|\.note-.*)+$")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a document that is not brought home by itself: what it is, where in the data, and in words."""

    code: str
    path: str
    message: str
    data: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item that was not there: its list, the item of the base behind which it stands (-1 for none), its place among those new there, and its
    value: text, or keys with values.
    """

    path: str
    behind: int
    number: int
    value: Any


@dataclass(slots=True)
class DocumentChanges:
    """The changes of one document, by the paths of the base. `texts` are the new typed texts, an empty one for a value that is gone."""

    name: str
    base: Base
    texts: dict[str, str] = field(default_factory=dict)
    gone: dict[str, set[int]] = field(default_factory=dict)
    order: dict[str, list[int]] = field(default_factory=dict)
    new: list[NewItem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    found: int = 0
    known: int = 0
    marked: int = 0


def changes_of(name: str, document: EditedDocument, base: Base, wording: Wording) -> DocumentChanges:
    """Everything in which `document` departs from its `base`."""
    reader = ChangeReader(name, matched(base, document.paragraphs), wording)
    reader.read()
    edges = ("header", "footer", "box")
    reader.beside([[each for each in one if each.place in edges] for one in (base.paragraphs, document.paragraphs)])
    return reader.made


class ChangeReader:
    """Reads the changes of one matched document into `made`."""

    def __init__(self, name: str, matching: Matching, wording: Wording) -> None:
        self.matching, self.wording, self.base = matching, wording, matching.base
        self.made = DocumentChanges(name, matching.base, marked=matching.marked)
        self.traces = [matching.trace(number) for number in range(len(matching.before))]
        self.paths = ["" if each is None else each.path for each in self.traces]
        self.insertions: dict[str, list[Insertion]] = {}
        self._versions: dict[str, list[str]] = {}
        self._missing_items: list[tuple[str, int]] = []
        self._moved_within: set[int] = set()

    @cached_property
    def traced(self) -> frozenset[str]:
        """The paths that have a text of their own."""
        return frozenset(self.paths) & self.base.values.keys()

    @cached_property
    def fields(self) -> dict[str, list[int]]:
        """The paragraphs of each rendering of a text, by its path and the id of its node."""
        found: dict[str, list[int]] = {}
        for number, trace in enumerate(self.traces):
            if trace is not None and self.is_text(trace.path):
                found.setdefault(f"{trace.path} {_ROOT.sub('', trace.node)}", []).append(number)
        return found

    @cached_property
    def blocks(self) -> dict[str, list[Block]]:
        """The blocks of each rendering that has as many paragraphs; of others none."""
        found = {}
        for key, numbers in self.fields.items():
            path = key.partition(" ")[0]
            made = _in_reading_order(blocks_of(self.base.values[path], kind_of(path).grammar))
            found[key] = made if len(made) == len(numbers) else []
        return found

    @cached_property
    def field_of(self) -> dict[int, tuple[str, int]]:
        """The rendering that a paragraph belongs to, and its number there."""
        return {each: (key, place) for key, numbers in self.fields.items() for place, each in enumerate(numbers)}

    def is_text(self, path: str) -> bool:
        """Whether a text that may have several paragraphs stands at the path."""
        return path in self.base.values and kind_of(path).is_text

    def says(self, number: int) -> bool:
        """Whether a paragraph of the base is there and says anything."""
        new = self.matching.to.get(number)
        return new is not None and bool(self.matching.after[new].seen.strip())

    @cached_property
    def lists(self) -> dict[str, dict[int, list[int]]]:
        """The paragraphs of each item, by the path of its list and its number there; lists that the program orders itself are left out."""
        found: dict[str, dict[int, list[int]]] = {}
        computed = set()
        for number, path in enumerate(self.paths):
            for step in re.finditer(r"\[(\d+)\]", path):
                above = path[: step.start()]
                found.setdefault(above, {}).setdefault(int(step[1]), []).append(number)
                if self.matching.before[number].place != "body":
                    computed.add(above)
        return {path: items for path, items in found.items() if path not in computed}

    def read(self) -> None:
        """Fill in `made`."""
        from briefing.pull.new_items import NewText

        made = self.made
        traced = [number for number, path in enumerate(self.paths) if path]
        made.known, made.found = len(traced), sum(map(self.says, traced))
        self._items_gone()
        NewText(self).read()
        for key in self.fields:
            self._text(key)
        for path, versions in self._versions.items():
            self._settle(path, versions)
        for number in range(len(self.matching.before)):
            if number not in self.field_of:
                self._line(number)
        self._orders()
        self._displaced()
        self._objects()

    # -- items

    def is_gone(self, number: int) -> bool:
        """Whether a paragraph is not there because of its item, its own or the one that it stands beside, which was told."""
        return number in self._gone_numbers

    @cached_property
    def _gone_numbers(self) -> frozenset[int]:
        numbers = {number for path, item in self._missing_items for number in self.lists[path][item]}
        found = set(numbers)
        last: int | None = None
        for number, path in enumerate(self.paths):
            if path:
                last = number
            elif last in numbers:
                found.add(number)
        following: int | None = None
        for number in range(len(self.paths) - 1, -1, -1):
            if self.paths[number]:
                following = number
            elif following in numbers:
                found.add(number)
        return frozenset(found)

    def _items_gone(self) -> None:
        made, held = self.made, self.made.found < _LEAST_FOUND * self.made.known
        for path, items in sorted(self.lists.items(), key=lambda each: len(each[0])):
            for item, numbers in items.items():
                if any(map(self.says, numbers)) or self._is_within_gone(f"{path}[{item}]"):
                    continue
                if held:
                    message = "it is not in the document; since most of the texts are missing there, nothing is deleted"
                    made.remarks.append(Remark("held-back", f"{path}[{item}]", message, self._said(numbers)))
                else:
                    made.gone.setdefault(path, set()).add(item)
                self._missing_items.append((path, item))

    def _is_within_gone(self, path: str) -> bool:
        return any(path.startswith(f"{above}[{item}].") for above, item in self._missing_items)

    def _said(self, numbers: Sequence[int]) -> str:
        return next((said for number in numbers if (said := self.matching.before[number].seen.strip())), "")

    def _orders(self) -> None:
        for path, items in self.lists.items():
            firsts = [min(numbers) for _, numbers in sorted(items.items())]
            if firsts != sorted(firsts):
                continue  # the program puts these in order itself
            places = {
                item: next(self.matching.to[number] for number in sorted(numbers) if self.says(number))
                for item, numbers in items.items()
                if any(map(self.says, numbers)) and item not in self.made.gone.get(path, ())
            }
            order = sorted(places, key=lambda item: places[item])
            if order != sorted(order):
                self.made.order[path] = order

    def _displaced(self) -> None:
        """Remark on paragraphs that stand elsewhere, beside items that were moved and paragraphs within their text."""
        moved = {
            number
            for path, order in self.made.order.items()
            for item in set(order) - set(longest_rising(order))
            for number in self.lists[path][item]
        }
        there = [
            number
            for number, each in enumerate(self.matching.before)
            if each.place == "body" and number not in moved | self._moved_within and self.says(number)
        ]
        stay = set(longest_rising([self.matching.to[number] for number in there]))
        for number in there:
            if self.matching.to[number] not in stay and not (not self.paths[number] and self._beside(number, moved)):
                message = "it was moved to where the data cannot have it; it is left where it was"
                self.made.remarks.append(Remark("moved", self.paths[number], message, self._said([number])))

    def _beside(self, number: int, moved: set[int]) -> bool:
        """Whether a paragraph of the program's own stands beside one that was moved."""
        return bool({number - 2, number - 1, number + 1, number + 2} & moved)

    # -- texts

    def _text(self, key: str) -> None:
        """The changes of one rendering of a text."""
        path, numbers, blocks = key.partition(" ")[0], self.fields[key], self.blocks[key]
        there = [number for number in numbers if self.says(number)]
        if not there:
            if not any(map(self.is_gone, numbers)):
                self._text_gone(path, numbers)
            return
        if not blocks:
            for number in numbers:
                self._whole(path, number)
            return
        typed, grammar = self.base.values[path], kind_of(path).grammar
        changed: dict[int, str] = {}
        gone: list[int] = []
        new = list(self.insertions.get(key, ()))
        for place, number in enumerate(numbers):
            block = blocks[place]
            region = typed[block.start : block.end]
            if not self.says(number):
                if block.is_cell or block.note:
                    self._missing(path, number)
                else:
                    gone.append(place)
                continue
            text = self._transfer(number, [Piece(path, region)], grammar).get(path)
            if text is not None:
                changed[place] = text
        for place, behind in self._moved(numbers, blocks):
            self._moved_within.add(numbers[place])
            region = typed[blocks[place].start : blocks[place].end]
            new.append(Insertion(behind, changed.pop(place, region), place))
            gone.append(place)
        if changed or gone or new:
            self._versions.setdefault(path, []).append(reassembled(typed, blocks, changed, gone, new))

    def _moved(self, numbers: Sequence[int], blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
        """The blocks that stand elsewhere in their text, each with the one behind which it stands now."""
        there = [
            (self.matching.to[number], place)
            for place, number in enumerate(numbers)
            if self.says(number) and not blocks[place].is_cell and not blocks[place].note
        ]
        order = [place for _, place in sorted(there)]
        stay = set(longest_rising(order))
        for at, place in enumerate(order):
            if place not in stay:
                yield place, next((each for each in reversed(order[:at]) if each in stay), -1)

    def _whole(self, path: str, number: int) -> None:
        """A paragraph that prints a text, or much of it, in one."""
        if not self.says(number):
            self._missing(path, number)
            return
        text = self._transfer(number, [Piece(path, self.base.values[path])], kind_of(path).grammar).get(path)
        if text is not None:
            self._versions.setdefault(path, []).append(text)

    def _settle(self, path: str, versions: Sequence[str]) -> None:
        """What a text became that was changed in each place where it is printed, or in one of them."""
        typed = self.base.values[path]
        text, clashing = merged(typed, {str(number): each for number, each in enumerate(versions)})
        if clashing:
            message = "it is printed more than once, and was changed in several ways"
            self.made.remarks.append(Remark("both-changed", path, message, typed, " / ".join(versions)))
        elif text != typed:
            self.made.texts[path] = text

    def _text_gone(self, path: str, numbers: Sequence[int]) -> None:
        if self.made.found < _LEAST_FOUND * self.made.known:
            message = "it is not in the document; since most of the texts are missing there, nothing is deleted"
            self.made.remarks.append(Remark("held-back", path, message, self.base.values[path]))
        elif kind_of(path).is_optional:
            self.made.texts[path] = ""
        else:
            self._missing(path, numbers[0])

    def _missing(self, path: str, number: int) -> None:
        paragraph = self.matching.before[number]
        if paragraph.seen.strip() and not self.is_gone(number):
            message = "its paragraph is gone from the document, or empty; the data is left"
            self.made.remarks.append(Remark("missing", path, message, paragraph.seen.strip()))

    # -- lines, and what the program writes itself

    def _line(self, number: int) -> None:
        """A paragraph that prints lines of the data, or none of it."""
        path, before = self.paths[number], self.matching.before[number]
        if not self.says(number):
            if self.is_gone(number):
                return
            if path in self.base.values and kind_of(path).is_optional and self._is_alone(number):
                self._text_gone(path, [number])
            elif number not in self.matching.to or before.seen.strip():
                self._missing(path, number)
            return
        if before.spans == self.matching.after[self.matching.to[number]].spans:
            return
        found = self._values(number) if path else []
        if not found and self._filled_in(path, number):
            return
        for changed, text in self._transfer(number, pieces(found), Grammar.LINE).items():
            value = next(each for each in found if each.path == changed)
            kind = kind_of(changed)
            typed = kind.typed(text, self.wording) if text.strip() else ""
            if typed is None or (not typed and not kind.is_optional):
                message = f"'{value.shown}' became '{text}', which cannot be written there"
                self.made.remarks.append(Remark("not-written", changed, message, value.typed, text))
            elif typed != value.typed:
                self.made.texts[changed] = typed

    def _filled_in(self, path: str, number: int) -> bool:
        """Whether words that said that there is no value gave way to one."""
        kind, before = kind_of(path), self.matching.before[number]
        after = self.matching.after[self.matching.to[number]]
        if (
            path in self.base.values
            or not (kind.is_line and kind.is_optional)
            or likeness(before.seen, after.seen) > 0.5
        ):
            return False
        typed = kind.typed(written(after.spans, Grammar.LINE), self.wording)
        if typed:
            self.made.texts[path] = typed
        return bool(typed)

    def _values(self, number: int) -> list[Any]:
        printed = written(self.matching.before[number].spans, Grammar.LINE)
        return values_in(printed, self.paths[number], self.base.values, self.traced, self.wording)

    def _is_alone(self, number: int) -> bool:
        """Whether a line holds one value and, if anything, words that lead to it; and no other paragraph prints it."""
        return len(self._values(number)) == 1 and self.paths.count(self.paths[number]) == 1

    def _transfer(self, number: int, held: Sequence[Piece], grammar: Grammar) -> Mapping[str, str]:
        """The new texts of the pieces of a paragraph; what else was changed there is remarked on."""
        before, after = self.matching.before[number], self.matching.after[self.matching.to[number]]
        if before.spans == after.spans:
            return {}
        path = self.paths[number]
        self._references(path, before, after)
        is_line = grammar is Grammar.LINE
        if (is_line or lost(after.spans, grammar)) and _stressed(before, is_line) != _stressed(after, is_line):
            message = "emphasis or a link that cannot be written there is left out"
            self.made.remarks.append(Remark("no-emphasis", path, message, document=after.seen.strip()))
        old, new = (written(_known(each.spans), grammar) for each in (before, after))
        if alike(old, new):
            return {}
        done = transferred(held, old, new)
        beside = [each for each in done.beside if not _same_but_numbers(*each)]
        if beside:
            said = "; ".join(sentences_of(beside))
            message = f"words that the program writes itself were changed: {said}"
            if not held:
                message = "this text is not from the data, or was made from it; it is not brought home"
            self.made.remarks.append(Remark("no-place", path, message, before.seen.strip(), after.seen.strip()))
        if any(each.note.startswith("?") for each in after.spans):
            message = "a note was added, which has to be typed in the data"
            self.made.remarks.append(Remark("no-place", path, message, document=after.seen.strip()))
        return done.texts

    def _references(self, path: str, before: EditedParagraph, after: EditedParagraph) -> None:
        """Remark on references whose words were changed, since the program words them."""
        said = [
            {each.target: _DIGITS.sub("#", each.text) for each in one.spans if each.target} for one in (before, after)
        ]
        for target, words in said[1].items():
            if target in said[0] and words.strip() != said[0][target].strip():
                message = f"the words of a reference were changed from '{said[0][target]}' to '{words}'"
                self.made.remarks.append(Remark("no-place", path, message))

    # -- what stands beside the text

    def _objects(self) -> None:
        """Pictures and other things that came or went."""
        there: list[str] = [each for one in self.matching.before for each in one.objects]
        for number, each in enumerate(self.matching.after):
            old = self.matching.back.get(number)
            for thing in each.objects:
                if thing in there:
                    there.remove(thing)
                else:
                    path = self.paths[old] if old is not None else ""
                    message = f"{thing} was put in, which has no place in the data"
                    self.made.remarks.append(Remark("no-place", path, message, document=each.seen.strip()))
        for thing in there:
            self.made.remarks.append(Remark("missing", "", f"{thing} is gone from the document; the data is left"))

    def beside(self, edges: Sequence[Sequence[EditedParagraph]]) -> None:
        """Hold headers, footers and boxes against those of the base."""
        said = [{" ".join(each.seen.split()): each.place for each in one if each.seen.strip()} for one in edges]
        for text, place in said[1].items():
            if text not in said[0]:
                message = f"this stands in a {place if place != 'box' else 'text box'}, which has no place in the data"
                self.made.remarks.append(Remark("no-place", "", message, document=text))
        for text, place in said[0].items():
            if text not in said[1] and any(each == place for each in said[1].values()):
                message = f"this is gone from the {place}; the data is left"
                self.made.remarks.append(Remark("missing", "", message, text))


def _stressed(paragraph: EditedParagraph, is_line: bool) -> set[tuple[str, bool, bool, str]]:
    """What of a paragraph is emphasised or linked; of a line only how, since its words may change."""
    spans = (each for each in paragraph.spans if each.strong or each.emphasis or each.link)
    return {("" if is_line else each.text.strip(), each.strong, each.emphasis, each.link.rstrip("/")) for each in spans}


def _known(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without calls of notes that somebody added, which are told of apart."""
    return tuple(each for each in spans if not each.note.startswith("?"))


def _same_but_numbers(before: str, after: str) -> bool:
    """Whether only numbers changed that Word counts by itself, or white space."""
    return not (before + after).strip()


def _in_reading_order(blocks: list[Block]) -> list[Block]:
    """The blocks as a document has them: notes last."""
    return sorted(blocks, key=lambda each: bool(each.note))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest run of numbers, others left out, that rises: what stays in its place while others move."""
    best: list[list[int]] = []
    for number in numbers:
        runs = [run for run in best if run[-1] < number]
        best.append([*max(runs, key=len, default=[]), number])
    return max(best, key=len, default=[])
