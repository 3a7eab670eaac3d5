"""Light Markdown: the few signs of CommonMark that a brief's texts may use, and citations.

Paragraphs, lists, emphasis, strong emphasis, links and backslash escapes are markup (CommonMark 0.31.2); everything else, raw HTML included, is the
characters that were typed. A citation is ``[@id]``, ``[@id, para 6]`` or ``[@a; @b, p. 3]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from briefing.schema.types import LONGEST_ID

_ONE = rf"@(?P<id>[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}})(?:\s*,\s*(?P<locator>[^;\[\]]*[^;\[\]\s]))?"
_CITATION = re.compile(
    rf"\[\s*{_ONE.replace('?P<id>', '').replace('?P<locator>', '')}\s*(?:;\s*{_ONE.replace('?P<id>', '').replace('?P<locator>', '')}\s*)*\]"
)
_PART = re.compile(_ONE)
_LIKE_A_CITATION = re.compile(r"(?<!\\)\[\s*@[^\]\n]{0,80}\]?")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
DEEPEST_NESTING = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """One source named in a text; `offset` is where the citation begins, in characters."""

    id: str
    locator: str
    offset: int


@cache
def _reader(quote: bool) -> MarkdownIt:
    reader = MarkdownIt("zero", {"maxNesting": DEEPEST_NESTING * 4})
    reader.enable(
        ["paragraph", "emphasis", "escape", "newline"]
        if quote
        else ["paragraph", "list", "emphasis", "escape", "newline", "link"]
    )
    reader.validateLink = lambda url: bool(_SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    if not quote:
        reader.inline.ruler.before("link", "citation", _citation)
    return reader


def _citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if match is None or state.linkLevel:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group()
        token.meta = {"cites": [(part["id"], _spaced(part["locator"] or "")) for part in _PART.finditer(match.group())]}
    state.pos = match.end()
    return True


def _spaced(text: str) -> str:
    return " ".join(text.split())


def parse(text: str) -> list[Token]:
    """The tokens of a text; a token of type ``citation`` has ``meta["cites"]``, a list of source id and locator."""
    return _reader(False).parse(text)


def parse_quote(text: str) -> list[Token]:
    """The tokens of a quoted text, in which only paragraphs, emphasis and escapes are markup: ``[sic](x)`` stays as it is."""
    return _reader(True).parse(text)


def plain(text: str) -> str:
    """A text as its reader sees it, citations left out; paragraphs and list items are parted by a line feed."""
    return "\n".join(line for line in (_line(token) for token in parse(text) if token.type == "inline") if line)


def plain_quote(text: str) -> str:
    """A quoted text as its reader sees it; paragraphs are parted by a line feed."""
    return "\n".join(_line(token) for token in parse_quote(text) if token.type == "inline")


def _line(token: Token) -> str:
    said = "".join(
        " " if child.type == "softbreak" else "\n" if child.type == "hardbreak" else child.content
        for child in token.children or []
        if child.type in ("text", "text_special", "softbreak", "hardbreak")
    )
    return re.sub(r"[ ]+(?=[.,;:!?\n]|$)", "", re.sub(r" {2,}", " ", said)).strip()


def citations(text: str) -> list[Citation]:
    """Every citation of a text, in order."""
    found: list[Citation] = []
    position = 0
    for token in parse(text):
        for child in token.children or []:
            if child.type == "citation":
                position = text.find(child.content, position)
                found += [Citation(source, locator, position) for source, locator in child.meta["cites"]]
                position += len(child.content)
    return found


def failed_citations(text: str) -> Iterator[tuple[str, int]]:
    """What looks like a citation but is none, with its offset: such text would be printed as it stands."""
    good = {citation.offset for citation in citations(text)}
    for match in _LIKE_A_CITATION.finditer(text):
        if match.start() not in good:
            yield match.group(), match.start()


def refused_links(text: str) -> Iterator[tuple[str, int]]:
    """Addresses in link form that are not http, https or mailto, with their offsets: such text would be printed as it stands."""
    for match in re.finditer(r"(?<!\\)\]\(\s*<?([^)\s>]+)", text):
        if not _SAFE_LINK.fullmatch(match.group(1)) and re.match(
            r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\|[./]", match.group(1)
        ):
            yield match.group(1), match.start(1)
