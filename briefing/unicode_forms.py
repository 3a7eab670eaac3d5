"""The normalization forms of Unicode (UAX #15) in a time that grows with the text, however many marks stand on one letter."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Final, Literal

_MANY: Final = re.compile(r"[^\x00-\u02ff]{64,}")
"""Where so many marks may follow one another that putting them in order takes long; what stands before U+0300 is none."""


def normalized(text: str, form: Literal["NFC", "NFKD"] = "NFC") -> str:
    """`text` in the form.

    The library puts the marks of one letter in order by inserting each, which takes the square of their number: half an hour for a data file
    of nothing else, in which no signal stops it. A long row of them is therefore put in order before, which changes nothing of the form.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, _MANY.sub(_in_order, text))


def _in_order(found: re.Match[str]) -> str:
    """The characters in the canonical order (The Unicode Standard, D108): each row of marks by their classes."""
    if not any(map(unicodedata.combining, found[0])):
        return found[0]
    rows = groupby(found[0], lambda character: unicodedata.combining(character) > 0)
    return "".join("".join(sorted(row, key=unicodedata.combining) if are_marks else row) for are_marks, row in rows)
