"""Who and what a sentence names: people, bodies, documents, descriptions ('a spokeswoman for the port') and pronouns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PRONOUNS = ("he", "she", "it", "they", "writer")


class Kind(StrEnum):
    """What a mention is."""

    PERSON = "person"
    BODY = "body"
    NAME = "name"
    """A name of which the text does not show whether a person or a body bears it."""
    PLACE = "place"
    DESCRIBED = "described"
    """Somebody without a name: 'one resident', 'the minister'."""
    DOCUMENT = "document"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that a sentence speaks of, at its tokens `first` to before `last`."""

    kind: Kind
    first: int
    last: int
    text: str
    """The words as they stand, for a name without its titles."""
    named: bool = False
    """Whether `text` is a name."""
    role: str = ""
    owner: str = ""
    """Whose: 'NASA' in 'NASA's administrator', 'the council' in 'a spokesman for the council'."""
    definite: bool = False
    plural: bool = False
    pronoun: str = ""
    """For a pronoun the list it is in: he, she, it, they or writer."""
    gender: str = ""
    """'he' or 'she' where a title or a noun shows it."""
    initial: bool = False
    """It is one word at the head of its sentence, so its capital shows nothing."""
