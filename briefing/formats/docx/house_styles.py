"""An office's document made complete: the styles of ours that it lacks, in its own fonts, sizes, spacing and colours."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from briefing.formats.docx.elements import A, Element, child, in_order, name, number, remove, value, w, whole
from briefing.formats.docx.house_tables import adopt, table_style_of
from briefing.formats.docx.numbering import highest
from briefing.formats.docx.own_reference import list_definitions, style_element, table_styles
from briefing.formats.docx.own_styles import BOX_STYLES, HEADINGS, Style, character_styles, paragraph_styles
from briefing.formats.docx.read_styles import CellLook
from briefing.formats.docx.reference import Reference
from briefing.formats.docx.repair import STYLE_ORDER
from briefing.formats.docx.style_book import RUN_ORDER, StyleBook
from briefing.lengths import TWIPS_PER_POINT
from briefing.themes.tokens import ColourTokens, Tokens

_MASTHEAD: Final = ("Form Line", "Series Line", "Title", "Subtitle")
_FLOWING: Final = frozenset(
    {"Body Text", "Bottom Line", "Detail", "Intense Quote", "Introduction", "Proposition", "Quote", "Source Entry"}
    | {"Numbered Paragraph", "Box Text", "Box Bullet", "Box Number"}
    | {"Normal", "endnote text", "footnote text", "List Paragraph"}
    | {f"List {kind}{level}" for kind in ("Bullet", "Number", "Continue") for level in ("", " 2", " 3")}
)
"""Styles that take the distance of lines and the justification of the office's own text."""
_TEXT: Final = 10.5
_WIDER: Final = 1.15
"""How much more room labels get in a font that is not known, for the type size that ours are measured for."""
_LEAST_SIZE: Final = 7.0
_SIZE: Final = 20
"""The size of type where nothing says another, in half-points (ECMA-376 17.3.2.38)."""
_CHARACTERS: Final = ("firstLineChars", "hangingChars", "leftChars", "rightChars", "startChars", "endChars")
_INDENTS: Final = ("left", "start", "right", "end", "firstLine", "hanging", *_CHARACTERS)
_MAJOR: Final = {"asciiTheme": "majorHAnsi", "hAnsiTheme": "majorHAnsi", "eastAsiaTheme": "majorEastAsia"}
_SHADED: Final = 0xBF
_QUOTED: Final = ("Quote Label", "Attribution", "Detail")
_FACTS_END: Final = 8.0
_MOST_INDENT: Final = 1000
_MEANING: Final = ("negative", "caution", "positive")


class _Text(Struct, frozen=True):
    """How the office sets its text, as its Normal and the document's defaults say; sizes are in points."""

    book: StyleBook
    theme: Element | None

    def defined(self, local: str, *attributes: str, properties: str = "pPr") -> str:
        """The first of these attributes that Normal, or Body Text, gives to a property; empty where there is none."""
        found = self.book.defined(self.book.paragraph("Body Text") or self.book.paragraph("Normal"), properties, local)
        values = (value(each, attribute) for each in found for attribute in attributes)
        return next((each for each in values if each), "")

    def alignment(self, style: str) -> str | None:
        """Whether that style centres its lines, or sets them flush right."""
        found = value(next(iter(self.book.defined(style, "pPr", "jc")), None))
        return found if found in ("center", "right") else None

    def indent(self, style: str, otherwise: float | None) -> float | None:
        """How far that style is set in, in points, unless it is more than room allows for what is said beside it."""
        found = next(iter(self.book.defined(style, "pPr", "ind")), None)
        twips = number(found, "left") or number(found, "start") or 0
        return twips / TWIPS_PER_POINT if 0 <= twips <= _MOST_INDENT and not self.alignment(style) else otherwise

    @property
    def size(self) -> float:
        return float(self.defined("sz", "val", properties="rPr") or _SIZE) / 2

    @property
    def is_spaced(self) -> bool:
        """Whether paragraphs are told apart without space of ours."""
        return any(
            each not in ("", "0")
            for each in (self.defined("spacing", "after"), self.defined("ind", "firstLine", "firstLineChars"))
        )

    @property
    def is_themed(self) -> bool:
        """Whether its fonts are those of its theme: an office that does not use these does not use its colours either."""
        return self.theme is not None and bool(self.defined("rFonts", "asciiTheme", properties="rPr"))

    @property
    def heading(self) -> str | None:
        """The id of the style that its headings are known by."""
        found = (self.book.identifier("paragraph", each) for each in HEADINGS)
        return next((each for each in found if each), None)


