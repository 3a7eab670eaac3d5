"""List markers of a DOCX as Word prints them, worked out from its numbering part (ECMA-376 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from msgspec import Struct

from briefing.formats.docx.elements import Element, child, children, number, switched_on, value
from briefing.formats.docx.read_styles import StyleSheet

_LEVELS: Final = 9
_SYMBOLS: Final = {
    ("symbol", 0xB7): "•", ("symbol", 0x2D): "–", ("symbol", 0xAE): "→", ("symbol", 0xD8): "¬",
    ("wingdings", 0xA7): "▪", ("wingdings", 0xD8): "➢", ("wingdings", 0xFC): "✓", ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■", ("wingdings", 0x71): "❑", ("wingdings", 0x76): "❖", ("courier new", 0x6F): "◦",
}  # fmt: skip
"""What the bullets of symbol fonts show, by font and code."""


class Marker(Struct, frozen=True):
    """What is printed before a paragraph of a list, and the formatting of it, if any."""

    text: str
    properties: Element | None


class Lists:
    """Counts the paragraphs of lists as they are met. With `house`, a number that only a style gives is an office's decoration."""

    def __init__(self, root: Element | None, styles: StyleSheet, *, house: bool = False) -> None:
        self._styles = styles
        self._house = house
        self._definitions = {value(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        self._instances = {value(each, "numId"): each for each in children(root, "num")}
        # For each level of a definition the last number used, or None when it starts anew.
        self._last = defaultdict[str | None, list[int | None]](lambda: [None] * _LEVELS)
        self._begun: set[str] = set()

    def marker(self, paragraph: Element) -> Marker | None:
        """The marker of `paragraph`, which is the next one in the document; None when it is in no list."""
        place = self._place(paragraph)
        if place is None:
            return None
        instance, level = place
        definition = self._definition(instance)
        pattern = self._level(instance, level)
        if definition is None or pattern is None:
            return None
        numbers = self._count(instance, definition, level)
        if self._house and child(paragraph, "pPr", "numPr", "numId") is None:
            return None
        return Marker(self._text(instance, pattern, numbers), child(pattern, "rPr"))

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list instance and level of a paragraph, its own or its style's."""
        instance, level = None, None
        for properties in self._styles.paragraph_properties(paragraph, "numPr"):
            instance = instance or value(child(properties, "numId"))
            level = level if level is not None else number(child(properties, "ilvl"))
        if instance is None or instance == "0" or instance not in self._instances:
            return None
        return instance, min(max(level or 0, 0), _LEVELS - 1)

    def _definition(self, instance: str) -> Element | None:
        definition = self._definitions.get(value(child(self._instances[instance], "abstractNumId")))
        link = value(child(definition, "numStyleLink"))
        for style in self._styles.chain(link):
            linked = value(child(style, "pPr", "numPr", "numId"))
            if linked in self._instances and linked != instance:
                return self._definitions.get(value(child(self._instances[linked], "abstractNumId")))
        return definition

    def _override(self, instance: str, level: int) -> Element | None:
        overrides = children(self._instances[instance], "lvlOverride")
        return next((each for each in overrides if number(each, "ilvl") == level), None)

    def _level(self, instance: str, level: int) -> Element | None:
        own = child(self._override(instance, level), "lvl")
        if own is not None:
            return own
        levels = children(self._definition(instance), "lvl")
        return next((each for each in levels if number(each, "ilvl") == level), None)

    def _start(self, instance: str, level: int) -> int:
        override = number(child(self._override(instance, level), "startOverride"))
        return (number(child(self._level(instance, level), "start")) or 0) if override is None else override

    def _count(self, instance: str, definition: Element, level: int) -> list[int]:
        """The numbers of all levels up to `level` after counting one more paragraph."""
        last = self._last[value(definition, "abstractNumId")]
        if instance not in self._begun:
            self._begun.add(instance)
            for each in range(_LEVELS):
                if child(self._override(instance, each), "startOverride") is not None:
                    last[each] = None
        for each in range(level):
            if last[each] is None:
                last[each] = self._start(instance, each)
        before = last[level]
        last[level] = self._start(instance, level) if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = number(child(self._level(instance, deeper), "lvlRestart"))
            if restart is None or level < restart:
                last[deeper] = None
        return [each or 0 for each in last[: level + 1]]

    def _text(self, instance: str, pattern: Element, numbers: list[int]) -> str:
        text = value(child(pattern, "lvlText")) or ""
        if value(child(pattern, "numFmt")) == "bullet":
            return printed(text, value(child(pattern, "rPr", "rFonts"), "ascii"))
        legal = switched_on(child(pattern, "isLgl"))

        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place >= len(numbers):
                return ""
            style = value(child(self._level(instance, place), "numFmt")) or "decimal"
            return formatted(numbers[place], "decimal" if legal else style)

        return re.sub(r"%([1-9])", one, text)


def printed(text: str, font: str | None) -> str:
    """`text` as seen, its codes in a symbol font's private area or own alphabet turned into what they show."""
    face = (font or "").casefold()
    return "".join(_SYMBOLS.get((face, ord(each) & 0xFF if ord(each) >= 0xF000 else ord(each)), each) for each in text)


def formatted(count: int, style: str) -> str:
    """A number as Word prints it in a number format (ECMA-376 17.18.59); decimal for a format not known here."""
    match style:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter" if count > 0:
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters if style == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < count < 4000:
            return _roman(count) if style == "lowerRoman" else _roman(count).upper()
        case "decimalZero":
            return f"{count:02d}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    digits = (count // 1000, "m__"), (count // 100 % 10, "cdm"), (count // 10 % 10, "xlc"), (count % 10, "ivx")
    patterns = ("", "0", "00", "000", "01", "1", "10", "100", "1000", "02")
    made = ("".join(signs[int(place)] for place in patterns[digit]) for digit, signs in digits)
    return "".join(made)
