"""The grammar of light Markdown: the signs of CommonMark that a brief's texts may use, tables, citations, references and notes, and
the addresses that may be linked to, with the place of each. Signs that mean something in other Markdown are read as well, so that
`briefing.text.markup_faults` can complain of them where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.backticks import backtick
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.rules_inline.state_inline import Delimiter
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


NAME = rf"[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}(?![A-Za-z0-9_-])"
_ONE = rf"@(?P<id>{NAME})(?:\s*,\s*(?P<locator>[^;\[\]]*[^;\[\]\s]))?"
_SAME = re.sub(r"\?P<\w+>", "?:", _ONE)
CITATION = re.compile(rf"\[\s*{_SAME}\s*(?:;\s*{_SAME}\s*)*\]")
"""A whole citation: ``[@id]``, ``[@id, para 6]`` or ``[@a; @b, p. 3]``."""
CITED = re.compile(_ONE)
"""One source in it, with its locator."""
REFERENCE = re.compile(rf"\[#({NAME})\]")
"""A reference to another item: ``[#id]``."""
NOTE_MENTION = re.compile(r"\[\^([A-Za-z0-9_-]{1,50})\](?!:)")
"""Where a note is called: ``[^a]``."""
_NOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,50})\]:[ \t]*")

_REST_OF_ADDRESS = re.compile(r"://[^\s<>\[\]()]*[^\s<>\[\]()*_.,;:!?'\"”’]")

_BULLETS: Final = "•▪◦‣●○■□▫·∙➢➤✓\uf0b7\uf0a7–"
"""What Word and its like set before an item of a list (U+F0B7 and U+F0A7 are bullets of the Symbol and Wingdings fonts), and the en dash."""
_PASTED = re.compile(rf"([ \t]*)[{_BULLETS}](?=[ \t\u00a0]+\S)")
_MOST_OF_A_LIST = 99
_LIST_NUMBER = re.compile(r"(\d+)[.)]")
_MOST_NESTING = 100
"""Levels at which the library stops reading; far above what `briefing.text.markup_faults` lets through."""

InlineRule = Callable[[StateInline, bool], bool]


def read_markup(text: str) -> tuple[Token, ...]:
    """The tokens of a text, as markdown-it gives them.

    A token of type ``citation`` has ``meta["cites"]``, a list of source id and locator (empty for none); a ``reference`` and a ``note_mention``
    have ``meta["name"]``, as has the ``note_open`` before what a note says. All of them, and a ``link_open`` and an ``image``, have
    ``meta["offset"]``, the character of the text at which they begin. Bullets of a word processor are read as those of a list.
    """
    tokens = _text_reader().parse(_with_plain_bullets(text))
    _set_offsets(tokens, text)
    return tuple(tokens)


def _with_plain_bullets(text: str) -> str:
    """The text with a hyphen for each bullet of a word processor; a lone dash that only goes on a sentence of the line above stays."""
    lines = text.split("\n")
    bullets = [_PASTED.match(line) for line in lines]
    made = list(lines)
    for number, (line, bullet) in enumerate(zip(lines, bullets, strict=True)):
        below = bullets[number + 1] if number + 1 < len(lines) else None
        begins = number == 0 or not lines[number - 1].strip() or made[number - 1].lstrip().startswith("- ") or below
        if bullet and (line[bullet.end() - 1] != "–" or begins):
            made[number] = f"{bullet[1]}- {line[bullet.end() + 1 :]}"
    return "\n".join(made)


def read_quote_markup(text: str) -> tuple[Token, ...]:
    """The tokens of a quoted text, in which only paragraphs, emphasis and backslashes are markup: ``[sic](x)`` stays as it is."""
    return tuple(_quote_reader().parse(text))


def read_line_markup(text: str) -> tuple[Token, ...]:
    """The tokens within one line of text, for finding markup where there may be none."""
    tokens = _text_reader().parseInline(text)
    _set_offsets(tokens, text)
    return tuple(tokens[0].children or [])


@cache
def _text_reader() -> MarkdownIt:
    refused = ["blockquote", "fence", "lheading", "hr", "html_block", "html_inline", "backticks"]
    reader = _reader(["paragraph", "heading", "list", "table", "escape", "newline", "link", "autolink", *refused])
    reader.options.html = True
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    reader.block.ruler.at("list", _list, stops)
    reader.block.ruler.before("list", "note", _note, stops)
    rules: dict[str, InlineRule] = {
        "link": link,
        "autolink": autolink,
        "backticks": backtick,
        "html_inline": html_inline,
    }
    for name, rule in rules.items():
        reader.inline.ruler.at(name, _placed(rule))
    reader.inline.ruler.before("emphasis", "address", _address)
    reader.inline.ruler.before("link", "citation", _citation)
    reader.inline.ruler.before("link", "reference", _named("reference", REFERENCE))
    reader.inline.ruler.before("link", "note_mention", _named("note_mention", NOTE_MENTION))
    reader.inline.ruler.before("link", "picture", _placed(image))
    return reader


