"""The pass that sets a text as its language is set: quotation marks, apostrophes and dashes in place of those of a keyboard, and
no line break between what belongs together. Addresses stay as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, get_args

from babel import Locale
from msgspec import Struct
from msgspec.structs import replace

from briefing.compose.wording import Wording
from briefing.document.drawing import Label
from briefing.document.inlines import (
    Abbreviation,
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Strong,
    Text,
)
from briefing.document.reading import NO_BREAK_SPACE
from briefing.document.tree import Column, Paragraph, ParagraphRole
from briefing.document.walk import Node, rewrite

_INLINES: Final = get_args(Inline)
_UNITS: Final = (
    r"%|‰|°C?|per\scent|percent|Prozent|pour\scent|[ckm]?m[²³]?|km/h|ha|[kMGT]?W(?:att|h)?|[kM]?t|k?g|l|[kMG]?Hz|h|min|[€£$]|EUR|USD|GBP|CHF|"
    r"million(?:en|s)?|billion(?:en|s)?|trillion|Mio|Mrd|milliards?|Million(?:en)?|Milliarden?|thousand|tonnes?|euros?"
)
_NUMBERED: Final = (
    r"pp?\.|paras?|[Nn]os?\.|n°|Nr\.|[Aa]rts?\.|S\.|Abs\.|Abb\.|Tab\.|[Ff]igs?\.|al\.|§§?|ch\.|[Vv]ols?\."
    r"|Table|Figure|Tabelle|Abbildung|Tableau"
)
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞĆČĐŁŃŚŠŹŻŽΑ-ΩА-Я]"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|mailto:)\S+|\S+@\S+\.\S+")
_DASHES: Final = re.compile(r"(?<=\w)---?(?=\w)|(?<=\s)---?(?=\s)")
_BEHIND_WHICH_MARKS_OPEN: Final = frozenset("([{–—-/«„“‚‘¿¡ \t\n" + NO_BREAK_SPACE)
_OBJECT: Final = "\ufffc"


@cache
def _held_together(locale: Locale) -> tuple[re.Pattern[str], ...]:
    """What goes before a space at which no line may end, as the first group of each pattern."""
    names = {name.rstrip(".") for width in ("wide", "abbreviated") for name in locale.months["format"][width].values()}
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    patterns = [
        rf"(\d) (?=(?:{_UNITS})(?!\w))",
        r"(\d) (?=\d{3}(?!\d))",
        rf"((?<!\w)(?:\d\d?\.?|1er)) (?=(?:{month})(?!\w))",
        rf"((?<!\w)(?:{month})) (?=\d\d?(?!\d))",
        rf"((?<!\w)(?:{_NUMBERED})) (?=\d)",
        rf"((?<!\w){_CAPITAL}\.) (?={_CAPITAL})",
    ]
    if locale.language == "fr":
        patterns += [r"([^\s;:!?«]) (?=[;:!?»])", "(«) "]
    return tuple(map(re.compile, patterns))


def typeset(node: Node, wording: Wording) -> Node:
    """`node` with every line of text below it set as the language of `wording` is set."""

    def set_lines(inner: Any) -> Any:
        if isinstance(inner, Column):
            (heading,) = _line((Text(inner.heading),), wording, quoted=False) if inner.heading else (Text(""),)
            assert isinstance(heading, Text)
            return replace(inner, heading=heading.text)
        if isinstance(inner, Label):
            (words,) = _line((Text(inner.text),), wording, quoted=False)
            assert isinstance(words, Text)
            return replace(inner, text=words.text)
        if not isinstance(inner, Struct) or isinstance(inner, _INLINES):
            return inner
        quoted = isinstance(inner, Paragraph) and inner.role is ParagraphRole.QUOTE
        changed = {
            name: _line(line, wording, quoted)
            for name in inner.__struct_fields__
            if isinstance(line := getattr(inner, name), tuple) and line and isinstance(line[0], _INLINES)
        }
        return replace(inner, **changed) if changed else inner

    return rewrite(node, set_lines)


def _line(children: tuple[Inline, ...], wording: Wording, quoted: bool) -> tuple[Inline, ...]:
    """One line or paragraph; `quoted` when it is somebody's words, within which double marks are inner ones."""
    leaves = list(_leaves(children))
    characters = list("".join(leaves))
    text = _ADDRESS.sub(lambda address: _OBJECT * len(address.group()), "".join(characters))
    _set_marks(text, characters, wording, quoted)
    for pattern in _held_together(wording.locale):
        for match in pattern.finditer(text):
            characters[match.end(1)] = NO_BREAK_SPACE
    for match in _DASHES.finditer(text):
        characters[match.start() : match.end()] = [
            "–" if len(match.group()) == 2 else "—",
            *[""] * (len(match.group()) - 1),
        ]
    pieces = []
    start = 0
    for leaf in leaves:
        pieces.append("".join(characters[start : start + len(leaf)]))
        start += len(leaf)
    following = iter(pieces)
    return tuple(_with_texts(child, following) for child in children)


def _leaves(children: Sequence[Inline]) -> Iterator[str]:
    """What each inline reads as, nested ones in order."""
    for child in children:
        match child:
            case Text(text) | CrossReference(text=text):
                yield text
            case Strong(inner) | Emphasis(inner) | Link(children=inner) | Citation(inner):
                yield from _leaves(inner)
            case Abbreviation(short):
                yield short
            case LineBreak():
                yield "\n"
            case _:
                yield _OBJECT


def _with_texts(child: Any, pieces: Iterator[str]) -> Any:
    match child:
        case Text():
            return replace(child, text=next(pieces))
        case Strong() | Emphasis() | Link() | Citation():
            return replace(child, children=tuple(_with_texts(inner, pieces) for inner in child.children))
        case _:
            next(pieces)
            return child


def _set_marks(text: str, characters: list[str], wording: Wording, quoted: bool) -> None:
    """Put the language's marks and apostrophes in the place of straight ones. One that may be a sign of feet or inches stays."""
    names = ("inner", "inner") if quoted else ("quotation", "inner")
    double, single = ((wording.labels[f"{name}_open"], wording.labels[f"{name}_close"]) for name in names)
    open_doubles: list[str] = []
    open_single = False
    for place, sign in enumerate(text):
        if sign not in "\"'":
            continue
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        opens = (
            not before or before in _BEHIND_WHICH_MARKS_OPEN or (before in "\"'" and characters[place - 1] != before)
        )
        if sign == '"':
            if opens and after.strip() and text.find('"', place + 1) > 0:
                opening, closing = single if open_doubles else double
                characters[place] = opening
                open_doubles.append(closing)
            elif open_doubles:
                characters[place] = open_doubles.pop()
        elif before.isalnum() and after.isalpha():
            characters[place] = "’"
        elif opens and _closed_later(text, place):
            characters[place], open_single = single[0], True
        elif open_single and not opens:
            characters[place], open_single = single[1], False
        elif before.isalpha() or (opens and after.isalnum()):
            characters[place] = "’"


def _closed_later(text: str, place: int) -> bool:
    """Whether a single mark behind `place` ends words, and is neither within one nor before one."""
    return re.search(r"(?<=[^\s])'(?!\w)", text[place + 2 :]) is not None and text[place + 1 : place + 2].isalpha()
