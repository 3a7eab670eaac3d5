"""Real lists: a definition for each kind of marker, an instance for each list that counts (ECMA-376 17.9)."""

from __future__ import annotations

import hashlib
import re
from copy import deepcopy
from typing import Final

from msgspec import Struct, field

from briefing.document.tree import ItemList
from briefing.formats.docx.elements import Element, child, children, name, remove, value, w, whole
from briefing.formats.docx.elements import number as whole_number
from briefing.formats.docx.style_book import StyleBook

_STEP: Final = 360
_FRAMED_STEP: Final = 280
_BLANKS: Final = "\u2003\u2002"
"""About as wide as that step: a blank as wide as the type is high, and half of one."""
_STYLED_LEVELS: Final = 3


class _Kind(Struct, frozen=True):
    """What makes two lists share a definition."""

    style: str | None
    level: int
    format: str
    text: str
    framed: bool = False
    """Whether its lines begin where those around them do, since a frame goes round them all: deeper markers stand behind blanks."""
    inset: int = 0
    """How much further in it stands, in twentieths of a point: as far as the paragraphs around it, which have numbers."""


class Numbering(Struct):
    """The numbering part of one document."""

    root: Element
    styles: StyleBook
    _definitions: dict[_Kind, int] = field(default_factory=dict)
    _bullets: dict[_Kind, int] = field(default_factory=dict)
    _instances: int = 0
    _running: int = 0

    def running(self, style: str | None) -> int:
        """The one list of all numbered paragraphs: that of their style, if it counts 1, 2, 3, so that an editor's own go on in it."""
        if not self._running:
            pattern, linked = self._pattern(style), 0
            counts = all(
                value(child(pattern, local)) == said
                for local, said in (("numFmt", "decimal"), ("lvlText", "%1."), ("start", "1"))
            )
            if counts:
                links = (child(each, "pPr", "numPr", "numId") for each in self.styles.chain(style))
                linked = next((found for each in links if (found := whole_number(each))), 0)
            self._running = linked or self._add_instance(_Kind(style, 1, "decimal", "%1."), 1)
        return self._running

    def instances(self, items: ItemList, style: str | None, *, framed: bool = False, inset: int = 0) -> list[int]:
        """The list instance (`w:numId`) of each item. A list that counts has its own, to start where the tree says."""
        markers = [item.marker for item in items.items]
        numbered = enumerate(markers, items.start)
        counted = {re.sub(rf"(?<!\d){number}(?!\d)", "%1", marker, count=1) for number, marker in numbered}
        if items.ordered and len(counted) == 1 and "%1" in (text := counted.pop()):
            return [self._add_instance(_Kind(style, items.level, "decimal", text, framed, inset), items.start)] * len(
                markers
            )
        bullets = [_Kind(style, items.level, "bullet", marker, framed, inset) for marker in markers]
        for kind in bullets:
            if kind not in self._bullets:
                self._bullets[kind] = self._add_instance(kind, None)
        return [self._bullets[kind] for kind in bullets]

    def _add_instance(self, kind: _Kind, start: int | None) -> int:
        self._instances = number = 1 + (self._instances or highest(self.root, "num", "numId"))
        restart = None if start is None else w("lvlOverride", w("startOverride", val=start), ilvl=0)
        instance = w("num", w("abstractNumId", val=self._definition(kind)), restart, numId=number)
        last = self.root.findall(name("numIdMacAtCleanup"))
        self.root.insert(len(self.root) - len(last), instance)
        return number

    def _definition(self, kind: _Kind) -> int:
        if kind not in self._definitions:
            number = 1 + highest(self.root, "abstractNum", "abstractNumId")
            made = w(
                "abstractNum",
                w("nsid", val=_stable(f"{kind}/{number}")),
                w("multiLevelType", val="singleLevel"),
                w("tmpl", val=_stable(f"{number}/{kind}")),
                self._level(kind),
                abstractNumId=number,
            )
            before = list(self.root.iterchildren(name("numPicBullet"), name("abstractNum")))
            self.root.insert(len(before), made)
            self._definitions[kind] = number
        return self._definitions[kind]

    def _level(self, kind: _Kind) -> Element:
        """The one level of a definition: the tree's marker, the reference document's indents."""
        pattern = self._pattern(kind.style)
        indents = self._indents(kind, pattern)
        found = child(indents, "ind")
        if found is not None:
            deeper = max(0, kind.level - _STYLED_LEVELS) * _STEP
            further = (kind.level - 1) * _FRAMED_STEP if kind.framed else deeper
            side = "start" if value(found, "start") else "left"
            for each, more in ((side, further + kind.inset), ("hanging", further if kind.framed else 0)):
                if more:
                    found.set(name(each), str(whole(value(found, each)) + more))
        # A program takes the first sign alone of several for a bullet; as plain text all of them are set.
        is_blank = kind.framed and kind.level > 1 and kind.format == "bullet"
        return w(
            "lvl",
            w("start", val=1),
            w("numFmt", val="none" if is_blank else kind.format),
            w("lvlText", val=(_BLANKS * (kind.level - 1) if kind.framed else "") + kind.text),
            w("lvlJc", val=value(child(pattern, "lvlJc")) or "left"),
            indents,
            self._marker_look(pattern),
            ilvl=0,
        )

    def _indents(self, kind: _Kind, pattern: Element | None) -> Element:
        """The indents that the style has: its own, or else those of its numbering, over which its own prevail."""
        for each in self.styles.chain(kind.style):
            own = child(each, "pPr", "ind")
            if own is not None:
                return w("pPr", deepcopy(own))
            if child(each, "pPr", "numPr") is not None:
                break
        given = child(pattern, "pPr")
        return deepcopy(given) if given is not None else w("pPr", w("ind", left=_STEP * kind.level, hanging=_STEP))

    def _pattern(self, style: str | None) -> Element | None:
        """The numbering level that the style itself is linked to."""
        for each in self.styles.chain(style):
            link = child(each, "pPr", "numPr")
            if (instance := value(child(link, "numId"))) is not None:
                return self._level_of(instance, value(child(link, "ilvl")), value(each, "styleId"))
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

    def _marker_look(self, pattern: Element | None) -> Element | None:
        """The marker's own look, without a symbol font, in which the tree's marker would be another sign."""
        look = deepcopy(child(pattern, "rPr"))
        for fonts in list(children(look, "rFonts")):
            remove(fonts)
        return look if look is not None and len(look) else None


def highest(root: Element, local: str, attribute: str) -> int:
    """The highest number among the definitions or instances that are there."""
    return max((whole_number(each, attribute) or 0 for each in root.iterfind(name(local))), default=0)


def _stable(text: str) -> str:
    """Eight hexadecimal digits by which Word tells definitions apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:8].upper()
