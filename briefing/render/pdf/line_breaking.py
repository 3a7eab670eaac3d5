"""Mending how the engine breaks lines (WeasyPrint 70).

Where text fits a line and only the blank after it does not, a blank may hang over the line's end (CSS Text 3, 4.1.3). The engine takes such text
for one that cannot be broken, and breaks it after its first word. It happens before any citation, link or stress that begins a line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

BLANKS: Final = " \u00a0"
_SUSPICIOUS: Final = 0.5
"""A line filled to less than this part of its width is looked at again."""


def with_hanging_blanks(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's `split_first_line`, letting blanks at the end of the text hang.

    What it returns is a layout, a length, where to go on (None when all fits), a width, a height and a baseline.
    """

    def split(text: str, style: Any, context: Any, max_width: float | None, *others: Any, **options: Any) -> Any:
        found = split_first_line(text, style, context, max_width, *others, **options)
        _, _, resume, width, *_ = found
        if resume is None or max_width is None or text[-1:] not in BLANKS or width > max_width * _SUSPICIOUS:
            return found
        whole = split_first_line(text.rstrip(BLANKS), style, context, max_width, *others, **options)
        if whole[2] is not None or whole[3] > max_width:
            return found
        return split_first_line(text, style, context, None, *others, **options)

    return split
