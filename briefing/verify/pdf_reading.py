"""The characters of a PDF in one line of text, as far as it goes in the order in which the tree has them."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.verify.alignment import Found
from briefing.verify.characters import bare
from briefing.verify.expected import Expected
from briefing.verify.pdf_text import Character, same_line
from briefing.verify.right_to_left import matched


def found_text(characters: Iterable[Character]) -> tuple[Found, list[Character]]:
    """The text of `characters` with a space at each line's end, and the character that each compared one comes from."""
    parts: list[str] = []
    sources: list[Character] = []
    before: Character | None = None
    for character in characters:
        if before is not None and not same_line(before, character):
            parts.append(" ")
            sources.append(before)
        parts.append(character.text)
        sources.append(character)
        before = character
    found = Found.of("".join(parts))
    return found, [sources[place] for place in found.index]


def in_reading_order(expected: Expected, characters: list[Character]) -> list[Character]:
    """`characters` with the pieces that they hold whole, but in another order, in the tree's order.

    Only for documents with right-to-left letters, next to which an engine turns even other text round.
    """
    if not expected.any_order:
        return characters
    text, index = bare("".join(character.text for character in characters))
    ordered = [characters[place] for place in index]
    for span in expected.spans:
        wanted = expected.text[span.start : span.end]
        said = text[span.start : span.end]
        places = matched(span.piece.text, said) if said != wanted else None
        if places is not None:
            there = ordered[span.start : span.end]
            ordered[span.start : span.end] = [
                there[place]._replace(text=letter) for letter, place in zip(wanted, places, strict=True)
            ]
    return ordered
