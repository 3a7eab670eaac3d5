"""Letters that no font has: found in the data, at their places, before anything is rendered, and the same for every format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from briefing.document.reading import inline_text, reading
from briefing.document.tree import Document
from briefing.errors import Problem
from briefing.themes.theme import Theme

_MOST: Final = 5
"""How many places are told of one text."""
USUAL: Final = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u02e9\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0525\u1e00-\u1efb"
    "\u2010-\u2027\u202f\u2070\u2074-\u208e\u20ac\u2190-\u22ff]*"
)
"""Letters and signs that the bundled fonts have, which are not opened for them."""
_UNSEEN: Final = ("Cc", "Cf", "Zs", "Zl", "Zp")
_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), 0x34F)))
HINT: Final = "use letters of Latin, Greek or Cyrillic script, or a theme that brings a font for others"


def check_letters(document: Document, values: Mapping[str, Any], theme: Theme) -> list[Problem]:
    """One problem for each stretch of letters that `document` prints and that neither `theme` nor the bundled fonts can
    show, at the value among those of the data file that it comes from.
    """
    texts = list(leaves(values))
    letters = {letter for _, text in texts for letter in text}
    if USUAL.fullmatch("".join(letters)):
        return []
    known = theme.characters()
    missing = {letter for letter in letters if not _is_shown(letter, known)}
    printed = [(origin, missing.intersection(text)) for origin, text in printed_texts(document)] if missing else []
    problems: list[Problem] = []
    for path, text in texts:
        held = {letter for origin, found in printed if _is_within(path, origin) for letter in found}
        stretches = _stretches(text, held)
        for place, (offset, letters_there) in enumerate(stretches[:_MOST]):
            named = ", ".join(
                f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".rstrip() for letter in letters_there
            )
            more = len(stretches) - _MOST if place == _MOST - 1 else 0
            others = f", and for others in {more} more places of this text" if more > 0 else ""
            what = f"no font has a letter for “{letters_there}” ({named}){others}"
            problems.append(Problem("missing-glyph", what, HINT, path, offset=offset))
    return problems


def _is_shown(letter: str, known: frozenset[str]) -> bool:
    is_seen = unicodedata.category(letter) not in _UNSEEN and letter not in _SELECTORS
    return not is_seen or letter in known or known.issuperset(unicodedata.normalize("NFD", letter))


def _stretches(text: str, letters: set[str]) -> list[tuple[int, str]]:
    """The stretches of `text` that are made of `letters`, each with where it begins."""
    if not letters.intersection(text):
        return []
    pattern = f"[{re.escape(''.join(sorted(letters)))}]+"
    return [(found.start(), found[0]) for found in re.finditer(pattern, text)]


def printed_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Everything that is printed, each with the path of the data it came from."""
    masthead = document.masthead
    own = {
        masthead.office_id: "office",
        masthead.form_id: "form",
        masthead.title_id: "title",
        masthead.subtitle_id: "subtitle",
        masthead.series_id: "series",
    }
    for piece in reading(document):
        yield piece.origin or own.get(piece.node, ""), piece.text
    for line in (*document.header, *document.footer):
        yield line.origin, inline_text(line.children)


def _is_within(path: str, origin: str) -> bool:
    """Whether one path leads to something in the other; from nowhere anything may come."""
    longer, shorter = sorted((path, origin), key=len, reverse=True)
    return not shorter or longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}["))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text of the data and the way to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, str):
        yield path, value
    elif isinstance(value, Sequence):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{place}]")
