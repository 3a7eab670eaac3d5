"""What a writer meant as markup although it is none, or as a sign although it is markup: it would be printed as litter, or change
what was typed, and nobody wants that in a finished brief.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, zip_longest
from typing import Final

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from msgspec import Struct

from briefing.errors import shown
from briefing.text.markup import CITATION, is_address, line_starts, read_line_markup

DEEPEST_LIST: Final = 4
"""Lists within lists: as many levels as a page still shows."""
DEEPEST_EMPHASIS: Final = 6
"""Emphasis and links within each other."""
SUB_HEADINGS: Final = {"h2": 2, "h3": 3}
"""The sub-headings that a body may have, with their level in the tree."""

_TO_ADDRESS = re.compile(r"<|\[.*?\]\(\s*<?", re.DOTALL)
_LINK_BEHIND = re.compile(r"(?:[^\[\]]*\])?\(\s*<?(?:https?://|mailto:)", re.IGNORECASE)
_LIKE_A_CITATION = re.compile(r"(?<!\\)\[(?:[^\[\]\n]{0,80}[^\w\\\[\]])?@(?=\S)[^\[\]\n]{0,80}\]?")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>]+|\S+@\S+\.\S+")

_NO_MARKUP: Final = {
    "blockquote_open": ("a line that begins with > looks like a quotation", "put it under 'quotes', or write \\>"),
    "fence": ("a fence of ``` or ~~~ looks like program code", "leave the fence out"),
    "code_inline": ("words between backticks look like program code", "leave the backticks out, or write \\`"),
    "hr": ("a line of signs looks like a rule across the page", "leave it out, or begin a section"),
    "html_block": ("HTML is not read", "use the light Markdown of the data file, or write \\< for a sign"),
    "html_inline": ("HTML is not read", "use the light Markdown of the data file, or write \\< for a sign"),
}
"""Other Markdown, by the library's name for it: what is wrong, and what would be right."""

