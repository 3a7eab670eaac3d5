"""The redline of two briefs: both are written in one mould, then every story of the one is held against the other's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.document.reading import behind_sources
from briefing.document.tree import Document
from briefing.errors import Problem, Severity
from briefing.formats import Artifact
from briefing.formats.docx.elements import Element, R, name, remove, value, w, whole
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.redline.pieces import Notes, Side
from briefing.formats.docx.redline.revisions import Lists, Revisions
from briefing.formats.docx.redline.stories import StoryMerger
from briefing.formats.docx.reference import Reference
from briefing.formats.docx.running import EDGES, add_edge
from briefing.formats.docx.writer import NOTE_PARTS, Draft, look_of, notes_of, notes_part, page_of, taken_codes
from briefing.formats.docx.writing import Origins, Sequences, targets_of
from briefing.themes.theme import Theme

_ID: Final = f"{{{R}}}id"


class PartPair(Struct, frozen=True):
    """A part of the redline, its `new` content, and the `old` one, whose links are relations of `links`."""

    part: Part
    new: Element
    old: Element
    links: Part

    def side(self, notes: Notes, more: Mapping[str, int], renamed: Mapping[str, str], *, old: bool) -> Side:
        """How one of the two states is read."""
        relations = (self.links if old else self.part).rels

        def relation(identifier: str) -> str:
            target = relations[identifier].target_ref
            return str(self.part.rels.get_or_add_ext_rel(RELATIONSHIP_TYPE.HYPERLINK, target))

        return Side(notes, more, renamed, relation)


def body_pair(draft: Draft, former: Draft) -> PartPair:
    """The body of the redline. Both states have their links in it."""
    new, old = (each.assembly.main.element[-1] for each in (draft, former))
    return PartPair(draft.assembly.main, new, old, draft.assembly.main)


def notes_pair(kind: str, draft: Draft, former: Draft) -> PartPair | None:
    """The part with the notes of that kind, made when only the old state has one."""
    old, new = (_notes(each, NOTE_PARTS[kind][0]) for each in (former, draft))
    if new is None and old is not None:
        new = notes_part(kind, (), draft.writing, draft.assembly)
    return None if new is None else _pair(new, old)


def _pair(new: XmlPart, old: XmlPart | None) -> PartPair:
    """A part and its old state; an empty one when there was none."""
    return PartPair(
        new, new.element, new.element.makeelement(new.element.tag) if old is None else old.element, old or new
    )


def number_notes(kind: str, body: Element, notes: Element) -> None:
    """Number the notes, and put them, in the order in which the body refers to them: LibreOffice 7.4 goes by that."""
    references = list(body.iter(name(f"{kind}Reference")))
    places = {value(each, "id"): str(place) for place, each in enumerate(references, start=1)}
    for each in (*references, *notes.iterchildren(name(kind))):
        number = value(each, "id")
        if number in places:
            each.set(name("id"), places[number])
    notes[:] = sorted(notes, key=lambda note: whole(value(note, "id")))


def _notes(draft: Draft, relationship: str) -> XmlPart | None:
    found = (each for each in draft.assembly.main.rels.values() if each.reltype == relationship)
    part = next((each.target_part for each in found), None)
    return part if isinstance(part, XmlPart) else None


def edge_pairs(draft: Draft, former: Draft) -> Iterator[PartPair]:
    """Headers and footers, each once, by the kinds of pages; those that only the old state has come along."""
    news, olds = _edges(draft), _edges(former)
    seen: set[str] = set()
    for key in sorted(news.keys() | olds.keys()):
        part, old = news.get(key), olds.get(key)
        if part is None and old is not None:
            part, _ = add_edge(draft.page.properties, *key, str(old.partname), draft.assembly)
        if part is None or part.partname in seen:
            continue
        seen.add(part.partname)
        yield _pair(part, old)
    references = list(draft.page.properties.iterchildren(*EDGES))
    for section in draft.assembly.main.element[-1].iter(name("sectPr")):
        if section is not draft.page.properties:
            section[:] = [*map(deepcopy, references), *(each for each in section if each.tag not in EDGES)]


def _edges(draft: Draft) -> dict[tuple[str, str], XmlPart]:
    found = {}
    for reference in draft.page.properties.iterchildren(*EDGES):
        part = draft.assembly.main.rels[reference.get(_ID, "")].target_part
        if isinstance(part, XmlPart):
            found[str(reference.tag), value(reference, "type") or "default"] = part
    return found


AUTHOR: Final = "briefing"
"""Whose the changes are, unless somebody is named."""
_NO_CHANGES: Final = Problem(
    "no-changes",
    "the redline tracks no change: the earlier state says the same",
    "name an earlier state, if this is the wrong one",
    severity=Severity.NOTE,
)


def redline(
    old: Document,
    new: Document,
    theme: Theme,
    reference: bytes | None = None,
    *,
    house: bool = False,
    author: str = AUTHOR,
    date: datetime,
    plain: bool = False,
) -> Artifact:
    """Write one DOCX file that is `new` when its changes are accepted and `old` when they are rejected.

    Every change of content is an insertion or deletion by `author` at `date`, which is taken as UTC; what Word cannot
    track (properties, language, paper, widths of columns) is that of `new`. Where nothing changed, a note says so.
    `theme`, `reference`, `house` and `plain` are as in `docx`. Equal inputs give equal bytes. Raises `UsageError` with a
    `reference-document` problem when the reference document cannot be used.
    """
    draft = Draft.begin(new, theme, reference, house, in_columns=False)  # Old and new state are read side by side.
    draft.add_text(new)
    numbering = draft.writing.numbering.root
    ours = frozenset(numbering)
    former = _beside(draft, replace(old, paper=new.paper), look_of(theme, reference, new.paper), house)
    pairs = {kind: notes_pair(kind, draft, former) for kind in NOTE_PARTS}
    notes = {kind: pair for kind, pair in pairs.items() if pair is not None}
    if notes.keys() != notes_of(new).keys():
        draft.add_settings(new.language, notes, at_section_end=behind_sources(new) is not None)
    work = _Work(
        body_pair(draft, former),
        notes,
        tuple(edge_pairs(draft, former)),
        _numbered(old),
        _numbered(new),
        Lists(numbering, ours),
    )
    while True:
        taken = work.highest_number()
        revisions = Revisions(author, f"{date:%Y-%m-%dT%H:%M:%SZ}", taken)
        made = list(work.merged(revisions))
        if work.is_settled(made, draft):
            break
    for parent, content in made:
        parent[:] = content
    for kind, pair in notes.items():
        number_notes(kind, work.body.new, pair.new)
    work.lists.drop_unused({value(each) or "" for parent, _ in made for each in parent.iter(name("numId"))})
    artifact = draft.finished(new, plain=plain)
    return artifact if revisions.last > taken else replace(artifact, problems=(*artifact.problems, _NO_CHANGES))


def _numbered(document: Document) -> Notes:
    """The ids of all notes by their kinds and numbers."""
    notes = notes_of(document)
    return {kind: {str(number): note.id for number, note in enumerate(notes.get(kind, ()), 1)} for kind in NOTE_PARTS}


def _beside(draft: Draft, old: Document, taken: Reference, house: bool) -> Draft:
    """The old state in a package of its own, with the styles, lists, links, pictures and names of the redline."""
    assembly = Assembly.start()
    assembly.take_over(taken.parts, taken.compressed)
    writing = replace(
        draft.writing, sequences=Sequences(), origins=Origins(taken_codes(taken)), targets=targets_of(old)
    )
    page = page_of(old, taken, draft.measure, house)
    former = replace(draft, taken=taken, assembly=assembly, writing=writing, page=page)
    former.add_text(old)
    for each in former.assembly.main.element[-1].iterfind(f"{name('p')}/{name('pPr')}/{name('sectPr')}"):
        remove(each)  # Where sections end is of the new state, as all layout is.
    return former


class _Work(Struct):
    """A redline being made. What is learned in one pass (which lists go on, which bookmarks must be renamed) is used in
    the next, until nothing more is learned.
    """

    body: PartPair
    notes: Mapping[str, PartPair]
    edges: tuple[PartPair, ...]
    old_notes: Notes
    new_notes: Notes
    lists: Lists
    renamed: dict[str, str] = field(default_factory=dict)
    _known_lists: int = 0

    def merged(self, revisions: Revisions) -> Iterator[tuple[Element, list[Element]]]:
        """Each element of the redline that holds blocks, or notes, and what it is to hold."""
        body = self._merger(self.body, revisions)
        old, new = (each.iterchildren(name("p"), name("tbl")) for each in (self.body.old, self.body.new))
        yield self.body.new, [*body.merged(old, new), *self.body.new.iterchildren(name("sectPr"))]
        for kind, pair in self.notes.items():
            yield pair.new, list(self._notes(kind, pair, self._merger(pair, revisions), body.kept_notes))
        for pair in self.edges:
            yield pair.new, self._merger(pair, revisions).merged(pair.old, pair.new)

    def _merger(self, pair: PartPair, revisions: Revisions) -> StoryMerger:
        more = {kind: len(notes) for kind, notes in self.new_notes.items()}
        old = pair.side(self.old_notes, more, self.renamed, old=True)
        return StoryMerger(old, pair.side(self.new_notes, dict.fromkeys(more, 0), {}, old=False), self.lists, revisions)

    def _notes(self, kind: str, pair: PartPair, merger: StoryMerger, kept: set[str]) -> Iterator[Element]:
        """The notes: one for each that stays or comes, one for each that goes, and the separators."""
        old_nodes, new_nodes = self.old_notes[kind], self.new_notes[kind]
        olds = {old_nodes.get(value(each, "id") or "", ""): each for each in pair.old}
        for each in pair.new:
            node = new_nodes.get(value(each, "id") or "")
            if node is None:
                yield deepcopy(each)
            else:
                before = olds[node] if node in kept else ()
                yield w(kind, *merger.merged(before, each), id=value(each, "id"))
        for number, node in old_nodes.items():
            if node not in kept:
                yield w(kind, *merger.merged(olds[node], ()), id=int(number) + len(new_nodes))

    def highest_number(self) -> int:
        """The highest number that a bookmark has in the parts as written."""
        roots = [pair.new for pair in (self.body, *self.notes.values(), *self.edges)]
        numbers = (value(each, "id") or "" for root in roots for each in root.iter(name("bookmarkStart")))
        return max(map(whole, numbers), default=0)

    def is_settled(self, made: list[tuple[Element, list[Element]]], draft: Draft) -> bool:
        """Learn from what was made: false when it has to be made again."""
        starts = (each for _, content in made for block in content for each in block.iter(name("bookmarkStart")))
        names = Counter(value(each, "name") or "" for each in starts)
        doubled = [called for called, count in names.items() if count > 1 and called not in self.renamed]
        for called in doubled:
            self.renamed[called] = draft.writing.names.reference(f"before: {called}")
        settled = not doubled and len(self.lists) == self._known_lists
        self._known_lists = len(self.lists)
        return settled
