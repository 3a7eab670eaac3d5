"""Real lists: a numbering definition for each kind of marker, a list instance for each list that counts (ECMA-376
17.9).
"""

from __future__ import annotations

import hashlib
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from briefing.document.tree import ItemList
from briefing.formats.docx.elements import Element, child, name, value, w
from briefing.formats.docx.style_book import StyleBook

_STEP: Final = 360
_STYLED_LEVELS: Final = 3


@dataclass(frozen=True, slots=True)
class _Kind:
    """What makes two lists share a definition."""

    style: str | None
    level: int
    format: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The numbering part of one document."""

    root: Element
    styles: StyleBook
    _definitions: dict[_Kind, int] = field(default_factory=dict)
    _bullets: dict[_Kind, int] = field(default_factory=dict)
    _instances: int = 0

    def instances(self, items: ItemList, style: str | None) -> list[int]:
        """The list instance (`w:numId`) of each item. A list that counts has one of its own, so that it starts where
        the tree says.
        """
        kinds = [_kind(items, place, style) for place in range(len(items.items))]
        if items.ordered and kinds and kinds[0].format != "bullet" and len(set(kinds)) == 1:
            return [self._add_instance(kinds[0], items.start)] * len(kinds)
        literal = [_literal(items, place, style) for place in range(len(items.items))]
        for kind in literal:
            if kind not in self._bullets:
                self._bullets[kind] = self._add_instance(kind, None)
        return [self._bullets[kind] for kind in literal]

    def _add_instance(self, kind: _Kind, start: int | None) -> int:
        self._instances = number = 1 + (self._instances or _highest(self.root, "num", "numId"))
        restart = None if start is None else w("lvlOverride", w("startOverride", val=start), ilvl=0)
        instance = w("num", w("abstractNumId", val=self._definition(kind)), restart, numId=number)
        last = next(self.root.iterchildren(name("numIdMacAtCleanup")), None)
        if last is None:
            self.root.append(instance)
        else:
            last.addprevious(instance)
        return number

    def _definition(self, kind: _Kind) -> int:
        if kind not in self._definitions:
            definitions = self.root.findall(name("abstractNum"))
            number = 1 + _highest(self.root, "abstractNum", "abstractNumId")
            made = w(
                "abstractNum",
                w("nsid", val=_stable(f"{kind}/{number}")),
                w("multiLevelType", val="singleLevel"),
                w("tmpl", val=_stable(f"{number}/{kind}")),
                self._level(kind),
                abstractNumId=number,
            )
            pictures = self.root.findall(name("numPicBullet"))
            before = definitions[-1] if definitions else pictures[-1] if pictures else None
            if before is None:
                self.root.insert(0, made)
            else:
                before.addnext(made)
            self._definitions[kind] = number
        return self._definitions[kind]

    def _level(self, kind: _Kind) -> Element:
        """The one level of a definition: the tree's marker, the reference document's indents."""
        pattern = self._pattern(kind.style)
        indents = self._indents(kind, pattern)
        deeper = kind.level - _STYLED_LEVELS
        found = child(indents, "ind")
        if deeper > 0 and found is not None:
            side = "start" if value(found, "start") else "left"
            found.set(name(side), str(int(value(found, side) or 0) + deeper * _STEP))
        justification = value(child(pattern, "lvlJc")) if pattern is not None else None
        return w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=kind.format),
            w("lvlText", val=kind.text),
            w("lvlJc", val=justification or "left"),
            indents,
            self._marker_look(pattern, kind),
            ilvl=0,
        )

    def _indents(self, kind: _Kind, pattern: Element | None) -> Element:
        """The indents that the style has: its own, or else those of its numbering, over which its own prevail."""
        for each in self.styles.lineage(kind.style):
            own = each.find(f"{name('pPr')}/{name('ind')}")
            if own is not None:
                return w("pPr", deepcopy(own))
            if each.find(f"{name('pPr')}/{name('numPr')}") is not None:
                break
        given = child(pattern, "pPr") if pattern is not None else None
        return deepcopy(given) if given is not None else w("pPr", w("ind", left=_STEP * kind.level, hanging=_STEP))

    def _pattern(self, style: str | None) -> Element | None:
        """The numbering level that the style itself is linked to."""
        for each in self.styles.lineage(style):
            link = each.find(f"{name('pPr')}/{name('numPr')}")
            if link is not None and child(link, "numId") is not None:
                return self._level_of(value(child(link, "numId")), value(child(link, "ilvl")), value(each, "styleId"))
        return None

    def _level_of(self, instance: str | None, level: str | None, style: str | None) -> Element | None:
        """A level of a list instance: the one asked for, or else the one that names `style`, or else the first."""
        found = (each for each in self.root.iterfind(name("num")) if value(each, "numId") == instance)
        definition = next((value(child(each, "abstractNumId")) for each in found), None)
        for each in self.root.iterfind(name("abstractNum")):
            if value(each, "abstractNumId") == definition:
                levels = each.findall(name("lvl"))
                asked = [one for one in levels if value(one, "ilvl") == level]
                named = [one for one in levels if value(child(one, "pStyle")) == style]
                return next(iter((*asked, *named, *levels)), None)
        return None

    def _marker_look(self, pattern: Element | None, kind: _Kind) -> Element | None:
        """The marker's own look, without a symbol font, in which the tree's marker would be another sign."""
        look = child(pattern, "rPr") if pattern is not None else None
        if look is None:
            return None
        look = deepcopy(look)
        fonts = child(look, "rFonts")
        if fonts is not None:
            look.remove(fonts)
        return look if len(look) else None


def _kind(items: ItemList, place: int, style: str | None) -> _Kind:
    marker = items.items[place].marker
    if items.ordered:
        number = items.start + place
        text, count = re.subn(rf"(?<!\d){number}(?!\d)", "%1", marker, count=1)
        if count:
            return _Kind(style, items.level, "decimal", text)
    return _literal(items, place, style)


def _literal(items: ItemList, place: int, style: str | None) -> _Kind:
    return _Kind(style, items.level, "bullet", items.items[place].marker)


def _highest(root: Element, local: str, attribute: str) -> int:
    """The highest number among the definitions or instances that are there."""
    return max((int(value(each, attribute) or 0) for each in root.iterfind(name(local))), default=0)


def _stable(text: str) -> str:
    """Eight hexadecimal digits by which Word tells definitions apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:8].upper()