def complete(taken: Reference, tokens: Tokens) -> Reference:
    """`taken` with every style of ours that it lacks, based on its own Normal and headings, and the names of these.

    Sizes are in proportion to its text; cells, labels and running lines take neither indent nor spacing nor
    justification from Normal. Its styles and numbering are changed in place.
    """
    book = StyleBook(taken.styles)
    text = _Text(book, theme_part(taken))
    tokens = _sized(tokens, text)
    roles = {field.name: f"#{place:06x}" for place, field in enumerate(dataclasses.fields(ColourTokens), 1)}
    coloured = dataclasses.replace(tokens, colour=ColourTokens(**roles))
    wanted = (*paragraph_styles(coloured), *character_styles(coloured))
    wanted = tuple(each for each in wanted if each.name not in BOX_STYLES)
    lacking = [each for each in wanted if book.identifier(each.kind, each.name) is None]
    framed = all(any(each.name == part for each in lacking) for part in _MASTHEAD)
    adapted = tuple(_adapted(each, text, tokens, framed) for each in lacking)
    made = [style_element(each, 1.0) for each in adapted]
    for style, element in zip(adapted, made, strict=True):
        _finish(style, element, text)
    tables = [each for each in table_styles(coloured) if book.identifier("table", _title(each)) is None]
    numbering = w("numbering") if taken.numbering is None else taken.numbering
    lists = list_definitions(adapted, roles["accent"])
    palette = {roles[role].removeprefix("#").upper(): said for role, said in _palette(tokens.colour, text).items()}
    for root in (*made, *tables, lists):
        _colour(root, palette)
    _name(book, [*made, *tables], lists)
    heading = next((each for each in made if _title(each) == "Table Heading"), None)
    theirs = table_style_of(taken.body, book)
    if theirs is not None and heading is not None:
        for table in (each for each in tables if _title(each) == "Briefing Table"):
            adopt(table, heading, theirs, book)
    _add_lists(numbering, lists, made)
    taken.styles.extend([*made, *tables])
    _lower_numbers(taken.styles)
    notes = (*taken.notes, *_repaired(taken.styles, [each for each in wanted if each not in lacking]))
    return replace(taken, numbering=numbering, brought=tuple(map(_title, [*made, *tables])), notes=notes)


def _lower_numbers(styles: Element) -> None:
    """Let the numbers of sources stand on the line: they stand between brackets, which nothing raises."""
    book = StyleBook(styles)
    character = book.character("Endnote Reference")
    for raised in book.defined(character, "rPr", "vertAlign")[:1]:
        raised.set(name("val"), "baseline")


_MENDS: Final = ({"vanish": "0"}, {"color": "auto"}, {"sz": "20", "w": "100"})
"""What makes text seen again that a style hides, one after another."""


def _repaired(styles: Element, used: Sequence[Style]) -> Iterator[str]:
    """Change those of the office's styles that would hide our text, and say which these are."""
    book = StyleBook(styles)
    for style in used:
        identifier = book.identifier(style.kind, style.name)
        character = style.kind == "character"
        paragraph = w("p", w("pPr", None if character else w("pStyle", val=identifier)))
        run = w("rPr", w("rStyle", val=identifier)) if character else None
        fault = book.fault(run, paragraph, CellLook())
        element = next(iter(book.chain(identifier)), None)
        if fault is None or element is None:
            continue
        properties = child(element, "rPr")
        if properties is None:
            properties = w("rPr")
            element.append(properties)
        for mend in _MENDS:
            for local, held in mend.items():
                remove(child(properties, local))
                properties.append(w(local, val=held))
            if StyleBook(styles).fault(run, paragraph, CellLook()) is None:
                break
        in_order(RUN_ORDER, properties)
        in_order(STYLE_ORDER, element)
        yield f"has a style '{style.name}' whose text {fault}, which was put right"


def _title(style: Element) -> str:
    return value(child(style, "name")) or ""


def theme_part(taken: Reference) -> Element | None:
    """The root of its theme (ECMA-376 20.1.6.9), if it has one."""
    found = (part.blob for _, kind, part in taken.parts if kind == RELATIONSHIP_TYPE.THEME)
    return next((etree.fromstring(each) for each in found), None)


def _sized(tokens: Tokens, text: _Text) -> Tokens:
    """The tokens with sizes and space in proportion to the office's text; a title is larger than its headings."""
    scale = min(1.4, max(0.75, text.size / tokens.size.text))
    sizes = {field.name: getattr(tokens.size, field.name) for field in dataclasses.fields(tokens.size)}
    sizes = {role: max(_LEAST_SIZE, round(size * scale * 2) / 2) for role, size in sizes.items()}
    given = text.book.defined(text.book.identifier("paragraph", "heading 1"), "rPr", "sz")
    heading = next((float(value(each) or 0) / 2 for each in given), 0.0)
    sizes["title"] = max(sizes["title"], round(heading * 1.25 * 2) / 2)
    space = dataclasses.replace(tokens.space, paragraphs=scale, headings=scale, rows=scale, indent=0, beside=0)
    layout = dataclasses.replace(tokens.layout, masthead="rules", boxes="tinted")
    return dataclasses.replace(tokens, size=dataclasses.replace(tokens.size, **sizes), space=space, layout=layout)


