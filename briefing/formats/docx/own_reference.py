"""The reference document that is made from a theme's tokens, where neither the theme nor the call brings one."""

from __future__ import annotations

import hashlib
import math
from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from lxml import etree

from briefing.formats.docx.elements import (
    SINGLE_SPACING,
    Element,
    R,
    W,
    child,
    filled,
    hex_colour,
    name,
    parsed,
    setting,
    w,
)
from briefing.formats.docx.embedded_fonts import embedded_font, font_key
from briefing.formats.docx.office_theme import colours_and_fonts, follow_theme, slots_of, theme_fonts
from briefing.formats.docx.own_styles import HEADINGS, LINE, NUMBERED, Style, character_styles, paragraph_styles
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.page import settings_root
from briefing.formats.docx.reference import Reference, kept_parts
from briefing.formats.docx.style_book import set_language
from briefing.lengths import LETTER, TWIPS_PER_POINT, Length, PaperSize
from briefing.themes.theme import Theme
from briefing.themes.tokens import Tokens
from briefing.themes.typeface import Face, FontFile

LANGUAGE: Final = "en-GB"
_LATENT_STYLES: Final = 376
_COLOUR_MAPPING: Final = {
    **{"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"},
    **{each: each for each in (*(f"accent{number}" for number in range(1, 7)), "hyperlink", "followedHyperlink")},
}
_LETTER: Final = {"top": 2, "right": 3, "bottom": 2.5, "left": 3}
"""How much further in the text stands on a Letter page, in millimetres, as in the PDF."""
_OBFUSCATED_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_EMBEDDED: Final = {
    Face.REGULAR: "embedRegular",
    Face.BOLD: "embedBold",
    Face.ITALIC: "embedItalic",
    Face.BOLD_ITALIC: "embedBoldItalic",
}
_TABLE_STYLES: Final = """
<w:styles xmlns:w="{namespace}">
  <w:style w:type="table" w:default="1" w:styleId="TableNormal">
    <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
    <w:tblPr>
      <w:tblInd w:w="0" w:type="dxa"/>
      <w:tblCellMar>
        <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
        <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
      </w:tblCellMar>
    </w:tblPr>
  </w:style>
  <w:style w:type="table" w:styleId="TableGrid">
    <w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>
    <w:tblPr><w:tblBorders>{grid}</w:tblBorders></w:tblPr>
  </w:style>
  <w:style w:type="table" w:customStyle="1" w:styleId="BriefingTable">
    <w:name w:val="Briefing Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/>
    <w:tblPr>
      <w:tblInd w:w="0" w:type="dxa"/>
      <w:tblBorders>{rows}</w:tblBorders>
      <w:tblCellMar>
        <w:top w:w="{above}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
        <w:bottom w:w="{below}" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>
      </w:tblCellMar>
    </w:tblPr>
    <w:tcPr><w:vAlign w:val="top"/></w:tcPr>
    <w:tblStylePr w:type="firstRow">
      <w:rPr><w:b/><w:bCs/></w:rPr>
      <w:tcPr><w:tcBorders>{heading}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>
    </w:tblStylePr>
    <w:tblStylePr w:type="lastCol"><w:tcPr><w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar></w:tcPr></w:tblStylePr>
  </w:style>
</w:styles>
"""
"""Word's own default, the grid that people know, and ours."""


