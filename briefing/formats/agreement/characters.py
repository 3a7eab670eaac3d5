"""Characters as they are compared: without white space and what cannot be seen, and right-to-left ones, which an engine
reads back in an order that it has to guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from briefing.unicode_forms import normalized

HYPHEN = "-"

_ALIKE = {
    "\u2010": HYPHEN,
    "\u2011": HYPHEN,
    "\u00b5": "\u03bc",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
"""Hyphens and the micro sign share glyphs with their twins; a shared glyph can only be read back as one of them."""

_SEEN_FORMAT_CHARACTERS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@lru_cache(maxsize=4096)
def _compared(character: str) -> str:
    """What `character` counts as: itself, its twin, or nothing."""
    if character.isspace() or ord(character) in _VARIATION_SELECTORS or character == "\u034f":
        return ""
    if unicodedata.category(character) in ("Cf", "Cc") and character not in _SEEN_FORMAT_CHARACTERS:
        return ""
    return _ALIKE.get(character, character)


def bare(text: str) -> tuple[str, list[int]]:
    """The characters of `text` that are compared, in Normalization Form C, and for each the index in `text` that it
    comes from.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        parts = list(map(_compared, text))
        whole, index = "".join(parts), [start for start, made in enumerate(parts) if made]
        if len(whole) > len(index):  # some letters count as two
            index = [start for start, made in enumerate(parts) for _ in made]
        return whole, index
    composed = [(start, "".join(map(_compared, cluster))) for start, cluster in _clusters(text)]
    return "".join(made for _, made in composed), [start for start, made in composed for _ in made]


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each base character with the marks that follow it, composed, and where it begins."""
    found: list[tuple[int, str]] = []
    for position, character in enumerate(text):
        if found and (
            unicodedata.combining(character) or len(unicodedata.normalize("NFC", found[-1][1][-1] + character)) == 1
        ):
            start, before = found[-1]
            found[-1] = (start, before + character)
        else:
            found.append((position, character))
    return [(start, normalized(cluster)) for start, cluster in found]


_UNMIRRORED: Final = str.maketrans("([{<«‹", ")]}>»›")
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_TAKEN: Final = "\0"


def has_right_to_left(text: str) -> bool:
    """Whether some character of `text` belongs to a script that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in ("R", "AL") for character in set(text))


def same(wanted: str, there: str, any_order: bool) -> bool:
    """Whether the compared characters `there` are `wanted`, or hold the same letters where `any_order` will do."""
    return wanted == there or (any_order and _letters(wanted) == _letters(there))


def _letters(text: str) -> Counter[str]:
    return Counter(text.translate(_UNMIRRORED))


def matched(wanted: str, there: str) -> list[int] | None:
    """For each compared character of the text `wanted` its place in the compared characters `there`; None if they
    differ.
    """
    text, index = bare(wanted)
    if _letters(text) != _letters(there):
        return None
    places: list[int | None] = [None] * len(text)
    free = there
    for start, word in sorted(_words(text, index), key=lambda each: -len(each[1])):
        found = free.find(word)
        if found < 0:
            return None
        places[start : start + len(word)] = range(found, found + len(word))
        free = free[:found] + _TAKEN * len(word) + free[found + len(word) :]
    left: dict[str, list[int]] = {}
    for place, character in enumerate(free.translate(_UNMIRRORED)):
        left.setdefault(character, []).append(place)
    return [
        left[character].pop(0) if place is None else place
        for character, place in zip(text.translate(_UNMIRRORED), places, strict=True)
    ]


def _words(text: str, index: list[int]) -> Iterator[tuple[int, str]]:
    """The numbers and left-to-right words in compared characters, with where they begin; white space parts them."""
    for match in _WORD.finditer(text):
        start = match.start()
        for place in range(match.start() + 1, match.end() + 1):
            if place == match.end() or index[place] - index[place - 1] > 1:
                if not has_right_to_left(text[start:place]):
                    yield start, text[start:place]
                start = place
