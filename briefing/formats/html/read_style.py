"""What a page's style sheet does to its text: hide it, cut it, move it, change its letters, add to it, or print it in
the colour of its ground.

The cascade is worked out (CSS Cascading 5) for screens, wide and narrow, light and dark, and for paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import cssselect2
import tinycss2
import tinycss2.color3
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.document.colours import contrast

LEAST_CONTRAST: Final = 3.0
"""Below this nobody is sure to read the text: WCAG 2.2, 1.4.3, for large text."""
_PIXELS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "em": 16.0, "rem": 16.0, "ch": 8.0, "ex": 8.0}
_PIXELS.update({"mm": 3.78, "cm": 37.8, "in": 96.0})
_FAR: Final = -96.0
"""Pixels: what is moved so far to one side is off the page, or on somebody else's text."""
_SMALLEST: Final = 6.0
"""Pixels: smaller letters are not read."""
_STATES: Final = re.compile(r"::?(?:focus|hover|active|target|selection|marker|visited|-webkit-|-moz-)")
"""What holds only while somebody points at something, or is about parts that no text stands in."""


class _Medium(NamedTuple):
    """Where a page is looked at. `width` is in pixels."""

    name: str
    kind: str
    width: float
    dark: bool = False


_MEDIA: Final = (
    _Medium("", "screen", 1280),
    _Medium(" on a narrow screen", "screen", 360),
    _Medium(" in dark mode", "screen", 1280, dark=True),
    _Medium(" on a narrow screen in dark mode", "screen", 360, dark=True),
    _Medium(" in print", "print", 700),
)

Values = Mapping[str, str]


class Look(Struct, frozen=True):
    """What holds for an element in each medium; `added` is what the style sheet prints before or after it."""

    states: tuple[_State, ...]
    added: str | None = None

    @property
    def fault(self) -> str | None:
        """Why its text cannot be seen as it stands, if so in any medium."""
        return next((each.fault for each in self.states if each.fault), None)


class _State(Struct, frozen=True):
    """What an element hands down to those in it, in one medium."""

    medium: _Medium
    custom: Values = field(default_factory=dict)
    colour: str = "#000000"
    ground: str = "#ffffff"
    list_style: str = "disc"
    visible: bool = True
    fault: str | None = None


class _Rule(NamedTuple):
    queries: tuple[str, ...]
    declarations: tuple[tuple[str, str, bool], ...]


class Style:
    """A style sheet. `unread` names what in it is not followed here, so that nothing can be told of it."""

    def __init__(self, text: str) -> None:
        self.unread: list[str] = []
        self.addresses: list[str] = []
        self._matcher = cssselect2.Matcher()
        self._take(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), ())

    def root(self) -> Look:
        """What holds before any rule."""
        return Look(tuple(_State(medium) for medium in _MEDIA))

    def look(self, element: cssselect2.ElementWrapper, above: Look) -> Look:
        """What holds for `element`, which stands in one for which `above` holds."""
        own: list[_Rule] = []
        added = None
        for _, _, pseudo, rule in self._matcher.match(element):  # the weaker ones first
            if pseudo is None:
                own.append(rule)
            elif pseudo in ("before", "after"):
                added = added or _added(rule)
        return Look(tuple(_below(state, dict(_won(own, state.medium)), element) for state in above.states), added)

    def _take(self, rules: Iterable[Any], queries: tuple[str, ...]) -> None:
        for rule in rules:
            if rule.type == "at-rule":
                name, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude).strip()
                if name == "import":
                    self.addresses.append(prelude)
                elif name == "font-face":
                    tuple(self._declarations(rule.content))
                elif rule.content is not None and name in ("media", "supports", "layer", "container"):
                    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                    self._take(inner, (*queries, prelude.lower()) if name == "media" else queries)
            elif rule.type == "qualified-rule":
                made = _Rule(queries, tuple(self._declarations(rule.content)))
                selectors = tinycss2.serialize(rule.prelude).strip()
                try:
                    for selector in cssselect2.compile_selector_list(rule.prelude):
                        self._matcher.add_selector(selector, made)
                except cssselect2.SelectorError:
                    if not _STATES.search(selectors):
                        self.unread.append(selectors)
            elif rule.type == "error":
                self.unread.append(rule.message)

    def _declarations(self, content: Any) -> Iterator[tuple[str, str, bool]]:
        for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if each.type == "declaration":
                self.addresses += _addresses(each.value)
                value = tinycss2.serialize(each.value).strip()
                yield each.lower_name, value if each.lower_name == "content" else value.lower(), each.important
            else:
                said = each.message if each.type == "error" else tinycss2.serialize([each]).strip()[:40]
                self.unread.append(f"{said} within a rule")


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name in ("url", "image-set", "-webkit-image-set", "src"):
            yield from (each.value for each in token.arguments if each.type in ("string", "url"))
        elif token.type == "function":
            yield from _addresses(token.arguments)


