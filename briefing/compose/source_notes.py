"""The pass that numbers citations and makes the list of sources, and what is printed of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.compose.composing import Composer, Composing, named, shortened, titled_section
from briefing.compose.prose_blocks import BULLET, LOCATOR_MARK, with_citation
from briefing.compose.wording import Wording
from briefing.document.inlines import Citation, CrossReference, Inline, Link, NoteReference, Text
from briefing.document.tree import (
    ANNEX,
    ItemList,
    ListItem,
    Note,
    NoteList,
    Paragraph,
    ParagraphRole,
    Section,
)
from briefing.document.walk import rewrite, walk
from briefing.schema import Source, SourceKind
from briefing.series.changes import Change, ChangeKind


def entry(source: Source, sources: Mapping[str, Source], noted: frozenset[str], wording: Wording) -> tuple[Inline, ...]:
    """Author, title, publisher and date; kind and the source that reports it; address and date read; what to know of it.

    `noted` are the ids of sources that have a number: the reporting source is named by it, or else spelled out.
    """
    stop = wording("stop")
    parts: list[list[Inline]] = [[Text(_what(source, wording))]]
    if source.kind is not None and source.kind is not SourceKind.PRIMARY:
        parts.append([Text(wording(f"{source.kind.value}_source"))])
    via = sources.get(source.via) if source.via else None
    if via is not None:
        before, after = wording.labels["reported_by_source"].split("{source}")
        if parts[1:]:
            parts[-1].append(Text(wording("comma") + before))
        else:
            parts.append([Text(before[:1].upper() + before[1:])])
        parts[-1].append(CrossReference(f"source-{via.id}", "") if via.id in noted else Text(_what(via, wording)))
        if after:
            parts[-1].append(Text(after))
    if source.url:
        parts.append([Link(source.url, (Text(source.url),))])
        if source.accessed:
            parts[-1].append(Text(f" ({wording('accessed', date=wording.date(source.accessed))})"))
    elif source.accessed:
        said = wording("accessed", date=wording.date(source.accessed))
        parts.append([Text(said[:1].upper() + said[1:])])
    if source.note:
        parts.append([Text(source.note.rstrip("."))])
    line: list[Inline] = []
    for part in parts:
        line += [*part, Text(stop)]
    line[-1] = Text(stop.rstrip())
    return tuple(line)


def _what(source: Source, wording: Wording) -> str:
    date = wording.date(source.published) if source.published else wording("undated")
    return wording("comma").join(
        part for part in (source.author, wording.quoted(source.title), source.publisher, date) if part
    )


class _Numbering(Struct):
    wording: Wording
    numbers: dict[str, int] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)

    def number(self, node: Any) -> Any:
        if isinstance(node, Citation):
            return replace(node, children=tuple(self._worded(child) for child in node.children))
        if not isinstance(node, NoteReference):
            return node
        first = node.note not in self.numbers
        number = self.numbers.setdefault(node.note, len(self.numbers) + 1)
        self.mentions[node.note] += 1
        return replace(node, number=number, anchor=anchor(node.note, self.mentions[node.note]), first=first)

    def _worded(self, child: Text | NoteReference) -> Text | NoteReference:
        """A part of a citation, of which a locator is put into the brief's language."""
        if not isinstance(child, Text) or not child.text.startswith(LOCATOR_MARK):
            return child
        return Text(LOCATOR_MARK + self.wording.locator(child.text.removeprefix(LOCATOR_MARK)))


def anchor(note: str, mention: int) -> str:
    """The id of the n-th mention of a note, counted from 1."""
    return f"{note}.cited-{mention}"


def number_notes(sections: tuple[Section, ...], sources: Mapping[str, Source], wording: Wording) -> tuple[Section, ...]:
    """The sections with their citations numbered and their locators worded; before the annexes, the sources consulted but not cited, then the
    numbered sources.

    Sources that only annexes cite are named in a line over the list, so that all of them stand in one.
    """
    numbering = _Numbering(wording)
    text = rewrite(tuple(section for section in sections if section.kind != ANNEX), numbering.number)
    annexes = tuple(section for section in sections if section.kind == ANNEX)
    cited = dict.fromkeys(node.note for node in walk(annexes) if isinstance(node, NoteReference))
    late = tuple(_in_annexes([note for note in cited if note not in numbering.numbers], wording))
    late = rewrite(late, numbering.number)
    annexes = rewrite(annexes, numbering.number)
    origins = {f"source-{source}": f"sources[{index}]" for index, source in enumerate(sources)}
    by_note = {f"source-{source.id}": source for source in sources.values()}
    noted = frozenset(by_note[note].id for note in numbering.numbers)
    notes = tuple(
        Note(
            note,
            origins[note],
            number,
            anchor(note, 1),
            entry(by_note[note], sources, noted, wording),
            wording("link_to_source", number=number, title=by_note[note].title),
        )
        for note, number in numbering.numbers.items()
    )
    rest = [source for source in sources.values() if source.id not in noted]
    added = []
    if rest:
        items = tuple(
            _consulted(f"source-{source.id}", origins[f"source-{source.id}"], source, sources, noted, wording)
            for source in rest
        )
        consulted = ItemList("consulted", "sources", False, 1, 1, items)
        added.append(titled_section("consulted", wording("consulted"), [consulted], "sources"))
    if notes:
        added.append(titled_section("sources", wording("sources"), [*late, NoteList("notes", notes)]))
    return (*text, *added, *annexes)


def _in_annexes(notes: Sequence[str], wording: Wording) -> Iterator[Paragraph]:
    """The line that names the sources which only annexes cite."""
    if notes:
        said = with_citation(
            (Text(wording("cited_in_annexes")),), [(note.removeprefix("source-"), "") for note in notes]
        )
        yield Paragraph("sources.in-annexes", "", ParagraphRole.INTRODUCTION, said)


def _consulted(
    name: str, origin: str, source: Source, sources: Mapping[str, Source], noted: frozenset[str], wording: Wording
) -> ListItem:
    line = Paragraph(f"{name}.entry", origin, ParagraphRole.NOTE, entry(source, sources, noted, wording))
    return ListItem(name, origin, BULLET, (line,))


def _described(change: Change, composing: Composing) -> tuple[Inline, ...]:
    wording, source = composing.wording, composing.item(change)
    name = named(change, f"source-{change.item}", wording.quoted(shortened(change.name)))
    if change.kind is ChangeKind.STALE:
        return (name, Text(f" ({wording.date(source.published)})"))
    return (name,)


SOURCES: Final = Composer(describe=_described)
