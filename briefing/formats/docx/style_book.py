"""The styles that the writer names, found in a reference document, and the nearest ones where it lacks them.

Word's built-in names are used wherever there is one, because other programs and people's habits know them; own styles
are based on built-in ones. Each chain of paragraph styles ends at the document's default style.
"""

from __future__ import annotations

from typing import Final

from briefing.document.inlines import Mark, MarkKind
from briefing.document.tree import ParagraphRole, RunningRole
from briefing.errors import Problem, Severity
from briefing.formats.docx.elements import Element, child, in_order, name, switched_on, value, w
from briefing.formats.docx.read_styles import StyleSheet

PARAGRAPH_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Title": ("Heading 1",),
    "Subtitle": ("Body Text",),
    "Heading 1": ("Title",),
    "Heading 2": ("Heading 1",),
    "Heading 3": ("Heading 2", "Heading 1"),
    "Body Text": ("Normal",),
    "List Bullet": ("List Paragraph", "Body Text", "Normal"),
    "List Bullet 2": ("List Bullet", "List Paragraph", "Body Text", "Normal"),
    "List Bullet 3": ("List Bullet 2", "List Bullet", "List Paragraph", "Body Text", "Normal"),
    "List Number": ("List Paragraph", "Body Text", "Normal"),
    "List Number 2": ("List Number", "List Paragraph", "Body Text", "Normal"),
    "List Number 3": ("List Number 2", "List Number", "List Paragraph", "Body Text", "Normal"),
    "List Continue": ("List Paragraph", "Body Text", "Normal"),
    "List Continue 2": ("List Continue", "List Paragraph", "Body Text", "Normal"),
    "List Continue 3": ("List Continue 2", "List Continue", "List Paragraph", "Body Text", "Normal"),
    "Quote": ("Intense Quote", "Block Text", "Body Text", "Normal"),
    "Caption": ("Body Text", "Normal"),
    "Header": ("Normal",),
    "Footer": ("Header", "Normal"),
    "Endnote Text": ("Footnote Text", "Body Text", "Normal"),
    "Footnote Text": ("Endnote Text", "Body Text", "Normal"),
    "Series Line": ("Subtitle", "Body Text", "Normal"),
    "Masthead Fact": ("Body Text", "Normal"),
    "Bottom Line": ("Intense Quote", "Body Text", "Normal"),
    "Introduction": ("Body Text", "Normal"),
    "Proposition": ("Intense Quote", "Body Text", "Normal"),
    "Quote Label": ("Caption", "Body Text", "Normal"),
    "Attribution": ("Body Text", "Normal"),
    "Detail": ("Body Text", "Normal"),
    "Source Entry": ("Endnote Text", "Footnote Text", "Body Text", "Normal"),
    "Figure": ("Body Text", "Normal"),
    "Table Heading": ("Table Text", "Normal"),
    "Table Text": ("Normal",),
    "Table Lead": ("Table Text", "Normal"),
    "Table Amount": ("Table Text", "Normal"),
    "Table Amount Heading": ("Table Heading", "Table Text", "Normal"),
    "Table Detail": ("Table Text", "Normal"),
    "Table Bullet": ("List Bullet", "List Paragraph", "Normal"),
    "Table Number": ("List Number", "List Paragraph", "Normal"),
    "Handling Marking": ("Header", "Normal"),
    "Handling Caveat": ("Handling Marking", "Header", "Normal"),
    "Identity Line": ("Footer", "Header", "Normal"),
    "Page Number Line": ("Footer", "Header", "Normal"),
}
AMOUNT_COLUMNS: Final = frozenset({"number", "value"})
"""The keys of columns that hold numbers, which are set flush right."""

LED_STYLES: Final = frozenset({"Attribution", "Table Lead"})
"""Paragraph styles whose own words are set in the character style *Lead*, while citations and marks among them are not."""

STRESSED_STYLES: Final = frozenset({"Handling Marking", "Quote Label", "Table Amount Heading", "Table Heading"})
"""Paragraph styles whose text must stand out: it is set in strong type where the reference document lacks them."""