@cache
def _quote_reader() -> MarkdownIt:
    return _reader(["paragraph", "escape", "newline"])


def _reader(rules: list[str]) -> MarkdownIt:
    reader = MarkdownIt("zero", {"maxNesting": _MOST_NESTING})
    reader.enable([*rules, "emphasis"])
    # Escaped signs stay tokens of their own, so that they are not taken for markup that went wrong.
    reader.disable("text_join")
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return reader


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, in which ``*`` is held to the rules of ``_``: between letters or digits, or behind a bracket, it is a character."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, False)
    before, after = state.src[: state.pos][-1:], state.src[state.pos + scanned.length :][:1]
    can_open = scanned.can_open and not before.isalnum() and before != ")"
    can_close = scanned.can_close and not after.isalnum() and (after != "(" or not before.isdigit())
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, place, -1, can_open, can_close))
    state.pos += scanned.length
    return True


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


def _address(state: StateInline, silent: bool) -> bool:
    """An address that stands in the text as it is: the signs in it are no emphasis."""
    match = _REST_OF_ADDRESS.match(state.src, state.pos)
    if match is None or not state.pending.endswith(("http", "https")):
        return False
    if not silent:
        state.pending += match.group()
    state.pos = match.end()
    return True


def _named(kind: str, pattern: re.Pattern[str]) -> InlineRule:
    """A rule that makes a token `kind` of what `pattern` matches, with the name in it."""

    def rule(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos)
        if match is None or state.linkLevel:
            return False
        if not silent:
            token = state.push(kind, "", 0)
            token.content, token.meta = match.group(), {"name": match[1], "position": state.pos}
        state.pos = match.end()
        return True

    return rule


def _placed(rule: InlineRule) -> InlineRule:
    """The rule, with its position within the paragraph left in the first token it makes."""

    def placed(state: StateInline, silent: bool) -> bool:
        before, position = len(state.tokens), state.pos
        done = rule(state, silent)
        made = next((token for token in state.tokens[before:] if token.type != "text"), None)
        if done and not silent and made is not None:
            made.meta["position"] = position
        return done

    return placed


def _list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """CommonMark's lists, of which none begins with ``+`` or with a number that is rather a year."""
    line = _line_of(state, first)
    number = _LIST_NUMBER.match(line)
    if line.startswith("+") or (number is not None and int(number[1]) > _MOST_OF_A_LIST):
        return False
    return list_block(state, first, last, silent)


def _note(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """What a note says: ``[^a]: text``, and the lines right below it."""
    match = _NOTE.match(_line_of(state, first))
    if match is None or state.level:
        return False
    if not silent:
        end = first + 1
        while end < last and not state.isEmpty(end) and not _NOTE.match(_line_of(state, end)):
            end += 1
        state.line = end
        lines = [_line_of(state, line) for line in range(first, end)]
        state.push("note_open", "", 1).map = [first, end]
        state.tokens[-1].meta["name"] = match[1]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = "\n".join(lines)[match.end() :].strip(), [first, end], []
        state.push("note_close", "", -1)
    return True


def _line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def line_starts(text: str) -> list[int]:
    """Where each line of `text` begins, in characters."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _set_offsets(tokens: Sequence[Token], text: str) -> None:
    """Turn the positions within a paragraph that rules left in tokens into ``meta["offset"]`` within `text`."""
    lines, starts = text.split("\n"), line_starts(text)
    cell = 0
    for before_it, token in zip([None, *tokens], tokens, strict=False):
        row = (token.map or [0])[0]
        if token.type == "tr_open":
            cell = 0
        elif before_it is not None and before_it.type in ("th_open", "td_open"):
            cell = max(lines[row].find(token.content, cell), cell)
            token.meta["offset"] = starts[row] + cell
            cell += len(token.content)
        for child in token.children or []:
            if "position" not in child.meta:
                continue
            before = token.content[: child.meta.pop("position")]
            if "offset" in token.meta:
                child.meta["offset"] = token.meta["offset"] + len(before)
                continue
            number = before.count("\n")
            inner = token.content.split("\n")[number]
            # A paragraph's line is the end of the text's line: list markers and indentation go before it.
            begin = len(lines[row + number].rstrip()) - len(inner.strip())
            column = begin + len(before) - (before.rfind("\n") + 1) - (len(inner) - len(inner.lstrip()))
            child.meta["offset"] = starts[row + number] + column
