"""What of a web page no reader sees: hidden by its styles, set in no size or in the colour of what is behind it, put beside the page.

Style sheets of the page itself and the `style` of its elements are read (CSS 2.2, Selectors 4), as far as they can hide a text. Sheets in files of
their own are not at hand: where there are any, colours are not judged, since what is behind a text may be in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

_HIDES: Final = (
    "display visibility opacity font-size font color background background-color position clip clip-path left right top bottom "
    "text-indent height max-height width overflow transform text-decoration text-decoration-line"
)
_HIDING: Final = frozenset(_HIDES.split())
_STYLING: Final = frozenset(["style", "color", "bgcolor", "text"])
_FAR: Final = r"-(?:9{3,}|\d{4,})(?:\.\d+)?px|-\d{2,}(?:\.\d+)?r?em|-\d{3,}(?:%|vw|vh)"
_FAR_OFF = re.compile(_FAR)
_NOTHING = re.compile(r"0+(?:\.0+)?[a-z%]*|1px")
_NO_SIZE = re.compile(r"0*(?:\.0+)?(?:px|pt|r?em|%|vw)?|0*[01](?:\.\d+)?(?:px|pt)")
_CLIPPED = re.compile(r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)")
_CLIPPED_AWAY = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0 0\s*,\s*0 0")
_SCALED_AWAY = re.compile(rf"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]|translate[xy]?\([^)]*(?:{_FAR})")
_ON_SCREENS = re.compile(r"\s*(?:only\s+)?(?:screen|all)?\s*", re.IGNORECASE)
_WHITE: Final = (1.0, 1.0, 1.0)
_BLACK: Final = (0.0, 0.0, 0.0)
_BLUE: Final = (0.0, 0.0, 0.93)
_LONGEST_SELECTOR: Final = 400
"""Tokens of a rule's selectors; longer rows of them are those of resets, and hide nothing."""
_ALIKE: Final = 0.05
"""Of 1: how far two colours may be apart in each of their parts that nobody tells apart."""

Colour = tuple[float, float, float] | None
Styles = Mapping[str, str]


class Unseen(NamedTuple):
    """`shut` are the elements of which nothing is seen; `inkless` those whose own text is not seen, though elements in them may be."""

    shut: frozenset[etree._Element]
    inkless: frozenset[etree._Element]


class _State(Struct, frozen=True):
    """How text stands in an element: its colour, the colour behind it (None: not known), and whether it has a size and is visible."""

    ink: Colour = _BLACK
    ground: Colour = _WHITE
    sized: bool = True
    visible: bool = True
    transparent: bool = False


def unseen_in(root: etree._Element) -> Unseen:
    """What of the page `root` is not seen."""
    elements = list(root.iter(etree.Element))
    sheets = [element.text or "" for element in elements if element.tag == "style" and _is_for_screens(element)]
    if not any(map(str.strip, sheets)) and not any(
        _STYLING & set(element.keys()) or element.tag == "dialog" for element in elements
    ):
        return Unseen(frozenset(), frozenset())
    linked = any("@import" in sheet for sheet in sheets) or any(
        element.tag == "link" and "stylesheet" in (element.get("rel") or "").casefold() for element in elements
    )
    styles = _styles(root, "\n".join(sheets))
    states: dict[etree._Element, _State] = {}
    shut: set[etree._Element] = set()
    inkless: set[etree._Element] = set()
    for element in elements:
        parent = element.getparent()
        outer = states.get(parent, _State()) if parent is not None else _State()
        own = styles.get(element, {})
        if _shuts(element, own):
            shut.add(element)
        state = states[element] = _state(element, own, outer)
        known = not linked and state.ink is not None and state.ground is not None
        drowned = known and all(
            abs(one - other) < _ALIKE for one, other in zip(state.ink or (), state.ground or (), strict=False)
        )
        if not state.sized or not state.visible or state.transparent or drowned:
            inkless.add(element)
    return Unseen(frozenset(shut), frozenset(inkless))


def _is_for_screens(sheet: etree._Element) -> bool:
    return _ON_SCREENS.fullmatch(sheet.get("media") or "") is not None