def _won(rules: Iterable[_Rule], medium: _Medium) -> Iterator[tuple[str, str]]:
    """The declarations of `rules`, the weaker ones first, that hold in `medium`."""
    held = [rule for rule in rules if all(_holds(query, medium) for query in rule.queries)]
    for wanted in (False, True):
        yield from ((name, value) for rule in held for name, value, forced in rule.declarations if forced is wanted)


def _holds(query: str, medium: _Medium) -> bool:
    """Whether a media query holds; of what is not known here, it is taken to hold."""
    for each in map(str.strip, query.split(",")):
        parts = re.split(r"\s+and\s+", re.sub("^(?:not|only) ", "", each))
        if all(_feature_holds(part.strip("() "), medium) for part in parts) != each.startswith("not "):
            return True
    return False


def _feature_holds(feature: str, medium: _Medium) -> bool:
    if feature in ("screen", "print", "speech"):
        return feature == medium.kind
    name, _, value = (part.strip() for part in feature.partition(":"))
    if name == "prefers-color-scheme":
        return (value == "dark") == medium.dark
    if name in ("min-width", "max-width") and (size := _pixels(value)) is not None:
        return medium.width >= size if name == "min-width" else medium.width <= size
    return True


def _pixels(value: str) -> float | None:
    found = re.fullmatch(r"([-+]?[\d.]+)([a-z]*)", value)
    if found is None or (found[2] not in _PIXELS and float(found[1])):
        return None
    return float(found[1]) * _PIXELS.get(found[2], 1)


def _below(above: _State, won: Values, element: cssselect2.ElementWrapper) -> _State:
    custom = {**above.custom, **{name: value for name, value in won.items() if name.startswith("--")}}
    own = {name: _filled(value, custom) for name, value in won.items() if not name.startswith("--")}
    colour = own.get("-webkit-text-fill-color", own.get("color", "inherit"))
    ground = _ground(own)
    visibility = own.get("visibility")
    listed = own.get("list-style-type", own.get("list-style", "inherit"))
    state = replace(
        above,
        custom=custom,
        colour=above.colour if colour in ("inherit", "currentcolor", "unset") else colour,
        ground=above.ground if ground is None else ground,
        list_style=above.list_style if listed == "inherit" else listed,
        visible=above.visible if visibility in (None, "inherit") else visibility == "visible",
    )
    fault = _fault(own, state, element.local_name)
    return state if above.fault or not fault else replace(state, fault=f"{fault}{above.medium.name}")


