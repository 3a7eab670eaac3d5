"""A text of several paragraphs: where each stands in what was typed, and the text with some changed, gone, moved or new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from briefing.pull.light_markdown import Grammar
from briefing.text.markup import line_starts
from briefing.text.prose import Prose, QuotedWords

_ITEM = re.compile(r"[ \t]*(?:[-*]|\d{1,2}[.)])[ \t]+|[ \t]*#{2,3}[ \t]+")


class Block(Struct, frozen=True):
    """A paragraph, an item of a list, a sub-heading, a cell or a note, from `start` up to `end` of the typed text; `begin` is where its line begins
    and `sign` what stands there before it, such as ``- ``. `note` is the name of a note, `is_cell` says that it stands in a table.
    """

    start: int
    end: int
    begin: int
    sign: str
    is_cell: bool = False
    note: str = ""


@lru_cache(maxsize=1_000)
def blocks_of(typed: str, grammar: Grammar) -> tuple[Block, ...]:
    """The blocks of a text as a document has them, notes last; none where they cannot be found in what was typed."""
    text: Prose | QuotedWords = QuotedWords(typed) if grammar is Grammar.QUOTE else Prose(typed)
    inner = text.words if isinstance(text, QuotedWords) else typed
    offset = max(typed.find(inner), 0)
    starts, lines = line_starts(inner), inner.split("\n")
    found: list[Block] = []
    note, cell = "", 0
    for before, token in zip([None, *text.tokens], text.tokens, strict=False):
        if token.type == "tr_open":
            cell = 0
        if token.type == "note_open":
            note = str(token.meta["name"])
        if token.type != "inline":
            continue
        is_cell = before is not None and before.type in ("td_open", "th_open")
        if before is not None and before.type == "th_open":
            continue
        made = _found(token, lines, starts, is_cell, cell, note)
        if made is None:
            return ()
        if is_cell:
            cell = made.end - starts[(token.map or [0])[0]]
        found.append(
            Block(made.start + offset, made.end + offset, made.begin + offset, made.sign, made.is_cell, made.note)
        )
        note = ""
    return tuple(sorted(found, key=lambda each: bool(each.note)))


def _found(
    token: Token, lines: Sequence[str], starts: Sequence[int], is_cell: bool, cell: int, note: str
) -> Block | None:
    row = (token.map or [0])[0]
    content = token.content.split("\n")
    first = lines[row].find(content[0].strip(), cell)
    last_line = row + len(content) - 1
    if first < 0 or last_line >= len(lines):
        return None
    last = content[-1].strip()
    end = lines[last_line].find(last, first if last_line == row else 0)
    if end < 0:
        return None
    sign = lines[row][:first]
    return Block(
        starts[row] + first, starts[last_line] + end + len(last), starts[row], "" if is_cell else sign, is_cell, note
    )


_SIGNS: Final = {
    **dict.fromkeys(("list bullet", "box bullet", "table bullet"), "- "),
    **dict.fromkeys(("list number", "box number", "table number"), "1. "),
    **dict.fromkeys(("heading 2", "heading 3", "box heading"), "## "),
    **dict.fromkeys(
        ("body text", "normal", "numbered paragraph", "box text", "table text", "text body", "bottom line"), ""
    ),
}


def sign_of(style: str) -> str | None:
    """What a paragraph of a style begins with in a text, by how the style's name begins; None for a style that says nothing of that."""
    return next((sign for begin, sign in _SIGNS.items() if style.casefold().startswith(begin)), None)


ROW: Final = "| "
"""The sign of a row of a table."""


class Insertion(Struct, frozen=True):
    """A new block behind the block of that number, -1 for the beginning; `like` is the block whose sign it has, None for one that has `sign`."""

    behind: int
    text: str
    like: int | None = None
    sign: str = ""


def reassembled(
    typed: str,
    blocks: Sequence[Block],
    changed: Mapping[int, str],
    gone: Sequence[int],
    new: Sequence[Insertion],
) -> str:
    """The text with the words of blocks `changed`, blocks `gone` taken out with their lines, and `new` ones put in."""
    made: list[str] = []
    reached = 0
    before = [each for each in new if each.behind < 0]
    for each in before:
        sign = blocks[each.like].sign if each.like is not None else each.sign
        made.append(f"{sign}{each.text}{_gap(sign, blocks[0].sign if blocks else '')}")
    for number, block in enumerate(blocks):
        if number in gone:
            end = _line_end(typed, block.end)
            start = block.begin
            if start >= reached:
                made.append(typed[reached:start])
                reached = end if block.is_cell else _past_blank(typed, end)
        else:
            made += [typed[reached : block.start], changed.get(number, typed[block.start : block.end])]
            reached = block.end
        above = block.sign
        for each in new:
            if each.behind == number:
                sign = _next_sign(blocks[each.like].sign) if each.like is not None else each.sign
                if block.is_cell:
                    line = typed[block.begin :]
                    indent = line[: len(line) - len(line.lstrip(" "))]
                    made.append(f" |\n{indent}{sign}{each.text}")
                elif number in gone:
                    made.append(f"{sign}{each.text}\n\n")
                else:
                    made.append(f"{_gap(above, sign)}{sign}{each.text}")
                above = sign
    made.append(typed[reached:])
    text = "".join(made)
    return text if typed.endswith("\n") else text.rstrip("\n")


def with_lines_in_order(typed: str, blocks: Sequence[Block], firsts: Sequence[int]) -> str:
    """The text with the lines of those blocks in that order, in the places that they have: the rows of a table."""
    places = sorted(blocks[place].begin for place in firsts)
    lines = [typed[blocks[place].begin : _line_end(typed, blocks[place].begin)].rstrip("\n") for place in firsts]
    for start, line in sorted(zip(places, lines, strict=True), reverse=True):
        typed = typed[:start] + line + typed[start + len(typed[start : _line_end(typed, start)].rstrip("\n")) :]
    return typed


def _gap(above: str, below: str) -> str:
    """What parts two blocks: a line feed between items of a list, else a blank line."""
    is_list = bool(_ITEM.fullmatch(above)) and bool(_ITEM.fullmatch(below)) and "#" not in above + below
    return "\n" if is_list else "\n\n"


def _next_sign(sign: str) -> str:
    return re.sub(r"\d+", lambda number: str(int(number[0]) + 1), sign, count=1)


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _past_blank(text: str, index: int) -> int:
    while index < len(text) and not text[index : _line_end(text, index)].strip():
        index = _line_end(text, index)
    return index
