"""Finding styles in a reference document, once each, and saying what was missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.errors import Problem, Severity
from briefing.formats.docx.elements import Element, child, in_order, name, switched_on, value, w
from briefing.formats.docx.style_names import StyleType, fallbacks

_EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})
_RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof",
    "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
    "effect", "bdr", "shd",
    "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip


def set_language(styles: Element, language: str, right_to_left: bool) -> None:
    """Set the language of all text of a styles part; styles lose languages of their own, which would speak of
    another text.
    """
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
    defaults = child(styles, "docDefaults")
    if defaults is None:
        defaults = w("docDefaults")
        styles.insert(0, defaults)
    holder = child(defaults, "rPrDefault")
    if holder is None:
        holder = w("rPrDefault")
        defaults.insert(0, holder)
    properties = child(holder, "rPr")
    if properties is None:
        properties = w("rPr")
        holder.append(properties)
    return properties


def _fill_fonts(properties: Element) -> None:
    """Name a font for each of the four kinds of script (ECMA-376 17.3.2.26), the Latin one where none is named."""
    fonts = child(properties, "rFonts")
    if fonts is None:
        return
    latin = fonts.get(name("ascii"))
    for script in ("hAnsi", "eastAsia", "cs"):
        if (
            latin
            and not fonts.get(name(script))
            and not fonts.get(name("cstheme" if script == "cs" else f"{script}Theme"))
        ):
            fonts.set(name(script), latin)


_LAST_RESORTS = frozenset({"normal", "default paragraph font", "table normal"})


def _plain(text: str) -> str:
    """A style's name or id as compared: Word changes case, and drops spaces from ids."""
    return "".join(text.casefold().split())


class StyleBook:
    """The styles of one reference document.

    A style is found by its name, which Word keeps in English for its built-in styles, or else by its id, both without
    regard to case and spaces.
    """

    def __init__(self, styles: Element) -> None:
        self._elements: dict[str, Element] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_id: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, str] = {}
        self._found: dict[tuple[StyleType, tuple[str, ...]], str | None] = {}
        self._problems: dict[str, Problem] = {}
        for style in styles.iterfind(name("style")):
            self._enter(style)

    def _enter(self, style: Element) -> None:
        identifier, style_type = value(style, "styleId"), value(style, "type") or "paragraph"
        if identifier is None:
            return
        self._elements.setdefault(identifier, style)
        self._by_id.setdefault((style_type, _plain(identifier)), identifier)
        titles = [value(child(style, "name")) or "", *(value(child(style, "aliases")) or "").split(",")]
        for title in filter(None, titles):
            self._by_name.setdefault((style_type, _plain(title)), identifier)
        if value(style, "default") in ("1", "true", "on"):
            self._defaults.setdefault(style_type, identifier)

    def paragraph(self, style: str) -> str | None:
        """The id of the paragraph style, or of the nearest there is; None leaves the paragraph to the document's
        default.
        """
        return self._find(StyleType.PARAGRAPH, (style, *fallbacks(StyleType.PARAGRAPH, style)))

    def has_paragraph(self, style: str) -> bool:
        """Whether the reference document has that very paragraph style."""
        return self._identifier(StyleType.PARAGRAPH, style) is not None

    def is_bold(self, style: str) -> bool:
        """Whether that paragraph style, or the one used instead, is bold: a bold character style would undo it (17.7.3)."""
        for each in self.lineage(self.paragraph(style)):
            bold = each.find(f"{name('rPr')}/{name('b')}")
            if bold is not None:
                return switched_on(bold)
        return False

    def character_if_there(self, style: str) -> str | None:
        """The id of a character style that nobody misses where the reference document has none."""
        return self._identifier(StyleType.CHARACTER, style)

    def character(self, style: str, particular: str = "") -> str | None:
        """The id of the character style, or of the nearest there is; None leaves the text as it is.

        `particular` is a style that goes before it where the reference document has one, and that nobody misses where
        it has not.
        """
        found = self.character_if_there(particular) if particular else None
        return found or self._find(StyleType.CHARACTER, (style, *fallbacks(StyleType.CHARACTER, style)))

    def table(self, style: str) -> str | None:
        """The id of the table style, or of the nearest there is."""
        return self._find(StyleType.TABLE, (style, *fallbacks(StyleType.TABLE, style)))

    def problems(self) -> tuple[Problem, ...]:
        """A warning for each style that was wanted and missing, in the order in which they were wanted."""
        return tuple(self._problems.values())

    def lineage(self, identifier: str | None) -> Iterator[Element]:
        """A style and the ones it is based on, nearest first."""
        seen: set[str] = set()
        while identifier is not None and identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            style = self._elements[identifier]
            yield style
            identifier = value(child(style, "basedOn"))

    def _find(self, style_type: StyleType, chain: tuple[str, ...]) -> str | None:
        if (style_type, chain) not in self._found:
            self._found[style_type, chain] = self._look_up(style_type, chain)
        return self._found[style_type, chain]

    def _look_up(self, style_type: StyleType, chain: tuple[str, ...]) -> str | None:
        wanted = chain[0]
        for place, title in enumerate(chain):
            identifier = self._identifier(style_type, title)
            if identifier is not None:
                if place:
                    self._report(style_type, wanted, f"its style '{title}' is used instead")
                return identifier
        if style_type is StyleType.CHARACTER:
            self._report(style_type, wanted, "the text looks like the rest of its paragraph")
            return None
        self._report(style_type, wanted, "the document's default is used instead")
        return self._defaults.get(style_type)

    def _identifier(self, style_type: StyleType, title: str) -> str | None:
        plain = _plain(title)
        found = self._by_name.get((style_type, plain)) or self._by_id.get((style_type, plain))
        if found is None and plain in _LAST_RESORTS:
            found = self._defaults.get(style_type)
        return found

    def _report(self, style_type: StyleType, wanted: str, instead: str) -> None:
        self._problems.setdefault(
            wanted,
            Problem(
                "missing-style",
                f"the reference document has no {style_type} style '{wanted}'; {instead}",
                f"add a {style_type} style of that name to it",
                severity=Severity.WARNING,
            ),
        )