def _filled(value: str, custom: Values, depth: int = 0) -> str:
    """The value with custom properties put in."""
    if "var(" not in value or depth > 8:
        return value
    put_in = re.sub(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", lambda found: custom.get(found[1], found[2] or ""), value)
    return _filled(put_in.strip(), custom, depth + 1)


def _ground(own: Values) -> str | None:
    """The colour behind an element's text; None for the one behind it, '' for one that cannot be told."""
    if "gradient(" in own.get("background", own.get("background-image", "")):
        return ""
    value = own.get("background-color", own.get("background", "none"))
    colour = tinycss2.color3.parse_color(value)
    if colour is None:
        return "" if value not in ("none", "inherit", "unset", "initial") else None
    return None if isinstance(colour, str) or colour.alpha < 0.5 else value


_USUAL: Final = frozenset(("none", "inherit", "initial", "unset", "revert"))
_GONE: Final = {"display": "none", "content-visibility": "hidden", "text-overflow": "ellipsis"}
_CALM: Final[Mapping[str, str]] = {
    "clip": "auto",
    **dict.fromkeys(("clip-path", "mask", "mask-image", "filter"), "none"),
}
"""What covers or cuts text, and the value that does not."""
_IN_PLACE: Final[Mapping[str, str]] = {
    "scale": "1",
    "rotate": "0",
    "order": "0",
    "unicode-bidi": "normal isolate embed plaintext",
    "writing-mode": "horizontal-tb",
    "caption-side": "top block-start",
    "flex-direction": "row column",
    "flex-wrap": "nowrap wrap",
    "position": "static relative sticky",
    **dict.fromkeys(("transform", "translate"), "none"),
    **dict.fromkeys(("grid-area", "grid-row", "grid-column", "grid-row-start", "grid-column-start"), "auto"),
}
"""What moves text, and the values that do not."""
_SHIFTS: Final = re.compile(r"text-indent|(?:margin|inset|left|right|top|bottom)(?:-.*)?")
_SIZES: Final = re.compile(r"(?:max-)?(?:height|width|block-size|inline-size)")


def _fault(own: Values, state: _State, name: str) -> str | None:
    """Why the text of an element cannot be seen as the tree has it."""
    if not state.visible or any(own.get(each) == value for each, value in _GONE.items()):
        return "is hidden"
    if any(own.get(each, "none") not in _USUAL | {value} for each, value in _CALM.items()):
        return "is cut or covered"
    if "opacity" in own and (_pixels(own["opacity"].rstrip("%")) or 0) < (30 if "%" in own["opacity"] else 0.3):
        return "can be seen through"
    size = _pixels(own.get("font-size", "16px"))
    if size is not None and size < _SMALLEST:
        return "is too small to read"
    has_size = any(_SIZES.fullmatch(each) and value not in ("none", "auto", "100%") for each, value in own.items())
    clips = {own.get(each) for each in ("overflow", "overflow-x", "overflow-y")} & {"hidden", "clip"}
    if (clips and has_size) or any("line-clamp" in each for each in own):
        return "may be cut off"
    for each, value in own.items():
        if _SHIFTS.fullmatch(each) and any((_pixels(part) or 0) < _FAR for part in value.split()):
            return "lies off the page"
        if each in _IN_PLACE and value not in _USUAL.union(_IN_PLACE[each].split()):
            return f"is put in another place ({each})"
    if own.get("text-transform", "none") not in _USUAL:
        return "has other letters than the brief (text-transform)"
    if own.get("content", "normal") not in ("normal", "none"):
        return "is replaced by the style sheet"
    if name == "li" and "none" not in state.list_style:
        return "has a second list marker"
    ratio = _contrast(state.colour, state.ground)
    if ratio is not None and ratio < LEAST_CONTRAST and name not in ("svg", "text", "html"):
        return f"has a contrast of {ratio:.1f} to 1 with its ground"
    return None


@lru_cache(maxsize=1_000)
def _contrast(first: str, second: str) -> float | None:
    """The contrast ratio of two colours (WCAG 2.2); None when one of them cannot be told."""
    found = [tinycss2.color3.parse_color(each) for each in (first, second)]
    if any(colour is None or isinstance(colour, str) for colour in found):
        return None
    if found[0].alpha < 0.5:
        return 1.0
    return contrast(*(colour[:3] for colour in found))


def _added(rule: _Rule) -> str | None:
    """What a rule for what stands before or after an element prints there."""
    own = {name: value for name, value, _ in rule.declarations}
    value = own.get("content", "none")
    if own.get("position") in ("absolute", "fixed"):
        return "a box that may cover it"
    return None if value in ("none", "normal") or not re.sub(r"[\s\"']", "", value) else value
