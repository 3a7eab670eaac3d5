"""Light Markdown: the few signs of CommonMark that a brief's texts may use, and citations.

Paragraphs, lists, emphasis, strong emphasis, links, ``<https://...>`` and backslash escapes are markup (CommonMark 0.31.2); everything else, raw HTML
and entities included, is the characters that were typed. A citation is ``[@id]``, ``[@id, para 6]`` or ``[@a; @b, p. 3]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.schema.markup_rules import put_offsets, quote_reader, text_reader

_CUT = "\x00"


@dataclass(frozen=True, slots=True)
class Citation:
    """One source named in a text; `offset` is where its ``@`` stands, in characters."""

    id: str
    locator: str
    offset: int


@cache
def _text_reader() -> MarkdownIt:
    return text_reader()


@cache
def _quote_reader() -> MarkdownIt:
    return quote_reader()


def parse(text: str) -> list[Token]:
    """The tokens of a text, as markdown-it gives them.

    A token of type ``citation`` has ``meta["cites"]``, a list of source id and locator (empty for none), and ``meta["offset"]``, the character of the
    text at which it begins; so has a ``link_open``. Text in link form whose address is not http, https or mailto is text.
    """
    tokens = _text_reader().parse(text)
    put_offsets(tokens, text)
    return tokens


def parse_quote(text: str) -> list[Token]:
    """The tokens of a quoted text, in which only paragraphs, emphasis and escapes are markup: ``[sic](x)`` stays as it is."""
    return _quote_reader().parse(text)


def plain(text: str) -> str:
    """A text as its reader sees it, citations left out; paragraphs and list items are parted by a line feed."""
    return "\n".join(line for line in (_line(token) for token in parse(text) if token.type == "inline") if line)


def plain_quote(text: str) -> str:
    """A quoted text as its reader sees it; paragraphs are parted by a line feed."""
    return "\n".join(_line(token) for token in parse_quote(text) if token.type == "inline")


def _line(token: Token) -> str:
    said = "".join(
        {"softbreak": " ", "hardbreak": "\n", "citation": _CUT}.get(child.type, child.content)
        for child in token.children or []
    )
    return re.sub(rf"([ \n]*){_CUT}(?:[ \n]*{_CUT})*([ \n]*)(.?)", _closed, said).strip()


def _closed(gap: re.Match[str]) -> str:
    """What stands where citations stood: a space between words, none before a sign that closes."""
    before, behind, following = gap.groups()
    space = (behind or before) and following and following not in ".,;:!?)]”’»"
    return (" " if space else "") + following


def citations(text: str) -> list[Citation]:
    """Every citation of a text, in order."""
    return [
        Citation(source, locator, child.meta["offset"] + within)
        for token in parse(text)
        for child in token.children or []
        if child.type == "citation"
        for (source, locator), within in zip(child.meta["cites"], child.meta["within"], strict=True)
    ]
