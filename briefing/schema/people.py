"""People and bodies who write or read a brief."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from briefing.schema.types import Email, Holds, Line, Model


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


def _person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


PersonOrName = Annotated[
    Person,
    BeforeValidator(_person, json_schema_input_type=Line | Person),
    Holds("name, or keys of *authors and audience*"),
]
