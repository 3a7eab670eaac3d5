"""The document tree as a DOCX file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from briefing.document.blocks import Figure, Quotation, Table
from briefing.document.inlines import CrossReference
from briefing.document.tree import Direction, Document
from briefing.document.walk import walk
from briefing.errors import Problem
from briefing.render.docx.blocks import BlockWriter
from briefing.render.docx.endnotes import endnotes_root, notes_of
from briefing.render.docx.figures import Pictures
from briefing.render.docx.markup import WP, Element, child, story_root, switched_on, w
from briefing.render.docx.names import Names
from briefing.render.docx.numbering import Numbering
from briefing.render.docx.origins import Origins
from briefing.render.docx.package import rearchived
from briefing.render.docx.page import last_section, page_kinds, page_setup
from briefing.render.docx.properties import add_origins, add_properties
from briefing.render.docx.reference import Reference, open_reference
from briefing.render.docx.running import add_running_lines
from briefing.render.docx.settings import settings_root
from briefing.render.docx.style_book import StyleBook
from briefing.render.docx.style_language import set_language
from briefing.render.docx.writing import Links, Sequences, Writing

_STYLES: Final = RELATIONSHIP_TYPE.STYLES
_NUMBERING: Final = RELATIONSHIP_TYPE.NUMBERING


@dataclass(frozen=True, slots=True)
class DocxResult:
    """A finished DOCX file, and a warning for each style that the reference document lacked."""

    data: bytes
    problems: tuple[Problem, ...]


def docx(document: Document, reference: bytes, house: bool = False) -> DocxResult:
    """Write `document` as DOCX in the styles of the `reference` document.

    With `house` the reference is an office's own: its page, headers and footers are kept. Equal inputs give equal
    bytes. Raises
    `UsageError` with a `reference-document` problem when the reference cannot be used.
    """
    taken = open_reference(reference)
    styles_root = taken.element(_STYLES)
    assert styles_root is not None
    right_to_left = document.direction is Direction.RIGHT_TO_LEFT
    set_language(styles_root, document.language, right_to_left)
    package = Package()
    main = XmlPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, story_root("document"), package)  # type: ignore[arg-type]
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    add_properties(package, document)
    for identifier, relationship, part in taken.parts:
        main.rels.add_relationship(relationship, part, identifier)
    writing = _writing(document, taken, styles_root, main, package)
    _write(document, taken, house, writing, main, package)
    stream = io.BytesIO()
    package.save(stream)
    return DocxResult(rearchived(stream.getvalue()), writing.styles.problems())


def _writing(document: Document, taken: Reference, styles_root: Element, main: XmlPart, package: Package) -> Writing:
    styles = StyleBook(styles_root)
    numbering = taken.element(_NUMBERING)
    if numbering is None:
        numbering = w("numbering")
        part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, numbering, package)  # type: ignore[arg-type]
        main.relate_to(part, _NUMBERING)
    return Writing(
        styles=styles,
        names=Names(drawings=_drawings_of(taken)),
        numbering=Numbering(numbering, styles),
        origins=Origins(),
        links=Links(main),
        sequences=Sequences(),
        right_to_left=document.direction is Direction.RIGHT_TO_LEFT,
        targets=_targets(document),
    )


def _write(
    document: Document, taken: Reference, house: bool, writing: Writing, main: XmlPart, package: Package
) -> None:
    setup = page_setup(document.paper, writing.right_to_left, last_section(taken.body) if house else None)
    blocks = BlockWriter(writing, Pictures(package, main, setup.text_height), setup.text_width)
    body = w("body", *blocks.masthead(document))
    for section in document.sections:
        body.extend(blocks.section(section))
    notes = notes_of(document)
    if notes:
        part = XmlPart(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, story_root("endnotes"), package)  # type: ignore[arg-type]
        part.element[:] = endnotes_root(notes, writing.in_part(part))
        main.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    settings = settings_root(taken.settings, document.language, writing.right_to_left, notes=bool(notes))
    main.relate_to(
        XmlPart(PackURI("/word/settings.xml"), CONTENT_TYPE.WML_SETTINGS, settings, package),  # type: ignore[arg-type]
        RELATIONSHIP_TYPE.SETTINGS,
    )
    parts: Mapping[str, Part] = {identifier: part for identifier, _, part in taken.parts}
    kinds = page_kinds(setup.properties, switched_on(child(settings, "evenAndOddHeaders")))
    add_running_lines(document, setup.properties, kinds, parts, main, package, writing)
    body.append(setup.properties)
    main.element.append(body)
    add_origins(package, main, writing.origins, document.properties.build)
    for each in package.iter_parts():
        if isinstance(each, XmlPart):
            etree.cleanup_namespaces(each.element, keep_ns_prefixes=["w", "r", "w15"])


def _targets(document: Document) -> dict[str, str | None]:
    """The nodes that cross-references lead to, each with its label if it carries one."""
    targets: dict[str, str | None] = {node.target: None for node in walk(document) if isinstance(node, CrossReference)}
    for node in walk(document.sections):
        if isinstance(node, Quotation) and node.id in targets:
            targets[node.id] = node.label
        elif isinstance(node, (Table, Figure)):
            for identifier in (node.id, node.caption.id):
                if identifier in targets:
                    targets[identifier] = node.caption.label
    return targets


def _drawings_of(taken: Reference) -> int:
    """The highest number of a drawing in the house document's headers and footers."""
    numbers = [
        int(shape.get("id") or 0)
        for _, _, part in taken.parts
        if isinstance(part, XmlPart)
        for shape in part.element.iter(f"{{{WP}}}docPr")
        if (shape.get("id") or "0").isdigit()
    ]
    return max(numbers, default=0)
