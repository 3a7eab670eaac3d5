"""The pass that numbers citations and makes the list of sources.

A source has one number, given when it is first cited in reading order; every later citation points to the same note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.document.blocks import ItemList, ListItem, Note, NoteList, Paragraph, ParagraphRole
from briefing.document.inlines import NoteReference, Text
from briefing.document.rewrite import rewrite
from briefing.document.tree import Heading, Section, SectionKind
from briefing.resolve.prose import BULLET
from briefing.resolve.sources import entry
from briefing.resolve.wording import Wording
from briefing.schema import Source


@dataclass(slots=True)
class _Numbering:
    numbers: dict[str, int] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)

    def number(self, node: Any) -> Any:
        if not isinstance(node, NoteReference):
            return node
        first = node.note not in self.numbers
        number = self.numbers.setdefault(node.note, len(self.numbers) + 1)
        self.mentions[node.note] += 1
        return replace(node, number=number, anchor=anchor(node.note, self.mentions[node.note]), first=first)


def anchor(note: str, mention: int) -> str:
    """The id of the n-th mention of a note, counted from 1."""
    return f"{note}.cited-{mention}"


def number_notes(sections: tuple[Section, ...], sources: Mapping[str, Source], wording: Wording) -> tuple[Section, ...]:
    """The sections with their citations numbered, then the sources consulted but not cited, then the numbered sources."""
    numbering = _Numbering()
    numbered = rewrite(sections, numbering.number)
    origins = {f"source-{source}": f"sources[{index}]" for index, source in enumerate(sources)}
    by_note = {f"source-{source.id}": source for source in sources.values()}
    noted = frozenset(by_note[note].id for note in numbering.numbers)
    notes = tuple(
        Note(note, origins[note], number, anchor(note, 1), entry(by_note[note], sources, noted, wording))
        for note, number in numbering.numbers.items()
    )
    rest = [source for source in sources.values() if source.id not in noted]
    added = []
    if rest:
        items = tuple(
            _consulted(f"source-{source.id}", origins[f"source-{source.id}"], source, sources, noted, wording)
            for source in rest
        )
        added.append(
            _section(SectionKind.CONSULTED, wording("consulted"), ItemList("consulted", "sources", False, 1, 1, items))
        )
    if notes:
        added.append(_section(SectionKind.SOURCES, wording("sources"), NoteList("notes", notes)))
    return (*numbered, *added)


def _consulted(
    name: str, origin: str, source: Source, sources: Mapping[str, Source], noted: frozenset[str], wording: Wording
) -> ListItem:
    line = Paragraph(f"{name}.entry", origin, ParagraphRole.NOTE, entry(source, sources, noted, wording))
    return ListItem(name, origin, BULLET, (line,))


def _section(kind: SectionKind, title: str, block: ItemList | NoteList) -> Section:
    return Section(
        f"section-{kind}", "sources", kind, Heading(f"section-{kind}.heading", "", 1, (Text(title),)), (block,)
    )
