"""What became of the texts and lines of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from briefing.formats.docx.edited.edited_document import EditedParagraph
from briefing.pull.found_changes import Remark, not_plain
from briefing.pull.item_changes import ItemChanges
from briefing.pull.item_places import longest_rising
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.line_pieces import agreed, pieces
from briefing.pull.matched_document import MatchedDocument
from briefing.pull.new_notes import NewNotes
from briefing.pull.plain_values import loses, plain_spans
from briefing.pull.text_blocks import Block, Insertion, blocks_of, reassembled, sign_of, with_lines_in_order
from briefing.pull.value_kinds import kind_of
from briefing.pull.word_merge import Piece, alike, likeness, sentences_of, transferred
from briefing.schema.readers import is_plain_number

_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"\w+")


class TextChanges:
    """Finds it in `document`, beside what is known of its `items` and `notes`."""

    def __init__(self, document: MatchedDocument, items: ItemChanges, notes: NewNotes) -> None:
        self._document, self._items, self._notes = document, items, notes
        self._matching, self._changes = document.matching, document.changes
        self._versions: dict[str, list[str]] = {}
        self.moved_within: set[int] = set()
        """The paragraphs that stand elsewhere in their text."""

    def read(self) -> None:
        """Note every change."""
        for key in self._document.fields:
            self._text(key)
        for number in range(len(self._matching.before)):
            if number not in self._document.field_of:
                self._line(number)
        for path, versions in self._versions.items():
            self._settle(path, versions)

    def _text(self, key: str) -> None:
        """The changes of one rendering of a text."""
        path, numbers, blocks = key.partition(" ")[0], self._document.fields[key], self._document.blocks[key]
        there = [number for number in numbers if self._document.says(number)]
        if not there:
            if not any(map(self._items.is_gone, numbers)):
                self._text_gone(path, numbers)
            return
        if not blocks:
            for number in numbers:
                self._whole(path, number)
            return
        typed, grammar = self._document.base.values[path], kind_of(path).grammar
        changed: dict[int, str] = {}
        gone: list[int] = []
        new = list(self._document.insertions.get(key, ()))
        for place, number in enumerate(numbers):
            block = blocks[place]
            region = typed[block.start : block.end]
            if not self._document.says(number):
                if block.note or (block.is_cell and not self._is_row_gone(number, numbers)):
                    self._missing(path, number)
                else:
                    gone.append(place)
                continue
            text = self._transfer(number, [Piece(path, region)], grammar).get(path)
            if text is not None:
                changed[place] = text.strip(" ")
            if (sign := self._new_sign(number, block)) is not None and grammar is Grammar.PROSE:
                new.append(Insertion(place, changed.pop(place, region), None, sign))
                gone.append(place)
        for place, behind in self._moved(numbers, blocks):
            if place in gone:
                continue  # it got another sign, and stays there
            self.moved_within.add(numbers[place])
            region = typed[blocks[place].start : blocks[place].end]
            new.append(Insertion(behind, changed.pop(place, region), place))
            gone.append(place)
        rows = self._rows_in_order(numbers, blocks)
        if gone or new:
            rows = []  # where others came or went, those that stand elsewhere are told
        if changed or gone or new or rows:
            text = reassembled(typed, blocks, changed, gone, sorted(new, key=lambda each: each.behind))
            for firsts in rows:
                text = with_lines_in_order(text, blocks_of(text, grammar), firsts)
                self.moved_within.update(number for place, number in enumerate(numbers) if blocks[place].is_cell)
            self._became(path, self._notes.with_notes(path, text))

    def _is_row_gone(self, number: int, numbers: Sequence[int]) -> bool:
        """Whether all cells are gone of the row that a paragraph was in, beside which others are there."""
        before = self._matching.before
        cell = before[number].cell or (0, 0, 0)
        table = [each for each in numbers if (before[each].cell or (-1,))[0] == cell[0]]
        there = {(before[each].cell or cell)[1] for each in table if self._document.says(each)}
        return bool(there) and cell[1] not in there

    def _new_sign(self, number: int, block: Block) -> str | None:
        """The sign that a paragraph has by its style now, such as that of a heading or an item, where the editor gave it another."""
        styles = self._matching.before[number].style, self._matching.after[self._matching.to[number]].style
        was, now = map(sign_of, styles)
        return None if block.is_cell or block.note or None in (was, now) or was == now else now

    def _moved(self, numbers: Sequence[int], blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
        """The blocks that stand elsewhere in their text, each with the one behind which it stands now."""
        there = [
            (self._matching.to[number], place)
            for place, number in enumerate(numbers)
            if self._document.says(number) and not blocks[place].is_cell and not blocks[place].note
        ]
        order = [place for _, place in sorted(there)]
        stay = set(longest_rising(order))
        for at, place in enumerate(order):
            if place not in stay:
                yield place, next((each for each in reversed(order[:at]) if each in stay), -1)

    def _rows_in_order(self, numbers: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
        """For each table of a text whose rows stand in another order, their first blocks in the order that they have now."""
        before, tables = self._matching.before, dict[int, dict[int, int]]()
        for place, number in enumerate(numbers):
            cell = before[number].cell
            if cell and blocks[place].is_cell and self._document.says(number):
                tables.setdefault(cell[0], {}).setdefault(cell[1], place)
        orders = [
            (firsts, sorted(firsts, key=lambda place: self._matching.to[numbers[place]]))
            for firsts in (list(rows.values()) for rows in tables.values())
        ]
        return [now for was, now in orders if was != now]

    def _whole(self, path: str, number: int) -> None:
        """A paragraph that prints a text, or much of it, in one."""
        if not self._document.says(number):
            self._missing(path, number)
            return
        typed = self._document.base.values[path]
        text = self._transfer(number, [Piece(path, typed)], kind_of(path).grammar).get(path)
        if text is not None:
            self._became(path, self._notes.with_notes(path, text))

    def _became(self, path: str, text: str) -> None:
        """Note what a value became in one of the places where it is printed: an empty text where it is gone."""
        self._versions.setdefault(path, []).append(text)

    def _settle(self, path: str, versions: Sequence[str]) -> None:
        """What a value became that was changed in each place where it is printed, or in one of them."""
        typed = self._document.base.values.get(path, "")
        text = agreed(path, typed, versions)
        if text is None:
            message = "it is printed more than once, and was changed in several ways"
            every_version = " / ".join(each or "(deleted)" for each in dict.fromkeys(versions))
            self._changes.remarks.append(Remark("both-changed", path, message, typed, every_version))
        elif text != typed:
            self._changes.texts[path] = text

    def _text_gone(self, path: str, numbers: Sequence[int]) -> None:
        if self._document.is_mostly_gone:
            message = "it is not in the document; since most of the texts are missing there, nothing is deleted"
            self._changes.remarks.append(Remark("held-back", path, message, self._document.base.values[path]))
        elif kind_of(path).is_optional:
            self._became(path, "")
        else:
            self._missing(path, numbers[0])

    def _missing(self, path: str, number: int) -> None:
        paragraph = self._matching.before[number]
        if paragraph.seen.strip() and not self._items.is_gone(number):
            message = "its paragraph is gone from the document, or empty; the data is left"
            self._changes.remarks.append(Remark("missing", path, message, paragraph.seen.strip()))

    def _line(self, number: int) -> None:
        """A paragraph that prints lines of the data, or none of it."""
        path, before = self._document.paths[number], self._matching.before[number]
        if not self._document.says(number):
            if self._items.is_gone(number):
                return
            if path in self._document.base.values and kind_of(path).is_optional and self._document.is_alone(number):
                self._text_gone(path, [number])
            elif number not in self._matching.to or before.seen.strip():
                self._missing(path, number)
            return
        if before.spans == self._matching.after[self._matching.to[number]].spans:
            return
        found = self._document.values(number) if path else []
        if not found and self._filled_in(path, number):
            return
        for changed, text in self._transfer(number, pieces(found), Grammar.LINE).items():
            value = next(each for each in found if each.path == changed)
            kind = kind_of(changed)
            typed = kind.typed(text, self._document.wording) if text.strip() else ""
            is_list = path not in self._document.base.values and ";" in text and ";" not in value.shown
            if typed is None or is_list or (not typed and not kind.is_optional):
                message = f"'{value.shown}' became '{text}', which cannot be written there"
                self._changes.remarks.append(Remark("not-written", changed, message, value.typed, text))
            elif typed != value.typed:
                self._became(changed, typed)

    def _filled_in(self, path: str, number: int) -> bool:
        """Whether words that said that there is no value gave way to one."""
        kind, before = kind_of(path), self._matching.before[number]
        after = self._matching.after[self._matching.to[number]]
        if (
            path in self._document.base.values
            or not (kind.is_line and kind.is_optional)
            or likeness(before.seen, after.seen) > 0.5
        ):
            return False
        typed = kind.typed(written(after.spans, Grammar.LINE), self._document.wording)
        if typed:
            self._became(path, typed)
        return bool(typed)

    def _transfer(self, number: int, held: Sequence[Piece], grammar: Grammar) -> Mapping[str, str]:
        """The new texts of the pieces of a paragraph; what else was changed there is remarked on."""
        before, after = self._matching.before[number], self._matching.after[self._matching.to[number]]
        if before.spans == after.spans:
            return {}
        path = self._document.paths[number]
        self._references(path, before, after)
        spans = self._notes.named(path, after.spans, grammar)
        if loses(spans, grammar, before.spans):
            self._changes.remarks.append(not_plain(path, after))
        old, new = written(before.spans, grammar), written(plain_spans(spans, grammar, before.spans), grammar)
        if alike(old, new):
            return {}
        if len(held) == 1 and self._is_figure(held[0].text, old):
            return {held[0].path: self._document.wording.figure_typed(new) or new.strip()}
        done = transferred(held, old, new, is_text=grammar is not Grammar.LINE)
        beside = [each for each in done.beside if not _same_but_numbers(*each)]
        if beside:
            changed_words = "; ".join(sentences_of(beside))
            message = f"words that the program writes itself were changed: {changed_words}"
            if not held:
                message = "this text is not from the data, or was made from it; it is not brought home"
            self._changes.remarks.append(Remark("no-place", path, message, before.seen.strip(), after.seen.strip()))
        # Of a line whose parts cannot be told apart nothing is taken: half of a name is that of somebody else.
        known = {*_WORD.findall(" ".join(each.text for each in held))} if len(held) > 1 else set()
        return {} if any(known & {*_WORD.findall(was)} for was, _ in beside) else done.texts

    def _is_figure(self, typed: str, printed: str) -> bool:
        """Whether a number is printed as readers write it: half of one and half of another is neither."""
        return is_plain_number(typed) and printed.split() == self._document.wording.figure(typed).split()

    def _references(self, path: str, before: EditedParagraph, after: EditedParagraph) -> None:
        """Remark on references whose words were changed, since the program words them."""
        words_of = [
            {each.target: _DIGITS.sub("#", each.text) for each in one.spans if each.target} for one in (before, after)
        ]
        for target, words in words_of[1].items():
            if target in words_of[0] and words.strip() != words_of[0][target].strip():
                message = f"the words of a reference were changed from '{words_of[0][target]}' to '{words}'"
                self._changes.remarks.append(Remark("no-place", path, message))


def _same_but_numbers(before: str, after: str) -> bool:
    """Whether only numbers changed that Word counts by itself, or white space."""
    return not (before + after).strip()
