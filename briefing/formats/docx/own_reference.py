"""The reference document that is made from a theme's tokens, where neither the theme nor the call brings one."""

from __future__ import annotations

import hashlib
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from lxml import etree

from briefing.formats.docx.elements import A, Element, R, W, name, w
from briefing.formats.docx.endnotes import settings_root
from briefing.formats.docx.own_style_elements import (
    character_style,
    half_points,
    hexadecimal,
    line_spacing,
    paragraph_style,
    style_id,
    table_styles,
)
from briefing.formats.docx.own_styles import LINE, CharacterStyle, ParagraphStyle, character_styles, paragraph_styles
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.reference import Reference, kept_parts
from briefing.formats.docx.style_book import set_language
from briefing.lengths import Length
from briefing.themes.theme import WHITE, Theme
from briefing.themes.tokens import Tokens
from briefing.themes.typeface import Face, FontFile

LANGUAGE: Final = "en-GB"
_LATENT_STYLES: Final = 376
_BULLET: Final = "•"
_COLOUR_MAPPING: Final = {
    **{"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"},
    **{each: each for each in (*(f"accent{number}" for number in range(1, 7)), "hyperlink", "followedHyperlink")},
}
_LOWER: Final = 2
"""How much lower than in the PDF text starts, in millimetres: in Word the running lines stand one below the other."""
_HIGHER: Final = 6.5
"""How much higher it ends."""
_OBFUSCATED_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED_BYTES: Final = 32
_EMBEDDED: Final = {
    Face.REGULAR: "embedRegular",
    Face.BOLD: "embedBold",
    Face.ITALIC: "embedItalic",
    Face.BOLD_ITALIC: "embedBoldItalic",
}