_SOURCE_NUMBER: Final = r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\](?!\()"
_UNCLOSED = "looks like emphasis that is never closed"
_OPENS = r"(?:(?<=[\s(\[“‘„«\"'—–/-])|^)"
_LITTER: Final = (
    (rf"{_OPENS}(?:\*{{1,3}}(?=[^\W_])|__?(?=[^\W_]))", _UNCLOSED, "close it, or write \\* or \\_ for the sign"),
    (r"\*{2,3}(?=\w)|(?<=[^\s*])\*{2,3}", _UNCLOSED, "close it, with spaces around the words, or write \\* for the sign"),
    (r"\*+(?=\x01)|(?<=\x01)\*+", _UNCLOSED, "write as many signs at its end as at its beginning, or \\* for the sign"),
    (r"~~(?=\S)[^~\n]*(?:~~)?|(?<=\S)~~", "looks like words struck through", "leave them out, or write \\~ for the sign"),
    (_SOURCE_NUMBER, "looks like the number of a source", "write [@id], which is numbered, or \\[ for a bracket"),
    (r"\[\^[^\]\n]*\]?", "is not a note", "write [^a], and [^a]: with what the note says on a line of its own"),
    (r"\[#[A-Za-z][^\]\n]*\]?", "is not a reference", "write [#id], with the id of an item; \\[ for a bracket"),
    (r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]", "is not a link", "write [words](https://...); \\[ for a bracket"),
    (r"^\[[^\[\]\n]+\]:\s*\S+", "is not a link", "write [words](https://...) where it is meant; \\[ for a bracket"),
    (r"^#{2,}(?=[^\s#])", "looks like a sub-heading", "write a space behind the signs, or \\# for a sign"),
    (r"^\|.*\|", "looks like a row of a table", "give the table a head and below it a line | --- | --- |; write \\| for a sign"),
    (r"(?<=\n)\+ (?=\S)", "makes no list", "write - for an item of a list, or let the line above end in the sign"),
    (r"(?<=\n)\d\d?[.)] (?=[^\n]*\n\d\d?[.)] )", "makes no list here", "leave a blank line above the list"),
    (r"^[=~]{3,}$", "looks like a rule across the page", "leave it out"),
    (r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);", "is a character in HTML", "type the character itself, or \\& for the sign"),
)  # fmt: skip
"""What looks like markup in text that was read as plain: the pattern, what is wrong, what would be right."""
# A path of Windows in which a backslash stands before a sign, and so is left out.
_PATH = re.compile(r"(?:\b[A-Za-z]:\\(?!\\)|(?<!\S)\\\\(?=\w))\S*")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_CALL_OF_NOTE = re.compile(r"\w\*+(?!\w)|(?:^|\s)\*\*+\s")
_TASK = re.compile(r"\[[ xX]\]\s")
_LITTER_IN_WORDS: Final = (*_LITTER[:4], _LITTER[-1], (r"</?[A-Za-z][^<>\n]*>", *_NO_MARKUP["html_inline"]))


class MarkupFault(Struct, frozen=True):
    """One such fault: the code of its problem, what is wrong, what would be right, and the character at which it begins."""

    code: str
    message: str
    hint: str
    offset: int


_bad = partial(MarkupFault, "bad-value")


def markup_faults(text: str, tokens: Sequence[Token]) -> list[MarkupFault]:
    """Every fault of a text in light Markdown, which was read as `tokens`, in order; one a place."""
    inlines = [child for token in tokens for child in token.children or []]
    cited = {child.meta["offset"] for child in inlines if child.type == "citation"}
    found = [
        *_citations(text, cited),
        *_links(inlines, text),
        *_nesting(tokens, text),
        *_other_markup(tokens, inlines, text),
        *_lists(tokens, text),
        *_paths(text),
        *_tables(tokens, text),
        *_notes(tokens, inlines, text),
        *_litter(tokens, text, _LITTER),
    ]
    first: dict[int, MarkupFault] = {}
    for fault in sorted(found, key=lambda fault: fault.offset):
        first.setdefault(fault.offset, fault)
    return list(first.values())


def quote_faults(text: str, tokens: Sequence[Token]) -> list[MarkupFault]:
    """Every fault of quoted words: a citation among them would be printed as part of what was said."""
    hint = "name the quote's 'source' and 'locator' instead; write \\[ for a bracket that was in the words"
    cited = [
        _bad(f"'{shown(match.group())}' stands among quoted words", hint, match.start())
        for match in re.finditer(rf"(?<!\\){CITATION.pattern}", text)
    ]
    return [*cited, *_litter(tokens, text, _LITTER_IN_WORDS)]


def line_faults(text: str) -> list[MarkupFault]:
    """Every piece of markup in one line of plain text, where it would be printed as it was typed."""
    masked = _ADDRESS.sub(lambda address: "x" * len(address.group()), text)
    found = [
        (match.group(), match.start())
        for pattern in (
            CITATION.pattern,
            *(pattern for pattern, *_ in _LITTER[1:] if pattern is not _SOURCE_NUMBER),
            r"^#{1,6} |^> ",
        )
        for match in re.finditer(pattern, masked)
        if html.unescape(match.group()) != match.group() or not match.group().startswith("&")
    ]
    cursor = 0
    for token in read_line_markup(masked):
        if token.type in ("em_open", "strong_open"):
            cursor = max(masked.find(token.markup, cursor), cursor)
            end = masked.find(token.markup, cursor + len(token.markup)) + len(token.markup)
            found.append((masked[cursor:end], cursor))
            cursor += len(token.markup)
        elif token.type in ("link_open", "image", "code_inline", "html_inline", "reference", "note_mention"):
            found.append((text[token.meta["offset"] :][:40], token.meta["offset"]))
    hint = "this key takes plain text: leave the signs out"
    return [
        _bad(f"'{shown(what)}' looks like markup, and would be printed as it was typed", hint, at)
        for what, at in sorted({at: (what, at) for what, at in found}.values(), key=lambda each: each[1])
    ]


def faults_outside_bodies(text: str, tokens: Sequence[Token]) -> list[MarkupFault]:
    """Tables and sub-headings of a text that is no section's body: a cell, an item of a list, a line under a quote."""
    starts = line_starts(text)
    names = {"table_open": "a table", "heading_open": "a sub-heading"}
    return [
        _bad(f"{names[token.type]} cannot stand here", "put it into a section's body", starts[token.map[0]])
        for token in tokens
        if token.type in names and token.map and not (token.type == "heading_open" and token.tag not in SUB_HEADINGS)
    ]  # fmt: skip


def _citations(text: str, cited: set[int]) -> Iterator[MarkupFault]:
    hint = "write [@id], [@id, para 6] or [@a; @b, p. 3]; write \\[ for a bracket that is only a bracket"
    for match in _LIKE_A_CITATION.finditer(text):
        if match.start() not in cited:
            yield _bad(f"'{shown(match.group())}' is not a citation", hint, match.start())


def _links(inlines: list[Token], text: str) -> Iterator[MarkupFault]:
    for child, following in zip_longest(inlines, inlines[1:]):
        if child.type == "image":
            hint = "put it under 'figures'; write \\! for an exclamation mark that is only that"
            yield _bad("a picture cannot stand in a text", hint, child.meta["offset"])
        elif child.type == "citation" and following is not None and _LINK_BEHIND.match(following.content):
            hint = "let it follow the link; write [\\@name](https://...) for a link whose words begin with @"
            yield _bad("a citation cannot be the words of a link", hint, child.meta["offset"])
        elif child.type == "link_open":
            address = str(child.attrs["href"])
            if not is_address(address):
                hint = "write a whole address that starts with https://, http:// or mailto:; write \\[ for a bracket that is only a bracket"
                what = f"'{shown(address)}' cannot be a link's address" if address else "the link has no address"
                yield MarkupFault("bad-url", what, hint, _address(text, child.meta["offset"]))
            elif following is not None and following.type == "link_close":
                hint = "put words into its brackets, or write <https://...>"
                yield _bad("the link has no words", hint, child.meta["offset"])
            elif "title" in child.attrs:
                what = f"the link's title '{shown(str(child.attrs['title']))}' is printed nowhere"
                hint = "leave it out, or put it into the words"
                yield _bad(what, hint, _address(text, child.meta["offset"]))


def _address(text: str, link: int) -> int:
    """Where the address of the link that begins at `link` stands."""
    match = _TO_ADDRESS.match(text, link)
    return match.end() if match else link


def _nesting(tokens: Sequence[Token], text: str) -> Iterator[MarkupFault]:
    starts = line_starts(text)
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list")) else 0
        if token.type.endswith("list_open") and depth == DEEPEST_LIST + 1 and token.map:
            hint = f"at most {DEEPEST_LIST} levels; write \\- for a dash that is only a dash"
            yield MarkupFault("too-deep", "lists are nested too deeply", hint, starts[token.map[0]])
        if token.map and any(child.level >= DEEPEST_EMPHASIS for child in token.children or []):
            hint = "use fewer * and _; write \\* for an asterisk that is only that"
            yield MarkupFault("too-deep", "emphasis is nested too deeply", hint, starts[token.map[0]])


def _other_markup(tokens: Sequence[Token], inlines: list[Token], text: str) -> Iterator[MarkupFault]:
    """Markup of other kinds, headings that are none of ours, and blocks that stand in a list."""
    starts = line_starts(text)
    for token in (*tokens, *inlines):
        at = token.meta["offset"] if "offset" in token.meta else starts[token.map[0]] if token.map else 0
        if token.type in _NO_MARKUP:
            what, hint = _NO_MARKUP[token.type]
            yield _bad(what, hint, at)
        elif token.type == "heading_open" and (token.markup[0] in "=-" or token.tag not in SUB_HEADINGS):
            hint = "write ## for a sub-heading, ### for one below it; \\# for a sign"
            yield _bad(f"'{token.markup}' makes no sub-heading here", hint, at)
        elif token.type in ("heading_open", "table_open") and token.level:
            what = "a table" if token.type == "table_open" else "a sub-heading"
            yield _bad(f"{what} cannot stand in a list", "put it below the list", at)


def _lists(tokens: Sequence[Token], text: str) -> Iterator[MarkupFault]:
    """Numbers that would be printed otherwise than they were typed, boxes to tick, and signs that may have been meant as signs."""
    starts = line_starts(text)
    open_lists: list[list[tuple[Token, str]]] = []
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            first = tokens[index + 2] if tokens[index + 1].type == "paragraph_open" else None
            open_lists[-1].append((token, first.content if first else ""))
            if tokens[index + 1].type == "list_item_close":
                hint = "write what belongs there, or leave the mark out; \\- or \\* for the sign"
                yield _bad("an item of the list says nothing", hint, starts[token.map[0]] if token.map else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items = open_lists.pop()
            yield from _list(items, token.type == "ordered_list_close", starts)
            if len(items) == 1 and items[0][0].markup == "*" and any(map(_calls_note, tokens)):
                what = "'*' at the start is either the mark of a note or a list of one item"
                hint = "write [^a] for a note, \\* for the sign, or - for the list"
                yield _bad(what, hint, starts[items[0][0].map[0]] if items[0][0].map else 0)


def _calls_note(token: Token) -> bool:
    return token.type == "inline" and _CALL_OF_NOTE.search(_plain_signs(token)) is not None


def _paths(text: str) -> Iterator[MarkupFault]:
    """Paths of Windows of which a backslash would be left out."""
    for match in _PATH.finditer(text):
        if _ESCAPE.search(match[0]):
            hint = "write \\\\ for each backslash"
            yield _bad(f"'{shown(match[0])}' looks like a path, and would lose a backslash", hint, match.start())


def _list(items: list[tuple[Token, str]], ordered: bool, starts: list[int]) -> Iterator[MarkupFault]:
    places = [starts[item.map[0]] if item.map else 0 for item, _ in items]
    for at, (_, content) in zip(places, items, strict=True):
        if _TASK.match(content):
            yield _bad("a box to tick is not printed", "leave the box out, or write \\[ for a bracket", at)
    if ordered:
        numbers = [int(item.info) for item, _ in items]
        if len(items) == 1 and numbers[0] > 1:
            what = f"'{numbers[0]}.' at the start makes a list of one item"
            hint = f"write {numbers[0]}\\. where it is no list, as in a date; add the other items where it is one"
            yield _bad(what, hint, places[0])
        elif len(set(numbers)) > 1:
            for at, (before, number) in zip(places[1:], pairwise(numbers), strict=True):
                if number != before + 1:
                    what = f"the list's number {number} follows {before}, and would be printed as {before + 1}"
                    yield _bad(what, f"write {before + 1}, or {number}\\. for a number that makes no list", at)
                    break
    elif len(items) == 1 and items[0][1][:1].isdigit():
        what = f"'{items[0][0].markup} {shown(items[0][1][:20])}' is either a sign and a figure or a list of one item"
        hint = "write −3 or \\- 3 for the sign; leave the mark out where there is no list"
        yield _bad(what, hint, places[0])


def _tables(tokens: Sequence[Token], text: str) -> Iterator[MarkupFault]:
    """Rows with more or fewer cells than the head, of which the library drops some, and heads that say nothing or more than words."""
    lines, starts = text.split("\n"), line_starts(text)
    width = 0
    for token, inner in zip_longest(tokens, tokens[1:]):
        if token.type == "tr_open" and token.map:
            line = lines[token.map[0]]
            cells = len(escapedSplit(re.sub(r"^\s*(?:[-*]\s+|\d+[.)]\s+)?\|?|\|?\s*$", "", line)))
            width = width if inner is not None and inner.type == "td_open" else cells
            if cells != width:
                what = f"the row has {cells} cells, the table's head has {width}"
                hint = "write as many; leave a blank line below the table; write \\| for a sign within a cell"
                yield _bad(what, hint, starts[token.map[0]] + len(line) - len(line.lstrip()))
        elif token.type == "th_open" and inner is not None:
            if not inner.content:
                yield _bad("a column of the table has no heading", "say what the column holds", inner.meta["offset"])
            elif any(child.type not in ("text", "text_special") for child in inner.children or []):
                yield _bad(
                    "the head of a table takes plain words only", "put it into a cell below", inner.meta["offset"]
                )


def _notes(tokens: Sequence[Token], inlines: list[Token], text: str) -> Iterator[MarkupFault]:
    """Notes that are called and not there, there and not called, or called twice; and what a note cannot hold."""
    starts = line_starts(text)
    defined: Counter[str] = Counter()
    called = Counter(child.meta["name"] for child in inlines if child.type == "note_mention")
    for token, inner in zip_longest(tokens, tokens[1:]):
        if token.type != "note_open" or inner is None or not token.map:
            continue
        name, at = token.meta["name"], starts[token.map[0]]
        defined[name] += 1
        if defined[name] > 1:
            yield _bad(f"the note [^{name}] is there twice", "give each a name of its own", at)
        elif name not in called:
            yield _bad(f"the note [^{name}] is called nowhere", f"write [^{name}] where it belongs", at)
        if not inner.content:
            yield _bad(f"the note [^{name}] says nothing", "write its text behind the colon", at)
        for child in inner.children or []:
            if child.type in ("citation", "note_mention"):
                cites = child.type == "citation"
                hint = "cite the source in the text, beside the note" if cites else "make it one note"
                yield _bad(f"a note cannot hold a {'citation' if cites else 'note'}", hint, child.meta["offset"])
    seen: set[str] = set()
    for child in inlines:
        if child.type != "note_mention":
            continue
        name = child.meta["name"]
        if name not in defined:
            what, hint = f"there is no note [^{name}]", f"add a line '[^{name}]: ...' below the paragraph"
            yield MarkupFault("unknown-id", what, hint, child.meta["offset"])
        elif name in seen:
            yield _bad(f"the note [^{name}] is called twice", "write a note for each place", child.meta["offset"])
        seen.add(name)


def _litter(tokens: Sequence[Token], text: str, patterns: Sequence[tuple[str, str, str]]) -> Iterator[MarkupFault]:
    """Signs that stand in plain text and look like markup, each searched for in the lines of its paragraph."""
    starts = line_starts(text)
    for token in tokens:
        if token.type != "inline":
            continue
        plain = _ADDRESS.sub(lambda address: "\0" * len(address.group()), _plain_signs(token))
        first = token.meta.get("offset", starts[token.map[0]] if token.map else 0)
        for pattern, what, hint in patterns:
            after = first
            for match in re.finditer(pattern, plain, re.MULTILINE):
                sign = match.group()
                if sign.startswith("&") and html.unescape(sign) == sign:
                    continue
                at = text.find(sign, after)
                after = at + len(sign) if at >= 0 else after
                sign = text[at : at + len(sign)] if at >= 0 else sign.split("\0")[0].strip()
                yield _bad(f"'{shown(sign)}' {what}", hint, max(at, first))


def _plain_signs(token: Token) -> str:
    """The paragraph's text, with a NUL for everything in it that is markup, an escaped sign or the words of a bare link."""
    pieces = []
    bare = False
    for child in token.children or []:
        bare = child.markup == "autolink" if child.type == "link_open" else bare and child.type != "link_close"
        ends_line = child.type in ("softbreak", "hardbreak")
        emphasis = child.type.startswith(("em_", "strong_"))
        other = "\x01" if emphasis else "\0"
        pieces.append("\n" if ends_line else child.content if child.type == "text" and not bare else other)
    return "".join(pieces)
