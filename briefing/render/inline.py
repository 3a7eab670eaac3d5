"""Inline nodes as HTML: the one place where text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, assert_never

from markupsafe import Markup

from briefing.document.inlines import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteReference,
    PageCount,
    PageNumber,
    Strong,
    Text,
)
from briefing.document.reading import NO_BREAK_SPACE, inline_text

SHORT = 24
"""Characters: up to this length a theme may keep a citation or a cross-reference on one line."""

ENDLESS = 40
"""Characters: a word is broken, wherever it may be, after so many that have no sign in them."""
_LONG_WORD: Final = re.compile(r"\S{25,}")
_ADDRESS_BREAK: Final = re.compile(r"(?<=[/@?&=_-])(?<!//)(?=\w)|(?=\.\w)")


def inline_html(children: Iterable[Inline]) -> Markup:
    """The nodes as HTML, every character of them escaped."""
    return Markup("").join(_html(child) for child in children)


def _html(child: Inline) -> Markup:
    match child:
        case Text(text):
            return _text(text)
        case Strong(children):
            return Markup("<strong>{}</strong>").format(inline_html(children))
        case Emphasis(children):
            return Markup("<em>{}</em>").format(inline_html(children))
        case Link(url, children):
            return Markup('<a class="link" href="{}">{}</a>').format(url, inline_html(children))
        case LineBreak():
            return Markup("<br>")
        case NoteReference(number, note, anchor):
            return Markup('<a class="note-reference" id="{}" href="#{}">{}</a>').format(anchor, note, number)
        case Citation(children):
            group = Markup('<span class="citation {}" data-tag="Reference">{}</span>')
            return group.format(_length(inline_text(children)), inline_html(children))
        case CrossReference(target, text):
            link = Markup('<a class="cross-reference {}" href="#{}">{}</a>')
            return link.format(_length(text), target, _text(text))
        case Mark(kind, value, shape, word):
            return Markup(
                '<span class="mark {}-{}"><span class="shape">{}</span>{}<span class="word">{}</span></span>'
            ).format(kind.value, value, shape, NO_BREAK_SPACE, word)
        case PageNumber():
            return Markup('<span class="page-number"></span>')
        case PageCount():
            return Markup('<span class="page-count"></span>')
    assert_never(child)


def _length(text: str) -> str:
    return "short" if len(text) <= SHORT else "long"


def _text(text: str) -> Markup:
    """The characters escaped. Addresses and endless words may be broken over lines: `<wbr>` prints nothing."""
    places = [word.start() + place for word in _LONG_WORD.finditer(text) for place in _breaks(word[0])]
    return Markup("<wbr>").join(text[start:end] for start, end in pairwise([0, *places, len(text)]))


def _breaks(word: str) -> Iterator[int]:
    """Where a long word may be broken, in order."""
    last = 0
    for sign in (*(found.start() for found in _ADDRESS_BREAK.finditer(word)), len(word)):
        if sign - last > ENDLESS:
            yield from range(last, sign, ENDLESS)
            yield sign
        elif sign < len(word):
            yield sign
        last = sign
