"""JSON as typed: numbers keep their digits, a duplicate key is a fault (RFC 8259, section 4, leaves it open).

The standard library checks the syntax; what it accepts is then cut into tokens again, because it tells neither places nor how numbers were typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import events
from ruamel.yaml.error import FileMark

from briefing.errors import DataError, Place, Problem
from briefing.source.nodes import Node, line_and_column
from briefing.source.yaml_reader import NodeBuilder

# A string that is not closed is one token to the end, so that no text takes longer than its length.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}\n]|[^\s,:\[\]{}"]+', re.DOTALL)
_NOT_JSON = ("NaN", "Infinity", "-Infinity")  # which Python's reader takes for numbers all the same


def read_json(text: str, file: str, first_line: int = 1) -> Node:
    """The value of `text`, which begins on `first_line` of `file`. Raises `DataError` with every fault that can be found, each at its place."""
    builder = NodeBuilder(text, file)
    try:
        json.loads(text, parse_constant=str, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise DataError(_syntax_fault(text, error, file, first_line)) from None
    except RecursionError:
        pass  # the builder says where the nesting is too deep
    root = builder.document(_events(text, builder, first_line - 1))
    if builder.problems:
        raise DataError(builder.problems)
    return root


def _syntax_fault(text: str, error: json.JSONDecodeError, file: str, first_line: int) -> Problem:
    """What the standard library found; a comma too many is told the same way whichever Python found it."""
    what, hint, spot = error.msg, "check commas, quotation marks and brackets", error.pos
    for comma in (spot, len(text[:spot].rstrip(" \t\r\n")) - 1):  # Python 3.13 stops at the comma, 3.11 behind it
        closing = text[comma + 1 :].lstrip(" \t\r\n")[:1]
        if error.msg.startswith(("Expecting", "Illegal")) and text[comma : comma + 1] == "," and closing in ("}", "]"):
            what, hint, spot = f"nothing follows the comma before '{closing}'", "take the comma away", comma
            break
    line, column = line_and_column(text, spot)
    return Problem("syntax", f"this is not JSON: {what}", hint, place=Place(file, first_line - 1 + line, column))


def _events(text: str, builder: NodeBuilder, line: int) -> Iterator[Any]:
    """What YAML's parser would say of the same text, JSON being YAML (YAML 1.2.2, 1.2); `line` is the first one's, from 0."""
    yield events.DocumentStartEvent()
    line_start = 0
    for token in _TOKEN.finditer(text):
        typed = token.group()
        mark = FileMark(builder.file, token.start(), line, token.start() - line_start)
        match typed[0]:
            case "\n":
                line, line_start = line + 1, token.end()
            case "{":
                yield events.MappingStartEvent(None, None, True, mark)
            case "}":
                yield events.MappingEndEvent(mark)
            case "[":
                yield events.SequenceStartEvent(None, None, True, mark)
            case "]":
                yield events.SequenceEndEvent(mark)
            case '"':
                yield events.ScalarEvent(None, None, None, json.loads(typed), mark, style='"')
            case _:
                event = events.ScalarEvent(None, None, None, typed, mark)
                if typed in _NOT_JSON:
                    what = f"{typed} is not a number that JSON knows"
                    builder.fault(event, what, "write a number in digits, or text", "syntax")
                yield event
