"""Letters that no font has, and the fields that hold them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from briefing.document.reading import inline_text, reading
from briefing.document.tree import Document
from briefing.errors import Problem

HINT = "use letters of Latin, Greek or Cyrillic script, or a theme that brings a font for others"


def missing_glyphs(document: Document, letters: Iterable[str]) -> list[Problem]:
    """One problem for each field that holds one of `letters`, none of which any font has; one for what the theme itself adds."""
    wanted = sorted(set(letters))
    problems: list[Problem] = []
    found: set[str] = set()
    for path, text in _texts(document):
        held = [letter for letter in wanted if letter in text]
        found.update(held)
        if held:
            problems.append(_problem(held, path))
    strays = [letter for letter in wanted if letter not in found]
    return list(dict.fromkeys([*problems, _problem(strays, "")] if strays else problems))


def _problem(letters: list[str], path: str) -> Problem:
    named = ", ".join(
        f"“{letter}” (U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')})" for letter in letters
    )
    return Problem("missing-glyph", f"no font has {named}", HINT, path=path)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Everything that is printed, each with the path of the data it came from."""
    masthead = document.masthead
    own = {masthead.title_id: "title", masthead.subtitle_id: "subtitle", masthead.series_id: "series"}
    for piece in reading(document):
        yield piece.origin or own.get(piece.node, ""), piece.text
    for line in (*document.header, *document.footer):
        yield line.origin, inline_text(line.children)
