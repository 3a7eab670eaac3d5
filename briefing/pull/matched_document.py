"""A document that came back beside the one that was built: which paragraphs print what of the data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from briefing.compose.wording import Wording
from briefing.formats.docx.edited.edited_document import Base, EditedDocument, EditedParagraph
from briefing.pull.found_changes import DocumentChanges
from briefing.pull.light_markdown import Grammar, written
from briefing.pull.line_pieces import LineValue, values_in
from briefing.pull.matching import Matching, matched
from briefing.pull.text_blocks import Block, Insertion, blocks_of
from briefing.pull.value_kinds import kind_of

_LEAST_FOUND: Final = 0.6
"""What part of the texts must be found for what is missing to count as deleted."""
_ROOT: Final = re.compile(r"(?:\.(?:\d+|row-\d+)(?:-text)?|\.note-.*)+$")


class MatchedDocument:
    """The paragraphs of both, and the `changes` that are found."""

    def __init__(self, name: str, document: EditedDocument, base: Base, wording: Wording) -> None:
        self.document, self.base, self.wording = document, base, wording
        self.matching: Matching = matched(base, document.paragraphs)
        self.changes = DocumentChanges(name, base, marked=self.matching.marked)
        self.traces = [self.matching.trace(number) for number in range(len(self.matching.before))]
        self.paths = ["" if each is None else each.path for each in self.traces]
        self.insertions: dict[str, list[Insertion]] = {}
        """The new paragraphs of each rendering of a text."""
        traced = [number for number, path in enumerate(self.paths) if path]
        found = sum(map(self.says, traced))
        self.is_mostly_gone = found < _LEAST_FOUND * len(traced)

    def before(self, number: int) -> EditedParagraph:
        """A paragraph as it was built."""
        return self.matching.before[number]

    def after(self, number: int) -> EditedParagraph:
        """What became of a paragraph that is there."""
        return self.matching.after[self.matching.to[number]]

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
    def blocks(self) -> dict[str, Sequence[Block]]:
        """The blocks of each rendering that has as many paragraphs; of others none."""
        found: dict[str, Sequence[Block]] = {}
        for key, numbers in self.fields.items():
            path = key.partition(" ")[0]
            made = blocks_of(self.base.values[path], kind_of(path).grammar)
            found[key] = made if len(made) == len(numbers) else ()
        return found

    @cached_property
    def field_of(self) -> dict[int, tuple[str, int]]:
        """The rendering that a paragraph belongs to, and its number there."""
        return {each: (key, place) for key, numbers in self.fields.items() for place, each in enumerate(numbers)}

    def text_of(self, old: int | None) -> tuple[str, int] | None:
        """The text that a known paragraph is part of, and its number there."""
        if old is None:
            return None
        found = self.field_of.get(old)
        return found if found is not None and self.blocks[found[0]] else None

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
            if self.matching.before[number].place != "body" and self.is_text(path):
                continue  # a note of a text
            for step in re.finditer(r"\[(\d+)\]", path):
                above = path[: step.start()]
                found.setdefault(above, {}).setdefault(int(step[1]), []).append(number)
                if self.matching.before[number].place != "body":
                    computed.add(above)
        return {path: items for path, items in found.items() if path not in computed}

    def first_words(self, numbers: Sequence[int]) -> str:
        """What the first of some paragraphs says that said anything."""
        return next((text for number in numbers if (text := self.matching.before[number].seen.strip())), "")

    def values(self, number: int) -> list[LineValue]:
        """The values that a line prints."""
        printed = written(self.matching.before[number].spans, Grammar.LINE)
        return values_in(printed, self.paths[number], self.base.values, self.traced, self.wording)

    def is_alone(self, number: int) -> bool:
        """Whether a line holds one value and, if anything, words that lead to it; and no other paragraph prints it."""
        return len(self.values(number)) == 1 and self.paths.count(self.paths[number]) == 1
