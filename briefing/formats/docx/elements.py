"""Building WordprocessingML elements: namespaces, one short way to write an element down, and the direction of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from html import escape
from typing import Final, TypeAlias

from lxml import etree

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FIRST_RIGHT_TO_LEFT = "\u0590"
_WHITE_SPACE = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\t\n\r"})


def quoted(text: str) -> str:
    """`text` as the value of an attribute, with its quotes; the library's `quoteattr` loads a client of the web."""
    return f'"{escape(text).translate(_WHITE_SPACE)}"'


def _strength(character: str) -> bool | None:
    """True for a letter of a right-to-left script, False for one of a left-to-right script, None for anything else."""
    kind = unicodedata.bidirectional(character)
    return True if kind in _RIGHT_TO_LEFT else False if kind == "L" else None


def mostly_right_to_left(text: str, otherwise: bool) -> bool:
    """Whether most letters of `text` run right to left; `otherwise` when there are no letters or as many of both."""
    if not otherwise and (not text or max(text) < _FIRST_RIGHT_TO_LEFT):
        return False
    balance = sum(0 if strength is None else 1 if strength else -1 for strength in map(_strength, text))
    return otherwise if balance == 0 else balance > 0


def runs_of_one_direction(text: str, right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """`text` cut where the direction of its letters changes; what has no direction goes with the paragraph's when it
    stands at a cut.

    `right_to_left` is the paragraph's direction.
    """
    if not right_to_left and (not text or max(text) < _FIRST_RIGHT_TO_LEFT):
        if text:
            yield text, False
        return
    start, current, neutral = 0, right_to_left, 0
    for place, character in enumerate(text):
        strength = _strength(character)
        if strength is None:
            continue
        if strength != current:
            cut = place if current == right_to_left else neutral
            if cut > start:
                yield text[start:cut], current
                start = cut
            current = strength
        neutral = place + 1
    cut = len(text) if current == right_to_left else neutral
    if cut > start:
        yield text[start:cut], current
    if cut < len(text):
        yield text[cut:], right_to_left


Element: TypeAlias = etree._Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML: Final = "http://www.w3.org/XML/1998/namespace"

STORY_NAMESPACES: Final = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC, "mc": MC, "w14": W14}
"""What the root of a part with text declares; `w14` is ignorable, so that older programs read on."""

PARAGRAPH_ID: Final = f"{{{W14}}}paraId"
"""The attribute by which Word knows a paragraph again ([MS-DOCX] 2.2.4)."""

SINGLE_SPACING: Final = 240
"""Single spacing of lines, in 240ths of a line (ECMA-376 17.3.1.33)."""

_W_ONLY: Final = {"w": W}
_SPACE: Final = f"{{{XML}}}space"


def by_default(namespace: str) -> dict[str, str]:
    """A namespace map in which `namespace` needs no prefix; lxml takes None for that, its type stubs do not."""
    return {None: namespace}  # type: ignore[dict-item]


def name(local: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{local}"


def w(local: str, *children: Element | None, **attributes: str | int | None) -> Element:
    """A WordprocessingML element with its children and attributes; those that are None are left out."""
    element = etree.Element(f"{{{W}}}{local}", nsmap=_W_ONLY)
    for key, value in attributes.items():
        if value is not None:
            element.set(f"{{{W}}}{key}", str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def setting(local: str, held: str | int | None) -> Element | None:
    """An element with that value, a mere switch for True; None where there is nothing to say."""
    if held is None or held is False:
        return None
    return w(local) if held is True else w(local, val=held)


def filled(local: str, *children: Element | None, **attributes: str | int | None) -> Element | None:
    """An element, or None where there is nothing in it."""
    made = w(local, *children, **attributes)
    return made if len(made) or made.attrib else None


def words(text: str, local: str = "t") -> Element:
    """A `w:t` (or `w:instrText`) that keeps its spaces."""
    element = etree.Element(f"{{{W}}}{local}", nsmap=_W_ONLY)
    element.text = text
    element.set(_SPACE, "preserve")
    return element


def story_root(local: str, *children: Element) -> Element:
    """The root of a part with text: `document`, `endnotes`, `hdr` or `ftr`."""
    root = etree.Element(f"{{{W}}}{local}", nsmap=STORY_NAMESPACES)
    root.set(f"{{{MC}}}Ignorable", "w14")
    root.extend(children)
    return root


def serialized(root: Element) -> bytes:
    """An element as a whole part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of WordprocessingML names; None where it, or `element`, is not there."""
    for local in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{{W}}}{local}"), None)  # `find` would take the name for a path
    return element


def children(element: Element | None, local: str) -> Iterator[Element]:
    """The children of that WordprocessingML name."""
    if element is not None:
        yield from element.iterfind(f"{{{W}}}{local}")


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of an element that may not be there."""
    return None if element is None else element.get(f"{{{W}}}{attribute}")


def number(element: Element | None, attribute: str = "val") -> int | None:
    """The attribute as a whole number; None when it is not there or no number."""
    try:
        return int(float(value(element, attribute) or ""))
    except (ValueError, OverflowError):
        return None


_MOST_DIGITS: Final = 18


def whole(text: str | None, otherwise: int = 0, *, base: int = 10) -> int:
    """`text` as the whole number that XML Schema would read; `otherwise` for what is none, such as a digit of other letters."""
    try:
        return int(text, base) if text and text.isascii() and len(text) <= _MOST_DIGITS else otherwise
    except ValueError:
        return otherwise


def switched_on(element: Element | None) -> bool:
    """Whether an on/off element stands there and is not turned off (ECMA-376 17.17.4)."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def remove(element: Element | None) -> None:
    """Take an element, if there is one, out of the one that holds it, if any."""
    parent = None if element is None else element.getparent()
    if parent is not None and element is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of `element` in its place, without its own properties."""
    parent = element.getparent()
    if parent is not None:
        for each in [each for each in element if not str(each.tag).endswith("Pr")]:
            element.addprevious(each)
        parent.remove(element)


def in_order(order: tuple[str, ...], element: Element) -> Element:
    """`element` with its children sorted into the order that the schema wants; unknown ones keep to the end."""
    places = {name(local): place for place, local in enumerate(order)}
    element[:] = sorted(element, key=lambda each: places.get(str(each.tag), len(places)))
    return element


PARAGRAPH_ORDER: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr",
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange",
)  # fmt: skip
"""The properties of a paragraph in the schema's order (ECMA-376 17.3.1.26)."""


def hex_colour(colour: str | None) -> str | None:
    """A colour as WordprocessingML writes it (17.18.38)."""
    return None if colour is None else colour.removeprefix("#").upper()


def parsed(template: str, **parts: str) -> Element:
    """An XML template with its parts put in."""
    return etree.fromstring(template.format(**parts), etree.XMLParser(remove_blank_text=True))


def hold(paragraph: Element, switch: str, is_on: bool = True) -> None:
    """Say in a paragraph's properties, whatever its style says, whether it stays with the next, or in one piece."""
    remove(child(paragraph, "pPr", switch))
    add_property(paragraph, w(switch) if is_on else w(switch, val=0))


def add_property(paragraph: Element, made: Element) -> None:
    """Add a property to a paragraph, in the schema's order."""
    paragraph[0].append(made)
    in_order(PARAGRAPH_ORDER, paragraph[0])
