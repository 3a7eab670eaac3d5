"""Characters as they are compared: without white space and without what cannot be seen.

Layout decides where lines break, so white space says nothing about what a file says. Characters that fonts draw with
one glyph, or that engines
take apart (ligatures), are made alike on both sides.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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
    out: list[str] = []
    index: list[int] = []
    normal = text.isascii() or unicodedata.is_normalized("NFC", text)
    for start, cluster in enumerate(text) if normal else _clusters(text):
        for character in cluster:
            for made in _compared(character):
                out.append(made)
                index.append(start)
    return "".join(out), index


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
    return [(start, unicodedata.normalize("NFC", cluster)) for start, cluster in found]