def own_reference(theme: Theme, paper: PaperSize) -> Reference:
    """The parts that give a Word document on that `paper` the theme's look. They are new each time, for the writer changes them."""
    tokens, fonts = theme.tokens, theme.fonts()
    paragraphs = paragraph_styles(tokens)
    styles = _styles(tokens, paragraphs, fonts[Face.REGULAR].metrics().line)
    numbering = list_definitions(paragraphs, tokens.colour.accent)
    for root in (styles, numbering):
        follow_theme(root, slots_of(tokens))
    settings = _settings()
    assembly = Assembly.start()
    for address, content_type, relationship, root in (
        ("styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles),
        ("numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering),
        ("settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings),
        ("theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, colours_and_fonts(theme)),
    ):
        assembly.relate(assembly.tree(f"/word/{address}", content_type, root), relationship)
    assembly.relate(_font_table(assembly, tokens, fonts), RELATIONSHIP_TYPE.FONT_TABLE)
    body = w("body", _page(tokens, paper))
    return Reference(kept_parts(assembly.main), styles, numbering, settings, body, compressed=assembly.compressed)


def _styles(tokens: Tokens, paragraphs: tuple[Style, ...], single_line: float) -> Element:
    """The styles part; `single_line` is what Word calls single spacing of the family, in parts of the type size."""
    family, size = tokens.font.family, _half_points(tokens.size.text)
    fonts = theme_fonts(family, "minorHAnsi")
    run = w("rPr", fonts, w("kern", val=0), w("sz", val=size), w("szCs", val=size))
    line = _line_spacing(LINE * tokens.space.lines, single_line)
    paragraph = w("pPr", w("widowControl"), w("spacing", before=0, after=0, line=line, lineRule="auto"))
    styles = (*paragraphs, *character_styles(tokens))
    root = w("styles", w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph)), _latent(styles))
    for style in styles:
        element = style_element(style, single_line)
        properties = child(element, "rPr")
        if style.name in HEADINGS and properties is not None:
            properties.insert(0, theme_fonts(family, "majorHAnsi"))
        root.append(element)
    root.extend(table_styles(tokens))
    set_language(root, LANGUAGE, right_to_left=False)
    etree.cleanup_namespaces(root)
    return root


def _latent(styles: tuple[Style, ...]) -> Element:
    """What Word is to think of its built-in styles: those defined here are offered, the others out of sight."""
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


def style_element(style: Style, single_line: float) -> Element:
    """A style's element, in the order that the schema wants (ECMA-376 part 1, 17.7)."""
    is_first = style.based_on is None
    return w(
        "style",
        w("name", val=style.name),
        setting("basedOn", style.based_on and _style_id(style.based_on)),
        setting("next", style.next and _style_id(style.next)),
        setting("uiPriority", style.priority or None),
        setting("semiHidden", is_first and style.kind == "character"),
        setting("unhideWhenUsed", not style.quick),
        setting("qFormat", style.quick),
        filled("pPr", *_paragraph_properties(style, single_line)),
        filled("rPr", *_run_properties(style)),
        type=style.kind,
        default=1 if is_first else None,
        customStyle=1 if style.own else None,
        styleId=_style_id(style.name),
    )


def _paragraph_properties(style: Style, single_line: float) -> tuple[Element | None, ...]:
    rules = (
        w(each.side, val="single", sz=round(each.width * 8), space=round(each.space), color=hex_colour(each.colour))
        for each in style.borders
    )
    line = SINGLE_SPACING if style.single else None if style.line is None else _line_spacing(style.line, single_line)
    rule = None if line is None else "auto"
    return (
        setting("keepNext", style.keep_next),
        setting("keepLines", style.keep_lines),
        filled("numPr", setting("numId", style.numbering)),
        filled("pBdr", *rules),
        w("shd", val="clear", color="auto", fill=hex_colour(style.shade)) if style.shade else None,
        w("tabs", w("tab", val="left", pos=_twips(style.tab))) if style.tab else None,
        filled("spacing", before=_twips(style.before), after=_twips(style.after), line=line, lineRule=rule),
        filled("ind", left=_twips(style.left), right=_twips(style.right), hanging=_twips(style.hanging)),
        setting("contextualSpacing", style.contextual),
        setting("jc", style.align),
        setting("outlineLvl", style.outline),
    )


def _run_properties(style: Style) -> tuple[Element | None, ...]:
    size = None if style.size is None else _half_points(style.size)
    return (
        *(setting(local, style.bold) for local in ("b", "bCs")),
        *(setting(local, style.italic) for local in ("i", "iCs")),
        setting("color", hex_colour(style.colour)),
        setting("spacing", _twips(style.letter_space)),
        *(setting(local, size) for local in ("sz", "szCs")),
        w("u", val="single") if style.underline else None,
        w("bdr", val="single", sz=4, space=1, color=hex_colour(style.box)) if style.box else None,
        setting("vertAlign", "baseline" if style.on_line else "superscript" if style.raised else None),
    )


def _style_id(name: str) -> str:
    """The id that Word itself would give a style of that name in English."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def _line_spacing(line: float, single_line: float) -> int:
    """The distance of lines, given in parts of the type size, in 240ths of single spacing (17.3.1.33)."""
    return round(line / single_line * SINGLE_SPACING)


def _half_points(size: float) -> int:
    """A type size as Word holds it (17.3.2.38), rounded up: small type does not get smaller in Word."""
    return math.ceil(size * 2)


def _twips(points: float | None) -> int | None:
    return None if points is None else round(points * TWIPS_PER_POINT)


def table_styles(tokens: Tokens) -> Element:
    """The table styles, in the root of a part."""

    def rules(colour: str, eighths: int, *sides: str) -> str:
        look = f'w:val="single" w:sz="{eighths}" w:space="0" w:color="{hex_colour(colour)}"'
        return "".join(f"<w:{side} {look}/>" for side in sides)

    colour, space = tokens.colour, tokens.space
    return parsed(
        _TABLE_STYLES,
        namespace=W,
        grid=rules(colour.rule, 4, "top", "left", "bottom", "right", "insideH", "insideV"),
        rows=rules(colour.rule, 4, "bottom", "insideH"),
        heading=rules(colour.accent, 8, "bottom"),
        above=str(round(70 * space.rows)),
        below=str(round(30 * space.rows)),
    )


def list_definitions(styles: tuple[Style, ...], colour: str) -> Element:
    """The definitions that list styles are linked to, so that an editor's new item gets its bullet or number."""
    root = w("numbering")
    listed = [(style, style.numbering) for style in styles if style.numbering]
    for style, number in listed:
        bulleted = "Bullet" in style.name
        level = w(
            "lvl",
            w("start", val=1),
            w("numFmt", val="bullet" if bulleted else "decimal"),
            w("pStyle", val=_style_id(style.name)),
            w("lvlText", val="•" if bulleted else "%1."),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=_twips(style.left), hanging=_twips(style.hanging))),
            None if style.name == NUMBERED else w("rPr", w("color", val=hex_colour(colour))),
            ilvl=0,
        )
        stable = w("nsid", val=f"{0x4B520000 + number:08X}"), w("tmpl", val=f"{0x4B530000 + number:08X}")
        multilevel = w("multiLevelType", val="singleLevel")
        root.append(w("abstractNum", stable[0], multilevel, stable[1], level, abstractNumId=number))
    root.extend(w("num", w("abstractNumId", val=number), numId=number) for _, number in listed)
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
    return settings_root(given, LANGUAGE, right_to_left=False)


