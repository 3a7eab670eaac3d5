"""How people are named in the masthead."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.document.inlines import Inline, Link, Text
from briefing.resolve.wording import Wording
from briefing.schema import Person


def named(people: Sequence[Person], wording: Wording) -> tuple[Inline, ...]:
    """Name, role and body of each, with the address to write to; people are kept apart by semicolons."""
    children: list[Inline] = []
    for position, person in enumerate(people):
        if position:
            children.append(Text(wording("semicolon")))
        children.append(
            Text(wording("comma").join(part for part in (person.name, person.role, person.organisation) if part))
        )
        if person.email:
            children += [Text(" ("), Link(f"mailto:{person.email}", (Text(person.email),)), Text(")")]
    return tuple(children)
