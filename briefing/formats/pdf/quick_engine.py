"""What stands in the engine's place for speed alone: what it lays out is the same without it. `DEFAULTS_OF_THEIR_OWN` and what follows know the
tables of `weasyprint.css`, here `css`, which say what properties are.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

DEFAULTS_OF_THEIR_OWN: Final = frozenset({"float", "display", "position", "page"})
"""Properties whose values depend on more than the cascade, the parent and their initial values."""


_ASKED_OF_ALL: Final = "anchor"
"""What is asked of every style, also of the three of four that no box has."""


def with_quick_defaults(missing: Callable[[Any, str], Any], css: Any) -> Callable[[Any, str], Any]:
    """How the engine's `ComputedStyle` finds a value that it has not, with a short way for what no rule sets.

    Three of four properties of a box are inherited or have their initial values. The engine takes each of them through all that may become of a
    value that is set, one by one. Here a style gets all its initial values when a box first asks for one; not before, for most styles have no
    box, and would hold them for nothing. Sides (``margin-left``) stay out where rules name them by the direction of the text
    (``margin-inline-start``).
    """
    logical: dict[tuple[str, str], str] = {}
    initial = {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if name not in css.INHERITED
        and name not in css.INITIAL_NOT_COMPUTED
        and name not in DEFAULTS_OF_THEIR_OWN
        and name[:16] != _PROPAGATED
        and name != _ASKED_OF_ALL
    }
    without_sides = {name: value for name, value in initial.items() if name not in css.PHYSICAL_FUNCTIONS}
    by_direction = {
        find(block="ttb", inline=inline) for find in css.PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl")
    }

    def quickly(style: Any, name: str) -> Any:
        cascaded, parent = style.cascaded, style.parent_style
        if name in cascaded or parent is None or name in DEFAULTS_OF_THEIR_OWN or name[:16] == _PROPAGATED:
            return missing(style, name)
        values = initial if name not in initial or by_direction.isdisjoint(cascaded) else without_sides
        if name in values:
            made = values.copy()
            for each in made.keys() & cascaded:
                del made[each]
            made.update(style)
            style.update(made)
            return values[name]
        if (logical_name := css.PHYSICAL_FUNCTIONS.get(name)) is not None:
            key = name, style["direction"]
            if key not in logical:
                logical[key] = logical_name(block="ttb", inline=key[1])
            if logical[key] in cascaded:
                return missing(style, name)
        if name in css.INHERITED or name[:2] == "__":
            value = parent[name]
        elif name in css.INITIAL_NOT_COMPUTED:
            return missing(style, name)
        else:
            value = css.INITIAL_VALUES[name]
        style[name] = value
        return value

    return quickly


_PROPAGATED: Final = "text_decoration_"


def with_quick_lengths(resolve: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    """The engine's `resolve_one_percentage`, with a short way for a length in pixels, which it leaves as it is."""

    def quickly(box: Any, name: str, whole: Any) -> None:
        value = box.style[name]
        if getattr(value, "unit", None) == "px":
            setattr(box, name, value.value)
        else:
            resolve(box, name, whole)

    return quickly


class PatternsByLetters(dict[tuple[Collection[str], bool], "re.Pattern[str]"]):
    """What the engine's HTML parser keeps patterns in, by the letters that they find, or all others. It keeps each under the
    pattern itself, never finds it again, and writes it out anew for every stretch of text.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        letters, is_those = key
        each = "".join(f"\\x{ord(letter):02x}" for letter in letters)
        pattern = self[key] = re.compile(f"[{each}]+" if is_those else f"[^{each}]+")
        return pattern


_MOST: Final = 8
"""A theme has one or two."""
_LARGEST: Final = 200_000
"""Bytes of a style sheet that is remembered; the built-in ones have a tenth."""


class KnownSheets(logging.Filter):
    """The style sheets that were read in this process, for the next page that has them: what the engine makes of the same bytes is the same.

    `parsed` stands for tinycss2's `parse_stylesheet_bytes`, and `declared` for the engine's `preprocess_declarations`, which says in its `log` what
    it does not take: a rule of which it says something is read anew each time, so that it is said of each page.
    """

    def __init__(self, parse: Callable[..., Any], declare: Callable[..., Iterable[Any]], log: logging.Logger) -> None:
        super().__init__()
        self._parse, self._declare = parse, declare
        self._sheets: OrderedDict[tuple[Any, ...], tuple[Any, dict[tuple[str, int], list[Any]]]] = OrderedDict()
        self._rules: dict[int, dict[tuple[str, int], list[Any]]] = {}
        self._said = 0
        log.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Count what is said, and let it be said."""
        self._said += 1
        return True

    def parsed(self, sheet: bytes, **encodings: Any) -> Any:
        """The rules of a style sheet, and its encoding."""
        key = sheet, *encodings.values()
        if key not in self._sheets:
            found = self._parse(sheet, **encodings)
            if len(sheet) > _LARGEST:
                return found
            self._sheets[key] = found, {}
            if len(self._sheets) > _MOST:
                self._sheets.popitem(last=False)
            # The rules stay as long as their sheet, so that nothing else gets their places in memory.
            self._rules = {
                id(rule.prelude): declared
                for (rules, _), declared in self._sheets.values()
                for rule in rules
                if rule.type == "qualified-rule"
            }
        return self._sheets[key][0]

    def declared(self, base_url: str, declarations: Iterable[Any], prelude: Any = None) -> Iterable[Any]:
        """The declarations of a rule, each with the selectors that `prelude` has."""
        known = self._rules.get(id(prelude))
        if known is None:
            return self._declare(base_url, declarations, prelude)
        key = base_url, id(prelude)
        if key not in known:
            said = self._said
            found = list(self._declare(base_url, declarations, prelude))
            if self._said > said:
                return found
            known[key] = found
        return known[key]
