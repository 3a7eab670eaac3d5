"""What stands before and behind the text of a brief: people, the office, the state of the paper, and the small print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator

from briefing.schema.types import Choice, Date, Email, Holds, Line, Model, Prose, RelativePath, Url


class Person(Model):
    """Somebody who wrote the brief or for whom it was written; a plain string in the data file is a name."""

    name: Line
    """The name, as it is printed."""
    role: Line | None = None
    """What the person does, for example 'Head of Space Policy'."""
    organisation: Line | None = None
    """The body the person works for."""
    email: Email | None = None
    """The address for questions."""


class Contact(Person):
    """Somebody who answers questions about the brief; a plain string in the data file is a name."""

    telephone: Line | None = None
    """The number, as it is printed."""


def _short_for(key: str) -> Callable[[Any], Any]:
    """What takes a plain string for a record that has this key alone."""
    return lambda value: {key: value} if isinstance(value, str) else value


PersonOrName = Annotated[
    Person,
    BeforeValidator(_short_for("name"), json_schema_input_type=Line | Person),
    Holds("name, or keys of *authors, audience and copy_to*"),
]
ContactOrName = Annotated[
    Contact,
    BeforeValidator(_short_for("name"), json_schema_input_type=Line | Contact),
    Holds("name, or keys of *contacts*"),
]


class PaperStatus(Choice):
    """How far the paper has come."""

    DRAFT = "draft", "It is being written; every page says so."
    FOR_CLEARANCE = "for_clearance", "It is written and waits to be cleared; every page says so."
    FINAL = "final", "It is cleared."


class Office(Model):
    """The office that issues the brief."""

    name: Line
    """Its name, printed above the title."""
    unit: Line | None = None
    """The directorate, division or team."""
    address: Line | None = None
    """Where it is, on one line; printed at the end."""
    web: Url | None = None
    """Its page on the web; printed at the end."""
    logo: RelativePath | None = None
    """Path of an SVG, PNG or JPEG below the data file; printed beside the name."""


class Embargo(Model):
    """Until when the brief must not be passed on; printed with the marking, top and bottom of every page."""

    until: Date
    """The day on which it ends."""
    note: Line | None = None
    """The time of day, or who is exempt."""


class Imprint(Model):
    """The small print at the end of the last page."""

    copyright: Line | None = None
    """Whose work it is, and of which year."""
    licence: Prose | None = None
    """What others may do with it."""
    disclaimer: Prose | None = None
    """Whose views it holds."""
    acknowledgements: Prose | None = None
    """Who helped or paid."""
    identifier: Line | None = None
    """An ISBN, ISSN or DOI, as it is printed."""


class Abbreviation(Model):
    """A short form that the brief spells out where it is first used."""

    short: Line
    """The short form as it stands in the text, for example 'ESA'."""
    long: Line
    """What it stands for, as it would stand in the middle of a sentence."""
    marking: Line | None = None
    """Who may see it, as in `handling`; an edition with a lower marking leaves it out."""


class Handling(Model):
    """Who may see the brief."""

    marking: Line
    """For example 'OFFICIAL' or 'TLP:AMBER'; printed top and bottom of every page."""
    caveat: Line | None = None
    """A limit that goes with the marking."""

    @property
    def is_public(self) -> bool:
        """Whether the marking is 'none': the brief may go anywhere, and nothing is printed."""
        return self.marking.casefold() == "none"


HandlingOrMarking = Annotated[
    Handling,
    BeforeValidator(_short_for("marking"), json_schema_input_type=Line | Handling),
    Holds("marking, `none` for a public paper, or keys of *handling*"),
]


class Paper(Choice):
    """The sheet the brief is laid out for."""

    A4 = "A4", "210 mm by 297 mm."
    LETTER = "Letter", "8.5 in by 11 in."
