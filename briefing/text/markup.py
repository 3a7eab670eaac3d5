"""The grammar of light Markdown: the few signs of CommonMark that a brief's texts may use, citations, and the
addresses that may be linked to, with the place of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

LONGEST_ID = 50


# RFC 5321, 4.1.2 without its quoted forms, and without the signs that have a meaning of their own in a mailto address (RFC 6068, 2).
_EMAIL: Final = re.compile(r"[\w.!#$'*+/=^`{|}~-]+@[\w-]+(?:\.[\w-]+)*")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\\<>\"\x00-\x1f\x7f]")


def is_email(text: str) -> bool:
    """Whether `text` is a plain e-mail address, without a name or brackets around it."""
    return _EMAIL.fullmatch(text) is not None


def is_address(url: str) -> bool:
    """Whether `url` is a whole web or mailto address (RFC 3986, RFC 6068); one that carries a user's name or password is not."""
    if _NOT_IN_ADDRESSES.search(url):
        return False
    scheme, colon, rest = url.partition(":")
    if scheme.lower() == "mailto" and colon:
        return is_email(rest.partition("?")[0])
    if scheme.lower() not in ("http", "https") or not rest.startswith("//"):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and "@" not in parts.netloc and not re.search(r"^\.|\.\.", host or "")


_ONE = rf"@(?P<id>[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}})(?![A-Za-z0-9_-])(?:\s*,\s*(?P<locator>[^;\[\]]*[^;\[\]\s]))?"
_SAME = re.sub(r"\?P<\w+>", "?:", _ONE)
CITATION = re.compile(rf"\[\s*{_SAME}\s*(?:;\s*{_SAME}\s*)*\]")
"""A whole citation: ``[@id]``, ``[@id, para 6]`` or ``[@a; @b, p. 3]``."""
CITED = re.compile(_ONE)
"""One source in it, with its locator."""

_RULE_OF_SIGNS = re.compile(r"([-*])[ \t]*(?:\1[ \t]*){2,}")
_MOST_NESTING = 100
"""Levels at which the library stops reading; far above what `briefing.text.markup_faults` lets through."""

InlineRule = Callable[[StateInline, bool], bool]


def read_markup(text: str) -> tuple[Token, ...]:
    """The tokens of a text, as markdown-it gives them.

    A token of type ``citation`` has ``meta["cites"]``, a list of source id and locator (empty for none), and ``meta["offset"]``, the character of the
    text at which it begins; so have a ``link_open`` and an ``image``. Pictures and links to any address are read, so that they can be complained of.
    """
    tokens = _text_reader().parse(text)
    _set_offsets(tokens, text)
    return tuple(tokens)


def read_quote_markup(text: str) -> tuple[Token, ...]:
    """The tokens of a quoted text, in which only paragraphs, emphasis and backslashes are markup: ``[sic](x)`` stays as it is."""
    return tuple(_quote_reader().parse(text))


@cache
def _text_reader() -> MarkdownIt:
    reader = _reader(["paragraph", "list", "emphasis", "escape", "newline", "link", "autolink"])
    reader.block.ruler.before("list", "signs_as_typed", _signs_as_typed)
    reader.inline.ruler.at("link", _placed(link))
    reader.inline.ruler.at("autolink", _placed(autolink))
    reader.inline.ruler.before("link", "citation", _citation)
    reader.inline.ruler.before("link", "picture", _placed(image))
    return reader


@cache
def _quote_reader() -> MarkdownIt:
    return _reader(["paragraph", "emphasis", "escape", "newline"])


def _reader(rules: list[str]) -> MarkdownIt:
    reader = MarkdownIt("zero", {"maxNesting": _MOST_NESTING})
    reader.enable(rules)
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return reader


def _citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if match is None or state.linkLevel:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group()
        cited = list(CITED.finditer(match.group()))
        token.meta = {
            "cites": [(part["id"], " ".join((part["locator"] or "").split())) for part in cited],
            "within": [part.start() for part in cited],
            "position": state.pos,
        }
    state.pos = match.end()
    return True


def _placed(rule: InlineRule) -> InlineRule:
    """The rule, with its position within the paragraph left in the first token it makes."""

    def placed(state: StateInline, silent: bool) -> bool:
        before, position = len(state.tokens), state.pos
        done = rule(state, silent)
        if done and not silent:
            made = next(token for token in state.tokens[before:] if token.type in ("link_open", "image"))
            made.meta["position"] = position
        return done

    return placed


def _signs_as_typed(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A line such as ``* * *`` is those characters; CommonMark reads it as a rule before it looks for lists."""
    line = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]]
    if not _RULE_OF_SIGNS.fullmatch(line):
        return False
    if not silent:
        state.line = first + 1
        state.push("paragraph_open", "p", 1).map = [first, state.line]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = line.strip(), [first, state.line], []
        state.push("paragraph_close", "p", -1)
    return True


def _set_offsets(tokens: Sequence[Token], text: str) -> None:
    """Turn the positions within a paragraph that rules left in tokens into ``meta["offset"]`` within `text`."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for token in tokens:
        for child in token.children or []:
            if "position" not in child.meta:
                continue
            before = token.content[: child.meta.pop("position")]
            number = before.count("\n")
            inner = token.content.split("\n")[number]
            row = (token.map or [0])[0] + number
            # A paragraph's line is the end of the text's line: list markers and indentation go before it.
            begin = len(lines[row].rstrip()) - len(inner.strip())
            column = begin + len(before) - (before.rfind("\n") + 1) - (len(inner) - len(inner.lstrip()))
            child.meta["offset"] = starts[row] + column