def _styles(root: etree._Element, sheet: str) -> dict[etree._Element, dict[str, str]]:
    """The declarations of each element that may hide it, the stronger over the weaker."""
    import cssselect2  # most saved texts are no web pages
    import tinycss2

    matcher = cssselect2.Matcher()
    several = False
    for rule in _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        declared = list(_declared(rule.content))
        if len(rule.prelude) > _LONGEST_SELECTOR or any(
            token.type == "function" and token.lower_name == "has" for token in rule.prelude
        ):
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude) if declared else []
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declared)
                several = True
    found: dict[etree._Element, dict[str, str]] = {}
    wrappers = cssselect2.ElementWrapper.from_html_root(root).iter_subtree() if several else ()
    matched = {one.etree_element: [payload for *_, payload in matcher.match(one)] for one in wrappers}
    for element in root.iter(etree.Element):
        inline = element.get("style")
        rows = [*matched.get(element, []), *([list(_declared(inline))] if inline else [])]
        if rows:
            each = [entry for row in rows for entry in row]
            found[element] = {
                name: value for important in (False, True) for name, value, strong in each if strong is important
            }
    return found


def _rules(rules: list[Any]) -> Iterator[Any]:
    """The rules of a sheet that count on screens of any size."""
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner if _ON_SCREENS.fullmatch(tinycss2.serialize(rule.prelude)) else [])


def _declared(content: Any) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for one in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and one.lower_name in _HIDING:
            yield one.lower_name, tinycss2.serialize(one.value).strip().casefold(), one.important


def _shuts(element: etree._Element, own: Styles) -> bool:
    """Whether an element hides all that is in it."""

    def value(name: str) -> str:
        return own.get(name, "")

    placed = value("position") in ("absolute", "fixed", "relative")
    away = placed and any(_FAR_OFF.match(value(side)) for side in ("left", "right", "top", "bottom"))
    cut = value("overflow") in ("hidden", "clip")
    flat = cut and any(name in own and _NOTHING.fullmatch(value(name)) for name in ("height", "max-height"))
    clipped = value("position") in ("absolute", "fixed") and _CLIPPED.match(value("clip"))
    return bool(
        value("display") == "none"
        or (value("opacity") and re.fullmatch(r"0*(?:\.0+)?%?", value("opacity")))
        or away
        or _FAR_OFF.match(value("text-indent"))
        or flat
        or clipped
        or _CLIPPED_AWAY.match(value("clip-path"))
        or _SCALED_AWAY.search(value("transform"))
        or "line-through" in value("text-decoration") + value("text-decoration-line")
        or (element.tag == "dialog" and element.get("open") is None)
    )


def _state(element: etree._Element, own: Styles, outer: _State) -> _State:
    """How text stands right in an element that stands in `outer`."""
    state = outer
    visibility = own.get("visibility", "")
    if visibility in ("hidden", "collapse", "visible"):
        state = replace(state, visible=visibility == "visible")
    size = own.get("font-size", "")
    if size:
        relative = re.fullmatch(r"[\d.]+(?:em|%)|inherit|larger|smaller", size) is not None
        sized = _NO_SIZE.fullmatch(size) is None and (state.sized or not relative)
        state = replace(state, sized=sized)
    if own.get("position") in ("absolute", "fixed"):
        state = replace(state, ground=None)
    ground = own.get("background-color") or own.get("background") or element.get("bgcolor") or ""
    if ground:
        behind, alpha = _colour(ground)
        if "url(" in ground or "gradient" in ground or "var(" in ground or 0 < alpha < 1:
            behind, alpha = None, 1.0
        state = replace(state, ground=behind) if alpha else state
    ink = (
        own.get("color")
        or (element.get("color") if element.tag == "font" else element.get("text") if element.tag == "body" else "")
        or ""
    )
    if ink and ink not in ("inherit", "currentcolor"):
        colour, alpha = _colour(ink)
        state = replace(state, ink=colour, transparent=colour is not None and alpha == 0)
    elif element.tag == "a" and element.get("href"):
        state = replace(state, ink=_BLUE, transparent=False)
    return state


def _colour(value: str) -> tuple[Colour, float]:
    """The colour in a value, None where none is known, and how opaque it is."""
    import tinycss2.color3

    for token in (value, *value.split()):
        colour = tinycss2.color3.parse_color(token)
        if colour is not None and not isinstance(colour, str):
            return (colour.red, colour.green, colour.blue), colour.alpha
    return None, 1.0
