"""The parts of a reference document, ours or an office's own.

Nothing is taken over but what is named here: styles, numbering, fonts, theme, and the headers and footers with their
pictures. Text, comments, macros, templates and data that the document is linked to stay behind.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from briefing.render.docx.markup import Element, child
from briefing.render.docx.reference_archive import as_document, refusal
from briefing.render.docx.story_cleaning import clean_story

_KEPT_BELOW: Final[dict[str, frozenset[str]]] = {
    RELATIONSHIP_TYPE.STYLES: frozenset(),
    RELATIONSHIP_TYPE.NUMBERING: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.FONT_TABLE: frozenset({RELATIONSHIP_TYPE.FONT}),
    RELATIONSHIP_TYPE.THEME: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.HEADER: frozenset({RELATIONSHIP_TYPE.IMAGE}),
    RELATIONSHIP_TYPE.FOOTER: frozenset({RELATIONSHIP_TYPE.IMAGE}),
}
_STORIES: Final = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_DAMAGE: Final = (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, OSError, PackageNotFoundError)


@dataclass(frozen=True, slots=True)
class Reference:
    """The usable parts of a reference document by their relationship ids, its styles, body and settings."""

    parts: tuple[tuple[str, str, Part], ...]
    styles: Element
    numbering: Element | None
    settings: Element | None
    body: Element


def open_reference(data: bytes) -> Reference:
    """The parts of the DOCX or DOTX file `data`.

    Raises `UsageError` with a `reference-document` problem when it cannot be used.
    """
    document = as_document(data)
    try:
        main = Package.open(io.BytesIO(document)).main_document_part
        parts = tuple(
            (identifier, relation.reltype, _cleaned(relation.target_part, relation.reltype))
            for identifier, relation in main.rels.items()
            if not relation.is_external and relation.reltype in _KEPT_BELOW
        )
        styles = _root(main, RELATIONSHIP_TYPE.STYLES)
        numbering, settings = _root(main, RELATIONSHIP_TYPE.NUMBERING), _root(main, RELATIONSHIP_TYPE.SETTINGS)
        body = child(main.element, "body")
    except _DAMAGE as error:
        raise refusal("it is damaged", "open it in Word or LibreOffice and save it again") from error
    if body is None or styles is None:
        raise refusal("it has no body or no styles", "save it from Word or LibreOffice as a DOCX file")
    return Reference(parts, styles, numbering, settings, body)


def _root(main: Part, relationship_type: str) -> Element | None:
    """The root element of the first part of that kind."""
    found = (each for each in main.rels.values() if each.reltype == relationship_type and not each.is_external)
    part = next((each.target_part for each in found), None)
    return part.element if isinstance(part, XmlPart) else None


def _cleaned(part: Part, relationship_type: str) -> Part:
    """`part` with only those relations that may come along, and without what uses the others."""
    dropped = set()
    for identifier, relation in list(part.rels.items()):
        if relation.is_external:
            web = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and _WEB.match(relation.target_ref) is not None
            keep = web and relationship_type in _STORIES
        else:
            keep = relation.reltype in _KEPT_BELOW[relationship_type]
        if not keep:
            dropped.add(identifier)
            del part.rels[identifier]
    if relationship_type in _STORIES and isinstance(part, XmlPart):
        clean_story(part.element, frozenset(dropped))
    return part
