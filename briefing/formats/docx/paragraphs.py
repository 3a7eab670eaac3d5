"""Paragraphs: their style, direction and numbering, their text traced to its origin, and labels that Word can count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.document.inlines import Inline
from briefing.document.reading import inline_text
from briefing.formats.docx.elements import Element, mostly_right_to_left, w
from briefing.formats.docx.inline import NO_LOOK, InlineWriter, Look
from briefing.formats.docx.style_names import LED_STYLES, STRESSED_STYLES
from briefing.formats.docx.writing import Writing

_LAST_NUMBER: Final = re.compile(r"(.*?)(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a paragraph's own text: a label, numbered in `sequence` if there is one, and a separator.

    `tabbed` puts a tab in the place of the separator's last blank.
    """

    label: str
    separator: str = ""
    style: str = ""
    sequence: str = ""
    tabbed: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphWriter:
    """Writes paragraphs into one part."""

    writing: Writing

    def paragraph(
        self,
        style: str,
        children: Sequence[Inline] = (),
        *,
        node: str = "",
        origin: str = "",
        targets: Sequence[str] = (),
        lead: Lead | None = None,
        numbering: int | None = None,
        keep_next: bool = False,
    ) -> Element:
        """A paragraph that says `children`, traced to `origin` as the text of `node`.

        A bookmark goes round its lead, or else its text, for each of the nodes `targets` that a cross-reference leads
        to. `keep_next` holds it on the page of what follows.
        """
        said = (lead.label if lead else "") + inline_text(children)
        right_to_left = mostly_right_to_left(said, self.writing.right_to_left)
        inline = InlineWriter(self.writing, right_to_left)
        before: list[Element] = []
        if lead is not None:
            look = Look(self.writing.styles.character(lead.style)) if lead.style else self._look(style)
            before = self._marked(targets, self._label(lead, inline, look))
            tabbed = lead.tabbed and lead.separator.endswith(" ")
            before += inline.text(lead.separator[:-1] if tabbed else lead.separator, look)
            if tabbed:
                before.append(w("r", w("tab")))
        text = list(inline.runs(children, self._look(style)))
        text = self.writing.origins.trace(self.writing.names, node, origin, children, text)
        if lead is None:
            text = self._marked(targets, text)
        return w("p", self.properties(style, right_to_left, numbering, keep_next), *before, *text)

    def properties(
        self, style: str, right_to_left: bool = False, numbering: int | None = None, keep_next: bool = False
    ) -> Element:
        """A paragraph's properties, in the schema's order."""
        identifier = self.writing.styles.paragraph(style)
        return w(
            "pPr",
            w("pStyle", val=identifier) if identifier else None,
            w("keepNext") if keep_next else None,
            w("numPr", w("ilvl", val=0), w("numId", val=numbering)) if numbering is not None else None,
            w("bidi") if right_to_left else None,
        )

    def _look(self, style: str) -> Look:
        """What the text of a paragraph of that style starts from."""
        styles = self.writing.styles
        if style in LED_STYLES and not styles.is_bold(style):
            return Look(styles.character("Lead"), base=True)
        if style in STRESSED_STYLES and not styles.has_paragraph(style) and not styles.is_bold(style):
            return Look(styles.character("Strong"), base=True)
        return NO_LOOK

    def make_target(self, paragraph: Element, node: str) -> None:
        """Put the bookmark of `node` round the whole text of a finished paragraph, if a cross-reference leads there."""
        _, *content = paragraph
        for each in content:
            paragraph.remove(each)
        paragraph.extend(self._marked((node,), content))

    def _marked(self, targets: Sequence[str], content: list[Element]) -> list[Element]:
        for target in targets:
            if target in self.writing.targets:
                content = list(self.writing.names.bookmark(self.writing.names.reference(target), content))
        return content

    def _label(self, lead: Lead, inline: InlineWriter, look: Look) -> list[Element]:
        """A label such as ``Table 2``, its number a field with the tree's number in it, so that Word can count on."""
        found = _LAST_NUMBER.fullmatch(lead.label) if lead.sequence else None
        if found is None:
            return list(inline.text(lead.label, look))
        before, number = found.groups()
        code = self.writing.sequences.instruction(lead.sequence, int(number))
        return [*inline.text(before, look), *inline.field(code, inline.text(number, look), look)]