CHARACTER_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Strong": (),
    "Emphasis": (),
    "Hyperlink": (),
    "Endnote Reference": ("Footnote Reference",),
    "Footnote Reference": ("Endnote Reference",),
    "Fact Label": ("Strong",),
    "Caption Label": ("Strong",),
    "Lead": ("Strong",),
    **{kind.value.title(): ("Strong",) for kind in MarkKind},
}
TABLE_FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "Briefing Table": ("Table Grid", "Plain Table 1", "Grid Table Light", "Table Normal"),
}
_FALLBACKS: Final = {"paragraph": PARAGRAPH_FALLBACKS, "character": CHARACTER_FALLBACKS, "table": TABLE_FALLBACKS}
"""The styles to try, nearest first, where the reference document has none of a name."""

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
}
RUNNING_STYLES: Final = {
    RunningRole.MARKING: "Handling Marking",
    RunningRole.CAVEAT: "Handling Caveat",
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
_RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof",
    "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
    "effect", "bdr", "shd",
    "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip


def set_language(styles: Element, language: str, right_to_left: bool) -> None:
    """Set the language of all text of a styles part; styles lose their own, which speak of another text."""
    for style in styles.iterfind(name("style")):
        for element in list(style.iter(name("lang"))):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    properties = _run_defaults(styles)
    existing = child(properties, "lang")
    if existing is not None:
        properties.remove(existing)
    east_asian = language.split("-")[0].lower() in _EAST_ASIAN
    properties.append(
        w("lang", val=language, eastAsia=language if east_asian else None, bidi=language if right_to_left else None)
    )
    _fill_fonts(properties)
    in_order(_RUN_ORDER, properties)


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


_LAST_RESORTS = frozenset({"normal", "default paragraph font", "table normal"})


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
        self._found: dict[tuple[str, str], str | None] = {}
        self._problems: dict[str, Problem] = {}
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

    def paragraph(self, style: str) -> str | None:
        """The id of the paragraph style, or of the nearest there is; None stands for the document's default."""
        return self._find("paragraph", style)

    def has_paragraph(self, style: str) -> bool:
        """Whether the reference document has that very paragraph style."""
        return self._identifier("paragraph", style) is not None

    def is_bold(self, style: str) -> bool:
        """Whether that paragraph style, or the one used instead, is bold: a bold character style would undo it (17.7.3)."""
        for each in self.chain(self.paragraph(style)):
            bold = child(each, "rPr", "b")
            if bold is not None:
                return switched_on(bold)
        return False

    def is_numbered(self, style: str) -> bool:
        """Whether that paragraph style, or the one used instead, numbers its paragraphs (17.9.18)."""
        instances = (value(child(each, "pPr", "numPr", "numId")) for each in self.chain(self.paragraph(style)))
        return next((found for found in instances if found is not None), "0") != "0"

    def character_if_there(self, style: str) -> str | None:
        """The id of a character style that nobody misses where the reference document has none."""
        return self._identifier("character", style)

    def character(self, style: str, particular: str = "") -> str | None:
        """The id of the character style, or of the nearest there is; None leaves the text as it is.

        `particular` is a style that goes before it where the reference document has one, and that nobody misses where
        it has not.
        """
        found = self.character_if_there(particular) if particular else None
        return found or self._find("character", style)

    def table(self, style: str) -> str | None:
        """The id of the table style, or of the nearest there is."""
        return self._find("table", style)

    def problems(self) -> tuple[Problem, ...]:
        """A warning for each style that was wanted and missing, in the order in which they were wanted."""
        return tuple(self._problems.values())

    def _find(self, style_type: str, wanted: str) -> str | None:
        if (style_type, wanted) not in self._found:
            self._found[style_type, wanted] = self._look_up(style_type, wanted)
        return self._found[style_type, wanted]

    def _look_up(self, style_type: str, wanted: str) -> str | None:
        for title in (wanted, *_FALLBACKS[style_type][wanted]):
            identifier = self._identifier(style_type, title)
            if identifier is not None:
                if title != wanted:
                    self._report(style_type, wanted, f"its style '{title}' is used instead")
                return identifier
        if style_type == "character":
            self._report(style_type, wanted, "the text looks like the rest of its paragraph")
            return None
        self._report(style_type, wanted, "the document's default is used instead")
        return self._usual.get(style_type)

    def _identifier(self, style_type: str, title: str) -> str | None:
        plain = _plain(title)
        found = self._by_name.get((style_type, plain)) or self._by_id.get((style_type, plain))
        return self._usual.get(style_type) if found is None and plain in _LAST_RESORTS else found

    def _report(self, style_type: str, wanted: str, instead: str) -> None:
        problem = Problem(
            "missing-style",
            f"the reference document has no {style_type} style '{wanted}'; {instead}",
            f"add a {style_type} style of that name to it",
            severity=Severity.WARNING,
        )
        self._problems.setdefault(wanted, problem)
