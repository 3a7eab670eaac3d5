"""What ruamel.yaml says of a syntax fault, in words for people who write data files, at the place that they must mend."""

from __future__ import annotations

import re
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError

from briefing.errors import Place, Problem, shown

_GENERAL_HINT = (
    "put text that holds ': ' or ' #' or starts with a special character between quotation marks; indent with spaces"
)

# What the parser's message begins with; what is wrong; what would be right; whether to point at where the construct begins.
_WORDS: Final[tuple[tuple[str, str, str, bool], ...]] = (
    (
        r"mapping values are not allowed",
        "a colon stands where no key can end",
        "put text that holds ': ' between quotation marks, and a space after each key's colon; indent keys of one mapping alike",
        False,
    ),
    (r"found character '(\\t)'", "a tab stands here", "indent with spaces", False),
    (r"found character '(.+)'", "text cannot begin with {}", "put it between quotation marks", False),
    (
        r"found unexpected (?:end of stream|document separator)",
        "the quotation mark that opens here is not closed",
        "close it with the same mark; write \\\" for a mark inside \"...\", '' for one inside '...'",
        True,
    ),
    (
        r"could not find expected ':'",
        "a key with its value should stand here",
        "write 'key: value', with a space after the colon, and '- ' before a list's item; indent text that goes on from the line above",
        True,
    ),
    (
        r"expected ',' or '([\]}])'",
        "the bracket that opens here is not closed",
        "put ',' between the parts and '{}' at the end; put text with brackets or commas between quotation marks",
        True,
    ),
    (
        r"expected <block end>",
        "this does not fit what stands before it",
        "indent keys of one mapping alike; put text that begins with a quotation mark wholly between marks of the other kind",
        False,
    ),
    (
        r"sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on a line of its own below its key",
        False,
    ),
    (
        r"found unknown escape character '(.+)'",
        "\\{} means nothing",
        "write \\\\ for a backslash, or put the text between single quotation marks",
        False,
    ),
    (
        r"expected escape sequence of (\d+)",
        "an escape has {} hexadecimal digits here",
        "write \\\\ for a backslash, or put the text between single quotation marks",
        False,
    ),
    (r"found incompatible YAML document", "this version of YAML is not known", "delete the line", False),
    (
        r"expected (?:chomping|indentation)|expected a comment or a line break",
        "text cannot stand behind the '|' or '>' that opens a block",
        "begin the text on the next line, indented",
        False,
    ),
)


def syntax_fault(error: MarkedYAMLError, file: str) -> Problem:
    """The parser's complaint as a problem with a place in `file`."""
    said = (error.problem or error.context or "this is not YAML").strip()
    for pattern, message, hint, at_beginning in _WORDS:
        match = re.match(pattern, said)
        if match:
            about = match.group(1) if match.groups() else ""
            marks = (
                (error.context_mark, error.problem_mark) if at_beginning else (error.problem_mark, error.context_mark)
            )
            return Problem("syntax", _filled(message, about), _filled(hint, about), place=_place(file, *marks))
    return Problem(
        "syntax",
        f"this is not YAML: {shown(said, 200)}",
        _GENERAL_HINT,
        place=_place(file, error.problem_mark, error.context_mark),
    )


def _filled(words: str, about: str) -> str:
    return words.replace("{}", shown(about))


def _place(file: str, *marks: Any) -> Place:
    mark = next((mark for mark in marks if mark is not None), None)
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
