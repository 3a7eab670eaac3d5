"""Which lists of the two states are the same: a counted list has a number of its own in each (ECMA-376 17.9.15)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from briefing.render.docx.markup import Element, child, name, value
from briefing.render.docx.redline.pieces import canonical


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