def _page(tokens: Tokens, paper: PaperSize) -> Element:
    """The page, its text as wide on Letter as on A4."""
    margin, more = tokens.margin, _LETTER if paper.name == LETTER.name else {}
    lengths = {
        "top": margin.top,
        "right": margin.right,
        "bottom": margin.bottom,
        "left": margin.left,
        "header": margin.header,
        "footer": margin.footer,
    }
    twips = {side: Length.from_millimetres(length).twips for side, length in lengths.items()}
    twips |= {side: Length.from_millimetres(lengths[side] + extra).twips for side, extra in more.items()}
    size = w("pgSz", w=paper.width.twips, h=paper.height.twips)
    return w("sectPr", size, w("pgMar", **twips, gutter=0), w("cols", space=720))


def _font_table(assembly: Assembly, tokens: Tokens, fonts: dict[Face, FontFile]) -> XmlPart:
    """The part that names the family, with its faces as far as they may be embedded, so that the text looks the same
    where it is not installed, and families like it for programs that read no embedded fonts.
    """
    root = etree.Element(name("fonts"), nsmap={"w": W, "r": R})
    part = assembly.tree("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, root)
    faces = []
    for number, (face, file) in enumerate(sorted(fonts.items(), key=lambda each: list(Face).index(each[0])), 1):
        if file.metrics().may_be_edited:
            key = font_key(file.name)
            data, compressed = embedded_font(file, key)
            font = assembly.blob(f"/word/fonts/font{number}.odttf", _OBFUSCATED_FONT, data)
            if compressed is not None:
                assembly.compressed[hashlib.sha256(data).digest()] = compressed
            embedded = w(_EMBEDDED[face], fontKey=f"{{{key}}}")
            embedded.set(f"{{{R}}}id", part.relate_to(font, RELATIONSHIP_TYPE.FONT))
            faces.append(embedded)
    metrics = fonts[Face.REGULAR].metrics()
    fallbacks = ",".join(each.strip() for each in tokens.font.fallbacks.split(","))
    root.append(
        w(
            "font",
            setting("altName", fallbacks or None),
            w("panose1", val=metrics.panose.hex().upper()),
            w("charset", val="00"),
            w("family", val="roman" if metrics.has_serifs else "swiss"),
            w("pitch", val="variable"),
            *faces,
            name=tokens.font.family,
        )
    )
    return part