def _adapted(style: Style, text: _Text, tokens: Tokens, framed: bool) -> Style:
    """Our style without what belongs to our own page: its measure, distances of lines, and the frame of a masthead
    that is not all ours.
    """
    if style.kind != "paragraph":
        return style
    if style.based_on is None:
        return Style(style.name, None, priority=0)
    if style.tab and style.own:
        wide = round(style.tab * _WIDER * text.size / _TEXT)
        style = replace(style, left=wide, hanging=wide, tab=wide)
    if style.name == "Quote Label" or (style.name in _MASTHEAD and not framed):
        style = replace(style, borders=())
    style = _beside_theirs(style, text)
    if style.name == "Body Text":
        return replace(style, line=None, after=None if text.is_spaced else style.after)
    if style.name in _FLOWING:
        exact = text.defined("spacing", "lineRule") == "exact" and (style.size or text.size) > text.size
        before = (style.before or 0) if style.name in _QUOTED or "note" in style.name else style.before
        return replace(style, before=before, line=1.0 if exact else None)
    if style.name == "Masthead Fact":
        style = replace(style, after=_FACTS_END)
    justified = text.defined("jc", "val") not in ("", "left", "start")
    if text.defined("ind", *_INDENTS):
        style = replace(style, left=style.left or 0, right=style.right or 0)
    return replace(
        style,
        before=style.before or 0,
        after=style.after or 0,
        line=1.0,
        align=style.align or ("left" if justified else None),
    )


def _beside_theirs(style: Style, text: _Text) -> Style:
    """Our style set like the office's own that it stands beside: what is said of a quote like its *Quote*, without our bar, and what
    stands round a title like its *Title*.
    """
    quote, title = text.book.paragraph("Quote"), text.book.paragraph("Title")
    if style.name in _QUOTED and quote is not None:
        return replace(style, borders=(), align=text.alignment(quote), left=text.indent(quote, style.left))
    if style.name in _MASTHEAD and title is not None:
        return replace(style, align=text.alignment(title))
    return style


def _finish(style: Style, element: Element, text: _Text) -> None:
    """Give headings the office's own font, and everything but running text no first line of its own."""
    if style.name in HEADINGS:
        fonts = next(iter(text.book.defined(text.heading, "rPr", "rFonts")), None)
        if text.heading is None and text.is_themed:
            fonts = w("rFonts", **_MAJOR)
        properties = child(element, "rPr")
        if fonts is not None and properties is not None:
            properties.insert(0, w("rFonts", **_attributes(fonts)))
    properties = child(element, "pPr")
    stops = child(properties, "tabs")
    if stops is not None:
        based = text.book.paragraph(style.based_on or "") or text.book.paragraph("Normal")
        ours = number(child(stops, "tab"), "pos")
        stops.extend(w("tab", val="clear", pos=place) for place in text.book.stops(based) if place != ours)
    if properties is None or style.kind != "paragraph" or style.name in ("Normal", "Body Text") or style.hanging:
        return
    indent = child(properties, "ind")
    if text.defined("ind", *_INDENTS):
        if indent is None:
            indent = w("ind")
            later = [each for each in properties if each.tag in map(name, ("contextualSpacing", "jc", "outlineLvl"))]
            properties.insert(properties.index(later[0]) if later else len(properties), indent)
        indent.set(name("firstLine"), "0")
        for attribute in _CHARACTERS:
            if text.defined("ind", attribute):
                indent.set(name(attribute), "0")


def _palette(colour: ColourTokens, text: _Text) -> dict[str, dict[str, str]]:
    """What stands for each role of ours, as attributes of a colour: the colour of the office's headings or of its theme,
    greys that follow its theme, and our own where the colour has a meaning.
    """
    ink = _given(text.book, text.book.paragraph("Normal")) or {"val": "auto"}
    accent = ink if text.heading is None else _given(text.book, text.heading) or ink
    if text.heading is None and text.is_themed:
        accent = _of_theme(text.theme, "accent1", "accent1", shade=True) or ink
    link = _of_theme(text.theme, "hlink", "hyperlink") or {"val": colour.link.removeprefix("#").upper()}
    dark, light = ({"themeColor": each} if text.theme is not None else {} for each in ("text1", "background1"))
    grey = {"val": "595959", **dark, **({"themeTint": "A6"} if dark else {})}

    def paper(value: str, shade: str) -> dict[str, str]:
        return {"val": value, **light, **({"themeShade": shade} if light else {})}

    meaning = {role: {"val": getattr(colour, role).removeprefix("#").upper()} for role in _MEANING}
    return {
        **{"ink": ink, "accent": accent, "secondary": grey, "label": grey, "reference": grey, "link": link, **meaning},
        **{"rule": paper("BFBFBF", "BF"), "edge": paper("A6A6A6", "A6"), "pale": paper("F2F2F2", "F2")},
    }


