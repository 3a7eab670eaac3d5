"""The document tree as a DOCX file, its numbered sources as native endnotes (`docs/decisions/0001-endnotes.md` says why)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from msgspec import Struct
from msgspec.structs import replace

from briefing.document.columns import bands
from briefing.document.reading import behind_sources, inline_text
from briefing.document.tree import Direction, Document, Footnote, FootnoteList, Note, NoteList, Table
from briefing.document.walk import walk
from briefing.errors import Problem, Severity
from briefing.formats import Artifact
from briefing.formats.docx.blocks import BlockWriter
from briefing.formats.docx.column_widths import WordMeasure, least_width
from briefing.formats.docx.comments import Comment, commented
from briefing.formats.docx.edited.base_part import as_file, as_text, written_base
from briefing.formats.docx.elements import PARAGRAPH_ID, WP, Element, child, name, number, story_root, w, whole
from briefing.formats.docx.figures import Pictures
from briefing.formats.docx.format import DocxFormat
from briefing.formats.docx.house_document import completed
from briefing.formats.docx.house_styles import theme_part
from briefing.formats.docx.numbering import Numbering
from briefing.formats.docx.own_reference import own_reference
from briefing.formats.docx.package import Assembly, add_origins, add_properties
from briefing.formats.docx.page import (
    SEPARATORS,
    PageSetup,
    Stretch,
    join_stretches,
    last_section,
    page_kinds,
    page_setup,
    section_end,
    settings_root,
)
from briefing.formats.docx.paragraphs import ParagraphWriter, note_look
from briefing.formats.docx.reference import Reference
from briefing.formats.docx.running import add_running_lines
from briefing.formats.docx.style_book import StyleBook, set_language
from briefing.formats.docx.writing import Links, Names, Origins, Sequences, Writing, targets_of
from briefing.lengths import TWIPS_PER_POINT, Length, PaperSize
from briefing.themes.theme import Theme
from briefing.themes.tokens import LayoutTokens

NOTE_PARTS: Final = {
    "footnote": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "endnote": (RELATIONSHIP_TYPE.ENDNOTES, CONTENT_TYPE.WML_ENDNOTES),
}
"""The parts of both kinds of notes."""
_JOINED: Final = "has columns too narrow for tables, which became one"
_MOST_NAMED: Final = 5
"""How many styles a note names."""


class Draft(Struct, frozen=True):
    """A document being written: what the reference document gives, the package, and what is at hand while writing.

    `layout` is the theme's where the look is all ours, with the room between columns, the `gutter`, in twentieths of a point.
    """

    taken: Reference
    assembly: Assembly
    writing: Writing
    page: PageSetup
    pictures: Pictures
    measure: WordMeasure
    layout: LayoutTokens | None = None
    gutter: int = 0

    @classmethod
    def begin(
        cls, document: Document, theme: Theme, reference: bytes | None, house: bool, *, in_columns: bool = True
    ) -> Draft:
        """A package with the parts that give the look and the properties of `document`, and no text yet.

        Raises `UsageError` with a `reference-document` problem when it cannot be used.
        """
        taken = look_of(theme, reference, document.paper)
        right_to_left = document.direction is Direction.RIGHT_TO_LEFT
        set_language(taken.styles, document.language, right_to_left)
        assembly = Assembly.start()
        assembly.take_over(taken.parts, taken.compressed)
        writing = _writing(document, taken, assembly)
        is_own = reference is None and theme.reference_document() is None
        measure = WordMeasure(writing.styles, theme.fonts() if is_own else None, theme_part(taken))
        page = page_of(document, taken, measure, house)
        pictures = Pictures(assembly, theme, page.text_height)
        if not is_own:
            return cls(taken, assembly, writing, page, pictures, measure)
        gutter, layout = Length.from_millimetres(theme.tokens.space.gutter).twips, theme.tokens.layout
        layout = (
            layout if in_columns else dataclasses.replace(layout, columns=1, source_columns=1, half_figures="below")
        )
        return cls(taken, assembly, writing, page, pictures, measure, layout, gutter)

    def add_text(self, document: Document) -> None:
        """Write body, notes and running lines."""
        blocks = BlockWriter(ParagraphWriter(self.writing), self.pictures, self.page.text_width, measure=self.measure)
        stretches = [each for each in self.stretches(document, blocks) if each.elements]
        behind, notes = behind_sources(document), notes_of(document)
        for kind in notes:
            notes_part(kind, notes[kind], self.writing, self.assembly)
        self.add_settings(document.language, notes, at_section_end=behind is not None)
        kinds = tuple(page_kinds(self.page.properties, self.taken.settings))
        house_parts = {identifier: part for identifier, _, part in self.taken.parts}
        add_running_lines(
            document,
            self.page.properties,
            kinds,
            house_parts,
            self.assembly,
            self.writing,
            self.pictures.theme,
        )
        body = w("body")
        join_stretches(body, stretches, self.page.properties, self.gutter)
        self.assembly.main.element.append(body)

    def stretches(self, document: Document, blocks: BlockWriter) -> Iterator[Stretch]:
        """The text in stretches of as many columns, and what stands behind the sources in one of its own."""
        stretch, behind, layout = Stretch(), behind_sources(document), self.layout
        if layout:
            theme = self.pictures.theme
            sheet, size = theme.sheet(), theme.tokens.size.title
            free = sheet.width - sheet.balanced(inline_text(document.masthead.title), size)
            blocks = replace(blocks, beside_title=round(free * TWIPS_PER_POINT))
        stretch.elements += blocks.masthead(document.masthead)
        columns, beside = (layout.columns, layout.half_figures == "beside") if layout else (1, False)
        blocks = replace(blocks, annexes_begin_pages=columns == 1)
        for band in bands(document.sections, columns, self.pictures.theme.tokens.measure, beside=beside):
            for section in band.sections:
                has_sources = any(isinstance(each, NoteList) for each in section.blocks)
                if band.columns != stretch.columns or section is behind:
                    yield stretch
                    stretch = Stretch(band.columns)
                narrow = (blocks.text_width - self.gutter) // 2
                within = replace(blocks, text_width=narrow) if band.columns > 1 or band.is_beside else blocks
                made = list(within.section(section))
                if band.is_beside:
                    stretch.elements.append(made[0])
                    yield stretch
                    yield Stretch(2, made[1:])
                    stretch = Stretch()
                else:
                    stretch.elements += made
                if has_sources and layout and layout.source_columns > 1:
                    # The heading goes over the columns of endnotes, in whose section nothing else stands.
                    yield stretch
                    stretch = Stretch(layout.source_columns, [section_end()])
                stretch.has_sources = stretch.has_sources or has_sources
        yield stretch

    def add_settings(self, language: str, notes: Iterable[str], *, at_section_end: bool) -> None:
        """Write the settings, in the place of those that are there; they count the kinds of `notes`, and say where endnotes stand."""
        for identifier, relation in list(self.assembly.main.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
                del self.assembly.main.rels[identifier]
        settings = settings_root(
            self.taken.settings, language, self.writing.right_to_left, notes, at_section_end=at_section_end
        )
        part = self.assembly.tree("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, settings)
        self.assembly.relate(part, RELATIONSHIP_TYPE.SETTINGS)

    def finished(self, document: Document, *, plain: bool = False, typed: Mapping[str, str] | None = None) -> Artifact:
        """The file with its properties and, unless it is to be `plain`, the traces of where its texts came from, and notes on
        what the reference document lacked. With what was `typed` in the data, by path, it carries the base for edits.
        """
        origins, base = self.writing.origins, None
        add_properties(self.assembly, document, plain=plain)
        if plain:
            for part in self.assembly.package.iter_parts():
                if isinstance(part, XmlPart):
                    origins.remove_marks(part.element)
        else:
            build, styles = document.properties.build, self.taken.styles
            if typed is not None:
                base = written_base(self.assembly.main, styles, self.writing, build, typed)
            add_origins(self.assembly, origins, build, "" if base is None else as_text(base))
        notes = (*self.taken.notes, *((_JOINED,) if self.page.joined else ()))
        problems = tuple(_notes(self.taken.brought, notes))
        kept = None if base is None else (base.build, as_file(base))
        return Artifact(DocxFormat.name, DocxFormat.suffix, self.assembly.finished(), problems=problems, base=kept)


def page_of(document: Document, taken: Reference, measure: WordMeasure, house: bool) -> PageSetup:
    """The page of a reference document, in whose columns every table of `document` has room."""
    needed = max((least_width(each, measure) for each in walk(document.sections) if isinstance(each, Table)), default=0)
    right_to_left = document.direction is Direction.RIGHT_TO_LEFT
    return page_setup(last_section(taken.body), None if house else document.paper, right_to_left, needed)


def docx(
    document: Document,
    theme: Theme,
    reference: bytes | None = None,
    house: bool = False,
    *,
    plain: bool = False,
    typed: Mapping[str, str] | None = None,
) -> Artifact:
    """Write `document` as DOCX in the look of `theme`. Equal inputs give equal bytes.

    A `reference` document, or else one in the theme's folder, goes before the theme's tokens: its styles, headers,
    footers and margins are taken, and with `house`, when it is an office's own, its paper as well. Drawings are the
    theme's. A `plain` file has no trace of where its texts came from; with what was `typed` in the data, by path, any other carries
    as much of it as it prints, for edits to come home. Raises `UsageError` with a `reference-document` problem when it cannot be used.
    """
    draft = Draft.begin(document, theme, reference, house)
    draft.add_text(document)
    made = draft.finished(document, plain=plain, typed=typed)
    if plain or not document.remarks:
        return made
    remarks = [Comment(each.path, each.text) for each in document.remarks]
    return replace(made, data=commented(made.data, remarks, document.properties.created))


def look_of(theme: Theme, reference: bytes | None, paper: PaperSize) -> Reference:
    """The parts that give the look: of `reference`, of the theme's own reference document, or made from its tokens for `paper`."""
    given = theme.reference_document() if reference is None else reference
    if given is None:
        return own_reference(theme, paper)
    return completed(given, theme.tokens)


