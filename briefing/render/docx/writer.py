"""The document tree as a DOCX file."""

from __future__ import annotations

from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart

from briefing.document.tree import Direction, Document
from briefing.errors import Problem
from briefing.render.docx.assembly import Assembly
from briefing.render.docx.blocks import BlockWriter
from briefing.render.docx.endnotes import endnotes_part, notes_of
from briefing.render.docx.figures import Pictures
from briefing.render.docx.markup import WP, child, name, switched_on, value, w
from briefing.render.docx.names import Names
from briefing.render.docx.numbering import Numbering
from briefing.render.docx.origins import Origins
from briefing.render.docx.page import last_section, page_kinds, page_setup
from briefing.render.docx.paragraphs import ParagraphWriter
from briefing.render.docx.properties import add_origins, add_properties
from briefing.render.docx.reference import Reference, open_reference
from briefing.render.docx.running import add_running_lines
from briefing.render.docx.settings import settings_root
from briefing.render.docx.style_book import StyleBook
from briefing.render.docx.style_language import set_language
from briefing.render.docx.targets import labelled_targets
from briefing.render.docx.writing import Links, Sequences, Writing


@dataclass(frozen=True, slots=True)
class DocxResult:
    """A finished DOCX file, and a warning for each style that the reference document lacked."""

    data: bytes
    problems: tuple[Problem, ...]


def docx(document: Document, reference: bytes, house: bool = False) -> DocxResult:
    """Write `document` as DOCX in the styles of the `reference` document. Equal inputs give equal bytes.

    Its headers, footers and margins are kept; with `house`, when it is an office's own, its paper as well. Raises
    `UsageError` with a `reference-document` problem when it cannot be used.
    """
    taken = open_reference(reference)
    set_language(taken.styles, document.language, document.direction is Direction.RIGHT_TO_LEFT)
    assembly = Assembly.start()
    for identifier, relationship, part in taken.parts:
        assembly.take_over(identifier, relationship, part)
    add_properties(assembly, document)
    writing = _writing(document, taken, assembly)
    _write(document, taken, house, writing, assembly)
    return DocxResult(assembly.finished(), writing.styles.problems())


def _writing(document: Document, taken: Reference, assembly: Assembly) -> Writing:
    styles = StyleBook(taken.styles)
    numbering = taken.numbering
    if numbering is None:
        numbering = w("numbering")
        part = assembly.tree("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, numbering)
        assembly.relate(part, RELATIONSHIP_TYPE.NUMBERING)
    return Writing(
        styles=styles,
        names=_names(taken),
        numbering=Numbering(numbering, styles),
        origins=Origins(),
        links=Links(assembly.main),
        sequences=Sequences(),
        right_to_left=document.direction is Direction.RIGHT_TO_LEFT,
        targets=labelled_targets(document),
    )


def _write(document: Document, taken: Reference, house: bool, writing: Writing, assembly: Assembly) -> None:
    page = page_setup(last_section(taken.body), None if house else document.paper, writing.right_to_left)
    blocks = BlockWriter(ParagraphWriter(writing), Pictures(assembly, page.text_height), page.text_width)
    body = w("body", *blocks.masthead(document.masthead))
    for section in document.sections:
        body.extend(blocks.section(section))
    notes = notes_of(document)
    if notes:
        assembly.relate(endnotes_part(notes, writing, assembly), RELATIONSHIP_TYPE.ENDNOTES)
    settings = settings_root(taken.settings, document.language, writing.right_to_left, notes=bool(notes))
    part = assembly.tree("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, settings)
    assembly.relate(part, RELATIONSHIP_TYPE.SETTINGS)
    kinds = page_kinds(page.properties, switched_on(child(settings, "evenAndOddHeaders")))
    house_parts = {identifier: part for identifier, _, part in taken.parts}
    add_running_lines(document, page.properties, kinds, house_parts, assembly, writing)
    body.append(page.properties)
    assembly.main.element.append(body)
    add_origins(assembly, writing.origins, document.properties.build)


def _names(taken: Reference) -> Names:
    """Names beside those that the headers and footers of a house document have taken."""
    roots = [part.element for _, _, part in taken.parts if isinstance(part, XmlPart)]
    drawings = (_number(shape.get("id")) for root in roots for shape in root.iter(f"{{{WP}}}docPr"))
    controls = (_number(value(child(each, "id"))) for root in roots for each in root.iter(name("sdtPr")))
    return Names(drawings=max(drawings, default=0), controls=set(controls))


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0
