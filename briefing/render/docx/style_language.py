"""The document's language and its fonts for every script, set where all styles start from."""

from __future__ import annotations

from typing import Final

from briefing.render.docx.markup import Element, child, in_order, name, w

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
