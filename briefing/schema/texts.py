"""Where a brief holds text in light Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.schema.brief import Brief


@dataclass(frozen=True, slots=True)
class BriefText:
    """One text of a brief with the path of its value. `cites` are sources that the item names beside the text."""

    path: str
    text: str
    cites: tuple[str, ...] = ()


def texts(brief: Brief) -> Iterator[BriefText]:
    """Every text in light Markdown, in the order of the data file's sections; the words of quotes are not among them."""
    for name in ("proposition", "summary", "background"):
        value = getattr(brief, name)
        if value:
            yield BriefText(name, value)
    for index, point in enumerate(brief.key_points):
        yield BriefText(f"key_points[{index}]", point)
    for family, fields in _FIELDS.items():
        for index, item in enumerate(getattr(brief, family)):
            for field in fields:
                value = getattr(item, field)
                if value:
                    cites = getattr(item, "sources", ()) if field == fields[0] else ()
                    yield BriefText(f"{family}[{index}].{field}", value, tuple(cites))


_FIELDS = {
    "timeline": ("event",),
    "quotes": ("context", "note"),
    "stakeholders": ("position", "interests"),
    "open_questions": ("question", "why", "next_step", "answer"),
    "sections": ("body",),
    "figures": ("caption",),
}