def _given(book: StyleBook, style: str | None) -> dict[str, str] | None:
    """The colour of a style's text, unless it is too pale to stand on white paper."""
    found = next(iter(book.defined(style, "rPr", "color")), None)
    if found is None or (value(found) or "auto") == "auto":
        return None
    seen = value(found) or ""
    try:
        parts = [int(seen[place : place + 2], 16) for place in (0, 2, 4)]
    except ValueError:
        return None
    if sum(share * part for share, part in zip((0.3, 0.59, 0.11), parts, strict=True)) > _SHADED:
        return None
    return _attributes(found)


def _attributes(element: Element) -> dict[str, str]:
    return {etree.QName(key).localname: str(held) for key, held in element.attrib.items()}


def _of_theme(theme: Element | None, slot: str, called: str, *, shade: bool = False) -> dict[str, str] | None:
    """A colour of the theme (ECMA-376 20.1.6.2), as Word's own headings darken it when asked."""
    found = None if theme is None else theme.find(f".//{{{A}}}clrScheme/{{{A}}}{slot}/{{{A}}}srgbClr")
    seen = "" if found is None else found.get("val", "")
    if len(seen) != 6:
        return None
    if not shade:
        return {"val": seen.upper(), "themeColor": called}
    dark = "".join(f"{round(int(seen[place : place + 2], 16) * _SHADED / 0xFF):02X}" for place in (0, 2, 4))
    return {"val": dark, "themeColor": called, "themeShade": f"{_SHADED:X}"}


def _colour(root: Element, palette: Mapping[str, Mapping[str, str]]) -> None:
    """Put colours in the place of roles: in text (17.3.2.6), borders (17.18.2) and shading (17.3.5)."""
    for element in root.iter(etree.Element):
        for attribute, themed in (("val", "theme"), ("color", "theme"), ("fill", "themeFill")):
            if element.tag != name("color") and attribute == "val":
                continue
            said = palette.get(value(element, attribute) or "")
            for key, held in (said or {}).items():
                if key == "val":
                    element.set(name(attribute), held)
                else:
                    part = key.removeprefix("theme").removeprefix("Color") if attribute == "fill" else key
                    element.set(name(f"{themed}{part}" if attribute == "fill" else key), held)


def _name(book: StyleBook, styles: Sequence[Element], lists: Element) -> None:
    """Give new styles ids that are free, and let them name each other and the office's own by their ids."""
    ids: dict[tuple[str, str], str] = {}
    for style in styles:
        kind, ours = value(style, "type") or "", value(style, "styleId") or ""
        free = ours
        while book.has_id(free):
            free += "Brief"
        ids[kind, ours] = free
        style.set(name("styleId"), free)
    for style in styles:
        kind = value(style, "type") or ""
        for link in (*style.iterfind(name("basedOn")), *style.iterfind(name("next"))):
            ours = value(link) or ""
            link.set(name("val"), ids.get((kind, ours)) or book.identifier(kind, ours) or ours)
    for link in lists.iter(name("pStyle")):
        link.set(name("val"), ids["paragraph", value(link) or ""])


def _add_lists(numbering: Element, ours: Element, styles: Sequence[Element]) -> None:
    """Add the definitions that list styles are linked to, under numbers that are free."""
    above = {
        "abstractNumId": highest(numbering, "abstractNum", "abstractNumId"),
        "numId": highest(numbering, "num", "numId"),
    }
    links = [(each, "val") for style in styles for each in style.iter(name("numId"))]
    for local, held in (
        ("abstractNumId", [(each, "abstractNumId") for each in ours.iterfind(name("abstractNum"))]),
        ("abstractNumId", [(each, "val") for each in ours.iter(name("abstractNumId"))]),
        ("numId", [(each, "numId") for each in ours.iterfind(name("num"))] + links),
    ):
        for element, attribute in held:
            element.set(name(attribute), str(whole(value(element, attribute)) + above[local]))
    for local, before in (
        ("abstractNum", ("numPicBullet", "abstractNum")),
        ("num", ("numPicBullet", "abstractNum", "num")),
    ):
        place = sum(each.tag in map(name, before) for each in numbering)
        numbering[place:place] = ours.findall(name(local))
