"""The styles that the writer names, found in a reference document, and what they say.

Word's built-in names are used wherever there is one, because other programs and people's habits know them; own styles
are based on built-in ones.
"""

from __future__ import annotations

from typing import Final

from briefing.document.inlines import Mark
from briefing.document.tree import ParagraphRole, RunningRole
from briefing.formats.docx.elements import (
    Element,
    child,
    children,
    in_order,
    name,
    number,
    remove,
    switched_on,
    value,
    w,
)
from briefing.formats.docx.read_styles import StyleSheet, exact_line

AMOUNT_COLUMNS: Final = frozenset({"number", "value"})
"""The keys of columns that hold numbers, which are set flush right."""

LED_STYLES: Final = frozenset({"Attribution", "Table Lead", "Decision", "Question", "Key Figure"})
"""Paragraph styles whose own words are set in the character style *Lead*, while citations and marks among them are not."""

HEADING_LEVELS: Final = {f"Heading {number}": number - 1 for number in (1, 2, 3)}
"""The outline levels of the styles that are headings (ECMA-376 17.3.1.20); no other text has one."""

BODY_LEVEL: Final = 9
"""The outline level of text that is no heading."""

PARAGRAPH_STYLES: Final = {
    ParagraphRole.BODY: "Body Text",
    ParagraphRole.BOTTOM_LINE: "Bottom Line",
    ParagraphRole.QUOTE: "Quote",
    ParagraphRole.ATTRIBUTION: "Attribution",
    ParagraphRole.DETAIL: "Detail",
    ParagraphRole.NOTE: "Source Entry",
    ParagraphRole.CELL: "Table Text",
    ParagraphRole.CELL_LEAD: "Table Lead",
    ParagraphRole.CELL_DETAIL: "Table Detail",
    ParagraphRole.PROPOSITION: "Proposition",
    ParagraphRole.INTRODUCTION: "Introduction",
    ParagraphRole.TABLE_NOTE: "Table Note",
    ParagraphRole.ENTRY: "End Matter",
    ParagraphRole.IMPRINT: "Imprint",
    ParagraphRole.SIGNATURE: "Signature Line",
    ParagraphRole.DECISION: "Decision",
    ParagraphRole.DECISION_DETAIL: "Decision Detail",
    ParagraphRole.QUESTION: "Question",
    ParagraphRole.RESPONSE: "Response",
    ParagraphRole.CELL_FIGURE: "Key Figure",
}
RUNNING_STYLES: Final = {
    RunningRole.STATUS: "Status Line",
    RunningRole.MARKING: "Handling Marking",
    RunningRole.CAVEAT: "Handling Caveat",
    RunningRole.EMBARGO: "Embargo Line",
    RunningRole.PAGE: "Page Number Line",
    RunningRole.IDENTITY: "Identity Line",
}


def cell_style(role: ParagraphRole, column: str) -> str:
    """The style of a paragraph in a table cell, by the key of its column."""
    style = PARAGRAPH_STYLES[role]
    return "Table Amount" if style == "Table Text" and column in AMOUNT_COLUMNS else style


def running_style(role: RunningRole, *, foot: bool) -> str:
    """The style of a running line."""
    return "Header" if role is RunningRole.IDENTITY and not foot else RUNNING_STYLES[role]


def levelled(style: str, level: int) -> str:
    """The style of a list on that level; levels past the third look like the third, as in Word's own set."""
    return style if level <= 1 else f"{style} {min(level, 3)}"


def mark_styles(mark: Mark) -> tuple[str, str]:
    """The character styles of a mark's kind (``Stance``) and of its value, which may give a colour to it."""
    kind = mark.kind.value.title()
    return kind, f"{kind} {mark.value.replace('_', ' ').title()}"


_EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})
RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof",
    "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
    "effect", "bdr", "shd",
    "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
"""The properties of a run in the schema's order (ECMA-376 17.3.2.28)."""


_DIRECTION: Final = ("bidi", "rtl", "bidiVisual")
"""What lets paragraphs, runs and tables go from right to left (ECMA-376 17.3.1.6, 17.3.2.30, 17.4.1)."""


def set_language(styles: Element, language: str, right_to_left: bool) -> None:
    """Set the language of all text of a styles part; styles lose their own, which speak of another text, and where the text runs from
    left to right their direction with it.
    """
    for element in [each for style in styles.iterfind(name("style")) for each in style.iter(name("lang"))]:
        remove(element)
    for element in [] if right_to_left else [each for local in _DIRECTION for each in styles.iter(name(local))]:
        remove(element)
    properties = _run_defaults(styles)
    existing = child(properties, "lang")
    if existing is not None:
        properties.remove(existing)
    east_asian = language.split("-")[0].lower() in _EAST_ASIAN
    properties.append(
        w("lang", val=language, eastAsia=language if east_asian else None, bidi=language if right_to_left else None)
    )
    _fill_fonts(properties)
    in_order(RUN_ORDER, properties)


