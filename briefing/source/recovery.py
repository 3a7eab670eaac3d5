"""YAML with faults, read on past each of them: what was meant is put right line by line, so that all faults are told at once.

A line is looked at only where the parser stumbled. What is put right here is still a fault, and is never built from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import DataError, Place, Problem
from briefing.source.nodes import Node
from briefing.source.yaml_reader import read_yaml

_MOST_REPORTED = 40
_MOST_PER_LINE = 3
"""How often one line is put right: each time may double the quotation marks in it."""
_HEAD = r"(?P<head>[ ]*(?:- +)*(?:[A-Za-z_][\w-]*: +)?)"
_QUOTE = "put the whole text between straight quotation marks"


class Reading(Struct, frozen=True):
    """What was read of a text, and its faults. `is_whole` says whether all of it was: where one was not understood, its line is left out."""

    root: Node
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True


class _Mistake(Struct, frozen=True):
    """A way in which lines go wrong: what one looks like, what is said of it, and the line put right. The fault stands where `fault` matches."""

    pattern: re.Pattern[str]
    message: str
    hint: str
    repaired: Callable[[re.Match[str]], str]
    below: int = 0
    """How many lines below it, blank ones not counted, the parser may stumble over it."""


def _quoted(match: re.Match[str]) -> str:
    return match["head"] + json.dumps(match["text"], ensure_ascii=False)


_MISTAKES = (
    _Mistake(
        re.compile(_HEAD + r"(?P<text>[|>][-+\d]*)\s+(?P<fault>[^\s#].*)"),
        "text cannot stand behind the '|' or '>' that opens a block",
        "begin the text on the next line, indented",
        lambda match: match["head"] + match["text"],
    ),
    _Mistake(
        re.compile(r"(?P<head>[ ]*)(?P<fault>[–—•])(?P<text>[ ].*)"),
        "'{}' begins no item of a list",
        "begin each with a hyphen and a space: '- '",
        lambda match: f"{match['head']}-{match['text']}",
        2,
    ),
    _Mistake(
        re.compile(r"(?P<head>[ ]*(?:- +)*)(?P<fault>[A-Za-z_]\w*):(?P<text>[^\s:/].*)"),
        "a space is missing after the colon of '{}'",
        "write '{}: ...'",
        lambda match: f"{match['head']}{match['fault']}: {json.dumps(match['text'], ensure_ascii=False)}",
        2,
    ),
    _Mistake(
        re.compile(_HEAD + r"(?P<fault>[“”„«‘])(?P<text>.*?)[“”»’]?\s*"),
        "curly quotation marks ('{}') are letters like any other, and keep nothing together",
        'write straight ones: "..."',
        _quoted,
    ),
    _Mistake(
        re.compile(_HEAD + r"""(?P<text>(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')\s*(?P<fault>[^\s:#,\]}].*))"""),
        "text stands behind the quotation mark that closes the value",
        "put the whole text between marks of the other kind; write '' for an apostrophe inside '...'",
        _quoted,
    ),
    _Mistake(
        re.compile(_HEAD + r"(?P<text>(?P<fault>\*)\S.*)"),
        "text cannot begin with '*', which means something else to YAML",
        _QUOTE,
        _quoted,
    ),
)


@lru_cache(maxsize=4)
def read_past_faults(text: str, file: str) -> Reading:
    """What `text` holds, with every fault that can be found at its place in `file`. Raises `DataError` when nothing can be read."""
    lines = text.split("\n")
    reported: list[Problem] = []
    put_right = Counter[int]()
    is_whole = True
    while True:
        found: list[Problem] = []
        try:
            root = read_yaml("\n".join(lines), file, found)
            return Reading(root, tuple(dict.fromkeys(sorted([*reported, *found], key=_place))), is_whole)
        except DataError as error:
            *others, last = error.problems
        repaired = _repaired(lines, last) if last.code == "syntax" and len(reported) < _MOST_REPORTED else None
        if repaired is not None and put_right[_place(repaired).line] < _MOST_PER_LINE:
            put_right[_place(repaired).line] += 1
            reported.append(repaired)
            continue
        reported.append(last)
        line = last.place.line - 1 if last.place else 0
        if last.code != "syntax" or not is_whole or not lines[line].strip():
            raise DataError(dict.fromkeys(sorted([*reported, *others], key=_place)))
        is_whole, lines[line] = False, ""


def _place(problem: Problem) -> Place:
    return problem.place or Place("")


def _repaired(lines: list[str], fault: Problem) -> Problem | None:
    """The fault in the words of the mistake behind it, which is put right in `lines`; None when no mistake is known."""
    assert fault.place is not None
    above = [number for number in range(fault.place.line - 1, -1, -1) if number < len(lines) and lines[number].strip()]
    for distance, number in enumerate(above):
        for mistake in _MISTAKES:
            if distance <= mistake.below and (match := mistake.pattern.fullmatch(lines[number])):
                lines[number] = mistake.repaired(match)
                about = match["fault"]
                place = replace(fault.place, line=number + 1, column=match.start("fault") + 1)
                return Problem(
                    "syntax", mistake.message.replace("{}", about), mistake.hint.replace("{}", about), place=place
                )
    return _missing_dash(lines, fault, fault.place) or _with_quotation_marks(lines, fault, fault.place)


def _missing_dash(lines: list[str], fault: Problem, place: Place) -> Problem | None:
    """A line that stands as far in as the dashes of the list above it, and has none."""
    line = lines[place.line - 1]
    indent = len(line) - len(line.lstrip(" "))
    if not indent or line.lstrip().startswith("- "):
        return None
    for above in reversed(lines[: place.line - 1]):
        if len(above) - len(above.lstrip(" ")) < indent and above.strip():
            return None
        if above[:indent].strip() == "" and above[indent : indent + 2] == "- ":
            lines[place.line - 1] = f"{line[:indent]}- {line[indent:]}"
            what, hint = "the dash is missing before this item of the list", "begin each item with '- '"
            return replace(fault, message=what, hint=hint, place=replace(place, column=indent + 1))
    return None


_VALUE = re.compile(_HEAD + r"(?P<text>\S.*)")


def _with_quotation_marks(lines: list[str], fault: Problem, place: Place) -> Problem | None:
    """The fault as it is, with the text of its line between quotation marks, which is what most faults within a line ask for."""
    match = _VALUE.fullmatch(lines[place.line - 1])
    if match is None or not match["head"].strip() or place.column <= match.start("text"):
        return None
    lines[place.line - 1] = match["head"] + json.dumps(match["text"].strip("\"'"), ensure_ascii=False)
    return fault
