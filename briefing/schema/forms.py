"""What kind of document a brief is: which sections come first, what they are called, and what must be there.

A form is a file `forms/<name>.toml` of a theme, so that an office changes one, or adds one, by a file in its own theme's folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from briefing.errors import Problem, did_you_mean
from briefing.schema.brief import DEFAULT_FORM, FIXED, Brief
from briefing.schema.types import Identifier, Line, Model, YesOrNo

END: Final = ("signature", "contacts", "abbreviations")
"""Sections that are no kind of their own, and stand behind the others where nothing else is said."""
PLACEABLE: Final = (*(kind.key for kind in FIXED), *END)
"""The names of sections that an order may give a place; ids of an office's own sections stand beside them."""
FACTS: Final = (
    "date", "reference", "status", "version", "updated", "authors", "audience", "copy_to", "series.next",
)  # fmt: skip
"""The lines of the masthead, in the order in which they stand where a form says nothing else."""
SERIES_LINE: Final = ("series.title", "series.number", "series.period")
"""What the line above the title holds where a form says nothing else; it may hold ``date`` and ``series.next``, too."""

Keys = Annotated[tuple[Line, ...], Field(strict=False)]


class Form(Model):
    """A form, as its file holds it; every key may be left out."""

    title: Line = DEFAULT_FORM
    """What it is called in messages, in English."""
    theme: Line = "policy"
    """The theme that it is set in where a call names none."""
    order: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Names of sections and ids of own ones in the order in which they stand; those not named follow."""
    facts: Keys = ()
    """Lines of the masthead in the order in which they stand; those not named follow."""
    series_line: Keys = SERIES_LINE
    """What the line above the title holds; a fact that it holds is no line of the masthead."""
    required: Keys = ()
    """Keys of the data file that must be there."""
    required_sections: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Ids of the office's own sections that must be there."""
    numbered_paragraphs: YesOrNo = False
    """Whether paragraphs are numbered through the whole brief."""
    signature: YesOrNo = False
    """Whether the authors have a line each to sign on, behind the text."""
    labels: dict[str, dict[str, Line]] = Field(default_factory=dict)
    """Words in place of the program's own, by language and label."""

    def faults(self) -> Iterator[Problem]:
        """Names that nothing has, each with the path of its value."""
        lines: dict[str, tuple[str, ...]] = {"facts": FACTS, "series_line": (*SERIES_LINE, "date", "series.next")}
        for key, known in lines.items():
            for place, name in enumerate(getattr(self, key)):
                if name not in known:
                    yield Problem(
                        "bad-value", f"'{name}' cannot stand there", did_you_mean(name, known), f"{key}[{place}]"
                    )

    def missing(self, brief: Brief) -> list[str]:
        """What the form asks for and `brief` does not have: keys, and ids of own sections."""
        own = {section.id for section in brief.sections}
        lacking = [key for key in self.required if not _has(brief, key)]
        return [*lacking, *(name for name in self.required_sections if name not in own)]

    def sections(self, brief: Brief) -> tuple[str, ...]:
        """The names of sections in the order that the brief, or else the form, asks for."""
        return tuple(dict.fromkeys((*brief.order, *self.order)))


def _has(brief: Brief, path: str) -> bool:
    value: object = brief
    for key in path.split("."):
        value = getattr(value, key, None)
    return value not in (None, (), "")


PLAIN: Final = Form()
"""The form of a brief for which no theme is at hand."""
