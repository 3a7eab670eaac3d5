"""The document tree as a DOCX file."""

from __future__ import annotations

from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart

from briefing.document.tree import Direction, Document
from briefing.formats import Artifact
from briefing.formats.docx.blocks import BlockWriter
from briefing.formats.docx.elements import WP, Element, child, name, switched_on, value, w
from briefing.formats.docx.endnotes import endnotes_part, notes_of, settings_root
from briefing.formats.docx.figures import Pictures
from briefing.formats.docx.format import DocxFormat
from briefing.formats.docx.names import Names, Origins, labelled_targets
from briefing.formats.docx.numbering import Numbering
from briefing.formats.docx.own_reference import own_reference
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.page import PageSetup, last_section, page_kinds, page_setup
from briefing.formats.docx.paragraphs import ParagraphWriter
from briefing.formats.docx.properties import add_origins, add_properties
from briefing.formats.docx.reference import Reference, open_reference
from briefing.formats.docx.running import add_running_lines
from briefing.formats.docx.style_book import StyleBook, set_language
from briefing.formats.docx.writing import Links, Sequences, Writing
from briefing.themes.theme import Theme


@dataclass(frozen=True, slots=True)
class Draft:
    """A document being written: what the reference document gives, the package, and what is at hand while writing."""

    taken: Reference
    assembly: Assembly
    writing: Writing
    page: PageSetup
    pictures: Pictures

    @classmethod
    def begin(cls, document: Document, theme: Theme, reference: bytes | None, house: bool) -> Draft:
        """A package with the parts that give the look and the properties of `document`, and no text yet.

        Raises `UsageError` with a `reference-document` problem when it cannot be used.
        """
        taken = look_of(theme, reference)
        right_to_left = document.direction is Direction.RIGHT_TO_LEFT
        set_language(taken.styles, document.language, right_to_left)
        assembly = Assembly.start()
        for identifier, relationship, part in taken.parts:
            assembly.take_over(identifier, relationship, part)
        add_properties(assembly, document)
        page = page_setup(last_section(taken.body), None if house else document.paper, right_to_left)
        writing = _writing(document, taken, assembly)
        return cls(taken, assembly, writing, page, Pictures(assembly, theme, page.text_height))

    def add_text(self, document: Document) -> None:
        """Write body, notes and running lines."""
        blocks = BlockWriter(ParagraphWriter(self.writing), self.pictures, self.page.text_width)
        body = w("body", *blocks.masthead(document.masthead))
        for section in document.sections:
            body.extend(blocks.section(section))
        notes = notes_of(document)
        if notes:
            part = endnotes_part(notes, self.writing, self.assembly)
            self.assembly.relate(part, RELATIONSHIP_TYPE.ENDNOTES)
        self.add_settings(document.language, notes=bool(notes))
        kinds = page_kinds(self.page.properties, switched_on(_even_and_odd(self.taken)))
        house_parts = {identifier: part for identifier, _, part in self.taken.parts}
        add_running_lines(document, self.page.properties, kinds, house_parts, self.assembly, self.writing)
        body.append(self.page.properties)
        self.assembly.main.element.append(body)

    def add_settings(self, language: str, *, notes: bool) -> None:
        """Write the settings, in the place of those that are there; with `notes` they number endnotes."""
        for identifier, relation in list(self.assembly.main.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
                del self.assembly.main.rels[identifier]
        settings = settings_root(self.taken.settings, language, self.writing.right_to_left, notes=notes)
        part = self.assembly.tree("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, settings)
        self.assembly.relate(part, RELATIONSHIP_TYPE.SETTINGS)

    def finished(self, document: Document) -> Artifact:
        """The file, with the traces of where its texts came from, and a warning for each style that the reference document lacked."""
        add_origins(self.assembly, self.writing.origins, document.properties.build)
        problems = self.writing.styles.problems()
        return Artifact(DocxFormat.name, DocxFormat.suffix, self.assembly.finished(), problems=problems)


def docx(document: Document, theme: Theme, reference: bytes | None = None, house: bool = False) -> Artifact:
    """Write `document` as DOCX in the look of `theme`. Equal inputs give equal bytes.

    A `reference` document, or else one in the theme's folder, goes before the theme's tokens: its styles, headers,
    footers and margins are taken, and with `house`, when it is an office's own, its paper as well. Drawings are the
    theme's. Raises `UsageError` with a `reference-document` problem when it cannot be used.
    """
    draft = Draft.begin(document, theme, reference, house)
    draft.add_text(document)
    return draft.finished(document)


def look_of(theme: Theme, reference: bytes | None) -> Reference:
    """The parts that give the look: of `reference`, of the theme's own reference document, or made from its tokens."""
    given = theme.reference_document() if reference is None else reference
    return own_reference(theme) if given is None else open_reference(given)


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


def _even_and_odd(taken: Reference) -> Element | None:
    return None if taken.settings is None else child(taken.settings, "evenAndOddHeaders")


def _names(taken: Reference) -> Names:
    """Names beside those that the headers and footers of a house document have taken."""
    roots = [part.element for _, _, part in taken.parts if isinstance(part, XmlPart)]
    drawings = (_number(shape.get("id")) for root in roots for shape in root.iter(f"{{{WP}}}docPr"))
    controls = (_number(value(child(each, "id"))) for root in roots for each in root.iter(name("sdtPr")))
    return Names(drawings=max(drawings, default=0), controls=set(controls))


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0
