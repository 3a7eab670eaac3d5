"""The page: its size, margins, and the room between them; and the settings that lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Final

from msgspec import Struct, field

from briefing.formats.docx.elements import (
    Element,
    R,
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
from briefing.lengths import A4, PaperSize

_ORDER: Final = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
    "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
    "rtlGutter", "docGrid", "printerSettings", "sectPrChange",
)  # fmt: skip
_LEFT_BEHIND: Final = (
    "footnotePr", "endnotePr", "type", "formProt", "noEndnote", "printerSettings", "sectPrChange", "bidi",
)  # fmt: skip
_REFERENCES: Final = (name("headerReference"), name("footerReference"))
_INCH: Final = 1440
_MOST: Final = 2**31 - 1
_NARROWEST: Final = _INCH
_LEAST_COLUMN: Final = 3400
"""Six centimetres in twentieths of a point: a narrower column holds no table."""
_SPACE: Final = 720
"""What lies between columns where nothing is said (17.6.4)."""


class PageSetup(Struct, frozen=True):
    """A section's properties for the end of the body, and the room that they leave, in twentieths of a point.

    `joined` says that columns too narrow for a table were made one.
    """

    properties: Element
    text_width: int
    text_height: int
    joined: bool = False


def page_setup(section: Element, paper: PaperSize | None, right_to_left: bool, needed: int = 0) -> PageSetup:
    """The page of a reference document's `section`, on `paper` or, when that is None, on the paper that it names.

    Columns narrower than a table that is `needed` wide, in twentieths of a point, become one.
    """
    properties = _kept(section)
    if paper is not None:
        size = child(properties, "pgSz")
        if size is not None:
            properties.remove(size)
        properties.append(w("pgSz", w=paper.width.twips, h=paper.height.twips))
    if right_to_left:
        properties.append(w("bidi"))
    properties.extend(w(f"{kind}Pr", w("numFmt", val=format)) for kind, format in NOTE_NUMBERS.items())
    in_order(_ORDER, properties)
    width, height = _room(properties)
    columns = child(properties, "cols")
    joined = width < max(_LEAST_COLUMN, needed) and (number(columns, "num") or len(list(children(columns, "col")))) > 1
    if joined:
        remove(columns)
        width, height = _room(properties)
    return PageSetup(properties, width, height, joined)


def last_section(body: Element) -> Element:
    """The properties of the last section of `body`, with the headers and footers that it takes over from those before.

    A body that has none gets Word's own page: A4 with margins of an inch.
    """
    changed = name("sectPrChange")
    sections = [each for each in body.iter(name("sectPr")) if next(each.iterancestors(changed), None) is None]
    inherited: dict[tuple[str, str], Element] = {}
    for section in sections:
        for reference in section.iterchildren(*_REFERENCES):
            inherited[str(reference.tag), value(reference, "type") or "default"] = reference
    last = deepcopy(sections[-1]) if sections else w("sectPr")
    for reference in list(last.iterchildren(*_REFERENCES)):
        last.remove(reference)
    last[:0] = [deepcopy(reference) for reference in inherited.values()]
    if child(last, "pgSz") is None:
        last.append(w("pgSz", w=A4.width.twips, h=A4.height.twips))
    if child(last, "pgMar") is None:
        sides = dict.fromkeys(("top", "right", "bottom", "left"), _INCH)
        last.append(w("pgMar", **sides, header=_INCH // 2, footer=_INCH // 2, gutter=0))
    return last


def _kept(section: Element) -> Element:
    """A copy of what may come along of a section's properties."""
    kept = deepcopy(section)
    left_behind = {name(local) for local in _LEFT_BEHIND}
    for element in list(kept):
        if element.tag in left_behind or (f"{{{R}}}id" in element.attrib and element.tag not in _REFERENCES):
            kept.remove(element)
    for attribute in [key for key in kept.attrib if "rsid" in str(key)]:
        del kept.attrib[attribute]
    grid = child(kept, "docGrid")
    if grid is not None and (number(grid, "charSpace") or 0) > _MOST:
        del grid.attrib[name("charSpace")]  # LibreOffice writes what is less than nothing without its sign.
    return kept


def between_margins(section: Element) -> tuple[int, int]:
    """What the margins of a section leave of its paper, in width and height, in twentieths of a point."""
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    left, right, gutter, top, bottom = (
        number(margins, side) or 0 for side in ("left", "right", "gutter", "top", "bottom")
    )
    return (number(size, "w") or 0) - left - right - gutter, (number(size, "h") or 0) - abs(top) - abs(bottom)


def _room(section: Element) -> tuple[int, int]:
    """The width of a line of text and the height of a page of it."""
    width, height = between_margins(section)
    return max(_NARROWEST, min(_columns(child(section, "cols"), width))), max(_NARROWEST, height)


