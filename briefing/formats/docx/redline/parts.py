"""Which lists of the two states are the same: a counted list has a number of its own in each (ECMA-376 17.9.15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart

from briefing.formats.docx.elements import Element, R, child, name, story_root, value
from briefing.formats.docx.endnotes import endnotes_part
from briefing.formats.docx.redline.pieces import Side, canonical
from briefing.formats.docx.writer import Draft

_ID: Final = f"{{{R}}}id"
_EDGES: Final = {
    name("headerReference"): (RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER, "hdr"),
    name("footerReference"): (RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER, "ftr"),
}


@dataclass(frozen=True, slots=True)
class PartPair:
    """A part of the redline, its `new` content, and the `old` content that goes with it, whose links are relations of
    `links`.
    """

    part: Part
    new: Element
    old: Element
    links: Part

    def side(self, notes: Mapping[str, str], more: int, renamed: Mapping[str, str], *, old: bool) -> Side:
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


def notes_pair(draft: Draft, former: Draft) -> PartPair | None:
    """The part with the endnotes, made when only the old state has one."""
    old, new = _notes(former), _notes(draft)
    if old is None and new is None:
        return None
    if new is None:
        new = endnotes_part((), draft.writing, draft.assembly)
        draft.assembly.relate(new, RELATIONSHIP_TYPE.ENDNOTES)
    if old is None:
        return PartPair(new, new.element, story_root("endnotes"), new)
    return PartPair(new, new.element, old.element, old)


def number_notes(body: Element, notes: Element) -> None:
    """Number the notes, and put them, in the order in which the body refers to them: LibreOffice 7.4 goes by that."""
    references = list(body.iter(name("endnoteReference")))
    places = {value(each, "id"): str(place) for place, each in enumerate(references, start=1)}
    for each in (*references, *notes.iterchildren(name("endnote"))):
        number = value(each, "id")
        if number in places:
            each.set(name("id"), places[number])
    notes[:] = sorted(notes, key=lambda note: int(value(note, "id") or 0))


def _notes(draft: Draft) -> XmlPart | None:
    found = (each for each in draft.assembly.main.rels.values() if each.reltype == RELATIONSHIP_TYPE.ENDNOTES)
    part = next((each.target_part for each in found), None)
    return part if isinstance(part, XmlPart) else None


def edge_pairs(draft: Draft, former: Draft) -> Iterator[PartPair]:
    """Headers and footers, each once, by the kinds of pages that they are for; those that only the old state has come
    along.
    """
    news, olds = _edges(draft), _edges(former)
    seen: set[str] = set()
    for key in sorted(news.keys() | olds.keys()):
        part, old = news.get(key), olds.get(key)
        if part is None and old is not None:
            part = _taken_along(draft, key, old)
        if part is None or part.partname in seen:
            continue
        seen.add(part.partname)
        if old is None:
            yield PartPair(part, part.element, story_root("hdr"), part)
        else:
            yield PartPair(part, part.element, old.element, old)


def _edges(draft: Draft) -> dict[tuple[str, str], XmlPart]:
    found = {}
    for reference in draft.page.properties.iterchildren(*_EDGES):
        part = draft.assembly.main.rels[reference.get(_ID, "")].target_part
        if isinstance(part, XmlPart):
            found[str(reference.tag), value(reference, "type") or "default"] = part
    return found


def _taken_along(draft: Draft, key: tuple[str, str], old: XmlPart) -> XmlPart:
    """An empty part of the redline where only the old state has a header or footer."""
    tag, kind = key
    relationship, content_type, local = _EDGES[tag]
    part = draft.assembly.tree(str(old.partname), content_type, story_root(local))
    reference = draft.page.properties.makeelement(tag)
    reference.set(name("type"), kind)
    reference.set(_ID, draft.assembly.relate(part, relationship))
    draft.page.properties.insert(0, reference)
    return part


@dataclass(slots=True)
class Lists:
    """Learns from paragraphs that stayed which list of the old state goes on as which of the new one. `numbering` holds
    the lists of both, those of the new state `ours`.
    """

    numbering: Element
    ours: frozenset[Element]
    _same: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._same)

    def learn(self, old: Element, new: Element) -> None:
        """Two states of one paragraph, by their properties: their lists are one if they start alike, and neither is
        one with another yet.
        """
        before, after = _instance(old), _instance(new)
        if before is None or after is None or before in self._same or after in self._same.values():
            return
        if before == after or self._definition(before) == self._definition(after):
            self._same[before] = after

    def placed(self, old: Element) -> Element:
        """A copy of the properties of a paragraph of the old state, in the list of the redline."""
        copy = deepcopy(old)
        number = child(copy, "numPr")
        instance = None if number is None else child(number, "numId")
        if instance is not None:
            held = value(instance) or ""
            instance.set(name("val"), self._same.get(held, held))
        return copy

    def drop_unused(self, used: set[str]) -> None:
        """Take lists of the old state out of the numbering, but for those `used`, and definitions that no list has."""
        theirs = [each for each in self.numbering if each not in self.ours]
        for number in [each for each in theirs if each.tag == name("num") and value(each, "numId") not in used]:
            self.numbering.remove(number)
        defined = {value(child(each, "abstractNumId")) for each in self.numbering.iterfind(name("num"))}
        for each in theirs:
            if each.tag == name("abstractNum") and value(each, "abstractNumId") not in defined:
                self.numbering.remove(each)

    def _definition(self, instance: str) -> list[bytes]:
        found = (each for each in self.numbering.iterfind(name("num")) if value(each, "numId") == instance)
        return [canonical(each) for number in found for each in number]


def _instance(properties: Element) -> str | None:
    number = child(properties, "numPr")
    return None if number is None else value(child(number, "numId"))
