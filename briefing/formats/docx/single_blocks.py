"""Blocks that are one paragraph each: the lines of the masthead, headings, captions, and paragraphs with a number or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from briefing.document import tree
from briefing.document.tree import Paragraph, ParagraphRole
from briefing.formats.docx.elements import (
    SINGLE_SPACING,
    Element,
    add_property,
    child,
    hold,
    number,
    remove,
    switched_on,
    w,
    words,
)
from briefing.formats.docx.figures import Pictures, picture_run
from briefing.formats.docx.own_styles import NUMBERED
from briefing.formats.docx.paragraphs import ParagraphLabel, ParagraphWriter
from briefing.formats.docx.style_book import PARAGRAPH_STYLES
from briefing.lengths import TWIPS_PER_POINT

_NO_LEVEL: Final = 10
"""The level in the outline of what is no heading, counted from 1 (ECMA-376 17.3.1.20)."""
_LOGO: Final = 40.0
"""How tall an office's logo may be, in points."""


class SingleBlocks(Struct, frozen=True):
    """Writes what is one paragraph. `text_width` is the room between the margins, in twentieths of a point."""

    paragraphs: ParagraphWriter
    pictures: Pictures
    text_width: int
    beside_title: int = 0
    """What the title leaves free at the ends of its lines, for them to be of one length, in twentieths of a point."""

    def masthead(self, head: tree.Masthead) -> Iterator[Element]:
        """Logo, office, the form's name, series line, title, subtitle and facts."""
        if head.office:
            office = self.paragraphs.paragraph("Office Line", head.office, node=head.office_id, origin="office")
            if head.logo:
                logo, names = head.logo, self.paragraphs.writing.names
                run = picture_run(
                    logo.content,
                    logo.alt,
                    logo.id,
                    self.pictures,
                    names,
                    (self.text_width / 2 / TWIPS_PER_POINT, _LOGO),
                )
                office[1:1] = [run, w("r", words("   "))]
                # LibreOffice (25.2) cuts a picture in the first line of a page by what lines are set closer than single.
                add_property(office, w("spacing", line=SINGLE_SPACING, lineRule="auto"))
                add_property(office, w("textAlignment", val="center"))
            yield self._outlined(office)
        for style, node, said, origin in (
            ("Form Line", head.form_id, head.form, "form"),
            ("Series Line", head.series_id, head.series, "series"),
            ("Title", head.title_id, head.title, "title"),
            ("Subtitle", head.subtitle_id, head.subtitle, "subtitle"),
        ):
            if said:
                made = self._outlined(self.paragraphs.paragraph(style, said, node=node, origin=origin))
                if self.beside_title and (head.form or head.series) and style in ("Title", "Subtitle"):
                    # Word draws a rule anew over a paragraph that is indented otherwise.
                    add_property(made, w("pBdr", w("top", val="nil")))
                    if style == "Title":
                        add_property(made, w("ind", right=self.beside_title))
                yield made
        for fact in head.facts:
            lead = ParagraphLabel(fact.label, fact.separator, "Fact Label", tabbed=True)
            yield self.paragraphs.paragraph("Masthead Fact", fact.children, node=fact.id, origin=fact.origin, lead=lead)

    def _heading(self, heading: tree.Heading, *targets: str, style: str = "") -> Element:
        style = style or f"Heading {min(heading.level, 3)}"
        made = self.paragraphs.paragraph(
            style, heading.children, node=heading.id, origin=heading.origin, targets=targets
        )
        styles = self.paragraphs.writing.styles
        if switched_on(styles.paragraph_property(made, "pageBreakBefore")):
            add_property(
                made, w("pageBreakBefore", val=0)
            )  # Chapters begin pages of their own, parts of a brief do not.
        if not switched_on(styles.paragraph_property(made, "keepNext")):
            hold(made, "keepNext")
        return self._outlined(made, heading.level)

    def _outlined(self, paragraph: Element, level: int = _NO_LEVEL) -> Element:
        """The paragraph with its level in the outline, also where its style, which may stand in for another, has none or
        another one.
        """
        given = number(self.paragraphs.writing.styles.paragraph_property(paragraph, "outlineLvl"))
        if (_NO_LEVEL if given is None else given + 1) != level:
            remove(child(paragraph, "pPr", "outlineLvl"))
            add_property(paragraph, w("outlineLvl", val=level - 1))
        return paragraph

    def _paragraph(
        self, paragraph: Paragraph, style: str, *, numbering: int | None = None, keep_next: bool = False
    ) -> Element:
        return self.paragraphs.paragraph(
            style,
            paragraph.children,
            node=paragraph.id,
            origin=paragraph.origin,
            targets=(paragraph.id,),
            numbering=numbering,
            keep_next=keep_next,
        )

    def _numbered(self, paragraph: Paragraph) -> Element:
        """A paragraph of the one list that all numbered ones make; in a style of another kind its number hangs as far."""
        writing, hanging = self.paragraphs.writing, self._indent(NUMBERED, "hanging")
        style = NUMBERED if paragraph.role is ParagraphRole.BODY else PARAGRAPH_STYLES[paragraph.role]
        instance = writing.numbering.running(writing.styles.paragraph(NUMBERED))
        made = self._paragraph(paragraph, style, numbering=instance)
        if style != NUMBERED:
            add_property(made, w("ind", left=self._indent(style, "left") + hanging, hanging=hanging))
        return made

    def _caption(
        self, caption: tree.Caption, sequence: str, owner: str, *, keep_next: bool, style: str = "Caption"
    ) -> Element:
        return self.paragraphs.paragraph(
            style,
            caption.children,
            node=caption.id,
            origin=caption.origin,
            targets=(owner, caption.id),
            lead=ParagraphLabel(
                caption.label, caption.separator, "Caption Label" if style == "Caption" else "", sequence
            ),
            keep_next=keep_next,
        )

    def _indent(self, style: str, side: str) -> int:
        """How far a paragraph style stands in, in twentieths of a point."""
        styles = self.paragraphs.writing.styles
        found = (number(each, side) for each in styles.defined(styles.paragraph(style), "pPr", "ind"))
        return next((each for each in found if each is not None), 0)
