"""CSV (RFC 4180) with the place of every value, which the standard library's reader does not tell.

As offices save it: commas, semicolons or tabs between values, any line ends. A quotation mark within a value that does not begin with one is a letter
like any other, and a line without a character is no record, as in the standard library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from briefing.errors import DataError, Place, Problem

DELIMITERS = ",;\t"


class Field(Struct, frozen=True):
    """One value of a record, without its quotation marks, and where it begins."""

    text: str
    line: int
    column: int


def read_csv(text: str, file: str) -> list[tuple[Field, ...]]:
    """The records of `text`. What parts values is what stands most often, outside quotation marks, in the first of them.

    Raises `DataError` with every quotation mark that is out of place in `file`.
    """
    problems: list[Problem] = []
    found = list(_records(text, _delimiter(text), file, problems))
    if problems:
        raise DataError(problems)
    return found


def _delimiter(text: str) -> str:
    first = re.match(r'\n*((?:"[^"]*(?:"|\Z)|[^"\n])*)', text)
    assert first is not None
    counts = Counter(re.sub(r'"[^"]*"?', "", first[1]))
    return max(DELIMITERS, key=lambda each: counts[each])


def _records(text: str, delimiter: str, file: str, problems: list[Problem]) -> Iterator[tuple[Field, ...]]:
    # A mark that opens a value and is not closed takes everything to the end, so that no text takes longer than its length.
    field = re.compile(
        rf'"(?P<quoted>[^"]*(?:""[^"]*)*)(?P<closing>"?)(?P<behind>[^{delimiter}\n]*)|(?P<bare>[^{delimiter}\n]*)'
    )
    index, line, start = 0, 1, 0
    record: list[Field] = []
    while True:
        match = field.match(text, index)
        assert match is not None, "nothing at all is a value, too"
        quoted, place = match["quoted"], Place(file, line, index - start + 1)
        if quoted is None:
            record.append(Field(match["bare"], place.line, place.column))
        else:
            record.append(Field(quoted.replace('""', '"'), place.line, place.column))
            problems.extend(_marks(match, place))
            if "\n" in quoted:
                line += quoted.count("\n")
                start = index + 1 + quoted.rindex("\n") + 1
        index = match.end()
        if index < len(text) and text[index] == delimiter:
            index += 1
            continue
        if len(record) > 1 or match.end() > match.start():
            yield tuple(record)
        if index == len(text):
            return
        record, index, line, start = [], index + 1, line + 1, index + 1


def _marks(match: re.Match[str], place: Place) -> Iterator[Problem]:
    if not match["closing"]:
        what = "the quotation mark that opens here is not closed"
        yield Problem("syntax", what, 'close it; write "" for a mark inside', place=place)
    elif match["behind"]:
        what = "text stands behind the mark that closes this value"
        yield Problem("syntax", what, 'put the whole value between marks; write "" for a mark inside', place=place)
