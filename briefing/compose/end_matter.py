"""What stands behind the text: lines to sign on, contacts, the list of abbreviations, and the small print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from briefing.compose.composing import Composing, titled_section
from briefing.compose.masthead import named
from briefing.compose.prose_blocks import ProseReader, labelled
from briefing.document.inlines import Inline, Link, Strong, Text
from briefing.document.tree import Block, Paragraph, ParagraphRole, Section
from briefing.text.prose import Prose

IMPRINT: Final = "imprint"
CONTACTS: Final = "contacts"
"""Behind the sources, unless an order names it: who answers for a paper, and the small print, are looked for at its end."""
_LABELLED: Final = ("licence", "disclaimer", "acknowledgements")
"""What begins with a word that says what it is; a copyright line and an ISBN say so themselves."""


def signature(composing: Composing) -> Iterator[Block]:
    """A line to sign on for each author, with the name below it, where the form asks for it."""
    for place, author in enumerate(composing.brief.authors if composing.house.form.signature else ()):
        said = composing.wording("comma").join(part for part in (author.name, author.role, author.organisation) if part)
        yield Paragraph(f"signature.{place + 1}", f"authors[{place}]", ParagraphRole.SIGNATURE, (Text(said),))


def contacts(composing: Composing) -> Iterator[Block]:
    """A line for each contact."""
    for place, contact in enumerate(composing.brief.contacts):
        said = named([contact], composing.wording)
        yield Paragraph(f"contacts.{place + 1}", f"contacts[{place}]", ParagraphRole.ENTRY, said)


def abbreviations(composing: Composing) -> Iterator[Block]:
    """A line for each abbreviation in the order of their letters, where the brief asks for the list."""
    brief = composing.brief
    if not brief.abbreviations_list and "abbreviations" not in brief.order:
        return
    listed = sorted(enumerate(brief.abbreviations), key=lambda each: each[1].short.casefold())
    for number, (place, each) in enumerate(listed, 1):
        said = (Strong((Text(each.short),)), Text(composing.wording("colon") + each.long))
        yield Paragraph(f"abbreviations.{number}", f"abbreviations[{place}]", ParagraphRole.ENTRY, said)


END_MATTER: Final[dict[str, Callable[[Composing], Iterator[Block]]]] = {
    "signature": signature,
    CONTACTS: contacts,
    "abbreviations": abbreviations,
}
"""The sections that are no kind of their own, by their names."""


def imprint(composing: Composing) -> tuple[Section, ...]:
    """The small print with who issues the paper, the last thing that it says; nothing where there is none."""
    blocks = tuple(_imprint(composing))
    return (titled_section(IMPRINT, composing.wording(IMPRINT), blocks),) if blocks else ()


def _imprint(composing: Composing) -> Iterator[Block]:
    wording, office = composing.wording, composing.brief.office or composing.house.office
    if office is not None and (office.address or office.web):
        comma = wording("comma")
        where = comma.join(part for part in (office.name, office.unit, office.address) if part)
        web = (Text(comma), Link(office.web, (Text(office.web),))) if office.web else ()
        said: tuple[Inline, ...] = (*wording.label("issued_by"), Text(where), *web)
        yield Paragraph(f"{IMPRINT}.office", "office", ParagraphRole.IMPRINT, said)
    for key, value in composing.brief.imprint or ():
        name, origin = f"{IMPRINT}.{key}", f"{IMPRINT}.{key}"
        if isinstance(value, str):
            yield Paragraph(name, origin, ParagraphRole.IMPRINT, (Text(value),))
        elif isinstance(value, Prose):
            reader = ProseReader(name, origin, ParagraphRole.IMPRINT)
            yield from labelled(wording.label(key), reader, value) if key in _LABELLED else reader.blocks(value)
