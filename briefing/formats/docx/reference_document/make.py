"""Making the reference document, part by part."""

from __future__ import annotations

from typing import Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefing.formats.docx.endnotes import settings_root
from briefing.formats.docx.markup import Element, w, words
from briefing.formats.docx.package import Assembly
from briefing.formats.docx.reference_document import look
from briefing.formats.docx.reference_document.character_styles import CHARACTER_STYLES, CharacterStyle
from briefing.formats.docx.reference_document.fonts import font_table
from briefing.formats.docx.reference_document.paragraph_styles import PARAGRAPH_STYLES, ParagraphStyle
from briefing.formats.docx.reference_document.style_elements import character_style, paragraph_style, style_id
from briefing.formats.docx.reference_document.table_style import table_styles
from briefing.formats.docx.reference_document.theme import theme
from briefing.formats.docx.style_book import set_language
from briefing.lengths import A4, Length

LANGUAGE: Final = "en-GB"
_LINE: Final = 1.38
_LATENT_STYLES: Final = 376
_BULLET: Final = "•"


def reference_document() -> bytes:
    """The DOCX file that holds the policy theme's styles, with a specimen of each as its text."""
    assembly = Assembly.start()
    assembly.main.element.append(_body())
    for address, content_type, relationship, root in (
        ("styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, _styles()),
        ("numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, _numbering()),
        ("settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, _settings()),
        ("theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, theme()),
    ):
        assembly.relate(assembly.tree(f"/word/{address}", content_type, root), relationship)
    assembly.relate(font_table(assembly), RELATIONSHIP_TYPE.FONT_TABLE)
    return assembly.finished()


def _styles() -> Element:
    fonts = w("rFonts", ascii=look.FAMILY, hAnsi=look.FAMILY, eastAsia=look.FAMILY, cs=look.FAMILY)
    size = round(look.TEXT_SIZE * 2)
    run = w("rPr", fonts, w("kern", val=0), w("sz", val=size), w("szCs", val=size))
    paragraph = w(
        "pPr",
        w("widowControl"),
        w("spacing", before=0, after=0, line=round(_LINE / look.NATURAL_LINE * 240), lineRule="auto"),
    )
    root = w("styles", w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph)), _latent())
    root.extend(map(paragraph_style, PARAGRAPH_STYLES))
    root.extend(map(character_style, CHARACTER_STYLES))
    root.extend(table_styles())
    set_language(root, LANGUAGE, right_to_left=False)
    etree.cleanup_namespaces(root)
    return root


def _latent() -> Element:
    """What Word is to think of its built-in styles: those that are defined here are offered, the others wait out of
    sight.
    """
    styles: tuple[ParagraphStyle | CharacterStyle, ...] = (*PARAGRAPH_STYLES, *CHARACTER_STYLES)
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


def _numbering() -> Element:
    """The list definitions that the list styles are linked to, so that an editor's new item gets its bullet or
    number from its style.
    """
    root = w("numbering")
    listed = [style for style in PARAGRAPH_STYLES if style.numbering]
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
                    w("rPr", w("color", val=look.ACCENT)),
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
        w(
            "clrSchemeMapping",
            bg1="light1",
            t1="dark1",
            bg2="light2",
            t2="dark2",
            accent1="accent1",
            accent2="accent2",
            accent3="accent3",
            accent4="accent4",
            accent5="accent5",
            accent6="accent6",
            hyperlink="hyperlink",
            followedHyperlink="followedHyperlink",
        ),
    )
    return settings_root(given, LANGUAGE, right_to_left=False, notes=False)


def _body() -> Element:
    paragraphs = (_specimen(style.name) for style in PARAGRAPH_STYLES)
    return w("body", *paragraphs, _page())


def _specimen(style: str) -> Element:
    return w("p", w("pPr", w("pStyle", val=style_id(style))), w("r", words(style)))


def _page() -> Element:
    """The page: a little lower at the foot than the PDF's, for the running lines, which stand one below the other."""
    top, right, bottom, left = (Length.from_millimetres(length).twips for length in look.MARGINS)
    header, footer = (Length.from_millimetres(length).twips for length in (look.HEADER, look.FOOTER))
    return w(
        "sectPr",
        w("pgSz", w=A4.width.twips, h=A4.height.twips),
        w("pgMar", top=top, right=right, bottom=bottom, left=left, header=header, footer=footer, gutter=0),
        w("cols", space=720),
    )