def _columns(columns: Element | None, width: int) -> list[int]:
    """The widths of the columns in a line of that width (ECMA-376 17.6.4)."""
    own = [number(each, "w") or 0 for each in children(columns, "col")]
    if value(columns, "equalWidth") in ("0", "false", "off") and own and all(own):
        return own
    count, space = max(1, number(columns, "num") or 1), number(columns, "space")
    return [(width - (count - 1) * (_SPACE if space is None else space)) // count]


def page_kinds(section: Element, settings: Element | None) -> Iterator[str]:
    """The kinds of page that have headers of their own, as section and settings say: `default` is one always, and one that
    is not shown may be some day.
    """
    yield "default"
    there = {value(each, "type") for each in section.iterchildren(*_REFERENCES)}
    if switched_on(child(section, "titlePg")) or "first" in there:
        yield "first"
    if switched_on(child(settings, "evenAndOddHeaders")) or "even" in there:
        yield "even"


KEPT_SETTINGS: Final = (
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation",
    "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders", "bookFoldPrinting",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "characterSpacingControl", "noLineBreaksAfter",
    "noLineBreaksBefore", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""The settings that decide how a page is laid out."""
_AS_DRAWN: Final = "doNotAutoCompressPictures"
"""Word keeps pictures as they are when it saves (ECMA-376 17.15.1.33), so that one that was put in its place is noticed."""
_SETTINGS_ORDER: Final = (
    *(*KEPT_SETTINGS[:20], "footnotePr", "endnotePr", "compat"),
    *(*KEPT_SETTINGS[20:-2], _AS_DRAWN, *KEPT_SETTINGS[-2:]),
)
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"
_COMPATIBLE: Final = (
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
    ("useWord2013TrackBottomHyphenation", "0"),
)


def settings_root(
    reference: Element | None,
    language: str,
    right_to_left: bool,
    notes: Iterable[str] = (),
    *,
    at_section_end: bool = False,
) -> Element:
    """The settings: layout settings of the reference document, the kinds of `notes`, Word 2013's layout or later.

    Endnotes stand `at_section_end`, before what follows the sources, or else at the end of the document.
    """
    root = w("settings")
    for local in KEPT_SETTINGS:
        found = child(reference, local)
        if found is not None:
            root.append(deepcopy(found))
    fonts = child(root, "themeFontLang")
    if fonts is not None:
        fonts.set(name("bidi" if right_to_left else "val"), language)
    for kind in notes:
        separators = (w(kind, id=number) for number in SEPARATORS)
        place = w("pos", val=SECTION_END) if at_section_end and kind == "endnote" else None
        root.append(w(f"{kind}Pr", place, w("numFmt", val=NOTE_NUMBERS[kind]), *separators))
    modes = (w("compatSetting", name=setting, uri=_COMPATIBILITY, val=held) for setting, held in _COMPATIBLE)
    root.append(w("compat", *modes))
    root.append(w(_AS_DRAWN))
    return in_order(_SETTINGS_ORDER, root)


class Stretch(Struct):
    """What a section of the document will hold: its elements, in how many columns, and whether the sources stand at its end."""

    columns: int = 1
    elements: list[Element] = field(default_factory=list)
    has_sources: bool = False


def section_end() -> Element:
    """An empty paragraph of no height that can be seen, for a section that must have one."""
    return w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")))


def _is_counted(paragraph: Element) -> bool:
    """Whether it has a number of its own, as captions have."""
    return any("SEQ" in (code.text or "") for code in paragraph.iter(name("instrText")))


def join_stretches(body: Element, stretches: Sequence[Stretch], properties: Element, gutter: int) -> None:
    """Put the stretches into `body`, each but the last ending a section of the `properties`, its columns `gutter` twentieths of a point apart.

    Endnotes stand at the end of the stretch that has the sources, where others follow. Sections but the first have no first page of their own, and
    their pages count on. All name the headers and footers, since one of them may go when the changes of a redline are taken, and all are
    continuous: LibreOffice (25.2) gathers endnotes at the end of such sections only.
    """
    sources = next((place for place, each in enumerate(stretches) if each.has_sources), len(stretches) - 1)
    for place, stretch in enumerate(stretches):
        section = properties if place == 0 else deepcopy(properties)
        is_last = place + 1 == len(stretches)
        if len(stretches) > 1:
            remove(child(section, "type"))
            section.append(w("type", val="continuous"))
        if place:
            for local in ("titlePg", "pgNumType", "noEndnote"):
                remove(child(section, local))
        if place < sources < len(stretches) - 1:
            section.append(w("noEndnote"))
        if gutter:
            remove(child(section, "cols"))
            section.append(w("cols", num=stretch.columns, space=gutter))
        in_order(_ORDER, section)
        if place and stretches[place - 1].columns > stretch.columns:
            # LibreOffice (7.4) leaves what begins with a kept paragraph on the page after the columns that it first filled.
            body.append(section_end())
        body.extend(stretch.elements)
        if is_last:
            body.append(section)
            return
        if child(body[-1], "pPr") is None or _is_counted(body[-1]):
            # A table cannot end a section, and LibreOffice (7.4) leaves the number out of what refers to a caption that does.
            body.append(section_end())
        end = child(body[-1], "pPr")
        assert end is not None
        end.append(section)


SECTION_END: Final = "sectEnd"
"""Where endnotes stand that others follow (ECMA-376 17.18.22)."""
NOTE_NUMBERS: Final = {"footnote": "lowerLetter", "endnote": "decimal"}
"""How the notes of each kind are counted: sources by numbers (Word would count i, ii, iii), footnotes by letters."""
SEPARATORS: Final = {-1: "separator", 0: "continuationSeparator"}
"""The two notes that every part with notes must have, by their ids; the settings name them again."""
