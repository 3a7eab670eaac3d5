"""What a writer meant as markup although it is none: it would be printed as it was typed, and nobody wants that in a
finished brief.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from markdown_it.token import Token

from briefing.errors import shown
from briefing.text.markup import CITATION, is_address

DEEPEST_LIST: Final = 4
"""Lists within lists: as many levels as a page still shows."""
DEEPEST_EMPHASIS: Final = 6
"""Emphasis and links within each other."""

_TO_ADDRESS = re.compile(r"<|\[.*?\]\(\s*<?", re.DOTALL)
_LINK_BEHIND = re.compile(r"(?:[^\[\]]*\])?\(\s*<?(?:https?://|mailto:)", re.IGNORECASE)
_LIKE_A_CITATION = re.compile(r"(?<!\\)\[(?:[^\[\]\n]{0,80}[^\w\\\[\]])?@(?=\S)[^\[\]\n]{0,80}\]?")


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """One such fault: the code of its problem, what is wrong, what would be right, and the character at which it begins."""

    code: str
    message: str
    hint: str
    offset: int


def markup_faults(text: str, tokens: Sequence[Token]) -> list[MarkupFault]:
    """Every fault of a text in light Markdown, which was read as `tokens`, in order."""
    inlines = [child for token in tokens for child in token.children or []]
    cited = {child.meta["offset"] for child in inlines if child.type == "citation"}
    faults = [*_citations(text, cited), *_links(inlines, text), *_nesting(tokens, text)]
    return sorted(faults, key=lambda fault: fault.offset)


def quote_faults(text: str) -> list[MarkupFault]:
    """Every fault of quoted words: a citation among them would be printed as part of what was said."""
    hint = "name the quote's 'source' and 'locator' instead; write \\[ for a bracket that was in the words"
    return [
        MarkupFault("bad-value", f"'{shown(match.group())}' stands among quoted words", hint, match.start())
        for match in re.finditer(rf"(?<!\\){CITATION.pattern}", text)
    ]


def _citations(text: str, cited: set[int]) -> Iterator[MarkupFault]:
    hint = "write [@id], [@id, para 6] or [@a; @b, p. 3]; write \\[ for a bracket that is only a bracket"
    for match in _LIKE_A_CITATION.finditer(text):
        if match.start() not in cited:
            yield MarkupFault("bad-value", f"'{shown(match.group())}' is not a citation", hint, match.start())


def _links(inlines: list[Token], text: str) -> Iterator[MarkupFault]:
    for child, following in zip_longest(inlines, inlines[1:]):
        if child.type == "image":
            hint = "put it under 'figures'; write \\! for an exclamation mark that is only that"
            yield MarkupFault("bad-value", "a picture cannot stand in a text", hint, child.meta["offset"])
        elif child.type == "citation" and following is not None and _LINK_BEHIND.match(following.content):
            hint = "let it follow the link; write [\\@name](https://...) for a link whose words begin with @"
            yield MarkupFault("bad-value", "a citation cannot be the words of a link", hint, child.meta["offset"])
        elif child.type == "link_open":
            address = str(child.attrs["href"])
            if not is_address(address):
                hint = "write a whole address that starts with https://, http:// or mailto:; write \\[ for a bracket that is only a bracket"
                what = f"'{shown(address)}' cannot be a link's address" if address else "the link has no address"
                yield MarkupFault("bad-url", what, hint, _address(text, child.meta["offset"]))
            elif following is not None and following.type == "link_close":
                hint = "put words into its brackets, or write <https://...>"
                yield MarkupFault("bad-value", "the link has no words", hint, child.meta["offset"])


def _address(text: str, link: int) -> int:
    """Where the address of the link that begins at `link` stands."""
    match = _TO_ADDRESS.match(text, link)
    return match.end() if match else link


def _nesting(tokens: Sequence[Token], text: str) -> Iterator[MarkupFault]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    depth = 0
    for token in tokens:
        depth += {"bullet_list_open": 1, "ordered_list_open": 1, "bullet_list_close": -1, "ordered_list_close": -1}.get(
            token.type, 0
        )
        if token.type.endswith("list_open") and depth == DEEPEST_LIST + 1 and token.map:
            hint = f"at most {DEEPEST_LIST} levels; write \\- for a dash that is only a dash"
            yield MarkupFault("too-deep", "lists are nested too deeply", hint, starts[token.map[0]])
        if token.map and any(child.level >= DEEPEST_EMPHASIS for child in token.children or []):
            hint = "use fewer * and _; write \\* for an asterisk that is only that"
            yield MarkupFault("too-deep", "emphasis is nested too deeply", hint, starts[token.map[0]])