def _run_defaults(styles: Element) -> Element:
    holder = styles
    for local in ("docDefaults", "rPrDefault", "rPr"):
        found = child(holder, local)
        if found is None:
            found = w(local)
            holder.insert(0, found)
        holder = found
    return holder


def _fill_fonts(properties: Element) -> None:
    """Name a font for each of the four kinds of script (ECMA-376 17.3.2.26), the Latin one where none is named."""
    fonts = child(properties, "rFonts")
    latin = value(fonts, "ascii")
    for script, theme in (("hAnsi", "hAnsiTheme"), ("eastAsia", "eastAsiaTheme"), ("cs", "cstheme")):
        if fonts is not None and latin and not value(fonts, script) and not value(fonts, theme):
            fonts.set(name(script), latin)


_LAST_RESORTS: Final = frozenset({"normal", "defaultparagraphfont", "normaltable", "tablenormal"})


def _plain(text: str) -> str:
    """A style's name or id as compared: Word changes case, and drops spaces from ids."""
    return "".join(text.casefold().split())


class StyleBook(StyleSheet):
    """The styles of one reference document.

    A style is found by its name, which Word keeps in English for its built-in styles, or else by its id, both without
    regard to case and spaces.
    """

    def __init__(self, styles: Element) -> None:
        super().__init__(styles)
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_id: dict[tuple[str, str], str] = {}
        self._usual: dict[str, str] = {}
        self._defined: dict[tuple[str | None, str, str], list[Element]] = {}
        for style in styles.iterfind(name("style")):
            self._enter(style)

    def _enter(self, style: Element) -> None:
        identifier, style_type = value(style, "styleId"), value(style, "type") or "paragraph"
        if identifier is None:
            return
        self._by_id.setdefault((style_type, _plain(identifier)), identifier)
        titles = [value(child(style, "name")) or "", *(value(child(style, "aliases")) or "").split(",")]
        for title in filter(None, titles):
            self._by_name.setdefault((style_type, _plain(title)), identifier)
        if value(style, "default") in ("1", "true", "on"):
            self._usual.setdefault(style_type, identifier)

    def identifier(self, style_type: str, title: str) -> str | None:
        """The id of the style with that name, alias or id; None where there is none."""
        plain = _plain(title)
        found = self._by_name.get((style_type, plain)) or self._by_id.get((style_type, plain))
        return self._usual.get(style_type) if found is None and plain in _LAST_RESORTS else found

    def has_id(self, identifier: str) -> bool:
        """Whether a style of any type has that id."""
        return bool(self.chain(identifier))

    def paragraph(self, style: str) -> str | None:
        """The id of the paragraph style."""
        return self.identifier("paragraph", style)

    def character(self, style: str, particular: str = "") -> str | None:
        """The id of the character style, or of the `particular` one that goes before it where there is one."""
        found = self.identifier("character", particular) if particular else None
        return found or self.identifier("character", style)

    def table(self, style: str) -> str | None:
        """The id of the table style."""
        return self.identifier("table", style)

    def defined(self, style: str | None, holder: str, local: str) -> list[Element]:
        """That property of paragraphs (`pPr`) or of runs (`rPr`) in the style with that id, in those it is based on, and in the
        defaults, nearest first.
        """
        key = style, holder, local
        if key not in self._defined:
            holders = [*(child(each, holder) for each in self.chain(style)), self.defaults(holder)]
            self._defined[key] = [found for each in holders if (found := child(each, local)) is not None]
        return self._defined[key]

    def is_bold(self, style: str) -> bool:
        """Whether that paragraph style is bold: a bold character style would undo it (17.7.3)."""
        return switched_on(next(iter(self.defined(self.paragraph(style), "rPr", "b")), None))

    def is_numbered(self, style: str) -> bool:
        """Whether that paragraph style numbers its paragraphs (17.9.18)."""
        instances = (value(child(each, "numId")) for each in self.defined(self.paragraph(style), "pPr", "numPr"))
        return next((found for found in instances if found is not None), "0") != "0"

    def outline(self, style: str) -> int:
        """The outline level that a paragraph style gives."""
        level = number(next(iter(self.defined(self.paragraph(style), "pPr", "outlineLvl")), None))
        return BODY_LEVEL if level is None else level

    def stops(self, identifier: str | None) -> list[int]:
        """Where the tab stops of the style with that id stand (17.3.1.38), in twentieths of a point; a nearer style clears those of others."""
        found: dict[int, bool] = {}
        for stops in self.defined(identifier, "pPr", "tabs"):
            for stop in children(stops, "tab"):
                found.setdefault(number(stop, "pos") or 0, value(stop) != "clear")
        return sorted(place for place, stands in found.items() if stands)

    def cuts(self, style: str) -> bool:
        """Whether a paragraph style has lines of one exact height, which cuts what is taller (17.3.1.33)."""
        return exact_line(self.defined(self.paragraph(style), "pPr", "spacing")) > 0