def _notes(brought: Sequence[str], notes: Iterable[str]) -> Iterator[Problem]:
    """One line on the styles that were brought along, and one for each thing that is not as it was."""
    for note in notes:
        yield Problem("reference-document", f"the reference document {note}", severity=Severity.NOTE)
    if brought:
        more = len(brought) - _MOST_NAMED
        named = ", ".join(brought[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        message = f"styles that the reference document lacks came along, in its fonts and colours: {named}"
        yield Problem("missing-style", message, severity=Severity.NOTE)


def _writing(document: Document, taken: Reference, assembly: Assembly) -> Writing:
    styles = StyleBook(taken.styles)
    numbering = w("numbering") if taken.numbering is None else taken.numbering
    if all(kind != RELATIONSHIP_TYPE.NUMBERING for _, kind, _ in taken.parts):
        part = assembly.tree("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, numbering)
        assembly.relate(part, RELATIONSHIP_TYPE.NUMBERING)
    return Writing(
        styles=styles,
        names=_names(taken),
        numbering=Numbering(numbering, styles),
        origins=Origins(taken_codes(taken)),
        links=Links(assembly.main),
        sequences=Sequences(),
        right_to_left=document.direction is Direction.RIGHT_TO_LEFT,
        targets=targets_of(document),
    )


def _names(taken: Reference) -> Names:
    """Names beside those that the headers and footers of a house document have taken."""
    roots = [part.element for _, _, part in taken.parts if isinstance(part, XmlPart)]
    drawings = (shape.get("id", "") for root in roots for shape in root.iter(f"{{{WP}}}docPr"))
    controls = (number(child(each, "id")) or 0 for root in roots for each in root.iter(name("sdtPr")))
    return Names(max(map(whole, drawings), default=0), set(controls))


def taken_codes(taken: Reference) -> set[str]:
    """What the paragraphs of a house document's headers and footers are called."""
    roots = (part.element for _, _, part in taken.parts if isinstance(part, XmlPart))
    return {each.get(PARAGRAPH_ID, "") for root in roots for each in root.iter(name("p"))}


def notes_of(document: Document) -> dict[str, tuple[Note | Footnote, ...]]:
    """Every note by its kind, in the order of their numbers or letters; a kind that the document has none of is left out."""
    found: dict[str, tuple[Note | Footnote, ...]] = {}
    for block in walk(document.sections):
        match block:
            case NoteList(notes=notes):
                found["endnote"] = (*found.get("endnote", ()), *notes)
            case FootnoteList(footnotes=footnotes):
                found["footnote"] = (*found.get("footnote", ()), *footnotes)
    return found


def notes_part(kind: str, notes: Iterable[Note | Footnote], writing: Writing, assembly: Assembly) -> XmlPart:
    """The part that holds the notes of that kind, related to the main part. A note's id is its number."""
    root = story_root(f"{kind}s", *(_separator(kind, number) for number in SEPARATORS))
    relationship, content_type = NOTE_PARTS[kind]
    part = assembly.tree(f"/word/{kind}s.xml", content_type, root)
    assembly.relate(part, relationship)
    inside = writing.in_part(part)
    root.extend(_note(kind, number, note, inside) for number, note in enumerate(notes, 1))
    return part


def _separator(kind: str, number: int) -> Element:
    """A rule above footnotes. Above endnotes nothing: the heading of the sources stands before them, and a rule would
    cut it off.
    """
    if kind == "footnote":
        return w(kind, w("p", w("r", w(SEPARATORS[number]))), type=SEPARATORS[number], id=number)
    spacing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    return w(kind, w("p", w("pPr", spacing)), type=SEPARATORS[number], id=number)


def _note(kind: str, number: int, note: Note | Footnote, writing: Writing) -> Element:
    style = f"{kind.title()} Text"
    paragraphs = ParagraphWriter(writing)
    paragraph = paragraphs.paragraph(style, note.children, node=note.id, origin=note.origin, targets=(note.id,))
    look = note_look(kind, writing.styles, "Source Number" if kind == "endnote" else "")
    paragraph[1:1] = [w("r", look.properties(), w(f"{kind}Ref")), w("r", w("tab"))]
    return w(kind, paragraph, id=number)