def own_reference(theme: Theme) -> Reference:
    """The parts that give a Word document the theme's look. They are new each time, for the writer changes them."""
    tokens, fonts = theme.tokens, theme.fonts()
    paragraphs = paragraph_styles(tokens)
    styles = _styles(tokens, paragraphs, fonts[Face.REGULAR].metrics().line)
    numbering = _numbering(paragraphs, tokens.colour.accent)
    settings = _settings()
    assembly = Assembly.start()
    for address, content_type, relationship, root in (
        ("styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles),
        ("numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering),
        ("settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings),
        ("theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, _colours_and_fonts(theme)),
    ):
        assembly.relate(assembly.tree(f"/word/{address}", content_type, root), relationship)
    assembly.relate(_font_table(assembly, tokens, fonts), RELATIONSHIP_TYPE.FONT_TABLE)
    return Reference(kept_parts(assembly.main), styles, numbering, settings, w("body", _page(tokens)))


def _styles(tokens: Tokens, paragraphs: tuple[ParagraphStyle, ...], single_line: float) -> Element:
    """The styles part; `single_line` is what Word calls single spacing of the family, in parts of the type size."""
    family, size = tokens.font.family, half_points(tokens.size.text)
    fonts = w("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family)
    run = w("rPr", fonts, w("kern", val=0), w("sz", val=size), w("szCs", val=size))
    line = line_spacing(LINE * tokens.space.lines, single_line)
    paragraph = w("pPr", w("widowControl"), w("spacing", before=0, after=0, line=line, lineRule="auto"))
    characters = character_styles(tokens)
    defaults = w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))
    root = w("styles", defaults, _latent((*paragraphs, *characters)))
    root.extend(paragraph_style(style, single_line) for style in paragraphs)
    root.extend(map(character_style, characters))
    root.extend(table_styles(tokens))
    set_language(root, LANGUAGE, right_to_left=False)
    etree.cleanup_namespaces(root)
    return root


def _latent(styles: tuple[ParagraphStyle | CharacterStyle, ...]) -> Element:
    """What Word is to think of its built-in styles: those that are defined here are offered, the others wait out of
    sight.
    """
    built_in = [(style.name, style.priority, style.quick) for style in styles if not style.own]
    return w(
        "latentStyles",
        *(w("lsdException", name=name, uiPriority=priority, qFormat=int(quick)) for name, priority, quick in built_in),
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=_LATENT_STYLES,
    )


def _numbering(styles: tuple[ParagraphStyle, ...], colour: str) -> Element:
    """The list definitions that the list styles are linked to, so that an editor's new item gets its bullet or
    number from its style.
    """
    root = w("numbering")
    listed = [style for style in styles if style.numbering]
    for style in listed:
        bulleted = "Bullet" in style.name
        root.append(
            w(
                "abstractNum",
                w("nsid", val=f"{0x4B520000 + (style.numbering or 0):08X}"),
                w("multiLevelType", val="singleLevel"),
                w("tmpl", val=f"{0x4B530000 + (style.numbering or 0):08X}"),
                w(
                    "lvl",
                    w("start", val=1),
                    w("numFmt", val="bullet" if bulleted else "decimal"),
                    w("pStyle", val=style_id(style.name)),
                    w("lvlText", val=_BULLET if bulleted else "%1."),
                    w("lvlJc", val="left"),
                    w("pPr", w("ind", left=round((style.left or 0) * 20), hanging=round(-(style.first or 0) * 20))),
                    w("rPr", w("color", val=hexadecimal(colour))),
                    ilvl=0,
                ),
                abstractNumId=style.numbering,
            )
        )
    root.extend(w("num", w("abstractNumId", val=style.numbering), numId=style.numbering) for style in listed)
    return root


def _settings() -> Element:
    given = w(
        "settings",
        w("embedTrueTypeFonts"),
        w("saveSubsetFonts"),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("themeFontLang", val=LANGUAGE),
        w("clrSchemeMapping", **_COLOUR_MAPPING),
    )
    return settings_root(given, LANGUAGE, right_to_left=False, notes=False)


def _page(tokens: Tokens) -> Element:
    """The page. On Letter its margins are the same."""
    margin, paper = tokens.margin, tokens.paper_size
    lengths = {
        "top": margin.top + _LOWER,
        "right": margin.right,
        "bottom": margin.bottom + _HIGHER,
        "left": margin.left,
        "header": margin.header,
        "footer": margin.footer,
    }
    twips = {side: Length.from_millimetres(length).twips for side, length in lengths.items()}
    return w(
        "sectPr",
        w("pgSz", w=paper.width.twips, h=paper.height.twips),
        w("pgMar", **twips, gutter=0),
        w("cols", space=720),
    )


def _colours_and_fonts(theme: Theme) -> Element:
    """The Office theme part: colours for Word's picker, the family for its font menu (ECMA-376 part 1, 20.1.6.9)."""
    colour, family = theme.tokens.colour, theme.tokens.font.family
    title = "".join(letter for letter in theme.name if letter.isprintable()).capitalize()
    slots = {
        "dk1": colour.ink,
        "lt1": WHITE,
        "dk2": colour.accent,
        "lt2": colour.pale,
        "accent1": colour.accent,
        "accent2": colour.positive,
        "accent3": colour.negative,
        "accent4": colour.caution,
        "accent5": colour.edge,
        "accent6": colour.secondary,
        "hlink": colour.link,
        "folHlink": colour.reference,
    }
    root = etree.Element(f"{{{A}}}theme", {"name": title}, nsmap={"a": A})
    elements = _below(root, "themeElements")
    colours = _below(elements, "clrScheme", name=title)
    for slot, value in slots.items():
        _below(_below(colours, slot), "srgbClr", val=hexadecimal(value))
    fonts = _below(elements, "fontScheme", name=title)
    for part in ("majorFont", "minorFont"):
        font = _below(fonts, part)
        _below(font, "latin", typeface=family)
        _below(font, "ea", typeface="")
        _below(font, "cs", typeface="")
    formats = _below(elements, "fmtScheme", name=title)
    for part, count in (("fillStyleLst", 3), ("lnStyleLst", 3), ("effectStyleLst", 3), ("bgFillStyleLst", 3)):
        holder = _below(formats, part)
        for _ in range(count):
            _format(holder, part)
    return root


def _format(holder: Element, part: str) -> None:
    """One of the three plain formats that each list must have."""
    if part == "effectStyleLst":
        _below(_below(holder, "effectStyle"), "effectLst")
        return
    target = _below(holder, "ln", w="6350") if part == "lnStyleLst" else holder
    _below(_below(target, "solidFill"), "schemeClr", val="phClr")


def _below(parent: Element, local: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{A}}}{local}", attributes)


def _font_table(assembly: Assembly, tokens: Tokens, fonts: dict[Face, FontFile]) -> XmlPart:
    """The part that names the family, with its faces as far as they may be embedded, so that the text looks the same
    where it is not installed, and families like it for programs that read no embedded fonts.
    """
    root = etree.Element(name("fonts"), nsmap={"w": W, "r": R})
    part = assembly.tree("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, root)
    faces = []
    for number, (face, file) in enumerate(sorted(fonts.items(), key=lambda each: list(Face).index(each[0])), 1):
        if file.metrics().may_be_embedded:
            key = _key(file.name)
            font = assembly.blob(f"/word/fonts/font{number}.odttf", _OBFUSCATED_FONT, _obfuscated(file.data, key))
            embedded = w(_EMBEDDED[face], fontKey=f"{{{key}}}")
            embedded.set(f"{{{R}}}id", part.relate_to(font, RELATIONSHIP_TYPE.FONT))
            faces.append(embedded)
    metrics = fonts[Face.REGULAR].metrics()
    fallbacks = ",".join(each.strip() for each in tokens.font.fallbacks.split(","))
    root.append(
        w(
            "font",
            w("altName", val=fallbacks) if fallbacks else None,
            w("panose1", val=metrics.panose.hex().upper()),
            w("charset", val="00"),
            w("family", val="roman" if metrics.has_serifs else "swiss"),
            w("pitch", val="variable"),
            *faces,
            name=tokens.font.family,
        )
    )
    return part


def _obfuscated(data: bytes, key: str) -> bytes:
    """A font as ECMA-376 part 4, 17.8.1 wants it embedded: its first 32 bytes mixed with its key."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(data[:_OBFUSCATED_BYTES], mask, strict=True))
    return head + data[_OBFUSCATED_BYTES:]


def _key(file: str) -> str:
    """A GUID for a font file, the same on every run."""
    digits = hashlib.sha256(file.encode()).hexdigest()[:32].upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
