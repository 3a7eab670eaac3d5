"""The Office theme part of our own reference document, and styles that follow it, so that Word's *Design* tab changes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from briefing.formats.docx.elements import A, Element, hex_colour, name, parsed, quoted, value, w
from briefing.themes.theme import WHITE, Theme
from briefing.themes.tokens import Tokens


def theme_fonts(family: str, theme_font: str) -> Element:
    """The family for every script, and for Latin letters the name of the theme's font, which *Design > Fonts* changes."""
    of_theme = dict.fromkeys(("asciiTheme", "hAnsiTheme"), theme_font)
    return w("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family, **of_theme)


_SLOT_NAMES: Final = {"dk1": "text1", "lt1": "background1", "dk2": "text2", "lt2": "background2"} | {
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
"""What styles call those slots of a theme that they call by other names (ECMA-376 17.18.97)."""


def follow_theme(root: Element, slots: Mapping[str, str]) -> None:
    """Name the theme's colour beside each that is one, so that *Design > Colors* changes it."""
    names = {hex_colour(held): _SLOT_NAMES.get(slot, slot) for slot, held in reversed(list(slots.items()))}
    for element in root.iter(etree.Element):
        for attribute, themed in (("val", "themeColor"), ("color", "themeColor"), ("fill", "themeFill")):
            slot = names.get(value(element, attribute))
            if slot is not None and (attribute != "val" or element.tag == name("color")):
                element.set(name(themed), slot)


def slots_of(tokens: Tokens) -> dict[str, str]:
    """The colours of the Office theme (ECMA-376 part 1, 20.1.6.2), for Word's picker."""
    colour = tokens.colour
    accents = (colour.accent, colour.positive, colour.negative, colour.caution, colour.edge, colour.secondary)
    return {
        **{"dk1": colour.ink, "lt1": WHITE, "dk2": colour.accent, "lt2": colour.pale},
        **{f"accent{number}": accent for number, accent in enumerate(accents, 1)},
        **{"hlink": colour.link, "folHlink": colour.reference},
    }


_OFFICE_THEME: Final = """
<a:theme xmlns:a="{namespace}" name={title}>
  <a:themeElements>
    <a:clrScheme name={title}>{colours}</a:clrScheme>
    <a:fontScheme name={title}><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>
    <a:fmtScheme name={title}>
      <a:fillStyleLst>{fills}</a:fillStyleLst>
      <a:lnStyleLst>{lines}</a:lnStyleLst>
      <a:effectStyleLst>{effects}</a:effectStyleLst>
      <a:bgFillStyleLst>{fills}</a:bgFillStyleLst>
    </a:fmtScheme>
  </a:themeElements>
</a:theme>
"""


def colours_and_fonts(theme: Theme) -> Element:
    """The Office theme part: colours for Word's picker, the family for its font menu (ECMA-376 part 1, 20.1.6.9)."""
    slots = slots_of(theme.tokens)
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    family = quoted(theme.tokens.font.family)
    return parsed(
        _OFFICE_THEME,
        namespace=A,
        title=quoted("".join(letter for letter in theme.name if letter.isprintable()).capitalize()),
        colours="".join(f'<a:{slot}><a:srgbClr val="{hex_colour(each)}"/></a:{slot}>' for slot, each in slots.items()),
        fonts=f'<a:latin typeface={family}/><a:ea typeface=""/><a:cs typeface=""/>',
        fills=fill * 3,
        lines=f'<a:ln w="6350">{fill}</a:ln>' * 3,
        effects="<a:effectStyle><a:effectLst/></a:effectStyle>" * 3,
    )
